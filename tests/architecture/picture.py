"""README's picture of a terminal: `python -m tests.architecture.picture` draws it."""

from __future__ import annotations

import io
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

from autograder import submissions
from autograder.course import course
from autograder.feedback.terminal import show
from autograder.grading.report import grade
from autograder.model import Tier

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "pictures" / "check.svg"
SHOWN = Path("reference/assignment3/submissions/wrong_typical_mistakes.py")
FILE = "one_hidden_layer.py"
SECONDS = 0.4  # these differ from run to run, and so does the tier from machine to machine
COLUMNS = 80

# rich's own form loads a font from elsewhere.
FORM = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" \
role="img" aria-label="{label}">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "SF Mono", Menlo, Consolas, \
"DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" \
clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
LABEL = "A terminal: grade check assignment3 shows each function's points and what is wrong"


def drawn() -> str:
    """The picture of what `grade check` prints of a file with typical mistakes."""
    assignment = course.load(ROOT).assignments["assignment3"]
    report = grade(submissions.read(ROOT / SHOWN), assignment)
    page = io.StringIO()
    show(
        replace(report, tier=Tier.A),
        Console(file=page, width=COLUMNS, force_terminal=True, color_system="standard"),
        title=assignment.title,
        file=FILE,
        seconds=SECONDS,
        command=("grade", "check", "assignment3"),
    )
    console = Console(record=True, file=io.StringIO(), width=COLUMNS, force_terminal=True)
    console.print(Text("$ grade check assignment3", "bold"))
    console.print(Text.from_ansi(page.getvalue().rstrip("\n")))
    form = FORM.replace("{label}", LABEL)
    picture = console.export_svg(title="grade", theme=DIMMED_MONOKAI, code_format=form)
    return "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
