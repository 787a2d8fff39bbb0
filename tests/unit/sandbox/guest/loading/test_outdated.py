"""What is gone from the libraries or has no screen works, and is noted once."""

from __future__ import annotations

from tests.unit.sandbox.guest.loading.support import notebook, script


def test_python_2_names_are_given_with_a_note() -> None:
    """`xrange` works, is noted once, and is not counted among the submission's names."""
    loading = script("def f(n):\n    return sum(xrange(n))\ndef g(n):\n    return xrange(n)\n")
    assert loading.namespace["f"](4) == 6
    assert "range" in loading.the("shim")["message"]
    assert loading.result.names == ["f", "g"]


def test_a_variable_called_long_is_no_old_name() -> None:
    """A name that the submission itself binds is its own."""
    loading = script("def f(long):\n    unicode = 2\n    return long + unicode\n")
    assert loading.result.problems == []
    assert "long" not in loading.namespace


def test_old_numpy_names_are_noted_once_where_they_are_used() -> None:
    """Names that NumPy lost work, and each is noted at its first use alone."""
    loading = notebook(
        "import numpy as np\nfrom numpy import asscalar",
        "def f(x):\n    return np.float(x)\na = np.float(1)\nb = asscalar(np.array([2]))",
    )
    assert [(p["where"], p["text"]) for p in loading.problems("shim")] == [
        ("cell 1, line 2", "np.asscalar"),
        ("cell 2, line 2", "np.float"),
    ]
    assert (loading.namespace["a"], loading.namespace["b"]) == (1.0, 2)


def test_np_is_numpy_wherever_it_came_from() -> None:
    """Old names are noted too when `np` came with a starred import of a course's helper."""
    loading = script("from no_helpers import *\ndef f(x):\n    return np.float(x)\n")
    assert loading.the("shim")["text"] == "np.float"


def test_a_numpy_name_that_never_was_still_fails() -> None:
    """Only names that NumPy once had come back."""
    loading = script("import numpy as np\nx = np.sigmoid(3)\ny = np.float32(1)\n")
    assert "has no attribute 'sigmoid'" in loading.the("raised")["message"]
    assert loading.problems("shim") == []


def test_plotting_is_accepted_and_noted_once() -> None:
    """Every usual way to plot runs without a screen, and one note covers all."""
    loading = script(
        "%matplotlib inline\nimport matplotlib\nimport matplotlib.pyplot as plt\n"
        "from matplotlib import pyplot, cm\nfrom mpl_toolkits.mplot3d import Axes3D\n"
        "from IPython.display import display, Image\nimport seaborn as sns; sns.set()\n"
        "plt.rcParams['figure.figsize'] = (7, 4)\nfig, ax = plt.subplots()\n"
        "fig, ((a, b), (c, d)) = plt.subplots(2, 2)\nfor one in ax.flat: one.plot([1])\n"
        "with plt.style.context('x'): plt.show()\nplt.scatter(1, 2, cmap=plt.cm.Spectral)\n"
        "n, bins, _ = plt.hist([1]); first, *rest = plt.plot([1])\nimport os\n"
        "def draw():\n    import plotly.express as px\n    return px.line()\ndraw()\n"
    )
    assert len(loading.result.problems) == 1
    assert loading.the("plotting")["where"] == "line 1"
    assert "a" in loading.result.names


def test_pylab_gives_numpy_and_plotting() -> None:
    """`%pylab inline` and `from pylab import *` bring NumPy's names along."""
    for first in ("%pylab inline", "from pylab import *"):
        loading = script(f"{first}\nx = zeros(3) + array([1, 2, 3])\nplot(x); show()\n")
        assert loading.namespace["x"].tolist() == [1, 2, 3]
        assert [problem["kind"] for problem in loading.result.problems] == ["plotting"]


def test_python_2_statements_that_still_parse() -> None:
    """`print >> f, x`, has_key and the iterating methods do what they did, with a note each."""
    loading = script(
        "import io\n"
        "def f(d):\n"
        "    out = io.StringIO()\n"
        "    print >> out, 'a', 1\n"
        "    print >>out\n"
        "    for k, v in d.iteritems():\n"
        "        if d.has_key(k): return out.getvalue(), k, v\n"
        "x = reduce(lambda a, b: a + b, [1, 2, 3])\n"
    )
    assert loading.namespace["f"]({"W1": 5}) == ("a 1\n\n", "W1", 5)
    assert loading.namespace["x"] == 6
    assert {p["text"] for p in loading.problems("shim")} == {
        "print >> f", "iteritems", "has_key", "reduce",
    }  # fmt: skip


def test_a_has_key_of_one_s_own_stays() -> None:
    """A class that defines has_key is asked for it."""
    loading = script(
        "class Store:\n    def has_key(self, key):\n        return 'mine'\n"
        "x = Store().has_key(1)\n"
    )
    assert loading.namespace["x"] == "mine"
    assert loading.problems("shim") == []
