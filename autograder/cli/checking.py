"""One file, checked on this machine: what `grade check` does with what it was asked.

It loads no Typer: a call without options needs none (`autograder.cli.main`).
"""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from autograder.cli.here import console, enclose, installed, named, near, opened
from autograder.cli.outcome import NOT_GRADED, PASSED, POINTS_MISSING
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.course.course import Assignment
    from autograder.model import Report, Submission


def run(
    assignment: str | None = None,
    file: Path | None = None,
    *,
    only: Sequence[str] = (),
    shown: str | None = None,
    whole: bool = False,
    json: bool = False,
    html: bool = False,
    to: Path | None = None,
    course: Path | None = None,
    seed: int = 0,
) -> int:
    """Check a file, print its report, and return the command's exit code.

    The arguments are those of `autograder.cli.check.check`.
    """
    started = time.perf_counter()
    if shown and (json or seed):
        raise UsageError(
            "--show prints one case of one check, on the public inputs.",
            hint="Leave out --json and --seed.",
        )
    from autograder.sandbox.host.sandbox import Sandbox

    if to is not None and not html:
        raise UsageError(
            "--to names the page of --html.", hint="Add --html, or leave out --to."
        )
    if html and (shown or json):
        raise UsageError("--html writes a page, and prints no report.")
    there = opened(course)
    name, file = named(there, assignment, file)
    found = there.assignment(name)
    path = file if file is not None else found.stub
    installed(found)
    untouched = None if shown else _untouched(path, found)
    preload = () if untouched else found.settings.preload
    # The sandbox's process imports NumPy while this one imports it too and reads the file.
    with Sandbox(limits=found.limits, preload=preload) as sandbox:
        from autograder import submissions
        from autograder.cli.resembling import resembled
        from autograder.grading.report import PUBLIC_SEED, grade
        from autograder.solution.observed import Observer

        submission = untouched or submissions.read(path, found.settings.extra_files)
        kept = None if only or json or shown else _kept(name, seed, path)
        place = to or Path(f"{name}-check.html")
        sheet = None
        if html:
            from autograder.cli import paged

            sheet = paged.opened(place)
        if course is None:
            enclose(found, asked=not untouched)
        if shown:
            from autograder.cli.showing import show_case

            return show_case(shown, submission, Path(near(path)), found, sandbox)
        # A picture shows the public inputs, and no others.
        observer = Observer() if html and seed == PUBLIC_SEED else None
        report = grade(
            submission,
            found,
            seed=seed,
            only=only or (),
            sandbox=sandbox,
            explain=json or found.settings.likely,
            observer=observer,
        )
        if json:
            _print_json(report)
        else:
            from autograder.feedback.terminal import show

            words = ["grade", "check", name]
            words += [str(file)] if file is not None else []
            words += ["--course", str(course)] if course is not None else []
            words += ["--seed", str(seed)] if seed else []
            folder = None if seed else found.folder
            changed, saved = _history(report, path, submission, kept, folder)
            other = resembled(there, found, submission)
            again = shlex.join(["grade", "check", other, *words[3:]])
            instead = f"This looks like {other}'s file: {again}" if other else ""
            seconds = time.perf_counter() - started
            if sheet is not None:
                page = paged.paper(
                    report, there.name, found.title, submission.cells, observer,
                    below=(f"{near(path)}, {saved}".rstrip(", "), changed, instead),
                    command=words, seconds=seconds,
                )  # fmt: skip
                paged.write(page, sheet, place)
                console().print(paged.said(page, place), soft_wrap=True)
            else:
                show(
                    report,
                    console(),
                    title=found.title,
                    file=near(path),
                    saved=saved,
                    seconds=seconds,
                    command=words,
                    selected=bool(only),
                    whole=whole or bool(only),
                    changed=changed,
                    instead=instead,
                )
    if report.ungraded:
        if course is None:
            sys.stderr.write(
                "The course was found here and not named, so its checks could read nothing "
                "outside of its folder. If they need more: --course DIR\n"
            )
        return NOT_GRADED
    return PASSED if report.complete else POINTS_MISSING


def _untouched(path: Path, assignment: Assignment) -> Submission | None:
    """The file where it is as it was handed out, so that no library needs to be loaded."""
    if set(assignment.settings.preload) <= {"numpy"}:
        return None
    from autograder import submissions
    from autograder.grading.untouched import is_untouched

    found = submissions.read(path, assignment.settings.extra_files)
    return found if is_untouched(found, assignment) else None


def _kept(assignment: str, seed: int, path: Path) -> IO[bytes] | None:
    from autograder.cli.since import opened

    return opened(assignment, seed, path)


def _history(
    report: Report,
    path: Path,
    submission: Submission,
    kept: IO[bytes] | None,
    folder: Path | None,
) -> tuple[str, str]:
    """Say what has changed since the last check, and when the file was saved."""
    from datetime import datetime

    from autograder.cli.since import saved, since

    changed = (
        since(report, submission.digest, kept, folder=folder, file=os.path.abspath(path))
        if kept is not None
        else ""
    )
    return changed, saved(path, datetime.now().astimezone())


def _print_json(report: Report) -> None:
    import msgspec

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n")
