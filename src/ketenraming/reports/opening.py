"""What a page opens with: the hole in one sentence, and two charts with their numbers again as tables."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ketenraming.reports.charts import (
    BILLION,
    NARROW,
    WIDE,
    Spec,
    needed_and_budgeted,
    occupancy,
    occupancy_and_coa,
    to_svg,
)
from ketenraming.reports.checked import capital
from ketenraming.reports.numbers import Lang, money, number, thousands
from ketenraming.reports.rows import band
from ketenraming.reports.tables import Figures, Line
from ketenraming.reports.words import say
from ketenraming.scenarios.run import Run

COA = "37.4/zbo/coa"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in two widths, under a headline, with its numbers again as a table."""

    name: str
    headline: str
    note: str
    svgs: tuple[Any, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def open_year(run: Run) -> str:
    """The first year the text does not fund, or the last year where it funds all."""
    return next((year for year in run.years if year > run.funded_until), run.years[-1])


def summary(run: Run, table: Sequence[Line], lang: Lang) -> str:
    """The hole, in one sentence."""
    figures, year = _whole(table), open_year(run)
    together = sum(figures[later].gap for later in run.years if later >= year)
    amounts = {
        name: _money(getattr(figures[year], name), lang) for name in ("budgeted", "needed", "low", "high", "gap")
    }
    words = {"year": year, "until": run.funded_until, "last": run.years[-1], "together": _money(together, lang)}
    key = "report_hole_scenario" if run.scenarios else "report_hole"
    return say(run.library, key, lang, **words, **amounts)


def _whole(table: Iterable[Line]) -> dict[str, Figures]:
    return next(line.years for line in table if line.address == "37")


def _money(whole_thousands: int, lang: Lang) -> str:
    return money(whole_thousands * 1000, lang)


def people_and_money_chart(run: Run, lang: Lang) -> Chart:
    """Occupancy against COA money."""
    library, until, year = run.library, run.funded_until, open_year(run)
    people = {y: number(figure.value, lang) for y, figure in occupancy(run).items()}
    coa = {y: run.row(COA, y).budgeted.central for y in run.years}
    missing = say(library, "report_not_printed", lang)
    headline = say(
        library,
        "report_people_money",
        lang,
        until=until,
        year=year,
        people=people.get(until, missing),
        people_next=people.get(year, missing),
        money=number(coa[until] / BILLION, lang, 2),
        money_next=number(coa[year] / BILLION, lang, 2),
    )
    rows = tuple(
        (y, people.get(y, missing), thousands(coa[y], lang) if y in coa else missing) for y in sorted({*people, *coa})
    )
    head = ("year", "chart_people", "chart_money_thousands")
    return Chart(
        "people",
        headline,
        say(library, "chart_axes", lang, until=until),
        _drawn(run, lang, occupancy_and_coa),
        tuple(capital(say(library, key, lang)) for key in head),
        rows,
    )


def needed_chart(run: Run, table: Sequence[Line], lang: Lang) -> Chart:
    """Needed against budgeted, of the article as a whole."""
    library, figures, year = run.library, _whole(table), open_year(run)
    amounts = {name: _money(getattr(figures[year], name), lang) for name in ("needed", "budgeted", "gap")}
    rows = tuple(
        (y, number(f.budgeted, lang), number(f.needed, lang), band(f, library, lang) or "–", number(f.gap, lang))
        for y, f in figures.items()
    )
    head = ("year", "budgeted", "needed", "band", "gap")
    return Chart(
        "needed",
        say(library, "report_needed_budgeted", lang, year=year, **amounts),
        say(library, "chart_needed_axes", lang, until=run.funded_until),
        _drawn(run, lang, needed_and_budgeted),
        tuple(capital(say(library, key, lang)) for key in head),
        rows,
    )


def _drawn(run: Run, lang: Lang, chart: Callable[[Run, Lang, int], Spec]) -> tuple[Any, ...]:
    """A chart for wide screens and one for phones, as markup; inside HTML an SVG needs no namespace."""
    from markupsafe import Markup

    svgs = (to_svg(chart(run, lang, width)) for width in (WIDE, NARROW))
    return tuple(Markup(svg.replace(' xmlns="http://www.w3.org/2000/svg"', "")) for svg in svgs)
