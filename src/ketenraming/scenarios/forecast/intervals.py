"""
Bands that hold as often as they say: draws are moved away from, or towards, their median by what earlier trials ask.

At some months ahead, the factor is the one with which four in five of the earlier outcomes would have been within the
band of four in five, at least one, and nearer to one the fewer trials there are; between these months it is a line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from ketenraming.scenarios.forecast.history import History, month_end
from ketenraming.scenarios.forecast.rolling import Trial, outcome
from ketenraming.scenarios.paths import Floats

AT = (1, 3, 6, 12, 24)
BAND = 0.8
_DOUBT = 2  # as many trials, that do not overlap, are taken to have needed no change
_MOST = 2.0
_LEAST = 1e-9  # a band, or a number, that is not nought
Asked = Mapping[int, Sequence[tuple[date, float]]]


def asked(of: Sequence[Trial], truth: History) -> Asked:
    """For each of `AT`, of every trial with an outcome: the last day of its month, and what it asked of the band."""
    return {ahead: [told for trial in of if (told := _asked(trial, truth, ahead)) is not None] for ahead in AT}


def _asked(trial: Trial, truth: History, ahead: int) -> tuple[date, float] | None:
    """By how much the band of four in five should have been wider to reach just as far as the outcome."""
    value = outcome(trial, truth, str(ahead))
    if value is None:
        return None
    low, middle, high = np.quantile(trial.logs[:, ahead - 1], ((1 - BAND) / 2, 0.5, (1 + BAND) / 2))
    away = float(np.log(max(value + trial.history.shift, _LEAST)) - middle)
    wide = high - middle if away > 0 else middle - low
    return month_end(trial.history.end + ahead - 1), abs(away) / max(float(wide), _LEAST)


def factors(told: Asked, day: date) -> Floats:
    """A factor for each of `AT`, from the trials whose outcome was known on a day."""
    return np.array([_factor([ratio for end, ratio in told[ahead] if end < day], ahead) for ahead in AT])


def _factor(ratios: list[float], ahead: int) -> float:
    if not ratios:
        return 1.0
    rank = min(1.0, BAND * (1 + 1 / len(ratios)))
    apart = len(ratios) / ahead  # trials a month after each other share all but one of their months
    return float(np.clip(np.quantile(ratios, rank), 1.0, _MOST) ** (apart / (apart + _DOUBT)))


def widen(logs: Floats, by: Floats) -> Floats:
    """Draws of (draws, months) moved away from their median by factors at `AT`."""
    months = np.arange(1, logs.shape[1] + 1)
    middle = np.median(logs, axis=0)
    return np.asarray(middle + np.interp(np.log(months), np.log(AT), by) * (logs - middle))


def widened(of: Sequence[Trial], truth: History) -> list[Trial]:
    """Every trial with draws widened by what was known on its day from earlier trials."""
    told = asked(of, truth)
    return [replace(trial, logs=widen(trial.logs, factors(told, trial.day))) for trial in of]
