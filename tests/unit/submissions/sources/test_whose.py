"""Whose work it is: no name that a student chooses decides, and nobody vanishes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from autograder.submissions.sources import Looking, Surveyed, Unread, iterate
from tests.support_sources import make_blackboard, make_canvas, make_moodle, tarred, zipped

MINE = b"x = 1\n"
STAMP = "2027-01-01-00-00-00"


def read(source: Path, **looking: object) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The text of each student, and who was refused, why."""
    items = list(
        iterate([source], assignment="small", module="small", looking=Looking(**looking))
    )
    unread = [(item.student, item.reason) for item in items if isinstance(item, Unread)]
    texts = {
        item.student: item.submission.cells[0].source.strip()
        for item in items
        if not isinstance(item, int | Unread | Surveyed)
    }
    return texts, unread


def made(root: Path, files: dict[str, bytes]) -> Path:
    """A folder with these files; a name that ends in "/" is an empty folder."""
    for name, data in files.items():
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_bytes(data)
    return root


@pytest.mark.parametrize(
    "name",
    [
        f"x_jdoe_attempt_{STAMP}_small.py",
        "x_assignsubmission_file_small.py",
        "jdoe_1000_5_small.py",
        "submission_metadata.yml.py",
    ],
)
@pytest.mark.parametrize("make", [make_blackboard, make_canvas, make_moodle])
def test_a_file_s_name_hands_in_for_nobody_else(name, make, tmp_path):
    """Named like another system's download, in any system's, it is the work of who sent it."""
    items = [
        ("jdoe", "small.py", b"x = 7\n", False),
        ("evil", name, b"x = 0\n", False),
        ("roe", "small.py", b"x = 8\n", False),
    ]
    texts, unread = read(make(tmp_path, items))
    assert texts == {"jdoe": "x = 7", "evil": "x = 0", "roe": "x = 8"}
    assert unread == []


def test_a_name_that_looks_like_another_s_number(tmp_path):
    """Called "doe_71" in Canvas, nobody gets the place of number 71: attachments tell."""
    evil, odd = ("doe_71_99_5123_small.py", b"x = 0\n"), ("jo_73_5002_3_small.py", b"x = 3\n")
    for others in ([], [("roe_72_100_small.py", b"x = 2\n")]):
        texts, unread = read(zipped(tmp_path / "canvas.zip", [evil, *others]))
        assert "doe" not in texts
        assert "fits Canvas's number 71 and 99" in unread[0][1]
    clear = ("roe_72_5001_small.py", b"x = 2\n")
    texts, unread = read(zipped(tmp_path / "canvas.zip", [evil, odd, clear]))
    assert (texts, unread) == ({"doe_71": "x = 0", "jo": "x = 3", "roe": "x = 2"}, [])


def test_blackboard_s_text_tells_of_its_own_attempt_alone(tmp_path):
    """A person's name that looks like the line about somebody else hands in for nobody."""
    head = f"HW_evil_attempt_{STAMP}"
    text = b"Name: Jane (jdoe)\nAssignment: HW\n"
    files = [(f"{head}_small.py", MINE), (f"{head}.txt", text)]
    texts, unread = read(zipped(tmp_path / "all.zip", files), layout="blackboard")
    assert texts == {}
    assert {reason for _, reason in unread} == {
        f"{head}.txt, which says whose it is, is missing or says nothing"
    }


@pytest.mark.parametrize(
    "odd",
    ["env", "venv", ".x", "CON", "submitted", "__pycache__x", "small", "Assignment"],
)
def test_students_with_odd_names(odd, tmp_path):
    """Their folders are theirs, whatever computers call so."""
    files = {f"{odd}/small.py": b"x = 1\n", "roe/small.py": b"x = 2\n", "max.py": b"x = 3\n"}
    for source in (made(tmp_path / "all", files), zipped(tmp_path / "a.zip", [*files.items()])):
        texts, unread = read(source)
        assert texts == {odd: "x = 1", "roe": "x = 2", "max": "x = 3"}
        assert unread == []


def test_one_student_s_folder_changes_nothing(tmp_path):
    """A folder named like the assignment, a clone, a tree inside: the others are all there."""
    files = {
        "evil/small/small.py": b"x = 0\n",
        "evil/.git/HEAD": b"",
        "evil/submitted/roe/small/small.py": b"x = 0\n",
        "jane/small.py": b"x = 1\n",
        "roe/src/small.py": b"x = 2\n",
        "max/Small/small.py": b"x = 3\n",
    }
    source = made(tmp_path / "all", files)
    assert read(source) == (
        {"evil": "x = 0", "jane": "x = 1", "roe": "x = 2", "max": "x = 3"},
        [],
    )


