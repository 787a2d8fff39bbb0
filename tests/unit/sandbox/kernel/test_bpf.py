"""The assembler, and the filter made with it: run by a small interpreter of BPF."""

from __future__ import annotations

import errno
import os
import struct

import pytest

from autograder.sandbox.kernel import bpf, numbers, seccomp
from autograder.sandbox.kernel.bpf import ALLOW, KILL, OWN_PID, Rule, Where

ARCHITECTURE = 7
PID = 4321


def run(
    program: bpf.Program, number: int, *arguments: int, architecture: int = ARCHITECTURE
) -> int:
    """What the filter of process 4321 decides about a call."""
    padded = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("<iIQ6Q", number, architecture, 0, *padded)
    code = [struct.unpack_from("<HBBI", program.of(PID), 8 * n) for n in range(len(program))]
    register = at = 0
    while True:
        operation, yes, no, k = code[at]
        at += 1
        match operation:
            case 0x20:
                (register,) = struct.unpack_from("<I", data, k)
            case 0x54:
                register &= k
            case 0x15:
                at += yes if register == k else no
            case 0x35:
                at += yes if register >= k else no
            case 0x05:
                at += k
            case 0x06:
                return k
            case _:
                raise AssertionError(f"unknown instruction {operation:#x}")


def test_calls_without_a_rule_are_allowed() -> None:
    """Whatever their arguments are."""
    program = bpf.assemble(ARCHITECTURE, None, [Rule((1, 2), bpf.errno(5))])
    assert run(program, 3, 1) == ALLOW
    assert run(program, 1) == run(program, 2, 9) == bpf.errno(5)


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9, 200])
def test_every_call_finds_its_rule(count: int) -> None:
    """However many there are, in whatever order they were given."""
    denied = [7 * n % 601 for n in range(count)]
    rules = [Rule((number,), bpf.errno(1 + number)) for number in denied]
    program = bpf.assemble(ARCHITECTURE, None, rules)
    for number in range(610):
        wanted = bpf.errno(1 + number) if number in denied else ALLOW
        assert run(program, number) == wanted


def test_a_foreign_architecture_ends_the_process() -> None:
    """Its numbers mean other calls; the same goes for numbers from a bound on."""
    program = bpf.assemble(ARCHITECTURE, 100, [])
    assert run(program, 1, architecture=ARCHITECTURE + 1) == KILL
    assert run(program, 100) == KILL
    assert run(program, 99) == ALLOW


def test_all_conditions_must_hold() -> None:
    """And the rules that follow are looked at when one does not."""
    where = (Where(0, 4, mask=0xC), Where(2, 7, equal=False))
    program = bpf.assemble(
        ARCHITECTURE, None, [Rule((1,), bpf.errno(1), where), Rule((1,), bpf.errno(2))]
    )
    assert run(program, 1, 5, 0, 8) == bpf.errno(1)
    assert run(program, 1, 5, 0, 7) == bpf.errno(2)
    assert run(program, 1, 8, 0, 8) == bpf.errno(2)
    assert run(program, 2, 5, 0, 8) == ALLOW


def test_the_upper_half_of_an_argument_counts_where_it_should() -> None:
    """A pointer is no number of 32 bits."""
    where = Where(1, 0, equal=False, high=True)
    program = bpf.assemble(ARCHITECTURE, None, [Rule((1,), bpf.errno(1), (where,))])
    assert run(program, 1, 0, 1 << 32) == bpf.errno(1)
    assert run(program, 1, 0, 1) == ALLOW


def test_holes_are_filled_with_the_process() -> None:
    """One assembled filter serves every process."""
    where = Where(0, OWN_PID, equal=False)
    program = bpf.assemble(ARCHITECTURE, None, [Rule((1,), bpf.errno(1), (where,))])
    assert run(program, 1, PID) == ALLOW
    assert run(program, 1, OWN_PID) == run(program, 1, PID + 1) == bpf.errno(1)


needs_numbers = pytest.mark.skipif(
    os.uname().machine not in ("x86_64", "aarch64"), reason="the calls of others are not known"
)
REFUSED = bpf.errno(errno.EPERM)


def decided(name: str, *arguments: int) -> int:
    architecture = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[os.uname().machine]
    (number,) = numbers.of(name)
    return run(seccomp.program(), number, *arguments, architecture=architecture)


@needs_numbers
@pytest.mark.parametrize(
    ("name", "arguments", "action"),
    [
        ("clone", (0x0001_0000,), ALLOW),
        ("clone", (17,), REFUSED),
        ("clone3", (), bpf.errno(errno.ENOSYS)),
        ("kill", (PID,), ALLOW),
        ("kill", (PID + 1,), REFUSED),
        ("kill", (2**32 - 1,), REFUSED),
        ("tgkill", (PID, 5), ALLOW),
        ("prlimit64", (0,), ALLOW),
        ("prlimit64", (PID + 1,), REFUSED),
        ("sendto", (3, 1, 1, 0, 0), ALLOW),
        ("sendto", (3, 1, 1, 0, 0x7F00_0000_0000), REFUSED),
        ("socketpair", (1,), ALLOW),
        ("socketpair", (2,), REFUSED),
        ("ioctl", (0, 0x5401), ALLOW),
        ("ioctl", (0, 0x5412), REFUSED),
        ("ioctl", (0, 0xFFFF_FFFF_0000_5412), REFUSED),
        ("fcntl", (3, 3), ALLOW),
        ("fcntl", (3, 8), REFUSED),
        ("openat", (3, 0, 0x241), ALLOW),
        ("openat", (3, 0, 0x200), REFUSED),
        ("truncate", (), REFUSED),
        ("mmap", (0, 1, 3, 0x22), ALLOW),
        ("mmap", (0, 1, 3, 0x21), bpf.errno(errno.ENOMEM)),
        ("mmap", (0, 1, 3, 0x01), ALLOW),
        ("prctl", (15,), ALLOW),
        ("prctl", (1,), REFUSED),
        ("fchmodat", (), bpf.errno(0)),
    ],
)
def test_the_filter_decides_by_arguments(
    name: str, arguments: tuple[int, ...], action: int
) -> None:
    """What honest programs ask for is allowed, and its twin is not."""
    assert decided(name, *arguments) == action
