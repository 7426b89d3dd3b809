"""
AutoARIMA, theta, CES and ETS of the library statsforecast, which is slow to load and installed beside this one.

It is no extra of ours: it brings eighteen packages for ways that score no better (decision 0016).
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ketenraming.base.errors import KetenramingError
from ketenraming.scenarios.forecast.season import YEAR
from ketenraming.scenarios.forecast.walks import Draw, Fit
from ketenraming.scenarios.paths import Floats

_MODELS = {"auto_arima": "AutoARIMA", "auto_theta": "AutoTheta", "auto_ces": "AutoCES", "auto_ets": "AutoETS"}
_ONE_SIGMA = 68.27  # percent


def peers() -> Mapping[str, Fit]:
    """The ways by name; raises KetenramingError where statsforecast is not installed."""
    try:
        from statsforecast import models  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise KetenramingError(
            "The ways of statsforecast need that library, which is not installed. "
            "Install it (pip install statsforecast) beside ketenraming in an environment of their own."
        ) from error
    return {name: _fit(getattr(models, model)) for name, model in _MODELS.items()}


def _fit(model: Callable[..., Any]) -> Fit:
    """Draws whose spread each month is that of the model, gained in steps, so that months next to each other agree."""

    def fit(logs: Floats) -> Draw:
        def draw(months: int, draws: int, stream: np.random.Generator) -> Floats:
            told = model(season_length=YEAR).forecast(y=logs, h=months, level=[_ONE_SIGMA])
            variance = (told[f"hi-{_ONE_SIGMA}"] - told["mean"]) ** 2
            steps = np.sqrt(np.diff(np.maximum.accumulate(variance), prepend=0.0))
            return np.asarray(told["mean"] + np.cumsum(steps * stream.standard_normal((draws, months)), axis=1))

        return draw

    return fit
