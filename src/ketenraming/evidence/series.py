"""Observed series: what was counted, over which period, since when that was known, and who says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import SkipValidation

from ketenraming.base.errors import ObservationNotFound
from ketenraming.base.period import MONTHS_IN, Length, Period, parse_period, periods
from ketenraming.evidence.source import Strict
from ketenraming.evidence.variable import Measure, YearlySum

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR_A_YEAR_END = 7  # days: COA counts on the first Monday of January
Status = Literal["published", "rounded", "press", "copy", "derived"]


@dataclass(frozen=True, slots=True)
class Observation:
    """
    One number of a series. `source` published it first; `via` is the copy it was read in, where that was one.

    `assumed` says that the day it was known follows from a rule, or from a source whose day was not kept; `step` is
    the smallest difference that was distinguished.
    """

    period: Period
    value: float
    known_since: date
    source: str
    via: str = ""
    status: Status = "published"
    step: float = 1.0
    assumed: bool = False
    note: str = ""
    at: str = ""

    @property
    def tolerance(self) -> float:
        """Half of the smallest difference that was distinguished."""
        return self.step / 2


@dataclass(frozen=True, slots=True)
class Forecast:
    """What someone expected of a period on a day, as a middle, a lowest and highest, or some of these."""

    made_on: date
    series: str
    period: Period
    unit: str
    source: str
    low: float | None = None
    central: float | None = None
    high: float | None = None
    via: str = ""
    assumed: bool = False
    note: str = ""


class Series(Strict):
    """
    One thing that was observed again and again, and how its days of publication are found where none was printed.

    `preferred` names sources, the one a reader gets first. `nature` is `decided` for what is set beforehand, such as
    a target; `covers` is `part` where the publisher leaves a part out; `complete` is a range without gaps.
    """

    id: str
    label_nl: str
    label_en: str
    unit: str
    measure: Measure
    yearly: YearlySum
    frequency: Length
    publisher: str
    nature: Literal["observed", "decided"] = "observed"
    covers: Literal["all", "part"] = "all"
    complete: str = ""
    lag_days: int | None = None
    lag_because: str = ""
    step: float = 1.0
    preferred: str = ""
    note: str = ""
    observations: SkipValidation[tuple[Observation, ...]] = ()

    def with_observations(self, observations: Iterable[Observation]) -> "Series":
        """The same series with other observations, in the order of their periods."""
        return self.model_copy(
            update={"observations": tuple(sorted(observations, key=lambda o: (o.period, o.known_since)))}
        )

    def as_known_on(self, day: date) -> "Series":
        """
        What a reader had on a day: one observation a period, published by then.

        The preferred source comes first; of one source the later publication wins.
        """
        best: dict[Period, Observation] = {}
        for each in self.observations:
            if each.known_since <= day and self._rank(each) >= self._rank(best.get(each.period, each)):
                best[each.period] = each
        return self.with_observations(best.values())

    def from_source(self, source: str) -> "Series":
        """The observations of one source; raises ObservationNotFound when there are none."""
        if kept := [each for each in self.observations if each.source == source]:
            return self.with_observations(kept)
        known = ", ".join(sorted({each.source for each in self.observations}))
        raise ObservationNotFound(f"{self.id} has nothing from {source!r}; its sources are {known}.")

    def on(self, period: str, known_on: date = date.max) -> Observation:
        """The observation of a period, as known on a day; raises ObservationNotFound when there is none."""
        for each in self.as_known_on(known_on).observations:
            if each.period.text == period:
                return each
        raise ObservationNotFound(
            f"{self.id} has no observation of {period} in what was published by {known_on}. "
            "Add one to library/series, or choose a later 'known_on'."
        )

    def by_month(self, first: str, last: str, known_on: date = date.max) -> "NDArray[np.float64]":
        """Its values from month to month, both included, such as `2014-01`; not a number where one is missing."""
        if self.frequency is not Length.MONTH:
            raise ObservationNotFound(f"{self.id} is counted by {self.frequency}, not by month. Use by_year, or `on`.")
        months = periods(parse_period(first), parse_period(last), Length.MONTH)
        found = {each.period.text: each.value for each in self.as_known_on(known_on).observations}
        return _array(found.get(month.text) for month in months)

    def by_year(self, first: int, last: int, known_on: date = date.max) -> "NDArray[np.float64]":
        """
        Its years, both included, made as `yearly` says; not a number where a part of the year is missing.

        A count of one day stands for a year when that day is at most a week from 31 December; the preferred source
        first, then the nearest day.
        """
        if self.frequency is Length.SPAN or (self.yearly == "none" and self.frequency is not Length.YEAR):
            raise ObservationNotFound(f"{self.id} makes no years: it is {self.measure} by {self.frequency}. Use `on`.")
        known = self.as_known_on(known_on).observations
        make = self._nearest if self.frequency is Length.POINT else self._made
        return _array(make(year, known) for year in range(first, last + 1))

    def _rank(self, each: Observation) -> tuple[int, date]:
        order = self.preferred.split()
        return -(order.index(each.source) if each.source in order else len(order)), each.known_since

    def _made(self, year: int, known: tuple[Observation, ...]) -> float | None:
        parts = [each.value for each in known if each.period.year == year]
        if self.yearly == "last":
            ends = [each.value for each in known if each.period.last == date(year, 12, 31)]
            return ends[0] if ends else None
        if len(parts) * MONTHS_IN[self.frequency] < 12:
            return None
        return sum(parts) / (len(parts) if self.yearly == "mean" else 1)

    def _nearest(self, year: int, known: tuple[Observation, ...]) -> float | None:
        days = [(abs((each.period.last - date(year, 12, 31)).days), each) for each in known if each.period.is_a_day]
        near = [(-self._rank(each)[0], away, each.value) for away, each in days if away <= NEAR_A_YEAR_END]
        return min(near)[2] if near else None


def _array(values: Iterable[float | None]) -> "NDArray[np.float64]":
    import numpy as np

    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def gaps(series: Series) -> Iterator[Period]:
    """Periods without an observation in the range that the series calls complete."""
    if not series.complete:
        return
    there = {each.period.text for each in series.observations}
    whole = parse_period(series.complete)
    yield from (period for period in periods(whole, whole, series.frequency) if period.text not in there)
