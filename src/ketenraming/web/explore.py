"""
Supposing: scenarios and levers on one side, people and euros on the other.

Three answers: the whole page, for who has no script; the numbers and charts of a state, while a lever moves; and the
slower part below them, once it stands still.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from ketenraming.base.errors import NotInLibrary
from ketenraming.reports.chances import chance_chart, chances
from ketenraming.reports.charts import WIDE, Spec
from ketenraming.reports.compared import compared
from ketenraming.reports.export import FORMATS, render
from ketenraming.reports.fan import Chart, fan
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang, day, number
from ketenraming.reports.opening import open_year
from ketenraming.reports.rows import article_blocks, legend, marks_in_words
from ketenraming.reports.tables import article_table, supposed
from ketenraming.reports.tiles import tiles
from ketenraming.reports.waterfall import waterfall
from ketenraming.reports.words import label, say
from ketenraming.scenarios.compare import Comparison, between, side_of
from ketenraming.scenarios.levers import LEVERS, Lever, first_day
from ketenraming.scenarios.run import Run
from ketenraming.scenarios.shelf import names
from ketenraming.web.beside import drawing, in_both_widths
from ketenraming.web.site import Site, path_of, trace_of
from ketenraming.web.state import State
from ketenraming.web.trace import leading

LIVE, OUTCOME, CHART, DOCUMENT = "/live", "/outcome", "/chart/", "/document/"
CHARTS = ("people", "money", "backlog")
ONLY = "grafieken"  # in an address: the charts that are wanted, with commas between
OF = {"people": "opvang_stock_avg", "backlog": "asiel_pending_stock_end"}
Answer = Callable[[Request], Response]


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Answer]]:
    """The addresses of this page, and what answers at each."""
    here = path_of("explore", lang)
    yield here, lambda request: _page(site, request, lang)
    yield here + LIVE, lambda request: _live(site, _looking(site, request), _wanted(request), lang)
    yield here + OUTCOME, lambda request: _outcome(site, request, lang)
    yield here + DOCUMENT + "{form}", lambda request: _document(site, request, lang)
    yield here + CHART + "{name}.{ending}", lambda request: _chart(site, request, lang)


def make_ready(site: Site, lang: Lang) -> None:
    """Make the parts of the page in which nothing is supposed, for whoever comes first."""
    state = State(year=open_year(site.studio.baseline))
    for name in CHARTS:
        _drawings(site, state, name, lang)
    _live(site, state, CHARTS, lang)
    _slower(site, state, lang)


def wants_json(request: Request) -> bool:
    """Whether it is a program that asks, and not a reader."""
    return request.url.path.startswith("/api/") or request.url.path.endswith(LIVE)


def _looking(site: Site, request: Request) -> State:
    """The state of an address, looking at a year in any case."""
    state = site.state(request)
    return state if state.year else state.at(open_year(site.studio.baseline), state.line)


def _wanted(request: Request) -> tuple[str, ...]:
    """The charts that a page asks for, which are those its reader sees; all where it names none."""
    asked = request.query_params.get(ONLY)
    if asked is None:
        return CHARTS
    names = [_chart_of(name) for name in asked.split(",")] if asked else []
    return tuple(name for name in CHARTS if name in names)


def _chart_of(name: str) -> str:
    """The name of a chart; raises NotInLibrary for another."""
    if name not in CHARTS:
        raise NotInLibrary("chart", name[:40], CHARTS)
    return name


def _page(site: Site, request: Request, lang: Lang) -> Response:
    state = _looking(site, request)
    run, library = site.studio.run(state), site.library
    drawn = [(name, OF.get(name, state.line), *_drawings(site, state, name, lang)) for name in CHARTS]
    return site.page(
        request,
        lang,
        "explore",
        state=state,
        since=day(site.studio.since, lang),
        levers=[_lever(site, one, state.positions.get(one.name, 0), lang) for one in LEVERS],
        scenarios=[(name, title.nl if lang == "nl" else title.en) for name, title in names(library).items()],
        years=run.years,
        lines=[(address, f"{address} {label(library, address, lang)}") for address in run.addresses],
        charts=drawn,
        live=_numbers(site, state, lang),
        forms=tuple(FORMATS),
        **_slower(site, state, lang),
        made_by=made_by(library, lang, run.draws),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A lever on a page: its name, what it is about, where it can stand, where it stands, and that in words."""

    name: str
    label: str
    low: int
    high: int
    step: int
    position: int
    said: str


def _lever(site: Site, one: Lever, position: int, lang: Lang) -> _Shown:
    said = _said(site, one, position, lang)
    return _Shown(one.name, say(site.library, f"lever_{one.name}", lang), one.low, one.high, one.step, position, said)


def _said(site: Site, one: Lever, position: int, lang: Lang) -> str:
    """Where a lever stands, in words."""
    if not position:
        return say(site.library, "web_as_baseline", lang)
    if one.by_percent:
        key = "web_percent_more" if position > 0 else "web_percent_less"
        return say(site.library, key, lang, size=abs(position))
    return say(site.library, "web_ends_on", lang, month=day(first_day(site.studio.since, position), lang))


def _spec(run: Run, beside: Run | None, what: str, lang: Lang, width: int = WIDE) -> Spec:
    """The chart of a run, beside the baseline where anything is supposed."""
    return fan(run, what, lang, beside, width).spec


def _runs(site: Site, state: State) -> tuple[Run, Run | None]:
    """The run of a state, and the baseline where that is another."""
    return site.studio.run(state), site.studio.baseline if state.supposes else None


