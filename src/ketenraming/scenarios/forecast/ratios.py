"""How far inflow may be from a central path: the draws of the forecast over their median."""

from datetime import date
from functools import lru_cache

import numpy as np

from ketenraming.base.streams import stream
from ketenraming.evidence.library import Library
from ketenraming.scenarios.forecast.subjects import subject
from ketenraming.scenarios.forecast.walks import Draw
from ketenraming.scenarios.paths import Floats, Horizon

BOUND = "asiel_inflow_bound"  # parameter of the library
_MANY = 4000  # draws of a median path, whatever else is drawn


@lru_cache(maxsize=8)
def inflow_ratios(library: Library, name: str, horizon: Horizon, known_on: date, draws: int, seed: int) -> Floats:
    """
    Factors around the median path, months by draws: one in the months that are known on a day.

    The central path is taken to hold what was known on that day, also where the counts of the library end before it;
    so the first month ahead is the month of that day. The first draws are the same however many are asked for. They
    are kept for who asks again, so nobody may write in them.
    """
    known = min(max(0, horizon.month(known_on)), horizon.months)
    found = np.ones((horizon.months, draws))
    if known < horizon.months:
        ahead, middle = _carried(library, name, known_on, horizon.months - known)
        away = ahead(horizon.months - known, draws, stream(name, seed)) - middle
        farthest = np.log(library.parameter(BOUND).number_on(horizon.first_day, known_on))
        found[known:] = np.exp(np.clip(away, -farthest, farthest)).T
    found.setflags(write=False)
    return found


@lru_cache(maxsize=8)
def _carried(library: Library, name: str, known_on: date, months: int) -> tuple[Draw, Floats]:
    """The default way to forecast from what was known on a day, and the median of so many months of it."""
    of = subject(library, name)
    draw = of.ways[of.default](of.read(known_on))
    return draw, np.median(draw(months, _MANY, stream(f"{name}/median", 0)), axis=0)
