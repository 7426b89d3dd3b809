"""
What the chain gives and what others publish, as terms: quantities and prices of a year that know where they are from.
"""

from calendar import isleap
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import numpy as np

from ketenraming.base.finding import Place
from ketenraming.base.quantity import Amount, Quantity
from ketenraming.chain.stage import Chain
from ketenraming.evidence.library import Library
from ketenraming.finance.term import Flag, How, Note, Term, grown, known, product, simulated, total
from ketenraming.scenarios.baseline import Volumes
from ketenraming.scenarios.paths import Floats, Horizon, Path, Paths
from ketenraming.scenarios.people import QUANTITIES, penalty_days_before

PRICES = (
    "doorstroom_price",
    "oekraine_norm_price",
    "oekraine_particulier_price",
)  # in force on a day, from the library
GROWN = ("coa_regular_price", "coa_emergency_price")  # the last one published, carried on with a growth
NORMS = ("nidos_guidance_price", "nidos_care_price", "nidos_intake_price")  # printed in the article
GROWTH = "coa_price_growth"
_FITTED_TO = ("asiel_inflow", "opvang_inflow", "opvang_outflow", "nareis_mvv_inflow")
_DRIVERS = {
    "nidos_guidance_stock_avg": ("amv_inflow",),
    "nidos_opvang_stock_avg": ("amv_inflow",),
    "amv_coa_stock_avg": ("amv_inflow",),
    "amv_inflow": ("amv_inflow",),
    "ind_naturalisatie_decisions": ("naturalisatie_inflow",),
    "ind_regulier_decisions": ("regulier_inflow", "toelating_verblijf_inflow", "visum_inflow", "nareis_mvv_inflow"),
    "oekraine_gemeente_stock_avg": ("oekraine_capacity",),
    "oekraine_particulier_stock_avg": ("oekraine_capacity",),
}


def people_terms(
    found: Mapping[str, Floats], paths: Paths, volumes: Volumes, horizon: Horizon, chain: Chain
) -> dict[str, dict[str, Term]]:
    """Every quantity of every year, by year and name, from what the chain gave (years by draws)."""
    terms: dict[str, dict[str, Term]] = {}
    before = np.array([penalty_days_before(chain)])
    for i, year in enumerate(horizon.years):
        row = {q.name: _simulated(q.name, year, found[q.name][i], q.unit, q.made_of, volumes[year]) for q in QUANTITIES}
        row["dwangsom_days"] = _simulated("dwangsom_days", year, before, "case-day", ("penalty_days",), volumes[year])
        before = found["penalty_days"][i]
        terms[year] = row | _made_of(row, paths, i)
    return terms


def _simulated(
    name: str, year: str, amount: Amount, unit: str, made_of: tuple[str, ...], printed: Mapping[str, Term]
) -> Term:
    drivers = [printed[driver] for driver in _DRIVERS.get(name, _FITTED_TO)]
    return simulated(name, year, amount, unit, drivers, _stages(made_of))


@lru_cache(maxsize=64)
def _stages(made_of: tuple[str, ...]) -> Note:
    return Note("note_stages", {"stages": ", ".join(made_of)})


def _made_of(row: Mapping[str, Term], paths: Paths, i: int) -> dict[str, Term]:
    """Quantities that are made of other quantities."""
    year = row["amv_inflow"].year
    days = known("days", year, 366 if isleap(int(year)) else 365, "day/year", Place("calendar", column=year))
    months = known("months", year, 12, "month/year", Place("calendar", column=year))
    filled = paths["oekraine_occupancy_share"].values[12 * i]
    people = row["oekraine_gemeente_stock_avg"]
    places = simulated("oekraine_capacity", year, people.quantity.amount / filled, "place-year", (people,),
                       Note("note_occupancy", {"share": f"{100 * filled[0]:.0f}%"}))  # fmt: skip
    return _first_year(row, paths, i) | {
        "doorstroom_days": product("doorstroom_days", row["doorstroom_stock_avg"], days),
        "aantoonbaar_outflow": total("aantoonbaar_outflow", [row["zelfstandig_outflow"], row["gedwongen_outflow"]]),
        "oekraine_capacity": places,
        "oekraine_particulier_months": product(
            "oekraine_particulier_months", row["oekraine_particulier_stock_avg"], months
        ),
        "oekraine_place_days": product("oekraine_place_days", places, days),
        "oekraine_stock_avg": total("oekraine_stock_avg", [people, row["oekraine_particulier_stock_avg"]]),
    }


def _first_year(row: Mapping[str, Term], paths: Paths, i: int) -> dict[str, Term]:
    """Residents in their first year: those in procedure, and of those who wait for a home the part that is family."""
    year = row["nareis_inflow"].year
    entering = row["nareis_inflow"].quantity.amount * paths["nareis_coa_share"].values[12 * i]
    part = entering / np.maximum(row["huisvesting_inflow"].quantity.amount, 1.0)
    waiting = row["huisvesting_first_year_stock_avg"]
    made_of = (waiting, row["nareis_inflow"], row["huisvesting_inflow"])
    amount = waiting.quantity.amount * np.minimum(part, 1.0)
    name, note = "nareis_first_year_stock_avg", Note("note_family_part", {})
    family = simulated(name, year, amount, "person-year", made_of, note)
    both = total("opvang_first_year_stock_avg", [row["procedure_first_year_stock_avg"], family])
    return {term.name: term for term in (family, both)}


def published_prices(
    library: Library, volumes: Volumes, horizon: Horizon, known_on: date, growth: Path
) -> dict[str, dict[str, Term]]:
    """Prices that need not be solved for, by year and name: norms, and COA's own prices carried on with a growth."""
    terms: dict[str, dict[str, Term]] = {}
    for i, year in enumerate(horizon.years):
        day = date(int(year), 12, 31)
        row = {name: _last_in_force(library, name, day, known_on) for name in PRICES}
        rate = Term(GROWTH, year, Quantity(growth.values[12 * i], "1"), How.UNCERTAIN,
                    (_last_in_force(library, GROWTH, day, known_on),))  # fmt: skip
        row |= {name: _carried_price(library, name, day, known_on, rate) for name in GROWN}
        terms[year] = row | {name: volumes[year][name] for name in NORMS}
    return terms


def _in_force(library: Library, name: str, day: date, known_on: date) -> Term:
    """A parameter on a day as a term, with the place it was published."""
    parameter = library.parameter(name)
    value = parameter.on(day, known_on)
    unit = "1" if parameter.unit == "share" else parameter.unit
    place = Place(value.source.id, "parameters", name, str(value.from_), value.source.where)
    flags = {Flag.CARRIED} if day.year > value.from_.year and value.until == date.max else set()
    return known(name, str(day.year), float(value.value), unit, place).flagged(*flags)  # type: ignore[arg-type]


def _last_in_force(library: Library, name: str, day: date, known_on: date) -> Term:
    """A parameter on a day, or on the last day on which it holds, as known on a day."""
    last = max(value.until for value in library.parameter(name).values if value.known_since <= known_on)
    return _in_force(library, name, min(day, last), known_on)


def _carried_price(library: Library, name: str, day: date, known_on: date, rate: Term) -> Term:
    """The last price that was published, carried on to a day with a yearly growth."""
    last = _last_in_force(library, name, day, known_on)
    return grown(last, rate, str(day.year), day.year - int(last.year)).flagged(Flag.CARRIED)
