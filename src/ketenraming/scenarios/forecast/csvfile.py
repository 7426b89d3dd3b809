"""A monthly series of one's own, from a CSV with the columns period (or date) and value, or with these two alone."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.scenarios.forecast.history import History, Reader, make_history, month_end, month_text
from ketenraming.scenarios.forecast.written import mark_of_decimals, month_of, number_of

MOST_BYTES, MOST_ROWS = 1_000_000, 1_200
WHEN = ("period", "date", "month", "time", "periode", "datum", "maand", "perioden")
WHAT = ("value", "waarde", "aantal", "count", "values")
_MISSING = {"", "na", "n/a", "nan", "null", "none", ".", "..", "-", ":"}
Cell = tuple[int, str]  # the line, and what is written there


def reader_of_file(path: Path) -> Reader:
    """Reads the months of a file that were over on a day. The first mistake of a file is told in one sentence."""
    known = dict(_months(path))

    def read(day: date) -> History:
        return make_history(path.name, day, {month: value for month, value in known.items() if month_end(month) < day})

    read(date.max)  # refuses what is too short at once
    return read


def _months(path: Path) -> Iterator[tuple[int, float]]:
    when, what = _columns(path)
    values = _values(path, what)
    for month, (line, _) in zip(_in_order(path, when), when, strict=True):
        if (value := values[line]) is not None:
            yield month, value


def _columns(path: Path) -> tuple[list[Cell], list[Cell]]:
    """The months and the numbers of all rows, as written."""
    rows = _rows(path)
    if not rows:
        raise DocumentUnreadable(f"{path.name} has no row. Give months, one row each, with columns period and value.")
    first = rows[0][1]
    has_header = month_of(first[0]) is None
    when, what = _found(path, [name.lower() for name in first]) if has_header else _found(path, first, header=False)
    rows = rows[1:] if has_header else rows
    for line, row in rows:
        if len(row) < len(first) or any(row[len(first) :]):
            more = " Separate columns by semicolons where numbers have commas." if len(row) > len(first) else ""
            raise DocumentUnreadable(
                f"{path.name}, line {line}: there are {len(row)} columns, where the first row has {len(first)}.{more}"
            )
    return [(line, row[when]) for line, row in rows], [(line, row[what]) for line, row in rows]


def _found(path: Path, names: list[str], header: bool = True) -> tuple[int, int]:
    """Which column holds the months, and which the numbers."""
    when = next((names.index(name) for name in WHEN if names.count(name) == 1), None)
    what = next((names.index(name) for name in WHAT if names.count(name) == 1), None)
    if len(names) == 2 and (when is None or what is None) and {when, what} <= {None, 0, 1}:
        if when is None and what is None:
            return 0, 1
        return (when, 1 - when) if when is not None else (1 - (what or 0), what or 0)
    if not header or when is None or what is None:
        told = f" Its columns are {', '.join(names)}." if header and any(names) else ""
        raise DocumentUnreadable(f"{path.name}, line 1: there must be columns period (or date) and value.{told}")
    return when, what


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Line and cells of each row that holds something."""
    text = _text(path)
    head = text.lstrip().partition("\n")[0]
    lines = csv.reader(io.StringIO(text), delimiter=next((mark for mark in ";\t" if mark in head), ","))
    found: list[tuple[int, list[str]]] = []
    try:
        found.extend((lines.line_num, [cell.strip() for cell in row]) for row in lines if any(map(str.strip, row)))
    except csv.Error as error:
        raise DocumentUnreadable(f"{path.name}, line {lines.line_num}: this is no CSV ({error}).") from error
    if len(found) > MOST_ROWS + 1:
        raise DocumentUnreadable(f"{path.name} has {len(found)} rows; {MOST_ROWS} are read at most. Give one a month.")
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DocumentUnreadable(f"{path.name} is larger than {MOST_BYTES // 1000} kB. Give months, one row each.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DocumentUnreadable(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise DocumentUnreadable(f"{path.name} is not text in UTF-8.") from error


def _in_order(path: Path, cells: list[Cell]) -> list[int]:
    """The month of every row; days are before months, unless every row has a month that way round alone."""
    try:
        return _read_months(path, cells)
    except DocumentUnreadable:
        try:
            return _read_months(path, cells, month_first=True)
        except DocumentUnreadable:
            pass
        raise


def _read_months(path: Path, cells: list[Cell], month_first: bool = False) -> list[int]:
    seen: dict[int, int] = {}
    for line, text in cells:
        month = month_of(text, month_first)
        if month is None:
            raise DocumentUnreadable(f"{path.name}, line {line}: {text!r} is no month. Write 2024-07 or 2024-07-31.")
        if month in seen:
            raise DocumentUnreadable(
                f"{path.name}, line {line}: {month_text(month)} stands in line {seen[month]} already. "
                "Give one row a month."
            )
        seen[month] = line
    return list(seen)


def _values(path: Path, cells: list[Cell]) -> dict[int, float | None]:
    """The number of every line; none where it says that there is none."""
    told = [(line, text) for line, text in cells if text.lower() not in _MISSING]
    mark = mark_of_decimals(text for _, text in told)
    found: dict[int, float | None] = dict.fromkeys((line for line, _ in cells), None)
    for line, text in told:
        if mark is None and {*text} & {*".,"}:
            raise DocumentUnreadable(
                f"{path.name}, line {line}: the mark in {text!r} can be of thousands and of decimals. "
                "Write thousands without a mark, and decimals with one or two digits."
            )
        value = number_of(text, mark or ".")
        if value is None or not abs(value) < 1e12:
            raise DocumentUnreadable(f"{path.name}, line {line}: {text!r} is no number that can be read.")
        found[line] = value
    return found
