"""
What drives the chain, as known on a day, and carried on from there.

Decisions, grants, homes and family arrivals go on as in the last twelve months known; in draws they wander as decisions
did from year to year. Applications are those of `ketenraming forecast`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.base.period import MONTHS_IN
from ketenraming.base.streams import normals
from ketenraming.evidence.library import Library
from ketenraming.evidence.series import Series
from ketenraming.scenarios.backtest.vantage import TooLittleKnown
from ketenraming.scenarios.forecast import APPLICATIONS, Ask, forecast, subject
from ketenraming.scenarios.hindcast.observed import FIRST_YEAR, MONTHS, Drivers, Floats, month_of

LAST = 12  # months, of which the mean is carried on
RECENT = 18  # months: homes that were last known longer ago are not carried on, but follow from a mean wait
STEADY: Mapping[str, Floats] = dict.fromkeys(("decisions", "nareis", "housed"), np.ones(MONTHS))
_DECIDED, _GRANTED = "asylum_first_instance_decisions_quarter", "asylum_first_instance_positive_decisions_quarter"


@dataclass(frozen=True, slots=True)
class Known:
    """Months from January 2014 as known on a day; not a number where one is not known."""

    day: date
    decisions: Floats
    positive: Floats
    nareis: Floats
    housed: Floats
    moved: float  # standard deviation of the change of decisions from year to year, in logarithms


def read_known(known: Library, day: date) -> Known:
    """What was known; raises TooLittleKnown where there is nothing to carry on."""
    series = known.series
    decisions, positive = (_by_month(series[name]) for name in (_DECIDED, _GRANTED))
    nareis, homes = _nareis(known), _homes(known, month_of(day))
    for what, months in (("no_decisions", decisions), ("no_nareis", nareis)):
        if np.isnan(months).all():
            raise TooLittleKnown(what, day)
    return Known(day, decisions, positive, nareis, homes, _moved(series[_DECIDED]))


def _by_month(series: Series) -> Floats:
    """Counts of months, quarters or half-years, spread evenly over their months."""
    found = np.full(MONTHS, np.nan)
    for each in series.observations:
        first, long = month_of(each.period.first), MONTHS_IN[each.period.length]
        if 0 <= first < MONTHS:
            found[first : first + long] = each.value / long
    return found


def _nareis(known: Library) -> Floats:
    """
    Months as printed; else quarters, else years, by the pattern of the groups that are known by month.

    Where only these groups are known they are raised by as much as in the last twelve months with both.
    """
    part = _by_month(known.series["nareis_part_inflow"])
    found = _by_month(known.series["nareis_inflow"])
    for name in ("nareis_inflow_quarter", "nareis_inflow_year"):
        whole = _by_month(known.series[name])
        for year in np.unique(np.flatnonzero(~np.isnan(whole) & np.isnan(found)) // 12):
            _spread(found, whole, part, slice(12 * int(year), 12 * int(year) + 12))
    both = np.flatnonzero(~np.isnan(found) & ~np.isnan(part))[-LAST:]
    raised = found[both].sum() / part[both].sum() if both.size else 1.0
    return np.where(np.isnan(found), raised * part, found)


def _spread(found: Floats, whole: Floats, part: Floats, year: slice) -> None:
    """Give the months of a year that have no number what is left of it, by a pattern or evenly."""
    empty = np.isnan(found[year]) & ~np.isnan(whole[year])
    pattern = np.where(np.isnan(part[year]), 1.0, part[year])[empty]
    left = np.nansum(whole[year]) - np.nansum(np.where(np.isnan(whole[year]), 0.0, found[year]))
    found[year.start + np.flatnonzero(empty)] = max(left, 0.0) * pattern / pattern.sum()


def _homes(known: Library, now: int) -> Floats:
    """Half-years as printed, else target and change of the balance; none where the last was known too long ago."""
    found = _by_month(known.series["huisvesting_outflow_halfyear"])
    for month, housed in _from_targets(known):
        if np.isnan(found[month]):
            found[month : month + 6] = housed / 6
    there = np.flatnonzero(~np.isnan(found))
    if not there.size or now - there[-1] > RECENT:
        return np.full(MONTHS, np.nan)
    first, last = there[0], there[-1]
    found[first:last] = np.interp(np.arange(first, last), there, found[there])
    return found


def _from_targets(known: Library) -> Iterator[tuple[int, float]]:
    targets = {each.period.text: each for each in known.series["huisvesting_target_outflow_halfyear"].observations}
    balance = {each.period.last: each.value for each in known.series["huisvesting_balance_stock_end"].observations}
    for each in targets.values():
        ends = each.period.last
        before = date(ends.year, 6, 30) if ends.month == 12 else date(ends.year - 1, 12, 31)
        if {before, ends} <= set(balance):
            yield month_of(each.period.first), each.value + balance[ends] - balance[before]


def _moved(decisions: Series) -> float:
    """How much decisions changed from one year to the next, over all years that are known."""
    values = np.array([each.value for each in decisions.as_known_on(date.max).observations])
    years = values[len(values) % 4 :].reshape(-1, 4).sum(axis=1)
    return float(np.diff(np.log(years)).std())


def carried(known: Known, applications: Floats, by: Mapping[str, Floats] = STEADY) -> Drivers:
    """The drivers from January 2014 to the last month; `by` is by how much they are more or less than they were."""
    share = _last(known.positive) / _last(known.decisions)
    decisions = _on(known.decisions, by["decisions"])
    granted = np.isnan(known.positive) | np.isnan(known.decisions)
    positive = np.where(granted, share * decisions, known.positive)
    nareis = _on(known.nareis, by["nareis"])
    return Drivers(applications, decisions, positive, nareis, _on(known.housed, by["housed"]), {})


def _last(months: Floats) -> float:
    return float(months[~np.isnan(months)][-LAST:].mean())


def _on(months: Floats, by: Floats) -> Floats:
    """Months carried on after the last one known; those before the first are the mean of the first twelve."""
    there = np.flatnonzero(~np.isnan(months))
    if not there.size:
        return months
    found = months.copy()
    found[there[-1] + 1 :] = _last(months) * by[: MONTHS - there[-1] - 1]
    if not np.isnan(months[0]) or there[0] < LAST + 1:
        found[: there[0]] = months[there[:LAST]].mean()
    return found


@dataclass(frozen=True, slots=True)
class Wander:
    """By draw and month ahead, by how much what is carried on is more or less than it was."""

    decisions: Floats
    nareis: Floats
    housed: Floats

    def of(self, draw: int) -> dict[str, Floats]:
        """The factors of one draw."""
        return {"decisions": self.decisions[draw], "nareis": self.nareis[draw], "housed": self.housed[draw]}


def wandering(known: Known, draws: int, seed: int) -> Wander:
    """Walks on the scale of logarithms, whose steps are as large as those of decisions from year to year."""

    def walk(name: str) -> Floats:
        steps = normals(f"backtest/{name}", seed, draws, MONTHS) * known.moved / np.sqrt(12)
        return np.asarray(np.exp(np.cumsum(steps, axis=1)))

    return Wander(walk("decisions"), walk("nareis"), walk("housed"))


def applications(known: Library, day: date, draws: int, seed: int) -> tuple[Floats, Floats]:
    """Months from January 2014: the central path, and draws of it (draws by months)."""
    made = forecast(subject(known, APPLICATIONS), day, Ask(MONTHS, draws, seed))
    first = made.history.first - 12 * FIRST_YEAR
    before = made.history.values[-first:] if first < 0 else made.history.values
    ahead = made.values[:, : MONTHS - len(before)]
    central = np.concatenate([before, np.median(ahead, axis=0)])
    return central, np.concatenate([np.broadcast_to(before, (draws, len(before))), ahead], axis=1)
