"""
How uncertain the free numbers of the hindcast are, together: draws given what was held likely and what was counted.

Drawn are the free numbers, the share of appeals that is granted (the chain assumes it, and the counts speak about it),
and the errors of the three series. The density is prior times likelihood; the sampler stands in `importance`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.errors import KetenramingError
from ketenraming.evidence.library import Library
from ketenraming.scenarios.hindcast.calibrate import NEAR_FLOW, Targets
from ketenraming.scenarios.hindcast.errors import (
    MONTHS_FACTOR,
    MONTHS_LONG,
    SERIES,
    SIZE_FACTOR,
    SIZES,
    Error,
    in_time,
    log_likelihood,
)
from ketenraming.scenarios.hindcast.free import FOLLOWS, NAMES, Priors
from ketenraming.scenarios.hindcast.importance import Proposal, Weighted, sample
from ketenraming.scenarios.hindcast.model import Vectors, World, flows, run, stocks
from ketenraming.scenarios.hindcast.observed import Floats

APPEALS = "beroep_granted_share"
FREE_ONES = tuple(name for name, held in zip(NAMES, FOLLOWS.held, strict=True) if not held)
NUMBERS = (*FREE_ONES, APPEALS)
ERRORS = (*(f"{what}_error" for what in SERIES), *(f"{what}_error_months" for what in SERIES))
DRAWN = (*NUMBERS, *ERRORS)
FOLLOWING = "out"  # of the flows of 2024: it follows from what came in and two counts, so it would be counted twice
EFFECTIVE = 2000  # draws, unless told otherwise


@dataclass(frozen=True, slots=True)
class Posterior:
    """Weighted draws by the names of `DRAWN`; errors in parts of the stock and in months."""

    found: Weighted

    def of(self, name: str) -> Floats:
        """All draws of a number."""
        return np.asarray(self.found.draws[DRAWN.index(name)])

    def below(self, name: str, value: float) -> float:
        """The weight of the draws of a number that lie below a value."""
        return float(self.found.weights[self.of(name) < value].sum())

    def quantiles(self, name: str, probabilities: tuple[float, ...]) -> Floats:
        """Values of a number below which these parts of the weight lie."""
        order = np.argsort(self.of(name))
        places = _places(self.found.weights[order], np.array(probabilities))
        return np.asarray(self.of(name)[order[places]])

    def correlations(self) -> Floats:
        """Of each number with each."""
        away = self.found.draws - (self.found.draws @ self.found.weights)[:, None]
        together = (away * self.found.weights) @ away.T
        deviations = np.sqrt(np.diag(together))
        return np.asarray(together / np.outer(deviations, deviations))

    def resampled(self, count: int, seed: int) -> Floats:
        """So many draws that weigh alike, numbers by draws, in no order; a draw of much weight is there often."""
        rng = np.random.Generator(np.random.Philox(seed))
        places = _places(self.found.weights, (np.arange(count) + rng.random()) / count)
        return np.asarray(self.found.draws[:, rng.permutation(places)])


def _places(weights: Floats, reached: Floats) -> NDArray[np.intp]:
    """Of weighted draws those at which so much of the weight is reached."""
    total = np.cumsum(weights)
    return np.asarray(np.minimum(np.searchsorted(total, reached * total[-1]), len(total) - 1))


def priors(library: Library) -> Priors:
    """What is held likely of everything that is drawn, errors in logarithms; of appeals granted only the bounds."""
    spread = library.parameter(f"hindcast_{APPEALS}").spread
    if spread is None:
        raise KetenramingError(f"hindcast_{APPEALS} has no spread, so it cannot be drawn. Give it one in the library.")
    free = [part[~FOLLOWS.held] for part in FOLLOWS]
    granted = ((spread.low + spread.high) / 2, np.inf, spread.low, spread.high)
    each = len(SERIES)
    middle = [*np.log(SIZES), *[np.log(MONTHS_LONG)] * each]
    wide = [*[np.log(SIZE_FACTOR)] * each, *[np.log(MONTHS_FACTOR)] * each]
    errors = (middle, wide, [-np.inf] * len(ERRORS), [np.inf] * len(ERRORS))
    return Priors(*(np.array([*a, b, *c]) for a, b, c in zip(free, granted, errors, strict=True)))


def draw_posterior(
    library: Library, world: World, targets: Targets, seed: int = 7, wanted: float = EFFECTIVE
) -> Posterior:
    """The posterior given these targets, as many draws as it takes that so many are effective."""
    held = priors(library)
    found = sample(lambda drawn: _log_density(world, targets, held, drawn), start_of(held), seed, wanted)
    return Posterior(Weighted(as_said(found.draws), found.weights))


def start_of(held: Priors) -> Proposal:
    """Where sampling starts: as wide as what is held likely."""
    wide = np.where(np.isfinite(held.spread), held.spread, (held.high - held.low) / 4)
    return Proposal(held.middle, np.diag(wide))


def as_said(drawn: Floats) -> Floats:
    """What is drawn with its errors in parts and months, no longer in logarithms."""
    return np.vstack([drawn[: len(NUMBERS)], np.exp(drawn[len(NUMBERS) :])])


def split(said: Floats) -> tuple[Vectors, Floats, Mapping[str, Error]]:
    """Draws as the model takes them: free numbers, the share of appeals granted, and the errors by series."""
    free = np.zeros((len(NAMES), said.shape[1]))
    free[~FOLLOWS.held] = said[: len(FREE_ONES)]
    sizes, months = np.split(said[len(NUMBERS) :], 2)
    return free, said[len(FREE_ONES)], {what: Error(sizes[i], months[i]) for i, what in enumerate(SERIES)}


def _log_density(world: World, targets: Targets, held: Priors, drawn: Floats) -> Floats:
    """Logarithm of prior times likelihood, up to a constant; draws beyond a bound are not run."""
    found = np.full(drawn.shape[1], -np.inf)
    inside = ((drawn >= held.low[:, None]) & (drawn <= held.high[:, None])).all(axis=0)
    if inside.any():
        within = drawn[:, inside]
        away = (within - held.middle[:, None]) / held.spread[:, None]
        found[inside] = likelihood(world, targets, as_said(within)) - (away**2).sum(axis=0) / 2
    return found


def likelihood(world: World, targets: Targets, said: Floats) -> Floats:
    """
    How likely the targets are, in logarithms by draw (`said` as in `as_said`).

    Errors of the three series and of the flows do not hang together.
    """
    free, granted, errors = split(said)
    moved = replace(world, granted=granted)
    results = run(moved, free)
    seen = stocks(results)
    total = sum(log_likelihood(in_time(targets.points, what), seen[what], errors[what]) for what in SERIES)
    for flow in targets.flows:
        if flow.what != FOLLOWING:
            model = flows(moved, results, free, flow.year)[flow.what]
            total -= (np.log(flow.value / model) / NEAR_FLOW) ** 2 / 2
    return np.asarray(total)
