"""Notes about a file that did not load whole."""

from __future__ import annotations

from autograder.sandbox.host.messages import Problem
from autograder.wording import UNREAD, notes


def problem(
    kind: str,
    where: str = "line 3",
    text: str = "",
    message: str = "",
    names: tuple[str, ...] = (),
) -> Problem:
    """A problem as the sandbox reports it."""
    return Problem(kind, where, text, message, names)


MODULE = problem(
    "missing_module",
    text="planar_utils",
    message="ModuleNotFoundError: No module named 'planar_utils'",
    names=("load_planar_dataset",),
)


def undefined(name: str, text: str, where: str = "line 9") -> Problem:
    """A line that failed since `name` is not defined."""
    return problem("raised", where, text, f"NameError: name '{name}' is not defined")


def test_nothing_to_say():
    """A file without problems has no notes."""
    assert notes([]) == ()


def test_syntax_error_shows_line_and_caret_first():
    """A broken line comes first, with its text, a caret, and the functions it costs."""
    broken = problem(
        "syntax",
        "line 12",
        "    return (A2 > 0.5",
        "'(' was never closed (column 12)",
        ("predict",),
    )
    first, _ = notes([MODULE, broken])
    sentence, line, caret = first.split("\n")
    assert sentence == (
        "Line 12 is not Python yet: '(' was never closed. So predict could not be read; the "
        "rest of your file is graded."
    )
    assert UNREAD in sentence
    assert line[caret.index("^")] == "("


def test_caret_is_left_out_where_it_could_be_wrong():
    """A column beyond the line is said as a number, without a caret."""
    (note,) = notes([problem("syntax", text="return (A2", message="never closed (column 12)")])
    assert "(column 12)" in note
    assert "^" not in note


def test_consequences_of_a_missing_module_are_counted():
    """Lines that could not run without a module are one note, however far from it."""
    found = [
        MODULE,
        undefined("load_planar_dataset", "X, Y = load_planar_dataset()"),
        undefined("X", "shape_X = X.shape"),
        undefined("shape_X", "print(shape_X)"),
    ]
    assert notes(found) == (
        "planar_utils is not installed here (line 3), so 3 lines outside your functions could "
        "not run. Your functions are graded all the same.",
    )


def test_a_star_import_may_have_given_any_name():
    """After `from testCases import *` of a missing module, unknown names are its fault."""
    star = problem(
        "missing_module",
        text="testCases",
        message="ModuleNotFoundError: No module named 'testCases'",
    )
    found = [star, undefined("case", "X = case()"), undefined("X", "print(X)")]
    (note,) = notes(found)
    assert note.startswith("testCases is not installed here (line 3), so 2 lines outside")


def test_repairs_of_one_sort_are_one_note():
    """Ten Python 2 prints are fixed in one sentence that names where."""
    found = [problem("repaired", f"line {n}", message="fixed") for n in range(1, 11)]
    assert notes(found) == ("Line 1, line 2, line 3, line 4 and 6 more: fixed.",)


def test_other_lines_are_not_blamed_on_a_module():
    """A failing line that needs nothing of the missing module is named by itself."""
    found = notes([MODULE, undefined("typo", "print(typo)")])
    assert len(found) == 2
    assert "`print(typo)`: NameError: name 'typo' is not defined." in found[1]


def test_a_name_missing_from_a_module_is_not_a_missing_module():
    """`from keras.utils import np_utils` does not say that keras.utils is not installed."""
    missing = problem(
        "missing_module",
        text="keras.utils",
        message="ImportError: cannot import name 'np_utils' from 'keras.utils'",
    )
    (note,) = notes([missing])
    assert "cannot import name 'np_utils'" in note
    assert "not installed" not in note


def test_plotting_and_magics_are_said_once():
    """Fifty plots and fifty magics make two sentences."""
    assert len(notes([problem("plotting"), problem("magic")] * 50)) == 2


def test_repairs_shims_and_redefinitions_are_said():
    """What was read differently from what is written is told, with its place."""
    said = notes(
        [
            problem("repaired", "cell 2, line 1", message="one stray space was taken away"),
            problem(
                "shim", text="np.float", message="np.float is gone from NumPy; write float"
            ),
            problem(
                "redefined", "line 9", "sigmoid", "written 2 times; the one in line 9 counts"
            ),
            problem("slow", "line 40", "nn_model(X, Y, 4)", "still running"),
            problem("exited", "line 41", "sys.exit()", "SystemExit"),
        ]
    )
    assert said == (
        "Line 40 outside your functions took too long and was left out. Put training runs "
        'under if __name__ == "__main__": to keep them out of the way.',
        "Line 41 would have ended the program and was left out; what comes after was read as "
        "usual.",
        "Cell 2, line 1: one stray space was taken away.",
        "Written more than once: sigmoid (line 9). The last one counts.",
        "np.float is gone from NumPy; write float.",
    )


def test_what_is_left_out_with_a_slow_line_is_said_with_it():
    """One note names them all; an import that was left out has its own."""
    along = [problem("inessential", f"line {n}", "train()", "left out") for n in (50, 60)]
    slow = problem("slow", "line 40", "nn_model(X, Y, 4)", "still running after 5 s")
    hung = problem("import", "line 3", "import torch", "still running after 60 s")
    assert notes([slow, *along, hung]) == (
        "Line 40 outside your functions took too long and was left out, and so were line 50 "
        "and line 60, which your functions do not need. Put training runs under "
        'if __name__ == "__main__": to keep them out of the way.',
        "Line 3, `import torch`, was left out: still running after 60 s. What does without it "
        "is graded all the same.",
    )
    ended = problem("exited", "line 40", "os._exit(1)", "it ended")
    assert notes([ended, along[0]]) == (
        "Line 40 would have ended the program and was left out, and so was line 50, which your "
        "functions do not need.",
    )


def test_a_flood_is_summed_up():
    """However many problems there are, eight notes at most are left, and say so."""
    found = [problem("syntax", f"line {n}", "x", "invalid syntax") for n in range(50)]
    said = notes(found)
    assert len(said) == 8
    assert said[-1] == "And 43 more remarks of this sort."


def test_hostile_problems_stay_visible():
    """Control characters of a source line are escaped."""
    (note,) = notes(
        [problem("syntax", text="x = '\x1b[2J\u202e'", message="invalid\x07 syntax")]
    )
    assert all(line.isprintable() for line in note.split("\n"))
