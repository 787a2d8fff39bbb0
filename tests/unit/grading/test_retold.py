"""Parts that take or give objects: who got a part wrong can still earn what calls it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.grader import Grader
from autograder.grading.report import grade
from autograder.judging.records import Record
from autograder.model import Limits
from autograder.publishing.release import release
from autograder.sandbox.host.sandbox import Sandbox
from autograder.solution.retold import made_again, told
from tests.support import make_course, submission

TENSORS = """
import torch


def softmax(z):
    powers = torch.exp(z - z.max(dim=1, keepdim=True).values)
    return powers / powers.sum(dim=1, keepdim=True)


def attention(Q, K, V):
    return softmax(Q @ K.T / Q.shape[1] ** 0.5) @ V


def slope(z):
    z = z.clone().requires_grad_()
    softmax(z)[:, 0].sum().backward()
    return z.grad


def reach(z):
    return float(softmax(z)[:, 0].sum())
"""
OF_TENSORS = '''
from autograder.authoring import check, library, threshold

def drawn(solution, rng, shape):
    return library(solution, "torch").from_numpy(rng.normal(size=shape).astype("float32"))

@check(points=10)
def softmax(solution, given, rng):
    """Rows add up to 1"""
    return solution.softmax(drawn(solution, rng, (4, 3)))

@check(points=10)
def attention(solution, given, rng):
    """Each word gets the mean of the values"""
    return solution.attention(*(drawn(solution, rng, (5, 3)) for _ in range(3)))

@check(points=10)
def slope(solution, given, rng):
    """The slope of the first share"""
    return solution.slope(drawn(solution, rng, (4, 3)))

@threshold(points=10, at_least=1)
def reach(solution, given, rng):
    """The first shares add up to something"""
    return solution.reach(abs(drawn(solution, rng, (9, 3))))
'''
MODELS = """
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


def build():
    return make_pipeline(SimpleImputer(strategy="median"), LogisticRegression(C=0.5))


def learn(X, y):
    return build().fit(X, y)
"""
OF_MODELS = '''
from autograder.authoring import check, estimator, fitted

@check(points=20, cases=1)
def build(solution, given, rng):
    """The steps"""
    return estimator(solution.build())

@check(points=20)
def learn(solution, given, rng):
    """What is learned"""
    X = rng.normal(size=(30, 3))
    return fitted(solution.learn(X, (X[:, 0] > 0).astype(int)), "coef_", "statistics_")
'''
TABLES = """
def clean(table):
    return table[table["area"] > 0].assign(district=table["district"].str.strip())


def prices(table):
    return table["price"] / table["area"]


def dearest(table):
    table = clean(table)
    return table.assign(each=prices(table)).groupby("district")["each"].mean().idxmax()


def means(table):
    table = clean(table)
    return prices(table).groupby(table["district"]).mean()
