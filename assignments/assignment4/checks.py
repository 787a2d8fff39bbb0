"""Checks for assignment 4: a multilayer perceptron with momentum.

Examples are rows, and the bias node stands behind the inputs. Except where the first weights
are the question, every check sets the weights itself, larger than the 0.2 of a new network:
near zero the sigmoid is almost a straight line, and a wrong slope goes unseen.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.authoring import (
    Expectation,
    GradientProbe,
    NotAttempted,
    Solution,
    StudentRaised,
    WrongAnswer,
    check,
    expect,
    gradient,
    raises,
    requirement,
    trait,
)

Array = np.ndarray
Rng = np.random.Generator


def normal(rng: Rng, scale: float, *shape: int) -> Array:
    """Draw numbers of spread `scale`, none beyond two standard deviations."""
    return scale * np.clip(rng.standard_normal(shape), -2, 2)


def some_sizes(rng: Rng) -> tuple[int, int, int]:
    """Draw ni, nh and no; they, and ni + 1, all differ, so that no mix-up goes unseen."""
    ni, no = rng.choice([(2, 4), (3, 2), (4, 3), (4, 2)])
    return int(ni), int(rng.integers(6, 8)), int(no)


def some_weights(rng: Rng, ni: int, nh: int, no: int) -> tuple[Array, Array]:
    """Draw wi (ni + 1, nh) and wo (nh, no); the bias's row is as large as the others."""
    return normal(rng, 0.9, ni + 1, nh), normal(rng, 0.9, nh, no)


def a_batch(rng: Rng) -> tuple[Array, Array, Array, Array]:
    """Draw X (m, ni), targets T (m, no), and the weights wi and wo of a network for them."""
    ni, nh, no = some_sizes(rng)
    m = int(rng.integers(8, 12))
    return normal(rng, 1, m, ni), rng.uniform(0.1, 0.9, (m, no)), *some_weights(rng, ni, nh, no)


def a_net(solution: Solution, wi: Array, wo: Array) -> Any:
    """A network with these weights, and without a change before."""
    net = solution.MLP(wi.shape[0] - 1, wi.shape[1], wo.shape[1])
    net.wi, net.wo = wi.copy(), wo.copy()
    net.ci, net.co = np.zeros_like(wi), np.zeros_like(wo)
    return net


def kept(net: Any, *names: str) -> dict[str, Any]:
    """What the network keeps in the attributes of those names."""
    found = {}
    for name in names:
        try:
            found[name] = getattr(net, name)
        except AttributeError:
            raise WrongAnswer(
                f"The network has no attribute {name!r}. It should keep "
                + ", ".join(f"self.{wanted}" for wanted in names)
                + "."
            ) from None
    return found


def as_array(values: Any) -> Array:
    """Numbers as an array of floats; an empty one for anything else, so that nothing holds."""
    try:
        return np.array(values, dtype=float)
    except (TypeError, ValueError):
        return np.empty(0)


def sums_in(returned: Any) -> Array:
    """The numbers of a list, also of one that is alone in a dictionary or first in a tuple."""
    if isinstance(returned, dict) and len(returned) == 1:
        (returned,) = returned.values()
    numbers = as_array(returned)
    if isinstance(returned, tuple) and returned and not numbers.size:
        numbers = as_array(returned[0])
    return numbers if returned is not None else np.empty(0)


def counted(returned: Any, sums: Array, wanted: int) -> str:
    """How many numbers came back where so many are wanted, or what came in their place."""
    if returned is None:
        return "train returns nothing; collect the sums in a list, and return it"
    if sums.size or isinstance(returned, list):
        return f"{sums.size} number{'s' * (sums.size != 1)} for {wanted} iterations"
    return f"train returns an object of type {type(returned).__name__}"


def seen_shape(values: Array) -> str:
    """What to say of an array's shape, or of its absence."""
    return f"shape {values.shape}" if values.size else "it is not there, or not numbers"


def spread(values: Array) -> float:
    """The standard deviation; 0 for an empty array or one that is not finite."""
    return float(np.std(values)) if values.size and np.isfinite(values).all() else 0.0


