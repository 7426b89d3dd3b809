"""
What stands before every answer: headers that forbid what the pages do not need, bounds on what is sent, and timing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ketenraming.base.wording import Wording
from ketenraming.web.api.errors import refusal

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
MOST_BYTES = 10 * 2**20  # of a body: the largest budget document in hand is a tenth of it
LONGEST = 4096  # of an address

Tell = Callable[[Request, int, Wording], Response]


class Guarded:
    """
    An application behind bounds: no longer addresses, no larger bodies, and headers on all that it answers.

    `stop` ends what is at work; to be called before a server waits for those who listen. `tell` makes the page of a
    refusal.
    """

    def __init__(self, app: ASGIApp, stop: Callable[[], None], tell: Tell) -> None:
        self._app, self.stop, self._tell = app, stop, tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request within bounds."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, sent = time.perf_counter(), _Sent(receive)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = 1000 * (time.perf_counter() - start)
                headers = {**HEADERS, "server-timing": f"app;dur={took:.1f}"}
                known = {name for name, _ in message["headers"]}
                message["headers"] += [(n.encode(), v.encode()) for n, v in headers.items() if n.encode() not in known]
            await send(message)

        if refused := _refused(scope):
            await self._said(scope, refused)(scope, receive, answer)
            return
        try:
            await self._app(scope, sent.receive, answer)
        except TooLarge:
            await self._said(scope, TOO_LARGE)(scope, receive, answer)

    def _said(self, scope: Scope, refused: "_Refused") -> Response:
        """One sentence: for programs as the API refuses, for readers on a page."""
        if scope["path"].startswith("/api/"):
            return refusal(str(refused.why), "too-large", refused.status, refused.where, refused.limit)
        return self._tell(Request({**scope, "query_string": b""}), refused.status, refused.why)


class TooLarge(Exception):
    """A body that says too little of its size, and goes on."""


class _Sent:
    """Counts the bytes of a body as they come in."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._bytes = receive, 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > MOST_BYTES:
            raise TooLarge
        return message


@dataclass(frozen=True, slots=True)
class _Refused:
    """What is larger than it may be."""

    why: Wording
    status: int
    where: str
    limit: int


TOO_LONG = _Refused(
    Wording("The address is longer than {most} signs. Make it shorter.", {"most": LONGEST}), 414, "address", LONGEST
)
TOO_LARGE = _Refused(
    Wording("What was sent is larger than {most} MB. Send a smaller document.", {"most": MOST_BYTES // 2**20}),
    413,
    "body",
    MOST_BYTES,
)


def _refused(scope: Scope) -> _Refused | None:
    """Why a request is not for us, where its size alone says so."""
    if len(scope["path"]) + len(scope["query_string"]) > LONGEST:
        return TOO_LONG
    size = dict(scope["headers"]).get(b"content-length", b"0")
    return TOO_LARGE if not size.isdigit() or int(size) > MOST_BYTES else None
