"""What is handed in beside a submission, on every way in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from autograder.gradebook.entries import packed, unpacked
from autograder.grading.report import grade
from autograder.model import Submission
from autograder.nbgrader_plugin.reading import handed_in
from autograder.submissions import read
from autograder.submissions.beside import MAX_BYTES, MAX_FILES, wanted, with_folder
from autograder.submissions.sources import Looking, collect, iterate
from tests.support import make_course, verdict

CODE = "import helper\n\ndef double(x):\n    return helper.FACTOR * x\n"
HELPER = b"FACTOR = int(open('factor.csv').read())\n"
PATTERNS = ("*.py", "*.csv")
DOUBLES = b"def double(x):\n    return 2 * x\n"


def hand_in(folder: Path, **more: bytes) -> Path:
    """A script that needs two files, and more of them."""
    folder.mkdir(parents=True)
    (folder / "small.py").write_text(CODE)
    files = {"helper.py": HELPER, "factor.csv": b"2\n", "notes.pdf": b"%PDF"} | more
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder / "small.py"


def notebook(*sources: str) -> bytes:
    """A notebook of cells of code."""
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4}).encode()


def zipped(folder: Path) -> bytes:
    """The files of a folder in a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for path in sorted(folder.iterdir()):
            file.write(path, path.name)
    return buffer.getvalue()


def by_source(source: Path) -> Submission:
    """What a batch makes of a class folder."""
    looking = Looking(extra=PATTERNS)
    _, entry = iterate([source], assignment="small", module="small", looking=looking)
    return entry.submission


def test_every_way_in_takes_the_same_files(tmp_path):
    """A file alone, a class folder, nbgrader's folder: one submission, byte for byte."""
    one = read(hand_in(tmp_path / "a"), PATTERNS)
    assert one.files == (("factor.csv", b"2\n"), ("helper.py", HELPER))
    hand_in(tmp_path / "class" / "jdoe")
    assert by_source(tmp_path / "class") == one
    cell = {"cell_type": "code", "source": CODE}
    book = tmp_path / "a" / "small.ipynb"
    book.write_text(json.dumps({"cells": [cell], "nbformat": 4}))
    assert handed_in(book, PATTERNS).submission == read(book, PATTERNS)
    assert read(book, PATTERNS).files == one.files


def test_a_student_s_archive_keeps_them_together(tmp_path):
    """The files that lie beside the submission in a zip come along."""
    hand_in(tmp_path / "a")
    (tmp_path / "class" / "jdoe").mkdir(parents=True)
    (tmp_path / "class" / "jdoe" / "work.zip").write_bytes(zipped(tmp_path / "a"))
    one = by_source(tmp_path / "class")
    assert [name for name, _ in one.files] == ["factor.csv", "helper.py"]
    assert one.digest == read(tmp_path / "a" / "small.py", PATTERNS).digest


def test_they_are_there_while_it_is_graded(tmp_path):
    """A module is imported, and a file opened by its relative path."""
    assignment = make_course(tmp_path / "course")
    submission = read(hand_in(tmp_path / "a"), PATTERNS)
    report = grade(submission, assignment, seed=3)
    assert verdict(report, "double").points == 10
    changed = read(hand_in(tmp_path / "b", **{"factor.csv": b"3\n"}), PATTERNS)
    assert verdict(grade(changed, assignment, seed=3), "double").points < 10
    assert changed.digest != submission.digest


def test_without_the_setting_a_note_says_why(tmp_path):
    """Only of what the code imports, and the digest is that of the file."""
    submission = read(hand_in(tmp_path / "a", **{"other.py": b"x = 1"}))
    assert submission.files == ()
    assert submission.notes == (
        "helper.py is beside your file, but this assignment takes one file: copy what you need "
        "into it.",
    )
    hand_in(tmp_path / "class" / "jdoe")
    (entry,) = collect([tmp_path / "class"], assignment="small", module="small").entries
    assert entry.submission == submission


@pytest.mark.parametrize("name", [".hidden.py", "a\nb.py", "-x.py", "ä.py", "timestamp.txt"])
def test_odd_names_stay_behind(name, tmp_path):
    """What is no plain name of a file is not taken."""
    path = hand_in(tmp_path / "a", **{name: b"x"})
    assert name not in dict(read(path, ("*",)).files)


def test_links_are_not_followed(tmp_path):
    """A link could lead to the grader's own files."""
    path = hand_in(tmp_path / "a")
    (tmp_path / "secret").write_text("1")
    (path.parent / "more.csv").symlink_to(tmp_path / "secret")
    submission = read(path, PATTERNS)
    assert "more.csv" not in dict(submission.files)
    assert "more.csv was left out" in submission.notes[0]


