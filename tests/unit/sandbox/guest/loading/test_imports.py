"""Imports: what is missing costs no more than the names it would have defined."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.unit.sandbox.guest.loading.support import script


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
    assert loading.the("missing_module")["names"] == ["no_a"]
    assert loading.the("raised")["names"] == ["no_b"]
    assert loading.the("raised")["message"] == "There is no no_b in math."


def test_a_caught_import_error_is_no_problem() -> None:
    """The student's own fallback is honoured."""
    loading = script("try:\n    import no_a\nexcept ImportError:\n    no_a = 3\n")
    assert loading.result.problems == []
    assert loading.namespace["no_a"] == 3


def test_a_relative_import_is_a_missing_module() -> None:
    """A script that was part of a package imports nothing from beside it."""
    assert script("from .helpers import f\n").the("missing_module")["names"] == ["f"]


def test_a_star_asks_numpy_for_no_part_that_nobody_mentions() -> None:
    """Its names are there, and of its parts those that the file uses."""
    source = (
        "import sys\nfrom numpy import *\n"
        "parts = [m for m in sys.modules if 'f2' + 'py' in m]\n"
        "def f(x):\n    return testing.assert_allclose(tanh(x), linalg.norm(x))\n"
    )
    program = (
        "import sys, numpy, json; from tests.unit.sandbox.guest.loading.support import script; "
        "loading = script(sys.argv[1]); namespace = loading.namespace; "
        "print(json.dumps([namespace['parts'], sorted(set(numpy.__all__) - set(namespace)), "
        "'assert_allclose' in vars(namespace['testing']), loading.result.problems]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, source], capture_output=True, text=True, check=True
    )
    parts, missing, tested, problems = json.loads(done.stdout)
    assert parts == []
    assert "f2py" in missing
    assert not {"tanh", "linalg", "testing"} & set(missing)
    assert tested
    assert problems == []
