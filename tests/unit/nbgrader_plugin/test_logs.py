"""What nbgrader's own log says on a terminal."""

from __future__ import annotations

import pytest

pytest.importorskip("nbgrader")

from nbgrader.apps import AutogradeApp, CollectApp
from traitlets.config import Config

from autograder.nbgrader_plugin import configure

HOSTILE = "\x1b]0;title\x07jane\x1b[2J\u202e\udcff\r"


@pytest.mark.parametrize("app", [AutogradeApp, CollectApp])
def test_names_and_messages_of_students_control_no_terminal(app, capfd, tmp_path):
    """Each application of nbgrader's; an exception's text as well, and lines stay lines."""
    config = Config()
    config.NbGrader.logging_config = {"handlers": {"console": {"level": "ERROR"}}}
    for _ in range(2):  # a configuration may be read twice
        configure(config, course=tmp_path)
    log = app(config=config).log
    log.error("Converting %s\nof two lines", HOSTILE)
    log.warning("not asked for")
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        log.exception("it failed")
    said = capfd.readouterr().err
    assert "\\x1b]0;title\\x07jane\\x1b[2J\\u202e\\udcff\\r\n    of two lines\n" in said
    assert said.count("\\x1b]0;title") == 2
    assert not any(sign in said for sign in ("\x07", "\x1b]", "\x1b[2J", "\u202e", "\r"))
    assert "not asked for" not in said
    assert "ValueError" in said
