"""`loading.load`: what survives of a submission, and what is noted about the rest."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox.loading import MAX_PROBLEMS, LoadResult, load


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Undo what loading does to the process; a guest is thrown away, this one is not."""
    finders, modules = list(sys.meta_path), dict(sys.modules)
    numpys_own = np.__dict__["__getattr__"]
    yield
    sys.meta_path[:] = finders
    sys.modules.clear()
    sys.modules.update(modules)
    np.__dict__["__getattr__"] = numpys_own


@dataclasses.dataclass
class Loading:
    """One call of `load` and what it left behind."""

    result: LoadResult
    namespace: dict[str, Any]
    visited: list[tuple[str, int]]

    def problems(self, kind: str) -> list[dict[str, Any]]:
        """The problems of this kind."""
        return [problem for problem in self.result.problems if problem["kind"] == kind]

    def the(self, kind: str) -> dict[str, Any]:
        """The only problem of this kind."""
        (problem,) = self.problems(kind)
        return problem

    def function(self, name: str) -> dict[str, Any]:
        """What is reported of the function `name`."""
        (function,) = (each for each in self.result.functions if each["name"] == name)
        return function

    @property
    def functions(self) -> set[str]:
        """The names of the functions that are reported."""
        return {function["name"] for function in self.result.functions}


def script(source: str, skip: tuple[int, ...] = ()) -> Loading:
    """Load a script, without the statements in the lines `skip`."""
    return cells(("", source), skip={("submission", line) for line in skip})


def notebook(*sources: str) -> Loading:
    """Load a notebook of these code cells."""
    return cells(*((f"cell {number}", source) for number, source in enumerate(sources, 1)))


def cells(*pairs: tuple[str, str], skip: set[tuple[str, int]] | None = None) -> Loading:
    """Load (label, source) pairs."""
    namespace: dict[str, Any] = {}
    visited: list[tuple[str, int]] = []
    result = load(
        list(pairs), namespace, skip=skip or set(), at=lambda *place: visited.append(place)
    )
    return Loading(result, namespace, visited)


# --- running ------------------------------------------------------------------------------


def test_a_good_script_loads_without_a_word() -> None:
    """Definitions and values are there, nothing is noted, and the lines are kept."""
    loading = script("import math\n\ndef f(x):\n    return math.sqrt(x)\n\ny = f(4)\n")
    assert loading.namespace["y"] == 2
    assert loading.result.problems == []
    assert loading.functions == {"f"}
    assert loading.result.names == ["math", "f", "y"]
    assert loading.result.lines["submission"][2] == "def f(x):"


def test_each_statement_that_is_no_definition_is_announced() -> None:
    """`at` hears of statements before they run; definitions and imports are not told."""
    loading = script(
        "import math\nclass A:\n    pass\ndef f():\n    pass\nx = 1\nfor i in 'ab':\n  x += 1\n"
    )
    assert loading.visited == [("submission", 6), ("submission", 7)]


def test_a_statement_is_announced_before_it_runs() -> None:
    """What `at` raises in place of a statement passes through, and the statement is not run."""

    def stop(filename: str, line: int) -> None:
        raise ConnectionError(f"{filename}:{line}")

    namespace: dict[str, Any] = {}
    with pytest.raises(ConnectionError, match="cell 1:2"):
        load([("cell 1", "def f(): pass\nx = 1")], namespace, skip=set(), at=stop)
    assert "x" not in namespace


def test_skipped_statements_are_left_out() -> None:
    """Statements are skipped by file name and first line, and the rest runs."""
    loading = cells(
        ("cell 1", "x = 1\nwhile True:\n    pass\ny = 2"),
        ("cell 2", "a = 1\nb = 2"),
        skip={("cell 1", 2), ("cell 2", 1)},
    )
    assert {"x", "y", "b"} <= loading.namespace.keys()
    assert "a" not in loading.namespace
    assert loading.visited == [("cell 1", 1), ("cell 1", 4), ("cell 2", 2)]


