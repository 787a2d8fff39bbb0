"""Arrays of one number are numbers where one is wanted, as in NumPy before 2.4."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.sandbox.guest.loading.support import script

ONE = "np.array([[0.25]])"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (f"return float({ONE})", 0.25),
        (f"return int(8 * {ONE})", 2),
        (f"return complex({ONE})", 0.25 + 0j),
        (f"return round({ONE}, 1)", 0.2),
        (f"return math.sqrt({ONE})", 0.5),
        (f"return '%.2f' % {ONE}", "0.25"),
        (f"return '%.2f and %d' % ({ONE}, 8 * {ONE})", "0.25 and 2"),
        (f"a = np.zeros(2); a[1] = {ONE}; return float(a[1])", 0.25),
        (f"a = np.ones(2); a[1] += {ONE}; return float(a[1])", 1.25),
    ],
)
def test_one_number(line, value):
    """What NumPy took as a number for years is one."""
    loaded = script(f"import math\nimport numpy as np\ndef f():\n    {line}\n")
    assert loaded.namespace["f"]() == value
    assert loaded.result.problems == []


@pytest.mark.parametrize(
    "line",
    [
        "return float(np.ones(2))",
        "return '%.2f' % np.ones(2)",
        "a = np.zeros(2); a[1] = np.ones(3)",
    ],
)
def test_more_than_one_number(line):
    """Arrays of several numbers are refused as before."""
    loaded = script(f"import numpy as np\ndef f():\n    {line}\n")
    with pytest.raises((TypeError, ValueError)):
        loaded.namespace["f"]()


def test_what_is_no_array_of_numbers_is_left_alone():
    """Texts, lists, dictionaries and arrays of objects take what they are given."""
    loaded = script(
        "import numpy as np\n"
        f"one = {ONE}\n"
        "def f():\n"
        "    kept, things, row = {}, [0], np.empty(1, dtype=object)\n"
        "    key = 0\n"
        "    kept[key] = one\n"
        "    things[key] = one\n"
        "    row[key] = one\n"
        "    return kept[key], things[key], row[key], float('2.5'), '%s' % one\n"
    )
    kept, thing, entry, number, text = loaded.namespace["f"]()
    assert kept is thing
    assert isinstance(kept, np.ndarray)
    assert np.shape(entry) == (1, 1)
    assert number == 2.5
    assert text == "[[0.25]]"