def _drawings(site: Site, state: State, name: str, lang: Lang) -> tuple[str, Any, Any, Any]:
    """Title, the two drawings, and the rows of the same numbers."""

    def make() -> tuple[str, Any, Any, Any]:
        runs, what = _runs(site, state), OF.get(name, state.line)
        spec = _spec(*runs, what, lang)
        wide, narrow = in_both_widths(lambda width: _spec(*runs, what, lang, width))
        return " ".join(spec["title"]["text"]), wide, narrow, spec["datasets"]["points"]

    return site.studio.keep(("drawing", name, lang, state.key, state.line), make)


def _live(site: Site, state: State, charts: tuple[str, ...], lang: Lang) -> Response:
    """What moves while a lever moves: numbers, charts and where levers stand, as texts and specifications."""
    key = ("live", charts, lang, state.key, state.year, state.line)
    made = site.studio.keep(key, lambda: site.studio.hands.make(_moving, site, state, charts, lang))
    return Response(made, media_type=JSONResponse.media_type)


def _moving(site: Site, state: State, charts: tuple[str, ...], lang: Lang) -> bytes:
    """The same as it is sent."""
    runs = _runs(site, state)
    told = {
        "query": state.query,
        **_numbers(site, state, lang),
        "charts": {name: _spec(*runs, OF.get(name, state.line), lang) for name in charts},
        "levers": {one.name: _said(site, one, state.positions.get(one.name, 0), lang) for one in LEVERS},
    }
    return bytes(JSONResponse(told).body)


def _numbers(site: Site, state: State, lang: Lang) -> dict[str, Any]:
    """The tiles of a state, and what is said of them aloud."""
    run, beside = _runs(site, state)
    shown = leading(tiles(run, beside or run, state.line, state.year, lang), state, lang)
    told = {tile["name"]: tile["value"] for tile in shown}
    words = {"needed": told["needed"], "gap": told["gap"], "people": told["opvang_stock_avg"]}
    return {"tiles": shown, "announce": say(site.library, "web_announce", lang, year=state.year, **words)}


def _outcome(site: Site, request: Request, lang: Lang) -> Response:
    """The part of the page that follows when nothing moves any more."""
    state = _looking(site, request)
    words = {"state": state, "forms": tuple(FORMATS), "years": site.studio.baseline.years}
    words |= {"path_of": path_of, "trace_of": partial(trace_of, lang)}
    return HTMLResponse(site.fill("outcome.html.j2", lang, **words, **_slower(site, state, lang)))


def _slower(site: Site, state: State, lang: Lang) -> dict[str, Any]:
    """The article table, the chances, and why it is not the baseline."""
    key = ("slower", lang, state.key, state.year, state.line)
    return site.studio.keep(key, lambda: _make_slower(site, state, lang))


def _make_slower(site: Site, state: State, lang: Lang) -> dict[str, Any]:
    run = site.studio.run(state)
    table = article_table(run)
    return {
        "supposed": supposed(run, lang),
        "blocks": article_blocks(run, table, lang),
        "marks": marks_in_words(run.library, lang),
        "legend": legend(run, lang),
        "chances": chances(run, state.year, lang),
        "chance_svgs": in_both_widths(lambda width: chance_chart(run, state.year, lang, width)),
        **_why(site, state, lang),
    }


def _why(site: Site, state: State, lang: Lang) -> dict[str, Any]:
    """The difference with the baseline, cause by cause; empty where nothing is supposed."""
    if not state.supposes:
        return {"causes": [], "why_svgs": []}
    comparison = _comparison(site, state, lang)
    (row,) = compared(comparison, [state.year], [state.line])
    causes = [(say(site.library, f"cause_{cause}", lang), number(part, lang)) for cause, part in row.causes.items()]
    svgs = in_both_widths(lambda width: waterfall(comparison, lang, state.line, state.year, width))
    ends = [("A", number(row.a, lang)), *causes, ("B", number(row.b, lang))]
    return {"causes": ends if causes else [], "why_svgs": svgs}


def _comparison(site: Site, state: State, lang: Lang) -> Comparison:
    studio = site.studio
    titles = [one.title.nl if lang == "nl" else one.title.en for one in studio.scenarios(state)]
    sides = (
        side_of(say(site.library, "web_baseline", lang), studio.baseline, studio.base),
        side_of(" + ".join(titles), studio.run(state), studio.base),
    )
    return between(studio.base, *sides, studio.draws)


def _document(site: Site, request: Request, lang: Lang) -> Response:
    """The estimate as a document to take along."""
    state, form = site.state(request), request.path_params["form"]
    made = site.studio.keep(("document", form, lang, state.key), lambda: render(site.studio.run(state), form, lang))
    headers = {"content-disposition": f'attachment; filename="{made.name}"'}
    return Response(made.data, media_type=made.media_type, headers=headers)


def _chart(site: Site, request: Request, lang: Lang) -> Response:
    """One chart as a file: SVG, PNG, its numbers as CSV, or its specification."""
    from ketenraming.reports.drawn import MIME, drawn

    state, name, ending = _looking(site, request), _chart_of(request.path_params["name"]), request.path_params["ending"]
    if ending not in MIME:
        raise NotInLibrary("form of a chart", ending[:40], MIME)
    body = site.studio.keep(
        ("file", name, ending, lang, state.key, state.line),
        lambda: drawing.call(drawn, Chart(_spec(*_runs(site, state), OF.get(name, state.line), lang)), ending),
    )
    headers = {"content-disposition": f'attachment; filename="ketenraming-{name}.{ending}"'}
    return Response(body, media_type=MIME[ending], headers=headers)
