"""What a module may import, and what a command may load: where import-linter cannot look.

The direction of imports between the project's own modules is import-linter's business.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import plan
from tests.support import make_course

PACKAGE = Path(__file__).parents[2] / "autograder"
MODULES = sorted(PACKAGE.rglob("*.py"))

HEAVY = {
    "alembic",
    "dask",
    "distributed",
    "hypothesis",
    "IPython",
    "jupytext",
    "keras",
    "matplotlib",
    "nbformat",
    "nbgrader",
    "pandas",
    "pytest",
    "scipy",
    "sklearn",
    "sqlalchemy",
    "tensorflow",
    "torch",
}

MOST_LINES = 350

GUEST_MAY = {"numpy", "msgspec", *sys.stdlib_module_names}
# Beside the folders `guest`, `kernel` and `wire`: what both sides of the sandbox share.
SHARED = ("control", "layers", "leftovers", "text", "together")
SANDBOX = PACKAGE / "sandbox"
GUEST_FILES = [
    path
    for path in MODULES
    if path.is_relative_to(SANDBOX / "guest")
    or path.is_relative_to(SANDBOX / "kernel")
    or path.is_relative_to(SANDBOX / "wire")
    or path in {SANDBOX / f"{name}.py" for name in SHARED}
]
# The nouns hold nothing secret: `layers` names a Tier.
GUEST_MAY_OF_OURS = {"autograder", "autograder.model", "autograder.sandbox"} | {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in GUEST_FILES
}

LOADED = """
import json, runpy, sys
sys.argv = ["grade", *sys.argv[1:]]
try:
    runpy.run_module("autograder.cli", run_name="__main__")
except SystemExit as end:
    code = end.code
print("\\n" + json.dumps([code or 0, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def loaded_by(*arguments: str, root: Path) -> tuple[int, set[str]]:
    """The exit code of a `grade` command, and the packages that its process has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    code, names = json.loads(done.stdout.splitlines()[-1])
    return code, set(names)


def imported_by(path: Path) -> set[str]:
    """The modules that a file imports anywhere, also inside functions, dotted and absolute."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            module = node.module or ""
            for alias in node.names:
                inner = PACKAGE.parent / module.replace(".", "/") / alias.name
                is_module = inner.is_dir() or inner.with_suffix(".py").is_file()
                found.add(f"{module}.{alias.name}" if is_module else module)
    return found


def test_the_plan_stays_small():
    """Few rooms on few floors, with few arrows between them, and none that leads back."""
    rooms = plan.rooms()
    assert len(rooms) <= 22
    assert max(plan.floors(rooms).values()) <= 10
    assert sum(map(len, rooms.values())) <= 130


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_is_short(path):
    """A module of more than some seven screens holds more than one idea."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is(path):
    """A module without a docstring has no stated idea."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", GUEST_FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_untrusted_side_imports_no_more_than_it_needs(path):
    """The standard library, NumPy, msgspec, and the sandbox's own guest-side modules."""
    imported = imported_by(path)
    ours = {name for name in imported if name.partition(".")[0] == "autograder"}
    assert ours <= GUEST_MAY_OF_OURS
    assert {name.partition(".")[0] for name in imported - ours} <= GUEST_MAY


def test_the_zygote_loads_no_more_than_it_needs():
    """What a submission's process holds in memory: nothing that judges."""
    script = (
        "import sys; from autograder.sandbox.guest import preloading, server, zygote; "
        "print(*(n for n in sys.modules if n.startswith('autograder')))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) <= GUEST_MAY_OF_OURS


@pytest.mark.parametrize(
    ("script", "absent"),
    [
        ("import autograder.sandbox.guest.zygote", "numpy"),
        ("from autograder.publishing import source; source._jupytext()", "rfc3987_syntax"),
    ],
)
def test_what_takes_long_waits_until_it_is_needed(script, absent):
    """A probe of the layers needs no NumPy, and a notebook no grammar of addresses."""
    script = f"import sys; {script}; print({absent!r} in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_help_loads_nothing_heavy(root):
    """`grade --help` answers without NumPy, and without anything of a framework."""
    code, names = loaded_by("--help", root=root)
    assert code == 0
    assert not names & (HEAVY | {"numpy"})


def test_a_check_loads_nothing_heavy(root):
    """Grading the reference needs NumPy, and nothing of a framework; without options, a call
    needs no Typer.
    """
    code, names = loaded_by(
        "check", "assignment3", "reference/assignment3/solution.py", root=root
    )
    assert code == 0, "the reference passes its own checks"
    assert "numpy" in names
    assert not names & (HEAVY | {"typer", "pydantic"})


def test_a_batch_with_nothing_to_do_loads_little(root, tmp_path):
    """What is graded already needs the gradebook, and neither NumPy nor a sandbox."""
    make_course(tmp_path / "course")
    (tmp_path / "sub").mkdir()
    command = ("batch", "small", str(tmp_path / "sub"), "--gradebook", str(tmp_path / "g.db"))
    course = ("--course", str(tmp_path / "course"))
    _, names = loaded_by(*command, *course, root=root)
    assert "sqlalchemy" in names
    assert not names & ((HEAVY | {"numpy"}) - {"sqlalchemy", "alembic"})
