"""
A document as a reader hands it over: paragraphs and tables of text, each with the place where it stands.

A reader knows a file format and nothing about budgets. What a cell means is decided in `figures`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ketenraming.base.errors import DocumentUnreadable


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a stranger may hand in."""

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 100_000_000
    cells: int = 200_000
    pages: int = 400


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell as printed, and where it stands (`regel 12`, `Blad1!D7`, `p. 3`)."""

    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading."""

    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Table:
    """
    Rows of cells, header rows included.

    `aligned` says whether the position of a cell in its row is its column: true in a spreadsheet, HTML or XML (where
    merged cells are repeated empty), false in plain text and PDF, where cells shift.
    """

    rows: tuple[tuple[Cell, ...], ...]
    at: str
    aligned: bool
    title: str = ""


Block = Paragraph | Table

LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Document:
    """A named sequence of blocks in the order of print."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs and headings, in order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]


def bounded(blocks: Iterable[Block], limits: Limits, name: str) -> Iterator[Block]:
    """The same blocks, refused once they hold more cells than allowed."""
    cells = 0
    for block in blocks:
        cells += sum(len(row) for row in block.rows) if isinstance(block, Table) else 1
        if cells > limits.cells:
            raise DocumentUnreadable(
                "{name} holds more than {most} cells and paragraphs. Hand in the article alone.",
                name=name,
                most=limits.cells,
            )
        yield block


def squash(text: str) -> str:
    """The text with every run of white space made one space."""
    return " ".join(text.split())


def title_after(title: str, text: str) -> str:
    """The title for the next table once `text` has gone by: prose is too long to be one."""
    return text if len(text) <= LONGEST_TITLE else title
