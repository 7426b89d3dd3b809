"""ODS workbooks: every sheet; a cell reads as it shows, and in Dutch where it shows in English."""

import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from odfdo import Document, Element

from ketenraming.documents.blocks import Block, Limits, squash
from ketenraming.documents.numbers import read_number
from ketenraming.documents.readers.bounds import readable, too_large, weigh
from ketenraming.documents.readers.sheets import UNCALCULATED, Row, Used, blocks_of, number_cell

_NUMBERS = {"float", "currency", "percentage"}


def read(data: bytes, limits: Limits) -> Iterator[Block]:
    """The tables and headings of a workbook; repeated rows and cells are written out only where they hold something."""
    with readable("an OpenDocument spreadsheet (ODS)"):
        weigh(data, limits)
        for sheet in Document(BytesIO(data)).body.get_elements("table:table"):
            name = sheet.get_attribute_string("table:name") or "Blad"
            yield from blocks_of(name, _rows(sheet, limits), limits, partial(_at, name))


def _at(name: str, row: int, column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{name}!{letters}{row}"


def _rows(sheet: Element, limits: Limits) -> Iterator[Row]:
    """The rows that hold something, by number; an empty row repeated a million times only moves the number on."""
    number, filled = 1, 0
    for row in sheet.get_elements("descendant::table:table-row"):
        repeated = _repeated(row, "table:number-rows-repeated")
        cells = _cells(row, limits)
        filled += len(cells) * repeated
        if filled > limits.cells:
            raise too_large(limits)
        yield from ((number + i, cells) for i in range(repeated if cells else 0))
        number += repeated


def _cells(row: Element, limits: Limits) -> list[Used]:
    """What a row holds. A cell covered by a merged one takes a column and shows nothing."""
    cells: list[Used] = []
    column = 1
    for cell in row.get_elements("table:table-cell|table:covered-table-cell"):
        repeated = _repeated(cell, "table:number-columns-repeated")
        used = _used(column, cell) if cell.tag == "table:table-cell" else Used(column, "")
        if used.text:
            if len(cells) + repeated > limits.cells:
                raise too_large(limits)
            cells.extend(used._replace(column=column + i) for i in range(repeated))
        column += repeated
    return cells


def _repeated(element: Element, name: str) -> int:
    digits = re.fullmatch(r"\d{1,9}", element.get_attribute_string(name) or "1")
    return max(int(digits[0]), 1) if digits else 1


def _used(column: int, cell: Element) -> Used:
    """A cell as it shows; a number that shows otherwise than in Dutch is printed again from its value."""
    shown = squash(" ".join(paragraph.text_recursive for paragraph in cell.get_elements("text:p")))
    kind = cell.get_attribute_string("office:value-type")
    value = cell.get_attribute_string("office:value")
    if kind not in _NUMBERS or value is None:
        uncalculated = not shown and kind is None and cell.get_attribute_string("table:formula") is not None
        return Used(column, UNCALCULATED if uncalculated else shown)
    percent = kind == "percentage"
    printed = number_cell(column, float(value), _decimals(shown, float(value)), percent, _is_grouped(shown))
    return printed._replace(text=shown) if _is_dutch(shown, float(value), percent) else printed


def _is_dutch(shown: str, value: float, percent: bool) -> bool:
    """Whether the text, read as Dutch, is the value it shows, give or take its last digit."""
    number = read_number(shown)
    if number is None or number.percent != percent:
        return False
    return bool(abs(number.value - value * (100 if percent else 1)) <= 0.500001 / 10**number.decimals)


def _is_grouped(shown: str) -> bool:
    return bool(re.search(r"\d[.,\s]\d{3}(?!\d)", shown))


def _decimals(shown: str, value: float) -> int | None:
    """How many decimals a cell shows; None where it shows nothing to tell by."""
    if not shown:
        return None
    behind = re.search(r"[.,](\d+)\D*$", shown)
    if behind is None or (len(behind[1]) == 3 and abs(value) >= 1000):
        return 0
    return len(behind[1])
