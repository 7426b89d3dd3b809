"""A forecast of reception and its euros, from what was known on the eve of a draft budget and nothing later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ketenraming.base.streams import normals
from ketenraming.chain.run import simulate
from ketenraming.evidence.library import Library
from ketenraming.scenarios.backtest.drivers import Known, applications, carried, read_known, wandering
from ketenraming.scenarios.backtest.vantage import TooLittleKnown, counts, cut, eve_of_draft, levels, year_ends
from ketenraming.scenarios.hindcast.calibrate import Targets, covariance, fit
from ketenraming.scenarios.hindcast.free import FOLLOWS
from ketenraming.scenarios.hindcast.model import APPEALS_SINCE, FIXED, Vectors, World, chain_of, run, values_of
from ketenraming.scenarios.hindcast.observed import FIRST_YEAR, LAST_YEAR, MONTHS, PENDING_FROM, Floats, read_points
from ketenraming.scenarios.hindcast.restart import PROFILES, Counted, People, as_start, moved_to, people_at

AHEAD = 5  # years: that of the draft budget and the four after it
STEP, DOUBT = 0.15, 2  # of a price from year to year before any change is known, and in how many changes it counts
_NEAR = 1  # months between a count of reception and one of permit holders


@dataclass(frozen=True, slots=True)
class Ahead:
    """
    Draws by year: persons in reception at its end, and euros in it.

    `counted` is the last month that was counted and `price` the euros for a person in reception in `price_year`.
    """

    edition: int
    eve: date
    people: dict[int, Floats]
    euros: dict[int, Floats]
    counted: int
    price: float
    price_year: int


def ahead(library: Library, edition: int, draws: int = 1000, seed: int = 7) -> Ahead:
    """
    Forecast the years of a draft budget; raises TooLittleKnown where too little was known.

    Everything is read from the library as it was on the eve, and nothing from the one that knows more.
    """
    return _ahead(cut(library, eve_of_draft(edition)), edition, draws, seed)


def _ahead(known: Library, edition: int, draws: int, seed: int) -> Ahead:
    eve = eve_of_draft(edition)
    seen = read_known(known, eve)
    central, drawn = applications(known, eve, draws, seed)
    world = _world(known, seen, central)
    first, people = _start(known, world[0], world[1])
    after = _run_on(world, seen, drawn, (first, people), seed)
    path = np.concatenate([np.repeat(_counted(known, first)[:, None], draws, axis=1), after])
    prices = _prices(known, edition, np.median(path, axis=1))
    return _years(edition, path, prices, first - 1, seed)


def _years(edition: int, path: Floats, prices: dict[int, float], counted: int, seed: int) -> Ahead:
    """Years of a path of months: their ends, and their means at the last price with its walk."""
    last = max(prices)
    people, euros = dict[int, Floats](), dict[int, Floats]()
    walk = np.cumsum(normals("backtest/price", seed, path.shape[1], AHEAD + LAST_YEAR), axis=1) * _step(prices)
    for year in range(edition, min(edition + AHEAD, LAST_YEAR + 1)):
        months = path[12 * (year - FIRST_YEAR) : 12 * (year - FIRST_YEAR) + 12]
        people[year] = months[-1]
        euros[year] = months.mean(axis=0) * prices[last] * np.exp(walk[:, year - last - 1])
    return Ahead(edition, eve_of_draft(edition), people, euros, counted, prices[last], last)


def _world(known: Library, seen: Known, central: Floats) -> tuple[World, Floats, Floats]:
    """The world as it was known, its free numbers fitted on counts known then, and how uncertain these are."""
    fixed = {name: known.parameter(f"hindcast_{name}").number_on(date(FIRST_YEAR, 1, 1)) for name in FIXED}
    world = World(carried(seen, central), fixed, year_ends(known)[FIRST_YEAR - 1])
    targets = Targets(tuple(p for p in read_points(known) if p.what != "pending" or _is_used(p.month)))
    found = fit(world, targets)
    return world, found, covariance(world, targets, found)


def _is_used(month: int) -> bool:
    """Whether a count of pending is one of those that the hindcast is fitted on."""
    return month >= PENDING_FROM and month % 3 == 2


def _start(known: Library, world: World, found: Floats) -> tuple[int, People]:
    """The month after the last count of reception, and the people before it moved to what was counted."""
    last = counts(known)[-1]
    month = last.month if last.weight >= 0.5 else last.month - 1
    points = read_points(known)
    pending = [p.value for p in points if p.what == "pending" and p.month == month and month >= PENDING_FROM]
    permits = [p.value for p in points if p.what == "vergunninghouder" and abs(p.month - month) <= _NEAR]
    counted = Counted(last.value, pending[-1] if pending else None, permits[-1] if permits else None)
    people = people_at(run(world, found[:, None], PROFILES), month)
    return month + 1, moved_to(people, counted, month >= APPEALS_SINCE)


def _run_on(
    world: tuple[World, Floats, Floats], seen: Known, drawn: Floats, start: tuple[int, People], seed: int
) -> Floats:
    """Reception by month from the start to the last month, by draw."""
    first, people = start
    draws = len(drawn)
    vectors = _drawn(world[1], world[2], draws, seed)
    wander, permits = wandering(seen, draws, seed), float(people["huisvesting"].sum())
    each = [
        values_of(
            replace(world[0], drivers=carried(seen, drawn[i], wander.of(i))), vectors[:, i : i + 1], first, permits
        )
        for i in range(draws)
    ]
    values = {name: np.concatenate([one[name] for one in each], axis=1) for name in each[0]}
    chain = chain_of(as_start(people), first)
    found = simulate(chain, MONTHS - first, values, draws, by_month=("coa_stock_end",), first_month=first % 12)
    return np.asarray(found["coa_stock_end"])


def _drawn(found: Floats, covered: Floats, draws: int, seed: int) -> Vectors:
    """Free numbers by draw, around those that were fitted and within their bounds."""
    values, axes = np.linalg.eigh(covered)
    root = axes * np.sqrt(np.clip(values, 0, None))
    around = found + normals("backtest/free", seed, draws, len(found)) @ root.T
    return np.ascontiguousarray(np.clip(around, FOLLOWS.low, FOLLOWS.high).T)


def _counted(known: Library, first: int) -> Floats:
    """Reception at the ends of months before `first`: on straight lines between counts."""
    points = counts(known)
    when = [0.0, *(point.month + point.weight for point in points)]
    return np.interp(
        np.arange(1, first + 1), when, [year_ends(known)[FIRST_YEAR - 1], *(point.value for point in points)]
    )


def _prices(known: Library, edition: int, path: Floats) -> dict[int, float]:
    """Euros for a person in reception, by year; of a year that is not over with the persons that are expected."""
    found = {}
    for level in levels(known, edition):
        if level.year >= FIRST_YEAR:
            months = path[12 * (level.year - FIRST_YEAR) : 12 * (level.year - FIRST_YEAR) + 12]
            found[level.year] = level.euros / float(months.mean())
    if not found:
        raise TooLittleKnown("no_euros", eve_of_draft(edition))
    return found


def _step(prices: dict[int, float]) -> float:
    """The size of a step of the price from year to year, by the changes that were known."""
    years: Sequence[int] = sorted(prices)
    pairs = zip(years, years[1:], strict=False)
    squares = [np.log(prices[b] / prices[a]) ** 2 / (b - a) for a, b in pairs]
    return float(np.sqrt((DOUBT * STEP**2 + sum(squares)) / (DOUBT + len(squares))))
