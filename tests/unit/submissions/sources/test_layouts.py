"""Each system's download: whose file is which, what is late, and which attempt counts."""

from __future__ import annotations

import pytest

from autograder.submissions.sources import collect
from tests.support_sources import (
    make_blackboard,
    make_canvas,
    make_files,
    make_folders,
    make_gradescope,
    make_moodle,
    make_nbgrader_tree,
    tarred,
    zip_bytes,
    zipped,
)

NOTEBOOK = (
    b'{"cells": [{"cell_type": "code", "source": "x = 2"}], "nbformat": 4, "metadata": {}}'
)
ITEMS = [
    ("jane", "small.py", b"x = 1\n", False),
    ("max", "small.ipynb", NOTEBOOK, True),
    ("doe2", "homework.py", b"x = 3\n", False),
]
MAKERS = [
    make_folders,
    make_files,
    make_nbgrader_tree,
    make_canvas,
    make_moodle,
    make_blackboard,
    make_gradescope,
]


def gathered(*sources, assignment="small"):
    """What `collect` makes of these sources."""
    return collect(list(sources), assignment=assignment, module="small")


def texts(collected):
    """The first cell of every student's submission."""
    return {e.student: e.submission.cells[0].source.strip() for e in collected.entries}


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_every_layout_gives_the_same_submissions(make, tmp_path):
    """Three students, by the names that they have, with their texts."""
    collected = gathered(make(tmp_path, ITEMS))
    assert texts(collected) == {"jane": "x = 1", "max": "x = 2", "doe2": "x = 3"}
    assert collected.unread == ()
    assert collected.superseded == 0


@pytest.mark.parametrize("suffix", ["tar", "tar.gz", "tar.xz", "tar.bz2", "tgz", "zip"])
@pytest.mark.parametrize("wrapped", ["", "submissions/", "term/submissions/"])
def test_archives_of_folders_with_folders_around(suffix, wrapped, tmp_path):
    """A folder for each student, in any archive, with or without folders around them."""
    files = [(f"{wrapped}{student}/{name}", data) for student, name, data, _ in ITEMS]
    make = zipped if suffix == "zip" else tarred
    collected = gathered(make(tmp_path / f"all.{suffix}", files))
    assert texts(collected) == {"jane": "x = 1", "max": "x = 2", "doe2": "x = 3"}


def test_late_markers(tmp_path):
    """Canvas marks what is late; the others tell the time, with its zone, or nothing."""
    canvas = {e.student: e.late for e in gathered(make_canvas(tmp_path, ITEMS)).entries}
    assert canvas == {"jane": False, "max": True, "doe2": False}
    for make, expected in (
        (make_nbgrader_tree, "2026-03-20T12:00:00.500000+00:00"),
        (make_blackboard, "2026-03-20T00:01:00+00:00"),
        (make_gradescope, "2026-03-20T12:00:01+00:00"),
        (make_moodle, None),
    ):
        entries = {e.student: e for e in gathered(make(tmp_path, ITEMS)).entries}
        assert entries["max"].submitted == expected
        assert entries["max"].late is None


@pytest.mark.parametrize("make", [make_canvas, make_blackboard, make_gradescope])
def test_the_last_attempt_counts(make, tmp_path):
    """Of two attempts the later one is taken, wherever it is in the download."""
    items = [("jane", "small.py", b"x = 1\n", False), ("jane", "small.py", b"x = 9\n", True)]
    for order in (items, items[::-1]):
        collected = gathered(make(tmp_path, order))
        newest = order[-1][2] if make is make_canvas else b"x = 9\n"  # by number, not by time
        assert texts(collected) == {"jane": newest.decode().strip()}
        assert collected.superseded == 1


def test_canvas_names(tmp_path):
    """Anonymous students, names with digits and signs, text that was typed, and strangers."""
    files = [
        ("doe2jane_12_34_small.py", b"x = 1\n"),
        ("LATE_anon_AbC1_56_small.py", b"x = 2\n"),
        ("müllerlüdenscheidt_LATE_77_78_part 1-2.py", b"x = 3\n"),
        ("roe_9_text.html", b"<p>My code</p>"),
        ("small.py", b"x = 5\n"),
    ]
    collected = gathered(zipped(tmp_path / "submissions.zip", files))
    assert texts(collected) == {
        "doe2jane": "x = 1",
        "AbC1": "x = 2",
        "müllerlüdenscheidt": "x = 3",
    }
    assert {e.student: e.late for e in collected.entries}["AbC1"] is True
    assert [(u.student, u.reason) for u in collected.unread] == [
        ("roe", "it is text typed into Canvas, and no file"),
        ("", "its name is not one that Canvas gives"),
    ]


