"""
Rows of realised figures from a CSV: month, series, value, unit, source, published.

Cells stand apart by ; or by , and decimals by a comma or a dot. What is wrong with the file is a refusal; what is wrong
with a row is a reason beside its line, so that the other rows can be used.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from ketenraming.base.errors import DocumentUnreadable
from ketenraming.base.period import Length, Period, parse_period
from ketenraming.evidence.realised import Realised
from ketenraming.evidence.variable import Unit
from ketenraming.scenarios.nowcast.watched import Watched

COLUMNS = ("month", "series", "value", "unit", "source", "published")
DUTCH = {"maand": "month", "reeks": "series", "waarde": "value", "eenheid": "unit", "bron": "source",
         "gepubliceerd": "published"}  # fmt: skip
LONGEST, SHOWN = 200, 40  # characters of a source; of a name that is shown
_NUMBER = re.compile(r"[-\N{MINUS SIGN}]?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[-\N{MINUS SIGN}]?\d{1,3}(?:[., ]\d{3})+")
_FORMULA = ("=", "+", "-", "@")  # with which a spreadsheet takes a text for a formula


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read of a file."""

    rows: int
    size: int  # bytes


GIVEN, KEPT = Bounds(5_000, 1_000_000), Bounds(50_000, 10_000_000)  # a file of new rows; the file that keeps them


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is refused: a key of the message catalogue, and the words that fill it."""

    key: str
    words: Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not used, where it stands, what it says it is of, and why it is refused."""

    line: int
    series: str
    month: str
    reason: Reason


class Refused(ValueError):
    """A row that cannot be used; `reason` says why."""

    def __init__(self, key: str, **words: str | float) -> None:
        self.reason = Reason(f"update_bad_{key}", words)
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Reading:
    """By what a row is read: what may be watched, the units there are, and the day of today."""

    watched: Mapping[str, Watched]
    units: Mapping[str, Unit]
    today: date


def read(path: Path, by: Reading, bounds: Bounds = GIVEN) -> tuple[list[Realised], list[Rejected]]:
    """The rows of a file and those that are refused; raises DocumentUnreadable where it is not such a file."""
    figures, rejected = [], []
    for line, row in _rows(path, bounds):
        try:
            figures.append(_figure(line, row, by))
        except Refused as refused:
            rejected.append(Rejected(line, row.get("series", "")[:SHOWN], row.get("month", "")[:SHOWN], refused.reason))
    return figures, rejected


def _rows(path: Path, bounds: Bounds) -> list[tuple[int, dict[str, str]]]:
    """Lines with their cells by column; too many cells stand under `rest`."""
    text = _text(path, bounds)
    head = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    try:
        columns = _columns(path, next(lines, []))
        rows = [(lines.line_num, _by_column(columns, cells)) for cells in lines if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise DocumentUnreadable(f"{path.name}, line {lines.line_num}: {error}. Write it again as CSV.") from error
    if not rows:
        raise DocumentUnreadable(f"{path.name} has no row below its columns. Give a month and a series a row.")
    if len(rows) > bounds.rows:
        raise DocumentUnreadable(f"{path.name} has {len(rows)} rows; {bounds.rows} are read at most. Give it in parts.")
    return rows


def _columns(path: Path, head: list[str]) -> list[str]:
    names = [DUTCH.get(name.strip().lower(), name.strip().lower()) for name in head]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise DocumentUnreadable(
            f"{path.name}, line 1: there must be columns {', '.join(COLUMNS)}, apart by ; or by a comma; "
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not there."
        )
    return names


def _by_column(columns: list[str], cells: list[str]) -> dict[str, str]:
    found = {name: _printable(cell) for name, cell in zip(columns, cells, strict=False)}
    if any(cell.strip() for cell in cells[len(columns) :]) or len(cells) < len(columns):
        found["cells"] = str(len(cells))
    return found | {"columns": str(len(columns))}


def _printable(cell: str) -> str:
    """A cell without what a terminal would act upon, and no longer than is needed to refuse it."""
    return "".join(letter if letter.isprintable() else "?" for letter in cell.strip()[: LONGEST + 1])


def _text(path: Path, bounds: Bounds) -> str:
    try:
        if path.stat().st_size > bounds.size:
            raise DocumentUnreadable(f"{path.name} is larger than {bounds.size // 1000} kB. Give it in parts.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DocumentUnreadable(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise DocumentUnreadable(f"{path.name} is not text in UTF-8. Save it as CSV in UTF-8.") from error


def _figure(line: int, row: Mapping[str, str], by: Reading) -> Realised:
    """A row as a figure; raises Refused where a cell is not what its column says."""
    if "cells" in row:
        raise Refused("cells", cells=row["cells"], columns=row["columns"])
    series, month = _series(row["series"], by), _month(row["month"])
    published = _day(row["published"])
    if month.last >= by.today:
        raise Refused("future", month=month.text)
    if not month.last <= published <= by.today:
        raise Refused("published", published=row["published"], month=month.text)
    _check_unit(row["unit"], series, by.units)
    source = _source(row["source"])
    value = _value(row["value"])
    return Realised(series.name, month, value, series.unit, source, published, row.get("note", ""), line)


def _series(text: str, by: Reading) -> Watched:
    if text in by.watched:
        return by.watched[text]
    if near := get_close_matches(text, by.watched, n=2, cutoff=0.5):
        raise Refused("series_near", series=text, near=", ".join(near))
    raise Refused("series", series=text)


def _month(text: str) -> Period:
    try:
        month = parse_period(text)
    except ValueError:
        month = None
    if month is None or month.length is not Length.MONTH:
        raise Refused("month", month=text)
    return month


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("day", day=text) from None


def written(value: float) -> str:
    """A number so that it is read again as what it is."""
    text = f"{Decimal(repr(value)):f}".removesuffix(".0")
    return f"{text}0" if _THOUSANDS.fullmatch(text) else text


def _value(text: str) -> float:
    """A number from nought; what may be thousands or decimals is refused rather than guessed."""
    if _THOUSANDS.fullmatch(text):
        raise Refused("thousands", value=text)
    if not _NUMBER.fullmatch(text):
        raise Refused("value", value=text)
    value = float(text.replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    if value < 0:
        raise Refused("negative", value=text)
    if value > 1e9:
        raise Refused("value", value=text)
    return value


def _check_unit(text: str, series: Watched, units: Mapping[str, Unit]) -> None:
    unit = units[series.unit]
    if text.lower() not in {unit.unit, unit.label_nl.lower(), unit.label_en.lower()}:
        raise Refused("unit", unit=text, right=f"{unit.unit} ({unit.label_nl}, {unit.label_en})")


def _source(text: str) -> str:
    if not text or len(text) > LONGEST:
        raise Refused("source", longest=LONGEST)
    if text.startswith(_FORMULA):
        raise Refused("formula", source=text)
    return text
