"""
What drives the hindcast and what it is held against: observed series by month from January 2014 to December 2024.

Where a series does not say a month, the rule that fills it stands here and its name in `Drivers.filled`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.period import Length, Period, parse_period
from ketenraming.evidence.library import Library
from ketenraming.evidence.series import Series

Floats = NDArray[np.float64]

FIRST_YEAR, LAST_YEAR = 2014, 2024
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
MONTHS = 12 * len(YEARS)
PENDING_FROM = 24  # January 2016, in months: the pending of Eurostat is inconsistent before
NEAR = 7  # days: a count in the first week of January stands for the end of the year before


@dataclass(frozen=True, slots=True)
class Drivers:
    """
    Persons or decisions a month. `housed` is what municipalities housed, not a number before July 2016.

    `filled` names, for each driver, the months that were filled by a rule and the rule.
    """

    applications: Floats
    decisions: Floats
    positive: Floats
    nareis: Floats
    housed: Floats
    filled: Mapping[str, str]

    @property
    def refused(self) -> Floats:
        """Decisions that do not grant."""
        return self.decisions - self.positive


@dataclass(frozen=True, slots=True)
class Point:
    """
    An observed stock of persons: at the end of month `month`, or `weight` of the way from the month before to it.

    `year_end` is the year of which it is the end, else nought.
    """

    what: str
    when: str
    month: int
    weight: float
    value: float
    step: float
    year_end: int = 0

    @property
    def year(self) -> int:
        """The year in which it was counted, or of which it is the end."""
        return self.year_end or FIRST_YEAR + self.month // 12

    def of(self, stocks: Floats) -> Floats:
        """The same moment in stocks at the ends of months (by draw)."""
        before = stocks[max(self.month - 1, 0)]
        return np.asarray(before + self.weight * (stocks[self.month] - before))


def month_of(day: date) -> int:
    """Months since January 2014."""
    return 12 * (day.year - FIRST_YEAR) + day.month - 1


def read_drivers(library: Library) -> Drivers:
    """The drivers, from the series of the library."""
    series = library.series
    decisions, positive = _decisions(series)
    return Drivers(
        _applications(series),
        decisions,
        positive,
        _nareis(series),
        _housed(series),
        {
            "applications": "2024-11, 2024-12: first applications of the IND, times Eurostat over IND in 2024-08, -09",
            "decisions": "2024-Q4: three times December of the IND, times Eurostat over IND in 2024-Q3",
            "positive": "2024-Q4: permits of the year (CBS) less three quarters (Eurostat)",
            "nareis": "2014: eleven months, spread evenly; from 2015 years and quarters by the pattern of a part",
            "housed": "2016-H2 to 2018-H2, 2023-H2: target and change of the balance; 2024-H2: as 2024-H1",
        },
    )


def _values(series: Series) -> dict[str, float]:
    return {each.period.text: each.value for each in series.as_known_on(date.max).observations}


def _applications(series: Mapping[str, Series]) -> Floats:
    found = series["asylum_applications_inflow"].by_month(f"{FIRST_YEAR}-01", f"{LAST_YEAR}-12")
    ind = _values(series["ind_asylum_first_inflow"])
    known = _values(series["asylum_applications_inflow"])
    months = ("2024-08", "2024-09")
    ratio = sum(known[month] for month in months) / sum(ind[month] for month in months)
    found[-2:] = [ratio * ind["2024-11"], ratio * ind["2024-12"]]
    return found


def _decisions(series: Mapping[str, Series]) -> tuple[Floats, Floats]:
    everything = _by_quarter(series["asylum_first_instance_decisions_quarter"])
    positive = _by_quarter(series["asylum_first_instance_positive_decisions_quarter"])
    ind = _values(series["ind_asylum_first_decisions"])
    summer = sum(ind[month] for month in ("2024-07", "2024-08", "2024-09"))
    everything[-1] = 3 * ind["2024-12"] * everything[-2] / summer
    kinds = ("refugee", "subsidiary", "humanitarian")
    permits = sum(_values(series[f"asylum_{kind}_decisions_year"])["2024"] for kind in kinds)
    positive[-1] = permits - positive[-4:-1].sum()
    return np.repeat(everything / 3, 3), np.repeat(positive / 3, 3)


def _by_quarter(series: Series) -> Floats:
    found = _values(series)
    return np.array([found.get(f"{year}-Q{quarter}", np.nan) for year in YEARS for quarter in range(1, 5)])


def _nareis(series: Mapping[str, Series]) -> Floats:
    """Months as printed; else quarters, else years, by the pattern of the seven groups that are known by month."""
    found = np.full(MONTHS, np.nan)
    found[:12] = _values(series["nareis_inflow_span"])["2014-01..2014-11"] / 11
    part = series["nareis_part_inflow"].by_month("2015-01", f"{LAST_YEAR}-12")
    pattern = np.concatenate([np.ones(12), part])
    for name in ("nareis_inflow", "nareis_inflow_quarter", "nareis_inflow_year"):
        for each in series[name].as_known_on(date.max).observations:
            _fill(found, each.period, each.value, pattern)
    return found


def _fill(found: Floats, period: Period, value: float, pattern: Floats) -> None:
    """Spread what a period has left over its months that are not yet known."""
    first, last = month_of(period.first), month_of(period.last)
    if first < 0 or last >= MONTHS:
        return
    months = np.arange(first, last + 1)
    empty = months[np.isnan(found[months])]
    if empty.size:
        left = value - np.nansum(found[months])
        found[empty] = left * pattern[empty] / pattern[empty].sum()


def _housed(series: Mapping[str, Series]) -> Floats:
    """Half-years as printed; else target plus change of the balance; a half-year without either as the one before."""
    printed, target = (
        _values(series["huisvesting_outflow_halfyear"]),
        _values(series["huisvesting_target_outflow_halfyear"]),
    )
    balance = _values(series["huisvesting_balance_stock_end"])
    found = np.full(MONTHS, np.nan)
    for year in YEARS:
        for half, ends in ((1, "06-30"), (2, "12-31")):
            name, first = f"{year}-H{half}", 12 * (year - FIRST_YEAR) + 6 * (half - 1)
            before = f"{year}-06-30" if half == 2 else f"{year - 1}-12-31"
            if name in printed:
                found[first : first + 6] = printed[name] / 6
            elif name in target and {before, f"{year}-{ends}"} <= set(balance):
                found[first : first + 6] = (target[name] + balance[f"{year}-{ends}"] - balance[before]) / 6
    for year in (2017, 2018):  # only the balance at the end of the year is known
        months = slice(12 * (year - FIRST_YEAR), 12 * (year - FIRST_YEAR) + 12)
        moved = balance[f"{year}-12-31"] - balance[f"{year - 1}-12-31"]
        found[months] = (target[f"{year}-H1"] + target[f"{year}-H2"] + moved) / 12
    found[-6:] = found[-12:-6]
    return found


def read_points(library: Library) -> tuple[Point, ...]:
    """What the hindcast is held against: reception, permit holders in it, and pending applications."""
    series = library.series
    return (
        *_one_a_year_end(_dated("coa", series["coa_stock_end"])),
        *_one_a_year_end(_dated("vergunninghouder", series["coa_vergunninghouder_stock_end"])),
        *_pending(series["asylum_pending_stock_end"]),
    )


def _one_a_year_end(points: Iterable[Point]) -> Iterator[Point]:
    """Of counts of the same year-end the sharpest, the last where they are as sharp; all other counts."""
    ends: dict[int, Point] = {}
    for point in points:
        if not point.year_end:
            yield point
        elif point.year_end not in ends or point.step <= ends[point.year_end].step:
            ends[point.year_end] = point
    yield from ends.values()


def _dated(what: str, series: Series) -> Iterator[Point]:
    for each in series.as_known_on(date.max).observations:
        period = each.period
        if period.first >= date(FIRST_YEAR, 1, 1) and period.length is not Length.YEAR and each.step <= 1000:
            point = _point(what, period, each.value, each.step)
            if point is not None and not _is_other_definition(what, each.period.text):
                yield point


def _is_other_definition(what: str, when: str) -> bool:
    """A press number of permit holders at the end of 2024, 12,000, beside 18,651 of COA six days later."""
    return what == "vergunninghouder" and when == "2024-12-31"


def _point(what: str, period: Period, value: float, step: float) -> Point | None:
    """A dated count; one in the first week of January is the end of the year before, a month is its middle."""
    day = period.last
    if period.is_a_day and day.month == 1 and day.day <= NEAR:
        return Point(what, period.text, 12 * (day.year - FIRST_YEAR) - 1, 1.0, value, step, day.year - 1)
    month = month_of(day)
    if not 0 <= month < MONTHS:
        return None
    year_end = day.year if period.is_a_day and (day.month, day.day) == (12, 31) else 0
    length = parse_period(f"{day.year}-{day.month:02d}").last.day
    return Point(what, period.text, month, day.day / length if period.is_a_day else 0.5, value, step, year_end)


def _pending(series: Series) -> Iterator[Point]:
    for each in series.as_known_on(date.max).observations:
        if FIRST_YEAR <= each.period.first.year <= LAST_YEAR:
            year_end = each.period.first.year if each.period.first.month == 12 else 0
            yield Point("pending", each.period.text, month_of(each.period.last), 1.0, each.value, each.step, year_end)
