"""
The hindcast: the asylum part of the Dutch chain from January 2014 to December 2024, driven by what was observed.

A draw is one vector of the free numbers below. Decisions and grants are those of Eurostat, so the capacity is what was
decided; people who withdraw or are sent away when their turn comes take capacity too. Every free number is a rate,
share or stay that no publication gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ketenraming.chain.dutch import Start, dutch
from ketenraming.chain.inputs import amounts_of
from ketenraming.chain.results import Results
from ketenraming.chain.run import simulate
from ketenraming.chain.stage import Chain, Queue
from ketenraming.evidence.library import Library
from ketenraming.scenarios.hindcast.free import FOLLOWS, NAMES
from ketenraming.scenarios.hindcast.observed import MONTHS, Drivers, Floats, month_of, read_drivers

Vectors = NDArray[np.float64]  # free numbers by draw
Values = Mapping[str, Floats]

APPEALS_SINCE = 48  # months: from January 2018 the pending of Eurostat steps up by the appeals, which it counts since
LONG_TERM_SINCE = 99  # April 2022: the first month of entry whose six months were not over when WBV 2022/22 began
OPEN = ("dublin", "asielbesluit", "asielbesluit_elders")  # people without a decision at first instance
REST = ("aanmelding", "beroep", "overig", "terugkeer")  # people in reception who are neither open nor have a permit
STAGES = (*OPEN, *REST, "huisvesting")
PART = {"asiel", "overige_instroom", "nareis_bekend", "terugkeer_elders", *STAGES}
ENTERED = (
    "asiel_inflow",
    "aanmelding_outflow",
    "asielbesluit_elders_outflow",
    "overig_inflow",
    "nareis_bekend_inflow",
    "huisvesting_outflow",
)
KEPT = ("coa_stock_end", *(f"{stage}_stock_end" for stage in (*STAGES, "terugkeer_elders")), *ENTERED)


# Assumptions that nothing in the data moves; each is a parameter of the library by the same name.
FIXED = ("beroep_granted_share", "out_of_order_share", "start_pending", "start_vergunninghouder")


@dataclass(frozen=True, slots=True)
class World:
    """
    What every run of the hindcast needs: the drivers, the assumptions, and who was there at the start.

    `granted` is the share of appeals that end in a permit by draw, where it is drawn rather than assumed.
    """

    drivers: Drivers
    fixed: Mapping[str, float]
    start_coa: float
    granted: Floats | None = None

    @property
    def start(self) -> Start:
        """
        People on 1 January 2014, spread over the half-year before.

        Reception and pending are published, but the pending of Eurostat is too low before 2016; permit holders are
        assumed, and the rest is divided by the shares of later years.
        """
        pending, permits = self.fixed["start_pending"], self.fixed["start_vergunninghouder"]
        away = FOLLOWS.middle[NAMES.index("elders_share")]
        rest = self.start_coa - pending * (1 - away) - permits
        people = {"asielbesluit": pending * (1 - away), "asielbesluit_elders": pending * away, "huisvesting": permits}
        people |= {"beroep": 0.3 * rest, "overig": 0.3 * rest, "terugkeer": 0.4 * rest}
        return {stage: (count / 6,) * 6 for stage, count in people.items()}


def read_world(library: Library) -> World:
    """The world, from the series and parameters of the library."""
    fixed = {name: library.parameter(f"hindcast_{name}").number_on(date(2014, 1, 1)) for name in FIXED}
    return World(read_drivers(library), fixed, library.series["coa_stock_end"].by_year(2013, 2013)[0])


def chain_of(start: Start, first: int = 0) -> Chain:
    """The Dutch chain from some people, with the terms of asylum as they moved; `first` is the month it starts in."""
    since = LONG_TERM_SINCE - first
    term = ((0, 6), (since, 15)) if since > 0 else ((0, 15),)
    return asylum_part(dutch(start, {"asielbesluit": term, "asielbesluit_elders": term}))


def asylum_part(chain: Chain) -> Chain:
    """The stages of a chain that the hindcast fills, the routes between them, and who serves them."""
    stages = tuple(stage for stage in chain.stages if stage.name in PART)
    routes = tuple(route for route in chain.routes if {route.source, route.to} <= PART and not route.spawning)
    served = {stage.server for stage in stages if isinstance(stage, Queue)}
    return replace(
        chain, stages=stages, routes=routes, servers=tuple(each for each in chain.servers if each.name in served)
    )


@cache
def _inputs() -> tuple[str, ...]:
    return tuple(dict.fromkeys(amount for amount in amounts_of(chain_of({})) if isinstance(amount, str)))


def values_of(world: World, vectors: Vectors, first: int = 0, permits: float | None = None) -> Values:
    """
    Every input of the chain, by month from `first` and by draw.

    What is not known is nought. `permits` are the permit holders in reception at the start (persons).
    """
    free = dict(zip(NAMES, vectors, strict=True))
    values = {name: np.zeros((1, 1)) for name in _inputs()}
    values |= {name: np.asarray(array, dtype=np.float64).reshape(1, -1) for name, array in _shares(world, free).items()}
    values |= {name: array[first:] for name, array in _moving(world, free).items()}
    values["huisvesting_capacity"] = _housing(world, free, first, permits)
    return values


def _shares(world: World, free: Mapping[str, Floats]) -> dict[str, Floats]:
    """What does not move from month to month."""
    asked = 1 - free["dublin_share"]
    granted = world.fixed["beroep_granted_share"] if world.granted is None else world.granted
    return {
        "dublin_share": free["dublin_share"],
        "dublin_vertrek_rate": 1 / free["dublin_stay"],
        "spoor4_coa_share": asked * (1 - free["elders_share"]),
        "spoor4_elders_share": asked * free["elders_share"],
        "asielbesluit_coa_share": 1 - free["elders_share"],
        "asielbesluit_out_of_order_share": np.array(world.fixed["out_of_order_share"]),
        "beroep_gegrond_rate": granted / free["beroep_stay"],
        "beroep_ongegrond_rate": (1 - granted) / free["beroep_stay"],
        "terugkeer_zelfstandig_rate": 1 / free["terugkeer_stay"],
        "overig_vertrek_rate": (1 - free["overig_granted_share"]) / free["overig_stay"],
        "overig_vergunning_rate": free["overig_granted_share"] / free["overig_stay"],
        "nareis_coa_share": free["nareis_coa_share"],
    }


def _moving(world: World, free: Mapping[str, Floats]) -> dict[str, Floats]:
    """What moves with the drivers, by month and draw."""
    seen = world.drivers
    capacity = seen.decisions[:, None] + free["withdrawn_per_refusal"] * seen.refused[:, None]
    refused = seen.refused[:, None] / capacity
    return {
        "asiel_applications_inflow": _earlier(seen.applications, free["lead"]),
        "disa_capacity": seen.applications[:, None],
        "ind_asiel_capacity": capacity,
        "asielbesluit_granted_share": seen.positive[:, None] / capacity,
        "asielbesluit_refused_share": refused,
        "asielbesluit_beroep_share": refused * free["beroep_share"],
        "asielbesluit_terugkeer_share": refused * (1 - free["beroep_share"]),
        "nareis_known_inflow": seen.nareis[:, None],
        "overig_inflow": _other_inflow(seen, free),
    }


def _other_inflow(seen: Drivers, free: Mapping[str, Floats]) -> Floats:
    """Persons a month who enter reception without an application or as family: so many for each permit, or always."""
    return np.asarray(free["overig_constant"] + (seen.positive + seen.nareis)[:, None] * free["overig_per_permit"])


def _earlier(applications: Floats, lead: Floats) -> Floats:
    """Arrivals: people who register so many months later; after the last month as in it."""
    longer = np.append(applications, [applications[-1]] * 3)
    whole = np.floor(lead).astype(int)
    months = np.arange(MONTHS)[:, None]
    part = lead - whole
    return np.asarray((1 - part) * longer[months + whole] + part * longer[months + whole + 1])


def _housing(world: World, free: Mapping[str, Floats], first: int, permits: float | None) -> Floats:
    """Persons a month who leave reception for a home: observed, or before July 2016 what a mean wait makes of them."""
    seen = world.drivers
    joined = seen.positive[:, None] + seen.nareis[:, None] * free["nareis_coa_share"]
    joined = (joined + _other_inflow(seen, free) * free["overig_granted_share"])[first:]
    leaving = seen.housed[first:, None] * free["housed_coa_share"]
    waiting = np.full(free["lead"].shape, world.fixed["start_vergunninghouder"] if permits is None else permits)
    for month in np.flatnonzero(np.isnan(seen.housed[first:])):
        waiting = waiting + joined[month]
        leaving[month] = waiting / free["housing_wait"]
        waiting = waiting - leaving[month]
    return leaving


def run(world: World, vectors: Vectors, profiles: Sequence[str] = ()) -> Results:
    """The hindcast for these free numbers, from the first month to the last."""
    return simulate(
        chain_of(world.start), MONTHS, values_of(world, vectors), vectors.shape[1], by_month=KEPT, profiles=profiles
    )


def stocks(results: Results) -> dict[str, Floats]:
    """What points are held against, by month and draw: reception, permit holders in it, and pending applications."""
    pending = sum((results[f"{stage}_stock_end"] for stage in OPEN), np.zeros(1))
    counted = (np.arange(MONTHS) >= APPEALS_SINCE)[:, None]
    return {
        "coa": results["coa_stock_end"],
        "vergunninghouder": results["huisvesting_stock_end"],
        "pending": pending + counted * results["beroep_stock_end"],
    }


def flows(world: World, results: Results, vectors: Vectors, year: int) -> dict[str, Floats]:
    """
    Persons who entered and left reception in a year (its second or later), by draw.

    Who lives elsewhere while waiting enters with a permit; what left is what entered less the change of the stock.
    """
    free = dict(zip(NAMES, vectors, strict=True))
    months = slice(month_of_year(year), month_of_year(year) + 12)

    def total(name: str) -> Floats:
        return np.asarray(results[name][months].sum(axis=0))

    elsewhere = total("aanmelding_outflow") * (1 - free["dublin_share"]) * free["elders_share"]
    granted = _moving(world, free)["asielbesluit_granted_share"][months]
    came_in = (results["asielbesluit_elders_outflow"][months] * granted).sum(axis=0)
    entered = total("asiel_inflow") - elsewhere + came_in + total("overig_inflow")
    entered = entered + total("nareis_bekend_inflow") * free["nareis_coa_share"]
    occupancy = results["coa_stock_end"]
    change = occupancy[months.stop - 1] - occupancy[months.start - 1]
    return {"in": entered, "out": entered - change, "vergunninghouder_out": total("huisvesting_outflow")}


def month_of_year(year: int) -> int:
    """The first month of a year."""
    return month_of(date(year, 1, 1))
