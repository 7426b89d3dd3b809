"""The year in a monthly series: how its months usually differ, and those of the months ahead."""

import numpy as np

from ketenraming.scenarios.paths import Floats

YEAR = 12
SEASONAL = 4 * YEAR  # months from which a season can be told from a wave


def season_of(logs: Floats) -> Floats:
    """How a month usually differs from the year around it, for every month; nought when there are too few years."""
    if len(logs) < SEASONAL:
        return np.zeros(len(logs))
    around = np.convolve(logs, np.array([0.5, *[1.0] * 11, 0.5]) / YEAR, mode="valid")
    ratios = logs[6 : 6 + len(around)] - around
    means = np.array([ratios[(month - 6) % YEAR :: YEAR].mean() for month in range(YEAR)])
    return np.asarray((means - means.mean())[np.arange(len(logs)) % YEAR])


def by_month(values: Floats) -> Floats:
    """The mean of each calendar month, for every value; nought when added up over a year."""
    if len(values) < SEASONAL - 1:
        return np.zeros(len(values))
    means = np.array([values[month::YEAR].mean() for month in range(YEAR)])
    return np.asarray((means - means.mean())[np.arange(len(values)) % YEAR])


def ahead(season: Floats, months: int) -> Floats:
    """A pattern of months, carried on."""
    return np.asarray(season[-YEAR:][np.arange(months) % YEAR])
