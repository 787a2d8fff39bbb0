"""A second look: does a whole reach its bar with the task's functions in place of wrong parts?

The parts that miss their own checks are repaired, these and no others, and the whole runs once
more. So a wrong part costs its own points alone, and one that is not wrong, or that the whole
does not use, helps nobody. A whole that passes all its own checks need not run to its end: once
the repairs have answered many calls, the rest of a training would only repeat them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from autograder import wording
from autograder.authoring import Check
from autograder.errors import SubmissionError
from autograder.grading.earning import rule_error
from autograder.grading.repairs import ENOUGH, Enough, RepairedSolution, Repairs, repaired
from autograder.grading.second_looks import Parts
from autograder.grading.session import Session, unfit
from autograder.judging.kinds import Facts, rules_of
from autograder.judging.outcome import Raised, Returned
from autograder.judging.ruling import Ruling, rule_unusable, with_remarks
from autograder.model import Status
from autograder.sandbox.border import is_ours
from autograder.solution.signatures import resolve
from autograder.solution.solution import Solution, prompted


def judge_threshold(check: Check, session: Session, known: Parts) -> Ruling:
    """The ruling on a threshold."""
    if not known.missed or not _is_there(check, session):
        return _run(check, session)
    hangs = bool(known.stopping)  # then a first run would only hang again
    ruling = None if hangs else _run(check, session)
    if ruling is not None and ruling.credit >= 1:
        return ruling
    if session.assignment.reference is None:
        return _left_open(check, session, known, ruling)
    functions = [name for name in known.missed if name not in session.classes]
    # A first run that was stopped may have been too slow by itself.
    shown = known.sound and ruling is not None and not ruling.said.stopped
    with repaired(check, session, functions, ENOUGH if shown else None) as repairs:
        try:
            second = _run(check, session, repairs)
        except Enough:
            return _explained(check, [name for name in functions if name in repairs.answered])
    if second.credit >= 1 and repairs.answered:
        theirs = [name for name in known.missed if name in repairs.answered]
        return with_remarks(second, [_replaced(theirs)])
    stuck = [n for n in known.missed if n in repairs.stuck or n in session.classes]
    if stuck and known.sound:
        return _explained(check, stuck)
    return ruling or second


def _is_there(check: Check, session: Session) -> bool:
    """True if the submission has written the function that must reach the bar."""
    try:
        functions = session.guest().loaded.functions
    except SubmissionError:
        return False
    own = resolve(check.of, functions, session.key.signatures)
    return own is not None and not functions[own].empty


def _replaced(names: Sequence[str]) -> str:
    return f"Judged with the task's own {wording.listed(list(names))} in place of yours."


def _explained(check: Check, wrong: Sequence[str]) -> Ruling:
    """Objects, such as models, are made where the submission runs, and by nobody else."""
    others = wording.listed(list(wrong)) + (" is" if len(wrong) == 1 else " are")
    return Ruling(
        1.0,
        f"{check.of} itself is right, as its own checks show, and {others} not. So this counts "
        "as reached.",
    )


def _left_open(check: Check, session: Session, known: Parts, ruling: Ruling | None) -> Ruling:
    """Without the reference nothing can be repaired: whoever has it decides."""
    used = set(known.missed)
    if ruling is not None:
        repairs = Repairs(known.missed, None, session.key.parameters, session.own_parameters())
        _run(check, session, repairs)
        used = repairs.asked
    theirs = [name for name in known.missed if name in used]
    if ruling is not None and not theirs:
        return ruling
    others = wording.listed(theirs)
    return Ruling(
        0.0,
        f"It is not reached with your {others}. Your instructor's run decides whether it is "
        f"with the task's own {others}.",
        f"Correct {others} first.",
        status=Status.SKIPPED,
    )


def _run(
    check: Check,
    session: Session,
    repairs: Repairs | None = None,
) -> Ruling:
    """Run the probe until the bar is reached, or missed for good.

    repairs   what answers for some functions of the submission meanwhile.
    """
    reached: list[float] = []
    for number in range(check.cases):
        draw = session.draw(check, number)
        try:
            contact = session.contact(check, again=repairs is not None)
        except SubmissionError as error:  # it could not even be loaded
            return rule_error(error, check.of)
        instead: AbstractContextManager[None] = nullcontext()
        own = Solution(contact)
        solution: Solution | RepairedSolution = own
        if repairs is not None:
            instead, solution = prompted(contact, repairs), RepairedSolution(own, repairs)
        try:
            with instead:
                contact.guest.seed(draw.global_seed)
                case = session.key.case(check, number)
                if repairs is not None:
                    # One that is to reach the bar gets the very answers to its own numbers.
                    beginning = case.beginning if repairs.end_soon else ()
                    repairs.begin(draw.global_seed, beginning)
                value = check.probe(solution, case.given(), draw.rng())
            reached.append(float(value))
        except SubmissionError as error:
            problems = contact.guest.loaded.problems
            return rule_error(error, contact.calling or check.of, problems)
        except Exception as error:
            if is_ours(error) or contact.seen is None:
                raise
            if contact.last is None:
                return rule_error(unfit(contact, error), check.of)
            name, value = contact.last
            return rule_unusable(Raised(type(error).__name__, str(error)), value, name)
        answers = [Returned(value) for value in reached]
        ruling = rules_of(check).rule(check, (), answers, Facts((), check.of, None))
        if ruling.credit >= 1 or sum(value < check.at_least for value in reached) == 2:
            break
    return with_remarks(ruling, contact.remarks)
