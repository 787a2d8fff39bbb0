"""A class on one page that needs no network: for a meeting, and for whoever teaches.

Its script sorts and filters the table of students. Where a server shows it, another one follows
the gradebook, and forms take in what the teacher says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from autograder.batch.review import CheckStatistics, Group, Mistake, Review, StudentLine
from autograder.batch.review_scripts import LIVE, LIVE_POLICY, POLICY, SCRIPT, STYLE
from autograder.batch.similar import FIGURES, Pair
from autograder.feedback.page import document, text
from autograder.feedback.signs import SIGNS, number

MOST_NAMES = 12  # students named in one cell
MOST_GROUPS = 60
MOST_OPEN = 200  # questions on one page


def review_page(
    found: Review,
    title: str,
    links: Mapping[str, str] | None = None,
    pairs: Sequence[Pair] = (),
    *,
    token: str = "",
    state: str = "",
    open: Sequence[tuple[str, str]] = (),
) -> str:
    """The page, as HTML.

    links   addresses of students' own pages, where there are any.
    pairs   of similar submissions, where these are asked for.
    token   of the server that shows it: then it has forms, and follows the gradebook.
    state   of the gradebook that it shows.
    open    students and questions that wait for points of a person.
    """
    parts = [*_parts(found, title, links or {}, pairs, token)]
    script, policy = f"<script>{SCRIPT}</script>", POLICY
    if token:
        place = next(n for n, part in enumerate(parts) if part.startswith("<h2>Students"))
        parts.insert(place, _open(open, token) if open else "")
        parts.insert(0, f'<p id="live" role="status" data-state="{text(state)}"></p>')
        script, policy = f"{script}<script>{LIVE}</script>", LIVE_POLICY
    main = "\n".join(parts)
    return document(f"Review of {title}", main, style=STYLE, script=script, policy=policy)


def _parts(
    found: Review,
    title: str,
    links: Mapping[str, str],
    pairs: Sequence[Pair],
    token: str,
) -> Iterator[str]:
    yield f'<p class="said">{text(found.audience.capitalize())}.</p>'
    yield f"<h1>{text(title)}</h1>"
    yield (
        f"<p>Students: {found.graded} graded in full, {found.ungraded} not. Mean "
        f"{100 * found.mean:.0f} %, median {100 * found.median:.0f} %, standard deviation "
        f"{100 * found.deviation:.0f} %.</p>"
    )
    yield f"<h2>Points</h2>{_distribution(found.histogram)}"
    yield f"<h2>Checks</h2>{_checks(found.checks)}"
    if found.mistakes:
        yield "<h2>Misconceptions</h2>" + "".join(map(_mistake, found.mistakes))
    yield from _of_groups(found, token)
    yield "<h2>What needs a person</h2>"
    yield _looks(found)
    if found.same:
        files = "".join(f"<li>{text(', '.join(group))}</li>" for group in found.same)
        yield f"<h2>The same file, byte by byte</h2><ul>{files}</ul>"
    if pairs:
        yield f"<h2>Similar submissions</h2><p>{text(FIGURES)}</p>{_pairs(pairs)}"
    yield "<h2>Students</h2>"
    yield (
        '<p><label>Show only <input id="filter" type="search" autocomplete="off"></label> '
        '<span id="count" role="status"></span></p>'
    )
    yield _students(found, links)


def _distribution(histogram: Sequence[int]) -> str:
    most, width = max((*histogram, 1)), 100 // max(1, len(histogram))
    rows = [
        [f"{place * width} to {(place + 1) * width} %", str(count), _bar(count / most)]
        for place, count in enumerate(histogram)
    ]
    return _table("Points", ["Share", "Students", "Bar"], rows)


def _checks(items: Sequence[CheckStatistics]) -> str:
    rows = []
    for one in items:
        value = "" if one.discrimination is None else f"{one.discrimination:.2f}"
        value = f'<span class="flag">{value}, low</span>' if one.flagged else value
        rows.append(
            [
                f"<strong>{text(one.id)}</strong><br>{text(one.title)}",
                f"{100 * one.difficulty:.0f} % {_bar(one.difficulty, 6)}",
                f"{one.passed} of {one.count}",
                value,
                f"{one.seconds[0]:.2f} s, at most {one.seconds[1]:.2f} s",
            ]
        )
    head = ["Check", "Points earned", "All of them", "Discrimination", "Time"]
    return _table("Checks", head, rows)


def _mistake(one: Mistake) -> str:
    code = "\n".join(f"<span></span>{text(line.expandtabs(4))}" for line in one.example)
    example = (
        f'<details><summary>Somebody\'s code</summary><pre tabindex="0">{code}</pre></details>'
    )
    return (
        f"<p><strong>{len(one.students)} × {text(one.id)}</strong><br>{text(one.sentence)}<br>"
        f"{_names(one.students)}</p>{example if code else ''}"
    )


def _of_groups(found: Review, token: str) -> Iterator[str]:
    """Those that wait for a sentence, and those that have one."""
    waiting = [one for one in found.groups if not one.explained]
    if waiting:
        yield "<h2>Answers that nothing explains</h2>"
        yield (
            "<p>Answers in one row are equal, whatever the code. One sentence tells all these "
            f"students what is wrong: <code>grade explain {text(found.assignment)} "
            f"{text(waiting[0].name)} &quot;…&quot;</code></p>"
        )
        yield _groups("Answers that nothing explains", waiting, token)
    if explained := [one for one in found.groups if one.explained]:
        yield "<h2>Answers that you have explained</h2>"
        yield _groups("Answers that you have explained", explained, token)


def _groups(label: str, groups: Sequence[Group], token: str) -> str:
    rows = [
        [
            f'<span class="count">{len(one.students)} ×</span>',
            f"<code>{text(one.name)}</code>",
            f"<strong>{text(one.check)}</strong>, {SIGNS[one.status].word}<br>"
            f"{text(one.explained or one.message)}{_explaining(one, token)}",
            text(one.expected),
            text(one.actual),
            _names(one.students),
        ]
        for one in groups[:MOST_GROUPS]
    ]
    more = len(groups) - MOST_GROUPS
    head = ["Count", "Group", "Check", "Expected", "Theirs", "Students"]
    said = f"<p>and {more} more: --json lists them.</p>" if more > 0 else ""
    return _table(label, head, rows) + said


def _explaining(group: Group, token: str) -> str:
    """A form for what the teacher says, where a server takes it."""
    if not token:
        return ""
    hidden = {"check": group.check, "group": group.name}
    field = (
        f'<input name="sentence" maxlength="1000" value="{text(group.explained)}" '
        f'aria-label="What you say to group {text(group.name)}">'
    )
    return _form("explain", hidden, field, "Say it", token)


def _open(waiting: Sequence[tuple[str, str]], token: str) -> str:
    """A form for each question of a student that waits for points."""
    rows = [
        [
            text(student),
            text(question),
            _form(
                "score",
                {"student": student, "question": question},
                f'<input name="points" inputmode="decimal" size="4" required '
                f'aria-label="Points of {text(student)} for {text(question)}"> '
                f'<input name="comment" aria-label="Comment to {text(student)} on '
                f'{text(question)}" placeholder="Comment">',
                "Give",
                token,
            ),
        ]
        for student, question in waiting[:MOST_OPEN]
    ]
    more = len(waiting) - MOST_OPEN
    said = f"<p>and {more} more after these.</p>" if more > 0 else ""
    table = _table("Open questions", ["Student", "Question", "Points and comment"], rows)
    return f"<h2>Open questions</h2>{table}{said}"


def _form(to: str, hidden: Mapping[str, str], fields: str, button: str, token: str) -> str:
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{text(value)}">'
        for name, value in {**hidden, "token": token}.items()
    )
    return f'<form method="post" action="{to}">{kept}{fields} <button>{button}</button></form>'


def _pairs(pairs: Sequence[Pair]) -> str:
    rows = [
        [
            f"{100 * one.code:.0f} %",
            text(" and ".join(one.students)),
            text(", ".join(one.where)),
            text("; ".join(answer.said for answer in one.answers)),
        ]
        for one in pairs
    ]
    head = ["Rare code in common", "Students", "Most of it in", "The same rare wrong answers"]
    return _table("Similar submissions", head, rows)


def _looks(found: Review) -> str:
    said = [f"{len(look.students)}: {look.why}: " for look in found.looks]
    items = "".join(
        f"<li>{text(line)}{_names(look.students)}</li>"
        for line, look in zip(said, found.looks, strict=True)
    )
    if found.handled:
        items += f"<li>Looked at already, with points by hand: {_names(found.handled)}</li>"
    return f"<ul>{items}</ul>" if items else "<p>Nothing.</p>"


def _students(found: Review, links: Mapping[str, str]) -> str:
    checks = [item.id for item in found.checks]
    head = ["Student", "Name", "Points", "Mistakes", "Remark", "Seconds", *checks]
    heads = "".join(
        f'<th scope="col"><button type="button">{text(one)}</button></th>' for one in head
    )
    rows = "".join(_student(one, checks, links) for one in found.students)
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="Students">'
        f'<table id="students"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div>"
    )


def _student(one: StudentLine, checks: Sequence[str], links: Mapping[str, str]) -> str:
    name = text(one.student)
    if one.student in links:
        name = f'<a href="{text(links[one.student])}">{name}</a>'
    points = "" if one.points is None else number(one.points)
    cells = [
        text(one.name),
        points,
        text(", ".join(one.mistakes)),
        text("; ".join(filter(None, (one.remark, *one.looks)))),
        f"{one.seconds:.2f}",
        *(number(one.checks[check]) if check in one.checks else "" for check in checks),
    ]
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{c}</td>" for c in cells)}</tr>'


def _table(label: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    heads = "".join(f'<th scope="col">{text(one)}</th>' for one in head)
    body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(label)}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _bar(share: float, width: float = 18) -> str:
    return f'<span class="bar" style="width:{width * max(0.0, min(1.0, share)):.2f}em"></span>'


def _names(students: Sequence[str]) -> str:
    named = ", ".join(students[:MOST_NAMES])
    more = len(students) - MOST_NAMES
    return text(named + (f" and {more} more" if more > 0 else ""))
