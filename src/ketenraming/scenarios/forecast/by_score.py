"""
The draws of several ways together, more of those that were nearer before.

Every half year of a series, each way forecasts the twelve months after from what was there then. A way counts by one
over the square of the mean CRPS of those totals; all count alike where there are too few of them. Nothing is used that
comes after the series, so who forecasts from an earlier day finds other weights.
"""

from functools import lru_cache

import numpy as np

from ketenraming.scenarios.forecast.scores import crps
from ketenraming.scenarios.forecast.season import YEAR
from ketenraming.scenarios.forecast.walks import Draw, Fit
from ketenraming.scenarios.paths import Floats

EVERY, FIRST_LEARNT = 6, 36  # months between two trials, and before the first
FEWEST, MOST = 6, 40  # trials for weights at all, and the latest ones that count
_DRAWS = 200
_POWER = 2.0
_GOLDEN = (5**0.5 - 1) / 2


def by_score(*parts: Fit) -> Fit:
    """These ways as one."""

    def fit(logs: Floats) -> Draw:
        ends = np.cumsum(weights(parts, logs))[:-1]
        fitted = [part(logs) for part in parts]

        def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
            # A golden step spreads the draws over the ways as their weights say, however many are asked for.
            chosen = np.searchsorted(ends, (0.5 + _GOLDEN * np.arange(draws)) % 1, side="right")
            streams = stream.spawn(len(fitted))
            found = [part(months, draws, own) for part, own in zip(fitted, streams, strict=True)]
            return np.asarray(np.stack(found)[chosen, np.arange(draws)])

        return draw

    return fit


def weights(parts: tuple[Fit, ...], logs: Floats) -> Floats:
    """What share of the draws each way has; they add up to one."""
    starts = range(FIRST_LEARNT, len(logs) - YEAR + 1, EVERY)[-MOST:]
    if len(starts) < FEWEST:
        return np.full(len(parts), 1 / len(parts))
    losses = np.array([[_loss(part, logs[: start + YEAR].tobytes()) for start in starts] for part in parts])
    nearness = np.maximum(losses.mean(axis=1), 1e-12) ** -_POWER
    return np.asarray(nearness / nearness.sum())


@lru_cache(maxsize=4096)  # who forecasts again and again from a growing series asks for the same trials
def _loss(part: Fit, known: bytes) -> float:
    """The CRPS of the last twelve of these logarithms in total, forecast from those before them."""
    logs = np.frombuffer(known)
    drawn = part(logs[:-YEAR])(YEAR, _DRAWS, np.random.Generator(np.random.Philox(len(logs))))
    scale = float(logs.mean())  # keeps a series twice as large at the same weights, whatever its size
    totals, total = np.exp(drawn - scale).sum(axis=1), np.exp(logs[-YEAR:] - scale).sum()
    return float(crps(totals[None], np.array([total]))[0])
