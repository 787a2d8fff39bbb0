"""One student's work on one page: what counts, each verdict, and the code beside it.

The page is one file. It loads nothing and runs nothing: its policy tells the browser so, and
everything that may come from a student is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

import msgspec

from autograder.feedback.causes import causes
from autograder.feedback.excerpts import Excerpt, excerpt
from autograder.feedback.html import verdict_block
from autograder.feedback.signs import SIGNS, number
from autograder.model import Cell, Report, Status, Verdict
from autograder.wording import listed, visible

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;background:Canvas;color:CanvasText}
main{max-width:76rem;margin:0 auto;padding:1rem}
h1{margin:.2rem 0;font-size:1.5rem}h2{margin:1.6rem 0 .5rem;font-size:1.15rem}
.points{font-size:1.3rem;margin:.5rem 0}
.said{border:2px solid;padding:.4rem .8rem;font-weight:600}
table{border-collapse:collapse}th,td{text-align:left;padding:.15rem 1rem .15rem 0}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.wide{overflow-x:auto}
.pair{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr);margin:.8rem 0}
@media(min-width:60rem){.pair{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}
.pair>*{min-width:0;overflow-wrap:break-word}
header{overflow-wrap:anywhere}
pre{margin:.2rem 0;padding:.5rem;overflow-x:auto;border:1px solid;font-size:.85rem}
pre span::before{counter-increment:line;content:counter(line);display:inline-block;
min-width:2.5em;margin-right:1em;text-align:right;opacity:.7;user-select:none}
a{color:LinkText}summary{cursor:pointer;margin:.3rem 0}
mark{background:none;color:inherit;font-weight:700;border-bottom:2px solid}
.foot{margin-top:2rem;opacity:.8}
@media(max-width:40rem){.title{display:none}.checks table{width:100%}
.checks :is(th,td){overflow-wrap:anywhere;padding-right:.6rem}
.checks .word{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.checks{position:relative}}
@media print{details::details-content{content-visibility:visible}
.pair,tr{break-inside:avoid}pre{white-space:pre-wrap}}
"""

