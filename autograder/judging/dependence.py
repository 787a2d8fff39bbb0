"""Answers that depend on data which must have no part in them, put into words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.judging.outcome import Block


def without_dependent(
    blocks: Sequence[Block], again: Sequence[Block], names: Sequence[str]
) -> Iterator[Block]:
    """The blocks of an answer; those that depend on these data earn nothing.

    again   the answer with other data in the arguments `names`, compared with the first.
    """
    moved = {block.where for block in again if block.credit < 1}
    known = moved & {block.where for block in blocks}
    data = " and ".join(names)
    for block in blocks:
        if known and block.where not in known:
            yield block
            continue
        what = block.where or "the answer"
        subject = what[:1].upper() + what[1:] if what.startswith("the ") else what
        yield Block(
            block.where,
            0.0,
            f"{subject} depends on {data}: with other data there, it is another one. "
            f"Let {data} have no part in what is learned.",
        )


def without_unseen(
    blocks: Sequence[Block], raised: str, names: Sequence[str]
) -> Iterator[Block]:
    """The blocks of an answer that could not be seen with other data; none earns anything.

    raised   what happened with other data in the arguments `names`.
    """
    data = " and ".join(names)
    said = (
        f"With other data in {data} there was no answer, so nobody can see whether it depends "
        f"on {data}. What happened: {raised}"
    )
    for block in blocks:
        yield Block(block.where, 0.0, said)
