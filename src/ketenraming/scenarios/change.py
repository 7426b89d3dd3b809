"""
What scenarios do to paths: their changes in order, on every draw, each checked against the path as it then is.

Adding and scaling compose. A level that is set undoes what was done before it, so that is refused. To shift a path is
to move what happens from a day on to later or earlier months; what is left empty keeps the value before.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from ketenraming.base.errors import ScenarioInvalid, did_you_mean
from ketenraming.scenarios.paths import Floats, Horizon, Path
from ketenraming.scenarios.scenario import Change, Scenario

_EPSILON = 1e-9


def stack(scenarios: Sequence[Scenario]) -> tuple[Change, ...]:
    """
    The changes of these scenarios, in order.

    Raises ScenarioInvalid with all conflicts: a level set where it is set already, or where something was changed.
    """
    changes = tuple(change for scenario in scenarios for change in scenario.changes)
    conflicts = [
        f"{later.at}: {later.name}: {_conflict(earlier, later)}"
        for i, later in enumerate(changes)
        for earlier in changes[:i]
        if later.how == "set" and later.meets(earlier)
    ]
    if conflicts:
        raise ScenarioInvalid(conflicts)
    return changes


def _conflict(earlier: Change, later: Change) -> str:
    first, last = max(earlier.from_, later.from_), min(earlier.until, later.until)
    months = f"from {first}" + (f" until {last}" if last < date.max else " on")
    if earlier.how == "set":
        return f"{earlier.at} sets it too, {months}; keep one of the two"
    return f"setting it undoes the {earlier.how} of {earlier.at}, {months}; put this first, or keep one of the two"


def apply(changes: Sequence[Change], paths: Mapping[str, Path], horizon: Horizon) -> dict[str, Path]:
    """
    All paths, with the changes made; draws are kept, and every draw is changed.

    Raises ScenarioInvalid with all mistakes. What leaves a path as it was is one; but a level may be set that holds
    already, as long as something else in the same file makes a difference.
    """
    made, mistakes = dict(paths), list[str]()
    idle = {change.file: change for change in reversed(changes)}
    for change in changes:
        wrong = list(_misfits(change, made, horizon))
        if not wrong:
            before = made[change.name]
            after = before.with_values(_changed(change, before, horizon))
            wrong = list(_wrong_values(change, before, after, horizon))
            made[change.name] = before if wrong else after
            if not np.array_equal(before.values, after.values):
                idle.pop(change.file, None)
        mistakes += [f"{change.at}: {change.name}: {what}" for what in wrong]
    if not mistakes:
        mistakes = [
            f"{one.at}: {one.name}: all that is set here is so already; nothing changes" for one in idle.values()
        ]
    if mistakes:
        raise ScenarioInvalid(mistakes)
    return made


def _misfits(change: Change, paths: Mapping[str, Path], horizon: Horizon) -> Iterator[str]:
    """Why a change cannot be made at all."""
    path = paths.get(change.name)
    if path is None:
        yield f"there is no such number.{did_you_mean(change.name, paths)}"
    elif change.per and not path.unit.endswith("/month"):
        yield f"is in {path.unit}, not counted per month; leave out 'per: {change.per}'"
    days = [change.from_] if change.until == date.max else [change.from_, change.until]
    outside = [day for day in days if not horizon.first_day <= day <= horizon.last_day]
    for day in outside:
        yield f"{day} is outside the run, which is from {horizon.first_day} until {horizon.last_day}"


def _changed(change: Change, path: Path, horizon: Horizon) -> Floats:
    """The values of a path with a change made."""
    months, values = _months(change, horizon), path.values.copy()
    match change.how:
        case "set":
            values[months] = change.size
        case "add":
            values[months] += change.size
        case "scale":
            with np.errstate(over="ignore"):  # what is too much is refused afterwards
                values[months] *= change.size
        case "shift":
            values[months] = path.values[np.clip(months - int(change.size), max(months[0] - 1, 0), horizon.months - 1)]
    return values


def _months(change: Change, horizon: Horizon) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    last = horizon.months - 1 if change.until == date.max else horizon.month(change.until)
    return np.arange(horizon.month(change.from_), last + 1)


def _wrong_values(change: Change, before: Path, after: Path, horizon: Horizon) -> Iterator[str]:
    """What is wrong with a path once a change was made: too low, too high, or as it was."""
    months = _months(change, horizon)
    lowest, highest = after.values[months].min(axis=1), after.values[months].max(axis=1)
    if (low := np.flatnonzero(lowest < 0)).size:
        yield f"becomes {lowest[low[0]]:g} in {_month(months[low[0]], horizon)}, below nought; take away less"
    if (high := np.flatnonzero(~((highest <= after.most + _EPSILON) & (highest < np.inf)))).size:
        yield f"becomes {highest[high[0]]:g} in {_month(months[high[0]], horizon)}, above {after.most:g}; choose less"
    if change.how != "set" and np.array_equal(before.values, after.values):
        yield f"to {change.how} {change.size:g} leaves it as it was; leave the change out"


def _month(month: int, horizon: Horizon) -> str:
    return f"{horizon.day(int(month)):%Y-%m}"
