"""XLSX workbooks: every sheet, hidden ones too; a cell reads as it shows, in Dutch."""

import datetime
import re
import warnings
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from ketenraming.documents.blocks import Block, Limits, squash
from ketenraming.documents.readers.bounds import readable, too_large, weigh
from ketenraming.documents.readers.sheets import UNCALCULATED, Row, Used, blocks_of, number_cell


class Style(NamedTuple):
    """What a number format says: decimals (None: as many as there are), percent, thousands dots, powers of 1000."""

    decimals: int | None
    percent: bool
    grouped: bool
    thousands: int


def read(data: bytes, limits: Limits) -> Iterator[Block]:
    """The tables and headings of a workbook. Where cells are merged the text stands in the first of them, as stored."""
    with readable("an Excel workbook (XLSX)"):
        weigh(data, limits)
        values, formulas = _open(data, data_only=True), _open(data, data_only=False)
        for sheet, formula_sheet in zip(values.worksheets, formulas.worksheets, strict=True):
            rows = _rows(sheet, formula_sheet, limits)
            yield from blocks_of(sheet.title, rows, limits, partial(_at, sheet.title))


def _at(title: str, row: int, column: int) -> str:
    return f"{title}!{get_column_letter(column)}{row}"


def _open(data: bytes, data_only: bool) -> Workbook:
    """
    The workbook, cell by cell.

    Read-only: otherwise one merged range or link over the whole sheet makes openpyxl build every cell of it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which are not read
        book = load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # the stated dimensions are a stranger's word
    return book


def _rows(sheet: Any, formula_sheet: Any, limits: Limits) -> Iterator[Row]:
    """The rows with what is filled in them. Each row above one far down is walked, so rows are counted."""
    filled = 0
    for number, (row, formulas) in enumerate(zip(sheet.iter_rows(), formula_sheet.iter_rows(), strict=True), 1):
        used = [
            _used(column, cell, formula)
            for column, (cell, formula) in enumerate(zip(row, formulas, strict=True), 1)
            if cell.value is not None or formula.value is not None
        ]
        filled += len(used)
        if filled > limits.cells or number > 2**20:
            raise too_large(limits)
        yield number, [cell for cell in used if cell.text]


def _used(column: int, cell: Any, formula: Any) -> Used:
    """A cell as it shows."""
    value = cell.value
    if value is None:
        return Used(column, UNCALCULATED if formula.data_type == "f" else "")
    if isinstance(value, bool):
        return Used(column, "WAAR" if value else "ONWAAR")
    if isinstance(value, int | float):
        style = style_of(cell.number_format or "General")
        value = value / 1000**style.thousands if style.thousands else value
        return number_cell(column, value, style.decimals, style.percent, style.grouped)
    return Used(column, _moment(value) if isinstance(value, datetime.date | datetime.time) else squash(str(value)))


def _moment(value: datetime.date | datetime.time) -> str:
    """A date as `31-12-2026`; a time of day, which no budget prints, as it is."""
    if isinstance(value, datetime.date):
        return value.strftime("%d-%m-%Y")
    return str(value)


def style_of(number_format: str) -> Style:
    """What a number format says about positive numbers; texts, colours and fill in it are left out."""
    shown = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", number_format.split(";")[0])
    digits = re.search(r"[#0?][#0?,.]*", shown)
    percent = "%" in shown
    if digits is None or shown.strip().lower() in {"general", "standaard", "@"}:
        return Style(None, percent, False, 0)
    whole, _, decimals = digits[0].partition(".")
    scaled = len(digits[0]) - len(digits[0].rstrip(","))
    grouped = "," in whole.rstrip(",")
    return Style(len(decimals.rstrip(",")), percent, grouped, scaled)
