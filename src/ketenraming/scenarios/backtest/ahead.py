"""A forecast of reception and its euros, from what was known on the eve of a budget document and nothing later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ketenraming.base.streams import normals
from ketenraming.chain.run import simulate
from ketenraming.evidence.library import Library
from ketenraming.scenarios.backtest.drivers import Drawn, Queue, applications, drawn
from ketenraming.scenarios.backtest.known import Known, carried, read_known
from ketenraming.scenarios.backtest.lines import ADDRESSES, Price, Years, euros, price_of, quantities
from ketenraming.scenarios.backtest.vantage import Vantage, counts, cut, year_ends
from ketenraming.scenarios.forecast import APPLICATIONS
from ketenraming.scenarios.hindcast.calibrate import Targets, covariance, fit
from ketenraming.scenarios.hindcast.free import FOLLOWS, NAMES
from ketenraming.scenarios.hindcast.model import APPEALS_SINCE, FIXED, Vectors, World, chain_of, run, values_of
from ketenraming.scenarios.hindcast.observed import FIRST_YEAR, LAST_YEAR, MONTHS, PENDING_FROM, Floats, read_points
from ketenraming.scenarios.hindcast.restart import PROFILES, Counted, People, as_start, moved_to, people_at

AHEAD = 5  # years: the budget year and the four after it
_NEAR = 1  # months between a count of reception and one of permit holders
_HALF_YEAR = 6  # months over which permit holders are spread where the fit has none of them
_QUEUES = ("asielbesluit", "asielbesluit_elders")


@dataclass(frozen=True, slots=True)
class Ahead:
    """
    Draws by year: persons in reception at its end, and euros of each line in it.

    `counted` is the last month that was counted, and `prices` are those that the euros start from.
    """

    vantage: Vantage
    people: Years
    euros: Mapping[str, Years]
    counted: int
    prices: Mapping[str, Price]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The world as it was known, its free numbers fitted on counts known then, and how uncertain these are."""

    world: World
    found: Floats
    covered: Floats


@dataclass(frozen=True, slots=True)
class Begun:
    """The month after the last count of reception, the people before it, and who waited for a decision until then."""

    first: int
    people: People
    waiting: Floats


def ahead(library: Library, vantage: Vantage, draws: int = 1000, seed: int = 7) -> Ahead:
    """
    Forecast the budget year and the four after it; raises TooLittleKnown where too little was known.

    Everything is read from the library as it was on the eve, and nothing from the one that knows more.
    """
    known = cut(library, vantage.day)
    seen = read_known(known, vantage.day)
    central, asked = applications(known, vantage.day, draws, seed)
    fitted = _fitted(known, seen, central)
    begun = _begun(known, fitted)
    vectors = _vectors(fitted, draws, seed)
    driven = drawn(seen, fitted.world.drivers, asked, _queue(begun, asked, vectors), seed)
    after = _run_on(fitted.world, vectors, driven, begun)
    path = np.concatenate([np.repeat(_counted(known, begun.first)[None], draws, axis=0), after], axis=1)
    before = known.series[APPLICATIONS].by_year(FIRST_YEAR - 1, FIRST_YEAR - 1)[0]
    paid_for = quantities(path, asked, driven.decisions, before)
    prices = {line: price_of(known, vantage, line, paid_for[line]) for line in ADDRESSES}
    years = range(vantage.edition, min(vantage.edition + AHEAD, LAST_YEAR + 1))
    made = {line: euros(line, paid_for[line], price, years, seed) for line, price in prices.items()}
    ends = {year: path[:, 12 * (year - FIRST_YEAR) + 11] for year in years}
    return Ahead(vantage, ends, made, begun.first - 1, prices)


