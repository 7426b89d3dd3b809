"""
How far counts lie from a chain that is right: the error model of the hindcast.

Each series has errors in logarithms (parts of the stock) of a size that is drawn with everything else. They die out
over so many months (Ornstein and Uhlenbeck), so that ten counts of one year are not ten proofs. On top stands what a
count itself misses: the step it is rounded to, and days and definitions that differ.
"""

from dataclasses import dataclass

import numpy as np

from ketenraming.scenarios.hindcast.observed import Floats, Point

SERIES = ("coa", "vergunninghouder", "pending")
# What is held likely before counts are seen, an assumption: sizes as near as the fit holds the series, and half a year;
# each with a standard deviation of a factor.
SIZES, SIZE_FACTOR = (0.02, 0.06, 0.08), 2.0
MONTHS_LONG, MONTHS_FACTOR = 6.0, 2.7
DEFINITION = 0.01  # of a count: days and definitions that differ; an assumption
SMALLEST = 500.0  # persons; a stock that was counted was never as small


@dataclass(frozen=True, slots=True)
class Error:
    """The errors of one series by draw: their size as a part of the stock, and over how many months they die out."""

    size: Floats
    months: Floats


def in_time(points: tuple[Point, ...], what: str) -> tuple[Point, ...]:
    """The points of a series, the oldest first."""
    return tuple(sorted((p for p in points if p.what == what), key=moment))


def moment(point: Point) -> float:
    """When a count was made: a month stands for its end."""
    return point.month - 1 + point.weight


def log_likelihood(points: tuple[Point, ...], stocks: Floats, error: Error) -> Floats:
    """How likely the counts of a series (in time) are beside stocks (months by draws), by draw; Kalman's filter."""
    always, mean, total = error.size**2, np.zeros_like(error.size), np.zeros_like(error.size)
    variance = always
    for i, point in enumerate(points):
        if i:
            kept = np.exp((moment(points[i - 1]) - moment(point)) / error.months)
            mean, variance = mean * kept, always + (variance - always) * kept**2
        there = _there(point, stocks)
        spread = variance + _miscounted(point, there) ** 2
        missed = np.log(point.value / there) - mean
        total -= (np.log(spread) + missed**2 / spread) / 2
        mean, variance = mean + missed * variance / spread, variance * (1 - variance / spread)
    return total


def counted(points: tuple[Point, ...], stocks: Floats, error: Error, rng: np.random.Generator) -> Floats:
    """What might have been counted at these points (in time) beside stocks (months by draws), points by draws."""
    there = np.array([_there(point, stocks) for point in points])
    size = np.array([_miscounted(point, of) for point, of in zip(points, there, strict=True)])
    errors = drawn(np.array([moment(point) for point in points]), error, rng)
    return np.asarray(there * np.exp(errors + size * rng.standard_normal(there.shape)))


def drawn(moments: Floats, error: Error, rng: np.random.Generator) -> Floats:
    """Errors at these moments (in time), moments by draws, in logarithms; without what counts miss."""
    found = error.size * rng.standard_normal((len(moments), len(error.size)))
    for i in range(1, len(moments)):
        kept = np.exp((moments[i - 1] - moments[i]) / error.months)
        found[i] = found[i - 1] * kept + found[i] * np.sqrt(1 - kept**2)
    return found


def _there(point: Point, stocks: Floats) -> Floats:
    """The stock at the moment of a count, by draw; of a smaller one errors are no part."""
    return np.maximum(point.of(stocks), SMALLEST)


def _miscounted(point: Point, there: Floats) -> Floats:
    """The standard deviation of what a count itself misses, as a part of the stock, by draw."""
    return np.asarray(np.hypot(DEFINITION, point.step / np.sqrt(12) / there))
