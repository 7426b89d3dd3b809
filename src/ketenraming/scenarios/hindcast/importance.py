"""
Importance sampling that learns where to draw: weighted draws of a density that is known up to a factor.

Each round draws from a multivariate t, as wide as all weighted draws so far (adaptive multiple importance sampling,
Cornuet, Marin, Mira and Robert, 2012). Every draw is weighed against the mixture of all rounds, so that no round is
lost and none can spoil the rest. As long as few draws carry the weight, the next t is made with weights to a power
below one: it walks to the density rather than jumps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.errors import KetenramingError

Floats = NDArray[np.float64]
Density = Callable[[Floats], Floats]  # logarithms, for numbers by draws; minus infinity where nothing can be

DEGREES = 6  # of the t: its tails are heavier than those of what is drawn
EACH = 25  # effective draws for each number, before weights are taken as they are
ROUND, MOST_ROUNDS = 1500, 120
_HALVINGS = 20
_NONE = -1e9  # the logarithm of a weight of nought


class Proposal(NamedTuple):
    """A multivariate t: its middle, and the lower triangle of its scale."""

    middle: Floats
    root: Floats

    def draw(self, rng: np.random.Generator, count: int) -> Floats:
        """So many draws, numbers by draws."""
        heavy = np.sqrt(rng.chisquare(DEGREES, count) / DEGREES)
        return self.middle[:, None] + self.root @ (rng.standard_normal((count, len(self.middle))).T / heavy)

    def log_density(self, draws: Floats) -> Floats:
        """Up to what is the same for all proposals."""
        away = np.linalg.inv(self.root) @ (draws - self.middle[:, None])
        size, squares = len(self.middle), (away**2).sum(axis=0)
        heavy = (DEGREES + size) / 2 * np.log1p(squares / DEGREES)
        return np.asarray(-np.log(np.diag(self.root)).sum() - heavy)


@dataclass(frozen=True, slots=True)
class Weighted:
    """Draws (numbers by draws) with weights that add up to one."""

    draws: Floats
    weights: Floats

    @property
    def effective(self) -> float:
        """How many draws without weights would tell as much."""
        return _effective(self.weights)


def sample(density: Density, start: Proposal, seed: int, wanted: float) -> Weighted:
    """
    Weighted draws of a density, in rounds until so many are effective.

    Raises KetenramingError where that does not come about: the density is at odds with where it was looked for.
    """
    rng, proposals = np.random.Generator(np.random.Philox(seed)), [start]
    draws, logs, mixture = np.empty((len(start.middle), 0)), np.empty(0), np.empty(0)
    found = 0.0
    for _ in range(MOST_ROUNDS):
        fresh = proposals[-1].draw(rng, ROUND)
        of_all = np.logaddexp.reduce([proposal.log_density(fresh) for proposal in proposals], axis=0)
        mixture = np.concatenate([np.logaddexp(mixture, proposals[-1].log_density(draws)), of_all])
        draws, logs = np.hstack([draws, fresh]), np.concatenate([logs, density(fresh)])
        if np.isfinite(logs).sum() < 2 * len(draws):  # too few to tell a covariance
            break
        log_weights = np.where(np.isfinite(logs), logs - mixture, _NONE)
        weights = _weights(log_weights)
        found = _effective(weights)
        if found >= wanted:
            return Weighted(draws, weights)
        proposals.append(_around(draws, _flattened(log_weights, EACH * len(draws))))
    raise KetenramingError(
        f"After {len(logs) // ROUND} rounds {found:.0f} draws are effective, where {wanted:.0f} were asked for. "
        "Ask for fewer, or look whether counts and priors are at odds."
    )


def _weights(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _effective(weights: Floats) -> float:
    return float(1 / (weights**2).sum())


def _flattened(logs: Floats, enough: float) -> Floats:
    """Weights to the highest power, at most one, at which enough draws are effective, or nearly all that can be."""
    enough = min(enough, 0.9 * float((logs > _NONE / 2).sum()))
    if _effective(_weights(logs)) >= enough:
        return _weights(logs)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _effective(_weights(middle * logs)) >= enough else (low, middle)
    return _weights(low * logs)


def _around(draws: Floats, weights: Floats) -> Proposal:
    """The t that has the mean of weighted draws as its middle and their covariance as its scale."""
    middle = draws @ weights
    away = draws - middle[:, None]
    return Proposal(middle, np.asarray(np.linalg.cholesky((away * weights) @ away.T), dtype=np.float64))
