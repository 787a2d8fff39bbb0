"""The wire under mutated frames: a nightly run takes a million, `make fuzz`."""

from __future__ import annotations

import pytest

from autograder.sandbox import wire
from autograder.sandbox.wire import unpacking
from tests.fuzz.frames import corpus
from tests.fuzz.run import fuzz

pytestmark = pytest.mark.timeout(600)  # of 20,000 frames, a tenth is waited for


def test_mutated_frames_end_in_a_value_or_a_protocol_error() -> None:
    """Nothing else is raised, nothing hangs, and memory stays bounded."""
    found = fuzz(20_000)
    assert found.frames == 20_000
    assert found.became["refused"] > 1_000
    assert found.became["value"] > 1_000
    assert found.became["channel: broken protocol"] > 100
    assert found.became["channel: reply"] > 100


def test_a_decoder_that_lets_something_through_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The fuzzer sees that bytes which are no text are let through, and says in which frame."""

    def careless(raw: bytes) -> str:
        return raw.decode("utf-8", "surrogatepass")

    monkeypatch.setattr(unpacking, "_surrogates", careless)
    with pytest.raises(Exception) as caught:  # noqa: PT011  whatever slips through
        fuzz(20_000)
    assert caught.value.__notes__[0].startswith("seed 0, frame ")


def test_the_corpus_has_every_tag() -> None:
    """Each kind of node that the wire knows is there to be mutated."""
    whole = b"".join(corpus())
    assert all(b"\xa1" + tag.encode() in whole for tag in "ltdasicuho")
    assert all(wire.sizes(raw) for raw in corpus())
