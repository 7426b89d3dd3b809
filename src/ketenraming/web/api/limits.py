"""
How much one may ask: a bucket of tokens by client, which fills slowly, and a bound on every body.

Both come before anything that is sent is read. A bucket is kept in memory under the address it is for, and no longer
than others push it out.
"""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ketenraming.web.api.errors import TooLarge, refusal, too_large
from ketenraming.web.guard import MOST_BYTES

MOST_JSON = 65_536  # bytes: as much as a file of a scenario
MOST_CLIENTS = 10_000
NETWORK = 64  # bits of an IPv6 address that one client has to itself
COSTS: Mapping[tuple[str, str], int] = {
    ("POST", "/check"): 10,
    ("POST", "/jobs"): 10,
    ("GET", "/backtest"): 5,
    ("GET", "/compare"): 3,
    ("POST", "/compare"): 3,
    ("GET", "/run"): 2,
    ("POST", "/run"): 2,
}
BODIES: Mapping[str, int] = {"/check": MOST_BYTES}


@dataclass(frozen=True, slots=True)
class Rate:
    """How many tokens a bucket holds, and how many come back each second."""

    burst: float = 60
    per_second: float = 5


USUAL = Rate()


@dataclass
class Buckets:
    """A bucket for each client; those that were left alone longest are forgotten, which fills them."""

    rate: Rate = USUAL
    most: int = MOST_CLIENTS
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, who: str, cost: float, now: float) -> float:
        """Take tokens out of a bucket; where it holds too few, take none and say after how many seconds it does."""
        with self._lock:
            left, since = self._left.pop(who, (self.rate.burst, now))
            left = min(self.rate.burst, left + (now - since) * self.rate.per_second)
            enough = left >= cost
            self._left[who] = (left - cost if enough else left, now)
            while len(self._left) > self.most:
                self._left.popitem(last=False)
        return 0.0 if enough else (cost - left) / self.rate.per_second


def client_of(scope: Scope) -> str:
    """Whose bucket it is: an address, of IPv6 its network."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    return str(IPv6Network((address, NETWORK), strict=False)) if isinstance(address, IPv6Address) else host


class Limited:
    """The API behind its limits."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self._app, self._buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say how long to wait, or that it is too much."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        wait = self._buckets.take(client_of(scope), COSTS.get((scope["method"], path), 1), time.monotonic())
        if wait:
            await self._too_many(ceil(wait))(scope, receive, send)
            return
        most = BODIES.get(path, MOST_JSON)
        if int(dict(scope["headers"]).get(b"content-length", b"0")) > most:
            await refusal(too_large(most), "too-large", 413, "body", most)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most), send)

    def _too_many(self, wait: int) -> ASGIApp:
        why = f"Too many requests came from your address. Wait {wait} second{'s' * (wait > 1)} and try again."
        return refusal(why, "too-many", 429, limit=self._buckets.rate.burst, wait=wait)


def _counted(receive: Receive, most: int) -> Receive:
    """A body that is refused once it is too large, whatever it said of its size."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise TooLarge(most)
        return message

    return counted
