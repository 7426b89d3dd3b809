"""What spreadsheets share: rows of filled cells cut into paragraphs and tables, numbers printed the Dutch way."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ketenraming.documents.blocks import Block, Cell, Limits, Paragraph, Table, title_after
from ketenraming.documents.numbers import read_number, read_year
from ketenraming.documents.readers.bounds import too_large

UNCALCULATED = "#formule"  # shown for a formula that no program has calculated, or it would be taken for an empty cell


class Used(NamedTuple):
    """A filled cell of a sheet: its column, its text, and its text in case it is a year in a header or a code."""

    column: int
    text: str
    otherwise: str = ""


Row = tuple[int, list[Used]]


def dutch(value: float | Decimal, decimals: int | None = None, percent: bool = False) -> str:
    """A number as a Dutch document prints it: `399.853`, `39,0%`, `-3.275`; as many decimals as it has if not told."""
    exact = Decimal(str(value)) * (100 if percent else 1)
    if not exact.is_finite() or abs(exact) >= 10**15:
        return str(value)
    if decimals is None:
        # Ten digits is what a spreadsheet shows of a cell without a format; more is binary noise (0.1 + 0.2).
        exact = Decimal(f"{exact:.10g}") if exact % 1 else exact
        decimals = len(f"{exact.normalize():f}".partition(".")[2])
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    printed = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{'-' if rounded < 0 else ''}{printed}{'%' if percent else ''}"


def number_cell(column: int, value: float, decimals: int | None, percent: bool, grouped: bool) -> Used:
    """A number of a sheet; one that may be a year (2026) or the code of an article part (37.4) says how that reads."""
    otherwise = ""
    if not percent and not grouped and float(value).is_integer() and 1900 <= value <= 2100:
        otherwise = str(int(value))
    elif not percent and not grouped and re.fullmatch(r"\d{1,2}\.\d{1,2}", str(value)):
        otherwise = f"{value:.{decimals}f}" if decimals in {1, 2} else str(value)
    return Used(column, dutch(value, decimals, percent), otherwise)


def blocks_of(name: str, rows: Iterable[Row], limits: Limits, at: Callable[[int, int], str]) -> Iterator[Block]:
    """The paragraphs and tables of one sheet, given its rows with what is filled in them."""
    title = name
    for run in _runs(rows):
        first = min(used.column for _, filled in run for used in filled)
        heads = next((i for i, (_, filled) in enumerate(run) if not _is_prose(filled, first)), len(run))
        for number, filled in run[:heads]:
            title = title_after(title, filled[0].text)
            yield Paragraph(filled[0].text, at(number, first))
        if run[heads:]:
            yield _table(run[heads:], title, limits, at)


def _is_prose(filled: list[Used], first: int) -> bool:
    """Whether a row is a heading or a sentence: one text, at the left edge of what stands around it."""
    return len(filled) == 1 and filled[0].column == first and read_number(filled[0].text) is None


def _runs(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows without an empty row between them; a run that begins with a body row goes on with the table before it."""
    run: list[Row] = []
    expected = 0
    for number, filled in rows:
        if not filled:
            continue
        if run and number != expected and not (_is_body(filled) and len(run[-1][1]) > 1):
            yield run
            run = []
        run.append((number, filled))
        expected = number + 1
    if run:
        yield run


def _is_body(filled: list[Used]) -> bool:
    """Whether a row is a label (or a code) with numbers: that is never how a table begins."""
    label, *rest = (used.otherwise or used.text for used in filled)
    numbers = [text for text in rest if read_number(text) and not read_year(text)]
    return bool(numbers) and read_number(label) is None


def _table(run: list[Row], title: str, limits: Limits, at: Callable[[int, int], str]) -> Table:
    """A table of the columns that are used; a stray cell far away adds one column, not thousands."""
    columns = sorted({used.column for _, filled in run for used in filled})
    if len(columns) * len(run) > limits.cells:
        raise too_large(limits)
    headed = False
    lines: list[tuple[Cell, ...]] = []
    for number, filled in run:
        texts = {used.column: text for used, text in zip(filled, _printed(filled, headed), strict=True)}
        headed = headed or any(read_number(text) for text in texts.values())
        lines.append(tuple(Cell(texts.get(column, ""), at(number, column)) for column in columns))
    return Table(tuple(lines), at(run[0][0], columns[0]), aligned=True, title=title)


def _printed(filled: list[Used], headed: bool) -> list[str]:
    """The texts of a row, with years written as years in a header and a code at the left as a code."""
    numbers = [used for used in filled if read_number(used.text)]
    years = [used.otherwise for used in numbers if read_year(used.otherwise)]
    header = (not headed or len(numbers) == len(filled)) and years == sorted(set(years)) and len(years) == len(numbers)
    texts = [used.otherwise if header and used.otherwise else used.text for used in filled]
    beside_text = len(filled) > 1 and read_number(filled[1].text) is None
    if filled[0].otherwise and (beside_text or read_year(filled[0].otherwise)):
        texts[0] = filled[0].otherwise
    return texts
