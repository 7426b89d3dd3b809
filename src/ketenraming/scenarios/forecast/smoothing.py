"""Exponential smoothing with a damped trend and a season, additive (in logarithms): fitted on a net, in NumPy."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from ketenraming.scenarios.paths import Floats

YEAR = 12
_NETS = (  # of level, trend, season and damping
    (0.05, 0.2, 0.4, 0.6, 0.8, 0.99),
    (0.001, 0.05, 0.1, 0.2, 0.4),
    (0.001, 0.05, 0.1, 0.2, 0.4),
    (0.8, 0.85, 0.9, 0.94, 0.98),
)


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Where smoothing ended: level, trend, season with the coming month first, the four weights, and past shocks."""

    level: float
    trend: float
    season: Floats
    weights: tuple[float, float, float, float]
    shocks: Floats

    def simulate(self, shocks: Floats) -> Floats:
        """The months after, for shocks of (draws, months)."""
        alpha, beta, gamma, phi = self.weights
        draws, months = shocks.shape
        level, trend = np.full(draws, self.level), np.full(draws, self.trend)
        season = np.tile(self.season, (draws, 1))
        found = np.empty_like(shocks)
        for month in range(months):
            now, shock = month % YEAR, shocks[:, month]
            found[:, month] = level + phi * trend + season[:, now] + shock
            level, trend = level + phi * trend + alpha * shock, phi * trend + beta * shock
            season[:, now] += gamma * shock
        return found


def fit_smoothing(logs: Floats) -> Smoothed:
    """The weights with the smallest squared shocks: the best of a net, and of two finer ones around it."""
    return _fit(logs.tobytes())


@lru_cache(maxsize=512)  # several ways smooth the same series, each time they are tried
def _fit(known: bytes) -> Smoothed:
    logs = np.frombuffer(known)
    best = _allowed(np.array(list(product(*_NETS))))
    best = best[np.argmin(_run(logs, best)[0])]
    for width in (0.5, 0.2, 0.08):
        near = [
            np.clip(w * np.array([1 - width, 1 - width / 2, 1, 1 + width / 2, 1 + width]), 1e-4, 0.9999)
            for w in best[:3]
        ]
        damping = np.clip(best[3] + width * np.array([-0.1, -0.05, 0, 0.05, 0.1]), 0.8, 0.98)
        net = _allowed(np.array(list(product(*near, damping))))
        best = net[np.argmin(_run(logs, net)[0])]
    _, level, trend, season, shocks = _run(logs, best[None, :])
    season = np.roll(season[:, 0], -(len(logs) % YEAR))
    alpha, beta, gamma, phi = (float(weight) for weight in best)
    return Smoothed(
        float(level[0]), float(trend[0]), season, (alpha, beta, gamma, phi), shocks[:, 0] - shocks[:, 0].mean()
    )


def _allowed(weights: Floats) -> Floats:
    """Weights of which that of the trend is at most that of the level, and of the season what that one leaves."""
    alpha, beta, gamma, phi = weights.T
    return np.column_stack([alpha, np.minimum(beta, alpha), np.minimum(gamma, 1 - alpha), phi])


def _run(logs: Floats, weights: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Squared shocks of each row of weights, the states at the end, and the shocks of each month."""
    alpha, beta, gamma, phi = weights.T
    first = logs[: 2 * YEAR]
    start = first - np.repeat([first[:YEAR].mean(), first[YEAR:].mean()], YEAR)
    season = np.tile((start[:YEAR] + start[YEAR:])[:, None] / 2, len(weights))
    level = np.full(len(weights), first[:YEAR].mean())
    trend = np.full(len(weights), (first[YEAR:].mean() - first[:YEAR].mean()) / YEAR)
    level = level - 6 * trend
    shocks = np.empty((len(logs), len(weights)))
    for month, value in enumerate(logs):
        now, onward = month % YEAR, phi * trend
        shock = shocks[month] = value - (level + onward + season[now])
        level, trend = level + onward + alpha * shock, onward + beta * shock
        season[now] += gamma * shock
    return (shocks**2).sum(axis=0), level, trend, season, shocks