def test_two_people_of_one_name(tmp_path):
    """Canvas's number tells them apart, and a roster can find both by it."""
    files = [("doejane_12_34_small.py", b"x = 1\n"), ("doejane_13_35_small.py", b"x = 2\n")]
    collected = gathered(zipped(tmp_path / "submissions.zip", files))
    assert texts(collected) == {"doejane_12": "x = 1", "doejane_13": "x = 2"}
    assert [e.aliases for e in collected.entries] == [("12",), ("13",)]


def test_moodle_names(tmp_path):
    """Folders of new and old Moodle, loose files, groups, and text that was typed."""
    files = [
        ("Jane Doe_12_assignsubmission_file/small.py", b"x = 1\n"),
        ("Max O'Neil_13_assignsubmission_file_/small.py", b"x = 2\n"),
        ("Ida_14_assignsubmission_file_small.py", b"x = 3\n"),
        ("Default group_assignsubmission_file/src/small.py", b"x = 4\n"),
        ("Typist_15_assignsubmission_onlinetext/onlinetext.html", b"<p>x = 5</p>"),
    ]
    collected = gathered(zipped(tmp_path / "course-hw.zip", files))
    assert texts(collected) == {
        "Jane Doe": "x = 1",
        "Max O'Neil": "x = 2",
        "Ida": "x = 3",
        "Default group": "x = 4",
    }
    assert [(u.student, u.reason) for u in collected.unread] == [
        ("Typist", "it is text typed into Moodle, and no file")
    ]


def test_blackboard_logins_with_underscores(tmp_path):
    """The text beside a file says where the assignment's name ends and the login begins."""
    head = "HW_1_j_doe_attempt_2026-03-01-10-00-00"
    manifest = (
        "Name: Jane Doe (j_doe)\nAssignment: HW_1\n"
        "Date Submitted: Sunday, March 1, 2026 10:00:00 AM EST\n\n"
        "Submission Field:\nName: Somebody Else (other)\n"
    )
    files = [(f"{head}_small.py", b"x = 1\n"), (f"{head}.txt", manifest.encode())]
    (entry,) = gathered(zipped(tmp_path / "gradebook.zip", files)).entries
    assert (entry.student, entry.aliases) == ("j_doe", ("Jane Doe",))
    assert entry.submitted == "2026-03-01T10:00:00-05:00"


def test_blackboard_without_a_file(tmp_path):
    """Whoever only wrote into the box, last, is listed; an earlier file does not count."""
    files = [
        ("HW_jane_attempt_2026-03-01-10-00-00_small.py", b"x = 1\n"),
        ("HW_jane_attempt_2026-03-01-10-00-00.txt", b"Name: Jane (jane)\n"),
        ("HW_jane_attempt_2026-03-02-10-00-00.txt", b"Name: Jane (jane)\n"),
    ]
    collected = gathered(zipped(tmp_path / "gradebook.zip", files))
    assert collected.entries == ()
    assert [(u.student, u.reason) for u in collected.unread] == [
        ("jane", "it is text typed into Blackboard, and no file")
    ]


def test_gradescope_groups_and_folders_without_metadata(tmp_path):
    """Each member of a group has the submission; a folder nobody tells of keeps its name."""
    metadata = (
        "---\nsubmission_1:\n  :submitters:\n"
        '  - :name: "Andr\\xE9 O\'Neil"\n    :sid:\n    :email: andre@example.edu\n'
        "  - :name: 'Max ''the'' Roe'\n    :sid: '77'\n    :email: ~\n"
        "  :created_at: 2026-03-01 12:00:00.123456789 +01:00\n"
    )
    files = [
        ("assignment_5_export/submission_metadata.yml", metadata.encode()),
        ("assignment_5_export/submission_1/small.py", b"x = 1\n"),
        ("assignment_5_export/submission_2/small.py", b"x = 2\n"),
    ]
    collected = gathered(zipped(tmp_path / "export.zip", files))
    found = {e.student: (e.submitted, e.aliases) for e in collected.entries}
    time = "2026-03-01T12:00:00.123456+01:00"
    assert found == {
        "andre@example.edu": (time, ("André O'Neil",)),
        "77": (time, ("Max 'the' Roe",)),
        "submission_2": (None, ()),
    }


def test_text_of_students_is_no_metadata(tmp_path):
    """What a program printed stands deeper in the file, and names nobody."""
    metadata = (
        "submission_1:\n  :submitters:\n  - :name: Jane\n    :sid: '1'\n"
        "  :results:\n    output: |-\n      :submitters:\n      - :sid: '2'\n"
        "    tests:\n    - :sid: '3'\n      :sid: '4'\n"
    )
    files = [
        ("submission_metadata.yml", metadata.encode()),
        ("submission_1/small.py", b"x = 1\n"),
    ]
    assert list(texts(gathered(zipped(tmp_path / "export.zip", files)))) == ["1"]


