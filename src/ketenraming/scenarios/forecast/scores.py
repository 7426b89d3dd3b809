"""How good draws were once the outcome is known: lower is better, but for coverage, which should be what it says."""

import numpy as np

from ketenraming.scenarios.paths import Floats

BANDS = (0.5, 0.8, 0.95)
UPPER = 0.9
ROUNDING = 1e-9  # of a number: less than this is none


def crps(draws: Floats, outcome: Floats) -> Floats:
    """
    Continuous ranked probability score of each row of draws: how far they are from the outcome, less half of how far
    from each other. The absolute error, when all draws are the same.
    """
    ordered = np.sort(draws, axis=-1)
    count = draws.shape[-1]
    weights = (2 * np.arange(1, count + 1) - count - 1) / (count * (count - 1.0))
    return np.asarray(np.abs(ordered - outcome[..., None]).mean(axis=-1) - ordered @ weights)


def pinball(draws: Floats, outcome: Floats, chance: float = UPPER) -> Floats:
    """Loss of one quantile: with 0.9 an outcome above it costs nine times as much as one below it."""
    away = outcome - np.quantile(draws, chance, axis=-1)
    return np.asarray(np.maximum(chance * away, (chance - 1) * away))


def covered(draws: Floats, outcome: Floats, band: float) -> Floats:
    """One where the outcome is in the middle `band` of the draws, give or take a rounding, else nought."""
    low, high = np.quantile(draws, ((1 - band) / 2, (1 + band) / 2), axis=-1)
    rounding = ROUNDING * np.abs(outcome)
    return np.asarray((low - rounding <= outcome) & (outcome <= high + rounding), dtype=np.float64)
