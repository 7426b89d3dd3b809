"""The money of a run as tables of whole thousands: the article by line and year, and what counts as aid."""

from collections.abc import Mapping, Sequence

from ketenraming.reports.export.columns import PARTS, QUANTILES, Heads
from ketenraming.reports.export.sheets import Cell, Column, Less, Row, Sheet, Sum
from ketenraming.reports.tables import Figures, Line
from ketenraming.reports.words import label

ODA_PARTS = ("oda/coa", "oda/nidos", "oda/ind-tolken", "oda/rechtsbijstand", "oda/vwn")

SPENT, DIRECTIONS = "expenditure", {"37/ontvangsten": "revenue", "37/verplichtingen": "commitment"}
PHASES = {"proposed": "budgeted", "estimate": "needed"}


def money_sheets(heads: Heads, table: Sequence[Line]) -> list[Sheet]:
    """The article as a whole, each part of it by address and year, and all numbers in one list."""
    return [overview(heads, table), *(of_article(heads, table, part) for part in PARTS), as_list(heads, table)]


def overview(heads: Heads, table: Sequence[Line]) -> Sheet:
    """The article as a whole by year."""
    (whole,) = (line for line in table if line.address == "37")
    rows = [(int(year), *_amounts("37", year, figures, heads)) for year, figures in whole.years.items()]
    return heads.sheet("overview", [heads.year(), *heads.amounts()], rows)


def of_article(heads: Heads, table: Sequence[Line], part: str) -> Sheet:
    """Budgeted, needed or gap of every address by year; headings are sums where what is below adds up to them."""
    columns = [*heads.text("address", "label"), *(Column(year, year, "money") for year in heads.run.years)]
    where = {line.address: i for i, line in enumerate(table)}
    below = {line.address: _below(line.address, where, heads) for line in table}
    rows = [
        (
            line.address,
            label(heads.library, line.address, heads.lang),
            *(_cell(line, year, part, [table[i] for i in below[line.address]], below) for year in heads.run.years),
        )
        for line in table
    ]
    return heads.sheet(part, columns, rows, [line.depth for line in table])


def _below(address: str, where: Mapping[str, int], heads: Heads) -> tuple[int, ...]:
    """The rows of the addresses right below one."""
    return tuple(where[node.address] for node in heads.library.budget.children(address) if node.address in where)


def _cell(line: Line, year: str, part: str, lower: Sequence[Line], below: Mapping[str, tuple[int, ...]]) -> Cell:
    value: int = getattr(line.years[year], part)
    if part == "gap":
        return Less(value, "needed", "budgeted")
    adds_up = sum(getattr(other.years[year], part) for other in lower) == value
    return Sum(value, below[line.address]) if lower and adds_up else value


def as_list(heads: Heads, table: Sequence[Line]) -> Sheet:
    """Every address and year in a row, with band, chance and flags."""
    rows: list[Row] = []
    for line in table:
        name = label(heads.library, line.address, heads.lang)
        for year, figures in line.years.items():
            flags = " ".join(flag.value for flag in figures.flags)
            rows.append((line.address, name, "kEUR", int(year), *_amounts(line.address, year, figures, heads), flags))
    columns = [*heads.text("name", "label"), heads.unit(["kEUR"]), heads.year(), *heads.amounts(), heads.flags()]
    return heads.sheet("lines", columns, rows)


def _amounts(address: str, year: str, figures: Figures, heads: Heads) -> Row:
    row = heads.run.row(address, year)
    band = (round(q / 1000) for q in row.needed.quantiles(QUANTILES))
    return (figures.budgeted, figures.needed, figures.gap, *band, round(row.chance_over, 4))


def as_budget(heads: Heads, table: Sequence[Line]) -> Sheet:
    """One amount in a row, in whole euros: what is budgeted and what is needed; headings say that they are sums."""
    where = {line.address: i for i, line in enumerate(table)}
    rows = [
        (line.address, label(heads.library, line.address, heads.lang), int(year), DIRECTIONS.get(line.address, SPENT),
         phase, "true" if _below(line.address, where, heads) else "false", 1000 * getattr(figures, part), "EUR")
        for line in table for year, figures in line.years.items() for phase, part in PHASES.items()
    ]  # fmt: skip
    columns = [
        *heads.text("name", "label"),
        heads.year(),
        heads.codes("direction", {way: f"export_{way}" for way in (SPENT, *DIRECTIONS.values())}),
        heads.codes("phase", {phase: part for phase, part in PHASES.items()}),
        heads.codes("is_sum", {"true": "export_yes", "false": "export_no"}),
        Column("amount", heads.head("amount"), "money"),
        *heads.text("currency"),
    ]
    return heads.sheet("budget", columns, rows)


def oda(heads: Heads) -> Sheet:
    """What is attributed to development assistance; parts are rounded to the thousand, and the whole is their sum."""
    rows: list[Row] = []
    for year, parts in heads.run.oda.items():
        above, whole = len(rows), 0
        for name in ODA_PARTS:
            central, *band = (round(v / 1000) for v in (parts[name].central, *parts[name].quantiles(QUANTILES)))
            rows.append((name, heads.row_name(*name.split("/")), "kEUR", int(year), central, *band))
            whole += central
        total = Sum(whole, tuple(range(above, len(rows))))
        band = [round(q / 1000) for q in parts["oda"].quantiles(QUANTILES)]
        rows.append(("oda", heads.say("export_oda"), "kEUR", int(year), total, *band))
    columns = [*heads.text("name", "label"), heads.unit(["kEUR"]), heads.year(), *heads.band(money=True)]
    return heads.sheet("oda", columns, rows, [0 if row[0] == "oda" else 3 for row in rows])
