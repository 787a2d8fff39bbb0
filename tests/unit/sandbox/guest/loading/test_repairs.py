"""Obvious slips are fixed, and what was done is told."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.guest.loading.support import AFTER, BEFORE, FIRST, notebook, script


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
        ("def f(x):\n    y = x\n        z = 2\n    return y * z\n", 2),
        ("def f(x):\n    y = x\n        z = 1\n        z = z + 1\n    return y * z\n", 2),
        ("def f(x):\n    y = x\n            z = 2\n    return y * z\n", 2),
        ("def f(x):\n    y = x\n  z = 2\n    return y * z\n", 2),
        ('def f(x):\n    """Doc."""\n  y = x\n  return y * 2\n', 2),
        ("def f(x):\n    y = 0\n\tif x:\n\t    y = x * 2\n    return y\n", 2),
        ("def f(x):\n    if x < 0:\n        raise ValueError, 'x'\n    return x * 2\n", 2),
        ("def f(x):\n    if x < 0: raise ValueError, 'x' # y\n    return x * 2\n", 1),
        ("def f(x):\n    if x < 0: raise ValueError, (\n    'x')\n    return x * 2\n", 1),
        ("def f(x):\n    return 2 * int(`x`)\n", 1),
        ("def f(x):\n    if x <> 0:\n        return x * 2\n", 1),
        ("def f(x):\n    exec 'x = 1' in {}\n    return x * 2\n", 1),
        (
            "def f(x):\n    try:\n        return x * 2\n    except (ValueError, KeyError), e:\n"
            "        return e\n",
            3,
        ),
        ("def f(x):\n    return x * 2L\n", 1),
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
