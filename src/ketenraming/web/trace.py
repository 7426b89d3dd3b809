"""Where a number comes from: its formula, what it is made of, and the printed cells at the end of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ketenraming.reports.fan import quantity
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.opening import open_year
from ketenraming.reports.tables import supposed
from ketenraming.reports.tiles import MONEY, Tile
from ketenraming.reports.traced import steps
from ketenraming.reports.words import label, named, say
from ketenraming.scenarios.run import Run
from ketenraming.web.site import WHAT, Site, path_of, trace_of
from ketenraming.web.state import State


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("trace", lang), lambda request: _trace(site, request, lang)


def leading(shown: Iterable[Tile], state: State, lang: Lang) -> list[dict[str, str]]:
    """Tiles as words, each with the address of where its number comes from."""
    return [
        {
            "name": tile.name,
            "label": tile.label,
            "value": tile.value,
            "band": tile.band,
            "beside": tile.beside,
            "trace": f"{trace_of(lang, state, state.year, state.line)}#{tile.name}"
            if tile.name in MONEY
            else trace_of(lang, state, state.year, tile.name),
        }
        for tile in shown
    ]


def _trace(site: Site, request: Request, lang: Lang) -> Response:
    state = site.state(request)
    run = site.studio.run(state)
    state = state.at(state.year or open_year(run), state.line)
    what = request.query_params.get(WHAT, "")
    told = _of_quantity(run, what[:80], state.year, lang) if what else _of_line(run, state, lang)
    return site.page(
        request,
        lang,
        "trace",
        state=state,
        year=state.year,
        supposed=supposed(run, lang),
        made_by=made_by(run.library, lang, run.draws),
        **told,
    )


def _of_line(run: Run, state: State, lang: Lang) -> dict[str, Any]:
    """What is budgeted for a line and what it needs, and the gap between them."""
    row, library = run.row(state.line, state.year), run.library
    parts = [(part, getattr(row, part)) for part in ("budgeted", "needed")]
    return {
        "line": label(library, state.line, lang),
        "parts": [(part, say(library, f"tile_{part}", lang), steps(term, library, lang)) for part, term in parts],
        "gap": steps(row.gap, library, lang),
    }


def _of_quantity(run: Run, name: str, year: str, lang: Lang) -> dict[str, Any]:
    """A quantity or price of a year."""
    term, library = quantity(run, name)[year], run.library
    said = named(library, name, lang)
    return {"line": said, "parts": [("number", said, steps(term, library, lang))], "gap": None}
