"""
Charts are drawn in a process of their own.

The engine that draws lets no other thread of its process go on meanwhile, for a twentieth of a second a chart: whoever
moves a lever would wait for the charts of all others.
"""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process
from threading import Lock, Thread
from typing import ParamSpec, TypeVar

from markupsafe import Markup

from ketenraming.reports.charts import NARROW, WIDE, Spec, to_svg

Asked = ParamSpec("Asked")
Made = TypeVar("Made")
_ONE = Lock()


def apart(draw: Callable[Asked, Made], *asked: Asked.args, **named: Asked.kwargs) -> Made:
    """What a function of a module draws, in the process for it; here, where that process was ended."""
    try:
        with _ONE:
            waiting = _process().submit(draw, *asked, **named)
        return waiting.result()
    except BrokenProcessPool:
        _process.cache_clear()  # the next one begins anew
        return draw(*asked, **named)


def in_both_widths(chart: Callable[[int], Spec]) -> tuple[Markup, ...]:
    """A chart for wide screens and one for phones."""
    return tuple(Markup(apart(to_svg, chart(width))) for width in (WIDE, NARROW))


@cache
def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """The process leaves interrupts to who started it, and goes when that one goes, however it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: object) -> None:
    parent.join()  # type: ignore[attr-defined]
    os._exit(0)
