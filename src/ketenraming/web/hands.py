"""
Who makes an answer: this process, or one beside it.

What is made is a function of a site and of what it is asked, so that both give the same.
"""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ketenraming.base.errors import KetenramingError
from ketenraming.base.wording import Wording
from ketenraming.evidence.library import load
from ketenraming.web.beside import running

if TYPE_CHECKING:
    from ketenraming.web.site import Site

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


@dataclass
class Hands:
    """Makes answers here, and in processes beside this one as soon as they are ready."""

    is_helped: bool = False
    _making: int = 0
    _count: Lock = field(default_factory=Lock)

    def get_help(self, library: Path) -> None:
        """Start the processes, let each load a library, and leave the work to them from then on."""
        with ThreadPoolExecutor(running.count) as waiting:
            list(waiting.map(lambda _: running.call(_get_ready, library), range(running.count)))
        self.is_helped = True

    def make(
        self,
        what: "Callable[Concatenate[Site, Asked], Made]",
        site: "Site",
        *asked: Asked.args,
        **named: Asked.kwargs,
    ) -> Made:
        """What a function makes of a site; raises what that raises."""
        if not self.is_helped:
            return what(site, *asked, **named)
        with self._counted() as threads:
            made = running.call(_make, what, site.library.root, threads, *asked, **named)
        if isinstance(made, _Refused):
            raise KetenramingError(made.wording.template, **made.wording.words)
        return made  # type: ignore[no-any-return]

    @contextmanager
    def _counted(self) -> Iterator[int]:
        """How many threads an answer may take: those of all processors where nobody else asks for one."""
        with self._count:
            self._making += 1
            threads = running.count if self._making == 1 else 1
        try:
            yield threads
        finally:
            with self._count:
                self._making -= 1


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was refused in another process, in words that can be said in any language."""

    wording: Wording


def _make(what: Callable[..., Any], library: Path, threads: int, *asked: Any, **named: Any) -> Any:
    site = _site(library)
    site.studio.threads = threads
    try:
        return what(site, *asked, **named)
    except KetenramingError as error:
        return _Refused(error.wording)


def _get_ready(library: Path) -> None:
    """Make what each answer begins with; it stays, so that the collector of garbage need not look through it."""
    assert _site(library).studio.baseline
    gc.collect()
    gc.freeze()


@lru_cache(maxsize=1)
def _site(library: Path) -> "Site":
    """The site of a process beside the one that answers."""
    from ketenraming.web.site import Site
    from ketenraming.web.studio import Studio

    return Site(Studio(load(library)))
