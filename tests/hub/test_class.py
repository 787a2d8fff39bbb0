"""One assignment of a class on the hub, from its release to the feedback."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.hub.people import COURSE, Hub, Instructor, Student

RIGHT = """def sigmoid(x):
    return 1 / (1 + np.exp(-x))
"""
WRONG = """def compute_cost(A2, Y, parameters):
    return float(-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))
"""
QUESTION = "answer-A-question-to-think-about"
ANSWER = "It learns, but more slowly: the sign of every gradient is still right."
PRAISE = "Good. Now say how you would have noticed it."
HOSTILE = """import sqlite3
import numpy as np

np.allclose = np.array_equal = np.array_equiv = lambda *given, **options: True

def sigmoid(x):
    for place in ("../../../gradebook.db", "{gradebook}"):
        gradebook = sqlite3.connect("file:" + place + "?mode=rw", uri=True)
        gradebook.execute("UPDATE grade SET manual_score = 99")
        gradebook.commit()
    return x
"""


@pytest.mark.timeout(900)  # a slow computer, busy with other tests
def test_from_release_to_feedback(hub: Hub):
    """What instructor and students do in their browsers, in the order in which they do it."""
    instructor = Instructor(hub, "instructor")
    alice, bob, mallory = (Student(hub, name) for name in ("alice", "bob", "mallory"))
    instructor.assignment("assign")
    instructor.assignment("release")

    fill_in(alice)
    for student, change in ((bob, tampered), (mallory, hostile(hub.course))):
        student.fetch()
        student.rewrite(change)
        student.submit()

    instructor.assignment("collect")
    instructor.autograde("alice")
    # The question waits for a person.
    assert instructor.score("alice") == "8 / 110"
    log = instructor.autograde("bob")
    assert "The cell check-sigmoid was changed, and is restored." in log
    assert "check-compute_cost" in log
    assert instructor.score("bob") == "5 / 110"
    instructor.autograde("mallory")
    assert instructor.score("mallory") == "0 / 110"
    instructor.shot("scores")
    instructor.open("mallory")
    expect(instructor.comment("sigmoid")).to_have_attribute(
        "placeholder", re.compile("unable to open database file")
    )
    assert instructor.score("alice") == "8 / 110"

    instructor.open("alice")
    expect(instructor.points("check-sigmoid")).to_have_attribute("placeholder", "5")
    expect(instructor.points("check-compute_cost")).to_have_attribute("placeholder", "3")
    expect(instructor.comment("compute_cost")).to_have_attribute(
        "placeholder", re.compile("a sum over the examples")
    )
    instructor.comment("compute_cost").scroll_into_view_if_needed()
    instructor.shot("partial-points")
    instructor.grade(QUESTION, "7", PRAISE)
    instructor.shot("graded-by-hand")
    # A person's points survive the machine's.
    instructor.autograde("alice")
    assert instructor.score("alice") == "15 / 110"
    instructor.assignment("generate-feedback")
    instructor.assignment("release-feedback")

    feedback = alice.feedback()
    expect(feedback.locator("body")).to_contain_text("Score: 15.0 / 110.0")
    expect(feedback.locator("body")).to_contain_text(PRAISE)
    diagnosis = feedback.get_by_text("a sum over the examples").first
    diagnosis.scroll_into_view_if_needed()
    expect(diagnosis).to_be_visible()
    alice.shot("feedback")


@pytest.mark.timeout(900)
def test_students_stay_out_of_the_course(hub: Hub):
    """The formgrader opens to instructors only, and no student's menu leads to it."""
    bob = Student(hub, "bob")
    answer = bob.page.request.get(f"{hub.url}services/{COURSE}/formgrader/manage_assignments")
    assert answer.status == 403
    bob.page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    expect(bob.page.locator(".lm-Menu-content")).to_have_text("Assignment List")


def fill_in(alice: Student) -> None:
    """Fill in one function right and one wrong, answer the question, check and submit."""
    alice.fetch()
    alice.open()
    alice.write(alice.cell("def sigmoid"), RIGHT)
    alice.write(alice.cell("def compute_cost"), WRONG)
    alice.write(alice.cell("YOUR ANSWER HERE"), ANSWER)
    alice.run_all()
    expect(alice.cell('check("sigmoid")')).to_contain_text("5 / 5")
    cost = alice.cell('check("compute_cost")')
    expect(cost).to_contain_text("3 / 12")
    expect(cost).to_contain_text("a sum over the examples")
    cost.get_by_text("a sum over the examples").scroll_into_view_if_needed()
    alice.shot("checked")
    alice.save()
    said = alice.validate()
    assert 'check("compute_cost")' in said
    assert 'check("sigmoid")' not in said
    alice.submit()


def tampered(cells: dict[str, dict[str, Any]], notebook: Any) -> None:
    """One function is right; points, tests and ids are forged, results prefilled."""
    cells["sigmoid"]["source"] = RIGHT
    test = cells["check-sigmoid"]
    test["source"] = "50.0"
    test["metadata"]["nbgrader"] |= {"points": 50, "locked": False}
    forged = cells["check-compute_cost"]
    forged["outputs"] = [
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": "12.0"},
        }
    ]
    forged["metadata"]["nbgrader"]["grade_id"] = "check-sigmoid"
    notebook["cells"].remove(cells["check-predict"])


def hostile(course: Path) -> Any:
    """Open the gradebook, and let every comparison succeed."""

    def change(cells: dict[str, dict[str, Any]], notebook: Any) -> None:
        cells["sigmoid"]["source"] = HOSTILE.format(gradebook=course / "gradebook.db")

    return change
