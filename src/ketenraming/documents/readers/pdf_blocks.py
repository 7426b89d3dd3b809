"""PDF, second half: lines put into tables with columns, told from where the numbers stand, and into paragraphs."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import inf
from statistics import median_high

from ketenraming.documents.blocks import Block, Cell, Paragraph, Table, squash, title_after
from ketenraming.documents.numbers import is_nothing, read_number
from ketenraming.documents.readers.pdf_lines import CODE, Line, Piece

_TIGHT = 0.87  # lines of one cell stand closer than rows do


def blocks_of_lines(lines: list[Line]) -> Iterator[Block]:
    """Paragraphs and tables in order; a table that goes on over a page break is one table."""
    title = ""
    table: Table | None = None
    columns = 0
    for region in _regions(lines):
        if table and isinstance(region, list) and _goes_on_over(table, columns, region):
            table = _with_rest(table, _table(region, title))
            continue
        if table:
            yield table
            table = None
        if isinstance(region, list):
            table, columns = _table(region, title), len(_column_spans(region))
        else:
            title = title_after(title, region.text)
            yield region
    if table:
        yield table


def _regions(lines: list[Line]) -> Iterator[list[Line] | Paragraph]:
    """Lines divided into those of tables and those of prose."""
    prose: list[Line] = []
    position, after_table = 0, False
    while position < len(lines):
        end = _table_end(lines, position)
        if end == position:
            prose.append(lines[position])
            position += 1
            continue
        heads = _heads(prose, lines[position]) or int(after_table and _tops_page(prose, lines[position]))
        yield from _paragraphs(prose[: len(prose) - heads])
        yield prose[len(prose) - heads :] + lines[position:end]
        prose, position, after_table = [], end, True
    yield from _paragraphs(prose)


def _table_end(lines: list[Line], begin: int) -> int:
    """Where the table that begins here ends; here itself where none begins: two rows make one, or three numbers."""
    if not lines[begin].is_row and not (len(lines[begin].pieces) == 1 and lines[begin].is_years):
        return begin
    end, rows = begin + 1, int(lines[begin].is_row)
    position = end
    while position < len(lines) and lines[position].page == lines[begin].page and position - end <= 2:
        if lines[position].is_row and not (lines[position].is_years and rows):
            end, rows = position + 1, rows + 1
        elif not _is_inside(lines, position, begin):
            break
        position += 1
    while rows and end < len(lines) and (_goes_on(lines[end - 1], lines[end]) or _is_tight(lines[begin : end + 1])):
        end += 1
    is_table = rows > 1 or (rows == 1 and (not lines[begin].is_row or len(lines[begin].numbers) > 2))
    return end if is_table else begin


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a text below the last row is the rest of its label."""
    begins_small = following.text[:1].islower() or following.text[:1] in "(/"
    return not following.is_row and len(following.pieces) == 1 and begins_small and _near(line, following)


def _is_tight(lines: list[Line]) -> bool:
    """Whether the last of these lines, a text, stands closer below a label than rows do: it is the rest of it."""
    *rows, line = lines
    below = line.top - rows[-1].top
    left = min((piece.x0 for row in rows for piece in row.numbers), default=0.0)
    labels = [
        piece.x0 for piece in rows[-1].pieces if read_number(piece.text) is None and not CODE.fullmatch(piece.text)
    ]
    placed = line.pieces[-1].x1 < left and all(abs(line.pieces[0].x0 - x0) < 2 * line.letter for x0 in labels[-1:])
    return line.is_text and placed and 0 < below < _TIGHT * _pitch(rows)


def _near(above: Line, below: Line) -> bool:
    return above.page == below.page and 0 <= below.top - above.top < 1.9 * max(above.height, below.height)


def _is_inside(lines: list[Line], position: int, begin: int) -> bool:
    """Whether a line without numbers may stand between rows: short, left of the numbers, spaced as the rows are."""
    line, before = lines[position], lines[position - 1]
    numbers = [piece.x0 for other in lines[begin:position] for piece in other.numbers]
    left = min(numbers, default=0.0)
    spaced = 0 < line.top - before.top < 3 * max(line.height, before.height)
    return line.is_text and spaced and line.pieces[-1].x1 < left + 2 * line.letter


