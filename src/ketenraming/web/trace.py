"""Where a number comes from: its formula, what it is made of, and the printed cells at the end of it."""

from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import Response

from ketenraming.finance.term import Term
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.opening import open_year
from ketenraming.reports.tables import supposed
from ketenraming.reports.traced import Step, steps
from ketenraming.reports.words import label
from ketenraming.web.site import Site, path_of


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("trace", lang), lambda request: _trace(site, request, lang)


def _trace(site: Site, request: Request, lang: Lang) -> Response:
    state = site.state(request)
    run = site.studio.run(state)
    year = state.year or open_year(run)
    row = run.row(state.line, year)
    parts: list[tuple[str, Term]] = [("budgeted", row.budgeted), ("needed", row.needed)]
    told: list[tuple[str, Step]] = [(part, steps(term, run.library, lang)) for part, term in parts]
    return site.page(
        request,
        lang,
        "trace",
        state=state.at(year, state.line),
        year=year,
        line=label(run.library, state.line, lang),
        supposed=supposed(run, lang),
        parts=told,
        gap=steps(row.gap, run.library, lang),
        made_by=made_by(run.library, lang, run.draws),
    )
