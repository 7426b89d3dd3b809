"""
Sobol indices: which part of the variance of an outcome each input explains, alone and with all it interacts with.

Pick and freeze: two independent drawings A and B, and for each input (or group of inputs) A with that one as in B.
First order after Saltelli et al. (2010), total after Jansen (1999); errors by bootstrap over the draws. Indices have no
unit: a part of the variance. For independent inputs the first orders add up to one at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Index:
    """One input: its part of the variance alone, and with its interactions; each with its standard error."""

    name: str
    first: float
    first_error: float
    total: float
    total_error: float


def indices(
    of_a: Floats, of_b: Floats, swapped: Mapping[str, Floats], seed: int = 7, repeats: int = 200
) -> tuple[Index, ...]:
    """
    The indices of every input, the highest total first.

    `of_a` and `of_b` are the outcomes of both drawings, `swapped` those of A with one input as in B. An outcome that
    never differs has indices of nought.
    """
    rng, middle = np.random.default_rng(seed), np.concatenate([of_a, of_b]).mean()
    often = rng.multinomial(of_a.size, np.full(of_a.size, 1 / of_a.size), size=repeats)
    weights = (
        np.vstack([np.ones(of_a.size), often]) / of_a.size
    )  # the first row is the estimate, the others its repeats
    a, b = of_a - middle, of_b - middle
    variance = weights @ (a**2 + b**2) / 2 - (weights @ (a + b) / 2) ** 2
    found = [_index(name, a, b, outcome - middle, weights, variance) for name, outcome in swapped.items()]
    return tuple(sorted(found, key=lambda index: -index.total))


def _index(name: str, a: Floats, b: Floats, swapped: Floats, weights: Floats, variance: Floats) -> Index:
    whole = np.where(variance > 0, variance, np.inf)
    first = weights @ (b * (swapped - a)) / whole
    total = weights @ ((a - swapped) ** 2) / 2 / whole
    errors = (float(estimate[1:].std(ddof=1)) for estimate in (first, total))
    return Index(name, float(first[0]), next(errors), float(total[0]), next(errors))
