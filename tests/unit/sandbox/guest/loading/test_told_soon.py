"""The quick look before a pattern: it may say "perhaps" too often, and never "no" wrongly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.guest.loading import one_number, python2, scripts

PIECES = [
    "print >>", ".has_key(", ".iteritems(", "def has_key", "float", "int", "round", "math.",
    "%%writefile", "%%file", "run_cell_magic", "helper.py", "(", ")", "[", "]", "=", "+", "%",
    "'", '"', ",", " ", "\n", "x", "1",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(texts)
def test_a_line_with_a_number_is_worth_a_look(line: str) -> None:
    """Each line that the pattern for numbers fits is looked at."""
    if one_number._MAY_CONCERN.search(line):
        assert one_number._is_worth_a_look(line)


@given(texts)
def test_a_text_of_python_2_is_noticed(text: str) -> None:
    """What the pattern finds, and the text does not define, is found behind the quick look."""
    found = python2._MAY_BE_OLD.search(text) and not python2._OWN.search(text)
    assert python2._may_be_old(text) == bool(found)


@given(texts)
def test_a_script_that_is_written_has_one_of_the_words(text: str) -> None:
    """No script is written by a text without one of these words."""
    if scripts._WRITES.search(text):
        assert any(word in text for word in scripts._WRITING)
