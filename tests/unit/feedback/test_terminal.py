"""The page that a student reads in a terminal."""

from __future__ import annotations

import io
from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from autograder.feedback.terminal import show
from autograder.model import Diagnosis, Evidence, Report, Status, Tier, Verdict
from autograder.wording import MISSING, UNREAD

PASSED = Verdict(
    id="sigmoid", of="sigmoid", title="Sigmoid", status=Status.PASSED, points=5, possible=5
)
FAILED = Verdict(
    id="backward_propagation",
    of="backward_propagation",
    title="Backward propagation returns the four gradients",
    status=Status.PARTIAL,
    points=3.75,
    possible=15,
    message="dW1 has other values.",
    hint="Compare line by line with the formulas.",
    diagnosis=Diagnosis("b__s", "Its activation is tanh, so use 1 - A1**2."),
    evidence=(Evidence("db1", "shape (4, 1)", "shape (4,)"),),
)
RAISED = Verdict(
    id="predict",
    of="predict",
    title="Predictions",
    status=Status.ERRORED,
    points=0,
    possible=10,
    message="predict stopped with KeyError.",
)


def unwritten(name: str) -> Verdict:
    """The verdict on a function that is still the stub's."""
    return Verdict(
        id=name,
        of=name,
        title=name,
        status=Status.NOT_ATTEMPTED,
        points=0,
        possible=10,
        message=f"{name} is not written yet.",
    )


def report(*checks: Verdict, notes: tuple[str, ...] = ()) -> Report:
    """A report on these checks."""
    return Report(
        assignment="assignment3",
        points=sum(check.points for check in checks),
        possible=sum(check.possible for check in checks),
        seed=0,
        tier=Tier.D,
        versions={},
        notes=notes,
        checks=checks,
    )


