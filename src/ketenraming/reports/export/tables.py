"""Tables of texts: all lines of the article, people and prices by year, and what counts as development assistance."""

from collections.abc import Iterator, Sequence
from typing import Literal

from ketenraming.reports.checked import capital
from ketenraming.reports.export.book import terms_sheet
from ketenraming.reports.export.columns import Heads
from ketenraming.reports.export.money import oda
from ketenraming.reports.export.sheets import Plain, plain
from ketenraming.reports.export.text import Row, Table
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.opening import Chart
from ketenraming.reports.rows import TableRow, article_blocks
from ketenraming.reports.tables import Line
from ketenraming.reports.terminal import code_of

_DECIMALS = {"whole": 0, "fine": 2, "exact": 2, "percent": 1}
_BAND = {"p10": "export_low", "p90": "export_high"}
_MATTERS = 1  # addresses down to this depth are bold
Weight = Literal["heavy", "plain", "quiet"]


def twin(chart: Chart) -> Table:
    """The numbers of a chart again as a table."""
    return Table(chart.headline, chart.head, tuple(Row(row) for row in chart.rows), broad=None)


def all_lines(heads: Heads, table: Sequence[Line]) -> Table:
    """Budgeted, needed with its band, and gap of every address by year; one row where no people are behind it."""
    blocks = article_blocks(heads.run, table, heads.lang)
    rows = [row for line, block in zip(table, blocks, strict=True) for row in _of_line(line, block, heads)]
    head = (heads.say("line"), "", *heads.run.years)
    return Table(heads.say("report_table_caption"), head, tuple(rows), words=2)


def _of_line(line: Line, block: Sequence[TableRow], heads: Heads) -> Iterator[Row]:
    """The rows of one address; marks stand behind what they are about, for one year or more of the row."""
    for row in block:
        name = f"{code_of(row.address)}{row.label}" if row is block[0] else ""
        part = heads.say("flag_as_printed" if row.part == "as_printed" else row.part)
        marks = "".join(dict.fromkeys("".join(cell.marks for cell in row.cells)))
        weight: Weight = "heavy" if row.depth <= _MATTERS else "plain"
        cells = (f"{'† ' if cell.not_funded else ''}{cell.text}" for cell in row.cells)
        yield Row((name, f"{part} ({marks})" if marks else part, *cells), weight, max(row.depth - 1, 0))
        if row.part == "needed":
            for field, key in (("low", "export_low"), ("high", "export_high")):
                band = (number(getattr(figures, field), heads.lang) for figures in line.years.values())
                yield Row(("", heads.say(key), *band), "quiet")


def of_terms(heads: Heads, which: str, names: Sequence[str] = ()) -> Table:
    """People with their bands, or prices, by year; all of them, or those of these names."""
    sheet, rows = terms_sheet(heads, which), list[Row]()
    by_name: dict[str, list[dict[str, Plain]]] = {}
    looks: dict[str, int] = {}
    for row, record in zip(sheet.rows, sheet.records(), strict=True):
        by_name.setdefault(str(record["name"]), []).append(record)
        looks[str(record["name"])] = min(looks.get(str(record["name"]), 9), _DECIMALS[sheet.look(row)])
    unit = next(column for column in sheet.columns if column.name == "unit")
    for name in names or by_name:
        records, decimals = by_name[name], looks[name]
        label = f"{records[0]['label']} ({unit.in_words(records[0]['unit'])})"
        rows.append(Row((label, *(_number(r["estimate"], r["unit"], decimals, heads.lang) for r in records))))
        if names:
            for field, key in _BAND.items():
                band = (_number(r[field], r["unit"], decimals, heads.lang) for r in records)
                rows.append(Row((heads.say(key), *band), "quiet", depth=1))
    return Table(sheet.about, (capital(heads.say("export_column_label")), *heads.run.years), tuple(rows))


def _number(value: Plain, unit: Plain, decimals: int, lang: Lang) -> str:
    assert isinstance(value, int | float)  # numbers stand in these columns
    return percent(100 * value, lang) if unit == "1" else number(value, lang, decimals)


def aid(heads: Heads) -> Table:
    """What counts as development assistance, part by part and in all."""
    sheet = oda(heads)
    by_name: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for row in sheet.rows:
        name, label = str(row[0]), str(row[1])
        value = plain(row[4])
        assert isinstance(value, int)
        by_name.setdefault(name, []).append(number(value, heads.lang))
        labels[name] = label
    rows = [Row((labels[name], *cells), "heavy" if name == "oda" else "plain") for name, cells in by_name.items()]
    return Table(sheet.about, (capital(heads.say("export_column_label")), *heads.run.years), tuple(rows))
