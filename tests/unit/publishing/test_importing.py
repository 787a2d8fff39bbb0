"""`grade import`: notebooks of other systems become drafts that build, and run nowhere."""

from __future__ import annotations

import ast
import json
import time
from pathlib import Path

import pytest

from autograder.course import course as courses
from autograder.errors import GradeError
from autograder.publishing import build
from autograder.publishing.importing import Draft, draft
from autograder.publishing.importing.otter_tests import from_doctest
from autograder.publishing.regions import BEGIN


def code(text: str, **nbgrader: object) -> dict[str, object]:
    metadata = {"nbgrader": nbgrader} if nbgrader else {}
    return {"cell_type": "code", "source": text, "metadata": metadata, "outputs": []}


def answer(text: str, grade_id: str = "answer") -> dict[str, object]:
    return code(text, grade=False, solution=True, grade_id=grade_id, schema_version=3)


def asserts(text: str, points: float = 2, grade_id: str = "test") -> dict[str, object]:
    return code(text, grade=True, solution=False, points=points, grade_id=grade_id)


def words(text: str, kind: str = "markdown", **nbgrader: object) -> dict[str, object]:
    metadata = {"nbgrader": nbgrader} if nbgrader else {}
    return {"cell_type": kind, "source": text, "metadata": metadata}


class Made:
    """A draft, with its files read and its forms built."""

    def __init__(self, folder: Path, made: Draft) -> None:
        self.draft = made
        assignment = courses.load(folder).assignment(made.name)
        assert assignment.reference is not None
        self.settings = assignment.settings
        self.checks = (assignment.folder / "checks.py").read_text("utf-8")
        self.source = (assignment.reference / "solution.py").read_text("utf-8")
        ast.parse(self.checks)
        self.forms = build(
            assignment.reference / "solution.py",
            name=made.name, title=assignment.title, module=assignment.module,
        )  # fmt: skip
        self.stub = self.forms[f"{assignment.module}.py"]
        self.left = "\n".join(map(str, made.todos))


@pytest.fixture
def imported(tmp_path):
    """Write cells as a notebook, and import it."""

    def run(*cells: dict[str, object], system: str = "nbgrader", **notebook: object) -> Made:
        path = tmp_path / "work.ipynb"
        path.write_text(json.dumps({"cells": cells, "nbformat": 4, "metadata": {}, **notebook}))
        return Made(tmp_path, draft(system, path, tmp_path, "week7"))

    return run


def test_an_assert_becomes_a_probe(imported):
    """What is compared comes back; the right value, the reference's, is left out."""
    made = imported(
        words("# Squares"),
        answer(
            "def square(x):\n    '''x * x.'''\n"
            "    ### BEGIN SOLUTION\n    return x**2\n    ### END SOLUTION"
        ),
        asserts(
            "from nose.tools import assert_equal\n"
            "assert_equal(square(3), 9)\nassert square(2) == 4"
        ),
    )
    assert made.draft.checks == 1
    assert not made.left
    assert made.settings.title == "Squares"
    assert made.settings.points == 2
    assert 'seen["square(3)"] = solution.square(3)' in made.checks
    assert "9" not in made.checks
    assert "return x**2" in made.source
    assert "x**2" not in made.stub
    assert 'raise NotImplementedError("Write square")' in made.stub


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    # how\n    return x + 41",
        "### BEGIN SOLUTION\ndef f(x):\n    # how\n    return x + 41\n### END SOLUTION",
        "def f(x): return x + 41",
        "class f:\n    def g(self):\n        return 41",
        "### BEGIN SOLUTION\nf = 41  # how\n### END SOLUTION",
        "f = 0\n### BEGIN SOLUTION\n# how\nf = 41\n### END SOLUTION",
        "for f in 'a':\n    ### BEGIN SOLUTION\n    print(41)  # how\n    ### END SOLUTION",
        "import os\nf = '''a\nb''' + '41'",
    ],
)
def test_a_solution_is_in_no_form_of_a_student(text, imported):
    """However an answer marks it: inside, around or not at all, in functions or not."""
    made = imported(answer(text), asserts("assert f"))
    assert "41" in made.source
    for form in made.forms.values():
        assert "41" not in form
        assert "how" not in form


