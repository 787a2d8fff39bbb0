"""Control groups: where they can be made, and what is left of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.sandbox import layers
from autograder.sandbox.guest.rehearsal import attempt
from autograder.sandbox.host import confinement
from autograder.sandbox.kernel import cgroups

NAME = f"grade-test-{os.getpid()}"


def process(tmp_path: Path, mounts: str, groups: str) -> Path:
    """What /proc would say of a process."""
    folder = tmp_path / "process"
    folder.mkdir()
    (folder / "mounts").write_text(mounts)
    (folder / "cgroup").write_text(groups)
    return folder


def test_version_1_has_a_place_for_each_controller(tmp_path: Path) -> None:
    """Several may share one folder."""
    for name in ("memory", "cpu,pids"):
        (tmp_path / name / "jobs").mkdir(parents=True)
    here = process(
        tmp_path,
        f"cgroup {tmp_path}/memory cgroup rw,memory 0 0\n"
        f"cgroup {tmp_path}/cpu,pids cgroup rw,cpu,pids 0 0\n",
        "2:memory:/jobs\n1:cpu,pids:/jobs\n0::/\n",
    )
    memory, pids = cgroups.hierarchies(here)
    assert memory.folder == tmp_path / "memory" / "jobs"
    assert memory.ceilings == {"memory": "memory.limit_in_bytes"}
    assert pids.folder == tmp_path / "cpu,pids" / "jobs"


def test_version_2_has_one_place(tmp_path: Path) -> None:
    """Where both controllers are delegated to groups inside."""
    own = tmp_path / "all" / "user" / "job"
    own.mkdir(parents=True)
    (own / "cgroup.subtree_control").write_text("cpu memory pids\n")
    here = process(tmp_path, f"c {tmp_path}/all cgroup2 rw 0 0\n", "0::/user/job\n")
    (place,) = cgroups.hierarchies(here)
    assert place.folder == own
    assert place.ceilings == {"memory": "memory.max", "pids": "pids.max"}


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    """The controllers that are not delegated, or that there is nothing at all."""
    (tmp_path / "all" / "job").mkdir(parents=True)
    (tmp_path / "all" / "job" / "cgroup.subtree_control").write_text("memory\n")
    here = process(tmp_path, f"c {tmp_path}/all cgroup2 rw 0 0\n", "0::/job\n")
    with pytest.raises(OSError, match="pids not delegated to groups inside of"):
        cgroups.hierarchies(here)
    (here / "mounts").write_text("")
    with pytest.raises(OSError, match="no control groups are mounted"):
        cgroups.hierarchies(here)


def test_a_group_limits_and_is_removed() -> None:
    """A process in it cannot start more threads than its ceiling; then nothing is left."""
    here = {layer.name: layer for layer in confinement.probe()}[layers.GROUP]
    if not here.present:
        pytest.skip(f"this user may not make control groups: {here.why}")

    def too_many() -> None:
        groups = cgroups.ControlGroups(NAME)
        groups.enter(groups.take(megabytes=256, tasks=3))
        for _ in range(3):
            if os.fork() == 0:
                os._exit(0)

    try:
        assert attempt(too_many) == "Resource temporarily unavailable"
        assert all((place.folder / NAME / "0").is_dir() for place in cgroups.hierarchies())
    finally:
        cgroups.remove(NAME)
    assert not any((place.folder / NAME).exists() for place in cgroups.hierarchies())


def test_a_group_is_used_again() -> None:
    """As many are made as guests live at a time."""
    if not {layer.name: layer for layer in confinement.probe()}[layers.GROUP].present:
        pytest.skip("this user may not make control groups; see grade doctor")
    try:
        groups = cgroups.ControlGroups(NAME)
        one, other = (groups.take(megabytes=64, tasks=8) for _ in range(2))
        assert one != other
        groups.give_back(one)
        assert groups.take(megabytes=64, tasks=8) == one
    finally:
        cgroups.remove(NAME)
