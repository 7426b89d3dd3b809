"""
What drives the chain after the last month known, in draws.

Decisions follow what is pending, by as much as they did; grants wander as they did. Homes and family arrivals go on as
in the last twelve months known, and wander as decisions did. Applications are those of `ketenraming forecast`.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.base.streams import normals
from ketenraming.evidence.library import Library
from ketenraming.scenarios.backtest.known import Known, carried_on, last, last_share, unknown_from
from ketenraming.scenarios.forecast import APPLICATIONS, Ask, forecast, subject
from ketenraming.scenarios.hindcast.observed import FIRST_YEAR, MONTHS, Drivers, Floats

YEAR = 12
_DRIVERS = ("applications", "decisions", "positive", "nareis", "housed")


def applications(known: Library, day: date, draws: int, seed: int) -> tuple[Floats, Floats]:
    """Months from January 2014: the central path, and draws of it (draws by months)."""
    made = forecast(subject(known, APPLICATIONS), day, Ask(MONTHS, draws, seed))
    first = made.history.first - 12 * FIRST_YEAR
    before = made.history.values[-first:] if first < 0 else made.history.values
    ahead = made.values[:, : MONTHS - len(before)]
    central = np.concatenate([before, np.median(ahead, axis=0)])
    return central, np.concatenate([np.broadcast_to(before, (draws, len(before))), ahead], axis=1)


@dataclass(frozen=True, slots=True)
class Queue:
    """
    Those who wait for a decision: how many in the months before `first`, and what comes in and goes out by draw.

    `asked` are the applications that join (draws by months), `more` the withdrawals that each refusal brings.
    """

    first: int
    before: Floats
    asked: Floats
    more: Floats


@dataclass(frozen=True, slots=True)
class Drawn:
    """Drivers in draws, each draws by months from January 2014."""

    applications: Floats
    decisions: Floats
    positive: Floats
    nareis: Floats
    housed: Floats

    def of(self, draw: int) -> Drivers:
        """The drivers of one draw."""
        here = {name: getattr(self, name)[draw] for name in _DRIVERS}
        return Drivers(**here, filled={})


def drawn(known: Known, central: Drivers, asked: Floats, queue: Queue, seed: int) -> Drawn:
    """All drivers; `central` are those without draws, `asked` the applications in draws."""
    decisions, positive = _decided(known, central, queue, seed)
    nareis, housed = (
        carried_on(months, _wander(name, known.moved, len(asked), seed))
        for name, months in (("nareis", known.nareis), ("housed", known.housed))
    )
    return Drawn(asked, decisions, positive, nareis, housed)


def _wander(name: str, moved: float, draws: int, seed: int) -> Floats:
    """By how much what is carried on is more or less: a walk, on the scale of logarithms."""
    steps = normals(f"backtest/{name}", seed, draws, MONTHS) * moved / np.sqrt(YEAR)
    return np.asarray(np.exp(np.cumsum(steps, axis=1)))


def _decided(known: Known, central: Drivers, queue: Queue, seed: int) -> tuple[Floats, Floats]:
    """
    Decisions and grants, by draw and month.

    From the last month known on, every twelve months have what the twelve before had, more or less by how what is
    pending changed in these; nobody is decided on who does not wait.
    """
    draws, since = len(queue.asked), unknown_from(known.decisions)
    parts, shocks = known.follows.draw("backtest/decisions", seed, draws, MONTHS)
    odds = known.granted.walk("backtest/granted", seed, draws, MONTHS)
    waiting = np.repeat(queue.before[None], draws, axis=0)
    decisions = np.repeat(central.decisions[None], draws, axis=0)
    shares = np.repeat((central.positive / central.decisions)[None], draws, axis=0)
    level, share = np.full(draws, np.log(last(known.decisions))), last_share(known)
    for month in range(min(since, queue.first), MONTHS):
        year, begun = divmod(month - since, YEAR)
        if begun == 0:
            level = level + parts * _grown(waiting, month, np.exp(level)) + shocks[:, year]
            decisions[:, month : month + YEAR] = np.exp(level)[:, None]
            shares[:, month : month + YEAR] = 1 / (1 + (1 - share) / share * np.exp(-odds[:, year]))[:, None]
        if month >= queue.first:
            there = waiting[:, month - 1] + queue.asked[:, month]
            needed = decisions[:, month] * (1 + queue.more * (1 - shares[:, month]))
            served = np.minimum(needed, there)
            decisions[:, month] *= served / needed
            waiting[:, month] = there - served
    return decisions, decisions * shares


def _grown(waiting: Floats, month: int, least: Floats) -> Floats:
    """How much more people wait than a year ago, in logarithms; never fewer than a month of decisions."""
    now, then = (np.log(np.maximum(waiting[:, max(at, 0)], least)) for at in (month - 1, month - 1 - YEAR))
    return np.asarray(now - then)