def is_even(values: Array) -> bool:
    """Whether the kurtosis is about 1.8, of even draws: two values have 1, normal ones 3."""
    if not spread(values) > 0:
        return False
    standard = (values - np.mean(values)) / np.std(values)
    return bool(1.5 < np.mean(standard**4) < 2.3)


def is_centred(values: Array) -> bool:
    """Whether the mean is zero, as far as chance allows for some thousand draws."""
    return spread(values) > 0 and bool(abs(np.mean(values)) < 0.15 * np.std(values))


def part(net: Any, name: str) -> Array:
    """An attribute as an array; empty where there is none."""
    try:
        return as_array(getattr(net, name))
    except AttributeError:
        return np.empty(0)


@requirement(
    points=10,
    of="MLP",
    hint="Make an MLP(2, 4, 1) and print wi, wo, ci and co with their shapes. wi needs a row "
    "for each input and one for the bias node.",
)
def mlp_first_weights(solution: Solution, given: Solution, rng: Rng) -> Iterator[Expectation]:
    """A new network has random weights of the right size, and a bias node"""
    # Large layers, so that the spread of fair draws stays within 5 %.
    ni, nh, no = (int(size) for size in rng.permutation([40, 50, 60]))
    net = solution.MLP(ni, nh, no)
    wi, wo, ci, co = (part(net, name) for name in ("wi", "wo", "ci", "co"))
    if not any(values.size for values in (wi, wo, ci, co)):
        raise WrongAnswer(
            "A new network keeps nothing under the names wi, wo, ci and co. Write self.wi = "
            "..., with self. in front, and so for all four."
        )
    for name, values, shape, said in (
        ("wi", wi, (ni + 1, nh), "wi has a row for each input and one for the bias node"),
        ("wo", wo, (nh, no), "wo has the shape (nh, no)"),
    ):
        saw = f"{seen_shape(values)}, where {name} of this network needs {shape}"
        yield expect(values.shape == shape, said, saw, form=True)
    yield expect(
        ci.shape == (ni + 1, nh) and co.shape == (nh, no) and not ci.any() and not co.any(),
        "ci and co are zeros, with the shapes that wi and wo need",
        f"{seen_shape(ci)} and {seen_shape(co)}, up to "
        f"{max(abs(ci).max(initial=0), abs(co).max(initial=0)):.3g}",
        form=True,
    )
    for name, values, limit in (("wi", wi, 0.2), ("wo", wo, 2.0)):
        low, high = values.min(initial=0), values.max(initial=0)
        within = values.size > 0 and bool(max(-low, high) <= limit)
        yield expect(
            within,
            f"{name} lies between -{limit} and {limit}",
            f"between {low:.3g} and {high:.3g}",
            form=True,
        )
        yield expect(
            within and 0.9 < spread(values) / (limit / np.sqrt(3)) < 1.1,
            f"{name} fills the interval from -{limit} to {limit}",
            f"a standard deviation of {spread(values):.3g}, where even draws have "
            f"{limit / np.sqrt(3):.3g}",
        )
    yield expect(
        is_centred(wi) and is_centred(wo),
        "the weights are as often negative as positive",
        f"means of {np.mean(wi) if wi.size else 0:.3g} and {np.mean(wo) if wo.size else 0:.3g}",
        form=True,
    )
    yield expect(
        is_even(wi) and is_even(wo),
        "the weights are drawn evenly from their interval",
        "another distribution",
        form=True,
    )
    other = part(solution.MLP(ni, nh, no), "wi")
    yield expect(
        wi.size > 0 and not np.array_equal(wi, other),
        "a second network gets other weights",
        "two networks with the same weights",
        form=True,
    )


