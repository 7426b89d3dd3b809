"""
From paths to people: the chain is run along them, and gives its quantities by year.

A path is what may be changed; an input is what the chain is run with. Most paths are inputs. Shares that are parts of
one whole are worked out here from the shares that are known, so that they make one whatever a scenario changes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from inspect import signature

import numpy as np

from ketenraming.chain.components import components
from ketenraming.chain.frame import terms_of
from ketenraming.chain.inputs import amounts_of
from ketenraming.chain.results import Results, names
from ketenraming.chain.run import simulate
from ketenraming.chain.stage import Chain, Queue
from ketenraming.scenarios.paths import Floats, Horizon, Path, Paths

REGULAR = ("toelating", "regulier", "visum")
OVERDUE = ("asielbesluit", "asielbesluit_elders", "nareis")
LATE = ("asielbesluit", "asielbesluit_elders")  # queues in which a penalty of the court may run
MINORS = ("voogdij_gezin", "voogdij_procedure", "voogdij_afgewezen", "voogdij_vergunning")
WAYS = ("zelfstandig", "gedwongen", "zonder_toezicht", "bewaring")


@dataclass(frozen=True, slots=True)
class Asked:
    """What money or a reader asks of the chain: the results that it is the sum of, and its unit over a year."""

    name: str
    unit: str
    made_of: tuple[str, ...]


def _leaving(*ways: str) -> tuple[str, ...]:
    return tuple(f"{stage}_{way}_outflow" for stage in ("terugkeer", "terugkeer_elders") for way in ways)


QUANTITIES = (
    Asked("opvang_stock_avg", "person-year", ("coa_stock_avg",)),
    Asked("doorstroom_stock_avg", "person-year", ("doorstroom_under_cap",)),
    Asked(
        "procedure_first_year_stock_avg",
        "person-year",
        ("aanmelding_under_cap", "dublin_under_cap", "kort_under_cap", "asielbesluit_under_cap", "overig_under_cap"),
    ),
    Asked(
        "ind_asiel_decisions",
        "decision",
        ("asielbesluit_outflow", "asielbesluit_elders_outflow", "kort_outflow",
         "dublin_vertrek_outflow", "dublin_nationaal_outflow"),
    ),
    Asked("ind_regulier_decisions", "decision", (*(f"{name}_outflow" for name in REGULAR), "nareis_outflow")),
    Asked("ind_naturalisatie_decisions", "decision", ("naturalisatie_outflow", "intrekking_outflow")),
    Asked("nidos_guidance_stock_avg", "pupil-year", tuple(f"{stage}_stock_avg" for stage in MINORS)),
    Asked("nidos_opvang_stock_avg", "pupil-year", ("nidos_stock_avg",)),
    Asked("amv_coa_stock_avg", "pupil-year", ("voogdij_procedure_stock_avg", "voogdij_afgewezen_stock_avg")),
    Asked("amv_inflow", "arrival", ("voogdij_gezin_inflow", "voogdij_procedure_inflow")),
    Asked("bewaring_stock_avg", "place-year", ("detentie_stock_avg",)),
    Asked("zelfstandig_outflow", "departure", _leaving("zelfstandig")),
    Asked("gedwongen_outflow", "departure", (*_leaving("gedwongen"), "bewaring_uitzetting_outflow")),
    Asked("oekraine_gemeente_stock_avg", "person-year", ("gemeente_stock_avg",)),
    Asked("oekraine_particulier_stock_avg", "person-year", ("particulier_stock_avg",)),
    Asked("asiel_pending_stock_end", "person", ("asielbesluit_stock_end", "asielbesluit_elders_stock_end")),
    Asked("ind_overdue_stock_end", "case", tuple(f"{queue}_overdue" for queue in OVERDUE)),
    Asked("huisvesting_inflow", "person", ("huisvesting_inflow",)),
    Asked("huisvesting_first_year_stock_avg", "person-year", ("huisvesting_under_cap",)),
    Asked("penalty_days", "case-day", tuple(f"{queue}_penalty_days" for queue in LATE)),
    Asked("vergunninghouder_stock_end", "person", ("huisvesting_stock_end",)),
    Asked("nareis_inflow", "person", ("inreis_aankomst_outflow",)),
    Asked("nareis_mvv_inflow", "application", ("nareis_inflow",)),
    Asked("asiel_applications_inflow", "application", ("asiel_inflow",)),
)  # fmt: skip


OUT_OF_RECEPTION = ("dublin_vertrek_outflow", "huisvesting_outflow", "overig_vertrek_outflow",
                    *(f"terugkeer_{way}_outflow" for way in WAYS))  # fmt: skip
_BALANCE = (*OUT_OF_RECEPTION, "coa_stock_end", "inreis_aankomst_outflow", "nareis_inflow")
KEPT = tuple(dict.fromkeys((*(result for asked in QUANTITIES for result in asked.made_of), *_BALANCE)))


def _rest(*shares: Floats) -> Floats:
    """What is left of a whole."""
    return np.maximum(0.0, 1 - sum(shares))


WORKED_OUT: Mapping[str, Callable[..., Floats]] = {  # inputs that are made of paths, by the names of these
    "spoor4_coa_share": lambda dublin_share, kort_share, elders_share: (
        _rest(dublin_share, kort_share) * (1 - elders_share)
    ),
    "spoor4_elders_share": lambda dublin_share, kort_share, elders_share: (
        _rest(dublin_share, kort_share) * elders_share
    ),
    "asielbesluit_coa_share": lambda elders_share: 1 - elders_share,
    "kort_refused_share": lambda kort_granted_share: 1 - kort_granted_share,
    "asielbesluit_refused_share": lambda asielbesluit_granted_share: 1 - asielbesluit_granted_share,
    "asielbesluit_beroep_share": lambda asielbesluit_granted_share, beroep_share: (
        (1 - asielbesluit_granted_share) * beroep_share
    ),
    "asielbesluit_terugkeer_share": lambda asielbesluit_granted_share, beroep_share: (
        (1 - asielbesluit_granted_share) * (1 - beroep_share)
    ),
    "amv_nidos_share": lambda amv_share, amv_gezin_share: amv_share * amv_gezin_share,
    "amv_coa_share": lambda amv_share, amv_gezin_share: amv_share * (1 - amv_gezin_share),
    "amv_refused_share": lambda amv_granted_share: 1 - amv_granted_share,
    "nareis_per_decision": lambda asielbesluit_granted_share, nareis_per_grant: (
        asielbesluit_granted_share * nareis_per_grant
    ),
    "ontheemde_particulier_share": lambda ontheemde_gemeente_share: 1 - ontheemde_gemeente_share,
    "ind_regulier_capacity": lambda regulier_surplus_share, toelating_inflow, regulier_inflow: (
        (1 + regulier_surplus_share) * (toelating_inflow + regulier_inflow)
    ),
    "ind_visum_capacity": lambda regulier_surplus_share, visum_inflow: (1 + regulier_surplus_share) * visum_inflow,
    "ind_naturalisatie_capacity": lambda regulier_surplus_share, naturalisatie_inflow: (
        (1 + regulier_surplus_share) * naturalisatie_inflow
    ),
}


def inputs(paths: Paths) -> dict[str, Floats]:
    """What the chain is run with, from the paths."""
    return {
        **{name: path.months_that_differ for name, path in paths.items()},
        **{name: _worked_out(name, *(paths[other] for other in _arguments(name))) for name in WORKED_OUT},
        "nareis_known_inflow": np.zeros((1, 1)),
    }


@lru_cache(maxsize=2 * len(WORKED_OUT))
def _worked_out(name: str, *paths: Path) -> Floats:
    """One input that is made of paths; paths that no scenario changes are the same ones in the next run."""
    return np.asarray(WORKED_OUT[name](*(path.months_that_differ for path in paths)))


@cache
def _arguments(name: str) -> tuple[str, ...]:
    """The paths that an input is made of."""
    return tuple(signature(WORKED_OUT[name]).parameters)


def run_chain(paths: Paths, horizon: Horizon, chain: Chain, threads: int = 1) -> Results:
    """
    The chain along these paths, by year; always the same results are kept, so that it is compiled once.

    Parts of the chain that do not meet are run by themselves, and a part that was run with the same inputs just before
    is not run again: a lever that moves asylum leaves naturalisation as it was.
    """
    known = inputs(paths)
    draws = max(known[name].shape[1] for name in amounts_of(chain) if isinstance(name, str))
    found = [_part(part, horizon, known, draws, threads) for part in components(chain)]
    years = {name: values for part in found for name, values in part.years.items()}
    return Results(chain, {}, years, {}, {name: terms for part in found for name, terms in part.terms.items()})


def _part(part: Chain, horizon: Horizon, known: Mapping[str, Floats], draws: int, threads: int) -> Results:
    takes, kept = _names(part)
    given = {name: known[name] for name in takes}
    before = _LAST.get(part.name)
    if before and before[0] == (part, horizon, draws) and _same(before[1], given):
        return before[2]
    results = simulate(part, horizon.months, given, draws, by_month=(), by_year=kept, threads=threads)
    _LAST[part.name] = (part, horizon, draws), given, results
    return results


@lru_cache(maxsize=16)
def _names(part: Chain) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The inputs that a part takes, and its results that are kept."""
    takes = dict.fromkeys(amount for amount in amounts_of(part) if isinstance(amount, str))
    return tuple(takes), tuple(name for name in names(part) if name in KEPT)


