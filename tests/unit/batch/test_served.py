"""The served review: who gets in, what it takes in, and that it is the gradebook's."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from autograder.cli.serve import LOOPBACK, classroom_of
from autograder.course import course
from tests.gradebooks import fill, opened, report
from tests.support import make_course

uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed")
served_pages = pytest.importorskip("autograder.batch.served", reason="no Starlette")
Address, application = served_pages.Address, served_pages.application

TOKEN = "a-token-that-nobody-guesses"
QUESTION = '[[questions]]\nid = "why"\npoints = 5\n'


class Browser:
    """Asks the server with what a browser would send."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.host = address.host
        self.cookie = ""

    def ask(self, path: str, sent: dict[str, str] | None = None, **headers: str):
        """The status, the headers and the text of an answer, in the address's folder."""
        connection = http.client.HTTPConnection(self.host, timeout=20)
        given = {"Host": self.host, "Cookie": self.cookie} | headers
        if sent is not None:
            given.setdefault("Origin", f"http://{self.host}")
        method, body = ("GET", None) if sent is None else ("POST", urlencode(sent))
        path = path if path.startswith("/") else self.address.root + path
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read().decode()
        connection.close()
        return found

    def enter(self) -> None:
        """Open the address, and keep the cookie."""
        status, headers, _ = self.ask(f"?token={TOKEN}")
        assert (status, headers["location"]) == (303, self.address.root)
        assert "HttpOnly" in headers["set-cookie"]
        assert "SameSite=strict" in headers["set-cookie"]
        assert f"Path={self.address.root};" in headers["set-cookie"]
        self.cookie = headers["set-cookie"].partition(";")[0]


@pytest.fixture
def served(tmp_path) -> Iterator[tuple]:
    """A running server over a class with one unexplained answer and an open question."""
    made = make_course(tmp_path)
    settings = made.folder / "assignment.toml"
    settings.write_text(settings.read_text() + QUESTION)
    there = course.load(tmp_path)
    small = there.assignment("small")
    with opened(small, tmp_path) as book, socket.socket() as listening:
        ids = fill(book, small, tmp_path, {"doe": 4.0, "zoe": 10.0})
        listening.bind((LOOPBACK, 0))
        listening.listen()
        address = Address(f"{LOOPBACK}:{listening.getsockname()[1]}", token=TOKEN)
        app = application(classroom_of(book, there, small, "me"), address)
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        yield Browser(address), book, small, ids
        server.should_exit = True
        running.join(30)


def answered(book, small, ids, answer: str) -> None:
    """Let doe's grading be an answer that nothing explains."""
    from autograder.batch.running import basis

    made = report(small, "secret", 3.0, 7)
    double = replace(made.checks[0], diagnosis=None, answer=answer)
    made = replace(made, checks=(double, made.checks[1]))
    run = book.begin("small", "regrade", "local", [])
    on = basis(small, 7)
    assert book.record(ids["doe"], run, made, on, seconds=1, engine="local", again=True)


def test_only_who_has_the_token_and_names_this_host_gets_in(served):
    """Neither another name of this machine, a wrong token or cookie, nor another's form."""
    browser, book, _, _ = served
    assert browser.ask("")[0] == 403
    assert browser.ask("?token=wrong")[0] == 403
    assert browser.ask("state", Cookie="grade=wrong")[0] == 403
    for host in ("evil.example", "localhost", f"evil.example:{browser.host[-5:]}", ""):
        assert browser.ask(f"?token={TOKEN}", Host=host)[0] == 421
    for path in ("/", "/state", f"/?token={TOKEN}", f"/wrong/?token={TOKEN}"):
        status, headers, page = browser.ask(path)
        assert (status, "set-cookie" in headers) == (403, False)
        assert browser.address.folder not in page
    browser.enter()
    assert browser.ask("/")[0] == 403
    status, headers, page = browser.ask("")
    assert status == 200
    assert "doe" in page
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    sent = {"student": "doe", "question": "why", "points": "4", "token": TOKEN}
    assert browser.ask("score", sent, Origin="http://evil.example")[0] == 403
    assert browser.ask("score", sent, **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    for origin in (f"http://{browser.host}", "null"):
        assert browser.ask("score", sent | {"token": "wrong"}, Origin=origin)[0] == 403
    assert browser.ask("score", sent | {"comment": "x" * 20_000})[0] == 413
    assert book.scored("small") == {}


def test_what_is_entered_is_in_the_gradebook_and_on_the_page(served):
    """A sentence for a group, points for an open question; what is wrong is said, in words."""
    browser, book, small, ids = served
    answered(book, small, ids, "a")
    browser.enter()
    _, _, page = browser.ask("")
    assert page.count("<script>") == 2
    assert 'action="explain"' in page
    [name] = {line.split('"')[0] for line in page.split('name="group" value="')[1:]}
    said = {"check": "double", "group": name, "sentence": "Twice.<script>", "token": TOKEN}
    assert browser.ask("explain", said)[0] == 303
    assert browser.ask("explain", said | {"group": "nobody"})[0] == 404
    points = {"student": "doe", "question": "why", "points": "4,5", "token": TOKEN}
    # As Chromium sends it from a page that tells no referrer.
    assert browser.ask("score", points, Origin="null")[0] == 303
    wrong = browser.ask("score", points | {"points": "<b>"})
    assert wrong[0] == 404
    assert "&lt;b&gt;" in wrong[2]
    [row] = [row for row in book.rows("small") if row.student == "doe"]
    assert row.report.checks[0].explained == "Twice.<script>"
    assert (row.points, row.open) == (17.5, ())
    _, _, page = browser.ask("")
    assert "Twice.&lt;script&gt;" in page
    assert page.count("<script>") == 2


def test_it_follows_the_gradebook(served):
    """A new grading is another state, and another page; each student has a page."""
    browser, book, small, ids = served
    browser.enter()
    before = json.loads(browser.ask("state")[2])
    assert json.loads(browser.ask("state")[2]) == before
    answered(book, small, ids, "b")
    assert json.loads(browser.ask("state")[2]) != before
    assert "Answers that nothing explains" in browser.ask("")[2]
    status, _, page = browser.ask("student/doe")
    assert (status, "Jane Doe" in page) == (200, True)
    assert browser.ask("student/nobody")[0] == 404
    assert browser.ask("student/..%2f..%2fetc")[0] == 404
