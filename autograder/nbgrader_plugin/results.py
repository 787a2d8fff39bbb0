"""A restored notebook and its report, as what nbgrader keeps: scores, comments, outputs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.feedback.html import verdict_block
from autograder.feedback.lines import as_text, heading, lines
from autograder.model import Report, Status, Verdict
from autograder.nbgrader_plugin.cells import (
    check_of,
    grade_id,
    is_answer,
    is_question,
    is_test,
    points,
)
from autograder.nbgrader_plugin.restore import Found, found_in

# Only where Markdown would read more than the sign: the formgrader shows comments as they are.
_MARKDOWN = re.compile(
    r"[\\`$]|~~|\](?=[(\[:])|(?<!\s)\*|\*(?!\s)|(?<![^\W_])_|_(?![^\W_])"
    r"|(?<=\\)[()\[\]]|(?<=\\begin)\{|(?<=\\end)\{"  # nbconvert reads \\( as a formula's begin
)


@dataclass(frozen=True)
class Results:
    """The results of one notebook; the keys are nbgrader's grade ids.

    scores     of graded cells; None where a person is to decide.
    comments   on answers, as Markdown; None where there is nothing to say.
    """

    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]


def results(notebook: Mapping[str, Any], report: Report | None) -> Results:
    """Scores and comments of a restored notebook; without a report, a person decides."""
    found = found_in(notebook)
    verdicts = {verdict.id: verdict for verdict in report.checks} if report else {}
    scores: dict[str, float | None] = {}
    comments: dict[str, str | None] = {}
    speaking: dict[str, list[Verdict]] = {}
    answer = ""
    cells = notebook["cells"]
    answers = {grade_id(cell) for cell in cells if is_answer(cell)}
    for cell in cells:
        name = grade_id(cell)
        if is_answer(cell):
            answer = name
            comments[name] = None
        if is_question(cell):
            scores[name], comments[name] = _question(name, found)
        elif is_test(cell):
            verdict = verdicts.get(check_of(cell))
            scores[name] = _score(verdict, points(cell))
            if verdict is not None:
                at = verdict.of if verdict.of in answers else answer
                speaking.setdefault(at, []).append(verdict)
    for name, told in speaking.items():
        if name in comments:
            comments[name] = "\n\n".join(_comment(told)) or None
    if found.unreadable:
        reason = _escaped(f"This notebook could not be read: {found.unreadable}")
        comments |= dict.fromkeys(comments, reason)
    return Results(scores, comments)


def show(notebook: dict[str, Any], report: Report | None) -> None:
    """Write what the checks say below their cells, and remarks above the first cell."""
    verdicts = {verdict.id: verdict for verdict in report.checks} if report else {}
    for cell in notebook["cells"]:
        verdict = verdicts.get(check_of(cell)) if is_test(cell) else None
        if verdict is not None:
            cell["execution_count"] = 1
            cell["outputs"] = list(_outputs(verdict, _score(verdict, points(cell))))
    found = found_in(notebook)
    said = [*found.changes, *(report.notes if report else ())]
    if found.unreadable:
        said.append(f"This notebook could not be read: {found.unreadable}")
    if said:
        remarks = "\n".join(f"- {_escaped(one)}" for one in said)
        text = f"**Remarks on this notebook**\n\n{remarks}"
        cell = {"cell_type": "markdown", "id": "remarks", "metadata": {}, "source": text}
        notebook["cells"].insert(0, cell)


def _question(name: str, found: Found) -> tuple[float | None, str | None]:
    """An answer that a person grades; one that is missing for no known reason is not 0."""
    if found.unreadable or name in found.lost:
        return None, "The cell of this answer was not in the notebook."
    if name in found.untouched:
        return 0.0, "No response."
    return None, None


def _score(verdict: Verdict | None, worth: float) -> float | None:
    """The verdict's share of what the cell is worth, which the release may have changed."""
    if verdict is None or not verdict.status.decided:
        return None
    if verdict.points >= verdict.possible:
        return worth
    return max(0.0, min(worth, round(worth * verdict.points / verdict.possible, 4)))


def _outputs(verdict: Verdict, score: float | None) -> Iterator[dict[str, Any]]:
    shown = {"text/html": verdict_block(verdict), "text/plain": as_text(verdict)}
    yield {"output_type": "display_data", "data": shown, "metadata": {}}
    if score is not None:
        yield {
            "output_type": "execute_result",
            "data": {"text/plain": repr(float(score))},
            "metadata": {},
            "execution_count": 1,
        }


def _comment(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Paragraphs of Markdown on the checks of one answer; none where all is right."""
    for verdict in verdicts:
        told = lines(verdict)
        if verdict.status is Status.PASSED and not told:
            continue
        yield f"**{_escaped(heading(verdict))}**"
        yield from (_escaped(line.text) for line in told if not line.label)
        yield from (f"{line.label}: {_escaped(line.text)}" for line in told if line.label)


def is_of_checks(comment: str | None, headings: Collection[str]) -> bool:
    """True if a comment is what checks say, and not what a person wrote in its place.

    headings   those of the checks.
    """
    first = (comment or "").partition("\n")[0]
    return first in {f"**{_escaped(one)}**" for one in headings}


def _escaped(text: str) -> str:
    """Text that reads the same as Markdown, and in which nothing is HTML or a formula."""
    escaped = _MARKDOWN.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), text)
    return escaped.replace("<", "&lt;").replace("\n", "  \n")