def _fitted(known: Library, seen: Known, central: Floats) -> Fitted:
    fixed = {name: known.parameter(f"hindcast_{name}").number_on(date(FIRST_YEAR, 1, 1)) for name in FIXED}
    world = World(carried(seen, central), fixed, year_ends(known)[FIRST_YEAR - 1])
    targets = Targets(tuple(p for p in read_points(known) if p.what != "pending" or _is_used(p.month)))
    found = fit(world, targets)
    return Fitted(world, found, covariance(world, targets, found))


def _is_used(month: int) -> bool:
    """Whether a count of pending is one of those that the hindcast is fitted on."""
    return month >= PENDING_FROM and month % 3 == 2


def _begun(known: Library, fitted: Fitted) -> Begun:
    """People of the fit, moved to what was counted last."""
    last = counts(known)[-1]
    month = last.month if last.weight >= 0.5 else last.month - 1
    results = run(fitted.world, fitted.found[:, None], PROFILES)
    people = moved_to(
        _with_permits(people_at(results, month)), _seen_in(known, month, last.value), month >= APPEALS_SINCE
    )
    waiting = sum((results[f"{stage}_stock_end"][:, 0] for stage in _QUEUES), np.zeros(MONTHS))
    moved = sum(float(people[stage].sum()) for stage in _QUEUES) / waiting[month]
    return Begun(month + 1, people, waiting * moved)


def _seen_in(known: Library, month: int, coa: float) -> Counted:
    """What was counted in a month or beside it."""
    points = read_points(known)
    pending = [p.value for p in points if p.what == "pending" and p.month == month and month >= PENDING_FROM]
    permits = [p.value for p in points if p.what == "vergunninghouder" and abs(p.month - month) <= _NEAR]
    return Counted(coa, pending[-1] if pending else None, permits[-1] if permits else None)


def _with_permits(people: People) -> People:
    """The same people; where none waits for a home a person does, so that a count of them can be met."""
    if people["huisvesting"].sum() > 0:
        return people
    return people | {"huisvesting": np.full(_HALF_YEAR, 1 / _HALF_YEAR)}


def _queue(begun: Begun, asked: Floats, vectors: Vectors) -> Queue:
    """Who waits for a decision, and who joins: applications but for those in the Dublin track."""
    free = dict(zip(NAMES, vectors, strict=True))
    joining = asked * (1 - free["dublin_share"])[:, None]
    return Queue(begun.first, begun.waiting, joining, free["withdrawn_per_refusal"])


def _run_on(world: World, vectors: Vectors, driven: Drawn, begun: Begun) -> Floats:
    """Reception by draw and month, from the first month that is not known to the last."""
    draws, permits = vectors.shape[1], float(begun.people["huisvesting"].sum())
    each = [
        values_of(replace(world, drivers=driven.of(i)), vectors[:, i : i + 1], begun.first, permits)
        for i in range(draws)
    ]
    values = {name: np.concatenate([one[name] for one in each], axis=1) for name in each[0]}
    chain, months = chain_of(as_start(begun.people), begun.first), MONTHS - begun.first
    found = simulate(chain, months, values, draws, by_month=("coa_stock_end",), first_month=begun.first % 12)
    return np.asarray(found["coa_stock_end"]).T


def _vectors(fitted: Fitted, draws: int, seed: int) -> Vectors:
    """Free numbers by draw, around those that were fitted and within their bounds."""
    values, axes = np.linalg.eigh(fitted.covered)
    root = axes * np.sqrt(np.clip(values, 0, None))
    around = fitted.found + normals("backtest/free", seed, draws, len(fitted.found)) @ root.T
    return np.ascontiguousarray(np.clip(around, FOLLOWS.low, FOLLOWS.high).T)


def _counted(known: Library, first: int) -> Floats:
    """Reception at the ends of months before `first`: on straight lines between counts."""
    points = counts(known)
    when = [0.0, *(point.month + point.weight for point in points)]
    return np.interp(
        np.arange(1, first + 1), when, [year_ends(known)[FIRST_YEAR - 1], *(point.value for point in points)]
    )
