"""
Would the chain have been right? The hindcast against what was counted, on years it was and was not fitted on.

All fits are draws of one run. What was chosen after the years it is tested on were seen is marked `hindsight`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.chain.results import Results
from ketenraming.evidence.fits import read_fits
from ketenraming.evidence.library import Library
from ketenraming.scenarios.hindcast.calibrate import Targets, fit, read_targets
from ketenraming.scenarios.hindcast.free import CONSTANT, NAMES
from ketenraming.scenarios.hindcast.model import Vectors, World, flows, read_world, run, stocks
from ketenraming.scenarios.hindcast.observed import YEARS, Floats, Point, read_points
from ketenraming.scenarios.hindcast.penalties import QUEUES, if_all_went_to_court, paid_in, read_rule
from ketenraming.scenarios.hindcast.restart import restarts

TESTED = tuple(year for year in YEARS if year > 2014 and year != 2020)  # 2014 is near the start; 2020 was not counted
LAST_LEARNT = 2021  # the free run learns to this year
LEARNT = (2018, 2019, 2021, 2022, 2023)  # ends of years from which a restart knows no later year
OTHER_FORM = f"constant-until-{LAST_LEARNT}"
FITS = ("all", OTHER_FORM, *(f"until-{year}" for year in LEARNT), *(f"without-{year}" for year in TESTED))
PAID = (2023, 2024)  # in 2022 the law kept courts from penalties on asylum cases until 30 November


@dataclass(frozen=True, slots=True)
class Check:
    """
    One check against the world: how far off, and what is good and aimed for, in its unit; less is better.

    `hindsight` says that the structure was chosen with these years in sight, though no number was fitted on them.
    """

    key: str
    value: float
    unit: str
    good: float | None = None
    aim: float | None = None
    hindsight: bool = False

    @property
    def verdict(self) -> str:
        """`aim`, `good` or `missed`; empty where there is nothing to hold it against."""
        if self.aim is None or self.good is None:
            return ""
        return "aim" if self.value <= self.aim else "good" if self.value <= self.good else "missed"


@dataclass(frozen=True, slots=True)
class Backtest:
    """The outcome: the checks, the points that were counted, and the stocks of the fit on all years by month."""

    library: Library
    checks: tuple[Check, ...]
    points: tuple[Point, ...]
    model: Mapping[str, Floats]
    filled: Mapping[str, str]

    def by_year(self, what: str) -> dict[int, tuple[float, float]]:
        """What was counted at the ends of years, and what the model has there, in persons."""
        return {
            p.year_end: (p.value, float(p.of(self.model[what]))) for p in self.points if p.what == what and p.year_end
        }


def refit(world: World, targets: Targets) -> dict[str, Floats]:
    """All fits anew."""
    found = {"all": fit(world, targets), OTHER_FORM: fit(world, targets.until(LAST_LEARNT), CONSTANT)}
    found |= {f"until-{year}": fit(world, targets.until(year)) for year in LEARNT}
    return found | {f"without-{year}": fit(world, targets.without(year)) for year in TESTED}


def stored(library: Library) -> dict[str, Floats]:
    """All fits, as the library keeps them."""
    return {name: np.array([row[free] for free in NAMES]) for name, row in read_fits(library.root).items()}


def backtest(library: Library, anew: bool = False) -> Backtest:
    """Run the hindcast with all fits, stored or made anew, and hold it against what was counted."""
    world, targets, points = read_world(library), read_targets(library), read_points(library)
    fits = refit(world, targets) if anew else stored(library)
    vectors = np.column_stack([fits[name] for name in FITS])
    results = run(world, vectors, QUEUES)
    seen = stocks(results)
    ends = {p.year_end: p for p in points if p.what == "coa" and p.year_end in TESTED}
    checks = (
        *_of_occupancy(seen["coa"], ends),
        *_of_restarts(world, fits, points, ends),
        *_of_the_rest(seen, points),
        _of_flows(world, results, vectors, targets),
        *_of_penalties(library, results),
    )
    return Backtest(library, checks, points, {name: array[:, 0] for name, array in seen.items()}, world.drivers.filled)


def _off(model: float, observed: float) -> float:
    """How far off, in percent of what was observed."""
    return 100 * abs(model / observed - 1)


def _of_occupancy(coa: Floats, ends: Mapping[int, Point]) -> list[Check]:
    def off(fit_name: str, year: int) -> float:
        return _off(float(ends[year].of(coa)[FITS.index(fit_name)]), ends[year].value)

    every = [off("all", year) for year in TESTED]
    after = [year for year in TESTED if year > LAST_LEARNT]
    return [
        Check("occupancy", _mean(every), "percent", 5, 3),
        Check("occupancy_worst", max(every), "percent", 10, 6),
        Check("occupancy_without", _mean([off(f"without-{year}", year) for year in TESTED]), "percent", 5.5, 3.5, True),
        Check("occupancy_after", _mean([off(f"until-{LAST_LEARNT}", year) for year in after]), "percent", 8, 5, True),
        Check("occupancy_after_constant", _mean([off(OTHER_FORM, year) for year in after]), "percent", 8, 5),
        *_rules_of_thumb({year: point.value for year, point in ends.items()}, after),
    ]


def _rules_of_thumb(counted: Mapping[int, float], after: Sequence[int]) -> list[Check]:
    """What simple rules would have said, one year ahead and from the last year that was learnt."""
    years = sorted(counted)
    same = [_off(counted[before], counted[year]) for before, year in zip(years, years[1:], strict=False)]
    threes = zip(years, years[1:], years[2:], strict=False)
    line = [_off(_line(counted, one, other, year), counted[year]) for one, other, year in threes]
    before = [year for year in years if year <= LAST_LEARNT][-2:]
    kept = [_off(counted[before[-1]], counted[year]) for year in after]
    drawn = [_off(_line(counted, before[0], before[1], year), counted[year]) for year in after]
    return [
        Check("as_last_year", _mean(same), "percent"),
        Check("straight_line", _mean(line), "percent"),
        Check("as_last_year_after", _mean(kept), "percent"),
        Check("straight_line_after", _mean(drawn), "percent"),
    ]


def _line(counted: Mapping[int, float], one: int, other: int, year: int) -> float:
    return counted[other] + (counted[other] - counted[one]) * (year - other) / (other - one)


def _of_restarts(
    world: World, fits: Mapping[str, Floats], points: tuple[Point, ...], ends: Mapping[int, Point]
) -> list[Check]:
    """Restarted from what was counted: with the fit on all years, and with fits that knew no later year."""
    everything = restarts(world, fits["all"][:, None], points, tuple(year for year in YEARS if year > 2014))
    knowing: dict[tuple[int, int], float] = {}
    for year in LEARNT:
        knowing |= restarts(world, fits[f"until-{year}"][:, None], points, (year + 1,))
    checks: list[Check] = []
    for found, key in ((everything, "restart"), (knowing, "restart_known")):
        for ahead, good, aim in ((1, 4.0, 2.0), (2, 7.0, 4.0)):
            off = [
                _off(model, ends[y + ahead - 1].value)
                for (y, a), model in found.items()
                if a == ahead and y + ahead - 1 in ends
            ]
            checks.append(Check(f"{key}_{ahead}", _mean(off), "percent", good, aim, key == "restart_known"))
    return checks


def _of_the_rest(seen: Mapping[str, Floats], points: tuple[Point, ...]) -> list[Check]:
    """Permit holders on days that were counted, and pending at the ends of years."""
    sharp = [p for p in points if p.what == "vergunninghouder" and p.step <= 100]
    permits = [abs(float(p.of(seen[p.what])[0]) - p.value) for p in sharp]
    ends = [p for p in points if p.what == "pending" and p.year_end >= 2016]
    pending = [_off(float(p.of(seen[p.what])[0]), p.value) for p in ends]
    return [
        Check("permits", _mean(permits), "person", 1000, 500),
        Check("pending", _mean(pending), "percent", 7, 4),
    ]


def _of_flows(world: World, results: Results, vectors: Vectors, targets: Targets) -> Check:
    off = []
    for flow in targets.flows:
        model = flows(world, results, vectors, flow.year)[flow.what]
        off.append(_off(float(model[0]), flow.value))
    return Check("flows_worst", max(off), "percent", 10, 5)


def _of_penalties(library: Library, results: Results) -> list[Check]:
    """
    Euros paid in a year against what the overdue of the year before would run up; their ratio is one number.

    It is fitted on the last year; the factor is that by which the other year is missed.
    """
    runs_up = if_all_went_to_court(results, read_rule(library), tuple(year - 1 for year in PAID))
    share = library.parameter("dwangsom_court_share").number_on(date(2024, 1, 1))
    factors = [share * runs_up[year - 1] / paid_in(library, year) for year in PAID]
    return [Check("penalties_worst", max(max(f, 1 / f) if f else np.inf for f in factors), "factor", 1.5, 1.25)]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
