"""
Processes beside the one that answers.

Python lets one thread of a process compute at a time, so threads that all compute gain little by each other; the engine
that draws charts lets no other thread go on at all. So a server makes runs in processes
beside it, as many as there are processors, and charts in one more: whoever moves a lever does not wait for the charts
of all others.
"""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar

from markupsafe import Markup

from ketenraming.reports.charts import NARROW, WIDE, Spec, to_svg

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


class Beside:
    """So many processes, started when they are first wanted, and again when one was ended."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None
        self._one = Lock()

    def call(self, make: Callable[Asked, Made], *asked: Asked.args, **named: Asked.kwargs) -> Made:
        """What a function of a module makes, in one of them; here, where that one was ended meanwhile."""
        try:
            with self._one:
                self._pool = self._pool or ProcessPoolExecutor(self.count, get_context("spawn"), initializer=_begin)
                waiting = self._pool.submit(make, *asked, **named)
            return waiting.result()
        except BrokenProcessPool:
            self.end()  # the next one begins anew
            return make(*asked, **named)

    def end(self) -> None:
        """End them, as soon as they have done what they were asked."""
        with self._one:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(cancel_futures=True)


MOST = 4  # processes that make runs: each takes some 200 MB
drawing, running = Beside(1), Beside(min(os.cpu_count() or 1, MOST))


def in_both_widths(chart: Callable[[int], Spec]) -> tuple[Markup, ...]:
    """A chart for wide screens and one for phones."""
    return tuple(Markup(drawing.call(to_svg, chart(width))) for width in (WIDE, NARROW))


def end() -> None:
    """End all processes beside this one."""
    for one in (drawing, running):
        one.end()


def _begin() -> None:
    """The process leaves interrupts to who started it, and goes when that one goes, however it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(0)