"""
OF_TABLES = '''
from autograder.authoring import check, library

def a_table(solution, rng):
    return library(solution, "pandas").DataFrame({
        "district": [" North", "South ", "East", "North", "East", "South"],
        "area": rng.permutation([0.0, 30.0, 50.0, 20.0, 90.0, 60.0]).tolist(),
        "price": rng.uniform(1, 9, 6).tolist(),
    })

@check(points=10)
def clean(solution, given, rng):
    """Names are stripped"""
    return solution.clean(a_table(solution, rng))

@check(points=10)
def prices(solution, given, rng):
    """The price of a metre"""
    return solution.prices(a_table(solution, rng).query("area > 0"))

@check(points=10)
def dearest(solution, given, rng):
    """The dearest district"""
    return solution.dearest(a_table(solution, rng))

@check(points=10)
def means(solution, given, rng):
    """The mean of each district"""
    return solution.means(a_table(solution, rng))
'''


@contextmanager
def a_course(root: Path, solution: str, checks: str, preload: str) -> Iterator[Assignment]:
    """A course with a library."""
    made = make_course(root, solution=solution, checks=checks, misconceptions="", points=40)
    limits = Limits(seconds=20, load_seconds=60, megabytes=1536)
    settings = msgspec.structs.replace(made.settings, limits=limits, preload=("numpy", preload))
    yield replace(made, settings=settings)


def points(grader: Grader, text: str) -> dict[str, float]:
    """The points of each check."""
    report = grader.grade(submission(text))
    assert not report.ungraded, report
    return {verdict.id: verdict.points for verdict in report.checks}


def test_a_wrong_part_of_tensors_costs_its_own_points(tmp_path: Path) -> None:
    """Also where its caller adds up in another order; a wrong caller earns nothing by it.

    A tensor of a gradient cannot be another's, so what needs one is judged as it is.
    """
    pytest.importorskip("torch", reason="PyTorch is not installed (pip install '.[pytorch]')")
    with a_course(tmp_path, TENSORS, OF_TENSORS, "torch") as small, Grader(small) as grader:
        whole = dict.fromkeys(("softmax", "attention", "slope", "reach"), 10.0)
        assert points(grader, TENSORS) == whole
        wrong = TENSORS.replace(".sum(dim=1", ".sum(dim=0")
        assert points(grader, wrong) == {**whole, "softmax": 0, "slope": 0}
        turned = wrong.replace("Q @ K.T / Q", "torch.einsum('ik,jk->ij', Q, K) / Q")
        assert points(grader, turned) == {**whole, "softmax": 0, "slope": 0}
        both = wrong.replace("Q.shape[1]", "Q.shape[0]")
        assert points(grader, both) == {**whole, "softmax": 0, "slope": 0, "attention": 0}
        small_share = TENSORS.replace("powers / powers.sum(dim=1, keepdim=True)", "powers * 0")
        assert points(grader, small_share) == {
            "softmax": 0, "attention": 10, "slope": 0, "reach": 10,
        }  # fmt: skip


def test_what_is_told_and_what_stays(tmp_path: Path) -> None:
    """A tensor as its numbers, unless it belongs to a gradient; it is made again as it was."""
    pytest.importorskip("torch", reason="PyTorch is not installed (pip install '.[pytorch]')")
    text = (
        "import torch\na = torch.arange(3, dtype=torch.float32)\n"
        "b = torch.ones(2, requires_grad=True)\nc = torch.nn.Linear(2, 1)\n"
    )
    limits = Limits(seconds=20, load_seconds=60, megabytes=1536)
    with Sandbox(limits=limits, preload=("numpy", "torch")) as box:
        guest = box.open(submission(text))
        found = told(guest, {"a": [guest.get("a", "")], "n": 1}, whole=True)
        assert found["n"] == 1
        (record,) = found["a"]
        assert record.fields["values"].tolist() == [0, 1, 2]
        (again,) = made_again(guest, found)["a"]
        assert guest.get(again, "is_leaf") is True
        assert guest.apart(again)[2]["values"].dtype == np.float32
        for name in ("b", "c"):
            handle = guest.get(name, "")
            assert told(guest, handle, whole=True) is handle
        guest.close()


def test_a_wrong_table_costs_its_own_points(tmp_path: Path) -> None:
    """DataFrames and Series with texts, and rows that are left out."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    with a_course(tmp_path, TABLES, OF_TABLES, "pandas") as small, Grader(small) as grader:
        whole = dict.fromkeys(("clean", "prices", "dearest", "means"), 10.0)
        assert points(grader, TABLES) == whole
        for part, old, new in (
            ("clean", ".str.strip()", ".str.lstrip()"),
            ("prices", '["price"] / table["area"]', '["area"] / table["price"]'),
        ):
            found = points(grader, TABLES.replace(old, new))
            assert found[part] < 10
            assert {**found, part: 10} == whole
        both = TABLES.replace(".str.strip()", ".str.lstrip()").replace(
            ".mean().idx", ".min().idx"
        )
        assert points(grader, both)["dearest"] == 0


