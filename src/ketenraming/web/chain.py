"""The chain in a month: who is where, who comes and who goes, drawn from the declaration."""

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ketenraming.base.errors import KetenramingError
from ketenraming.reports.diagram import Words, parts, svg
from ketenraming.reports.html import made_by
from ketenraming.reports.in_month import rows_in_month, told_in_month
from ketenraming.reports.numbers import Lang, month_name
from ketenraming.reports.tables import supposed
from ketenraming.scenarios.monthly import by_month
from ketenraming.web.site import Site, path_of
from ketenraming.web.state import State

MONTH = "maand"


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("chain", lang), lambda request: _chain(site, request, lang)


def _chain(site: Site, request: Request, lang: Lang) -> Response:
    state, horizon = site.state(request), site.studio.base.horizon
    month = _month(request.query_params.get(MONTH, ""), site)
    words = site.studio.keep(("chain", lang, state.key, month), lambda: _words(site, state, month, lang))
    months = [(f"{horizon.day(i):%Y-%m}", month_name(horizon.day(i), lang)) for i in range(horizon.months)]
    return site.page(request, lang, "chain", state=state, months=months, chosen=months[month], **words)


def _month(asked: str, site: Site) -> int:
    """The month that is asked for, counted from nought; the last one of the budget year where none is."""
    horizon = site.studio.base.horizon
    known = [f"{horizon.day(i):%Y-%m}" for i in range(horizon.months)]
    asked = asked or f"{site.studio.base.article.budget_year}-12"
    if asked not in known:
        told = {"asked": asked[:20], "first": known[0], "last": known[-1]}
        raise KetenramingError("{asked!r} is no month of the run: choose from {first} to {last}.", **told)
    return known.index(asked)


def _words(site: Site, state: State, month: int, lang: Lang) -> dict[str, Any]:
    run, chain, library = site.studio.run(state), site.studio.base.chain, site.library
    results = site.studio.keep(("monthly", state.key), lambda: by_month(site.studio.base, run.scenarios))
    told, words = told_in_month(results, month, library, lang), Words(library, lang)
    panels = [(words.of("part", part), Markup(svg(chain, library, lang, part, told))) for part in parts(chain)]
    return {
        "supposed": supposed(run, lang),
        "panels": panels,
        "rows": rows_in_month(results, month, library, lang),
        "made_by": made_by(library, lang),
    }
