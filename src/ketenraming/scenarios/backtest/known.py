"""
What drives the chain, as known on a day: decisions, grants, family arrivals and homes by month from January 2014.

Of decisions and grants also how they moved from year to year since 2008, and decisions with what was pending.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.base.period import MONTHS_IN
from ketenraming.evidence.library import Library
from ketenraming.evidence.series import Series
from ketenraming.scenarios.backtest.steps import Following, Steps, following, steps_of
from ketenraming.scenarios.backtest.vantage import TooLittleKnown
from ketenraming.scenarios.hindcast.observed import MONTHS, Drivers, Floats, month_of

LAST = 12  # months, of which the mean is carried on
RECENT = 18  # months: homes that were last known longer ago are not carried on, but follow from a mean wait
LEAST = 3  # changes from year to year, to say anything of the next
_DECIDED, _GRANTED = "asylum_first_instance_decisions_quarter", "asylum_first_instance_positive_decisions_quarter"
_PENDING = "asylum_pending_stock_end"


@dataclass(frozen=True, slots=True)
class Known:
    """
    Months from January 2014 as known on a day; not a number where one is not known.

    `moved` is the standard deviation of the change of decisions from year to year, `follows` how decisions changed
    after what was pending did, and `granted` how the odds of a grant changed; all in logarithms.
    """

    day: date
    decisions: Floats
    positive: Floats
    nareis: Floats
    housed: Floats
    moved: float
    follows: Following
    granted: Steps


def read_known(known: Library, day: date) -> Known:
    """What was known; raises TooLittleKnown where there is nothing to carry on."""
    decisions, positive = (_by_month(known.series[name]) for name in (_DECIDED, _GRANTED))
    nareis, homes = _nareis(known), _homes(known, month_of(day))
    decided, granted, pending = _years(known)
    for what, months in (("no_decisions", decisions), ("no_nareis", nareis)):
        if np.isnan(months).all() or len(decided) <= LEAST + 1:
            raise TooLittleKnown(what, day)
    changes, before = np.diff(np.log(decided)), np.diff(np.log(pending))
    both = np.isfinite(changes[1:]) & np.isfinite(before[:-1])
    return Known(
        day, decisions, positive, nareis, homes, float(changes.std()),
        following(changes[1:][both], before[:-1][both]), steps_of(np.diff(np.log(granted / (decided - granted)))),
    )  # fmt: skip


def _by_month(series: Series) -> Floats:
    """Counts of months, quarters or half-years, spread evenly over their months."""
    found = np.full(MONTHS, np.nan)
    for each in series.observations:
        first, long = month_of(each.period.first), MONTHS_IN[each.period.length]
        if 0 <= first < MONTHS:
            found[first : first + long] = each.value / long
    return found


def _years(known: Library) -> tuple[Floats, Floats, Floats]:
    """Decisions and grants in whole years back from the last quarter known, and what was pending at their ends."""
    decided, granted = ({o.period: o.value for o in known.series[name].observations} for name in (_DECIDED, _GRANTED))
    pending = {o.period.last: o.value for o in known.series[_PENDING].as_known_on(date.max).observations}
    quarters = sorted(decided.keys() & granted.keys())
    quarters = quarters[len(quarters) % 4 :]
    values = [(decided[q], granted[q], pending.get(q.last, np.nan)) for q in quarters]
    years = np.array(values).reshape(-1, 4, 3)
    return years[:, :, 0].sum(axis=1), years[:, :, 1].sum(axis=1), years[:, -1, 2]


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


def carried(known: Known, applications: Floats) -> Drivers:
    """The drivers from January 2014 to the last month: after the last month known as in the twelve before it."""
    decisions = carried_on(known.decisions)
    unknown = np.isnan(known.positive) | np.isnan(known.decisions)
    positive = np.where(unknown, last_share(known) * decisions, known.positive)
    return Drivers(applications, decisions, positive, carried_on(known.nareis), carried_on(known.housed), {})


def last_share(known: Known) -> float:
    """The part of decisions that granted, in the last twelve months known."""
    return last(known.positive) / last(known.decisions)


def last(months: Floats) -> float:
    """The mean of the last twelve months known."""
    return float(months[~np.isnan(months)][-LAST:].mean())


def unknown_from(months: Floats) -> int:
    """The month after the last one known."""
    return int(np.flatnonzero(~np.isnan(months))[-1]) + 1


def carried_on(months: Floats, by: Floats | None = None) -> Floats:
    """
    Months carried on after the last one known, in draws where `by` says by how much they are more or less (draws by
    months ahead); those before the first are the mean of the first twelve.
    """
    there = np.flatnonzero(~np.isnan(months))
    found = months.copy() if by is None else np.repeat(months[None], len(by), axis=0)
    if there.size:
        found[..., there[-1] + 1 :] = last(months) * (1.0 if by is None else by[:, : MONTHS - there[-1] - 1])
        if there[0] < LAST + 1:
            found[..., : there[0]] = months[there[:LAST]].mean()
    return found
