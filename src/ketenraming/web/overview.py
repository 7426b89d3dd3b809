"""The first page: the article in one screen, its people, its euros and what does not add up."""

from collections.abc import Callable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ketenraming.reports.checked import weighty
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.opening import needed_chart, open_year, people_and_money_chart, summary
from ketenraming.reports.rows import article_blocks, legend, marks_in_words
from ketenraming.reports.tables import article_table
from ketenraming.reports.tiles import tiles
from ketenraming.web.site import Site, path_of
from ketenraming.web.state import ARTICLE, State
from ketenraming.web.trace import leading


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("overview", lang), lambda request: _overview(site, request, lang)


def make_ready(site: Site, lang: Lang) -> dict[str, Any]:
    """All that the page says; it is the same for every reader."""
    return site.studio.keep(("overview", lang), lambda: _words(site, lang))


def _overview(site: Site, request: Request, lang: Lang) -> Response:
    run = site.studio.baseline
    state = State(year=open_year(run))
    return site.page(request, lang, "overview", state=state, years=run.years, **make_ready(site, lang))


def _words(site: Site, lang: Lang) -> dict[str, Any]:
    run, library = site.studio.baseline, site.library
    table, year = article_table(run), open_year(run)
    return {
        "summary": summary(run, table, lang),
        "year": year,
        "tiles": leading(tiles(run, run, ARTICLE, year, lang), State(year=year), lang),
        "weightiest": [weighty(finding, library, lang) for finding in run.weightiest],
        "charts": [people_and_money_chart(run, lang), needed_chart(run, table, lang)],
        "blocks": article_blocks(run, table, lang),
        "marks": marks_in_words(library, lang),
        "legend": legend(run, lang),
        "made_by": made_by(library, lang, run.draws),
    }