def test_the_main_block_does_not_run() -> None:
    """The module's name is not `__main__`."""
    loading = script("ran = []\nif __name__ == '__main__':\n    ran.append(1)\n")
    assert loading.namespace["ran"] == []


def test_cells_share_one_namespace_in_order() -> None:
    """A function that reads a global of another cell finds it."""
    loading = notebook("def f():\n    return scale", "scale = 3", "y = f()")
    assert loading.namespace["y"] == 3
    assert loading.result.problems == []


def test_frames_name_the_cell() -> None:
    """Code objects bear the cell's label, or "submission" for a script."""
    assert notebook("", "def f(): pass").namespace["f"].__code__.co_filename == "cell 2"
    assert script("def f(): pass").namespace["f"].__code__.co_filename == "submission"


@pytest.mark.parametrize(
    ("statement", "kind", "message"),
    [
        ("1 / 0", "raised", "ZeroDivisionError: division by zero"),
        ("raise KeyboardInterrupt", "raised", "KeyboardInterrupt"),
        ("raise SystemExit(3)", "exited", "SystemExit: 3"),
        ("exit()", "exited", "SystemExit: None"),
        ("eval('1 +')", "raised", "SyntaxError: invalid syntax (<string>, line 1)"),
        ("def f(): f()\nf()", "raised", "RecursionError: maximum recursion depth exceeded"),
        ("raise type('E', (Exception,), {'__str__': lambda s: 1 / 0})", "raised", "E"),
    ],
)
def test_a_failing_statement_is_noted_and_the_next_one_runs(
    statement: str, kind: str, message: str
) -> None:
    """Whatever a statement of the top level raises costs that statement alone."""
    loading = script(f"x = 1\n{statement}\ny = 2\n")
    assert loading.the(kind)["message"] == message
    assert loading.namespace["y"] == 2


def test_a_failure_is_placed_at_the_line_in_the_top_level() -> None:
    """Within a loop it is the loop's line that failed, wherever the exception came from."""
    problem = notebook(
        "", "def f(x):\n    return 1 / x\nfor i in (1, 0):\n    y = 3\n    f(i)"
    ).the("raised")
    assert (problem["where"], problem["text"]) == ("cell 2, line 5", "f(i)")


def test_future_imports_hold_for_what_follows() -> None:
    """Annotations that name what is not there are no error when they are postponed."""
    loading = script("from __future__ import annotations\ndef f(x: Missing) -> None: pass\n")
    assert "f" in loading.functions
    assert loading.result.problems == []


def test_annotations_are_evaluated_without_a_future_import() -> None:
    """The loader's own compiler flags do not leak into the submission."""
    loading = script("def f(x: Missing) -> None: pass\n")
    assert loading.the("raised")["names"] == ["f"]


def test_dataclasses_find_their_module() -> None:
    """What looks its module up in `sys.modules` works."""
    loading = script(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass P:\n    x: int = 3\n"
    )
    assert loading.result.problems == []
    assert loading.namespace["P"]().x == 3


@pytest.mark.parametrize(
    ("source", "message", "names"),
    [
        ("return 3", "'return' outside function", []),
        ("def f():\n    break", "'break' outside loop", ["f"]),
        ("def f(x, x): pass", "duplicate argument 'x' in function definition", ["f"]),
    ],
)
def test_what_the_compiler_refuses_is_a_syntax_problem(
    source: str, message: str, names: list[str]
) -> None:
    """Errors that only the compiler sees cost their own statement."""
    loading = script(f"a = 1\n{source}\nb = 2\n")
    problem = loading.the("syntax")
    assert problem["message"].startswith(message)
    assert problem["names"] == names
    assert loading.namespace["b"] == 2


def test_at_most_a_hundred_problems_are_noted() -> None:
    """A flood of consequences is cut off, and what parses still loads."""
    loading = script("missing\n" * 300 + "def f(): return 1\n")
    assert len(loading.result.problems) == MAX_PROBLEMS
    assert "f" in loading.functions


# --- imports ------------------------------------------------------------------------------


