"""Hostile work on every page of ours, graded for real and opened in a browser.

Names of files, folders and people, keys, exceptions, classes, labels of pictures, answers, and
what a teacher types: nothing of it runs, asks another server, or leads anywhere.
"""

from __future__ import annotations

import contextlib
import csv
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.cli.serve import LOOPBACK, classroom_of
from autograder.course import course
from autograder.gradebook import Gradebook
from tests.payloads import EVIL, TEXTS
from tests.support import make_course

uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed")
served_pages = pytest.importorskip("autograder.batch.served", reason="no Starlette")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

SOLUTION = """
import numpy as np

def weights(x):
    return {"W1": np.ones((2, 3)), "W2": np.ones((3, 1)) * x}

def words(x):
    return ["a", "b"]

def stops(x):
    return 2 * x

class Thing:
    def __init__(self):
        self.value = 1.0

def thing():
    return Thing().value

def says():
    print("a word")

def classify(X):
    return (X[:, 0] > 0).astype(int)
"""
CHECKS = '''
import numpy as np
from autograder.authoring import accuracy, check, expect, printed, requirement, threshold

@check(points=10)
def weights(solution, given, rng):
    """Weights by their names"""
    return solution.weights(float(rng.normal()))

@check(points=10)
def words(solution, given, rng):
    """Words in a list"""
    return solution.words(1)

@check(points=10)
def stops(solution, given, rng):
    """Twice a number"""
    return solution.stops(float(rng.normal()))

@check(points=10)
def thing(solution, given, rng):
    """A thing"""
    return solution.thing()

@check(points=10)
def says(solution, given, rng):
    """A word is printed"""
    return printed(solution.says)

@requirement(points=10, of="thing")
def looks(solution, given, rng):
    """How a thing looks"""
    found = solution.thing()
    yield expect(found == 1.0, "it is one", repr(found))

@threshold(points=10, at_least=0.9)
def classify(solution, given, rng):
    """Points of a plane"""
    X = rng.normal(size=(60, 2))
    return accuracy(solution.classify(X), X[:, 0] > 0)
'''
PAYLOADS = list(TEXTS.values())[::3]
SLASH = "\u2215"  # no file's name has the other one
QUESTION = '\n[[questions]]\nid = "why"\npoints = 5\n'
HOSTILE = """
import numpy as np
# {comment}
P = {payload!r}

def weights(x):
    "{docstring}"
    return {{"W1": np.zeros((2, 3)), "W2": np.ones((3, 1)) * x, P: np.ones(3)}}

def words(x):
    return [P, P + "b"]

def stops(x):
    raise type(P[:60].replace("\\0", ""), (ValueError,), {{}})(P)

def thing():
    return type(P[:60].replace("\\0", ""), (), {{"__repr__": lambda self: P, P: 1}})()

def says():
    print(P)

def classify(X):
    return np.zeros(len(X)) + np.nan
"""
TEACHER = f'<img src=x onerror="window.ran=1"><script>window.ran=1</script>{EVIL}'
# What no element of a page of ours may have, and what it must not lead to.
ACTING = """() => [...document.querySelectorAll('*')].filter(one =>
  one.matches('iframe, object, embed, base, video, audio, foreignObject, math, image') ||
  one.matches('link, img:not([src^="data:image/png"])') ||
  [...one.attributes].some(({name, value}) => name.startsWith('on') ||
    (/^(href|src|xlink:href|action|formaction)$/.test(name) &&
     !/^(#check-\\d+|data:image\\/png;base64,[\\w+\\/=]*|student\\/[\\w.~%-]+|explain|score|\\.\\/)$/
       .test(value)))
).map(one => one.outerHTML.slice(0, 300))"""
ELSEWHERE = re.compile(r"https?://(?!127\.)")
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
FIRE = """() => { for (const one of document.querySelectorAll('*'))
  for (const name of ['mouseover', 'click', 'focus', 'error', 'load', 'toggle'])
    if (!one.closest('a, button, form'))
      one.dispatchEvent(new Event(name, {bubbles: name == 'mouseover', cancelable: true})) }"""


