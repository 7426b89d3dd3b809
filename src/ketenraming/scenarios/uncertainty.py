"""
Draws around paths: how far the library says a value may be off, and how inflow may wander.

The first column of a path stays the central one. A parameter with a spread is drawn once and holds for all months, as
a ratio to its central value; what the hindcast tells together is drawn together (`together`). Applications wander from
the first month that is not yet known, as the draws of their forecast do around its median (decision 0016). Streams are
named by path, so scenarios share their draws, and another path or more draws leave the others as they were.
"""

from datetime import date
from functools import lru_cache

import numpy as np

from ketenraming.base.errors import KetenramingError
from ketenraming.evidence.library import Library
from ketenraming.evidence.parameter import Spread
from ketenraming.scenarios.forecast import inflow_ratios
from ketenraming.scenarios.paths import Floats, Horizon, Path, Paths
from ketenraming.scenarios.together import ENDS, RANKED, WAYS, WITHOUT_ENDS, Together, every_row, together

WANDERING = "asiel_applications_inflow"
FACTORS = {  # paths that are fitted to print, and the parameter whose spread is theirs
    "huisvesting_capacity": "huisvesting_factor",
    "overig_inflow": "overig_factor",
    "nareis_per_grant": "nareis_factor",
}
WALK_ENDS = (0.05, 0.95)  # what wanders has no lowest and no highest: nine draws in ten are between these
_MANY = 4000  # draws for the ends of what wanders


def drawn(paths: Paths, library: Library, horizon: Horizon, known_on: date, draws: int, seed: int) -> dict[str, Path]:
    """The same paths with so many draws beside the central column, where they are uncertain."""
    made = dict(paths)
    for name, path in paths.items():
        if (ratio := _ratio(name, library, horizon, known_on, draws, seed)) is not None:
            made[name] = path.with_values(_beside(path, ratio))
    return made


@lru_cache(maxsize=128)  # a page asks for the same draws at every move of a lever
def _ratio(name: str, library: Library, horizon: Horizon, known_on: date, draws: int, seed: int) -> Floats | None:
    """What is drawn for a path, as ratios to its central value; nothing where it is not uncertain."""
    if name == WANDERING:
        return inflow_ratios(library, name, horizon, known_on, draws, seed)
    spread = _spread(library, name)
    if spread is None:
        return None
    return _ratios(name, spread, library, horizon, known_on, together(library, known_on, draws, seed), seed)


def _spread(library: Library, path: str) -> Spread | None:
    """How uncertain a path is, if the library says so."""
    parameter = library.parameters.get(FACTORS.get(path, path))
    return parameter.spread if parameter else None


def _ratios(
    path: str, spread: Spread, library: Library, horizon: Horizon, known_on: date, told: Together, seed: int
) -> Floats:
    """One ratio for each draw: what was drawn over the central value of the last month."""
    if spread.shape == "posterior":
        return told.ratios(path, _central(path, library, horizon, known_on))[None, :]
    if path in WAYS:
        centrals = {way: _central(way, library, horizon, known_on) for way in WAYS}
        spreads = {way: _spread(library, way) or spread for way in WAYS}
        own = {way: sample(spreads[way], centrals[way], told.uniforms(way, seed)) / centrals[way] for way in WAYS}
        return told.of_ways(own, centrals)[path][None, :]
    chances = told.chances(path) if path in RANKED else told.uniforms(path, seed)
    return _at(chances, path, spread, library, horizon, known_on)


def _at(chances: Floats, path: str, spread: Spread, library: Library, horizon: Horizon, known_on: date) -> Floats:
    """The ratios of a path to its central value at these chances of its spread."""
    central = _central(path, library, horizon, known_on)
    return sample(spread, central, chances)[None, :] / central


def _central(path: str, library: Library, horizon: Horizon, known_on: date) -> float:
    """The central value of a path in the last month."""
    return library.parameter(FACTORS.get(path, path)).number_on(horizon.last_day, known_on)


def ends(path: Path, library: Library, horizon: Horizon, known_on: date) -> Path | None:
    """A path with its lowest and its highest values beside the central ones; none where it is not uncertain."""
    if path.name == WANDERING:
        factors = inflow_ratios(library, path.name, horizon, known_on, _MANY, 0)
        return path.with_values(_beside(path, np.quantile(factors, WALK_ENDS, axis=1).T))
    spread = _spread(library, path.name)
    if spread is None:
        return None
    if path.name in WITHOUT_ENDS:
        ratio = _ratios(path.name, spread, library, horizon, known_on, every_row(library, known_on), seed=0)
        return path.with_values(_beside(path, np.quantile(ratio, ENDS, axis=1).T))
    return path.with_values(_beside(path, _at(np.array([0.0, 1.0]), path.name, spread, library, horizon, known_on)))


def sample(spread: Spread, central: float, chances: Floats) -> Floats:
    """Values at these chances of a spread around a central value."""
    low, high = min(spread.low, central), max(spread.high, central)
    if spread.shape == "uniform":
        return low + (high - low) * chances
    if spread.shape == "triangular":
        below = (central - low) / (high - low)
        left = low + np.sqrt(chances * (high - low) * (central - low))
        right = high - np.sqrt((1 - chances) * (high - low) * (high - central))
        return np.where(chances < below, left, right)
    raise KetenramingError(f"A {spread.shape} spread cannot be drawn yet. Use triangular or uniform.")


def _beside(path: Path, ratio: Floats) -> Floats:
    """
    The central column, and beside it the draws, no more than the path can be.

    What is alike in all months is kept once, and shown as many times: ten thousand draws of it are one row.
    """
    central = path.values[:, :1]
    once = ratio.shape[0] == 1 and bool((central == central[0]).all())
    rows = central[:1] if once else central
    beside = np.hstack([rows, np.minimum(rows * ratio, path.most)])
    return np.broadcast_to(beside, (len(central), beside.shape[1]))