def _heads(prose: list[Line], first: Line) -> int:
    """How many of the last lines of prose are the head of the table that follows: names of columns, spaced closely."""
    heads, below = 0, first
    for line in reversed(prose):
        left = min(piece.x0 for piece in below.numbers or below.pieces)
        over_columns = line.pieces[0].x0 > first.pieces[0].x0 + 5 * line.letter and line.pieces[-1].x1 > left
        broken_off = (
            heads == 0 and line.is_years and line.page + 1 == first.page
        )  # years at the foot of the page before
        close = broken_off or (line.page == first.page and below.top - line.top < 3 * below.height)
        label_begins = heads == 0 and below.is_row and _begins_label(line, below)
        if not close or not (broken_off or len(line.pieces) > 1 or over_columns or label_begins):
            break
        heads, below = heads + 1, line
    return heads


def _tops_page(prose: list[Line], first: Line) -> bool:
    """Whether the one line since the last table is a heading inside that table, which goes on over the page break."""
    is_label = len(prose) == 1 and prose[0].is_text and prose[0].pieces[-1].x1 < first.pieces[-1].x0
    return (
        is_label and prose[0].page == first.page and first.top - prose[0].top < 3 * first.height and not first.is_years
    )


def _begins_label(line: Line, row: Line) -> bool:
    """Whether a text above a row is the beginning of its label, of which the rest begins small."""
    return row.text[:1].islower() and line.is_text and _near(line, row)


def _paragraphs(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """Lines joined into paragraphs: evenly spaced, of one size and font."""
    texts: list[str] = []
    before: Line | None = None
    at = ""
    for line in lines:
        if before is not None and not _is_same_paragraph(before, line):
            yield Paragraph(_join(texts), at)
            texts = []
        at = at if texts else line.at
        texts.append(line.text)
        before = line
    if texts:
        yield Paragraph(_join(texts), at)


def _is_same_paragraph(before: Line, line: Line) -> bool:
    even = before.page == line.page and 0 < line.top - before.top < 1.6 * before.height
    over_page = before.page + 1 == line.page and line.text[:1].islower() and before.text[-1:] not in ".:;?!"
    return (even or over_page) and before.font == line.font and abs(before.height - line.height) < 0.1 * before.height


def _join(texts: list[str]) -> str:
    """Lines as one text; a broken word is made whole, `in- en uitstroom` and `AMV-beleid` keep their hyphen."""
    whole = re.sub(r"(?<=[a-z])-\n(?=[a-z])(?!en\b|of\b)", "", "\n".join(texts))
    return squash(re.sub(r"(?<=[A-Z])-\n(?=[a-z])(?!en\b|of\b)", "-", whole))


def _table(lines: list[Line], title: str) -> Table:
    """Rows with a cell for every column of numbers, empty where the row prints nothing there."""
    columns = _column_spans(lines)
    margin = min(line.pieces[0].x0 for line in lines)
    rows: list[tuple[list[str], list[str], str]] = []
    begun: list[str] = []
    wraps = ""
    for position, line in enumerate(lines):
        labels, texts = _row(line, columns, margin)
        wraps = _wrap(lines, position, wraps)
        if wraps == "begins":
            begun = _longer(begun, labels)
        elif wraps == "ends" and rows:
            rows[-1] = _longer(rows[-1][0], labels), rows[-1][1], rows[-1][2]
        else:
            rows.append((_longer(begun, labels), texts, line.at))
            begun = []
    cells = tuple(tuple(Cell(text, at) for text in [*labels, *texts]) for labels, texts, at in rows)
    return Table(cells, lines[0].at, aligned=False, title=title)


def _wrap(lines: list[Line], position: int, last: str) -> str:
    """Whether a line is the beginning or the end of a label that takes more lines; empty where it is a row itself."""
    line = lines[position]
    before = lines[position - 1] if position else None
    after = lines[position + 1] if position + 1 < len(lines) else None
    if not line.is_text or (after is not None and after.is_years):
        return ""
    ends = before is not None and (last == "ends" or (bool(before.numbers) and not before.is_years))
    up = line.top - before.top if before is not None and ends else inf
    down = after.top - line.top if after is not None and after.top > line.top else inf
    tight = _TIGHT * _pitch(lines)
    # What stands closer than rows do belongs together; where all stand evenly, a small letter tells.
    if min(up, down) < tight:
        return "ends" if up <= down else "begins"
    if ends and before is not None and _goes_on(before, line):
        return "ends"
    return "begins" if last == "begins" or (after is not None and _begins_label(line, after)) else ""


def _pitch(lines: list[Line]) -> float:
    """The usual distance between two rows; where no two follow each other, between lines that do not overlap."""
    rows = [b.top - a.top for a, b in pairwise(lines) if a.numbers and b.numbers and b.top > a.top]
    steps = rows or [b.top - a.top for a, b in pairwise(lines) if b.top - a.top >= a.height]
    return median_high(steps) if steps else 0.0


def _longer(begun: list[str], labels: list[str]) -> list[str]:
    """A label with what follows it; a code before it stays by itself."""
    if not begun or not labels:
        return begun or labels
    if CODE.fullmatch(labels[0]):  # the numbers and the code stand at half the height of a label of two lines
        return [labels[0], " ".join([*begun, *labels[1:]])]
    return [*begun[:-1], f"{begun[-1]} {labels[0]}", *labels[1:]]


def _column_spans(lines: list[Line]) -> list[tuple[float, float]]:
    """The columns of numbers: the stretches of the width that numbers stand in, on any row."""
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted((piece.x0, piece.x1) for line in lines for piece in line.numbers):
        if spans and x0 < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], x1)
        else:
            spans.append((x0, x1))
    return spans