def run(*words: str) -> tuple[int, str]:
    """A command of `grade`."""
    done = CliRunner().invoke(app, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a class of one student for each payload, graded."""
    root = tmp_path_factory.mktemp("pages")
    made = make_course(root, solution=SOLUTION, misconceptions="", checks=CHECKS, points=70)
    settings = made.folder / "assignment.toml"
    settings.write_text(settings.read_text() + QUESTION)
    work, rows = root / "work", [["login", "name", "email"]]
    for number, payload in enumerate(PAYLOADS):
        one_line = payload.replace("\n", " ").replace("\0", "")
        file = one_line.replace("/", SLASH)[:80]
        folder = work / f"s{number:02} {file}"
        folder.mkdir(parents=True)
        text = HOSTILE.format(
            comment=one_line, payload=payload, docstring=one_line.replace('"', "'")
        )
        (folder / "small.py").write_text(text)
        rows.append([folder.name, one_line, f"s{number}@example.edu"])
    with (root / "roster.csv").open("w", newline="", encoding="utf-8") as roster:
        csv.writer(roster).writerows(rows)
    here = ("--course", str(root), "--jobs", "1", "--roster", str(root / "roster.csv"))
    code, said = run("batch", "small", str(work), *here)
    assert code == 0, said
    return root


def pages(root: Path, to: Path) -> list[Path]:
    """Every page that a command writes."""
    here = ("--course", str(root))
    hostile = sorted((root / "work").iterdir())
    first = hostile[0].name
    for words in (
        ("adjust", first, "small", "1.5", "--reason", TEACHER, *here),
        *(
            ("score", "small", each.name, "why", "2", "--comment", TEACHER, *here)
            for each in hostile
            if each.name.isprintable() and "  " not in each.name
        ),
        ("feedback", "small", *here, "--to", str(to / "drafts")),
        ("review", "small", *here, "--to", str(to / "review.html")),
        ("show", first, "small", *here, "--html", str(to / "show.html")),
    ):
        code, said = run(*words)
        assert code == 0, said
    for number, folder in enumerate(hostile[::5]):
        strange = folder.with_name(f"{folder.name}.py")
        shutil.copy(folder / "small.py", strange)
        words = (
            "check",
            "small",
            str(strange),
            *here,
            "--html",
            "--to",
            str(to / f"c{number}.html"),
        )
        code, said = run(*words)
        strange.unlink()
        assert code == 1, said
    return sorted(to.rglob("*.html"))


@contextlib.contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of `grade serve`, over the same class."""
    there = course.load(root)
    small = there.assignment("small")
    questions = {small.name: small.settings.questions}
    database = str(root / "gradebook.db")
    with Gradebook.open(database, questions=questions) as book, socket.socket() as listening:
        listening.bind((LOOPBACK, 0))
        listening.listen()
        address = served_pages.Address(f"{LOOPBACK}:{listening.getsockname()[1]}")
        made = served_pages.application(classroom_of(book, there, small, TEACHER), address)
        config = uvicorn.Config(made, log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        yield address.entrance
        server.should_exit = True
        running.join(30)


@pytest.mark.timeout(400)
def test_nothing_acts_on_any_page(graded: Path, tmp_path: Path) -> None:
    """No script, handler, request, dialog or word of a policy, on any of them."""
    written = pages(graded, tmp_path)
    assert len(written) > len(PAYLOADS)
    heard: list[str] = []
    with served(graded) as live, sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        host = live.partition("?")[0]
        for script in (True, False):
            view = browser.new_page(java_script_enabled=script)
            view.route(ELSEWHERE, lambda route: route.abort())
            view.on("console", lambda message: heard.append(message.text))
            view.on("request", lambda request: heard.append(request.url))
            view.on("dialog", lambda dialog: heard.append(dialog.message))
            view.on("popup", lambda popup: heard.append(popup.url))
            view.goto(live)
            linked = view.locator("a[href^='student/']")
            students = [f"{host}{linked.nth(n).get_attribute('href')}" for n in range(3)]
            for address in (live, *students, *(path.as_uri() for path in written)):
                view.goto(address)
                if script:
                    view.evaluate(OPEN)
                    assert view.evaluate(ACTING) == [], address
                    view.evaluate(FIRE)
                    assert view.evaluate("window.ran") is None, address
        browser.close()
    own = ("file://", "data:image/png", host)
    assert [one for one in heard if not one.startswith(own)] == []
