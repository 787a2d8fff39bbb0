"""Each layer is good for something: without it, an attack of the self-test succeeds."""

from __future__ import annotations

import pytest

from autograder.errors import SandboxFault, UsageError
from autograder.model import Cell, Limits, Submission, Tier
from autograder.sandbox import layers
from autograder.sandbox.host import confinement, launcher, selftest
from autograder.sandbox.host.sandbox import Sandbox
from tests import unprivileged

pytestmark = pytest.mark.skipif(
    not confinement.LINUX, reason="the kernel's layers are Linux's; elsewhere there is tier D"
)


@pytest.mark.parametrize("name", sorted(layers.SWITCHES))
def test_the_self_test_fails_without_a_layer(name: str) -> None:
    """With it, its attacks are stopped; with this one left out, an attack gets through."""
    assert confinement.tier() is Tier.A, confinement.probe()
    here = {layer.name for layer in confinement.probe() if layer.present}
    if name == layers.GROUP and name not in here:
        pytest.skip("this user may not make control groups; see grade doctor")
    held = list(selftest.trials(only={name}))
    assert held
    assert all(trial.held for trial in held), held
    without = list(selftest.trials(frozenset({name}), only={name}))
    assert not all(trial.held for trial in without), without


def test_the_short_form_sees_a_weak_sandbox() -> None:
    """A sandbox that promises what it does not keep is refused, with the promise."""
    with Sandbox(limits=Limits()) as sandbox:
        selftest.quick(sandbox)
    with Sandbox(limits=Limits(), without=frozenset({layers.DESCRIPTORS})) as sandbox:
        with pytest.raises(SandboxFault, match="no descriptor is inherited") as caught:
            selftest.quick(sandbox)
        assert "grade doctor" in caught.value.hint


@pytest.mark.parametrize("tier", list(Tier))
def test_the_short_form_holds_on_every_tier(tier: Tier) -> None:
    """It asks for no more than a tier promises."""
    with Sandbox(tier=tier) as sandbox:
        assert sandbox.tier is tier
        selftest.quick(sandbox)


@pytest.mark.parametrize("tier", list(Tier))
def test_an_ordinary_user_has_every_tier(tier: Tier) -> None:
    """User namespaces give what root has, except for control groups."""
    done = unprivileged.run(
        "import os, sys\n"
        "from autograder.model import Tier\n"
        "from autograder.sandbox.host import selftest\n"
        "from autograder.sandbox.host.sandbox import Sandbox\n"
        "assert os.geteuid() != 0\n"
        "with Sandbox(tier=Tier(sys.argv[1])) as sandbox:\n"
        "    selftest.quick(sandbox)\n"
        "    print(sandbox.tier.value)\n",
        tier.value,
    )
    assert (done.stdout, done.stderr) == (f"{tier.value}\n", "")


def test_the_self_test_holds_for_an_ordinary_user() -> None:
    """Every layer that it has keeps its promise."""
    done = unprivileged.run(
        "from autograder.sandbox.host import selftest\n"
        "trials = list(selftest.trials())\n"
        "print(len(trials), [trial for trial in trials if not trial.held])\n"
    )
    count, _, broken = done.stdout.partition(" ")
    assert broken == "[]\n", done.stdout + done.stderr
    assert int(count) > 20


def test_tiers_are_told_by_their_layers() -> None:
    """A tier is the strongest whose layers are all there, and no layer is worth nothing."""
    everything = layers.SWITCHES
    for tier in Tier:
        assert layers.tier_of(everything - layers.beyond(tier)) is tier
    for name in layers.NAMESPACES | {layers.LANDLOCK, layers.SECCOMP}:
        assert layers.tier_of(everything - {name}) is not Tier.A
    assert layers.tier_of(everything - {layers.SECCOMP}) is Tier.D


def test_a_tier_is_said_with_its_reasons() -> None:
    """What is left out is not claimed."""
    with Sandbox(tier=Tier.C) as sandbox:
        told = {layer.name: layer for layer in sandbox.layers}
    assert not told[layers.NETWORK].present
    assert told[layers.NETWORK].why == "left out"
    assert told[layers.SECCOMP].present


def test_only_trusted_files_are_graded_without_confinement() -> None:
    """Tier D refuses the files of others, and says what to do."""
    with pytest.raises(UsageError, match="not confined here") as caught:
        confinement.require_trust(Tier.D, False)
    assert "--trust-submissions" in caught.value.hint
    confinement.require_trust(Tier.D, True)
    confinement.require_trust(Tier.C, False)


def test_elsewhere_than_on_linux_there_are_limits_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the kernel's layers is touched where the system is another one."""
    program = "import sys\nsys.platform = 'darwin'\n" + launcher._PROGRAM
    monkeypatch.setattr(launcher, "_PROGRAM", program)
    submission = Submission(name="x", cells=(Cell("def f(): return 1"),), digest="")
    with Sandbox() as sandbox:
        told = {layer.name: layer for layer in sandbox.layers}
        assert sandbox.tier is Tier.D
        assert told[layers.SECCOMP].why == "only Linux has it"
        assert told[layers.ENVIRONMENT].present
        with sandbox.open(submission) as guest:
            assert guest.call("f", [], {}).value == 1
