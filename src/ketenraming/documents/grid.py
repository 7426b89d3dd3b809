"""A printed table taken apart: its columns, and its rows as labels with numbers. Strict: what does not fit is said."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ketenraming.documents.blocks import Cell, Table
from ketenraming.documents.numbers import Number, is_nothing, read_number, read_year, without_footnotes
from ketenraming.evidence.address import slug

_UNIT_WORDS = (("mln", "mEUR"), ("miljoen", "mEUR"), ("mld", "bnEUR"), ("1.000", "kEUR"), ("1000", "kEUR"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: its name (a year, or what is printed above it) and its position in an aligned table."""

    name: str
    position: int
    realised: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A number in a column."""

    column: Column
    number: Number
    cell: Cell


@dataclass(slots=True)
class Line:
    """A body row: code (`37.4` or empty), label, and its numbers; `trouble` says what could not be placed."""

    code: str
    label: str
    at: str
    entries: list[Entry] = field(default_factory=list)
    trouble: str = ""
    loose: list[tuple[Cell, Number]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with named columns and lines."""

    title: str
    at: str
    unit: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def _is_code(text: str) -> bool:
    """Whether a cell is the number of an article part: `37.4`."""
    article, _, part = text.partition(".")
    return article.isdigit() and part.isdigit() and len(article) <= 2 and len(part) <= 2


def _split(row: tuple[Cell, ...]) -> tuple[str, str, int, int]:
    """Code, label, the position where the numbers begin, and where the label stood."""
    code, label, label_at, first = "", "", 0, 0
    for first, cell in enumerate(row):
        text = cell.text.strip()
        if not code and not label and _is_code(text):
            code = text
        elif read_number(text) or (label and is_nothing(text)):
            break
        elif text and text.lower() not in {"art.", "art"} and not is_nothing(text):
            label, label_at = (f"{label} {text}".strip(), first)
    else:
        first += 1
    printable = "".join(letter for letter in label if letter.isprintable())  # a label may be shown on a terminal
    return code, without_footnotes(printable), first, label_at


def _has_numbers(row: tuple[Cell, ...]) -> bool:
    """Whether a row has a label and a number: the first such row ends the header."""
    code, label, first, _ = _split(row)
    return bool((label or code) and any(read_number(cell.text) for cell in row[first:]))


def _is_year_row(row: tuple[Cell, ...]) -> bool:
    years = [year for cell in row if (year := read_year(cell.text))]
    rest = [cell for cell in row if not read_year(cell.text) and read_number(cell.text)]
    return bool(years) and not rest and years == sorted(years)


def _header_length(table: Table) -> int:
    for position, row in enumerate(table.rows):
        if not _is_year_row(row) and _has_numbers(row):
            return position
    return len(table.rows)


def _filled(row: tuple[Cell, ...]) -> list[tuple[int, str]]:
    return [(i, cell.text.strip()) for i, cell in enumerate(row) if cell.text.strip()]


def _last_number(row: tuple[Cell, ...]) -> int:
    """The position behind the last number of a row."""
    return max((i + 1 for i, cell in enumerate(row) if read_number(cell.text)), default=0)


def _realised(header: tuple[tuple[Cell, ...], ...], positions: list[int], aligned: bool) -> set[int]:
    """Which of the year columns stand under `Realisatie`: in shifted text only the first can be meant."""
    for row in header:
        words = {i: text.lower() for i, text in _filled(row)}
        real = [i for i, text in words.items() if text.startswith("realisatie")]
        if real and aligned:
            ends = min((i for i in words if i > real[0]), default=real[0] + 1)
            return {p for p in positions if real[0] <= p < ends}
        if real:
            return set(positions[:1])
    return set()


