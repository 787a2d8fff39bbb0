"""`standins`: what is not there behaves as if it were, and does nothing."""

from __future__ import annotations

import copy
import importlib
import math
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.guest import standins
from autograder.sandbox.guest.standins import NOTHING, StandIn
from tests.support import undone


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """See `undone`."""
    with undone():
        yield


@pytest.fixture
def plt() -> Any:
    """`matplotlib.pyplot` after the stand-ins were installed."""
    standins.install_screenless()
    return importlib.import_module("matplotlib.pyplot")


def test_unpacking_gives_as_many_as_asked_for(plt: Any) -> None:
    """Two, four in pairs, or a star: every target gets a stand-in."""
    fig, ax = plt.subplots()
    (a, b), (c, d) = plt.subplots(2, 2)
    first, second, *others = plt.hist([1])
    assert {type(each) for each in (fig, ax, a, b, c, d, first, second)} == {StandIn}
    assert others == []


def test_a_loop_over_a_stand_in_ends(plt: Any) -> None:
    """Loops, comprehensions and `zip` run once."""
    assert [1 for _ in plt.subplots()] == [1]
    assert len(list(zip(plt.subplots(), [1, 2, 3], strict=False))) == 1
    count = 0
    for _ in plt.gca().lines:
        count += 1
    assert count == 1


def test_attributes_items_calls_and_blocks_are_accepted(plt: Any) -> None:
    """Reading, writing, deleting, calling and entering do nothing."""
    plt.rcParams["figure.figsize"] = (7, 4)
    ax = plt.figure(figsize=(1, 2)).add_subplot(111)
    ax.title.text = "x"
    del ax.title.text, ax[0]
    with plt.style.context("x") as style:
        assert style is NOTHING
    assert "x" not in ax
    assert bool(ax) is True


def test_arithmetic_with_a_stand_in_gives_a_stand_in() -> None:
    """Numbers that come from a plot stay nothing, in every conversion."""
    assert (NOTHING * 2 + 1) is NOTHING
    assert (1 - NOTHING) is NOTHING
    assert -NOTHING is NOTHING  # type: ignore[operator]
    assert (int(NOTHING), float(NOTHING), f"{NOTHING:.2f}") == (0, 0.0, "")


def test_protocols_look_absent() -> None:
    """A stand-in is no array, no sequence to NumPy, and can be copied."""
    assert not hasattr(NOTHING, "__array__")
    assert np.array(NOTHING, dtype=object).shape == ()
    assert isinstance(copy.deepcopy(NOTHING), StandIn)


def test_a_stand_in_decorator_returns_the_function() -> None:
    """`@interact` above a function leaves the function."""

    def function() -> None: ...

    assert NOTHING(function) is function
    assert NOTHING(x=(0, 1))(function) is function
    assert NOTHING(1, function) is NOTHING


@pytest.mark.parametrize(
    "module",
    ["matplotlib", "matplotlib.cm", "mpl_toolkits.mplot3d", "seaborn", "plotly.graph_objects"],
)
def test_every_part_of_a_plotting_package_is_there(module: str) -> None:
    """Submodules at any depth are found, without the package itself."""
    standins.install_screenless()
    assert importlib.import_module(module).anything is NOTHING


def test_a_progress_bar_passes_on_what_it_is_given() -> None:
    """Around an iterable, as a count, by hand, and from any of tqdm's modules."""
    standins.install_screenless()
    tqdm, auto = importlib.import_module("tqdm"), importlib.import_module("tqdm.auto")
    for loop in (tqdm.tqdm, tqdm.notebook.tqdm, tqdm.tqdm_notebook, auto.tqdm):
        assert list(loop(zip("ab", [1, 2], strict=True), desc="x")) == [("a", 1), ("b", 2)]
        assert len(loop(range(3))) == 3
    for count in (tqdm.trange, tqdm.tqdm.trange, auto.trange, tqdm.tnrange):
        assert list(count(2, 5, leave=False)) == [2, 3, 4]
    with tqdm.tqdm(total=2) as bar:
        bar.update(1)
        bar.set_postfix(cost=0.5)
    tqdm.tqdm.write("x")


