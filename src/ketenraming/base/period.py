"""Periods: a day, a month, a quarter, half a year, a year, or from a day to a day, each written in one way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Length(StrEnum):
    """How long a period is. `POINT` is a day, or as near to one as a publication says."""

    POINT = "point"
    MONTH = "month"
    QUARTER = "quarter"
    HALFYEAR = "halfyear"
    YEAR = "year"
    SPAN = "span"


MONTHS_IN = {Length.MONTH: 1, Length.QUARTER: 3, Length.HALFYEAR: 6, Length.YEAR: 12}
_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `first` to `last`, both included, as written in `text`; earlier periods come first."""

    first: date
    last: date
    text: str
    length: Length

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> int | None:
        """The year in which it falls; None when it falls in more than one."""
        return self.first.year if self.first.year == self.last.year else None

    @property
    def is_a_day(self) -> bool:
        """Whether it is one day, and not a month or year in which an unknown day fell."""
        return self.first == self.last


def parse_period(text: str) -> Period:
    """
    A period from `2024`, `2024-H1`, `2024-Q3`, `2024-07`, `2024-07-31`, or two of them joined by `..`.

    Raises ValueError when it is none of these.
    """
    if ".." in text:
        first, last = (parse_period(end) for end in text.split("..", 1))
        if last.last < first.first:
            raise ValueError(f"{text!r} ends before it starts")
        return Period(first.first, last.last, text, Length.SPAN)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text)
        return Period(day, day, text, Length.POINT)
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise ValueError(f"{text!r} is no period: write 2024, 2024-H1, 2024-Q3, 2024-07 or 2024-07-31")
    return _calendar(text, **{name: int(part) for name, part in written.groupdict().items() if part})


def _calendar(text: str, year: int, quarter: int = 0, half: int = 0, month: int = 0) -> Period:
    length = Length.YEAR
    start = 1
    if quarter:
        length, start = Length.QUARTER, quarter * 3 - 2
    elif half:
        length, start = Length.HALFYEAR, half * 6 - 5
    elif month:
        length, start = Length.MONTH, month
    return Period(date(year, start, 1), _month_end(year, start + MONTHS_IN[length] - 1), text, length)


def _month_end(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The day with the same number so many months later; the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = _month_end(day.year + years, month + 1)
    return last.replace(day=min(day.day, last.day))


def write_period(first: date, length: Length) -> str:
    """How the calendar period of a length that holds a day is written."""
    name = {Length.QUARTER: "Q", Length.HALFYEAR: "H"}.get(length)
    if name:
        return f"{first.year}-{name}{(first.month - 1) // MONTHS_IN[length] + 1}"
    return str(first.year) if length is Length.YEAR else f"{first.year}-{first.month:02d}"


def periods(first: Period, last: Period, length: Length) -> Iterator[Period]:
    """The calendar periods of a length from the one that `first` starts in to the one that `last` ends in."""
    start = first.first
    while start <= last.last:
        period = parse_period(write_period(start, length))
        yield period
        start = period.last + timedelta(days=1)
