"""A small assembler for seccomp's BPF: rules about system calls, as bytes.

A rule denies some calls, or denies them where their arguments meet its conditions. What no
rule denies is allowed. Of the rules about one call, the first that fits decides.

Calls are looked up by halves. The kernel runs a new filter once for every call that there is,
so that one comparison after the other would take each guest a third of a millisecond more.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ALLOW = 0x7FFF_0000
KILL = 0x8000_0000
OWN_PID = 0x7069_6421  # stands for the number of the process that installs the filter

_LOAD = 0x20
_AND = 0x54
_IF_EQUAL = 0x15
_IF_AT_LEAST = 0x35
_JUMP = 0x05
_RETURN = 0x06

_ONE_BY_ONE = 4  # so many calls are compared one after the other

_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # where they are in struct seccomp_data

_Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


def errno(number: int) -> int:
    """The action that lets a call fail with this error; with 0 it does nothing, well."""
    return 0x0005_0000 | number


@dataclass(frozen=True)
class Where:
    """A condition: the low 32 bits of an argument, masked, equal `value` (or do not).

    high   the upper 32 bits instead, as of a pointer.
    """

    argument: int
    value: int
    mask: int = 0xFFFF_FFFF
    equal: bool = True
    high: bool = False


@dataclass(frozen=True)
class Rule:
    """Calls by number, the conditions that must all hold, and what becomes of them."""

    numbers: tuple[int, ...]
    action: int
    where: tuple[Where, ...] = ()


@dataclass(frozen=True)
class Program:
    """An assembled filter: little-endian instructions, with holes for the process's number."""

    code: bytes
    holes: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.code) // 8

    def of(self, pid: int) -> bytes:
        """The filter for the process `pid`."""
        code = bytearray(self.code)
        for hole in self.holes:
            struct.pack_into("<I", code, hole, pid)
        return bytes(code)


def assemble(architecture: int, above: int | None, rules: Iterable[Rule]) -> Program:
    """The filter of these rules.

    architecture   its audit number; calls in the manner of any other end the process.
    above          numbers from here on belong to a foreign manner of calling, and are unknown.
    """
    program: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if above is not None:
        program += [(_IF_AT_LEAST, 0, 1, above), (_RETURN, 0, 0, KILL)]
    about: dict[int, list[_Instruction]] = {}
    for rule in rules:
        for number in rule.numbers:
            about.setdefault(number, []).extend(_one(number, rule))
    program += _search(sorted(about.items()))
    holes = tuple(8 * n + 4 for n, (*_, k) in enumerate(program) if k == OWN_PID)
    return Program(b"".join(struct.pack("<HBBI", *one) for one in program), holes)


def _search(about: Sequence[tuple[int, list[_Instruction]]]) -> list[_Instruction]:
    """What decides about calls by their numbers, which are in order."""
    if len(about) <= _ONE_BY_ONE:
        code = [instruction for _, own in about for instruction in own]
        return [*code, (_RETURN, 0, 0, ALLOW)]
    middle = len(about) // 2
    below, above = _search(about[:middle]), _search(about[middle:])
    return [
        (_IF_AT_LEAST, 0, 1, about[middle][0]),
        (_JUMP, 0, 0, len(below)),
        *below,
        *above,
    ]


def _one(number: int, rule: Rule) -> Sequence[_Instruction]:
    body: list[_Instruction] = []
    for where in reversed(rule.where):  # each jumps over all that follows when it does not hold
        beyond = len(body) + 1
        jumps = (0, beyond) if where.equal else (beyond, 0)
        offset = _ARGUMENTS + 8 * where.argument + 4 * where.high
        body = [
            (_LOAD, 0, 0, offset),
            (_AND, 0, 0, where.mask),
            (_IF_EQUAL, *jumps, where.value),
            *body,
        ]
    body.append((_RETURN, 0, 0, rule.action))
    if rule.where:
        body.append((_LOAD, 0, 0, _NUMBER))
    return [(_IF_EQUAL, 0, len(body), number), *body]