def test_a_missing_module_is_noted_with_the_names_it_would_define() -> None:
    """Plain, dotted, renamed and `from` imports each say what they would have defined."""
    loading = script(
        "import no_a\nimport no_b.c\nimport no_d as e\nfrom no_f import g, h as i\n"
        "from no_j import *\nx = 1\n"
    )
    found = {
        problem["text"]: problem["names"] for problem in loading.problems("missing_module")
    }
    assert found == {
        "no_a": ["no_a"],
        "no_b": ["no_b"],
        "no_d": ["e"],
        "no_f": ["g", "i"],
        "no_j": [],
    }
    assert loading.namespace["x"] == 1


def test_one_missing_name_costs_no_other_of_the_same_import() -> None:
    """Names of one import statement are imported one by one."""
    loading = script("import no_a, math\nfrom math import no_b, sqrt\n")
    assert loading.namespace["math"].pi > 3
    assert loading.namespace["sqrt"](4) == 2
    assert [problem["names"] for problem in loading.problems("missing_module")] == [
        ["no_a"],
        ["no_b"],
    ]


def test_a_caught_import_error_is_no_problem() -> None:
    """The student's own fallback is honoured."""
    loading = script("try:\n    import no_a\nexcept ImportError:\n    no_a = 3\n")
    assert loading.result.problems == []
    assert loading.namespace["no_a"] == 3


def test_a_relative_import_is_a_missing_module() -> None:
    """A script that was part of a package imports nothing from beside it."""
    assert script("from .helpers import f\n").the("missing_module")["names"] == ["f"]


# --- magics -------------------------------------------------------------------------------


def test_lines_of_jupyter_are_left_out() -> None:
    """Line magics, shell commands and help lines go; the code around them stays."""
    loading = notebook(
        "%load_ext autoreload\n!pip install thing\nx = 1\nx?\n?x\nfiles = !ls\n"
        "if x:\n    %timeit x\ny = 2\n"
    )
    assert (loading.namespace["x"], loading.namespace["y"]) == (1, 2)
    assert [problem["where"] for problem in loading.problems("magic")] == [
        f"cell 1, line {line}" for line in (1, 2, 4, 5, 6, 8)
    ]
    assert loading.problems("syntax") == []


def test_a_percent_in_python_is_no_magic() -> None:
    """A continued line that begins with a percent sign stays, next to a real magic."""
    loading = notebook("%cd ..\nx = (7\n     %4)\ny = '''\n!not a command\n'''\n")
    assert loading.namespace["x"] == 3
    assert loading.problems("syntax") == []


def test_a_timed_line_is_run() -> None:
    """`%time` before a statement times it in Jupyter, and runs it here."""
    assert notebook("%time x = 3").namespace["x"] == 3


@pytest.mark.parametrize("magic", ["%%time", "%%capture out", "%%unheard_of"])
def test_a_cell_magic_over_python_costs_its_line(magic: str) -> None:
    """The cell under it is Python, and runs."""
    assert notebook(f"\n{magic}\nx = 3").namespace["x"] == 3


@pytest.mark.parametrize(
    "cell", ["%%bash\nls -l", "%%html\n<b>x</b>", "%%writefile a.py\nx = 3", "%%odd\n$ + 1"]
)
def test_a_cell_of_another_language_is_left_out(cell: str) -> None:
    """The cell is noted once, and the others run."""
    loading = notebook(cell, "y = 1")
    assert loading.the("magic")["where"] == "cell 1, line 1"
    assert "x" not in loading.namespace
    assert loading.namespace["y"] == 1


def test_an_exported_notebook_calls_ipython_in_vain() -> None:
    """`get_ipython()` of an exported script accepts everything, and is no name of theirs."""
    loading = script(
        "get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "get_ipython().system('pip install x')\nget_ipython().magic('time')\ndisplay(3)\n"
    )
    assert loading.result.problems == []
    assert loading.result.names == []


# --- what is described --------------------------------------------------------------------


def test_parameters_are_described() -> None:
    """Every kind of parameter is named as the protocol names it."""
    function = script("def f(a, /, b, *c, d, e=1, **g): return a\n").function("f")
    assert [(p["name"], p["kind"], p["has_default"]) for p in function["parameters"]] == [
        ("a", "positional", False),
        ("b", "positional", False),
        ("c", "var_positional", False),
        ("d", "keyword_only", False),
        ("e", "keyword_only", True),
        ("g", "var_keyword", False),
    ]
    assert function["signature_known"] is True


