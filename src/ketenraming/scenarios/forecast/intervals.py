"""
Bands that hold as often as they say: draws are moved away from, or towards, their median by what earlier trials ask.

At some months ahead, the factor is the one with which four in five of the earlier outcomes would have been within the
band of four in five, at least one, and nearer to one the fewer trials there are; between these months it is a line.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from ketenraming.scenarios.forecast.history import History
from ketenraming.scenarios.forecast.rolling import Trial, known_by, with_logs
from ketenraming.scenarios.paths import Floats

AT = (1, 3, 6, 12, 24)
BAND = 0.8
_DOUBT = 2  # as many trials, that do not overlap, are taken to have needed no change
_MOST = 2.0


def factors(of: Sequence[Trial], day: date, read_truth: History) -> Floats:
    """A factor for each of `AT`, from the trials whose outcome was known on a day."""
    return np.array([_factor(known_by(of, read_truth, day, ahead), ahead) for ahead in AT])


def _factor(pairs: list[tuple[Trial, float]], ahead: int) -> float:
    if not pairs:
        return 1.0
    draws = np.array([trial.logs[:, ahead - 1] for trial, _ in pairs])
    low, middle, high = np.quantile(draws, ((1 - BAND) / 2, 0.5, (1 + BAND) / 2), axis=1)
    away = np.log([max(value + trial.history.shift, 1e-12) for trial, value in pairs]) - middle
    wide = np.maximum(np.where(away > 0, high - middle, middle - low), 1e-9)
    ratio = np.abs(away) / wide
    rank = min(1.0, BAND * (1 + 1 / len(pairs)))
    asked = float(np.quantile(ratio, rank))
    apart = len(pairs) / ahead  # trials a month after each other share all but one of their months
    return float(np.clip(asked, 1.0, _MOST) ** (apart / (apart + _DOUBT)))


def widen(logs: Floats, by: Floats) -> Floats:
    """Draws of (draws, months) moved away from their median by factors at `AT`."""
    months = np.arange(1, logs.shape[1] + 1)
    middle = np.median(logs, axis=0)
    return np.asarray(middle + np.interp(np.log(months), np.log(AT), by) * (logs - middle))


def widened(of: Sequence[Trial], truth: History) -> list[Trial]:
    """Every trial with draws widened by what was known on its day from earlier trials."""
    return [with_logs(trial, widen(trial.logs, factors(of, trial.day, truth))) for trial in of]
