"""A text with tables and pictures, alike for every format: DOCX, PDF and HTML only say it in their own way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ketenraming.reports.charts import Spec
from ketenraming.reports.html import tied
from ketenraming.reports.numbers import Lang


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the text is none of these, and 1 is the highest."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a lead is larger, a notice stands apart, what is quiet stands back."""

    text: str
    kind: Literal["plain", "lead", "notice", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of texts; a row matters more, as much, or less than the others."""

    cells: tuple[str, ...]
    weight: Literal["heavy", "plain", "quiet"] = "plain"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table of texts under its title; the first `words` columns are words, the others numbers.

    `broad` is the column that takes what room is left; without one the table is as wide as its texts.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    words: int = 1
    broad: int | None = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, with its numbers as text for who cannot see it."""

    spec: Spec

    @property
    def title(self) -> str:
        """Its title in one line."""
        return " ".join(self.spec["title"]["text"])

    @property
    def alt(self) -> str:
        """Its numbers in words."""
        return str(self.spec["description"])


Piece = Heading | Paragraph | Bullets | Table | Picture


@dataclass(frozen=True, slots=True)
class Text:
    """
    A whole text. `notice` is said on every page, `day` is what its file says it is of, and `say` gives the words of the
    catalogue, for what stands around a text.
    """

    title: str
    notice: str
    supposed: str
    made_by: str
    lang: Lang
    day: date
    pieces: tuple[Piece, ...]
    say: Callable[..., str]

    @property
    def tables(self) -> Iterator[Table]:
        """Its tables, in order."""
        return (piece for piece in self.pieces if isinstance(piece, Table))


def tied_together(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same pieces, in whose sentences no amount breaks over two lines."""
    return tuple(_tied(piece) for piece in pieces)


def _tied(piece: Piece) -> Piece:
    match piece:
        case Heading() | Paragraph():
            return replace(piece, text=tied(piece.text))
        case Bullets():
            return Bullets(tuple(map(tied, piece.items)))
    return piece
