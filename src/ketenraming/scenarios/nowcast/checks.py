"""
Whether rows go with each other and with what was kept: figures given twice, jumps, and stocks with their flows.

A jump is a change from month to month that is larger than all but one in a hundred that are known: of the same series
in the library, or of one like it. A balance is a stock that is not the one before it and what came in less what went
out. By what it may be off is what the series of COA itself miss. Decision 0017 names both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from math import exp, log, sqrt

import numpy as np

from ketenraming.evidence.library import Library
from ketenraming.evidence.realised import Key, Realised, latest
from ketenraming.evidence.series import Series
from ketenraming.scenarios.forecast.history import month_index, month_text
from ketenraming.scenarios.nowcast.csvfile import Reason, Rejected
from ketenraming.scenarios.nowcast.watched import AllWatched, Balance, Watched

JUMPS = 0.99  # the share of known changes that are smaller than a jump; an assumption, listed with the others
OFF = 0.014  # of the stock: by about so much the stocks and flows of COA miss each other (decision 0017)
LIKE_A_FLOW, LIKE_A_STOCK = "asylum_applications_inflow", "asylum_pending_stock_end"  # for series without a history
YEAR = 12  # months
FARTHEST = 24  # months back to look for a figure to hold another against
JUMP, JUMP_FROM_RUN = "update_bad_jump", "update_bad_jump_from_run"
Central = Mapping[str, Mapping[str, float]]  # by series and month, in the middle of the run


@dataclass(frozen=True, slots=True)
class Against:
    """What rows are held against: what was kept, what may be watched, the middle of the run, and what must balance."""

    kept: Sequence[Realised]
    watched: AllWatched
    central: Central
    balances: tuple[Balance, ...]
    library: Library
    jumps_too: bool = False  # whether jumps are accepted


@dataclass(slots=True)
class Judged:
    """Rows that are accepted, those that were kept already, and those that are refused with the reason."""

    accepted: list[Realised] = field(default_factory=list)
    same: list[Realised] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def judge(figures: Iterable[Realised], against: Against) -> Judged:
    """Every row by itself in the order of its months, and then those of a month together."""
    known, found = latest(against.kept), Judged()
    for each in sorted(figures, key=lambda each: (each.month, each.series, each.published, each.line)):
        before = known.get(each.key)
        if before is not None and before.value == each.value:
            found.same.append(each)
            continue
        reason = _twice(each, before) or _jump(each, known, against)
        if reason and not (against.jumps_too and reason.key in (JUMP, JUMP_FROM_RUN)):
            found.rejected.append(_rejected(each, reason))
            continue
        known[each.key] = each = _noted(each, before, reason)
        found.accepted.append(each)
    _weigh(found, against.kept, against.balances)
    found.rejected.sort(key=lambda each: each.line)
    return found


def _rejected(each: Realised, reason: Reason) -> Rejected:
    return Rejected(each.line, each.series, each.month.text, reason)


def _noted(each: Realised, before: Realised | None, jump: Reason | None) -> Realised:
    """What is kept with a figure: that it replaces another, and that it is a jump that was accepted."""
    notes = [*(["revision"] if before else []), *(["jump"] if jump else [])]
    return replace(each, note=" ".join(notes))


def _twice(each: Realised, before: Realised | None) -> Reason | None:
    """A second figure is a revision if it was published later; else it contradicts the first."""
    if before is None or each.published > before.published:
        return None
    published = before.published.isoformat()
    return Reason("update_bad_twice", {"value": before.value, "source": before.source, "published": published})


# Jumps


def _jump(each: Realised, known: Mapping[Key, Realised], against: Against) -> Reason | None:
    """Whether a figure is too far from the last month before it that is known, or from the run where none is."""
    series = against.watched[each.series]
    start = _start(each, known, against)
    if start is None:
        return None
    before, months, key = start
    largest = largest_change(series, against.library) * sqrt(months)
    if abs(log((each.value + 1) / (before + 1))) <= largest:
        return None
    return Reason(key, {"value": each.value, "before": before, "factor": exp(largest), "months": months})


def _start(each: Realised, known: Mapping[Key, Realised], against: Against) -> tuple[float, int, str] | None:
    """
    The number to hold a figure against, how many months it is away, and what to say of a jump from it.

    That is the last figure that is known, of the file, of what was kept or of the library; else the middle of the run,
    which may itself be off and so is taken to be a year away.
    """
    month, central = month_index(each.month.first), against.central.get(each.series, {})
    earlier = (at for at in range(month - 1, month - 1 - FARTHEST, -1) if (each.series, month_text(at)) in known)
    if (last := next(earlier, None)) is not None:
        return known[each.series, month_text(last)].value, month - last, JUMP
    if history := against.watched[each.series].history:
        before = {at: value for at, value in _by_month(against.library.series[history]).items() if at < month}
        return (before[max(before)], month - max(before), JUMP) if before else None
    if each.month.text in central:
        return central[each.month.text], YEAR + list(central).index(each.month.text), JUMP_FROM_RUN
    return None


def largest_change(series: Watched, library: Library) -> float:
    """The change of a logarithm from month to month that all but few known ones stay below."""
    like = LIKE_A_STOCK if series.is_stock else LIKE_A_FLOW
    return _largest(library, series.history or like)


@lru_cache(maxsize=32)
def _largest(library: Library, name: str) -> float:
    return float(np.quantile(_changes(library.series[name]), JUMPS))


def _changes(series: Series) -> list[float]:
    """The known changes of a logarithm from month to month, without their sign."""
    known = _by_month(series)
    after = {month: known[month + 1] for month in known if month + 1 in known}
    return [abs(log((later + 1) / (known[month] + 1))) for month, later in after.items()]


def _by_month(series: Series) -> dict[int, float]:
    return {month_index(of.period.first): of.value for of in series.as_known_on(date.max).observations}


# Balances


def _weigh(found: Judged, kept: Sequence[Realised], balances: Sequence[Balance]) -> None:
    """Refuse the rows of a month whose stock is not the one before it and its flows, month after month."""
    months = {month_index(each.month.first) for each in found.accepted}
    known = latest([*kept, *found.accepted])
    for month in sorted(months | {month + 1 for month in months}):  # a stock is also the one before the next month
        for balance in balances:
            while (off := _off(balance, month, known)) and (rows := _rows_of(balance, month, found, known)):
                found.accepted = [each for each in found.accepted if each not in rows]
                found.rejected += [_rejected(each, off) for each in rows]
                known = latest([*kept, *found.accepted])


def _off(balance: Balance, month: int, known: Mapping[Key, Realised]) -> Reason | None:
    """By how much a month does not balance, where all of it is known and it is too much."""
    cells = [(balance.stock, month - 1), (balance.inflow, month), (balance.outflow, month), (balance.stock, month)]
    values = [known[name, month_text(when)].value for name, when in cells if (name, month_text(when)) in known]
    if len(values) < len(cells):
        return None
    before, came, went, there = values
    expected = before + came - went
    if abs(there - expected) <= OFF * max(before, there):
        return None
    words = {"stock": there, "expected": expected, "before": before, "inflow": came, "outflow": went}
    return Reason("update_bad_balance", words | {"share": 100 * OFF})


def _rows_of(balance: Balance, month: int, found: Judged, known: Mapping[Key, Realised]) -> list[Realised]:
    """The new rows of a month that does not balance; of the month before it where the month itself is not new."""
    own = [known[name, month_text(month)] for name in (balance.stock, balance.inflow, balance.outflow)]
    before = known[balance.stock, month_text(month - 1)]
    return [each for each in own if each in found.accepted] or [each for each in [before] if each in found.accepted]
