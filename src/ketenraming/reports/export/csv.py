"""
Tables as CSV: plain for programs, and in the Dutch way for Excel.

What begins as a formula is made harmless in both, because titles may come from a scenario of anybody.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date

from ketenraming.reports.export.sheets import Book, Plain, Sheet, plain
from ketenraming.reports.listing import inert

BOM = "\ufeff"  # by which Excel knows UTF-8


def write_csv(book: Book) -> bytes:
    """All numbers with commas, decimal points and the names of the library."""
    return sheet_as_csv(book.figures)


def write_excel_csv(book: Book) -> bytes:
    """All numbers with semicolons, decimal commas and words for readers."""
    sheet = book.figures
    heads = [column.head for column in sheet.columns]
    rows = [
        [_cell(column.in_words(plain(cell)), ",") for column, cell in zip(sheet.columns, row, strict=True)]
        for row in sheet.rows
    ]
    return (BOM + _text([heads, *rows], ";", "\r\n")).encode()


def sheet_as_csv(sheet: Sheet) -> bytes:
    """One table as plain CSV, under the names of its columns."""
    names = [column.name for column in sheet.columns]
    rows = [[_cell(plain(cell), ".") for cell in row] for row in sheet.rows]
    return _text([names, *rows], ",", "\n").encode()


def _cell(cell: Plain, point: str) -> str:
    """A cell as text: nothing where there is nothing, text without its sting, numbers with this decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return inert(cell)
    return cell.isoformat() if isinstance(cell, date) else repr(cell).replace(".", point)


def _text(rows: Iterable[Iterable[str]], delimiter: str, end: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    return stream.getvalue()