def test_code_outside_of_functions_is_a_function(imported):
    """It returns what the tests ask for; a variable that it changes is given, and said."""
    made = imported(
        code("n = 1"),
        answer("a = 2\nb = a + 1\nn = n + b", "sums"),
        asserts("assert b == 3\nassert n == 4"),
    )
    assert "def sums(n):" in made.source
    assert "b, n = sums(n)" in made.source
    assert "b, n = solution.sums(given.n)" in made.checks
    assert "sums changes n" in made.left


def test_loops_exceptions_and_properties(imported):
    """A loop gives a list, an exception its look, and what has no one value a requirement."""
    made = imported(
        answer("def f(x):\n    return x"),
        asserts(
            "import numpy as np\nx = np.random.rand(3)\n"
            "for i in range(3):\n    assert f(i) == i\n"
            "try:\n    f(-1)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError\n"
            "assert f(2) > 1\nassert isinstance(f(x), np.ndarray)\n",
            points=4,
        ),
    )
    assert made.draft.checks == 2
    assert 'seen.setdefault("f(i)", []).append(solution.f(i))' in made.checks
    assert 'seen["what f(-1) raises"] = raises(ValueError, solution.f, -1)' in made.checks
    assert "x = rng.random(size=(3,))" in made.checks
    assert 'yield expect(bool(solution.f(2) > 1), "f(2) > 1")' in made.checks
    assert '"isinstance(f(x), np.ndarray)", form=True)' in made.checks
    assert made.settings.points == 4


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("assert f(open('x').read())", "no cell defines open"),
        ("assert f(__import__('os').system('true'))", "no cell defines __import__"),
        ("assert f((1).__class__)", "it asks for __class__"),
        ("import os\nassert f(os.system('true'))", "no cell defines os"),
        ("assert f(np.load('x'))", "checks do not use numpy.load"),
        ("assert f(np.lib)", "checks do not use numpy.lib"),
        ("assert f(np.ctypeslib.os)", "checks do not use numpy.ctypeslib"),
        ("assert f(helper(2))", "no cell defines helper"),
        ("assert f(pd.DataFrame())", "checks do not import pd"),
        ("assert 1 == 1", "it asks nothing of an answer"),
        ("del f\nassert f(1)", "it takes an answer away"),
        ("def t(): t()\nt()", "no check"),
        ("assert f((yield))", "Yield"),
        ("this is no Python", "no Python"),
    ],
)
def test_what_a_check_must_not_do_is_left_to_a_person(text, reason, imported):
    """Only known names reach checks.py as code; the rest is a comment, with the reason."""
    made = imported(
        code("import numpy as np\nimport pandas as pd"),
        answer("def f(x):\n    return x"),
        asserts(text),
    )
    assert made.draft.checks == 0
    assert made.draft.without == 1
    assert reason in made.left
    assert "# TODO: " in made.checks


def test_questions_have_points_and_model_answers(imported):
    """An answer that a person grades is asked by the text above it; a task asks itself."""
    made = imported(
        words("Why?\nSay it in a sentence."),
        words("Because.", grade=True, solution=True, points=3, grade_id="why"),
        words("Draw it.", grade=False, solution=False, task=True, points=2, grade_id="draw"),
        answer("def f(x):\n    return x"),
        asserts("assert f(1) == 1"),
    )
    assert [(one.id, one.points) for one in made.settings.questions] == [
        ("why", 3),
        ("draw", 2),
    ]
    assert '# %% [markdown] tags=["instructor"]\n# Because.' in made.source
    assert "Because" not in "".join(made.forms.values())
    assert made.settings.points == 2


