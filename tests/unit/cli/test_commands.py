"""One command line brings in the command that it names, and no other."""

from __future__ import annotations

import pytest
import typer

from autograder.cli.commands import MODULES, application, asked


@pytest.mark.parametrize(
    "words",
    [["check", "assignment3"], ["--debug", "check"], ["check", "batch"], ["check", "--help"]],
)
def test_a_command_line_has_its_command(words: list[str]) -> None:
    """The first word that is no option names the command."""
    assert list(asked(words)) == ["check"]


@pytest.mark.parametrize("words", [[], ["--help"], ["chek"], ["./check"], ["--version"]])
def test_without_a_command_there_are_all(words: list[str]) -> None:
    """Help, completion and what is mistyped need every command."""
    assert list(asked(words)) == list(MODULES)


def test_every_name_is_a_command() -> None:
    """The table's names are those of the application, in its order; `nbgrader` is a group."""
    group = typer.main.get_command(application())
    assert list(group.commands) == list(MODULES)  # type: ignore[attr-defined]
