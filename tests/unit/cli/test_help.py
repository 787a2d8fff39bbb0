"""What the command line says of itself."""

from __future__ import annotations

import re
import shlex

import pytest
import typer

from autograder.cli.app import app
from autograder.cli.doctor import doctor

COMMANDS = [
    "check",
    "watch",
    "hint",
    "status",
    "batch",
    "regrade",
    "gradebook",
    "adjust",
    "review",
    "explain",
    "similar",
    "serve",
    "board",
    "score",
    "show",
    "feedback",
    "export",
    "release",
    "new",
    "import",
    "verify",
    "build",
    "calibrate",
    "doctor",
    "nbgrader init",
    "nbgrader autograde",
]
EXAMPLE = re.compile(r"^\s+(grade .*)$", re.MULTILINE)


def commands() -> dict[str, object]:
    """The commands that Typer made; those of a group under both names."""
    found: dict[str, object] = {}
    for name, command in typer.main.get_command(app).commands.items():
        group = getattr(command, "commands", None)
        inner = {f"{name} {one}": below for one, below in group.items()} if group else {}
        found |= inner or {name: command}
    return found


def test_the_commands_are_these():
    """Each command is covered by the tests of this file."""
    assert sorted(commands()) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_parses(name):
    """Help shows at least one example, made of options and arguments that exist."""
    command = commands()[name]
    examples = EXAMPLE.findall(command.help)
    assert examples
    for example in examples:
        words = shlex.split(example)
        named = ["grade", *name.split()]
        assert words[: len(named)] == named
        command.make_context(name, words[len(named) :])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    """No argument or option is without help."""
    assert all(parameter.help for parameter in commands()[name].params)


@pytest.mark.parametrize("name", COMMANDS)
def test_summaries_fit_the_list_of_commands(name):
    """The first sentence of a command's help is not cut off in `grade --help`."""
    assert not commands()[name].get_short_help_str(60).endswith("...")


def test_wrapping_keeps_the_help():
    """A command's docstring is still its own behind the handling of errors."""
    assert doctor.__doc__.startswith("Show what is here")
