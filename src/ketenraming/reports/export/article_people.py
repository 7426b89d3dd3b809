"""The tables of the article that are not money: key figures, minors, norms, and what is supposed."""

from collections.abc import Iterator, Mapping
from datetime import date

from ketenraming.documents.article import KEY_FIGURES
from ketenraming.evidence.figure import Figure
from ketenraming.reports.checked import capital
from ketenraming.reports.export.article_money import NOTHING, Basis
from ketenraming.reports.export.book import path_name
from ketenraming.reports.export.columns import Heads
from ketenraming.reports.export.text import Row, Table
from ketenraming.reports.numbers import day, percent
from ketenraming.reports.words import named
from ketenraming.scenarios.scenario import Change

ESTIMATED = {  # printed rows that a run has numbers for, and the quantities that each is the sum of
    "asiel_inflow": ("asiel_applications_inflow", "nareis_inflow"),
    "opvang_stock_avg": ("opvang_stock_avg",),
    "nareis_mvv_inflow": ("nareis_mvv_inflow",),
}
MINORS = {"amv_inflow": ("amv_inflow",), "nidos_guidance_stock_avg": ("nidos_guidance_stock_avg",)}
NORMS = ("nidos_guidance_price", "nidos_care_price", "nidos_intake_price")
FURTHER = (
    "asiel_pending_stock_end",
    "ind_overdue_stock_end",
    "vergunninghouder_stock_end",
    "nareis_inflow",
    "ind_asiel_decisions",
    "ind_regulier_decisions",
    "ind_naturalisatie_decisions",
    "doorstroom_stock_avg",
    "bewaring_stock_avg",
    "zelfstandig_outflow",
    "gedwongen_outflow",
    "oekraine_gemeente_stock_avg",
    "oekraine_particulier_stock_avg",
)


def key_figures(basis: Basis) -> Table:
    """The key figures that are estimated, under the labels of the budget."""
    rows = [
        Row((_printed_name(basis.heads, KEY_FIGURES, row), *_estimates(basis, names)))
        for row, names in ESTIMATED.items()
    ]
    return _by_year(basis, "export_article_key_figures", rows)


def key_figures_beside(basis: Basis) -> Table:
    """Each key figure that is estimated beside what is printed."""
    heads = basis.heads
    rows = [row for name, names in ESTIMATED.items() for row in _beside(basis, KEY_FIGURES, name, names)]
    rows += [row for name, names in MINORS.items() for row in _beside(basis, "amv", name, names)]
    head = ("", "", *heads.run.years)
    return Table(heads.say("export_article_key_figures_beside"), head, tuple(rows), words=2)


def _beside(basis: Basis, table: str, row: str, names: tuple[str, ...]) -> Iterator[Row]:
    heads = basis.heads
    printed = heads.library.edition(heads.run.edition).row(table, row)
    cells = (_figure(printed.get(year), basis) for year in heads.run.years)
    yield Row((named(heads.library, row, heads.lang), heads.say("export_article_in_print"), *cells))
    yield Row(("", heads.say("export_article_estimate"), *_estimates(basis, names)), "heavy")


def _figure(figure: Figure | None, basis: Basis) -> str:
    """A printed number, or a dash where none is printed."""
    return basis.number(figure.value, figure.decimals) if figure and figure.applies else NOTHING


def further(basis: Basis) -> Table:
    """Quantities that the budget does not print."""
    heads = basis.heads
    known = [name for name in FURTHER if all(name in terms for terms in heads.run.terms.values())]
    rows = [Row((named(heads.library, name, heads.lang), *_estimates(basis, (name,)))) for name in known]
    return _by_year(basis, "export_article_further", rows)


def minors(basis: Basis) -> Table:
    """Unaccompanied minors, under the labels of the budget."""
    rows = [Row((_printed_name(basis.heads, "amv", row), *_estimates(basis, names))) for row, names in MINORS.items()]
    return _by_year(basis, "export_article_amv", rows)


def norms(basis: Basis) -> Table:
    """The norm amounts of Nidos that are reckoned with, under the labels of the budget."""
    rows = [Row((_printed_name(basis.heads, "nidos-normen", row), *_estimates(basis, (row,)))) for row in NORMS]
    return _by_year(basis, "export_article_norms", rows)


def _estimates(basis: Basis, names: tuple[str, ...]) -> list[str]:
    """The sum of these quantities by year."""
    return [basis.number(sum(terms[name].central for name in names)) for terms in basis.heads.run.terms.values()]


def _printed_name(heads: Heads, table: str, row: str) -> str:
    """The label under which the budget prints a row, by which our own check knows it again; in English our word."""
    if heads.lang == "en":
        return named(heads.library, row, heads.lang)
    maps = (found for reading in heads.library.readings.values() if (found := reading.table(table)))
    return next(one.labels[0] for found in maps for one in found.rows if one.id == row)


def _by_year(basis: Basis, key: str, rows: list[Row]) -> Table:
    return Table(basis.heads.say(key), ("", *basis.heads.run.years), tuple(rows))


def flexibility(basis: Basis) -> Table:
    """How free the money is, as printed; a run says nothing of it."""
    heads, table = basis.heads, "budgetflexibiliteit"
    printed: Mapping[str, Mapping[str, Figure]] = heads.library.edition(heads.run.edition).rows(table)
    rows = [
        Row((heads.row_name(table, row), *(percent(figure.value, heads.lang, 0) for figure in cells.values())))
        for row, cells in printed.items()
    ]
    years = dict.fromkeys(year for cells in printed.values() for year in cells)
    return Table(heads.say("export_article_flexibility"), ("", *years), tuple(rows), broad=None)


def changes(basis: Basis) -> Table:
    """What the scenarios change: which number, from when until when, and how."""
    heads = basis.heads
    found = [change for scenario in heads.run.scenarios for change in scenario.changes]
    rows = [
        Row((path_name(heads.library, change.name, heads.lang), *_days(change, heads), _how(change, basis)))
        for change in found
    ]
    head = [*("label", "from", "until", "how")]
    return Table(heads.say("export_article_changes"), tuple(heads.head(name) for name in head), tuple(rows), words=4)


def _days(change: Change, heads: Heads) -> tuple[str, str]:
    until = heads.say("export_article_until") if change.until == date.max else day(change.until, heads.lang)
    return day(change.from_, heads.lang), until


def _how(change: Change, basis: Basis) -> str:
    heads, size = basis.heads, getattr(change, change.how)
    decimals = len(f"{size:g}".partition(".")[2])
    per = f" {heads.say('export_column_per')} {heads.say('year')}" if change.per else ""
    return f"{capital(heads.say(f'export_how_{change.how}'))} {basis.number(size, decimals)}{per}"