IN_FULL = 2  # functions of which a page tells at once; the others are folded
_LINE = re.compile(r"(?:(cell \d{1,6}|In \[\d{1,6}\]), )?\bline (\d{1,7})\b")


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a page.

    student    the person's name, as they are called.
    report     for a student, the one that they may read (`grading.told`).
    points     what counts, of `possible`; None where it has not been decided.
    beyond     in sentences, what counts beside the checks.
    cells      the code that was handed in.
    said       a line above everything: that it is a draft, or for instructors only.
    below      lines under the title: which file it is, what has changed.
    command    what checks the first function that is wrong; none on a page that is handed out.
    foot       the last line.
    pictures   of what checks have seen, as figures of HTML, by the checks' ids.
    """

    course: str
    title: str
    student: str = ""
    report: Report
    points: float | None
    possible: float
    beyond: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    said: str = ""
    below: tuple[str, ...] = ()
    command: str = ""
    foot: str = ""
    pictures: Mapping[str, Sequence[str]] = {}


def page(paper: Paper) -> str:
    """The page, as HTML."""
    named = ", ".join(filter(None, (paper.title, paper.student)))
    return document(named, "\n".join(_parts(paper)))


def document(title: str, main: str, style: str = "", script: str = "", policy: str = "") -> str:
    """A whole page around `main`, which is HTML.

    script   what its policy lets run: named there by its digest.
    """
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy or POLICY}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title><style>{STYLE}{style}</style></head>\n"
        f"<body><main>\n{main}\n</main>{script}</body></html>\n"
    )


def text(said: str) -> str:
    """Text in a page: nothing in it is markup, and nothing is invisible."""
    return escape(visible(said))


def _parts(paper: Paper) -> Iterator[str]:
    report = paper.report
    if paper.said:
        yield f'<p class="said">{text(paper.said)}</p>'
    yield f"<header><div>{text(paper.course)}</div><h1>{text(paper.title)}</h1>"
    if paper.student:
        yield f"<div>{text(paper.student)}</div>"
    counted = "not graded yet" if paper.points is None else f"{number(paper.points)}"
    yield (
        f'<div class="points"><strong>{counted}</strong> of {number(paper.possible)} points'
        "</div>"
    )
    yield from (f"<div>{text(one)}</div>" for one in paper.below if one)
    if paper.command:
        yield f"<p>{_next(report, paper.command)}</p>"
    yield "</header>"
    if paper.beyond:
        yield _list([f"{number(report.points)} points from the checks.", *paper.beyond])
    if report.checks:
        yield f"<h2>Checks</h2>{_overview(report.checks)}"
    if any(one.status.missed for one in report.checks):
        yield "<h2>What to look at</h2>"
        yield from _misses(paper)
    if waiting := [v for v in report.checks if v.status is Status.NOT_ATTEMPTED]:
        names = listed(list(dict.fromkeys(verdict.of for verdict in waiting)), most=12)
        yield f"<p>Not attempted: {text(names)}.</p>"
    for verdict in report.checks:
        if verdict.status is Status.SKIPPED:
            yield f"<p>Not judged: {text(verdict.id)}. {text(verdict.message)}</p>"
    remarks = [f"{v.id}: {v.message}" for v in report.checks if _remarked(v)]
    if report.notes or remarks:
        yield f"<h2>Notes</h2>{_list([*report.notes, *remarks])}"
    if paper.cells:
        whole = "".join(
            _code(Excerpt(c.label, 1, tuple(c.source.split("\n"))), "the whole file")
            for c in paper.cells
        )
        yield f"<details><summary>The whole file</summary>{whole}</details>"
    if paper.foot:
        yield f'<footer class="foot">{text(paper.foot)}</footer>'


def _next(report: Report, command: str) -> str:
    """The next step for the student."""
    if report.ungraded:
        return (
            "The grader could not do its part, so this is no score and costs you nothing. "
            "Please tell your instructor."
        )
    if report.complete:
        return "All points. Well done!"
    first = report.next
    if first is None:
        return "All that can be judged here is right."
    place = 1 + [one.id for one in report.checks].index(first.id)
    name = text(first.of)
    if first.status.missed:
        name = f'<a href="#check-{place}">{name}</a>'
    return f"Next: {name}. To check it alone: <code>{text(command)}</code>"


def _misses(paper: Paper) -> Iterator[str]:
    """Each cause once; those of the first functions in full, and the others folded."""
    found = causes([one for one in paper.report.checks if one.status.missed])
    for place, (_, groups) in enumerate(groupby(found, lambda group: group[0].of)):
        for group in groups:
            told = _pair(group, paper)
            if place < IN_FULL:
                yield told
                continue
            names = listed([verdict.id for verdict in group], most=3)
            points = sum(verdict.points for verdict in group)
            possible = sum(verdict.possible for verdict in group)
            said = f"{names}: {number(points)} of {number(possible)} points"
            yield f"<details><summary>{text(said)}</summary>{told}</details>"


def _remarked(verdict: Verdict) -> bool:
    return verdict.status is Status.PASSED and bool(verdict.message)


def _overview(checks: Sequence[Verdict]) -> str:
    rows = ""
    for place, one in enumerate(checks, 1):
        sign = SIGNS[one.status]
        name = text(one.id).replace("_", "_<wbr>")  # where a long one may break
        name = f'<a href="#check-{place}">{name}</a>' if one.status.missed else name
        rows += (
            f'<tr><th scope="row">{name}</th><td class="title">{text(one.title)}</td>'
            f'<td><span aria-hidden="true">{escape(sign.glyph)}</span> '
            f'<span class="word">{escape(sign.word)}</span></td>'
            f'<td class="n">{number(one.points)} / {number(one.possible)}</td></tr>'
        )
    head = (
        '<tr><th scope="col">Check</th><th scope="col" class="title">What must hold</th>'
        '<th scope="col"><span class="word">Result</span></th>'
        '<th scope="col" class="n">Points</th></tr>'
    )
    return (
        '<div class="wide checks" tabindex="0" role="region" aria-label="All checks">'
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table></div>"
    )


def _pair(group: Sequence[Verdict], paper: Paper) -> str:
    """One cause, and beside it the lines of the first function that it was seen in."""
    first, *others = group
    places = {verdict.id: place for place, verdict in enumerate(paper.report.checks, 1)}
    anchors = "".join(f'<a id="check-{places[one.id]}"></a>' for one in group)
    said = verdict_block(first)
    if others:
        said += f"<p>The same goes for {text(listed([v.id for v in others], most=8))}.</p>"
    found = excerpt(paper.cells, first.of)
    code = _code(found, first.id, _named_lines(first, found.label)) if found else ""
    drawn = (paper.pictures.get(verdict.id) for verdict in group)
    said += "".join(next(filter(None, drawn), ()))
    return f'<div class="pair"><div>{anchors}{said}</div>{code}</div>'


def _named_lines(verdict: Verdict, label: str) -> set[int]:
    """The lines of a file or of a cell that the words about a check name."""
    words = f"{verdict.message} {verdict.hint}"
    return {int(match[2]) for match in _LINE.finditer(words) if (match[1] or "") == label}


def _code(found: Excerpt, of: str, marked: Collection[int] = ()) -> str:
    """Lines of code; `of` tells them apart for whoever hears the page."""
    where = (
        f"{found.label}, from line {found.first}" if found.label else f"From line {found.first}"
    )
    lines = "\n".join(
        f"<span></span>{_marked(line) if place in marked else text(line.expandtabs(4))}"
        for place, line in enumerate(found.lines, found.first)
    )
    label = f"Code, {text(of)}: {text(where)}"
    return (
        f'<div>{text(where)}<pre tabindex="0" role="region" aria-label="{label}" '
        f'style="counter-reset:line {found.first - 1}">{lines}</pre></div>'
    )


def _marked(line: str) -> str:
    return f"<mark>{text(line.expandtabs(4))}</mark> ← here"


def _list(said: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{text(one)}</li>' for one in said)}</ul>"
