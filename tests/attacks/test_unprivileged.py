"""The attacks on the kernel's layers once more, on a grader that has no rights itself."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

from tests import unprivileged
from tests.attacks import catalogue
from tests.missing import missing

# What happens in the protocol, in values and in text does not depend on who the grader is.
KERNELS = "reading or resources or honest"
FAMILIES = "not keras" if catalogue.WHOLE else KERNELS
PROGRAM = "import pytest, sys; sys.exit(pytest.main(sys.argv[1:]))"


@pytest.mark.skipif(os.geteuid() != 0, reason="all tests run as an ordinary user already")
@pytest.mark.timeout(1600)  # some four hundred attacks in a row
@pytest.mark.parametrize("tier", ["A", "C"] if catalogue.WHOLE else ["A"])
def test_an_ordinary_user_grades_as_safely(tier: str) -> None:
    """Through a user namespace at tier A, without any at tier C."""
    folder = tempfile.mkdtemp(prefix="attacks-")
    try:
        os.chown(folder, unprivileged.NOBODY, unprivileged.NOBODY)
        done = unprivileged.run(
            PROGRAM,
            *("tests/attacks/test_attacks.py", "-q", "-p", "no:cacheprovider"),
            *("-k", f"[{tier}- and ({FAMILIES})", f"--basetemp={folder}/tests"),
            seconds=1500,
        )
    finally:
        shutil.rmtree(folder)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    if " skipped" in done.stdout:
        missing(f"an ordinary user has no tier {tier} here: see grade doctor")
