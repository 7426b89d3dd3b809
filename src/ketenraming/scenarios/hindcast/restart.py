"""
People by stage and age at the end of a month, moved to what was counted: to run on from a year, or into the future.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ketenraming.chain.dutch import Start
from ketenraming.chain.results import Results
from ketenraming.chain.run import simulate
from ketenraming.evidence.library import Library
from ketenraming.scenarios.hindcast.model import (
    APPEALS_SINCE,
    OPEN,
    REST,
    STAGES,
    Vectors,
    World,
    chain_of,
    month_of_year,
    run,
    values_of,
)
from ketenraming.scenarios.hindcast.observed import FIRST_YEAR, MONTHS, PENDING_FROM, Floats, Point

AHEAD = 24  # months
PROFILES = (*STAGES, "terugkeer_elders")
START_STAGES = (
    *("aanmelding", "dublin", "kort", "asielbesluit", "asielbesluit_elders", "beroep", "overig"),
    *("huisvesting", "terugkeer", "nareis"),
)

People = dict[str, Floats]  # persons by stage, by age in months


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted at the end of a month: reception, pending, and permit holders where they were."""

    coa: float
    pending: float | None = None
    permits: float | None = None


def counted_at_end(points: tuple[Point, ...], year: int) -> Counted | None:
    """What was counted at the end of a year; None where reception was not."""
    found = {point.what: point.value for point in points if point.year_end == year}
    if "coa" not in found:
        return None
    pending = found.get("pending") if year >= FIRST_YEAR + PENDING_FROM // 12 else None
    return Counted(found["coa"], pending, found.get("vergunninghouder"))


def people_at(results: Results, month: int, draw: int = 0) -> People:
    """The people of each stage by age at the end of a month, in one draw."""
    return {stage: results.profile(stage)[month, :, draw] for stage in PROFILES}


def moved_to(people: People, counted: Counted, with_appeals: bool) -> People:
    """
    The same people in the numbers that were counted.

    Those who are pending go first, with the appeals where these are counted with them; then permit holders. The rest of
    reception takes what is left, together with those of the two that were not counted.
    """
    settled: dict[tuple[str, ...], float | None] = {
        (*OPEN, "beroep") if with_appeals else OPEN: counted.pending,
        ("huisvesting",): counted.permits,
    }
    known = {stages: count for stages, count in settled.items() if count is not None}
    moved = people.copy()
    for stages, count in known.items():
        moved |= _scaled(people, stages, count)
    in_coa = [stage for stage in STAGES if stage != "asielbesluit_elders"]
    fixed = {stage for stages in known for stage in stages}
    left = [stage for stage in in_coa if stage not in fixed]
    there = sum(moved[stage].sum() for stage in in_coa if stage in fixed)
    return moved | _scaled(people, left, max(counted.coa - there, 0.0))


def _scaled(people: People, stages: tuple[str, ...] | list[str], total: float) -> People:
    """Some stages, by the same factor, so that they hold so many persons."""
    factor = total / sum(people[stage].sum() for stage in stages)
    return {stage: people[stage] * factor for stage in stages}


def as_start(people: Mapping[str, Floats]) -> Start:
    """People as a declaration takes them."""
    return {stage: tuple(map(float, ages)) for stage, ages in people.items()}


def run_on(world: World, vectors: Vectors, people: People, year: int) -> Floats:
    """Occupancy by month in two years, from the people at the end of the year before `year`; one draw."""
    first = month_of_year(year)
    values = values_of(world, vectors, first, float(people["huisvesting"].sum()))
    longer = {name: _longer(array) for name, array in values.items()}
    results = simulate(chain_of(as_start(people), first), AHEAD, longer, by_month=("coa_stock_end",))
    return results["coa_stock_end"][:, 0]


def _longer(array: Floats) -> Floats:
    """The months of a run ahead; past December 2024 the last one again, which nobody looks at."""
    if len(array) == 1 or len(array) >= AHEAD:
        return array if len(array) == 1 else array[:AHEAD]
    return np.pad(array, ((0, AHEAD - len(array)), (0, 0)), mode="edge")


def restarts(
    world: World, vectors: Vectors, points: tuple[Point, ...], years: tuple[int, ...]
) -> dict[tuple[int, int], float]:
    """
    Occupancy at the end of `year + ahead - 1`, by year of restart and years ahead (1 or 2), persons; one draw.

    Each year starts from what was counted at the end of the year before.
    """
    results, found = run(world, vectors, PROFILES), dict[tuple[int, int], float]()
    for year in years:
        counted = counted_at_end(points, year - 1)
        if counted is None:
            continue
        before = month_of_year(year) - 1
        people = moved_to(people_at(results, before), counted, before >= APPEALS_SINCE)
        coa = run_on(world, vectors, people, year)
        found |= {(year, ahead): float(coa[12 * ahead - 1]) for ahead in (1, 2) if before + 12 * ahead < MONTHS}
    return found


def state_2025(library: Library, world: World, vectors: Vectors) -> People:
    """
    People on 1 January 2025 by stage and age: the end of the hindcast, moved to what was counted then.

    Track 4 and Dublin by the IND, reception and permit holders by COA; family cases, which the hindcast does not hold,
    are spread evenly over as many months as the longest wait that the IND prints.
    """
    people = people_at(run(world, vectors, PROFILES), MONTHS - 1)
    seen = library.series
    moved = people | _scaled(
        people, ("asielbesluit", "asielbesluit_elders"), seen["ind_track4_stock_end"].on("2024-12").value
    )
    moved |= _scaled(people, ("dublin",), _between(library, "ind_dublin_stock_end", "2024-09", "2025-04"))
    moved["kort"] = _even(_between(library, "ind_safe_country_stock_end", "2024-09", "2025-05"), 6)
    permits = seen["coa_vergunninghouder_stock_end"].on("2025-01-06").value
    moved |= _scaled(people, ("huisvesting",), permits)
    there = sum(moved[stage].sum() for stage in ("asielbesluit", "dublin", "kort", "huisvesting"))
    moved |= _scaled(people, REST, seen["coa_stock_end"].on("2025-01-06").value - there)
    weeks = seen["ind_nareis_highest_wait_stay_year"].on("2024").value
    moved["nareis"] = _even(seen["ind_nareis_mvv_stock_end"].on("2024-12").value, round(weeks * 12 / 52))
    return {stage: moved[stage] for stage in START_STAGES}


def _even(total: float, months: int) -> Floats:
    return np.full(months, total / months)


def _between(library: Library, series: str, before: str, after: str) -> float:
    """A stock at the end of December 2024, on the line between two months that were printed."""
    known = library.series[series]
    first, last = known.on(before), known.on(after)
    part = (date(2024, 12, 31) - first.period.last) / (last.period.last - first.period.last)
    return first.value + part * (last.value - first.value)
