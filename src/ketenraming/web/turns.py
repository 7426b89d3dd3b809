"""Turns: so many at a time, and who waits too long is told to come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from ketenraming.base.errors import KetenramingError
from ketenraming.base.wording import Wording


class Busy(KetenramingError):
    """All places are taken; what was asked can be asked again, after some seconds."""

    code = "busy"

    def __init__(self, why: Wording, seconds: int) -> None:
        self.seconds = seconds
        super().__init__("{why} Try again in {seconds} seconds.", why=why, seconds=seconds)


class Turns:
    """So many at a time, `what` of them in words; the others wait, and not for long."""

    def __init__(self, what: str, at_once: int, wait: int) -> None:
        self._what, self._at_once, self._wait = what, at_once, wait
        self._places = BoundedSemaphore(at_once)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A place; raises Busy where none comes free."""
        if not self._places.acquire(timeout=self._wait):
            told = {"many": self._at_once, "what": Wording(self._what)}
            raise Busy(Wording("{many} {what} are being made already.", told), self._wait)
        try:
            yield
        finally:
            self._places.release()
