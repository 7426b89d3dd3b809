"""Plain text with tables: a line with a `|` or a tab is a row, a line of dashes only separates."""

import re
from collections.abc import Iterator

from ketenraming.documents.blocks import Block, Cell, Limits, Paragraph, Table

_SEPARATOR = re.compile(r"^[\s|:+=-]*-{2,}[\s|:+=-]*$")


def _cells(line: str, number: int) -> tuple[Cell, ...]:
    parts = re.split(r"\s*\|\s*|\t", line.strip())
    return tuple(Cell(part.strip(), f"regel {number}, cel {i}") for i, part in enumerate(parts, 1))


def read(data: bytes, limits: Limits) -> Iterator[Block]:
    """Paragraphs and tables of a text; UTF-8, or Windows-1252 where it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    rows: list[tuple[Cell, ...]] = []
    start, title = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if _SEPARATOR.match(line):
            continue
        if "|" in line or "\t" in line:
            start = start or number
            rows.append(_cells(line, number))
            continue
        if rows:
            yield Table(tuple(rows), f"regel {start}", aligned=False, title=title)
            rows, start = [], 0
        if line.strip():
            title = line.strip()
            yield Paragraph(title, f"regel {number}")
    if rows:
        yield Table(tuple(rows), f"regel {start}", aligned=False, title=title)
