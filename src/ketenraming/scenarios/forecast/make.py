"""A forecast of a monthly series from what was known on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.base.errors import NotInLibrary
from ketenraming.base.streams import stream
from ketenraming.scenarios.forecast.history import History
from ketenraming.scenarios.forecast.intervals import AT, asked, factors, widen
from ketenraming.scenarios.forecast.rolling import histories, trials
from ketenraming.scenarios.forecast.subjects import AFTER_GRANTS, Subject
from ketenraming.scenarios.paths import Floats

WIDENED_WAYS = frozenset({AFTER_GRANTS})  # of which the bands did not hold


@dataclass(frozen=True, slots=True)
class Ask:
    """How many months ahead, how many draws, with which seed, and by which way: the default one where it is empty."""

    months: int = 24
    draws: int = 4000
    seed: int = 7
    way: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Draws of the months after the last one known, of shape (draws, months)."""

    history: History
    way: str
    seed: int
    values: Floats

    @property
    def first(self) -> int:
        """The first month that is forecast."""
        return self.history.end

    def quantiles(self, chances: Sequence[float]) -> Floats:
        """These quantiles of every month, of shape (chances, months)."""
        return np.asarray(np.quantile(self.values, chances, axis=0))

    def years(self, chances: Sequence[float]) -> dict[int, Floats]:
        """These quantiles of every calendar year of which all months are known or forecast."""
        known = np.broadcast_to(self.history.values, (len(self.values), len(self.history.values)))
        every = np.concatenate([known, self.values], axis=1)
        months = np.arange(self.history.first, self.history.first + every.shape[1]) // 12
        whole = [year for year in np.unique(months[len(self.history.values) :]) if (months == year).sum() == 12]
        return {int(year): np.quantile(every[:, months == year].sum(axis=1), chances) for year in whole}


def forecast(of: Subject, known_on: date = date.max, ask: Ask = Ask()) -> Forecast:
    """Carry on what was known on a day; raises NotInLibrary for a way that is not there."""
    history = of.read(known_on)
    way = ask.way or of.default
    if way not in of.ways:
        raise NotInLibrary("way to forecast", way, of.ways)
    logs = of.ways[way](history)(ask.months, ask.draws, stream(f"{history.name}/forecast", ask.seed))
    if way in WIDENED_WAYS:
        logs = widen(logs, _asked(of, history, way))
    return Forecast(history, way, ask.seed, history.numbers(logs))


def _asked(of: Subject, history: History, way: str) -> Floats:
    """By what factors the bands of a way are to be widened, from what was known on the day of a history."""
    made = trials(histories(of.read, history), of.ways[way], 400, months=AT[-1])
    return factors(asked(made, history), history.known_on)
