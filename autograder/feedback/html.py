"""A verdict as a block of HTML: below a notebook's cell, and on a feedback page.

Everything is escaped, there is no script, and every style is in place, since a page that
shows notebooks may drop style sheets. Text has the colour of the page around it, light or
dark; colour never says what a word does not say too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from autograder.feedback.lines import evidence, heading, lines
from autograder.feedback.signs import SIGNS, number
from autograder.model import Status, Verdict
from autograder.wording import visible

# Seen well on white and on black: at least 3:1 against both.
_COLOURS = {
    "green": "#2e9e5b",
    "yellow": "#b8860b",
    "red": "#d9534f",
    "magenta": "#b565c9",
    "dim": "#808080",
}
_QUOTED = re.compile(r"`([^`\n]+)`")  # code within a sentence
# Formulas are not to be looked for in what a student's code returned.
_CLASS = "grade-check tex2jax_ignore mathjax_ignore"
_BLOCK = "border-left:4px solid {};padding:.2em .9em;margin:.3em 0;max-width:56em"
_CELL = (
    "text-align:left;vertical-align:top;padding:.1em .7em .1em 0;font-family:monospace;"
    "font-size:.85em;"
    "overflow-wrap:anywhere;min-width:{}em"
)


def verdict_block(verdict: Verdict, notes: Sequence[str] = ()) -> str:
    """One check's verdict; `notes` are remarks on the whole submission."""
    sign = SIGNS[verdict.status]
    colour = _COLOURS[sign.style]
    points = f"{number(verdict.points)} / {number(verdict.possible)}"
    parts = [
        f'<div><span aria-hidden="true" style="color:{colour}">{escape(sign.glyph)}</span> '
        f"<strong>{_text(verdict.id)}</strong> {escape(sign.word)}, {points} points</div>"
    ]
    if verdict.status is not Status.PASSED:
        parts.append(f'<div style="opacity:.75">{_text(verdict.title)}</div>')
    told = lines(verdict)
    parts += [_paragraph(line.label, line.text) for line in told if not line.label]
    parts += [_evidence_table(verdict)] if evidence(verdict) else []
    parts += [_paragraph(line.label, line.text) for line in told if line.label]
    parts += [_paragraph("Note", visible(note)) for note in notes]
    return _block(heading(verdict), colour, parts)


def message_block(title: str, *sentences: str) -> str:
    """A block that says why there is no verdict, and what to do."""
    parts = [f"<div><strong>{_text(title)}</strong></div>"]
    parts += [_paragraph("", visible(sentence)) for sentence in sentences if sentence]
    return _block(title, _COLOURS["magenta"], parts)


def _block(label: str, colour: str, parts: Sequence[str]) -> str:
    inner = "\n".join(parts)
    return (
        f'<div class="{_CLASS}" role="group" aria-label="{escape(visible(label))}" '
        f'style="{_BLOCK.format(colour)}">\n{inner}\n</div>'
    )


def _paragraph(label: str, text: str) -> str:
    bold = f"<strong>{escape(label)}:</strong> " if label else ""
    said = _QUOTED.sub(r"<code>\1</code>", escape(text)).replace(chr(10), "<br>")
    return f'<p style="margin:.4em 0">{bold}{said}</p>'


def _evidence_table(verdict: Verdict) -> str:
    found = evidence(verdict)
    names = (["where"] if any(one.where for one in found) else []) + ["expected", "yours"]
    cells = [_CELL.format(4 if name == "where" else 7) for name in names]  # 7: a whole number
    head = "".join(
        f'<th scope="col" style="{cell}">{name}</th>'
        for cell, name in zip(cells, names, strict=True)
    )
    rows = ""
    for one in found:
        values = [one.where, one.expected, one.actual][-len(names) :]
        row = (
            f'<td style="{cell}">{escape(value)}</td>'
            for cell, value in zip(cells, values, strict=True)
        )
        rows += f"<tr>{''.join(row)}</tr>"
    return f'<table style="margin:.4em 0"><tr>{head}</tr>{rows}</table>'


def _text(text: str) -> str:
    return escape(visible(text))
