"""
Fitting the free numbers of the hindcast to observed stocks and flows.

The search is damped least squares (Levenberg and Marquardt): the chain is run once a step for all numbers at a time,
because each draw has one of them moved, and once for eight lengths of the step. NumPy is enough.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ketenraming.evidence.library import Library
from ketenraming.scenarios.hindcast.free import FOLLOWS, Priors
from ketenraming.scenarios.hindcast.model import Vectors, World, flows, run, stocks
from ketenraming.scenarios.hindcast.observed import PENDING_FROM, Floats, Point, read_points

STEPS = 40  # at most; some ten are enough
MOVED = 0.02  # of the prior's standard deviation, for slopes
DAMPING = 10.0 ** np.arange(-3, 5)

# How near a number is held to be: parts of it, or persons. A count within the year weighs less than a year-end.
NEAR_COA, NEAR_PENDING, NEAR_FLOW = 0.02, 0.08, 0.05
NEAR_PERMITS = 600.0  # persons
WITHIN_THE_YEAR = 1.5


@dataclass(frozen=True, slots=True)
class FlowSeen:
    """Persons who entered or left reception in a year."""

    what: str
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Targets:
    """What a fit is held against."""

    points: tuple[Point, ...]
    flows: tuple[FlowSeen, ...] = ()

    def until(self, year: int) -> "Targets":
        """Those of no later year."""
        return self._where(lambda each: each <= year)

    def without(self, year: int) -> "Targets":
        """Those of other years."""
        return self._where(lambda each: each != year)

    def _where(self, holds: Callable[[int], bool]) -> "Targets":
        return Targets(
            tuple(point for point in self.points if holds(point.year)),
            tuple(flow for flow in self.flows if holds(flow.year)),
        )


def read_targets(library: Library) -> Targets:
    """Counts of reception and permit holders, pending at the ends of quarters from 2016, and the flows of 2024."""
    points = [p for p in read_points(library) if p.what != "pending" or (p.month >= PENDING_FROM and p.month % 3 == 2)]
    names = {
        "in": "coa_inflow_year",
        "out": "coa_outflow_year",
        "vergunninghouder_out": "coa_vergunninghouder_outflow_year",
    }
    seen = [FlowSeen(what, 2024, library.series[name].by_year(2024, 2024)[0]) for what, name in names.items()]
    return Targets(tuple(points), tuple(seen))


def fit(world: World, targets: Targets, priors: Priors = FOLLOWS) -> Floats:
    """The free numbers that lie nearest to the targets and to their priors."""
    found, damping = priors.middle.copy(), 1.0
    for _ in range(STEPS):
        misses, slopes = _around(world, targets, priors, found)
        tried = np.stack([_step(found, misses, slopes, priors, damping * each) for each in DAMPING], axis=1)
        costs = (misfits(world, targets, priors, tried) ** 2).sum(axis=0)
        best = int(costs.argmin())
        if costs[best] >= misses @ misses * (1 - 1e-6):
            break
        found, damping = tried[:, best], max(damping * DAMPING[best], 1e-6)
    return found


def covariance(world: World, targets: Targets, found: Floats, priors: Priors = FOLLOWS) -> Floats:
    """
    How uncertain fitted numbers are, and how they hang together: the inverse of the squared slopes.

    A number that is held has nought.
    """
    _, slopes = _around(world, targets, priors, found)
    free = np.ix_(~priors.held, ~priors.held)
    found_together = np.zeros((len(found), len(found)))
    found_together[free] = np.linalg.inv((slopes.T @ slopes)[free])
    return found_together


def misfits(world: World, targets: Targets, priors: Priors, vectors: Vectors) -> Floats:
    """By target and by free number: how far off, in what is held to be near."""
    results = run(world, vectors)
    seen = stocks(results)
    rows = [(point.of(seen[point.what]) - point.value) / _near(point) for point in targets.points]
    for flow in targets.flows:
        model = flows(world, results, vectors, flow.year)[flow.what]
        rows.append((model - flow.value) / (NEAR_FLOW * flow.value))
    return np.vstack([*rows, (vectors - priors.middle[:, None]) / priors.spread[:, None]])


def _near(point: Point) -> float:
    """What is held to be near a count, in persons."""
    if point.what == "pending":
        return NEAR_PENDING * point.value
    near = NEAR_PERMITS if point.what == "vergunninghouder" else NEAR_COA * point.value
    return float(np.hypot(near, point.step / 2)) * (1 if point.year_end else WITHIN_THE_YEAR)


def _around(world: World, targets: Targets, priors: Priors, found: Floats) -> tuple[Floats, Floats]:
    """The misfits at some numbers, and how each number moves them."""
    moved = np.where(found + MOVED * priors.spread > priors.high, -MOVED, MOVED) * priors.spread * ~priors.held
    around = misfits(world, targets, priors, np.column_stack([found, found[:, None] + np.diag(moved)]))
    return around[:, 0], (around[:, 1:] - around[:, :1]) / np.where(priors.held, 1, moved)


def _step(found: Floats, misses: Floats, slopes: Floats, priors: Priors, damping: float) -> Floats:
    """One step downhill, within the bounds; a number at a bound that would pass it stays."""
    downhill = slopes.T @ misses
    stays = ((found <= priors.low) & (downhill > 0)) | ((found >= priors.high) & (downhill < 0)) | priors.held
    squares = slopes.T @ slopes + damping * np.diag(1 / priors.spread**2)
    step = np.zeros_like(found)
    step[~stays] = np.linalg.solve(squares[np.ix_(~stays, ~stays)], downhill[~stays])
    return np.clip(found - step, priors.low, priors.high)
