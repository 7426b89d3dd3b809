"""What this is, what it cannot do, how accessible it is, which version, and under which licence."""

from collections.abc import Callable, Iterator
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import Response

from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.tables import explained_share
from ketenraming.web.site import Site, path_of


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("about", lang), lambda request: _about(site, request, lang)


def _about(site: Site, request: Request, lang: Lang) -> Response:
    run = site.studio.baseline
    return site.page(
        request,
        lang,
        "about",
        text=f"about.{lang}.html.j2",
        version=version("ketenraming"),
        digest=site.library.digest,
        draws=number(run.draws.count, lang),
        until=run.funded_until,
        explained=percent(explained_share(run, run.funded_until), lang, 0),
        made_by=made_by(site.library, lang, run.draws),
    )
