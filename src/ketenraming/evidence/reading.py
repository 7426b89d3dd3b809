"""Reading maps: how the tables and amounts of an article are recognised, and what they promise each other."""

from typing import Literal

from pydantic import Field

from ketenraming.evidence.figure import Kind
from ketenraming.evidence.source import Strict

CellName = tuple[str, str, str]  # table, row, column


class RowMap(Strict):
    """One row of a table: the name we give it and the labels it is printed under."""

    id: str
    labels: tuple[str, ...] = Field(min_length=1)
    unit: str = ""
    kind: Kind | None = None


class SumMap(Strict):
    """A total and its parts, by row name."""

    total: str
    parts: tuple[str, ...] = Field(min_length=2)


class PercentMap(Strict):
    """A column of shares that are amounts over a total, in percent."""

    amounts: str
    shares: str
    total: str


class TableMap(Strict):
    """One table: the shape it has, the rows that make it recognisable, and the identities it implies."""

    id: str
    title_nl: str
    title_en: str
    shape: Literal["budget", "list"]
    columns: Literal["years"] | tuple[str, ...]
    column_labels: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unit: str
    units: dict[str, str] = Field(default_factory=dict)
    kind: Kind
    rows: tuple[RowMap, ...] = ()
    sums: tuple[SumMap, ...] = ()
    hundred: tuple[tuple[str, ...], ...] = ()
    percent_of: PercentMap | None = None

    def unit_of(self, row: RowMap | None, column: str) -> str:
        """The unit of a cell: the column's, else the row's, else the table's."""
        return self.units.get(column) or (row.unit if row else "") or self.unit


class ClaimMap(Strict):
    """One amount in the prose: the words around it, and the cell it speaks of."""

    id: str
    cue: str
    unit: str
    year: str = ""
    of: CellName | None = None
    relation: Literal["equals", "part_of", "none"]
    together: str = ""
    law: str = ""
    permanent: bool = False


class DayMap(Strict):
    """A year or a day in the prose, and the address it is about."""

    id: str
    cue: str
    unit: Literal["year", "date"]
    of: str
    law: str = ""


class WordingMap(Strict):
    """Words that promise a size, and the row they are about."""

    id: str
    cue: str
    expects: Literal["small_increase", "small_part", "not_all"]
    of: tuple[str, str]


class PairMap(Strict):
    """A cell of one table and a line of the main table that speak of the same money in the budget year."""

    id: str
    left: CellName
    right: str
    relation: Literal["equals", "part_of"]


class HeadMap(Strict):
    """A line of money and the rows of people it is for."""

    id: str
    line: str
    people: tuple[tuple[str, str], ...]


class Reading(Strict):
    """Everything needed to read one kind of article."""

    tables: tuple[TableMap, ...]
    claims: tuple[ClaimMap, ...] = ()
    days: tuple[DayMap, ...] = ()
    wording: tuple[WordingMap, ...] = ()
    pairs: tuple[PairMap, ...] = ()
    heads: tuple[HeadMap, ...] = ()

    def table(self, table: str) -> TableMap | None:
        """The map of a table by its name, or None for a table without one."""
        return next((t for t in self.tables if t.id == table), None)
