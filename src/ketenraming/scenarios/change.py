"""
What scenarios do to paths: their changes in order, on every draw, each checked against the path as it then is.

Adding and scaling compose. A level that is set undoes what was done before it, so that is refused. To shift a path is
to move what happens from a day on to later or earlier months; what is left empty keeps the value before.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from ketenraming.base.errors import ScenarioInvalid, did_you_mean
from ketenraming.base.wording import Wording
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
        _said(later, _conflict(earlier, later))
        for i, later in enumerate(changes)
        for earlier in changes[:i]
        if later.how == "set" and later.meets(earlier)
    ]
    if conflicts:
        raise ScenarioInvalid(conflicts)
    return changes


def _said(change: Change, what: Wording) -> Wording:
    """What is wrong with a change, behind where it stands and what it is about."""
    return Wording("{at}: {name}: {what}", {"at": change.at, "name": change.name, "what": what})


def _conflict(earlier: Change, later: Change) -> Wording:
    first, last = max(earlier.from_, later.from_), min(earlier.until, later.until)
    months = Wording("from {first} on", {"first": first})
    if last < date.max:
        months = Wording("from {first} until {last}", {"first": first, "last": last})
    if earlier.how == "set":
        return Wording("{other} sets it too, {months}; keep one of the two", {"other": earlier.at, "months": months})
    return Wording(
        "setting it undoes the {how} of {other}, {months}; put this first, or keep one of the two",
        {"how": Wording(earlier.how), "other": earlier.at, "months": months},
    )


def apply(changes: Sequence[Change], paths: Mapping[str, Path], horizon: Horizon) -> dict[str, Path]:
    """
    All paths, with the changes made; draws are kept, and every draw is changed.

    Raises ScenarioInvalid with all mistakes. What leaves a path as it was is one; but a level may be set that holds
    already, as long as something else in the same file makes a difference.
    """
    made, mistakes = dict(paths), list[Wording]()
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
        mistakes += [_said(change, what) for what in wrong]
    if not mistakes:
        nothing = Wording("all that is set here is so already; nothing changes")
        mistakes = [_said(one, nothing) for one in idle.values()]
    if mistakes:
        raise ScenarioInvalid(mistakes)
    return made


def _misfits(change: Change, paths: Mapping[str, Path], horizon: Horizon) -> Iterator[Wording]:
    """Why a change cannot be made at all."""
    path = paths.get(change.name)
    if path is None:
        yield Wording("there is no such number.{near}", {"near": did_you_mean(change.name, paths)})
    elif change.per and not path.unit.endswith("/month"):
        counted = {"unit": path.unit, "per": change.per}
        yield Wording("is in {unit}, not counted per month; leave out 'per: {per}'", counted)
    days = [change.from_] if change.until == date.max else [change.from_, change.until]
    run = {"first": horizon.first_day, "last": horizon.last_day}
    outside = [day for day in days if not run["first"] <= day <= run["last"]]
    for day in outside:
        yield Wording("{day} is outside the run, which is from {first} until {last}", {"day": day, **run})


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


def _wrong_values(change: Change, before: Path, after: Path, horizon: Horizon) -> Iterator[Wording]:
    """What is wrong with a path once a change was made: too low, too high, or as it was."""
    months = _months(change, horizon)
    lowest, highest = after.values[months].min(axis=1), after.values[months].max(axis=1)
    if (low := np.flatnonzero(lowest < 0)).size:
        told = {"value": float(lowest[low[0]]), "month": horizon.day(int(months[low[0]]))}
        yield Wording("becomes {value:g} in {month:%Y-%m}, below nought; take away less", told)
    if (high := np.flatnonzero(~((highest <= after.most + _EPSILON) & (highest < np.inf)))).size:
        told = {"value": float(highest[high[0]]), "month": horizon.day(int(months[high[0]])), "most": after.most}
        yield Wording("becomes {value:g} in {month:%Y-%m}, above {most:g}; choose less", told)
    if change.how != "set" and np.array_equal(before.values, after.values):
        told = {"how": Wording(change.how), "size": change.size}
        yield Wording("to {how} {size:g} leaves it as it was; leave the change out", told)
