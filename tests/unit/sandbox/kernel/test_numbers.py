"""System call numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.sandbox.kernel import numbers, syscalls

HEADERS = {
    0: Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    1: Path("/usr/include/asm-generic/unistd.h"),  # aarch64 has the generic numbers
}


@pytest.mark.parametrize("machine", HEADERS)
def test_numbers_are_the_kernels(machine: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As its own headers say, of all calls that those know."""
    header = HEADERS[machine]
    if not header.is_file():
        pytest.skip("the kernel's headers are not installed: apt-get install linux-libc-dev")
    monkeypatch.setattr(syscalls, "machine", lambda: machine)
    text = header.read_text()
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)
    known = {name: int(number) for name, number in found}
    assert len(known) > 250
    compared = 0
    for name in re.findall(r"^(\w+) ", numbers._TABLE, re.MULTILINE):
        if name in known and (number := numbers.of(name)):
            assert number == (known[name],), name
            compared += 1
    assert compared > 90


def test_an_unknown_machine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A filter with the numbers of another machine would be worse than none."""
    monkeypatch.setattr(syscalls, "MACHINES", ("vax",))
    syscalls.machine.cache_clear()
    try:
        with pytest.raises(OSError, match="known for vax only"):
            numbers.of("mount")
    finally:
        syscalls.machine.cache_clear()
