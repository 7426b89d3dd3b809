"""
What stands before every answer: headers that forbid what the pages do not need, bounds on what is sent, and timing.
"""

import time
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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

Answer = Callable[[Request], Awaitable[Response]]


class Guarded:
    """
    An application behind bounds: no longer addresses, no larger bodies, and headers on all that it answers.

    `stop` ends what is at work; to be called before a server waits for those who listen.
    """

    def __init__(self, app: ASGIApp, stop: Callable[[], None]) -> None:
        self._app, self.stop = app, stop

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

        if refusal := _refusal(scope):
            await refusal(scope, receive, answer)
            return
        try:
            await self._app(scope, sent.receive, answer)
        except TooLarge:
            await _too_large(scope)(scope, receive, answer)


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


def _refusal(scope: Scope) -> Response | None:
    """The answer to a request whose size alone says that it is not for us."""
    if len(scope["path"]) + len(scope["query_string"]) > LONGEST:
        return _refused(scope, f"The address is longer than {LONGEST} signs. Make it shorter.", 414, LONGEST)
    size = dict(scope["headers"]).get(b"content-length", b"0")
    return _too_large(scope) if not size.isdigit() or int(size) > MOST_BYTES else None


def _too_large(scope: Scope) -> Response:
    text = f"What was sent is larger than {MOST_BYTES // 2**20} MB. Send a smaller document."
    return _refused(scope, text, 413, MOST_BYTES)


def _refused(scope: Scope, why: str, status: int, limit: int) -> Response:
    """One sentence: for programs as the API refuses, for readers as text."""
    if scope["path"].startswith("/api/"):
        return refusal(why, "too-large", status, "body" if status == 413 else "address", limit)
    return Response(why, status, media_type="text/plain")
