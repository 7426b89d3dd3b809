"""
What might have been counted: the posterior run forward with its errors, beside what was counted.

Where it holds, half of the counts lie in the band of 50 percent. On counts that the draws have seen this is a check of
the error model only; the same beyond the last year that was learnt is a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ketenraming.evidence.library import Library
from ketenraming.scenarios.hindcast.calibrate import NEAR_FLOW, FlowSeen, Targets, read_targets
from ketenraming.scenarios.hindcast.checks import LAST_LEARNT
from ketenraming.scenarios.hindcast.errors import SERIES, counted, drawn, in_time
from ketenraming.scenarios.hindcast.free import Priors
from ketenraming.scenarios.hindcast.model import World, flows, read_world, run, stocks
from ketenraming.scenarios.hindcast.observed import MONTHS, Floats, Point
from ketenraming.scenarios.hindcast.posterior import DRAWN, EFFECTIVE, Posterior, as_said, draw_posterior, priors, split

LEVELS = (0.5, 0.8, 0.95)
PROBABILITIES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
REPEATED = 2000  # draws that are run forward
BEYOND = 500  # effective draws of what knows no later year; its bands need no more


@dataclass(frozen=True, slots=True)
class Predicted:
    """By series: quantiles by month (probabilities by months), the points, and the quantiles at each of them."""

    months: Mapping[str, Floats]
    points: Mapping[str, tuple[Point, ...]]
    at_points: Mapping[str, Floats]

    def inside(self, what: str, level: float) -> int:
        """How many counts of a series lie in the middle band of this level."""
        low, high = (PROBABILITIES.index(round(p, 4)) for p in ((1 - level) / 2, (1 + level) / 2))
        values = np.array([point.value for point in self.points[what]])
        bands = self.at_points[what]
        return int(((bands[low] <= values) & (values <= bands[high])).sum())


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    What the hindcast proposes: the posterior on all counts, and what it predicts where they were made.

    `held` is what was held likely before. `beyond` are counts after the last year that was learnt, predicted by a
    posterior that has not seen them.
    """

    library: Library
    held: Priors
    posterior: Posterior
    predicted: Predicted
    beyond: Predicted
    seed: int


def propose(library: Library, wanted: float = EFFECTIVE, seed: int = 7) -> Proposal:
    """Draw the posterior of the hindcast, and hold it against what was counted."""
    world, targets = read_world(library), read_targets(library)
    posterior = draw_posterior(library, world, targets, seed, wanted)
    learnt = draw_posterior(library, world, targets.until(LAST_LEARNT), seed, min(BEYOND, wanted))
    later = tuple(point for point in targets.points if point.year > LAST_LEARNT)
    predicted = predict(world, posterior, targets.points, seed)
    return Proposal(library, priors(library), posterior, predicted, predict(world, learnt, later, seed), seed)


def predict(world: World, posterior: Posterior, points: tuple[Point, ...], seed: int) -> Predicted:
    """Bands of what might have been counted, by month and at these points."""
    rng = np.random.Generator(np.random.Philox(seed))
    free, granted, errors = split(posterior.resampled(REPEATED, seed))
    seen = stocks(run(replace(world, granted=granted), free))
    by_series = {what: in_time(points, what) for what in SERIES}
    months, at_points = dict[str, Floats](), dict[str, Floats]()
    for what, some in by_series.items():
        path = seen[what] * np.exp(drawn(np.arange(MONTHS, dtype=np.float64), errors[what], rng))
        months[what] = np.quantile(path, PROBABILITIES, axis=1)
        at_points[what] = np.quantile(counted(some, seen[what], errors[what], rng), PROBABILITIES, axis=1)
    return Predicted(months, by_series, at_points)


def counted_again(world: World, targets: Targets, truth: Floats, rng: np.random.Generator) -> Targets:
    """The targets as they might have been if these numbers (by the names of `DRAWN`) were true; one draw."""
    free, granted, errors = split(truth[:, None])
    moved = replace(world, granted=granted)
    results = run(moved, free)
    seen, points, found = stocks(results), list[Point](), list[FlowSeen]()
    for what in SERIES:
        some = in_time(targets.points, what)
        values = counted(some, seen[what], errors[what], rng)[:, 0]
        points += [replace(point, value=float(value)) for point, value in zip(some, values, strict=True)]
    for flow in targets.flows:
        model = float(flows(moved, results, free, flow.year)[flow.what][0])
        found.append(replace(flow, value=model * float(np.exp(NEAR_FLOW * rng.standard_normal()))))
    return Targets(tuple(points), tuple(found))


def ranks(library: Library, world: World, targets: Targets, of: int, wanted: float = BEYOND) -> Floats:
    """
    For one truth drawn from the prior: the weight below each of its numbers, given counts made from it.

    Over many truths these are spread evenly from nought to one where sampler and likelihood are right (Talts and
    others, 2018). `of` names the truth.
    """
    held, rng = priors(library), np.random.Generator(np.random.Philox(of))
    truth = as_said(_from(held, rng)[:, None])[:, 0]
    posterior = draw_posterior(library, world, counted_again(world, targets, truth, rng), of, wanted)
    return np.array([posterior.below(name, value) for name, value in zip(DRAWN, truth, strict=True)])


def _from(held: Priors, rng: np.random.Generator) -> Floats:
    """One draw of everything from what is held likely, within its bounds."""
    flat = ~np.isfinite(held.spread)
    while True:
        found = held.middle + np.where(flat, 0.0, held.spread) * rng.standard_normal(len(held.middle))
        found[flat] = rng.uniform(held.low[flat], held.high[flat])
        if ((found >= held.low) & (found <= held.high)).all():
            return np.asarray(found)
