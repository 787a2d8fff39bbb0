"""Every attack of the catalogue, under every confinement: what it gets, and what it leaves.

Each must get the verdicts, the score and the time that its entry says; it leaves no process,
no descriptor and no changed file; and the next honest submission scores in full.
"""

from __future__ import annotations

import io
import time
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from rich.console import Console

from autograder import submissions
from autograder.answers.variants import variants_of
from autograder.course import course
from autograder.course.course import Assignment, Settings
from autograder.errors import IntakeError
from autograder.feedback.html import verdict_block
from autograder.feedback.terminal import show
from autograder.grading.report import grade
from autograder.model import Report, Status, Submission
from autograder.sandbox.host.sandbox import Sandbox
from autograder.verify.reached import reached
from tests.attacks import catalogue
from tests.attacks.backends import BACKENDS, opened
from tests.attacks.catalogue import Attack
from tests.attacks.vault import SECRET, SOLUTION, Vault, Watch, hurry, make_vault
from tests.support import submission

ATTACKS = catalogue.load()
# What happens in the protocol, in values and in text does not depend on the kernel's layers.
# These families do, and run at each tier; of the others, tier C takes every third, but of those
# that cost the grader's own time none.
KERNELS = ("reading/", "resources/", "honest/", "keras/")
COSTLY = "costly/"
CASES = [
    pytest.param(
        backend, name, id=f"{backend}-{name}", marks=pytest.mark.timeout(90 + attack.seconds)
    )
    for backend in BACKENDS
    for number, (name, attack) in enumerate(ATTACKS.items())
    if backend in attack.under
    and (
        backend == "A"
        or name.startswith(KERNELS)
        or (backend == "C" and catalogue.WHOLE)
        or (backend == "C" and number % 3 == 0 and not name.startswith(COSTLY))
    )
]
SEED = 12  # the public one is known to attackers
HONEST = submission(SOLUTION)
_UNSAFE = frozenset({"Cc", "Cf", "Cs"})  # control characters, invisible ones, surrogates
_OUR_TAGS = frozenset(["br", "code", "div", "p", "span", "strong", "table", "tr", "th", "td"])
_OUR_ATTRIBUTES = frozenset(["aria-hidden", "aria-label", "class", "role", "scope", "style"])


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """One course for all attacks, since none may change it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SECRET, "token")
        made = make_vault(tmp_path_factory.mktemp("vault"))
        yield made
        made.close()


class Sandboxes:
    """One sandbox at a time, kept for as long as it fits."""

    def __init__(self, vault: Vault, folders: pytest.TempPathFactory) -> None:
        self._vault = vault
        self._folders = folders
        self._kind: tuple[str, Settings] | None = None
        self._stack = ExitStack()

    def get(self, backend: str, settings: Settings) -> Sandbox:
        """The sandbox of that backend for assignments with these settings."""
        if self._kind != (backend, settings):
            self.close()
            folder = self._folders.mktemp("guests")
            self._sandbox = self._stack.enter_context(opened(backend, folder, settings))
            self._kind = backend, settings
            assert grade(HONEST, self._vault.assignment, sandbox=self._sandbox).complete
        return self._sandbox

    def close(self) -> None:
        self._stack.close()
        self._kind = None


@pytest.fixture(scope="module")
def sandboxes(vault: Vault, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandboxes]:
    """The confinements, opened when they are asked for."""
    kept = Sandboxes(vault, tmp_path_factory)
    yield kept
    kept.close()


@pytest.mark.parametrize(("backend", "name"), CASES)
def test_an_attack_gets_what_it_deserves(
    backend: str, name: str, vault: Vault, sandboxes: Sandboxes, tmp_path: Path
) -> None:
    """Verdict, score and time are the entry's; nothing is left; the next one is graded."""
    attack = ATTACKS[name]
    assignment = _assignment(attack, vault)
    sandbox = sandboxes.get(backend, assignment.settings)
    path = catalogue.write(name, attack, vault.facts, tmp_path)
    # A reference with Keras runs in guests of its own, which stay for the next submission.
    more = 0 if assignment.settings.preload == ("numpy",) else 4
    with Watch(vault, others=more):
        before = time.process_time()  # not a clock's: the machine may be busy
        if attack.refused:
            with pytest.raises(IntakeError, match=attack.refused):
                submissions.read(path)
        else:
            hurried = assignment if attack.limit is None else hurry(assignment, attack.limit)
            work = submissions.read(path)
            only = _reached(attack, hurried, work)
            report = grade(work, hurried, seed=SEED, only=only, sandbox=sandbox)
            others = sum(
                check.points for check in hurried.checks if only and check.id not in only
            )
            _assert_verdicts(report, attack, others)
            _assert_plain(report)
        assert time.process_time() - before < attack.seconds
    assert grade(HONEST, vault.assignment, seed=SEED, sandbox=sandbox).complete


def test_each_file_has_its_entry() -> None:
    """Nothing in the corpus is left out by mistake."""
    assert catalogue.orphans() == []


def test_the_corpus_is_as_large_as_it_says() -> None:
    """At least three hundred attacks, and ten look-alikes that lose nothing."""
    honest = [attack for name, attack in ATTACKS.items() if name.startswith("honest/")]
    assert len(ATTACKS) - len(honest) >= 300
    assert len(honest) >= 10
    assert not any(attack.wrong or attack.refused for attack in honest)


def _assignment(attack: Attack, vault: Vault) -> Assignment:
    if attack.on == "small":
        return vault.assignment
    return course.load(catalogue.ROOT).assignment(attack.on)


def _reached(attack: Attack, assignment: Assignment, work: Submission) -> tuple[str, ...]:
    """The checks that a change of a reference with Keras reaches; each takes seconds."""
    if attack.on == "small" or set(assignment.settings.preload) <= {"numpy"}:
        return ()
    assert assignment.reference is not None
    return reached(assignment.checks, variants_of(assignment.reference).source, work)


def _assert_verdicts(report: Report, attack: Attack, others: float) -> None:
    """As the entry says; `others` is what the reference's own functions earn beside it."""
    told = {verdict.id: (verdict.status, verdict.message) for verdict in report.checks}
    for check, (status, message) in told.items():
        expected = attack.wrong.get(check, Status.PASSED)
        allowed = expected if isinstance(expected, tuple) else (expected,)
        assert status in allowed, f"{check} {status}: {message}"
    assert set(attack.wrong) <= set(told)
    assert report.points + others == attack.points, told


def _assert_plain(report: Report) -> None:
    """Nothing in the report acts on the terminal or the page that shows it."""
    for text in _texts(msgspec.to_builtins(report)):
        bad = [c for c in text if c not in "\n\t" and unicodedata.category(c) in _UNSAFE]
        assert not bad, repr(text)
    page = io.StringIO()
    console = Console(file=page, width=80, force_terminal=False, color_system=None)
    show(report, console, title="Small", file="small.py", seconds=0.0)
    assert "\x1b" not in page.getvalue()
    reader = _Tags()
    for verdict in report.checks:
        reader.feed(verdict_block(verdict, report.notes))
    assert reader.tags <= _OUR_TAGS
    assert reader.attributes <= _OUR_ATTRIBUTES


class _Tags(HTMLParser):
    """The names of a page's tags, and of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*_texts(key), *_texts(item))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