@pytest.mark.parametrize(
    "name",
    [
        "doe_71_5_small.py",
        f"x_jdoe_attempt_{STAMP}_small.py",
        "Doe_71_assignsubmission_file_small.py",
        "submission_metadata.yml",
    ],
)
def test_one_name_does_not_decide_what_a_source_is(name, tmp_path):
    """A file for each student: one that is called as a system calls its own flips nothing."""
    files = {"jane.py": MINE, "roe.py": b"x = 2\n", name: b"x = 0\n"}
    texts, unread = read(made(tmp_path / "all", files))
    assert texts.pop(name.removesuffix(".py"), "x = 0") == "x = 0"
    assert texts == {"jane": "x = 1", "roe": "x = 2"}
    assert len(unread) == name.endswith(".yml")


def test_nothing_that_lies_in_a_class_vanishes(tmp_path):
    """Empty folders, work in hidden folders, environments, strays: listed by name."""
    files = {
        "jane/small.py": MINE,
        "empty/": b"",
        "hidden/.ipynb_checkpoints/small.py": b"x = 0\n",
        "mac/__MACOSX/small.py": b"x = 0\n",
        "venv/pyvenv.cfg": b"",
        "venv/lib/small.py": b"x = 0\n",
        "notes.txt": b"",
        "__MACOSX/small.py": b"x = 0\n",
    }
    texts, unread = read(made(tmp_path / "all", files))
    assert texts == {"jane": "x = 1"}
    assert {student: reason.partition(",")[0] for student, reason in unread} == {
        "empty": "its folder is empty",
        "hidden": "there is nothing but .ipynb_checkpoints",
        "mac": "there is nothing but __MACOSX",
        "venv": "there is nothing but a virtual environment of Python",
        "notes": "there is no .py or .ipynb file",
        "": "only programs write into __MACOSX",
    }


RUBBISH = {
    ".DS_Store": b"",
    ".git/HEAD": b"",
    ".git/hooks/a.sample": b"",
    "node_modules/a/index.js": b"",
    "node_modules/a/gyp/c.py": b"",
    "__pycache__/small.cpython-312.pyc": b"",
    ".ipynb_checkpoints/jane-checkpoint.ipynb": b"",
    "jane.ipynb": b'{"cells": [{"cell_type": "code", "source": "x = 2"}], "nbformat": 4}',
}


def test_what_programs_wrote_is_counted(tmp_path):
    """A folder or an archive: each file that is nobody's is in the count, and costs nobody."""
    files = RUBBISH | {"roe/small.py": MINE, "roe/.git/HEAD": b"", "roe/.git/index": b""}
    folder = made(tmp_path / "all", files)
    for source in (folder, zipped(tmp_path / "all.zip", [*files.items()])):
        items = list(iterate([source], assignment="small", module="small"))
        assert dict(items[0].left) == {
            ".git": 4,
            "node_modules": 2,
            "__pycache__": 1,
            ".ipynb_checkpoints": 1,
            ".DS_Store": 1,
        }
        assert read(source) == ({"roe": "x = 1", "jane": "x = 2"}, [])


@pytest.mark.parametrize("top", ["__pycache__", ".git", "node_modules/a/b", "__MACOSX/jane"])
@pytest.mark.parametrize("make", [make_blackboard, make_canvas, make_moodle])
def test_work_among_what_programs_wrote_is_listed(top, make, tmp_path):
    """Whatever the layout is: it is nobody's, and a person has to look."""
    source = make(tmp_path, [("roe", "small.py", MINE, False), ("li", "small.py", MINE, False)])
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(f"{top}/small.py", b"x = 0")
    texts, unread = read(source)
    assert texts == {"roe": "x = 1", "li": "x = 1"}
    assert unread == [("", f"only programs write into {top.partition('/')[0]}")]


def test_an_environment_around_the_work(tmp_path):
    """Python's own folders are left out, and the file beside them counts; on each way."""
    files = {
        "roe/pyvenv.cfg": b"",
        "roe/lib/python3/a.py": b"",
        "roe/bin/activate": b"",
        "roe/homework.py": MINE,
    }
    for source in (made(tmp_path / "all", files), zipped(tmp_path / "a.zip", [*files.items()])):
        assert read(source, is_somebody=lambda name: name == "roe") == ({"roe": "x = 1"}, [])


def test_nbgrader_s_tree_lists_who_has_another_folder(tmp_path):
    """Capitals do not matter; two such folders, or none, are told; other assignments not."""
    files = {
        "jane/small/small.py": b"x = 1\n",
        "max/Small/small.py": b"x = 2\n",
        "both/Small/small.py": b"x = 0\n",
        "both/small/small.py": b"x = 0\n",
        "roe/smal/small.py": b"x = 0\n",
        "ann/other/other.py": b"x = 0\n",
    }
    root = made(tmp_path / "submitted", files)
    texts, unread = read(root, assignments=("small", "other"))
    assert texts == {"jane": "x = 1", "max": "x = 2"}
    assert dict(unread) == {
        "both": "it has the folder small twice: Small, small",
        "roe": "it has no folder small, but smal",
    }


