"""A small assembler for seccomp's BPF: rules about system calls, as bytes.

A rule denies some calls, or denies them where their arguments meet its conditions. What no
rule denies is allowed. Of the rules about one call, the first that fits decides.

Calls are looked up by halves, in ranges of numbers that fare alike. A kernel translates the
filter again for each guest, and runs it once for every call that there is: one comparison after
the other would take half a millisecond more.
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

_ALL = 0xFFFF_FFFF
_FARTHEST = 255  # how far a comparison can jump

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
    mask: int = _ALL
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
    program += _search(_ranges(rules))
    holes = tuple(8 * n + 4 for n, (*_, k) in enumerate(program) if k == OWN_PID)
    return Program(b"".join(struct.pack("<HBBI", *one) for one in program), holes)


def _ranges(rules: Iterable[Rule]) -> list[tuple[int, list[_Instruction]]]:
    """The start of each range of numbers, in order, and the code that rules its calls."""
    about: dict[int, list[Rule]] = {}
    for rule in rules:
        for number in rule.numbers:
            about.setdefault(number, []).append(rule)
    found = [(0, _decision(()))]
    for number in sorted({*about, *(number + 1 for number in about)}):
        decision = _decision(about.get(number, ()))
        if decision != found[-1][1]:
            found.append((number, decision))
    return found


def _search(ranges: Sequence[tuple[int, list[_Instruction]]]) -> list[_Instruction]:
    """Find the range that a number is in, and decide."""
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    below, above = _search(ranges[:middle]), _search(ranges[middle:])
    first = ranges[middle][0]
    if len(below) <= _FARTHEST:
        return [(_IF_AT_LEAST, len(below), 0, first), *below, *above]
    return [(_IF_AT_LEAST, 0, 1, first), (_JUMP, 0, 0, len(below)), *below, *above]


def _decision(rules: Sequence[Rule]) -> list[_Instruction]:
    """The code that decides about a call under these rules; each path returns."""
    code: list[_Instruction] = []
    for rule in rules:
        code += _one(rule)
        if not rule.where:
            return code
    return [*code, (_RETURN, 0, 0, ALLOW)]


def _one(rule: Rule) -> list[_Instruction]:
    body: list[_Instruction] = [(_RETURN, 0, 0, rule.action)]
    for where in reversed(rule.where):  # each jumps over all that follows when it does not hold
        jumps = (0, len(body)) if where.equal else (len(body), 0)
        offset = _ARGUMENTS + 8 * where.argument + 4 * where.high
        masked = [(_AND, 0, 0, where.mask)] if where.mask != _ALL else []
        body = [(_LOAD, 0, 0, offset), *masked, (_IF_EQUAL, *jumps, where.value), *body]
    return body
