"""A monthly series of one's own, from a CSV with the columns period (or date) and value."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.scenarios.forecast.history import History, Reader, make_history, month_end, month_text

MOST_BYTES, MOST_ROWS = 1_000_000, 2_400
_MONTH = re.compile(r"(\d{4})(?:-|/|M|MM)(0[1-9]|1[0-2])(?:[-/](?:0[1-9]|[12]\d|3[01]))?")
_MISSING = {"", "na", "nan", "null", "."}


def reader_of_file(path: Path) -> Reader:
    """Reads the months of a file that were over on a day. All mistakes of the file are in one sentence each."""
    known = dict(_months(path))

    def read(day: date) -> History:
        return make_history(path.name, day, {month: value for month, value in known.items() if month_end(month) < day})

    read(date.max)  # refuses what is too short at once
    return read


def _months(path: Path) -> Iterator[tuple[int, float]]:
    rows = _rows(path)
    seen: dict[int, int] = {}
    for line, when, text in rows:
        month, value = _month(path, line, when), _value(path, line, text)
        if month in seen:
            raise DocumentUnreadable(
                f"{path.name}, line {line}: {month_text(month)} stands in line {seen[month]} already. "
                "Give one row a month."
            )
        seen[month] = line
        if value is not None:
            yield month, value


def _rows(path: Path) -> list[tuple[int, str, str]]:
    """Line, month and value of each row, as written."""
    text = _text(path)
    lines = csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    header = [name.strip().lower() for name in next(lines, [])]
    when = next((header.index(name) for name in ("period", "date") if name in header), None)
    if when is None or "value" not in header:
        raise DocumentUnreadable(f"{path.name}, line 1: there must be columns period (or date) and value.")
    what, found = header.index("value"), []
    for row in lines:
        if any(cell.strip() for cell in row):
            if len(row) <= max(when, what):
                raise DocumentUnreadable(f"{path.name}, line {lines.line_num}: there are only {len(row)} columns.")
            found.append((lines.line_num, row[when].strip(), row[what].strip()))
    if len(found) > MOST_ROWS:
        raise DocumentUnreadable(f"{path.name} has {len(found)} rows; {MOST_ROWS} are read at most.")
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


def _month(path: Path, line: int, text: str) -> int:
    written = _MONTH.fullmatch(text)
    if written is None:
        raise DocumentUnreadable(f"{path.name}, line {line}: {text!r} is no month. Write 2024-07 or 2024-07-31.")
    return 12 * int(written[1]) + int(written[2]) - 1


def _value(path: Path, line: int, text: str) -> float | None:
    if text.lower() in _MISSING:
        return None
    try:
        value = float(text if "." in text else text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e12:
        raise DocumentUnreadable(f"{path.name}, line {line}: {text!r} is no number that can be read.")
    return value
