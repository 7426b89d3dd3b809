"""
Draws around paths: how far the library says a value may be off, and how inflow may wander.

The first column of a path stays the central one. A parameter with a spread is drawn once and holds for all months, as
a ratio to its central value. Applications wander from the first month that is not yet known: the logarithm takes a
step each month whose tail is heavy, because inflow has jumped before, and is drawn back, because in the long run it has
stayed within bounds. Streams are named by path, so scenarios share their draws, and another path or more draws leave
the others as they were.
"""

from datetime import date

import numpy as np

from ketenraming.base.errors import KetenramingError
from ketenraming.base.streams import stream, uniforms
from ketenraming.evidence.library import Library
from ketenraming.evidence.parameter import Spread
from ketenraming.scenarios.paths import Floats, Horizon, Path, Paths

WANDERING = "asiel_applications_inflow"
FACTORS = {  # paths that are fitted to print, and the parameter whose spread is theirs
    "huisvesting_capacity": "huisvesting_factor",
    "overig_inflow": "overig_factor",
    "nareis_per_grant": "nareis_factor",
}
WALK_ENDS = (0.05, 0.95)  # what wanders has no lowest and no highest: nine draws in ten are between these
_DEGREES = 4  # of the t distribution; an assumption, listed with the others
_FARTHEST = 1.5  # in logarithms: between a fifth and four and a half times the baseline; an assumption too
_MANY = 4000  # draws for the ends of what wanders


def drawn(paths: Paths, library: Library, horizon: Horizon, known_on: date, draws: int, seed: int) -> dict[str, Path]:
    """The same paths with so many draws beside the central column, where they are uncertain."""
    found = dict(paths)
    for name, path in paths.items():
        ratio = None
        if name == WANDERING:
            ratio = _wandering(name, library, horizon, known_on, draws, seed)
        elif spread := _spread(library, name):
            ratio = _ratios(name, spread, library, horizon, known_on, draws, seed)
        if ratio is not None:
            found[name] = path.with_values(_beside(path, ratio))
    return found


def _spread(library: Library, path: str) -> Spread | None:
    """How uncertain a path is, if the library says so."""
    parameter = library.parameters.get(FACTORS.get(path, path))
    return parameter.spread if parameter else None


def _ratios(
    path: str, spread: Spread, library: Library, horizon: Horizon, known_on: date, draws: int, seed: int
) -> Floats:
    """One ratio for each draw: what was drawn over the central value of the last month."""
    return _at(uniforms(path, seed, draws)[:, 0], path, spread, library, horizon, known_on)


def _at(chances: Floats, path: str, spread: Spread, library: Library, horizon: Horizon, known_on: date) -> Floats:
    """The ratios of a path to its central value at these chances of its spread."""
    central = library.parameter(FACTORS.get(path, path)).number_on(horizon.last_day, known_on)
    return sample(spread, central, chances)[None, :] / central


def ends(path: Path, library: Library, horizon: Horizon, known_on: date) -> Path | None:
    """A path with its lowest and its highest values beside the central ones; none where it is not uncertain."""
    if path.name == WANDERING:
        factors = _wandering(path.name, library, horizon, known_on, _MANY, seed=0)
        return path.with_values(_beside(path, np.quantile(factors, WALK_ENDS, axis=1).T))
    spread = _spread(library, path.name)
    if spread is None:
        return None
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


def _wandering(name: str, library: Library, horizon: Horizon, known_on: date, draws: int, seed: int) -> Floats:
    """Factors of inflow, months by draws, as the library says that it may wander."""
    shock, persistence = (
        library.parameter(f"asiel_inflow_{what}").number_on(horizon.first_day, known_on)
        for what in ("shock", "persistence")
    )
    steps = shock * stream(name, seed).standard_t(_DEGREES, (draws, horizon.months)).T
    steps[: max(0, horizon.month(known_on))] = 0.0
    return wander(steps, persistence)


def wander(steps: Floats, persistence: float) -> Floats:
    """Factors whose logarithm takes these steps, months by draws, and each month keeps a part of where it was."""
    away, factors = np.zeros(steps.shape[1]), np.empty_like(steps)
    for month, step in enumerate(steps):
        away = persistence * away + step
        factors[month] = away
    return np.exp(np.clip(factors, -_FARTHEST, _FARTHEST))


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