# The last run of each part: what it was run with, and what came of it. Whoever reads or writes it takes all at once.
_LAST: dict[str, tuple[tuple[Chain, Horizon, int], Mapping[str, Floats], Results]] = {}


def _same(before: Mapping[str, Floats], given: Mapping[str, Floats]) -> bool:
    """Whether two runs have the same inputs, number by number."""
    return all(values is given[name] or np.array_equal(values, given[name]) for name, values in before.items())


def people(paths: Paths, horizon: Horizon, chain: Chain, threads: int = 1) -> dict[str, Floats]:
    """Every quantity of the chain along these paths: arrays of years by draws."""
    results = run_chain(paths, horizon, chain, threads)
    return {q.name: reduce(np.add, (results.yearly(name) for name in q.made_of)) for q in QUANTITIES}


@lru_cache(maxsize=4)
def penalty_days_before(chain: Chain) -> float:
    """Case-days of penalties in the year before the first month, if all who are there then were there all that year."""
    days = 0.0
    for queue in (stage for stage in chain.stages if isinstance(stage, Queue) and stage.name in LATE):
        terms = terms_of(queue, 1, chain.ages)
        for tally in queue.tallies:
            late = [max(0, age - terms[chain.ages - 1 - age]) for age in range(len(queue.start))]
            weights = [tally.weights[min(months, len(tally.weights) - 1)] for months in late]
            days += 12 * sum(number * weight for number, weight in zip(queue.start, weights, strict=True))
    return days
