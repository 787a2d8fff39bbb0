"""`make bench-mnist`: the notes' trainings at their full size, through the grader.

The references of assignments 5 and 6 are graded by three thresholds of their own: dense on
MNIST, five epochs in batches of 64; the convolutional network, two epochs in batches of 32;
and the diabetes model, 150 epochs in batches of 10 on all 768 rows. It takes half an hour on
two slow processors. The data sets are found as data/README.md says.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from autograder import submissions
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade

ROOT = Path(__file__).resolve().parents[1]

# What the notes do with the functions; it runs beside them, since 60,000 images as numbers
# between 0 and 1 are more than one message may hold.
DENSE = """
def taught(images, labels, epochs, batch_size):
    model = compile_model(build_mlp())
    train(model, prepare_images(images), prepare_labels(labels), epochs, batch_size)
    return model

def classes(model, images):
    return np.argmax(model.predict(prepare_images(images), verbose=0), axis=1)

def diabetes(X, T, epochs, batch_size):
    model = build_diabetes_model()
    model.fit(X, T, epochs=epochs, batch_size=batch_size, verbose=0)
    return model

def answers(model, X):
    return model.predict(X, verbose=0)[:, 0] > 0.5
"""
CONVOLUTIONAL = """
def taught(images, labels, epochs, batch_size):
    model = build_cnn()
    scaled = add_channel_axis(images / np.float32(255))
    train(model, scaled, np.eye(10)[labels], epochs, batch_size)
    return model

def classes(model, images):
    scaled = add_channel_axis(images / np.float32(255))
    return np.argmax(model.predict(scaled, verbose=0), axis=1)
"""
IMAGES = '''
@threshold(points=1, at_least={bar}, of="taught")
def images(solution, given, rng):
    """Handwritten digits, as many as there are"""
    data = load("mnist")
    model = solution.taught(data["x_train"], data["y_train"].astype(int), {epochs}, {batch})
    return noted(accuracy(solution.classes(model, data["x_test"]), data["y_test"]))
'''
DIABETES = '''
@threshold(points=1, at_least=0.72, of="diabetes")
def diabetes(solution, given, rng):
    """Diabetes or not, on the rows of the training"""
    data = load("pima")
    model = solution.diabetes(data["X"], data["T"], 150, 10)
    return noted(accuracy(solution.answers(model, data["X"]), data["T"]))
'''
CHECKS = f"""
import sys
from autograder.authoring import accuracy, threshold
sys.path.insert(0, {str(ROOT)!r})
from data.loaders import load

reached = []

def noted(value):
    reached.append(value)
    return value
"""
SETTINGS = """
title = "The notes' trainings"
module = "whole"
points = {points}
preload = ["numpy", "tensorflow", "keras"]
[limits]
seconds = 7200
total_seconds = 72000
load_seconds = 120
megabytes = 12000
"""


def main() -> None:
    """Measure, and print what each check reached."""
    with tempfile.TemporaryDirectory(prefix="whole-") as folder:
        dense = IMAGES.format(bar=0.93, epochs=5, batch=64)
        convolutional = IMAGES.format(bar=0.97, epochs=2, batch=32)
        measure(whole(Path(folder), "assignment5", DENSE, DIABETES, dense))
        measure(whole(Path(folder), "assignment6", CONVOLUTIONAL, convolutional))


def whole(root: Path, name: str, functions: str, *checks: str) -> Assignment:
    """An assignment whose reference is that of `name`, with `functions` after it."""
    folder, reference = root / "assignments" / name, root / "reference" / name
    folder.mkdir(parents=True)
    reference.mkdir(parents=True)
    (root / "course.toml").write_text('name = "Trainings of full size"\n')
    (folder / "assignment.toml").write_text(SETTINGS.format(points=len(checks)))
    (folder / "checks.py").write_text(CHECKS + "".join(checks))
    source = (ROOT / "reference" / name / "solution.py").read_text("utf-8")
    (reference / "solution.py").write_text(source + functions)
    return course.load(root).assignment(name)


def measure(assignment: Assignment) -> None:
    """Grade the reference, check by check, and print what it reached in which time."""
    assert assignment.reference is not None
    submission = submissions.read(assignment.reference / "solution.py")
    for check in assignment.checks:
        started = time.perf_counter()
        (verdict,) = grade(submission, assignment, only=[check.id]).checks
        seconds = time.perf_counter() - started
        reached = check.probe.__globals__["reached"]  # type: ignore[attr-defined]
        values = ", ".join(f"{value:.4f}" for value in reached) or verdict.message
        print(f"{assignment.name} {check.id:9} {values}  ({seconds:.0f} s, {verdict.status})")
        sys.stdout.flush()
        reached.clear()


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
