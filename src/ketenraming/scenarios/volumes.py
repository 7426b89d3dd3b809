"""The article's own people: printed volumes by year, the last one carried on where a year is not printed."""

from collections.abc import Sequence

from ketenraming.documents.article import BUDGET, PROSE
from ketenraming.evidence.figure import Figure, Figures
from ketenraming.evidence.library import Library
from ketenraming.finance.term import Flag, Note, Term, carried, known, product, quotient

ROWS = {
    "opvang_stock_avg": "kengetallen",
    "opvang_inflow": "kengetallen",
    "opvang_outflow": "kengetallen",
    "asiel_inflow": "kengetallen",
    "regulier_inflow": "kengetallen",
    "toelating_verblijf_inflow": "kengetallen",
    "nareis_mvv_inflow": "kengetallen",
    "visum_inflow": "kengetallen",
    "naturalisatie_inflow": "kengetallen",
    "nidos_guidance_stock_avg": "amv",
    "amv_inflow": "amv",
    "nidos_guidance_price": "nidos-normen",
    "nidos_care_price": "nidos-normen",
    "nidos_intake_price": "nidos-normen",
}
PLACES = "oekraine_capacity"
FOLLOWS = {"nidos_guidance_stock_avg": "asiel_inflow", "amv_inflow": "asiel_inflow"}


def printed(figure: Figure, library: Library, name: str, unit: str = "", year: str = "") -> Term:
    """A printed number as a term, in base units; `unit` and `year` where the table leaves them to be understood."""
    value, base = library.in_base_units(figure)
    return known(name, year or figure.place.column, value, unit or base, figure.place)


def read_volumes(figures: Figures, library: Library, years: Sequence[str]) -> dict[str, dict[str, Term]]:
    """
    Every printed volume and norm for every year, by year and name.

    A year that is not printed gets the last printed value, flagged; minors move with asylum inflow from there.
    """
    by_name = {name: _row(figures, library, name, table, years) for name, table in ROWS.items()}
    by_name[PLACES] = _places(figures, library, years)
    for name, driver in FOLLOWS.items():
        by_name[name] = {y: _following(term, by_name[driver]) for y, term in by_name[name].items()}
    return {year: {name: row[year] for name, row in by_name.items()} for year in years}


def _row(figures: Figures, library: Library, name: str, table: str, years: Sequence[str]) -> dict[str, Term]:
    unit = library.variables[name].unit_of_a_year
    cells = {year: printed(f, library, name, unit) for year, f in figures.row(table, name).items()}
    last = max(cells)
    return {year: cells[year] if year in cells else carried(cells[last], year) for year in years}


def _places(figures: Figures, library: Library, years: Sequence[str]) -> dict[str, Term]:
    """The one number of places for displaced persons that the text prints, used for all years."""
    figure = figures.row(PROSE, "oekraine-plaatsen")[""]
    unit = library.variables[PLACES].unit_of_a_year
    place = known(PLACES, "", figure.value, unit, figure.place)
    return {year: carried(place, year) for year in years}


def _following(term: Term, driver: dict[str, Term]) -> Term:
    """A carried term, moved with another volume since the year it was printed for."""
    if Flag.CARRIED not in term.flags:
        return term
    base = driver[term.inputs[0].year]
    now = driver[term.year]
    ratio = quotient(f"{now.name} {now.year} / {base.year}", now, base)
    return product(term.name, term, ratio).flagged(note=Note("note_moves_with", {"year": base.year, "name": now.name}))


def lines(figures: Figures, library: Library, address: str) -> dict[str, Term]:
    """A line of the main table by year, in euros."""
    cells = figures.row(BUDGET, address)
    return {year: printed(f, library, address, "EUR") for year, f in cells.items() if f.applies}
