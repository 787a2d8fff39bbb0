"""Estimators of scikit-learn compared step by step, and put into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from autograder.authoring import Estimator, Step
from autograder.judging.closeness import same
from autograder.judging.leeway import Leeway
from autograder.judging.outcome import Block
from autograder.model import Evidence

PARTLY_RIGHT_CREDIT = 0.5  # a step of the right kind with another setting


def compare_estimators(
    wanted: Estimator, found: Estimator, rules: Leeway, what: str
) -> Iterator[Block]:
    """A block for each step that is wanted, and one for the others and for being fitted.

    Steps are numbered as the student's model has them.
    """
    partners, extra = _aligned(wanted.steps, found.steps)
    blocks = []
    for place, step in enumerate(wanted.steps):
        where = f"step {place + 1}"
        if place in partners:
            at = partners[place]
            blocks.append(_compared(where, at + 1, step, found.steps[at], rules.exact))
        else:
            message = _missing(wanted.steps, place, found.steps, extra)
            blocks.append(
                Block(where, 0.0, message, evidence=Evidence(where, said(step), "missing"))
            )
    more = [at for at in extra if not _is_moved(found.steps[at], wanted.steps, partners)]
    named = ", ".join(f"step {at + 1} ({found.steps[at].kind})" for at in more)
    are = "is" if len(more) == 1 else "are"
    message = f"{named[:1].upper()}{named[1:]} {are} not asked for." if more else ""
    around = [Block("no other steps", float(not more), message)]
    if wanted.fitted:
        message = "" if found.fitted else "It has not been fitted: call its fit."
        around.append(Block("fitted", float(found.fitted), message))
    if not any(block.credit for block in blocks):  # an empty pipeline has earned nothing yet
        nothing = "None of the steps is as it should be yet."
        around = [Block(block.where, 0.0, block.message or nothing) for block in around]
    yield from (*blocks, *around)


def said(step: Step) -> str:
    """A step as a student would write it: "Ridge(alpha=0.5)"."""
    settings = ", ".join(f"{name}={_shown(value)}" for name, value in step.asked().items())
    of = f" for the columns {_shown(step.columns)}" if step.columns is not None else ""
    return f"{step.kind}({settings}){of}"


def _aligned(
    wanted: tuple[Step, ...], found: tuple[Step, ...]
) -> tuple[dict[int, int], list[int]]:
    """The found step for each wanted one, and the found ones that stand for none.

    The kind of a step tells, and its columns where the kind stands there more than once.
    """
    partners: dict[int, int] = {}
    looks = [[(s.kind, repr(s.columns)) for s in steps] for steps in (wanted, found)]
    kinds = [[s.kind for s in steps] for steps in (wanted, found)]
    exact = SequenceMatcher(None, looks[0], looks[1], False)
    for tag, a, b, c, d in exact.get_opcodes():
        if tag == "equal":
            partners.update(zip(range(a, b), range(c, d), strict=True))
            continue
        inner = SequenceMatcher(None, kinds[0][a:b], kinds[1][c:d], False)
        for block in inner.get_matching_blocks():
            for step in range(block.size):
                partners[a + block.a + step] = c + block.b + step
    taken = set(partners.values())
    return partners, [at for at in range(len(found)) if at not in taken]


def _missing(
    wanted: tuple[Step, ...], place: int, found: tuple[Step, ...], extra: list[int]
) -> str:
    step = wanted[place]
    for at in extra:
        if found[at].kind == step.kind:
            after = wanted[place + 1].kind if place + 1 < len(wanted) else ""
            belongs = f"before {after}" if after else "at the end"
            return f"Step {at + 1} ({step.kind}) is in another place: it belongs {belongs}."
    other = next((at for at in extra if at == place), None)
    if other is not None:
        return f"Step {other + 1} is {found[other].kind}; {said(step)} is needed."
    return f"A step is missing: {said(step)} as step {place + 1}."


def _is_moved(step: Step, wanted: tuple[Step, ...], partners: Mapping[int, int]) -> bool:
    """True if it is a wanted step in another place, which has been said already."""
    return any(
        one.kind == step.kind for place, one in enumerate(wanted) if place not in partners
    )


def _compared(where: str, number: int, wanted: Step, found: Step, exact: bool) -> Block:
    need, have = wanted.asked(exact=exact), found.asked(exact=exact)
    parts = []
    for name in sorted(need.keys() | have.keys()):
        if name in need and name in have and same(need[name], have[name]):
            continue
        if name not in need:
            parts.append(f"sets {name} to {_shown(have[name])}; its default is needed")
        elif name not in have:
            parts.append(f"leaves {name} at its default; {_shown(need[name])} is needed")
        else:
            parts.append(f"sets {name} to {_shown(have[name])}; {_shown(need[name])} is needed")
    if repr(wanted.columns) != repr(found.columns):
        parts.append(
            f"gets the columns {_shown(found.columns)}; {_shown(wanted.columns)} are needed"
        )
    remark = f"{found.own} is a class of your own, and stands for {found.kind}."
    if not parts:
        return Block(where, 1.0, remark=remark if found.own and not wanted.own else "")
    return Block(
        where,
        PARTLY_RIGHT_CREDIT,
        f"Step {number} ({found.kind}) {', and '.join(parts)}.",
        evidence=Evidence(where, said(wanted), said(found)),
    )


def _shown(value: Any) -> str:
    if isinstance(value, list) and value[:1] == ["slice"]:
        return f"{'' if value[1] is None else value[1]}:{'' if value[2] is None else value[2]}"
    text = f"{value:.6g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= 60 else f"{text[:58]}…"
