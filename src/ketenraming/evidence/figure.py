"""Published figures: whole numbers in the unit printed, with their place and their precision."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from ketenraming.base.finding import Place


class Kind(StrEnum):
    """What sort of number it is; numbers of different sorts are never added."""

    VERPLICHTINGEN = "verplichtingen"
    UITGAVEN = "uitgaven"
    ONTVANGSTEN = "ontvangsten"
    KEY_FIGURE = "key_figure"
    SHARE = "share"
    TARGET = "target"
    NORM = "norm"
    CLAIM = "claim"
    DAY = "day"
    WORDING = "wording"


class Maturity(StrEnum):
    """Whether it happened, is expected, or says nothing."""

    REALISATION = "realisation"
    FORECAST = "forecast"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One printed number: `digits` are its digits as a whole number, `decimals` how many of them stand behind the comma.

    `step` is the smallest difference the publisher distinguishes, in units of the last digit: 10 for a key figure
    printed in tens.
    """

    place: Place
    digits: int
    unit: str
    kind: Kind
    decimals: int = 0
    step: int = 1
    maturity: Maturity = Maturity.FORECAST
    label: str = ""
    note: str = ""

    @property
    def value(self) -> float:
        """The number in its printed unit."""
        return self.digits / float(10**self.decimals)

    @property
    def tolerance(self) -> float:
        """Half of the smallest difference the publisher distinguishes, in the printed unit."""
        return 0.5 * self.step / float(10**self.decimals)

    @property
    def applies(self) -> bool:
        """Whether the number says something (the 2024 zeros of a new budget chapter do not)."""
        return self.maturity is not Maturity.NOT_APPLICABLE

    def with_digits(self, digits: int) -> "Figure":
        """The same cell with another number in it."""
        return replace(self, digits=digits)


class Figures:
    """Printed figures by table, row and column, in the order of print."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._tables: dict[str, dict[str, dict[str, Figure]]] = {}
        self.repeated: list[Figure] = []
        for figure in figures:
            table, row, column = figure.place.cell
            cells = self._tables.setdefault(table, {}).setdefault(row, {})
            if cells.setdefault(column, figure) is not figure:
                self.repeated.append(figure)

    def __iter__(self) -> Iterator[Figure]:
        return (f for rows in self._tables.values() for cells in rows.values() for f in cells.values())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def get(self, table: str, row: str, column: str) -> Figure | None:
        """The figure in a cell, or None where the cell is not printed."""
        return self.row(table, row).get(column)

    def row(self, table: str, row: str) -> dict[str, Figure]:
        """One row by column name; empty where it is not printed."""
        return self.rows(table).get(row, {})

    def rows(self, table: str) -> dict[str, dict[str, Figure]]:
        """All rows of a table, each by column name, in the order of print."""
        return self._tables.get(table, {})

    def tables(self) -> list[str]:
        """The tables, in the order of print."""
        return list(self._tables)

    def replacing(self, other: Figure) -> "Figures":
        """The same figures with one cell printed differently."""
        return Figures(other if f.place.cell == other.place.cell else f for f in self)
