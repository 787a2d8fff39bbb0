"""Text from a submission, on its way to a screen."""

from __future__ import annotations

import pytest

from autograder.sandbox.text import clean


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("Grüße, 你好, α", "Grüße, 你好, α"),
        (b"caf\xc3\xa9 \xff", "café \ufffd"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;c2VjcmV0\x07after", "after"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("10%\r20%\r\n", "10%\n20%\n"),
        ("score: \u202e001\u202c", "score: 001"),
        ("a\u200bb\x00c\x7f\x9b1md", "abc1md"),
        ("lone \ud800 surrogate", "lone  surrogate"),
    ],
)
def test_only_visible_text_is_left(raw: bytes | str, shown: str) -> None:
    """Colours, titles, clipboard writes, bidirectional overrides and controls are gone."""
    assert clean(raw) == shown


def test_long_text_ends_with_an_ellipsis() -> None:
    """The limit counts the ellipsis."""
    assert clean("x" * 20, 5) == "xxxx…"


def test_no_memory_address_is_kept() -> None:
    """An object's place in memory is another one each time; a number in the code is not."""
    assert clean("<function f at 0x7f1fae0c5c60> and <A object at 0x55D0AB12>") == (
        "<function f> and <A object>"
    )
    assert clean("mask = 0xDEADBEEF") == "mask = 0xDEADBEEF"
