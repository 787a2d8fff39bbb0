"""The layers by which this machine confines guests, and what may be graded with them."""

from __future__ import annotations

import os
import sys
from functools import cache

from autograder.errors import UsageError
from autograder.model import Tier
from autograder.sandbox import layers
from autograder.sandbox.host.launcher import Zygote
from autograder.sandbox.layers import SandboxLayer

LINUX = sys.platform == "linux"

_NO_POSIX = "needs Linux, macOS or the Windows Subsystem for Linux"
_NAMESPACES = (
    "allow user namespaces to this user (on Ubuntu: sysctl "
    "kernel.apparmor_restrict_unprivileged_userns=0); in a container, give it the capability "
    "SYS_ADMIN or a seccomp profile that allows unshare and mount"
)
_REMEDIES = dict.fromkeys(layers.NAMESPACES, _NAMESPACES) | {
    layers.LANDLOCK: "use Linux 5.13 or newer, with landlock in the kernel's parameter lsm=",
    layers.SECCOMP: "use a kernel with CONFIG_SECCOMP_FILTER",
    layers.GROUP: "run in a control group whose memory and pids are delegated to this user",
}


@cache
def probe() -> tuple[SandboxLayer, ...]:
    """Every layer: whether guests have it on this machine, and why (not).

    A zygote applies each to find out, once for each process. Raises SandboxFault.
    """
    if os.name != "posix":
        return tuple(SandboxLayer(name, False, _NO_POSIX) for name in layers.PROMISES)
    zygote = Zygote(None, megabytes=64, without=frozenset())
    try:
        return zygote.layers
    finally:
        zygote.close()


def tier() -> Tier:
    """The tier that `probe` amounts to. Raises SandboxFault."""
    return layers.tier_of([layer.name for layer in probe() if layer.present])


def remedy(layer: SandboxLayer) -> str:
    """A sentence on what to install or to allow for a missing layer; "" where nothing helps."""
    return _REMEDIES.get(layer.name, "") if LINUX and not layer.present else ""


def require_trust(tier: Tier, trusted: bool) -> None:
    """Raises UsageError for other people's files where nothing keeps them from reading ours."""
    if tier is Tier.D and not trusted:
        raise UsageError(
            "Submissions are not confined here (tier D): they could read your files, with the "
            "reference and the grades among them.",
            hint="`grade doctor` says what is missing. On a machine that holds nothing worth "
            "stealing, add --trust-submissions.",
        )
