"""README's picture of the page: `python -m tests.architecture.page_picture` draws it."""

from __future__ import annotations

import re
from html import unescape

from autograder import submissions
from autograder.course import course
from autograder.feedback.pictures import pictures
from autograder.feedback.pictures.drawing import SIZE, words
from autograder.grading.report import grade
from autograder.solution.observed import Observer
from tests.architecture.picture import ROOT, SHOWN

PICTURE = ROOT / "docs" / "pictures" / "page.svg"
CHECK = "backward_propagation"
WIDTH, GAP, ROW = 760, 24, 26
LABEL = (
    "Two pictures of a page: a network with its first layer marked, and matrices with frames"
)
_FIGURE = re.compile(r"<figcaption>(.*?)</figcaption>(.*?)</figure>", re.DOTALL)
_PANEL = re.compile(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)".*?</svg>', re.DOTALL)


def drawn() -> str:
    """The pictures of one check of a file with typical mistakes, below each other."""
    assignment, observer = course.load(ROOT).assignments["assignment3"], Observer()
    grade(submissions.read(ROOT / SHOWN), assignment, only=[CHECK], observer=observer)
    seen = observer.of(CHECK)
    assert seen is not None
    parts: list[str] = []
    below = float(GAP)
    for title, figure in _FIGURE.findall("\n".join(pictures(seen))):
        parts.append(words(GAP, below + SIZE, unescape(title), font_weight="bold"))
        below += ROW
        right, tallest = float(GAP), 0.0
        for panel in _PANEL.finditer(figure):
            parts.append(panel[0].replace("<svg ", f'<svg x="{right}" y="{below}" ', 1))
            right += float(panel[1]) + GAP
            tallest = max(tallest, float(panel[2]))
        below += tallest + GAP
    inner = "\n".join(parts).replace('fill="Canvas"', 'fill="#ffffff"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{LABEL}" '
        f'viewBox="0 0 {WIDTH} {below:.0f}" color="#1f2328" font-family="system-ui,sans-serif" '
        f'font-size="{SIZE}">\n<rect width="{WIDTH}" height="{below:.0f}" rx="8" '
        f'fill="#ffffff"/>\n{inner}\n</svg>\n'
    )


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