def test_a_class_is_described_by_its_initialiser() -> None:
    """A class counts as a function of its `__init__`'s parameters, without self."""
    function = script(
        "class MLP:\n    def __init__(self, n_x, n_h=4): self.n = n_x\n"
    ).function("MLP")
    assert [p["name"] for p in function["parameters"]] == ["n_x", "n_h"]
    assert not function["empty"]


def test_only_what_the_submission_defines_is_described() -> None:
    """Imported functions and classes are not theirs; assigned and wrapped ones are."""
    loading = script(
        "from math import sqrt\nfrom fractions import Fraction\nimport numpy as np\n"
        "from functools import lru_cache, partial\n"
        "square = lambda x: x * x\ntanh = np.tanh\nmul = np.dot\n"
        "root = partial(sqrt)\nnumber = 3\n"
        "@lru_cache\ndef cached(x): return x\n"
        "@np.vectorize\ndef step(x): return 1 if x > 0 else 0\n"
        "again = square\n"
    )
    assert loading.functions == {"square", "tanh", "mul", "root", "cached", "step", "again"}


def test_an_object_that_fights_being_asked_has_no_signature() -> None:
    """A signature that raises is unknown, and costs nothing else."""
    loading = script(
        "class M(type):\n    @property\n    def __signature__(self): raise SystemExit\n"
        "class A(metaclass=M): x = 1\ndef f(x): return x\n"
    )
    assert loading.function("A")["signature_known"] is False
    assert loading.function("f")["signature_known"] is True


@pytest.mark.parametrize(
    "body",
    [
        '"""Doc."""',
        "pass",
        "...",
        "return",
        "return None",
        '"""Doc."""\n    # YOUR CODE HERE\n    raise NotImplementedError',
        'raise NotImplementedError("later")',
        '"""Doc."""\n    pass\n    return None',
    ],
)
def test_a_stub_is_empty(body: str) -> None:
    """A body that says nothing is the stub's."""
    assert script(f"def f(x):\n    {body}\n").function("f")["empty"] is True


@pytest.mark.parametrize(
    "body", ["return 0", "x = 1", "return x", "raise ValueError", "print(x)"]
)
def test_a_body_that_does_anything_is_not_empty(body: str) -> None:
    """One statement of one's own is an attempt."""
    assert script(f"def f(x):\n    {body}\n").function("f")["empty"] is False


def test_a_decorated_stub_is_empty() -> None:
    """Decorators above a stub do not make it an attempt."""
    loading = script(
        "import functools\n@functools.lru_cache\n@functools.cache\ndef f(x):\n    pass\n"
    )
    assert loading.function("f")["empty"] is True


def test_a_class_of_stubs_is_empty() -> None:
    """A class is empty when all of its methods are."""
    loading = script(
        "class A:\n    '''Doc.'''\n    def __init__(self, n): pass\n    def go(self): ...\n"
        "class B:\n    def __init__(self, n): self.n = n\n    def go(self): ...\n"
    )
    assert loading.function("A")["empty"] is True
    assert loading.function("B")["empty"] is False


def test_the_last_definition_counts() -> None:
    """A function written twice is noted, with the line that counts."""
    loading = notebook("def f(x): return 1", "", "def f(x, y): return 2")
    problem = loading.the("redefined")
    assert (problem["where"], problem["text"], problem["names"]) == ("cell 3, line 1", "f", [])
    assert "cell 3, line 1" in problem["message"]
    assert len(loading.function("f")["parameters"]) == 2


def test_a_failed_second_definition_leaves_the_first() -> None:
    """What counts is what is there: the note names the first when the second failed."""
    loading = script("def f(x): return 1\n@missing\ndef f(x): return 2\n")
    assert loading.the("redefined")["where"] == "line 1"
    assert loading.namespace["f"](0) == 1