def test_a_wrong_model_costs_its_own_points(tmp_path: Path) -> None:
    """An estimator that has learned nothing is made again; a bundle gives the same verdict."""
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    with a_course(tmp_path, MODELS, OF_MODELS, "sklearn") as small:
        wrong = MODELS.replace("median", "mean").replace("C=0.5", "C=2")
        with Grader(small) as grader:
            assert points(grader, wrong)["learn"] == 20
            assert points(grader, wrong)["build"] < 20
            both = wrong.replace(".fit(X, y)", ".fit(X, 1 - y)")
            assert points(grader, both)["learn"] < 20
        release(small, tmp_path / "bundle")
        bundle = course.load(tmp_path / "bundle").assignment("small")
        bundle = replace(bundle, settings=small.settings)
        with Sandbox(limits=small.limits, preload=small.settings.preload) as box:
            report = grade(submission(wrong), bundle, sandbox=box)
        assert {v.id: v.points for v in report.checks}["learn"] == 20


def test_nobody_else_names_what_is_made(tmp_path: Path) -> None:
    """The reference's guest makes no class that a record names; a submission's own does."""
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    limits = Limits(seconds=20, load_seconds=60, megabytes=1536)
    record = Record("sklearn.linear_model.Ridge", {"alpha": 2.0})
    with Sandbox(limits=limits, preload=("numpy", "sklearn")) as box:
        guest = box.open(submission(""))
        assert made_again(guest, [record]) == [record]
        (made,) = made_again(guest, [record], whole=True)
        assert (made.type_name, guest.get(made, "alpha")) == ("Ridge", 2.0)
        guest.close()


OF_NUMBERS = '''
from autograder.authoring import check, threshold

@check(points=20)
def scaled(solution, given, rng):
    """Each is doubled"""
    return solution.scaled(rng.normal(size=3).tolist())

@check(points=20)
def total(solution, given, rng):
    """Their sum"""
    return solution.total(rng.normal(size=3).tolist())

@check(points=20)
def stepped(solution, given, rng):
    """One step"""
    return solution.stepped(rng.normal(size=3))

@threshold(points=20, at_least=1)
def far(solution, given, rng):
    """How far many steps lead"""
    return solution.far(rng.uniform(1, 2, size=100_000), 50)
'''
NUMBERS = """
def scaled(values):
    return [2 * value for value in values]


def total(values):
    return sum(scaled(values))


def stepped(x):
    return x * 1.1


def far(x, steps):
    for _ in range(steps):
        x = stepped(x)
    return float(x.mean())
"""
OWN = """
class Tensor:
    def __init__(self, data):
        self.data = data

    def __rmul__(self, factor):
        return Tensor(factor * self.data)


def scaled(values):
    return [3 * value for value in values]


def total(values):
    scaled([Tensor(value) for value in values])
    return sum(scaled(values))
"""
EARNED = {"scaled": 0, "total": 20, "stepped": 0, "far": 0}
CALLS = """
    @property
    def requires_grad(self):
        scaled([self])
        return False
"""


@pytest.mark.parametrize("name", ["Tensor", "DataFrame", "Value"])
def test_a_class_of_their_own_may_have_any_name(tmp_path: Path, name: str) -> None:
    """It has none of what a library's object of that name has, and stays where it is."""
    with Grader(of_numbers(tmp_path)) as grader:
        assert points(grader, OWN.replace("Tensor", name)) == EARNED


def test_an_object_that_calls_a_part_while_it_is_looked_at(tmp_path: Path) -> None:
    """The part is the student's own then: answers to answers would go on without end."""
    with Grader(of_numbers(tmp_path)) as grader:
        text = OWN.replace("\n    def __rmul__", f"{CALLS}\n    def __rmul__")
        assert points(grader, text) == EARNED


def test_what_parts_give_back_in_a_long_training_may_be_much(tmp_path: Path) -> None:
    """It is passed on, and nobody keeps it: 50 arrays of a megabyte are no fault of theirs."""
    with Grader(of_numbers(tmp_path)) as grader:
        assert points(grader, NUMBERS.replace("1.1", "0.1"))["far"] == 20


def of_numbers(root: Path) -> Assignment:
    """A course without a library."""
    return make_course(root, solution=NUMBERS, checks=OF_NUMBERS, misconceptions="", points=80)
