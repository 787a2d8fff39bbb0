"""A bundle judges as the course does, without the reference."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder.answers.choice import live_key
from autograder.answers.recording import RecordedKey, record
from autograder.course import course
from autograder.course.course import RECORDING_FILE, Assignment
from autograder.errors import CourseError, UsageError
from autograder.grading.report import grade
from autograder.judging.outcome import Returned
from autograder.model import Report
from autograder.publishing.release import release
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import CHECKS, LIMITS, SOLUTION, changed, make_course, submission


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The small course's assignment, with its reference."""
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def bundle(small: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The same assignment as a student gets it."""
    to = tmp_path_factory.mktemp("bundle") / "released"
    release(small, to)
    return course.load(to).assignment("small")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(limits=LIMITS, preload=("numpy",)) as box:
        yield box


def judged(report: Report) -> list[tuple[object, ...]]:
    """All of a report's verdicts that must not depend on where the answers come from."""
    return [
        (v.id, v.status, v.points, v.message, v.hint, v.diagnosis, v.evidence)
        for v in report.checks
    ]


@pytest.mark.parametrize(
    "change",
    [
        "",
        "def double(x): return x * x",
        "def double(x): return 3 * x",
        "def double(x): return 5 * x\ndef total(x): return float(np.sum(x))",
        "def double(x): return None",
        "def slope(w, x): return w * x**2 / x.size",
        "def slope(w, x): return 2 * w * x",
        "def cost(w, x): return float(np.sum((w * x) ** 4))\n"
        "def slope(w, x): return 4 * w**3 * x**4",
        "del Counter",
        "class Counter(Counter):\n    def add(self, by): self.value = by; return by",
    ],
)
def test_the_bundle_judges_as_the_course(
    small: Assignment, bundle: Assignment, sandbox: Sandbox, change: str
) -> None:
    """The same verdicts, words, diagnoses and evidence, with and without the reference."""
    assert bundle.reference is None
    mine = changed(change)
    one, other = grade(mine, small, sandbox=sandbox), grade(mine, bundle, sandbox=sandbox)
    assert judged(one) == judged(other)
    assert one.versions == other.versions


def test_the_bundle_holds_no_reference(bundle: Assignment) -> None:
    """No file of it, packed or not, has a line of the reference or of the misconceptions."""
    lines = {line.strip() for line in SOLUTION.splitlines() if len(line.strip()) > 12}
    texts = [path.read_bytes() for path in bundle.folder.rglob("*") if path.is_file()]
    texts.append(zlib.decompress(bundle.recording.read_bytes()))
    for line in lines - {"def double(x):", "import numpy as np"}:
        assert not any(line.encode() in text for text in texts), line
    assert {path.name for path in bundle.folder.iterdir()} == {
        "assignment.toml", "checks.py", "small.py", "small.ipynb", "README.md", RECORDING_FILE,
    }  # fmt: skip


def test_a_release_takes_no_names_of_students_along(tmp_path: Path) -> None:
    """Of course.toml goes out what the course is called, and its assignments."""
    small = make_course(tmp_path / "course")
    said = "[late.extensions.small]\ndoe = 2026-11-25T23:59:00\n"
    name = 'name = "Netze \\"für\\" alle 🎓"\nassignments = ["small"]\n'
    (tmp_path / "course" / "course.toml").write_text(name + said, "utf-8")
    release(small, tmp_path / "bundle")
    assert (tmp_path / "bundle" / "course.toml").read_text("utf-8") == name


def test_a_release_overwrites_nothing(small: Assignment, tmp_path: Path) -> None:
    """What is there already may be somebody's work."""
    release(small, tmp_path)
    with pytest.raises(UsageError, match="is there already"):
        release(small, tmp_path)


def test_a_bundle_knows_its_own_seed_only(bundle: Assignment, sandbox: Sandbox) -> None:
    """Other inputs need the reference."""
    with pytest.raises(UsageError, match="for seed 0 only, not for seed 7"):
        grade(submission(SOLUTION), bundle, seed=7, sandbox=sandbox)


@pytest.mark.parametrize(
    "damage",
    [lambda raw: b"", lambda raw: raw[:-20], lambda raw: b"PK" + raw, lambda raw: raw[::-1]],
)
def test_a_damaged_recording_is_said(
    bundle: Assignment, tmp_path: Path, damage: object
) -> None:
    """A cut, empty or foreign file ends in one sentence."""
    path = tmp_path / "recording.msgpack"
    path.write_bytes(damage(bundle.recording.read_bytes()))  # type: ignore[operator]
    with pytest.raises(CourseError, match="is not a recording, or is damaged"):
        RecordedKey.open(path, 0)


def test_other_random_numbers_are_noticed(bundle: Assignment, tmp_path: Path) -> None:
    """A NumPy that draws other numbers would ask other questions than were answered."""
    body = msgspec.msgpack.decode(zlib.decompress(bundle.recording.read_bytes()))
    fields = dict(body["of"])
    normals = np.frombuffer(fields["canary"][0]["of"][2]) + 1e-12
    fields["canary"][0]["of"][2] = normals.tobytes()
    path = tmp_path / "recording.msgpack"
    path.write_bytes(
        zlib.compress(msgspec.msgpack.encode({"$": "dict", "of": list(fields.items())}))
    )
    with pytest.raises(CourseError, match="draws other random numbers"):
        RecordedKey.open(path, 0)


def test_inputs_that_depend_on_answers_cannot_be_recorded(tmp_path: Path) -> None:
    """A probe that feeds the student's answer to `given` is refused, by name and line."""
    checks = CHECKS.replace(
        "solution.total(given.double(rng.normal(size=4)))",
        "given.double(solution.total(rng.normal(size=4)))",
    )
    line = next(n for n, text in enumerate(checks.splitlines(), 1) if "given.double" in text)
    small = make_course(tmp_path, checks=checks)
    with pytest.raises(CourseError, match="check total cannot be recorded") as error:
        record(live_key(small, 0), small.checks)
    assert f"checks.py, line {line}: " in error.value.message
    assert "local=False" in error.value.hint


def test_a_replay_never_answers_another_question(
    small: Assignment, bundle: Assignment, sandbox: Sandbox
) -> None:
    """A probe that asks for what depends on a submission is our fault, and earns no points."""
    path = bundle.folder / "checks.py"
    released = path.read_text()
    path.write_text(released.replace("given.Counter(3.0)", "given.Counter(amount)"))
    try:
        other = course.load(bundle.folder.parents[1]).assignment("small")
        verdict = grade(submission(SOLUTION), other, only=["counter"], sandbox=sandbox).checks[
            0
        ]
    finally:
        path.write_text(released)
    assert verdict.status == "grader_fault"
    assert "given.Counter with other arguments" in verdict.message


def test_a_reference_that_works_in_place_asks_the_same(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    """What it does to its arguments stays its own, as a submission's does in its process."""
    in_place = SOLUTION.replace("    return 2 * x\n", "    x *= 2\n    return x\n")
    checks = CHECKS.replace(
        "    return solution.double(rng.normal(size=(2, 3)))",
        "    x = rng.normal(size=(2, 3))\n    return solution.double(x), solution.double(x)",
    )
    small = make_course(tmp_path, solution=in_place, checks=checks, misconceptions="")
    record(live_key(small, 0), small.checks[:1])
    report = grade(submission(SOLUTION), small, only=["double"], sandbox=sandbox)
    assert report.complete, report.checks


def test_a_check_that_is_not_local_waits_for_the_instructor(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    """`local=False` is graded by the course, and skipped in a bundle with a reason."""
    checks = CHECKS.replace(
        "@check(points=10)\ndef total", "@check(points=10, local=False)\ndef total"
    )
    small = make_course(tmp_path / "course", checks=checks)
    release(small, tmp_path / "bundle")
    bundle = course.load(tmp_path / "bundle").assignment("small")
    report = grade(submission(SOLUTION), bundle, sandbox=sandbox)
    skipped = next(v for v in report.checks if v.id == "total")
    assert skipped.status == "skipped"
    assert "instructor" in skipped.message
    assert grade(submission(SOLUTION), small, sandbox=sandbox).complete


def test_the_reference_tries_a_threshold_once(tmp_path: Path) -> None:
    """Its bar decides: what it reaches in further tries is compared with nothing."""
    checks = CHECKS.replace(
        "    x = rng.uniform(1.1, 2, 20)\n",
        "    x = rng.uniform(1.1, 2, 20)\n    TRIES.append(x)\n",
    ).replace("@threshold(", "TRIES = []\n\n@threshold(")
    small = make_course(tmp_path / "course", checks=checks)
    release(small, tmp_path / "bundle", forms=False)
    check = next(one for one in small.checks if one.id == "mostly_positive")
    assert check.cases == 3
    # The proof that a probe asks `given` for nothing leaves this one out: it never names it.
    assert len(check.probe.__globals__["TRIES"]) == 1
    path = course.load(tmp_path / "bundle").assignment("small").recording
    recorded = RecordedKey.open(path, 0)
    found = [recorded.case(check, number).expected for number in range(check.cases)]
    assert found == [Returned(1.0), Returned(0.9), Returned(0.9)]


def test_a_bundle_of_another_version_says_so(bundle: Assignment, tmp_path: Path) -> None:
    """What it holds is not guessed at: the format's number is looked at first."""
    body = msgspec.msgpack.decode(zlib.decompress(bundle.recording.read_bytes()))
    fields = {name: value for name, value in body["of"] if name != "given_back"}
    older = {"$": "dict", "of": list({**fields, "format": 4}.items())}
    path = tmp_path / RECORDING_FILE
    path.write_bytes(zlib.compress(msgspec.msgpack.encode(older)))
    with pytest.raises(CourseError, match=r"has format 4; this version reads format 5\."):
        RecordedKey.open(path, 0)