@pytest.mark.parametrize("second", ["def f(x): return 1", "def f(x): pass"])
def test_a_copy_or_a_stub_is_no_redefinition(second: str) -> None:
    """The same text again, or an empty one, is not worth a note."""
    assert notebook("def f(x): return 1", second).problems("redefined") == []


# --- age ----------------------------------------------------------------------------------


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


# --- plotting -----------------------------------------------------------------------------


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


# --- mangled texts ------------------------------------------------------------------------

BEFORE = "import math\n\ndef before(x):\n    '''Before.'''\n    return x + 1\n\n"
AFTER = '\ndef after(x):\n    """After."""\n    return x * 3\n\nlast = after(1)\n'
FIRST = BEFORE.count("\n") + 1  # the line of the mangled text


@pytest.mark.parametrize(
    ("text", "line", "lost"),
    [
        ("def f(x)\n    return x\n", 0, ["f"]),
        ("def f(x:\n    return x\n", 0, ["f"]),
        ("def f(x):\n    return (x + 1\n", 1, ["f"]),
        ("def f(x):\n    y = [x,\n    return y\n", 1, ["f"]),
        ("def f(x):\n    return x)\n", 1, ["f"]),
        ("def f(x):\n    return {'a': x]\n", 1, ["f"]),
        ("def f(x):\n    return 'abc\n", 1, ["f"]),
        ('def f(x):\n    """Never closed.\n    return x\n', 1, ["f"]),
        ('def f(x):\n    """Never closed.\nAt the margin.\n    """\n    return (x\n', 4, ["f"]),
        ("def f(x):\n    '''Wrong end.\"\"\"\n    return x\n", 1, ["f"]),
        ("def f(x):\nreturn x\n", 0, ["f"]),
        ("def f(x):\n", None, ["f"]),
        ("def f(x):\n    # nothing yet\n", None, ["f"]),
        ("def f(x):\n    if x = 1:\n        return x\n", 1, ["f"]),
        ("def f(x):\n    return x +\n", 1, ["f"]),
        ("def f(x):\n    y == = x\n    return y\n", 1, ["f"]),
        ("def f(x):\n    y = x\nz = 3\n    return y\n", 3, ["f"]),
        ("def f(x):\n    y = x\nz z\n    return y\n", 2, ["f"]),
        ("def f(x):\n    y = x\n$   return y\n", 2, ["f"]),
        ("def f(x):\n    return x\nx = = 3\n", 2, []),
        ("def f(x):\n    print(x)\n\nx = = 3\n", 3, []),
        ("def f(x):\n    for i in x:\n    return x\n", 2, ["f"]),
        ("def f(x):\n    else:\n        return x\n", 1, ["f"]),
        ("@staticmethod\ndef f(x):\n    return $x\n", 2, ["f"]),
        ("@\ndef f(x):\n    return x\n", 0, ["f"]),
        ("class C:\n    def m(self):\n        return 1 +\n    def n(self): pass\n", 2, ["C"]),
        ("async def f(x):\n    return x y\n", 1, ["f"]),
        ("deff(x):\n    return x\n", 0, []),
        ("def f(x):\n    return 1 2\n\ndef g(x):\n    return 3 4\n", 1, ["f"]),
        ("x = = 3\n", 0, []),
        ("x = (1,\n", 0, []),
        ("x = [\n1,\n2\ny = 3\n", 0, []),
        ('text = """not closed\n', 0, []),
        ("print 'a' 'b\n", 0, []),
        ("<<<<<<< HEAD\n", 0, []),
        ("if True:\n    x = 1\n  else:\n    x = 2\n", 2, []),
        ("import\n", 0, []),
        ("x = 08\n", 0, []),
        ("try:\n    x = 1\n", None, []),
        ("x = 'a' 'b\\\n", 0, []),
        ("-" * 100_000 + "1\n", 0, []),
        ("(" * 100_000 + "\n", 0, []),
        ("x = 1" + "+1" * 100_000 + "\n", 0, []),
        ("def f(x):\n    return " + "[" * 300 + "]" * 300 + "\n", 1, ["f"]),
        ("x = " + "9" * 5000 + "\n", 0, []),
        ("x = '\ud800'\n", 0, []),
    ],
)
def test_a_broken_block_costs_only_itself(text: str, line: int | None, lost: list[str]) -> None:
    """The good functions around a broken block survive, and its line and names are told."""
    loading = script(BEFORE + text + AFTER)
    assert loading.namespace["before"](2) == 3
    assert loading.namespace["after"](2) == 6
    assert loading.namespace["last"] == 3
    problem = loading.problems("syntax")[0]
    assert problem["names"] == lost
    assert not set(lost) & loading.functions
    if line is not None:
        assert problem["where"] == f"line {FIRST + line}"
        assert problem["text"] == text.split("\n")[line].strip()[:120]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" def f(x):\n    return x * 2\n", 0),
        ("  def f(x):\n      return x * 2\n", 0),
        ("f = lambda x: x * 2\n x = 3\n", 1),
        ("def f(x):\n    y = x * 2\n     \n     return y\n", 3),
        ("def f(x):\n    if x:\n        y = x * 2\n   return y\n", 3),
        ("def f(x):\n    y = 2\n\treturn x * y\n", 2),
        ("def f(x):\n\ty = 2\n    return x * y\n", 2),
        ("def f(x):\n    if x:\n        y = 2\n\treturn x * y\n", 3),
        ("def f(x):\n    return\u00a0x * 2\n", 1),
        ("def f(x):\n\u00a0\u00a0\u00a0 return x * 2\n", 1),
        ("def f(x):\n    s = \u201ctwo\u201d\n    return x * 2\n", 1),
        ("def f(x):\n    s = \u2018two\u2019\n    return x * 2\n", 1),
        ("def f(x):\n    return x * 4 \u2212 x * 2\n", 1),
        ("def f(x)\uff1a\n    return x * 2\n", 0),
        ("def f\uff08x\uff09:\n    return x * 2\n", 0),
        ("def f(x):\n    return x * 2\u200b\n", 1),
        ("\ufeffdef f(x):\n    return x * 2\n", 0),
        ('def f(x):\n    print "x is", x  # shown\n    return x * 2\n', 1),
        ('def f(x):\n    if x: print "yes; no", \n    return x * 2\n', 1),
        ('def f(x):\n    print "%d" % (x,\n        ); y = 1\n    return x * 2\n', 1),
        (
            'def f(x):\n    """Doc.\nAt the margin.\n    """\n    print 1\n    return x * 2\n',
            4,
        ),
    ],
)
def test_an_obvious_slip_is_mended_and_said(text: str, line: int) -> None:
    """Stray spaces, look-alike characters, tabs and old prints cost nothing but a note."""
    loading = script(BEFORE + text + AFTER)
    assert loading.namespace["f"](2) == 4
    assert loading.namespace["before"](2) == 3
    assert loading.namespace["after"](2) == 6
    problem = loading.the("repaired")
    assert problem["where"] == f"line {FIRST + line}"
    assert problem["text"] == text.split("\n")[line].strip()
    assert loading.problems("syntax") == []


