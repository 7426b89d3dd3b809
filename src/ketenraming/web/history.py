"""The track record: how figures moved from budget to budget, and how right our own would have been."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ketenraming.base.errors import NotInLibrary
from ketenraming.base.wording import Wording
from ketenraming.reports import forecast as forecast_words
from ketenraming.reports import hindcast as hindcast_words
from ketenraming.reports.charts import hindcast, to_svg
from ketenraming.reports.forecast_chart import chart as forecast_chart
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.shown import Table
from ketenraming.reports.vintages import about_years, own_years, year_heads, year_rows
from ketenraming.reports.vintages_chart import vintages_chart
from ketenraming.reports.words import label
from ketenraming.scenarios import forecast as ahead
from ketenraming.scenarios.hindcast.checks import backtest as hindcast_of
from ketenraming.web.beside import drawing, in_both_widths
from ketenraming.web.looked_back import looked_back
from ketenraming.web.site import Site, path_of

COA, APPLICATIONS, MONTHS, DRAWS = "37.4/zbo/coa", "asylum_applications_inflow", 24, 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: a heading, what to know, a chart in two widths, and tables."""

    name: str
    heading: str
    told: tuple[str, ...]
    svgs: tuple[Any, ...]
    tables: tuple[Table, ...]


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("history", lang), lambda request: _history(site, request, lang)


def _history(site: Site, request: Request, lang: Lang) -> Response:
    line, year = _asked(site, request)
    vintages, studio = site.library.vintages, site.studio
    moved = studio.keep(("vintages", lang, line, year), lambda: _vintages(site, line, year, lang))
    others = studio.keep(("record", lang), lambda: [_hindcast(site, lang), _forecast(site, lang)])
    return site.page(
        request,
        lang,
        "history",
        line=line,
        year=year,
        lines=[(address, f"{address} {label(site.library, address, lang)}") for address in vintages.addresses],
        years=own_years(vintages, line),
        moved=moved,
        parts=[*others, _backtest(site, lang)],
        made_by=made_by(site.library, lang),
    )


def _asked(site: Site, request: Request) -> tuple[str, int]:
    """The line and the year that are asked for; COA, and the budget year, where none is."""
    vintages = site.library.vintages
    line = request.query_params.get("regel") or COA
    if line not in vintages.addresses:
        raise NotInLibrary("line with editions", line[:80], vintages.addresses)
    known = [str(year) for year in own_years(vintages, line)]
    year = request.query_params.get("jaar") or next((y for y in known if y == "2023"), known[-1])
    if year not in known:
        raise NotInLibrary(Wording("year of {line}", {"line": line}), year[:20], known)
    return line, int(year)


def _vintages(site: Site, line: str, year: int, lang: Lang) -> Part:
    library, words = site.library, site.words(lang)
    svgs = in_both_widths(lambda width: vintages_chart(library, line, lang, year, width))
    head = tuple(year_heads(library, line, year, lang))
    table = Table((label(library, line, lang), str(year)), head, tuple(year_rows(library, line, year, lang)))
    return Part("vintages", words("web_vintages"), tuple(about_years(library, line, lang)), svgs, (table,))


def _hindcast(site: Site, lang: Lang) -> Part:
    test, words = hindcast_of(site.library), site.words(lang)
    checks = tuple(words(f"hindcast_{key}") for key in ("check", "value", "good", "aim"))
    triples = [
        (words(f"hindcast_{what}"), words("hindcast_model"), "%") for what in ("coa", "vergunninghouder", "open")
    ]
    years = (words("hindcast_year_end"), *(head for triple in triples for head in triple))
    tables = (
        Table((words("hindcast_check"),), (*checks, ""), tuple(hindcast_words.check_rows(test, lang))),
        Table((words("hindcast_year_ends"),), years, tuple(hindcast_words.year_rows(test, lang))),
    )
    svgs = in_both_widths(lambda width: hindcast(test, lang, width))
    told = (words("hindcast_what"), *hindcast_words.remarks(test, lang))
    return Part("hindcast", words("hindcast_title"), told, svgs, tables)


def _forecast(site: Site, lang: Lang) -> Part:
    library, words = site.library, site.words(lang)
    found = ahead.forecast(ahead.subject(library, APPLICATIONS), date.max, ahead.Ask(MONTHS, DRAWS, 7, ""))
    head = (words("forecast_year"), *forecast_words.LEVELS)
    table = Table((forecast_words.title(found, library, lang),), head, tuple(forecast_words.year_rows(found, lang)))
    svgs = in_both_widths(lambda width: forecast_chart(found, library, lang, width))
    told = tuple(forecast_words.remarks(found, library, lang))
    return Part("forecast", forecast_words.title(found, library, lang), told, svgs, (table,))


def _backtest(site: Site, lang: Lang) -> Part:
    """Ours beside the official figure and naive rules; until it is made, that it is being made."""
    heading = site.words(lang)("web_backtest")
    made = site.studio.later("backtest", lambda: looked_back(site.library.root))
    if made is None:
        return Part("backtest", heading, (site.words(lang)("web_being_made"),), (), ())
    words = made[lang]
    svgs = site.studio.keep(
        ("drawn back-test", lang), lambda: tuple(Markup(drawing.call(to_svg, spec)) for spec in words["charts"])
    )
    tables = tuple(_table(one) for one in words["tables"])
    return Part("backtest", heading, tuple(words["told"]), svgs, tables)


def _table(told: dict[str, Any]) -> Table:
    """A table as it was told: caption, head and rows."""
    return Table((told["caption"],), tuple(told["head"]), tuple(tuple(row) for row in told["rows"]))