def test_nbgrader_from_the_course_folder(tmp_path):
    """Given the whole course, the tree below submitted/ is read, this assignment alone."""
    tree = make_nbgrader_tree(tmp_path, ITEMS)
    other = tree / "jane" / "other" / "small.py"
    other.parent.mkdir()
    other.write_bytes(b"x = 0\n")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "small.py").write_bytes(b"x = 0\n")
    assert texts(gathered(tmp_path)) == texts(gathered(tree))
    assert texts(gathered(tree))["jane"] == "x = 1"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-01 10:00:00 America/New_York", "2026-03-01T10:00:00-05:00"),
        ("2026-07-01 10:00:00.25 America/New_York", "2026-07-01T10:00:00.250000-04:00"),
        ("2026-03-01 10:00:00 UTC", "2026-03-01T10:00:00+00:00"),
        ("2026-03-01T10:00:00+0530", "2026-03-01T10:00:00+05:30"),
        ("2026-03-01 10:00:00", "2026-03-01T10:00:00+00:00"),
        ("2026-03-01 10:00:00 ../../etc/passwd", None),
        ("2026-02-30 10:00:00 UTC", None),
        ("yesterday", None),
    ],
)
def test_timestamps(written, expected, tmp_path):
    """A time counts with its zone, or in UTC without one; what is no time counts as none."""
    tree = make_nbgrader_tree(tmp_path, ITEMS[:1])
    (tree / "jane" / "small" / "timestamp.txt").write_text(written)
    assert gathered(tree).entries[0].submitted == expected


@pytest.mark.parametrize(
    ("folders", "logins"),
    [
        (["small-jane", "small-jane-doe"], ["jane", "jane-doe"]),
        (["hw-1-ann", "hw-1-bob", "hw-1-cy-x"], ["ann", "bob", "cy-x"]),
        (["x-jane-doe", "x-jane-roe"], ["x-jane-doe", "x-jane-roe"]),
    ],
)
def test_clones(folders, logins, tmp_path):
    """ASSIGNMENT-LOGIN; another slug is found when enough clones begin with it."""
    for folder in folders:
        (tmp_path / folder / ".git").mkdir(parents=True)
        (tmp_path / folder / ".git" / "small.py").write_text("raise SystemExit\n")
        (tmp_path / folder / "small.py").write_text("x = 1\n")
    collected = gathered(tmp_path)
    assert [e.student for e in collected.entries] == logins
    assert {e.submitted for e in collected.entries} == {None}


def test_names_of_files_without_the_assignment(tmp_path):
    """small_jane.py is jane's."""
    for name in ("small_jane.py", "max-small.ipynb", "ida.py"):
        (tmp_path / name).write_bytes(NOTEBOOK if name.endswith("ipynb") else b"x = 1\n")
    assert list(texts(gathered(tmp_path))) == ["ida", "jane", "max"]


def test_a_single_file(tmp_path):
    """A file is a source, too, and its name the student's."""
    (tmp_path / "jane.py").write_text("x = 1\n")
    assert texts(gathered(tmp_path / "jane.py")) == {"jane": "x = 1"}


def test_the_last_source_counts_unless_times_say_otherwise(tmp_path):
    """Of two sources, the later time; without both times, the one named later."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    early = make_gradescope(first, [("jane", "small.py", b"x = 1\n", False)])
    late = make_gradescope(second, [("jane", "small.py", b"x = 2\n", True)])
    for order in ((early, late), (late, early)):
        collected = gathered(*order)
        assert texts(collected) == {"jane": "x = 2"}
        assert collected.superseded == 1
    untold = make_moodle(first, [("jane", "small.py", b"x = 3\n", False)])
    assert texts(gathered(late, untold)) == {"jane": "x = 3"}
    assert texts(gathered(untold, late)) == {"jane": "x = 2"}


def test_an_archive_that_a_student_handed_in(tmp_path):
    """It is opened, and a note says what was taken out of it."""
    work = zip_bytes([("hw/small.py", b"x = 7\n"), ("__MACOSX/hw/._small.py", b"\0\1")])
    for make in MAKERS:
        (entry,) = gathered(make(tmp_path, [("jane", "work.zip", work, False)])).entries
        assert entry.submission.cells[0].source == "x = 7\n"
        assert entry.submission.notes[-1].endswith("hw/small.py.")