HOSTILE = [
    words('"""\nimport os; os.abort()\n"""'),
    words("%% \nimport os\n<codecell>\nIn[3]:\nos.abort()"),
    words("a\u2028# %%\u2028import os\rimport os\x0cimport os\0\ud800"),
    words("# coding: utf-7\n+AGkAbQBwAG8AcgB0"),
    words("Q", grade=True, solution=True, points=1e308, grade_id='"]\npoints = 0\nx = ["'),
    words("Q", grade=True, solution=True, points="many", grade_id=["a"]),
    code("x = '''\n# %% [markdown]\n# %% tags=[1]\n'''\n# copy the array\n# %debug\n# cd home"),
    code("%%bash\nrm -rf /\n# %%\n"),
    code("%matplotlib inline\n!rm -rf /\nx = !ls\nhelp?\n"),
    code("# BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
    answer("def f(x):\n    ### BEGIN SOLUTION\n    return x\n", "\u202e'''\"\\\n"),
    answer("### END SOLUTION\n### BEGIN SOLUTION\ny = 1; z = 2"),
    answer("def g(x):\n    return " + "(" * 150 + "x" + ")" * 150),
    answer("def h(x):\n    return " + "-" * 3000 + "x"),
    answer("def i(x):\n    return x" + "+x" * 3000),
    answer("x = " + "1" * 60_000),
    answer("from os import *\nreturn 3\nyield 4"),
    answer("def raises(solution, seen=1):\n    return solution", "np"),
    asserts("assert f('\"\"\"') == '\\'\\'\\''", points=1e400, grade_id="x\nos.abort()"),
    asserts("seen = 1\nsolution = f(seen)\nrng = 2\nassert raises(seen, rng)", points=-1),
    asserts("assert f(**{'x': 1}) == 1, os.abort()\nassert f" + "(1)" * 5000),
    {"cell_type": "code", "source": 3, "metadata": "no"},
    {"cell_type": None, "source": ["a", 3], "metadata": {"nbgrader": [1]}},
]  # fmt: skip


@pytest.mark.parametrize("cell", HOSTILE, ids=range(len(HOSTILE)))
def test_no_cell_breaks_out(cell, imported):
    """A hostile cell beside a good one: the draft builds, and our statements stay ours."""
    made = imported(cell, answer("def good(x):\n    return x"), asserts("assert good(1) == 1"))
    assert "solution.good(1)" in made.checks
    tree = ast.parse(made.checks)
    kinds = {type(node).__name__ for node in tree.body}
    assert kinds <= {"Expr", "ImportFrom", "Import", "FunctionDef"}
    imports = {
        ast.unparse(node).split()[1] for node in tree.body if "Import" in type(node).__name__
    }
    assert imports <= {"__future__", "typing", "numpy", "math", "autograder.authoring"}
    assert "abort" not in ast.unparse(tree)
    assert BEGIN in made.source
    assert "good" in made.stub


MUCH = 100_000
MARKED = ("# BEGIN QUESTION", "# BEGIN SOLUTION", "# END SOLUTION", "# END QUESTION")
COSTLY = {
    "signs of a comment": ("nbgrader", [answer("#" * MUCH)]),
    "spaces before a sign": ("nbgrader", [answer("a" + " " * MUCH + "#" + " " * MUCH)]),
    "spaces that end in no mark": ("otter", [code("x" + " " * MUCH + "# SOLUTIO")]),
    "a setting without end": ("otter", [words(f"{MARKED[0]}\n{' ' * MUCH}x", "raw")]),
    "lines of settings": ("otter", [words(MARKED[0] + "\n" * MUCH + "x", "raw")]),
    "questions that never end": ("otter", [words("<!-- BEGIN QUESTION\n" * 20_000)]),
    "comments that never end": ("otter", [words("<!--" * MUCH)]),
    "empty lines": ("otter", [code("import" + "\n" * MUCH + "x")]),
    "prompts that never end": ("otter", [code('"""# BEGIN PROMPT' * 20_000)]),
}


@pytest.mark.parametrize("name", COSTLY)
def test_no_cell_costs_more_than_its_length(name, imported):
    """Of processor time: nothing is looked for again from each of its letters."""
    system, cells = COSTLY[name]
    first, second, *ends = (words(each, "raw") for each in MARKED)
    around = [first, second, *cells, *ends] if system == "otter" else cells
    before = time.process_time()
    imported(code("x = 1"), *around, system=system)
    assert time.process_time() - before < 8


def test_many_cases_of_a_test_are_counted_once(imported):
    """Those that students see, and those that they do not."""
    cases = [{"code": ">>> f(1)\n1", "hidden": number % 2 == 0} for number in range(20_000)]
    tests = {"q1": {"points": 4, "suites": [{"cases": cases}]}}
    before = time.process_time()
    made = imported(
        code("def f(x): return x"), code('grader.check("q1")'),
        system="otter", metadata={"otter": {"tests": tests}},
    )  # fmt: skip
    assert time.process_time() - before < 8
    assert "hidden from students" in made.left


def test_a_notebook_that_is_none_is_refused(tmp_path):
    """In words, before anything is written."""
    path = tmp_path / "work.ipynb"
    for text in ("", "[]", "{}", '{"cells": []}', "[" * 100_000, '{"cells": [3]}'):
        path.write_text(text)
        with pytest.raises(GradeError):
            draft("nbgrader", path, tmp_path, "a")
    with pytest.raises(GradeError, match="cannot be imported"):
        draft("okpy", path, tmp_path, "a")
    with pytest.raises(GradeError, match="it has none"):
        draft("otter", tmp_path / "none.ipynb", tmp_path, "a")
    assert not (tmp_path / "assignments").exists()


def test_an_otter_source(imported):
    """Raw cells: settings, prompts, lines marked as solutions, tests with their own points."""
    made = imported(
        words("# ASSIGNMENT CONFIG\nname: hw1", "raw"),
        words("# BEGIN QUESTION\nname: q1\npoints: 3", "raw"),
        words("Write f."),
        words("# BEGIN SOLUTION", "raw"),
        code(
            'def f(x):\n    """ # BEGIN PROMPT\n    ...\n    """; # END PROMPT\n'
            "    y = x + 41  # SOLUTION\n    return y"
        ),
        words("# END SOLUTION", "raw"),
        words("# BEGIN TESTS", "raw"),
        code('""" # BEGIN TEST CONFIG\nhidden: true\n""" # END TEST CONFIG\nf(1) == 42'),
        code("assert f(2) == 43"),
        words("# END TESTS", "raw"),
        words("# END QUESTION", "raw"),
        words("# BEGIN QUESTION\nname: q2\nmanual: true\npoints: 2", "raw"),
        words("Why?"),
        words("# BEGIN SOLUTION", "raw"),
        words("So."),
        words("# END SOLUTION", "raw"),
        words("# END QUESTION", "raw"),
        system="otter",
    )  # fmt: skip
    assert made.settings.points == 3
    assert [(one.id, one.points) for one in made.settings.questions] == [("q2", 2)]
    assert 'seen["f(1)"] = solution.f(1)' in made.checks
    assert 'seen["f(2)"] = solution.f(2)' in made.checks
    assert "41" not in made.stub
    assert "PROMPT" not in made.source
    assert "hidden from students" in made.left


def test_a_generated_otter_folder(tmp_path):
    """The tests beside the notebook are read as text, in both of Otter's formats."""
    (tmp_path / "hw" / "tests").mkdir(parents=True)
    cells = [
        code("import otter\ngrader = otter.Notebook()"),
        code("size = ..."), code('grader.check("q1")'),
        code("def f(x):\n    return x"), code('grader.check("q2")'),
        code("z = 1"), code('grader.check("../q3")'),
    ]  # fmt: skip
    (tmp_path / "hw" / "hw.ipynb").write_text(json.dumps({"cells": cells}))
    suites = [
        {"cases": [{"code": ">>> size == 3\nTrue"}, {"code": ">>> f(1)\n2", "hidden": True}]}
    ]
    case = {"name": "q1", "points": 4, "suites": suites}
    (tmp_path / "hw" / "tests" / "q1.py").write_text(f"test = {case!r}\nimport os; os.abort()")
    (tmp_path / "hw" / "tests" / "q2.py").write_text(
        "from otter.test_files import test_case\nOK_FORMAT = False\n"
        "@test_case(points=5)\ndef test_f(f):\n    assert f(7) == 7\n"
    )
    made = Made(tmp_path, draft("otter", tmp_path / "hw", tmp_path))
    assert made.draft.name == "hw"
    assert "size = solution.q1()" in made.checks
    assert 'seen["f(7)"] = solution.f(7)' in made.checks
    assert "no cell defines f" in made.left  # at q1, f is not there yet
    assert "neither in tests/ nor in the notebook" in made.left
    assert "has no solution" in made.left


def test_a_doctest_says_what_it_asks():
    """True and False are properties, a traceback an exception, and all else a value."""
    assert from_doctest(">>> f(1) > 2\nTrue") == "assert (f(1) > 2)"
    assert from_doctest(">>> x = 1\n>>> f(x)\n5") == "x = 1\nassert (f(x)) == None"
    raised = ">>> f(-1)\nTraceback (most recent call last):\n  ...\nValueError: no"
    assert from_doctest(raised) == "with raises(ValueError):\n    f(-1)"