@check(
    points=12,
    of="MLP",
    hint="Set wi and wo to those of the worked example and activate (1, 0): ai is (1, 0, 1), "
    "ah is (0.5, 0.2689), and the answer is 0.4905.",
)
def mlp_activate(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The network answers one example, and keeps its activations"""
    X, _, wi, wo = a_batch(rng)
    net = a_net(solution, wi, wo)
    net.activate(X[0])
    # A second time: what the first example has left must not matter.
    return {"the answer": net.activate(X[1]), **kept(net, "ai", "ah", "ao")}


def refused(net: Any, inputs: list[float]) -> str:
    """The name of the exception with which a network refuses inputs; "" where it answers."""
    raised = raises(ValueError, net.activate, inputs)
    by_chance = re.search("core dimension|not aligned", raised.text)
    return "NumPy's own error, from a product that does not fit" if by_chance else raised.name


@requirement(
    points=4,
    of="MLP",
    hint="Compare len(inputs) with the number of inputs that the network was made for, and "
    "raise ValueError(...) where they differ. The bias node is not among the inputs.",
)
def mlp_wrong_length(solution: Solution, given: Solution, rng: Rng) -> Iterator[Expectation]:
    """Too few or too many inputs are refused with a ValueError"""
    X, _, wi, wo = a_batch(rng)
    net = a_net(solution, wi, wo)
    right = X[0].tolist()
    none = raises(net.activate, right)
    few, many = (refused(net, inputs) for inputs in (right[:-1], [*right, 0.5]))
    accepted = "the right number of inputs is accepted"
    yield trait("NumPy" not in few + many, "the exceptions are no chance of a product")
    yield expect(none == "", accepted, f"it raised {none}", form=True)
    # To refuse everything is no answer to the question.
    always = f"but the right number raises {none}, too" if none else ""
    yield expect(
        bool(few and many) and not none,
        "another number of inputs is refused",
        "an answer to one input too few"
        if not few
        else always or "an answer to one input too many",
    )
    for said, kind in (("few", few), ("many", many)):
        yield expect(
            kind == "ValueError" and not none,
            f"one input too {said} raises a ValueError",
            always or (f"it raised {kind}" if kind else "no error at all"),
        )


def activated(solution: Solution, given: Solution, rng: Rng) -> tuple[Any, Array, Array, Array]:
    """A network that has just seen an example, its targets (no,), and the weights wi and wo.

    The activations are set to the right ones, so that a wrong `activate` does not cost
    `backPropagate` its points.
    """
    X, T, wi, wo = a_batch(rng)
    net = a_net(solution, wi, wo)
    hidden, output = given.activate_batch(X[:1], wi, wo)
    with contextlib.suppress(StudentRaised, NotAttempted):
        net.activate(X[0])
    net.ai, net.ah, net.ao = np.append(X[0], 1.0), hidden[0].copy(), output[0].copy()
    return net, T[0], wi, wo


@check(
    points=18,
    of="MLP",
    hint="Go on with the worked example, target 1 and N = 0.5: print the deltas, 0.1273 and "
    "(0.0318, -0.0501), before any weight changes. Then wo is (1.0318, -1.9829).",
)
def mlp_back_propagate(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Back-propagation moves the weights downhill, and returns the error"""
    net, targets, _, _ = activated(solution, given, rng)
    error = net.backPropagate(targets, float(rng.uniform(0.2, 0.8)), 0.0)
    return {"the error": error, **kept(net, "wi", "wo")}


@check(
    points=10,
    of="MLP",
    hint="Both layers: first add N times the new change and M times the last one, then keep "
    "the new change, without N and M, as ci and co.",
)
def mlp_momentum(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Momentum repeats a part of the last change, and keeps the new one"""
    net, targets, wi, wo = activated(solution, given, rng)
    net.ci, net.co = (normal(rng, 0.3, *w.shape) for w in (wi, wo))
    net.backPropagate(targets, float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.2, 0.6)))
    return kept(net, "wi", "wo", "ci", "co")


def by_hand(net: Any, X: Array, T: Array, iterations: int, N: float, M: float) -> Array:
    """Train a network pattern by pattern, with its own methods; the errors (iterations, m)."""
    errors = np.empty((iterations, len(X)))
    for iteration in range(iterations):
        for number, (inputs, targets) in enumerate(zip(X, T, strict=True)):
            net.activate(inputs)
            error = as_array(net.backPropagate(targets, N, M))
            errors[iteration, number] = error.item() if error.size == 1 else np.nan
    return errors


@requirement(
    points=12,
    of="MLP",
    hint="Train on two patterns for one iteration, and do the same by hand: activate, "
    "backPropagate, activate, backPropagate. The weights must agree.",
)
def mlp_train(solution: Solution, given: Solution, rng: Rng) -> Iterator[Expectation]:
    """Training goes through all patterns, as often as asked"""
    # Compared with the submission's own activate and backPropagate, which have checks of
    # their own; where these say nothing, with the task's.
    X, T, wi, wo = a_batch(rng)
    X, T = X[:4], T[:4]
    patterns = [(x.copy(), t.copy()) for x, t in zip(X, T, strict=True)]
    iterations, N, M = 3, float(rng.uniform(0.2, 0.4)), float(rng.uniform(0.2, 0.4))
    net, other = a_net(given, wi, wo), a_net(given, wi, wo)
    errors = by_hand(net, X, T, iterations, N, M)
    by_hand(other, X, T, 2, 0.5, 0.1)
    chosen, defaults = weights_of(net), weights_of(other)
    with contextlib.suppress(StudentRaised, NotAttempted):
        net, other = a_net(solution, wi, wo), a_net(solution, wi, wo)
        found = by_hand(net, X, T, iterations, N, M)
        # Where all patterns have one error, or nothing moves, they say nothing of the loop.
        if not are_alike(found[0]) and not are_the_first(net, wi, wo):
            by_hand(other, X, T, 2, 0.5, 0.1)
            errors, chosen, defaults = found, weights_of(net), weights_of(other)
    wanted = errors.sum(axis=1)
    net = a_net(solution, wi, wo)
    returned = net.train(patterns, iterations, N, M)
    weights = agrees(
        net, chosen, (wi, wo), "the weights are those of activate and backPropagate in turns"
    )
    net = a_net(solution, wi, wo)
    net.train(patterns, 2)
    usual = agrees(net, defaults, (wi, wo), "without N and M, they are 0.5 and 0.1")

    sums = sums_in(returned)
    yield expect(
        sums.shape == (iterations,),
        "train returns one number for each iteration",
        counted(returned, sums, iterations),
        form=True,
    )
    yield weights
    yield usual
    yield trait(
        weights.holds or not is_activated_once(solution, X, T, wi, wo),
        "each pattern is activated before it is learned",
    )
    yield trait(
        weights.holds or not is_in_another_order(solution, X[:2], T[:2], wi, wo),
        "the patterns are taken in their order",
    )
    if returned is None:
        return
    first = f"{sums.flat[0]:.6g}" if sums.size else "no number"
    yield expect(
        sums.size > 0 and close(sums.flat[0], wanted[0]),
        "the first number is the sum of all errors in the first iteration",
        f"{first}, where the errors of backPropagate add up to {wanted[0]:.6g}",
    )
    yield expect(
        sums.size == iterations and close(sums, wanted),
        "each later number is the sum of its own iteration",
        f"{in_short(sums)}, where backPropagate gives {in_short(wanted)}",
    )
    yield trait(sums.size != 1, "there is more than the last sum")
    yield trait(sums.size != iterations - 1, "no iteration is missing")
    means = sums.size == iterations and close(sums * len(X), wanted)
    yield trait(not means, "the sums are no means")


def after_training(solution: Solution, X: Array, T: Array, wi: Array, wo: Array) -> Array:
    """All weights of a network after one iteration over these patterns."""
    net = a_net(solution, wi, wo)
    net.train([(x.copy(), t.copy()) for x, t in zip(X, T, strict=True)], 1, 0.3, 0.2)
    return np.concatenate([part(net, name).ravel() for name in ("wi", "wo")])


def is_activated_once(solution: Solution, X: Array, T: Array, wi: Array, wo: Array) -> bool:
    """Whether training gives what back-propagation alone gives, after one activation."""
    net = a_net(solution, wi, wo)
    net.activate(X[0])
    for targets in T:
        net.backPropagate(targets, 0.3, 0.2)
    alone = np.concatenate([part(net, name).ravel() for name in ("wi", "wo")])
    return close(after_training(solution, X, T, wi, wo), alone)


def is_in_another_order(solution: Solution, X: Array, T: Array, wi: Array, wo: Array) -> bool:
    """Whether two patterns are now and then, and only so, learned the other way round."""
    turned = a_net(solution, wi, wo)
    by_hand(turned, X[::-1], T[::-1], 1, 0.3, 0.2)
    straight = a_net(solution, wi, wo)
    by_hand(straight, X, T, 1, 0.3, 0.2)
    one, other = (
        np.concatenate([part(net, name).ravel() for name in ("wi", "wo")])
        for net in (straight, turned)
    )
    found = [after_training(solution, X, T, wi, wo) for _ in range(6)]
    is_turned = [close(weights, other) for weights in found]
    return any(is_turned) and all(
        back or close(weights, one) for weights, back in zip(found, is_turned, strict=True)
    )


def are_alike(rows: Array) -> bool:
    """Whether all rows are the same, but for those that are not finite."""
    finite = rows[np.isfinite(rows.reshape(len(rows), -1)).all(axis=1)]
    return bool(np.all(finite == finite[:1]))


def close(found: Any, wanted: Any, apart: float = 0.0) -> bool:
    """Whether numbers agree to six digits, or are so far apart; nan in both agrees as well."""
    found, wanted = np.ravel(found), np.ravel(wanted)
    return bool(np.allclose(found, wanted, rtol=1e-6, atol=apart or 1e-8, equal_nan=True))


def in_short(values: Any) -> str:
    """The first few of some numbers."""
    numbers = np.ravel(values)
    more = ", …" if numbers.size > 4 else ""
    return ", ".join(f"{value:.5g}" for value in numbers[:4]) + more or "nothing"


def are_the_first(net: Any, wi: Array, wo: Array) -> bool:
    """Whether a network has these weights still."""
    return np.array_equal(part(net, "wi"), wi) and np.array_equal(part(net, "wo"), wo)


def weights_of(net: Any) -> tuple[Array, Array]:
    """Its wi and wo, as they are now."""
    return part(net, "wi"), part(net, "wo")


def agrees(
    net: Any, wanted: tuple[Array, Array], first: tuple[Array, Array], said: str
) -> Expectation:
    """Whether a network has the weights wanted, and not the `first` ones, wi and wo, still.

    Numbers that grow beyond all bounds, since `activate` is wrong, agree as well.
    """
    if are_the_first(net, *first):
        return expect(False, said, "weights that have not changed")
    same = all(
        a.shape == b.shape and np.allclose(a, b, rtol=1e-6, equal_nan=True)
        for a, b in zip(weights_of(net), wanted, strict=True)
    )
    return expect(same, said, "other weights")


@requirement(
    points=4,
    of="MLP",
    hint="Call activate for each of the inputs, and put the answers into one array, a row for "
    "each.",
)
def mlp_test(solution: Solution, given: Solution, rng: Rng) -> Iterator[Expectation]:
    """Testing answers all inputs of a list, a row for each"""
    X, _, wi, wo = a_batch(rng)
    right = a_net(given, wi, wo)
    wanted = np.array([right.activate(inputs) for inputs in X])
    net = a_net(solution, wi, wo)
    with contextlib.suppress(StudentRaised, NotAttempted):
        answers = [as_array(net.activate(inputs)).ravel() for inputs in X]
        # Where all inputs have one answer, it says nothing of the loop.
        if all(len(each) == wo.shape[1] for each in answers) and not are_alike(
            np.array(answers)
        ):
            wanted = np.array(answers)
    returned = net.test(list(X.copy()))
    found = as_array(returned) if returned is not None else part(net, "predict")
    remembered = part(net, "predict")
    if returned is None and not remembered.size:
        raise WrongAnswer("test returns nothing, and there are no numbers in self.predict.")
    yield expect(
        found.shape == (len(X), wo.shape[1]),
        "there is one row for each example, and one column for each output",
        f"{seen_shape(found)}, for {len(X)} examples and {wo.shape[1]} outputs",
        form=True,
    )
    yield expect(
        found.size == wanted.size and close(found, wanted),
        "each row is what activate answers to these inputs",
        "other numbers",
    )
    yield expect(
        are_rounded(remembered, wanted),
        "the answers to these inputs are kept as self.predict",
        "something else" if remembered.size else "no attribute of that name with numbers",
    )
    yield trait(not np.array_equal(found, np.round(wanted)), "the answers are not rounded")
    yield trait(
        not np.array_equal(found.ravel(), wanted[-1]), "there is more than the last one"
    )


def are_rounded(found: Array, wanted: Array) -> bool:
    """Whether answers are those to these inputs, to one digit or more; all alike are not."""
    if found.size != wanted.size:
        return False
    rounded = (np.round(wanted, digits) for digits in range(6))
    return close(found, wanted) or any(
        close(found, each) and not are_alike(each) for each in rounded
    )


def as_several(found: Any, *names: str) -> dict[str, Any]:
    """The values that came back, by name; TypeError when there are not as many."""
    if not isinstance(found, tuple | list) or len(found) != len(names):
        raise TypeError(f"{len(names)} values are needed: {', '.join(names)}")
    return dict(zip(names, found, strict=True))


@check(
    points=8,
    hint="Compare with MLP.activate: each row must be what the network says to that example "
    "alone. The column of ones stands behind X.",
)
def activate_batch(solution: Solution, given: Solution, rng: Rng) -> Any:
    """A batch gives the activations of hidden and output nodes"""
    X, _, wi, wo = a_batch(rng)
    return as_several(solution.activate_batch(X, wi, wo), "hidden", "output")


@check(
    points=10,
    hint="Compare with the loop of the text: backPropagate with N = M = 0 for each example, "
    "and the sum of ci and of co.",
)
def batch_changes(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The changes of a batch are the sums over its examples"""
    X, T, wi, wo = a_batch(rng)
    found = solution.batch_changes(X, T, wi, wo)
    return as_several(found, "the error", "the change of wi", "the change of wo")


@gradient(
    points=4,
    of="batch_changes",
    hint="Nudge one weight by 0.001 up and down, divide the change of the error by 0.002: that "
    "is the gradient, and your change must be its negative.",
)
def changes_follow_the_error(solution: Solution, given: Solution, rng: Rng) -> GradientProbe:
    """Nudging a weight changes the error as your changes say"""
    X, T, wi, wo = a_batch(rng)

    def cost(nudged: Any) -> float:
        value: float = given.batch_changes(X, T, nudged["wi"], nudged["wo"])[0]
        return value

    found = as_several(solution.batch_changes(X, T, wi, wo), "error", "wi", "wo")
    # A change points downhill.
    gradients = {name: np.negative(np.asarray(found[name])) for name in ("wi", "wo")}
    return cost, {"wi": wi, "wo": wo}, gradients


@check(
    points=8,
    hint="Print the error in every iteration: there must be as many as iterations, and the "
    "first belongs to the weights that came in.",
)
def train_batch(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Training in batches takes one step with momentum for each iteration"""
    X, T, wi, wo = a_batch(rng)
    N, M = float(rng.uniform(0.1, 0.4)), float(rng.uniform(0.1, 0.3))
    iterations = int(rng.integers(4, 8))
    chosen = solution.train_batch(X, T, wi.copy(), wo.copy(), iterations, N, M)
    usual = solution.train_batch(X, T, wi.copy(), wo.copy(), iterations)
    names = ("wi", "wo", "errors")
    answers = as_several(chosen, *names)
    answers |= {
        f"{name} with the usual N and M": value
        for name, value in as_several(usual, *names).items()
    }
    return {
        name: as_array(value) if isinstance(value, list) else value
        for name, value in answers.items()
    }