def page(
    checked: Report,
    *,
    width: int = 80,
    encoding: str = "utf-8",
    colour: bool = False,
    **more: Any,
) -> str:
    """What `show` prints."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding)
    console = Console(
        file=file,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=colour,
        no_color=not colour,
    )
    more = {"title": "One hidden layer", "file": "mine.py", "seconds": 0.25, **more}
    show(checked, console, **more)
    file.flush()
    return raw.getvalue().decode(encoding)


def test_header_table_and_footer():
    """Title, file, points, one row for each check, and how it was graded are all there."""
    lines = page(report(PASSED, FAILED)).splitlines()
    assert lines[0].startswith("One hidden layer")
    assert lines[0].endswith("8.75 / 20 points")
    assert lines[1].startswith("mine.py")
    assert any(line.split() == ["✓", "sigmoid", "5", "/", "5"] for line in lines)
    assert lines[-1] == (
        "8.75 / 20 points · seed 0 · sandbox D: a process of its own with limits · 0.2 s"
    )


def test_the_whole_page_has_a_table_of_words_and_bars():
    """With `--all`, each check has a row with its bar and its status as a word."""
    lines = page(report(PASSED, FAILED), whole=True).splitlines()
    assert any(
        line.split() == ["sigmoid", "5", "/", "5", "████████", "✓", "passed"] for line in lines
    )


def test_the_overview_takes_two_columns_where_there_is_room():
    """Twelve checks are six rows on a terminal of 80 columns, and twelve on a narrow one."""
    checks = [replace(PASSED, id=f"check{n}") for n in range(12)]
    wide, narrow = page(report(*checks)), page(report(*checks), width=40)
    assert sum("check" in line for line in wide.splitlines()[3:-2]) == 6
    assert sum("check" in line for line in narrow.splitlines()[3:-2]) == 12


def test_one_cause_is_told_once():
    """Checks of which the same is said share a block, with their points together."""
    other = replace(RAISED, id="predict_corner", possible=5)
    text = page(report(RAISED, other))
    assert "! predict and predict_corner  0 / 15" in text
    assert text.count("predict stopped with KeyError.") == 1


def test_two_functions_in_full_and_the_others_in_a_line():
    """A short page tells of two functions, and names all else; the whole page tells all."""
    checks = [
        replace(RAISED, id=f"check{n}", of=of, message=f"check{n} stopped.\nAnd more of {n}.")
        for n, of in enumerate("abac")
    ]
    short, whole = page(report(*checks)), page(report(*checks), whole=True)
    assert "add --all" in short
    assert "! check2  0 / 10  check2 stopped. And more of 2." in short.splitlines()
    assert "\n  And more of 1." in short
    assert "add --all" not in whole
    assert all(f"\n  And more of {n}." in whole for n in range(4))


def test_a_long_value_is_cut_between_words():
    """The short page shows the first numbers of an array, and says that there are more."""
    numbers = "shape (50,): " + ", ".join(str(n / 7) for n in range(50))
    wrong = replace(FAILED, diagnosis=None, evidence=(Evidence("db1", numbers, "shape (4,)"),))
    assert numbers not in " ".join(page(report(wrong)).split())
    assert " …" in page(report(wrong))


def test_what_changed_and_when_it_was_saved():
    """Both are shown where they are known; the time only where it fits."""
    text = page(
        report(PASSED), changed="Since the last check: +5 sigmoid.", saved="saved 14:02"
    )
    assert "mine.py, saved 14:02" in text.splitlines()[1]
    assert "Since the last check: +5 sigmoid." in text
    assert "saved" not in page(report(PASSED), saved="saved 14:02", width=30)


def test_a_miss_says_what_shows_why_and_what_next_in_this_order():
    """Message, evidence, diagnosis and hint follow each other below the check's name."""
    text = page(report(FAILED), whole=True)
    parts = [
        "backward_propagation  3.75 / 15",
        "dW1 has other values.",
        "shape (4,)",
        "Likely Its activation is tanh",
        "Try    Compare line by line",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_evidence_that_the_message_holds_is_not_said_twice():
    """A value that stands in the message already needs no table."""
    told = replace(FAILED, message="db1 has shape (4,) and needs shape (4, 1).")
    assert "yours" not in page(report(told))


def test_much_evidence_is_cut():
    """Two pieces are shown, the others counted."""
    pieces = tuple(Evidence(f"part{n}", "1", "2") for n in range(9))
    text = page(report(replace(FAILED, evidence=pieces)), whole=True)
    assert "part1" in text
    assert "part2" not in text
    assert "and 7 more" in text


def test_misses_keep_the_order_of_the_assignment():
    """The blocks come in the order of the checks."""
    text = page(report(FAILED, RAISED))
    assert text.index("dW1 has other") < text.index("predict stopped")


def test_unwritten_functions_are_one_paragraph():
    """What is not attempted is listed once, and is no miss."""
    text = page(report(PASSED, unwritten("nn_model"), unwritten("update_parameters")))
    assert "Not attempted yet: nn_model and update_parameters (20 points)." in text
    assert "is not written yet" not in text
    assert "All that could be checked is right. Next: nn_model." in text


def test_untouched_stub_is_greeted():
    """The stub as handed out gets no table of zeros, but a way to begin."""
    text = page(report(unwritten("layer_sizes"), unwritten("sigmoid")))
    assert "Nothing to check yet" in text
    assert "Begin with layer_sizes" in text
    assert "grade check assignment3 mine.py" in text
    assert "not attempted" not in text


def test_a_method_that_is_missing_is_named():
    """Of a class with some methods written, nobody is told that all is as handed out."""
    waiting = replace(unwritten("MLP"), message="MLP.train is not written yet.")
    text = page(report(waiting))
    assert "Nothing to check yet: MLP.train is not written." in text
    assert "Begin with MLP.train" in text
    assert "handed out" not in text


def test_a_name_that_many_functions_lack_is_told_once():
    """One missing import is one cause, whatever the functions and lines."""
    misses = [
        replace(
            RAISED,
            id=name,
            of=name,
            message=f"{name} stopped with NameError: name '{lacking}' is not defined (line 1).",
            hint="Import it.",
        )
        for name, lacking in (("sigmoid", "np"), ("relu", "np"), ("dot", "math"))
    ]
    text = page(report(*misses), width=100)
    assert "sigmoid and relu" in text
    assert text.count("'np' is not defined") == 1
    assert text.count("'math' is not defined") == 1


def test_functions_that_are_not_there_are_no_untouched_stub():
    """A file without the functions is told so, and how to fix it."""
    gone = replace(
        unwritten("sigmoid"), message=f"{MISSING} sigmoid.", hint="Check the spelling."
    )
    text = page(report(gone))
    assert "Not found in your file: sigmoid (10 points)." in text
    assert "Check the spelling." in text
    assert "Nothing to check yet" not in text


def test_functions_in_broken_lines_are_not_called_misspelt():
    """When a note says that a function could not be read, spelling is not suspected."""
    gone = replace(
        unwritten("sigmoid"), message=f"{MISSING} sigmoid.", hint="Check the spelling."
    )
    text = page(report(PASSED, gone, notes=(f"Line 3 is broken. So sigmoid {UNREAD}.",)))
    assert "Check the spelling." not in text


def test_all_points_are_congratulated():
    """A complete report ends with praise."""
    assert "All 5 points. Well done!" in page(report(PASSED))


def test_a_part_that_is_complete_is_not_called_all():
    """With --only, a right function does not count as the whole assignment."""
    text = page(report(PASSED), selected=True, command=("grade", "check", "assignment3"))
    assert "To check the whole file: grade check assignment3" in text
    assert "All 5 points" not in text


def test_next_step_is_a_command_that_can_be_pasted():
    """The last line names the first miss and the command that checks it, quoted."""
    text = page(
        report(FAILED), command=("grade", "check", "assignment3", "my file.py"), width=200
    )
    assert "grade check assignment3 'my file.py' --only backward_propagation" in text


def test_grader_fault_is_no_score():
    """A fault of the grader shows no points and says that nothing is lost."""
    fault = replace(RAISED, status=Status.GRADER_FAULT, message="The sandbox did not start.")
    text = page(report(PASSED, fault))
    assert "not graded" in text.splitlines()[0]
    assert "costs you nothing" in text


def test_remarks_and_notes():
    """Remarks on passed checks and notes on the file are listed, with their line breaks."""
    remark = replace(PASSED, message="The cost is an array of one number.")
    text = page(report(remark, notes=("Line 3:\n    x = (1\n        ^",)))
    assert "• sigmoid: The cost is an array of one number." in text
    assert "\n      x = (1\n          ^\n" in text


@pytest.mark.parametrize("width", [30, 40, 60, 80, 132])
def test_no_line_is_wider_than_the_terminal(width):
    """At any width the page fits, and the statuses are still words."""
    checked = report(PASSED, FAILED, RAISED, unwritten("nn_model"))
    for whole in (False, True):
        text = page(checked, width=width, whole=whole, changed="x " * 99, saved="saved 1:00")
        assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "passed" in text


def test_ascii_terminal_gets_ascii():
    """An encoding without box characters gets signs that it has, and escapes for the rest."""
    odd = replace(FAILED, message="σ ≥ 0 … naïve 语")
    text = page(report(PASSED, odd), encoding="ascii", whole=True)
    assert text.isascii()
    assert "sigma >= 0 ... na\\xefve \\u8bed" in text
    assert "+ passed" in text


def test_status_is_never_colour_alone():
    """With colour or without, the same characters are shown."""
    checked = report(PASSED, FAILED, RAISED)
    plain = page(checked, whole=True)
    coloured = page(checked, colour=True, whole=True)
    assert "\x1b[" in coloured
    assert "\x1b[" not in plain
    for word in ("passed", "partly right", "raised an error"):
        assert word in plain


def test_student_text_is_neither_markup_nor_control():
    """Markup, escapes and bidirectional overrides in a report are shown, not obeyed."""
    evil = replace(
        RAISED, message="[bold]x[/bold] [/] \x1b[2J\x1b]52;c;eA==\x07 \u202e\r:smile:"
    )
    text = page(report(evil, notes=("[red]\x9b31m",)), file="[link=x]\x1b[31m.py")
    assert "[bold]x[/bold] [/] \\x1b[2J" in text
    assert ":smile:" in text
    assert "[red]\\x9b31m" in text
    assert "[link=x]\\x1b[31m.py" in text
    assert all(line.isprintable() for line in text.splitlines())


def test_every_status_has_a_sign():
    """Each status can be shown, with a word of its own."""
    checks = [replace(RAISED, status=status, id=status.value) for status in Status]
    text = page(report(*checks), width=100, whole=True)
    assert all(status.value in text for status in Status)
