"""
Reports as one HTML file each: no script, nothing fetched, readable on a phone, in print and by a screen reader.

Here results become strings; the templates beside this file only place them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ketenraming.base.finding import Finding
from ketenraming.base.whole import write_whole
from ketenraming.documents.article import Article
from ketenraming.documents.coverage import Coverage
from ketenraming.evidence.library import Library
from ketenraming.evidence.source import Source
from ketenraming.finance.term import Flag
from ketenraming.reports.charts import (
    BILLION,
    NARROW,
    WIDE,
    Spec,
    hindcast,
    needed_and_budgeted,
    occupancy,
    occupancy_and_coa,
    to_svg,
)
from ketenraming.reports.checked import capital, checked, weighty
from ketenraming.reports.compared import compared, heading, how_to_read, outcome
from ketenraming.reports.hindcast import check_rows, remarks, year_rows
from ketenraming.reports.numbers import Lang, day, money, number, percent, thousands
from ketenraming.reports.tables import Figures, Line, article_table, explained_share, supposed
from ketenraming.reports.words import label, say
from ketenraming.scenarios.compare import Comparison
from ketenraming.scenarios.hindcast.checks import Backtest
from ketenraming.scenarios.run import Run

MARKS = {
    Flag.NOT_FUNDED: "†",
    Flag.AS_PRINTED: "a",
    Flag.SOLVED: "b",
    Flag.CARRIED: "c",
    Flag.PLUG: "d",
    Flag.ENDS: "e",
}
COA = "37.4/zbo/coa"
_LOOSE = re.compile(r"(?<=\bx) (?=€)|(?<=[€‒]) (?=[‒\d])|(?<=\d) (?=(?:mln|mld|bn|m|million|billion)\b)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the article table, with its marks and its band."""

    text: str
    marks: str = ""
    band: str = ""
    not_funded: bool = False
    is_nil: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the article table; `part` is budgeted, needed, gap or as_printed."""

    address: str
    label: str
    depth: int
    is_heading: bool
    part: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in two widths, under a headline, with its numbers again as a table."""

    name: str
    headline: str
    note: str
    svgs: tuple[Any, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_report(run: Run, coverage: Coverage, out: Path, lang: Lang) -> Path:
    """Write `<out>/index.html` whole or not at all, in place of an earlier one; raises OSError where it cannot."""
    text = render(run, coverage, lang)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "index.html"
    write_whole(text, path)
    return path


def render(run: Run, coverage: Coverage, lang: Lang) -> str:
    """The report of a run as HTML."""
    library = run.library
    table = article_table(run)
    return _fill(
        "report.html.j2",
        library,
        lang,
        supposed=supposed(run, lang),
        summary=_summary(run, table, lang),
        weightiest=[weighty(finding, library, lang) for finding in run.weightiest],
        charts=[_people_and_money(run, lang), _needed_and_budgeted(run, table, lang)],
        years=run.years,
        blocks=[_block(line, run, lang) for line in table],
        marks=[(mark, say(library, f"flag_{flag.value}", lang)) for flag, mark in MARKS.items()],
        legend=_legend(run, lang),
        sources=[_source(source, library, lang) for source in _sources_used(run)],
        **checked(run.findings, coverage, library, lang),
        made_by=_made_by(library, lang, seed=run.draws.seed, draws=number(run.draws.count, lang)),
    )


def render_check(
    article: Article, findings: Sequence[Finding], coverage: Coverage, library: Library, lang: Lang
) -> str:
    """The check of a document as HTML."""
    return _fill(
        "check.html.j2",
        library,
        lang,
        document=article.name,
        **checked(findings, coverage, library, lang),
        made_by=_made_by(library, lang),
    )


def render_hindcast(test: Backtest, lang: Lang) -> str:
    """The hindcast as HTML: the chart, the checks and the years."""
    from markupsafe import Markup

    return _fill(
        "hindcast.html.j2",
        test.library,
        lang,
        chart=Markup(to_svg(hindcast(test, lang))),
        checks=check_rows(test, lang),
        years=year_rows(test, lang),
        notes=remarks(test, lang),
        made_by=_made_by(test.library, lang),
    )


def render_comparison(comparison: Comparison, lang: Lang, address: str, year: str) -> str:
    """Two estimates beside each other at an address in a year: the chart and its numbers."""
    from markupsafe import Markup

    from ketenraming.reports.waterfall import waterfall

    (row,) = compared(comparison, [year], [address])
    words = [("A", row.a), *((say(comparison.library, f"cause_{c}", lang), part) for c, part in row.causes.items()),
             ("B", row.b), (say(comparison.library, "compare_difference", lang), row.more)]  # fmt: skip
    draws = comparison.a.run.draws
    return _fill(
        "compare.html.j2",
        comparison.library,
        lang,
        outcome=outcome(comparison, address, year, lang),
        sides=heading(comparison, lang),
        charts=[Markup(to_svg(waterfall(comparison, lang, address, year, width))) for width in (WIDE, NARROW)],
        rows=[(name, number(value, lang)) for name, value in words],
        notes=how_to_read(comparison, lang),
        made_by=_made_by(comparison.library, lang, seed=draws.seed, draws=number(draws.count, lang)),
    )


def _fill(template: str, library: Library, lang: Lang, **words: Any) -> str:
    """A template with its words; a word that is not there is a mistake of ours and raises UndefinedError."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        finalize=_tied,
        loader=PackageLoader("ketenraming", "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(lang=lang, say=partial(_say, library, lang), **words)


def _tied(value: Any) -> Any:
    """Text whose amounts do not break over two lines; markup and numbers as they are."""
    return _LOOSE.sub("\N{NO-BREAK SPACE}", value) if type(value) is str else value


def _say(library: Library, lang: Lang, key: str, **words: object) -> str:
    return say(library, key, lang, **words)


def _made_by(library: Library, lang: Lang, **of_run: object) -> str:
    """What made this; a check has no seed and no draws."""
    from importlib.metadata import version

    key = "made_by" if of_run else "report_checked_by"
    return say(library, key, lang, version=version("ketenraming"), digest=library.digest, **of_run)


# The run: summary, charts, table, sources.


def _open_year(run: Run) -> str:
    """The first year the text does not fund, or the last year where it funds all."""
    return next((year for year in run.years if year > run.funded_until), run.years[-1])


def _summary(run: Run, table: Sequence[Line], lang: Lang) -> str:
    """The hole, in one sentence."""
    figures, year = _whole(table), _open_year(run)
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


def _people_and_money(run: Run, lang: Lang) -> Chart:
    """Occupancy against COA money."""
    library, until, year = run.library, run.funded_until, _open_year(run)
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


def _needed_and_budgeted(run: Run, table: Sequence[Line], lang: Lang) -> Chart:
    """Needed against budgeted, of the article as a whole."""
    library, figures, year = run.library, _whole(table), _open_year(run)
    amounts = {name: _money(getattr(figures[year], name), lang) for name in ("needed", "budgeted", "gap")}
    rows = tuple(
        (y, number(f.budgeted, lang), number(f.needed, lang), _band(f, library, lang) or "–", number(f.gap, lang))
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


def _band(figures: Figures, library: Library, lang: Lang) -> str:
    """The band in words; empty where it has no width."""
    if figures.low == figures.high:
        return ""
    return say(library, "report_band_cell", lang, low=number(figures.low, lang), high=number(figures.high, lang))


def _chance(figures: Figures, library: Library, lang: Lang) -> str:
    """The chance to need more than is budgeted, in words; empty where nothing is uncertain."""
    if figures.low == figures.high:
        return ""
    return say(library, "report_chance_cell", lang, chance=percent(100 * figures.chance_over, lang, 0))


def _block(line: Line, run: Run, lang: Lang) -> list[TableRow]:
    """The rows of one address: budgeted, needed and gap where it follows people, else one as printed."""
    parts = ("budgeted", "needed", "gap") if line.follows_people else ("as_printed",)
    below = [node for node in run.library.budget.children(line.address) if node.address in run.addresses]
    text = label(run.library, line.address, lang)
    return [
        TableRow(line.address, text, line.depth, bool(below), part, _cells(part, line, run.library, lang))
        for part in parts
    ]


def _cells(part: str, line: Line, library: Library, lang: Lang) -> tuple[Cell, ...]:
    return tuple(_cell(part, figures, library, lang) for figures in line.years.values())


def _cell(part: str, figures: Figures, library: Library, lang: Lang) -> Cell:
    """One number; what the text does not fund is said beside what is budgeted, the rest beside what is needed."""
    closed = Flag.NOT_FUNDED in figures.flags
    told = "".join(MARKS[flag] for flag in figures.flags if flag is not Flag.NOT_FUNDED)
    match part:
        case "needed":
            return Cell(number(figures.needed, lang), told, _band(figures, library, lang))
        case "gap":
            return Cell(number(figures.gap, lang), band=_chance(figures, library, lang), is_nil=not figures.gap)
    return Cell(number(figures.budgeted, lang), not_funded=closed)


def _legend(run: Run, lang: Lang) -> list[str]:
    """How to read the numbers."""
    library, until = run.library, run.funded_until
    share = percent(explained_share(run, until), lang)
    return [
        say(library, "legend", lang, until=until),
        *([say(library, "legend_scenario", lang)] if run.scenarios else []),
        say(library, "legend_funded", lang, share=share, year=until),
        say(library, "legend_band", lang, draws=number(run.draws.count, lang), until=until),
    ]


def _sources_used(run: Run) -> list[Source]:
    """The edition, what the parameters cite and what findings name, the newest first."""
    library = run.library
    used = {run.edition} | {value.source.id for p in library.parameters.values() for value in p.values}
    used |= {str(finding.words["source"]) for finding in run.findings if "source" in finding.words}
    known = [source for name, source in library.sources.items() if name in used]
    return sorted(known, key=lambda source: source.published, reverse=True)


def _source(source: Source, library: Library, lang: Lang) -> dict[str, str]:
    key = "report_published" if source.published_is == "exact" else "report_published_assumed"
    law = f"https://wetten.overheid.nl/{source.bwb_id}" if source.bwb_id else ""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": say(library, key, lang, day=day(source.published, lang)),
        "url": source.url or law,
    }
