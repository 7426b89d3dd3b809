"""PDF, first half: words put back into visual lines, without footnote marks and running headers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from statistics import median
from typing import Any

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.documents.blocks import Limits
from ketenraming.documents.numbers import is_nothing, read_number, read_year

_MINUS = set("‒–—−-")
CODE = re.compile(r"\d{1,2}\.\d{1,2}")  # of an article part
_PAGE_NUMBER = re.compile(r"(?:pagina |blz\. |p\. )?\d{1,3}", re.IGNORECASE)
_EDGE = 0.1  # running headers and footers stand in this share of the height, at the top and at the bottom


@dataclass(slots=True)
class Piece:
    """A stretch of text on a line, which is a cell where the line is a row."""

    x0: float
    x1: float
    text: str


@dataclass(slots=True)
class Line:
    """A visual line: its pieces from left to right, where it stands, and how it is printed."""

    pieces: list[Piece]
    page: int
    top: float
    height: float
    letter: float  # median width of a letter
    font: str
    edge: bool
    running: bool = False

    @property
    def text(self) -> str:
        """The line read as prose."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def numbers(self) -> list[Piece]:
        """The pieces that are a number."""
        return [p for p in self.pieces if read_number(p.text) is not None]

    @property
    def is_text(self) -> bool:
        """Whether this is a label without numbers, with or without the code of an article part before it."""
        coded = len(self.pieces) == 2 and bool(CODE.fullmatch(self.pieces[0].text))
        return not self.numbers and (len(self.pieces) == 1 or coded)

    @property
    def is_row(self) -> bool:
        """Whether this looks like the row of a table: cells beside each other with numbers, not prose spread wide."""
        told = sum(1 for piece in self.pieces if is_nothing(piece.text)) + len(self.numbers)
        return len(self.pieces) > 1 and bool(self.numbers) and len(self.pieces) <= 2 * told + 2

    @property
    def is_years(self) -> bool:
        """Whether the numbers of this line are the years above columns."""
        years = [read_year(piece.text) for piece in self.numbers]
        told = [year for year in years if year]
        return bool(told) and len(told) == len(years) and told == sorted(set(told))

    @property
    def at(self) -> str:
        """Where a person finds this line."""
        return f"p. {self.page}"


def lines_of(page: Any, number: int, limits: Limits) -> Iterator[Line]:
    """The lines of a page from top to bottom."""
    from pdfplumber.utils.clustering import cluster_objects
    from pdfplumber.utils.text import extract_words

    if len(page.chars) > limits.cells:
        raise DocumentUnreadable(
            "Page {number} holds more characters than a page can. Hand in the article alone.", number=number
        )
    characters = _without_note_marks([c for c in page.chars if c["upright"]])
    words = extract_words(characters, x_tolerance_ratio=0.15, y_tolerance=2, extra_attrs=["fontname"])
    height = float(page.height) or 1.0
    for words_of_line in cluster_objects(words, lambda word: word["bottom"], 2.5):
        line = _line(sorted(words_of_line, key=lambda word: float(word["x0"])), number)
        line.edge = not _EDGE * height < line.top < (1 - _EDGE) * height
        yield line


def _without_note_marks(characters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without the small raised digits that mark a footnote behind a word or a number."""
    ending: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for char in characters:
        there = ending[int(char["x1"]), int(char["bottom"]) // 16]
        if len(there) < 20:  # more than that is printed on top of each other, to make this slow
            there.append(char)

    def is_mark(char: dict[str, Any]) -> bool:
        x, y = int(char["x0"]), int(char["bottom"]) // 16
        near = (before for at in product(range(x - 6, x + 2), (y, y + 1)) for before in ending.get(at, ()))
        return char["text"].isdigit() and any(_is_raised(char, before) for before in near)

    return [char for char in characters if not is_mark(char)]


def _is_raised(char: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether a character is smaller than the one before it and stands higher on the same line."""
    size = before["size"]
    same_line = before["top"] - size / 2 < char["top"] and char["bottom"] < before["bottom"] - 0.1 * size
    return bool(char["size"] < 0.8 * size and same_line and before["text"].strip())


def _line(words: list[dict[str, Any]], number: int) -> Line:
    letter = median((w["x1"] - w["x0"]) / max(len(w["text"]), 1) for w in words)
    pieces: list[Piece] = []
    for word in words:
        if pieces and _same_cell(pieces[-1], word, letter):
            pieces[-1].text += f" {word['text']}"
            pieces[-1].x1 = word["x1"]
        else:
            pieces.append(Piece(word["x0"], word["x1"], word["text"]))
    height = median(w["bottom"] - w["top"] for w in words)
    font = Counter(w["fontname"] for w in words).most_common(1)[0][0]
    return Line(pieces, number, min(w["top"] for w in words), height, letter, font, edge=False)


def _same_cell(piece: Piece, word: dict[str, Any], letter: float) -> bool:
    """Whether a word goes on with the piece before it: a space away. Two numbers never do."""
    gap = word["x0"] - piece.x1
    numbers = read_number(piece.text) is not None and read_number(word["text"]) is not None
    if numbers:
        return False
    if set(piece.text) <= _MINUS and read_number(word["text"]) is not None:
        return bool(gap < 1.2 * letter)
    return bool(gap < 1.7 * letter)  # half a letter for the space itself, and 1.2 beyond it


def mark_running(lines: list[Line]) -> None:
    """Mark page numbers, and what stands at the edge of three pages or more; never a row of numbers."""
    pages: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if line.edge and len(line.numbers) < 3:
            pages[re.sub(r"\d+", "#", line.text)].add(line.page)
    for line in lines:
        often = len(pages.get(re.sub(r"\d+", "#", line.text), ())) >= 3 and len(line.numbers) < 3
        line.running = line.edge and (often or _PAGE_NUMBER.fullmatch(line.text) is not None)
