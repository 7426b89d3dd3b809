"""
Who makes an answer: this process, or one beside it where this one is at work.

What is made is a function of a site and of what it is asked, so that both give the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from queue import PriorityQueue
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ketenraming.base.errors import KetenramingError
from ketenraming.base.wording import Wording
from ketenraming.evidence.library import load
from ketenraming.web.beside import running

if TYPE_CHECKING:
    from ketenraming.web.site import Site

Asked = ParamSpec("Asked")
Made = TypeVar("Made")
HERE, THERE = 0, 1  # in the order in which they are asked, where both are free


@dataclass
class Hands:
    """The processes that make answers, each of them one answer at a time."""

    _free: "PriorityQueue[int]" = field(default_factory=PriorityQueue)

    def __post_init__(self) -> None:
        self._free.put(HERE)

    def get_help(self, library: Path) -> None:
        """Let a process beside this one make answers too, from the moment that it has loaded a library."""
        running.call(_get_ready, library)
        self._free.put(THERE)

    def make(
        self,
        what: "Callable[Concatenate[Site, Asked], Made]",
        site: "Site",
        *asked: Asked.args,
        **named: Asked.kwargs,
    ) -> Made:
        """What a function makes of a site, by who is free first; raises what that raises."""
        who = self._free.get()
        try:
            if who == HERE:
                return what(site, *asked, **named)
            made = running.call(_make, what, site.library.root, *asked, **named)
        finally:
            self._free.put(who)
        if isinstance(made, _Refused):
            raise KetenramingError(made.wording.template, **made.wording.words)
        return made  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was refused in another process, in words that can be said in any language."""

    wording: Wording


def _make(what: Callable[..., Any], library: Path, *asked: Any, **named: Any) -> Any:
    try:
        return what(_site(library), *asked, **named)
    except KetenramingError as error:
        return _Refused(error.wording)


def _get_ready(library: Path) -> None:
    assert _site(library).studio.baseline


@lru_cache(maxsize=1)
def _site(library: Path) -> "Site":
    """The site of a process beside the one that answers."""
    from ketenraming.web.site import Site
    from ketenraming.web.studio import Studio

    return Site(Studio(load(library)))
