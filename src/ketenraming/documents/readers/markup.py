"""What HTML and XML share: the text of an element, and rows in which merged cells are expanded."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from lxml import etree

from ketenraming.documents.blocks import Cell, Limits, squash
from ketenraming.documents.readers.bounds import too_large

_APART = {"br", "p", "al", "li", "div", "nr", "titel"}


def local(node: etree._Element) -> str:
    """The name of an element without its namespace, in lower case; empty for a comment."""
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def text_of(element: etree._Element, leave_out: Callable[[etree._Element], bool]) -> str:
    """The text of an element without the elements left out; what follows those is kept."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            parts.append((node.tail or "") if node is not element else "")
        elif node is not element and leave_out(node):
            walk.skip_subtree()
        else:
            # Two paragraphs in one cell, or a number and its title, are a space apart; bold letters in a word are not.
            parts.append((" " if local(node) in _APART else "") + (node.text or ""))
    return squash("".join(parts))


class Span(NamedTuple):
    """A cell as marked up: how many columns and rows it covers, and its column where that is told."""

    text: str
    at: str
    columns: int = 1
    rows: int = 1
    column: int | None = None


def expand(rows: Iterable[Sequence[Span]], at: str, limits: Limits) -> tuple[tuple[Cell, ...], ...]:
    """Rows in which the position of a cell is its column: what a merged cell covers becomes empty cells."""
    lines: list[tuple[str, dict[int, str]]] = []
    covered: dict[int, int] = {}
    width = count = 0
    for spans in rows:
        line, below = _put(spans, covered, limits)
        at = spans[0].at if spans else at
        lines.append((at, line))
        covered = {c: n - 1 for c, n in covered.items() if n > 1} | below
        width = max(width, *(c + 1 for c in line), *(c + 1 for c in covered)) if line or covered else width
        count += len(line) + len(covered)
        if max(count, width * len(lines)) > limits.cells:
            raise too_large(limits)
    return tuple(tuple(Cell(line.get(i, ""), at) for i in range(width)) for at, line in lines)


def _put(spans: Sequence[Span], covered: dict[int, int], limits: Limits) -> tuple[dict[int, str], dict[int, int]]:
    """The texts of one row by column, and the columns covered in the rows below it."""
    line: dict[int, str] = {}
    below: dict[int, int] = {}
    position = 0
    for span in spans:
        position = position if span.column is None else span.column
        while position in covered:
            position += 1
        if position + span.columns > limits.cells:
            raise too_large(limits)
        line |= dict.fromkeys(range(position, position + span.columns), "") | {position: span.text}
        below |= dict.fromkeys(range(position, position + span.columns), span.rows - 1) if span.rows > 1 else {}
        position += span.columns
    return line, below