def test_clones_without_their_git_folder(tmp_path):
    """A clone that lost it is a clone, and a folder without the slug is somebody's."""
    files = {
        "hw-1-ann/.git/HEAD": b"",
        "hw-1-ann/small.py": b"x = 1\n",
        "hw-1-bob/.git/HEAD": b"",
        "hw-1-bob/small.py": b"x = 2\n",
        "hw-1-a-ann/.git/HEAD": b"",
        "hw-1-a-ann/small.py": b"x = 3\n",
        "hw-1-li/.git/HEAD": b"",
        "hw-1-li/small.py": b"x = 6\n",
        "hw-1-cy/small.py": b"x = 4\n",
        "dan/small.py": b"x = 5\n",
        "eve.py": b"x = 0\n",
    }
    texts, unread = read(made(tmp_path / "all", files))
    expected = {"ann": "x = 1", "bob": "x = 2", "a-ann": "x = 3", "cy": "x = 4", "dan": "x = 5"}
    assert texts == expected | {"li": "x = 6"}
    assert unread == [("", "it lies beside the clones")]


def test_two_that_claim_one_person_are_both_listed(tmp_path):
    """A folder and a file of one name: neither replaces the other."""
    files = {"jane/small.py": MINE, "jane.py": b"x = 2\n", "small_roe.py": MINE, "roe.py": MINE}
    files |= {"small_max.py": MINE, "small_ann.py": MINE}
    texts, unread = read(made(tmp_path / "all", files))
    assert set(texts) == {"max", "ann"}
    assert sorted(student for student, _ in unread) == ["jane", "jane", "roe", "roe"]


def test_a_lone_folder_in_an_archive(tmp_path):
    """It may be a student's or the class's: known names tell, or many folders, or nobody.

    Where its names are a class's only if no student chose them, nobody is guessed.
    """
    one = tarred(tmp_path / "one.tar", [("late/jane/small.py", MINE)])
    assert "not clear who handed in late/jane" in read(one)[1][0][1]
    assert read(one, is_somebody=lambda name: name == "late")[0] == {"late": "x = 1"}
    files = [("jane/bob/small.py", b"x = 0\n"), ("jane/ann/small.py", b"x = 0\n")]
    two = tarred(tmp_path / "two.tar", files)
    assert sorted(read(two)[0]) == ["ann", "bob"]
    assert sorted(read(two, is_somebody=lambda name: name == "jane")[0]) == ["jane"]
    for names in (["small.py", "jane.py", "li.py"], ["small/small.py", "jane/a.py"]):
        files = [(f"hw/{name}", MINE) for name in names]
        for wrapped in (files, [(f"term/{name}", data) for name, data in files]):
            source = zipped(tmp_path / "odd.zip", wrapped)
            told = read(source, is_somebody=lambda name: name in ("jane", "small", "li"))
            assert told[0] == {}
            assert "not clear who handed in" in told[1][0][1]


@pytest.mark.parametrize("make", [make_canvas, make_moodle, make_blackboard])
@pytest.mark.parametrize("around", ["class/", "term/class/", "a/b/c/"])
def test_a_download_in_folders_of_its_own(make, around, tmp_path):
    """As people pack what they unpacked: it is read as it was."""
    items = [("roe", "small.py", MINE, False), ("li", "small.py", b"x = 2\n", False)]
    with zipfile.ZipFile(make(tmp_path, items)) as archive:
        files = [(around + name, archive.read(name)) for name in archive.namelist()]
    source = zipped(tmp_path / "again.zip", [*files, ("__MACOSX/._class", b"")])
    assert read(source) == ({"roe": "x = 1", "li": "x = 2"}, [])


def test_the_layout_can_be_named(tmp_path):
    """What fits two systems is asked about, and a name that does not fit is told."""
    name = f"HW_1_2_attempt_{STAMP}"
    files = [(f"{name}_small.py", MINE), (f"{name}.txt", b"Name: Jane Doe (2)\n")]
    source = zipped(tmp_path / "all.zip", files[:1])
    assert "--layout blackboard or --layout canvas" in read(source)[1][0][1]
    source = zipped(tmp_path / "all.zip", files)
    assert read(source, layout="blackboard")[0] == {"2": "x = 1"}
    assert "Moodle gives" in read(source, layout="moodle")[1][0][1]
    assert len(read(source, layout="folders")[1]) == 1