def test_they_are_bounded(tmp_path):
    """In number and in bytes, and what is left out is said by name."""
    more = {f"f{n}.csv": b"x" for n in range(MAX_FILES + 3)}
    submission = read(hand_in(tmp_path / "a", **more), PATTERNS)
    assert len(submission.files) == MAX_FILES
    large = read(hand_in(tmp_path / "b", **{"z.csv": b"x" * (MAX_BYTES + 1)}), PATTERNS)
    assert "z.csv was left out" in large.notes[0]
    assert [name for name, _ in large.files] == ["factor.csv", "helper.py"]


def test_the_other_form_of_the_submission_is_none_of_them(tmp_path):
    """A notebook beside a script of its name is no file that the script opens."""
    path = hand_in(tmp_path / "a", **{"small.ipynb": b"{}"})
    assert "small.ipynb" not in dict(read(path, ("*",)).files)


def test_the_gradebook_keeps_them(tmp_path):
    """And what it kept before there were any, it still reads."""
    submission = read(hand_in(tmp_path / "a"), PATTERNS)
    found = unpacked(packed(submission))
    assert (found.cells, found.files) == (submission.cells, submission.files)
    alone = Submission(name="a", cells=submission.cells, digest="")
    assert unpacked(packed(alone)).cells == submission.cells


def test_a_file_is_run_as_if_it_stood_there(tmp_path):
    """`%run` of a script and of a notebook: their functions are the submission's."""
    assignment = make_course(tmp_path / "course")
    for code, name, data in [
        ("%run helper.py", "helper.py", DOUBLES),
        ("%run -i ./helper", "helper.py", DOUBLES),
        ('%run "other book.ipynb"', "other book.ipynb", notebook(DOUBLES.decode())),
        ("get_ipython().run_line_magic('run', 'helper.py')", "helper.py", DOUBLES),
    ]:
        folder = tmp_path / str(len(code))
        folder.mkdir()
        (folder / "small.ipynb").write_bytes(notebook("import numpy as np", code))
        (folder / name).write_bytes(data)
        submission = read(folder / "small.ipynb", ("*.py", "*.ipynb"))
        assert verdict(grade(submission, assignment, seed=3), "double").points == 10, code


@pytest.mark.parametrize(
    "code", ["from helper import *", "import helper\ndouble = helper.double"]
)
def test_all_of_a_module_may_be_elsewhere(code, tmp_path):
    """A file that only imports what it hands in."""
    (tmp_path / "small.py").write_text(code)
    (tmp_path / "helper.py").write_bytes(DOUBLES)
    submission = read(tmp_path / "small.py", PATTERNS)
    report = grade(submission, make_course(tmp_path / "course"), seed=3)
    assert verdict(report, "double").points == 10


def test_a_file_that_runs_itself_ends(tmp_path):
    """So does one that is no notebook, and one that does not parse costs itself alone."""
    assignment = make_course(tmp_path / "course")
    (tmp_path / "small.ipynb").write_bytes(
        notebook(DOUBLES.decode(), "%run a.py", "%run b.ipynb")
    )
    (tmp_path / "a.py").write_text("%run a.py\n%run b.ipynb\n)")
    (tmp_path / "b.ipynb").write_text('{"cells": [{"source": 3}, 3]}')
    submission = read(tmp_path / "small.ipynb", ("*.py", "*.ipynb"))
    assert verdict(grade(submission, assignment, seed=3), "double").points == 10


def test_without_the_setting_a_note_says_why_it_was_not_run(tmp_path):
    """Also of what `%run` names."""
    (tmp_path / "small.ipynb").write_bytes(notebook("%run helper", "%run other.ipynb"))
    for name in ("helper.py", "other.ipynb", "third.py"):
        (tmp_path / name).write_bytes(b"")
    notes = read(tmp_path / "small.ipynb").notes
    assert [note.partition(" ")[0] for note in notes] == ["helper.py", "other.ipynb"]


def test_a_folder_that_cannot_be_read_adds_nothing(tmp_path):
    """The submission stays as it is."""
    alone = Submission(name="small.py", cells=(), digest="d")
    assert with_folder(alone, tmp_path / "gone", "small.py", PATTERNS) is alone


def test_a_file_with_the_name_of_a_library_is_told_so(tmp_path: Path) -> None:
    """random.py and numpy.py are not to be copied: they hide a library from a program."""
    for name in ("random.py", "numpy.py"):
        (tmp_path / name).write_text("x = 1\n")
    (tmp_path / "mine.py").write_text("import numpy as np\nimport random\n")
    found = read(tmp_path / "mine.py")
    assert [note.split(" beside")[0] for note in found.notes] == ["numpy.py", "random.py"]
    assert all("give it another name" in note for note in found.notes)


def test_weights_may_have_the_name_of_the_file(tmp_path):
    """model.safetensors lies beside model.py; another form of the file itself does not."""
    names = ["model.safetensors", "model.csv", "model.ipynb", "MODEL.PY"]
    assert wanted(names, "model.py", ["*"]) == ["model.csv", "model.safetensors"]
