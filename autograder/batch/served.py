"""The review page while a class submits: on this machine alone, for who has the address.

Three things keep others out. The socket listens on loopback only. The address holds a token,
which is exchanged for a cookie at once, so that no history and no page that is left for another
has it. And a request must name this host itself: a page of another site, whose name an attacker
has pointed at this machine, names its own.

A browser sends a cookie to every port of a host, so also to a server that another user of this
machine has. That is why the cookie is for one folder, whose name nobody guesses.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from autograder.batch.review_scripts import LIVE_POLICY
from autograder.errors import GradeError, UsageError
from autograder.feedback.page import document, text

COOKIE = "grade"
WHOLE = "Open the whole address that `grade serve` has printed."
MOST_BYTES = 16_384  # of what a form sends
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{LIVE_POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FOUND, FORBIDDEN, MISSING, TOO_LARGE, MISDIRECTED = 303, 403, 404, 413, 421


@dataclass(frozen=True)
class LiveClass:
    """The pages shown and the points taken in; each call looks into the gradebook again.

    page      the review, with forms that send this token back.
    student   one student's page; UsageError for nobody.
    state     a text that is another one as soon as something has changed.
    explain   takes check, group and sentence.
    score     takes student, question, points and comment.
    """

    page: Callable[[str], str]
    student: Callable[[str], str]
    state: Callable[[], str]
    explain: Callable[[Mapping[str, str]], None]
    score: Callable[[Mapping[str, str]], None]


@dataclass(frozen=True)
class Address:
    """The place of the pages.

    host     the one Host that a request may name, such as "127.0.0.1:8765".
    folder   of all pages; unguessable, though it stands in the browser's history.
    token    unguessable, and in no history.
    """

    host: str
    folder: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def root(self) -> str:
        """The folder as a path of URLs."""
        return f"/{self.folder}/"

    @property
    def entrance(self) -> str:
        """The address that lets a browser in."""
        return f"http://{self.host}{self.root}?token={self.token}"


def application(classroom: LiveClass, address: Address) -> Starlette:
    """The application; all its pages are in the address's folder."""
    root = address.root

    def review(request: Request) -> Response:
        return _told(lambda: _html(classroom.page(address.token)), root)

    def student(request: Request) -> Response:
        return _told(lambda: _html(classroom.student(request.path_params["name"])), root)

    def state(request: Request) -> Response:
        return _told(lambda: _json({"state": classroom.state()}), root)

    async def explain(request: Request) -> Response:
        return await _taken(request, address, classroom.explain)

    async def score(request: Request) -> Response:
        return await _taken(request, address, classroom.score)

    return Starlette(
        routes=[
            Route(root, review),
            Route(f"{root}state", state),
            Route(f"{root}student/{{name}}", student),
            Route(f"{root}explain", explain, methods=["POST"]),
            Route(f"{root}score", score, methods=["POST"]),
        ],
        middleware=[Middleware(_guarded, address=address)],
    )


def _guarded(app: ASGIApp, address: Address) -> ASGIApp:
    """Lets through who names this host and has the cookie, or brings the token."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope)
        answer: Response | None = None
        if request.headers.get("host") != address.host:
            answer = _said("This page is not here.", MISDIRECTED)
        elif not _equal(request.url.path.split("/")[1], address.folder):
            answer = _said(WHOLE, FORBIDDEN)
        elif _equal(request.query_params.get("token", ""), address.token):
            answer = Response(status_code=FOUND, headers={**HEADERS, "Location": address.root})
            answer.set_cookie(
                COOKIE, address.token, path=address.root, httponly=True, samesite="strict"
            )
        elif not _equal(request.cookies.get(COOKIE, ""), address.token):
            answer = _said(WHOLE, FORBIDDEN)
        await (app if answer is None else answer)(scope, receive, send)

    return guard


async def _taken(
    request: Request, address: Address, take: Callable[[Mapping[str, str]], None]
) -> Response:
    """Take in a form of our own page, and show the page again."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return _said("That is too long.", TOO_LARGE)
    sent = {
        name: values[-1]
        for name, values in parse_qs(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20
        ).items()
    }
    # A page that tells no referrer sends "null" for its origin; then the token alone speaks.
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    own = origin in (f"http://{address.host}", "null") and site == "same-origin"
    if not own or not _equal(sent.pop("token", ""), address.token):
        return _said("This form is not from the page that is served here.", FORBIDDEN)

    def answer() -> Response:
        take(sent)
        return Response(status_code=FOUND, headers={**HEADERS, "Location": address.root})

    return _told(answer, address.root)


def _told(answer: Callable[[], Response], root: str) -> Response:
    """The answer, or in words why there is none."""
    try:
        return answer()
    except GradeError as error:
        status = MISSING if isinstance(error, UsageError) else 500
        return _said(f"{error.message} {error.hint}".strip(), status, root)


def _html(page: str) -> Response:
    return Response(page, headers=HEADERS, media_type="text/html")


def _json(said: Mapping[str, str]) -> Response:
    return Response(json.dumps(said), headers=HEADERS, media_type="application/json")


def _said(sentence: str, status: int, root: str = "") -> Response:
    """A sentence; with a link back for whoever may see the pages."""
    back = f'<p><a href="{root}">To the review</a></p>' if root else ""
    main = f"<h1>Not shown</h1><p>{text(sentence)}</p>{back}"
    page = document("Not shown", main, policy=LIVE_POLICY)
    return Response(page, status_code=status, headers=HEADERS, media_type="text/html")


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
