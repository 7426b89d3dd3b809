"""
Unaccompanied minors (amv's) as a share of all applications, first and repeated, that nobody knows ahead.

Their first applications are published for some months and half-years and for most years; within what is published they
are spread as applications were. The share goes on from the last twelve months, and wanders as it did from year to year.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from ketenraming.base.errors import ObservationNotFound
from ketenraming.evidence.library import Library
from ketenraming.evidence.series import Observation
from ketenraming.scenarios.forecast.delayed import spread
from ketenraming.scenarios.forecast.history import History, Reader, make_history, month_index
from ketenraming.scenarios.forecast.rolling import Way
from ketenraming.scenarios.forecast.season import YEAR
from ketenraming.scenarios.forecast.walks import Draw
from ketenraming.scenarios.paths import Floats

MINORS = "minors"
_MONTHS, _YEARS = "ind_amv_inflow", "amv_applications_inflow_year"
_PARTS = ("amv_applications_inflow_halfyear", "amv_applications_inflow_span", _YEARS)
_ROUNDED = 100  # numbers printed in steps of more are too rough to spread
_FEWEST = 3  # years of which the share is known


def minors_reader(library: Library, applications: Reader) -> Reader:
    """First applications of minors by month: as printed, else what is left of the shortest period with a number."""

    def read(day: date) -> History:
        pattern = _by_month(applications(day))
        found = {month_index(each.period.first): each.value for each in _known(library, _MONTHS, day)}
        parts = [each for name in _PARTS for each in _known(library, name, day) if each.step <= _ROUNDED]
        for each in sorted(parts, key=lambda part: (len(_months(part)), part.period)):
            spread(found, _months(each), each.value, pattern)
        history = make_history(MINORS, day, found)
        if len(dict(_shares(library, applications(day), day))) < _FEWEST:
            raise ObservationNotFound(f"{MINORS} have a share of applications in fewer than {_FEWEST} years by {day}.")
        return history

    return read


def _known(library: Library, name: str, day: date) -> tuple[Observation, ...]:
    return library.series[name].as_known_on(day).observations


def _months(each: Observation) -> range:
    return range(month_index(each.period.first), month_index(each.period.last) + 1)


def _by_month(history: History) -> dict[int, float]:
    return {history.first + i: value for i, value in enumerate(history.values.tolist())}


def _shares(library: Library, applications: History, day: date) -> Iterator[tuple[int, float]]:
    """Year and share, in logarithms, of every year of which both are known."""
    every = _by_month(applications)
    for each in _known(library, _YEARS, day):
        if all(month in every for month in _months(each)):
            yield each.period.first.year, float(np.log(each.value / sum(every[month] for month in _months(each))))


def share_of_applications(library: Library, read: Reader, way: Way) -> Way:
    """Applications, as known or as carried on by a way of theirs, times a share that wanders."""

    def fit(history: History) -> Draw:
        seen = read(history.known_on)
        years = dict(_shares(library, seen, history.known_on))
        return follow(history, seen, way(seen), years)

    return fit


def follow(history: History, applications: History, carry_on: Draw, shares: dict[int, float]) -> Draw:
    """
    The draws of minors: applications times a share. `shares` are those of past years, in logarithms.

    Their mean square change a year is that of the walk; as it comes from few changes, every draw has its own size of
    it (with normal steps together a t distribution, of as many degrees as there are changes).
    """
    first = history.end - applications.first
    share = float(np.log(history.values[-YEAR:].sum() / applications.values[first - YEAR : first].sum()))
    years, values = np.array(list(shares)), np.array(list(shares.values()))
    changes = np.diff(values) ** 2 / np.diff(years)

    def draw(ahead: int, draws: int, stream: np.random.Generator) -> Floats:
        people, size, steps = stream.spawn(3)
        future = carry_on(max(1, history.end + ahead - applications.end), draws, people)
        every = np.concatenate([np.broadcast_to(applications.logs, (draws, len(applications.logs))), future], axis=1)
        yearly = np.sqrt(changes.mean() * len(changes) / size.chisquare(len(changes), (draws, 1)))
        moved = yearly * np.cumsum(_since_the_middle(steps.standard_normal((draws, ahead))), axis=1)
        return np.asarray(every[:, first : first + ahead] + np.minimum(share + moved, 0.0))

    return draw


def _since_the_middle(steps: Floats) -> Floats:
    """Steps of a month, the first of which is longer: the share of twelve months is that of their middle."""
    months = np.ones(steps.shape[1])
    months[0] += YEAR / 2
    return np.asarray(steps * np.sqrt(months / YEAR))