def test_other_modules_are_found_as_before() -> None:
    """The finder answers for its packages alone."""
    standins.install_screenless()
    assert importlib.import_module("wave").__file__
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("matplotlibx")


def test_a_package_that_was_imported_before_is_replaced() -> None:
    """What the process had loaded already does not come through."""
    sys.modules["matplotlib"] = importlib.import_module("wave")
    standins.install_screenless()
    assert importlib.import_module("matplotlib").anything is NOTHING


def test_installing_twice_is_installing_once() -> None:
    """A second call leaves the finders as they are."""
    standins.install_screenless()
    finders = list(sys.meta_path)
    standins.install_screenless()
    assert sys.meta_path == finders


def test_a_starred_import_brings_the_usual_names() -> None:
    """`from matplotlib.pyplot import *` defines what is plotted with."""
    standins.install_screenless()
    namespace: dict[str, Any] = {}
    exec("from matplotlib.pyplot import *\nfrom IPython.display import *", namespace)
    assert namespace["plot"] is namespace["display"] is NOTHING


def test_pylab_is_numpy_too() -> None:
    """pylab's names are NumPy's first."""
    standins.install_screenless()
    pylab = importlib.import_module("pylab")
    assert pylab.array is np.array
    assert pylab.scatter is NOTHING


def test_only_what_this_numpy_lost_is_brought_back() -> None:
    """Every shim is for a name that the installed NumPy refuses, and each is available."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *args, **kwargs: None)  # np.object warns first
        gone = {name for name in standins._GONE_FROM_NUMPY if not hasattr(np, name)}
    shims = standins.install_numpy_shims(np)
    assert set(shims) == gone
    assert gone >= {"float", "int", "object", "asscalar", "product", "float_", "NaN", "mat"}
    for name in shims:
        assert getattr(np, name) is not None


def test_old_numpy_names_do_what_they_did() -> None:
    """Each shim that is more than another name computes what it computed."""
    standins.install_numpy_shims(np)
    old: Any = np
    assert old.asscalar(np.array([[2.5]])) == 2.5
    assert old.product([2, 3]) == 6
    assert old.alltrue([1, 0]) == False  # noqa: E712
    assert old.sometrue([1, 0]) == True  # noqa: E712
    assert old.cumproduct([2, 3]).tolist() == [2, 6]
    assert old.in1d([[1], [2]], [2]).tolist() == [False, True]
    assert old.in1d([1, 2], [2], invert=True).tolist() == [True, False]
    assert old.msort([[2, 1], [1, 2]]).tolist() == [[1, 1], [2, 2]]
    assert old.asfarray([1, 2]).dtype == np.float64
    assert old.mat is np.asmatrix
    assert np.zeros(2, dtype=old.float).dtype == np.float64
    assert np.zeros(2, dtype=old.int).dtype == np.dtype(int)
    assert math.isinf(old.NINF)
    assert old.NINF < 0
    assert math.isnan(old.NaN)
    assert math.copysign(1, old.NZERO) == -1
    assert old.rank([[1]]) == 2


def test_shims_are_installed_once() -> None:
    """A second call gives the same replacements and wraps nothing again."""
    shims = standins.install_numpy_shims(np)
    wrapped = np.__dict__["__getattr__"]
    assert standins.install_numpy_shims(np) == shims
    assert np.__dict__["__getattr__"] is wrapped


def test_numpys_own_lookups_still_work() -> None:
    """Names that were never there still fail with NumPy's own words."""
    standins.install_numpy_shims(np)
    with pytest.raises(AttributeError, match="has no attribute 'sigmoid'"):
        np.sigmoid  # type: ignore[attr-defined]  # noqa: B018
