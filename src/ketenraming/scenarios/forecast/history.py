"""A monthly series as it was known on a day: in one piece, with what was filled in said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ketenraming.base.errors import KetenramingError, NotInLibrary, ObservationNotFound
from ketenraming.base.period import Length
from ketenraming.evidence.library import Library
from ketenraming.evidence.series import Series
from ketenraming.scenarios.paths import Floats

SHORTEST = 24  # months, for a forecast at all
WIDEST_GAP = 3  # months that are filled; before a wider gap nothing is used


@dataclass(frozen=True, slots=True)
class History:
    """
    Months in a row, from month `first` (counted from the year nought), as known on a day.

    `filled` are months without a number that were filled in, on a straight line in logarithms; `unused` counts the
    months before a gap too wide to fill. Where some of them are `zeros`, logarithms are those of the number plus
    `shift`, half of the smallest number above nought; it is nought otherwise.
    """

    name: str
    known_on: date
    first: int
    values: Floats
    filled: tuple[int, ...] = ()
    zeros: tuple[int, ...] = ()
    unused: int = 0
    shift: float = 0.0

    @property
    def logs(self) -> Floats:
        """The logarithms, that ways to forecast work on."""
        return np.log(self.values + self.shift)

    def numbers(self, logs: Floats) -> Floats:
        """What logarithms stand for: the way back from `logs`, never under nought."""
        return np.maximum(np.exp(logs) - self.shift, 0.0)

    @property
    def end(self) -> int:
        """The first month that is not known."""
        return self.first + len(self.values)


Reader = Callable[[date], History]  # what was known on a day


def month_index(day: date) -> int:
    """Months since the year nought."""
    return 12 * day.year + day.month - 1


def month_text(month: int) -> str:
    """A month as it is written: `2024-07`."""
    return f"{month // 12}-{month % 12 + 1:02d}"


def month_end(month: int) -> date:
    """The last day of a month."""
    return date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)


def reader_of(library: Library, name: str) -> Reader:
    """Reads a monthly series of the library as known on a day."""
    if name not in library.series:
        raise NotInLibrary("series", name, library.series)
    series = library.series[name]
    if series.frequency is not Length.MONTH or series.measure not in {"inflow", "outflow", "decisions"}:
        raise ObservationNotFound(
            f"{name} cannot be forecast: it is {series.measure} by {series.frequency}. Choose what is counted by month."
        )
    return lambda day: make_history(name, day, _known(series, day))


def _known(series: Series, day: date) -> dict[int, float]:
    return {month_index(each.period.first): each.value for each in series.as_known_on(day).observations}


def make_history(name: str, known_on: date, known: Mapping[int, float]) -> History:
    """The months in one piece; raises KetenramingError when they are too few or below nought."""
    below = [month_text(month) for month, value in known.items() if value < 0]
    if below:
        raise KetenramingError(f"{name} is below nought in {below[0]}. A forecast is of numbers from nought up.")
    months, unused = _last_piece(sorted(known))
    above = [known[month] for month in months if known[month] > 0]
    if len(months) < SHORTEST or not above:
        raise ObservationNotFound(_too_short(name, known_on, months, unused))
    zeros = tuple(month for month in months if known[month] == 0)
    shift = min(above) / 2 if zeros else 0.0
    every, counted = np.arange(months[0], months[-1] + 1), np.array([known[month] for month in months])
    filled = tuple(sorted({*every.tolist()} - {*months}))
    values = np.exp(np.interp(every, months, np.log(counted + shift))) - shift
    values[np.searchsorted(every, months)] = counted
    return History(name, known_on, months[0], values, filled, zeros, unused, shift)


def _last_piece(months: list[int]) -> tuple[list[int], int]:
    """The months after the last gap that is too wide to fill, and how many there are before it."""
    starts = [i for i in range(1, len(months)) if months[i] - months[i - 1] > WIDEST_GAP + 1]
    start = starts[-1] if starts else 0
    return months[start:], start


def _too_short(name: str, known_on: date, months: list[int], unused: int) -> str:
    after = f" after a gap of more than {WIDEST_GAP} months" if unused else ""
    when = "" if known_on == date.max else f" in what was published by {known_on}"
    if len(months) >= SHORTEST:
        return f"{name} is nought in every month{when}, so there is nothing to forecast from."
    return f"{name} has {len(months)} months{after}{when}; a forecast needs {SHORTEST} at least."
