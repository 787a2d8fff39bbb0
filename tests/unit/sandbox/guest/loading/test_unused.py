"""An import that nothing uses is put off; everything that might use it is looked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.unit.sandbox.guest.loading.support import notebook, script


@pytest.fixture(autouse=True)
def _new() -> Iterator[None]:
    """No test finds `wave` there already."""
    sys.modules.pop("wave", None)
    sys.modules.pop("mailbox", None)
    yield
    sys.modules.pop("wave", None)


@pytest.mark.parametrize(
    "line",
    [
        "import wave",
        "import wave as w",
        "from wave import Error",
        "from wave import Error as E, open as o",
        "from wave import *",
        "import wave, mailbox",
        "try:\n    import wave\nexcept ImportError:\n    pass",
        "try:\n    import wave\nexcept ImportError:\n    print('no waves')",
        "try:\n    import wave\n    has = True\nexcept ImportError:\n    has = False",
        "# wave\nimport wave",
        '"""wave"""\nimport wave',
        "import wave\nimport wave",
        "import wave\ndef f():\n    'wave'\n    return 1",
        "import wave\nx = dict(wave=1)",
        "import wave\nx = __name__.wave",
    ],
)
def test_what_nothing_uses_is_not_imported(line: str) -> None:
    """Comments, docstrings, keywords and attributes are no use of it."""
    loading = script(f"{line}\n")
    assert "wave" not in sys.modules
    assert [p for p in loading.result.problems if p["kind"] != "raised"] == []


@pytest.mark.parametrize(
    "source",
    [
        "import wave\ndef f(): return wave",
        "import wave as w\nx: 'w.Wave_read' = 1",
        "from wave import Error as E\nclass F(E): pass",
        "from wave import Error\n__all__ = ['Error']",
        "import wave\n@wave.f\ndef f(): pass",
        "import wave\nx = f'{wave}'",
        "import wave\nexec('wave')",
        "import wave\neval('wa' + 've')",
        "import wave\nglobals()['wa' + 've']",
        "import wave\ndef f():\n    global wave\n    del wave",
        "from wave import *\nx = Error",
        "try:\n    import wave\nexcept ImportError:\n    wave = None\nwave",
        "try:\n    import wave\n    has = True\nexcept ImportError:\n    has = False\nhas",
        "try:\n    import wave\n    x = wave.Error\nexcept ImportError:\n    pass",
        "def open(): pass\nfrom wave import open",
        # what belongs to a library that is used
        "import wave\nfrom wave import Error\nError",
        "from wave import Error\ndef f():\n    import wave",
    ],
)
def test_what_may_be_used_is_imported(source: str) -> None:
    """By name, in a string, under another name, or by what looks names up."""
    script(source)
    assert "wave" in sys.modules


def test_a_use_in_another_cell_counts() -> None:
    """The whole submission is looked at."""
    notebook("import wave", "def f(): return wave")
    assert "wave" in sys.modules


def test_what_was_put_off_is_there_when_somebody_asks() -> None:
    """Its names count as names of the submission, and are bound on demand."""
    loading = script("from wave import Error as sigmoid, open as opened")
    assert loading.result.names == ["sigmoid", "opened"]
    assert "sigmoid" not in loading.namespace
    loading.result.import_now("sigmoid")
    assert loading.namespace["sigmoid"] is sys.modules["wave"].Error


def test_what_is_not_installed_is_said_as_ever() -> None:
    """It costs nothing to find out."""
    (problem,) = script("import no_such_library").result.problems
    assert problem["kind"] == "missing_module"


@pytest.mark.parametrize(
    ("lines", "works"),
    [
        ("import nowhere as no", True),
        ("from nowhere.at_all import one, two", True),
        ("import nowhere\n    x = nowhere.x", False),
        ("global nowhere\n    import nowhere", False),
        ("import nowhere\n    x = eval('nowhere')", False),
        ("try:\n        import nowhere\n    except ImportError:\n        x = 5", True),
    ],
)
def test_an_import_that_a_function_never_uses_costs_it_nothing(lines: str, works: bool) -> None:
    """Where the module is not installed; what is used is missed, and what is caught runs."""
    f = script(f"def f(x):\n    {lines}\n    return x\n").namespace["f"]
    if works:
        assert f(1) == (5 if "try" in lines else 1)
    else:
        with pytest.raises(ImportError):
            f(1)