@pytest.mark.parametrize(
    "source",
    [
        " def f(x):\n     return x * 2\n y = f(1)\n",
        "  # title\n  def f(x):\n      return x * 2\n\n  y = f(1)\n",
        " x = 0\ndef f(x):\n    return x * 2\ny = f(1)\n",
        "\tdef f(x):\n\t\treturn x * 2\n\ty = f(1)\n",
    ],
)
def test_an_indented_cell_is_read_as_jupyter_reads_it(source: str) -> None:
    """A cell whose first line is indented runs, as it does in Jupyter."""
    loading = notebook(source)
    assert loading.namespace["y"] == 2
    assert loading.problems("syntax") == []


def test_lines_keep_their_numbers_through_repairs() -> None:
    """A function after a mended and a dropped block still has its own line."""
    loading = script("print 'a'\nx = = 1\n def g(): pass\n\ndef f():\n    return 1\n")
    assert loading.namespace["f"].__code__.co_firstlineno == 5
    assert loading.result.lines["submission"][2] == " def g(): pass"


def test_a_broken_cell_costs_no_other_cell() -> None:
    """Cells are taken apart one by one, and places name the cell."""
    loading = notebook("def f(:\n    pass", "def g(x): return x", "x = 'open")
    assert loading.functions == {"g"}
    assert [problem["where"] for problem in loading.problems("syntax")] == [
        "cell 1, line 1",
        "cell 3, line 1",
    ]