def _columns(table: Table, header: tuple[tuple[Cell, ...], ...]) -> tuple[Column, ...]:
    year_row = next((row for row in header if _is_year_row(row)), None)
    if year_row is not None:
        years = [(i, year) for i, cell in enumerate(year_row) if (year := read_year(cell.text))]
        realised = _realised(header, [i for i, _ in years], table.aligned)
        return tuple(Column(year, i, i in realised) for i, year in years)
    widest = max((len(row) for row in table.rows), default=0)
    named = _filled(header[-1]) if header else []
    numbers = max((_last_number(row) - _split(row)[2] for row in table.rows[len(header) :]), default=0)
    if table.aligned:
        starts = min((_split(row)[2] for row in table.rows[len(header) :] if _has_numbers(row)), default=widest)
        return tuple(Column(text, i) for i, text in named if i >= starts)
    return tuple(Column(text, i) for i, text in named[-numbers:]) if numbers else ()


def _unit(table: Table, header: tuple[tuple[Cell, ...], ...]) -> str:
    """The unit that the title or the header prints (`x € 1.000`), or empty."""
    words = " ".join([table.title, *(text for row in header for _, text in _filled(row))]).lower()
    if "€" not in words and "eur" not in words:
        return ""
    return next(
        (unit for word, unit in _UNIT_WORDS if f"1 {word}" in words or f"€ {word}" in words or f"€{word}" in words), ""
    )


def _line(row: tuple[Cell, ...], columns: tuple[Column, ...], aligned: bool) -> Line:
    code, label, first, _ = _split(row)
    line = Line(code, label, row[0].at)
    cells = list(row[first:])
    while cells and not cells[-1].text.strip() and len(cells) > len(columns):
        cells.pop()
    if aligned:
        by_position = {column.position: column for column in columns}
        pairs = [(by_position.get(i), cell) for i, cell in enumerate(row) if i >= first]
    elif len(cells) == len(columns) or not any(read_number(cell.text) for cell in cells):
        pairs = list(zip(columns, cells, strict=False))
    else:
        pairs = [(None, cell) for cell in cells]
    for column, cell in pairs:
        _place(line, column, cell)
    if line.loose and not line.trouble:
        line.trouble = f"{len(line.loose) + len(line.entries)} ≠ {len(columns)}"
    return line


def _place(line: Line, column: Column | None, cell: Cell) -> None:
    """Put one cell in its column, or say why it cannot be put there."""
    number = read_number(cell.text)
    if number is None and not is_nothing(cell.text):
        line.trouble = f"{cell.text[:40]!r} ({cell.at})"
    elif number is not None and column is None:
        line.loose.append((cell, number))
    elif number is not None and column is not None:
        line.entries.append(Entry(column, number, cell))


def _joined(lines: Iterator[Line]) -> list[Line]:
    """Lines, with a code that stands alone on its row given to the label below it."""
    joined: list[Line] = []
    for line in lines:
        if joined and joined[-1].code and not joined[-1].label and not joined[-1].entries and not line.code:
            line.code = joined.pop().code
        joined.append(line)
    return joined


def split(table: Table) -> Iterator[Table]:
    """Tables that were printed against each other: a row of years below numbers begins a new one."""
    begin, body = 0, False
    for position, row in enumerate(table.rows):
        if body and _is_year_row(row) and not _split(row)[1]:
            yield replace(table, rows=table.rows[begin:position], at=table.rows[begin][0].at)
            begin, body = position, False
        body = body or (_has_numbers(row) and not _is_year_row(row))
    yield replace(table, rows=table.rows[begin:], at=table.rows[begin][0].at if begin else table.at)


def take_apart(table: Table) -> Grid:
    """The columns and lines of a table."""
    count = _header_length(table)
    header = table.rows[:count]
    columns = _columns(table, header)
    lines = _joined(_line(row, columns, table.aligned) for row in table.rows[count:] if row and _filled(row))
    return Grid(table.title, table.at, _unit(table, header), columns, tuple(lines))


def label_only(line: Line) -> bool:
    """Whether a line prints a label and no number: a heading between rows."""
    return not line.entries and not line.loose and not line.trouble


def slug_of(line: Line) -> str:
    """A name for a line that no map knows."""
    return slug(line.label) or slug(line.code) or "zonder-naam"
