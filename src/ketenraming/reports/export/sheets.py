"""
Tables as data, alike for every format: numbers are numbers, and each column says what stands in it.

What differs from format to format, such as how a thousand is written, is left to the writers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ketenraming.reports.numbers import Lang

Kind = Literal["text", "code", "year", "day", "money", "number", "share"]
Look = Literal["whole", "fine", "exact", "percent"]


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole number that is the sum of cells in its own column; `rows` count from nought."""

    value: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Less:
    """A whole number that is a cell of one sheet less the same cell of another."""

    value: int
    whole: str
    part: str


Cell = str | int | float | date | Sum | Less | None
Plain = str | int | float | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column: its name for programs, its head for readers, and what stands in it.

    Money is in whole thousands of euros, a share is a part of one, a number is in the unit of its row. A `code` is one
    or more fixed words, and `words` says them to readers.
    """

    name: str
    head: str
    kind: Kind = "text"
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_text(self) -> bool:
        """Whether it holds no numbers."""
        return self.kind in ("text", "code", "day")

    def in_words(self, cell: Plain) -> Plain:
        """A cell as a reader wants it: codes in words, all else as it is."""
        if self.kind != "code" or not cell:
            return cell
        return "; ".join(self.words.get(part, part) for part in str(cell).split(" "))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `depths` are by row: nought for the whole, more for what stands below it; empty for a flat list."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    depths: tuple[int, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether its rows are a list that can be sorted and filtered."""
        return not self.depths

    def depth(self, row: int) -> int:
        """How deep a row stands."""
        return self.depths[row] if self.depths else 3

    def look(self, row: Row) -> Look:
        """
        How the numbers of a row are written: shares in percent, large ones whole, small ones with two decimals.

        Where no column says the unit, small ones are written as they are.
        """
        cells = list(zip(self.columns, row, strict=True))
        unit = next((cell for column, cell in cells if column.name == "unit"), None)
        if unit == "1":
            return "percent"
        numbers = [abs(cell) for column, cell in cells if column.kind == "number" and isinstance(cell, int | float)]
        if max(numbers, default=0) >= 100:
            return "whole"
        return "fine" if unit else "exact"

    def records(self) -> Iterator[dict[str, Plain]]:
        """The rows by the names of their columns, formulas as their values."""
        names = [column.name for column in self.columns]
        for row in self.rows:
            yield dict(zip(names, map(plain, row), strict=True))


@dataclass(frozen=True, slots=True)
class Book:
    """
    All tables of a run, in the order of reading, with the words that every document of it opens with.

    `figures` has all numbers of a line, of people, of a price or of development assistance in one list, and `budget`
    one amount in a row, as publishers of budgets have them.
    """

    title: str
    notice: str
    supposed: str
    lang: Lang
    day: date
    sheets: tuple[Sheet, ...]
    figures: Sheet
    budget: Sheet

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name; raises StopIteration where there is none."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


def plain(cell: Cell) -> Plain:
    """A cell without its formula."""
    return cell.value if isinstance(cell, Sum | Less) else cell


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Rows that follow each other taken together: the first and the last of each run."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
