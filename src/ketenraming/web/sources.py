"""Sources and assumptions: every parameter with who says so, since when, how far it may be off, and what that moves."""

from collections.abc import Callable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ketenraming.reports.held import parameters_in_words
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.sourced import source_in_words
from ketenraming.scenarios.sensitivity.question import ask
from ketenraming.scenarios.sensitivity.tornado import Swing, tornados
from ketenraming.web.site import Site, path_of


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("sources", lang), lambda request: _sources(site, request, lang)


def _sources(site: Site, request: Request, lang: Lang) -> Response:
    words = site.studio.keep(("sources", lang), lambda: _words(site, lang))
    return site.page(request, lang, "sources", **words)


def _words(site: Site, lang: Lang) -> dict[str, Any]:
    library, studio = site.library, site.studio
    known = parameters_in_words(library, swings(site), studio.since, lang)
    listed = sorted(library.sources.values(), key=lambda source: source.published, reverse=True)
    return {
        "year": ask(studio.base).year,
        "assumed": [one for one in known if one.is_assumed],
        "found": [one for one in known if not one.is_assumed],
        "listed": [source_in_words(source, library, lang) for source in listed],
        "made_by": made_by(library, lang),
    }


def swings(site: Site) -> dict[str, Swing]:
    """What each uncertain number moves in the first year that is not funded, by name."""

    def make() -> dict[str, Swing]:
        (found,) = tornados([ask(site.studio.base)])
        return {swing.name: swing for swing in found}

    return site.studio.keep("swings", make)