def _row(line: Line, columns: list[tuple[float, float]], margin: float) -> tuple[list[str], list[str]]:
    """A line as cells: what stands left of the columns, and one cell for each column."""
    labels: list[str] = []
    texts = [""] * len(columns)
    for piece in line.pieces:
        place = _column_of(piece, columns)
        if place is None or (place == 0 and _is_label(piece, columns[0], margin)):
            labels.append(piece.text)
        else:
            texts[place] = f"{texts[place]} {piece.text}".strip()
    return labels, texts


def _column_of(piece: Piece, columns: list[tuple[float, float]]) -> int | None:
    """The column a piece stands in or over, the nearest to its right edge; None where it stands beside them all."""
    over = [i for i, (x0, x1) in enumerate(columns) if piece.x0 < x1 and piece.x1 > x0]
    return over[0] if over else None


def _is_label(piece: Piece, column: tuple[float, float], margin: float) -> bool:
    """Whether a text that reaches the first column begins nearer to the margin, so that it must be a long label."""
    is_text = read_number(piece.text) is None and not is_nothing(piece.text)
    return is_text and piece.x0 < (margin + column[0]) / 2


def _goes_on_over(table: Table, columns: int, lines: list[Line]) -> bool:
    """Whether lines go on with the table of the page before: as many columns, and no head or the same head."""
    next_page = int(table.rows[-1][-1].at.removeprefix("p. ")) + 1 == lines[0].page
    first = next((line for line in lines if not line.is_text), lines[0])
    headed = not first.is_row or first.is_years or lines[0].pieces[0].x0 > first.pieces[0].x0 + 5 * first.letter
    begins_same = [cell.text for cell in table.rows[0]] == [cell.text for cell in _table(lines[:1], "").rows[0]]
    return next_page and len(_column_spans(lines)) == columns and (begins_same or not headed)


def _with_rest(table: Table, rest: Table) -> Table:
    """A table with its rest from the next page, without the head that is printed again there."""
    texts = [[[cell.text for cell in row] for row in part.rows] for part in (table, rest)]
    heads = next((i for i, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
    return Table(table.rows + rest.rows[heads:], table.at, aligned=False, title=table.title)