def test_the_caret_column_is_told() -> None:
    """The message of a syntax problem ends in the column, counted from 1."""
    assert script("x = = 3\n").the("syntax")["message"] == "invalid syntax (column 5)"


def test_code_in_a_string_is_not_revived() -> None:
    """A definition inside of a string before and after a broken line stays a string."""
    hidden = '"""\ndef hidden(): pass\n"""\n'
    loading = script(hidden + "x = = 3\n" + hidden + "def f(): pass\n")
    assert loading.functions == {"f"}
    assert len(loading.result.problems) == 1


def test_after_fifty_repairs_the_rest_is_left() -> None:
    """A text that is no Python at all ends in a bounded number of problems."""
    loading = script("x = 1\n" + "not python at all !\n" * 400 + "def f(): pass\n")
    assert len(loading.problems("syntax")) == 51
    assert loading.problems("syntax")[-1]["names"] == ["f"]
    assert loading.namespace["x"] == 1


def test_fifty_repairs_are_for_all_cells_together() -> None:
    """Many broken cells share one bound, and a sound cell after them still runs."""
    loading = notebook(*["x = = 1"] * 80, "y = 2")
    assert len(loading.problems("syntax")) == 80
    assert loading.namespace["y"] == 2


NAMES = ["sigmoid", "layer_sizes", "initialise", "forward", "cost", "predict"]
BODIES = '''import numpy as np

def sigmoid(z):
    """The logistic function."""
    return 1 / (1 + np.exp(-z))


def layer_sizes(X, Y):
    n_x = X.shape[0]  # inputs
    n_y = Y.shape[0]
    return (n_x, 4, n_y)


def initialise(n_x, n_h, n_y):
    """Draw small weights.

    Returns a dict.
    """
    W1 = np.random.randn(n_h, n_x) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1))}


def forward(X, parameters):
    A1 = np.tanh(
        np.dot(parameters["W1"], X)
        + parameters["b1"]
    )
    return sigmoid(A1), {'A1': A1}


def cost(A2, Y):
    m = Y.shape[1]
    if m == 0:
        raise ValueError("no examples")
    return -np.sum(Y * np.log(A2)) / m

learning_rate = 1.2

def predict(parameters, X):
    """Predict labels."""
    A2, cache = forward(X, parameters)
    return A2 > 0.5
'''
HOLDER = [
    max(
        (name for name in NAMES if f"def {name}(" in BODIES[: at + 1]),
        key=NAMES.index,
        default="",
    )
    for at in range(len(BODIES))
]


@settings(max_examples=300, deadline=None)
@given(
    position=st.integers(0, len(BODIES) - 1),
    character=st.sampled_from(list("()[]{}:;,.=+'\"#\\ \t@%!?x1\u00a0\u201c$\n\0\x0c")),
)
def test_one_bad_character_costs_at_most_the_block_it_is_in(
    position: int, character: str
) -> None:
    """All functions survive but the one at the character, and the one next to it.

    A hash or a backslash may rightly take in the line that begins the next definition, and
    a line pushed to the margin ends the function before it.
    """
    loading = script(BODIES[:position] + character + BODIES[position:])
    touched = HOLDER[position]
    index = NAMES.index(touched) if touched else 0
    spared = [name for name in NAMES if abs(NAMES.index(name) - index) > 1]
    assert set(spared) <= loading.functions
    assert len(loading.functions & set(NAMES)) >= len(NAMES) - 2


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="def x:=()'\"\n\t %!?@#\\[]{},.1\u00a0\u201c\0", max_size=200))
def test_no_text_brings_the_loader_down(source: str) -> None:
    """Whatever the text, loading returns."""
    notebook(source, "def sound(): return 1")
