"""
The baseline: what every path is, so that the chain carries the people that the article prints.

Paths come from the library, as known on a day. What the article prints (inflow, reception in and out, applications of
family members and of minors) is not put beside the chain but put into it: the paths that the library does not know are
found so that the chain gives the printed flows, year by year. Such paths are called *fitted*; the people that they
carry are no test of the chain.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np

from ketenraming.chain.dutch import Timing, dutch
from ketenraming.chain.inputs import amounts_of
from ketenraming.chain.results import Results
from ketenraming.chain.stage import Chain, Inflow
from ketenraming.evidence.library import Library
from ketenraming.finance.term import Term
from ketenraming.scenarios.paths import Floats, Horizon, Path
from ketenraming.scenarios.people import KEPT, OUT_OF_RECEPTION, inputs, run_chain

FITTED = ("asiel_applications_inflow", "overig_inflow", "huisvesting_capacity", "nareis_per_grant", "amv_share")
PRINTED = {"toelating_inflow": "toelating_verblijf_inflow", "regulier_inflow": "regulier_inflow",
           "visum_inflow": "visum_inflow", "naturalisatie_inflow": "naturalisatie_inflow"}  # fmt: skip
BESIDE = (
    "elders_share",
    "beroep_share",
    "regulier_surplus_share",
    "amv_gezin_share",
)  # inputs are worked out from these
TIMING = {
    "quick_from": "asielbesluit_quick_from_age",
    "quick_to": "asielbesluit_quick_to_age",
    "family": "nareis_months",
}  # what is built into the chain, and the parameter that says it
CASES, PEOPLE = "application/month", "person/month"
_ROUNDS = 12
Volumes = Mapping[str, Mapping[str, Term]]  # by year, then name


def baseline_paths(
    library: Library, volumes: Volumes, horizon: Horizon, chain: Chain, known_on: date
) -> dict[str, Path]:
    """Every path of the chain: from the library, from print, or fitted to print."""
    paths = {name: from_library(library, name, horizon, known_on) for name in _known(library)}
    for name, printed in PRINTED.items():
        paths[name] = Path(name, CASES, _monthly(_row(volumes, horizon, printed)))
    paths["nareis_eerder_inflow"] = Path("nareis_eerder_inflow", CASES, _earlier(volumes, horizon))
    return _fitted(paths, volumes, horizon, chain)


def from_library(library: Library, name: str, horizon: Horizon, known_on: date) -> Path:
    """A parameter month by month; raises ParameterNotFound for a month in which no value is in force."""
    parameter = library.parameter(name)
    values = [parameter.number_on(horizon.day(month), known_on) for month in range(horizon.months)]
    most = 1.0 if parameter.unit in ("share", "1/month") else np.inf
    return Path(name, parameter.unit, np.array(values)[:, None], most)


def timing(library: Library, horizon: Horizon, known_on: date) -> Timing:
    """The months that are built into the chain, as the library has them on the first day."""
    days = {part: library.parameter(name).number_on(horizon.first_day, known_on) for part, name in TIMING.items()}
    return Timing(**{part: round(months) for part, months in days.items()})


def _known(library: Library) -> list[str]:
    """The paths that the library gives."""
    of_chain = [name for name in dict.fromkeys(amounts_of(dutch())) if isinstance(name, str)]
    return [name for name in (*of_chain, *BESIDE) if name in library.parameters]


def _row(volumes: Volumes, horizon: Horizon, name: str) -> Floats:
    """A printed volume by year."""
    return np.array([volumes[year][name].central for year in horizon.years])


def _monthly(by_year: Floats) -> Floats:
    """A twelfth of each year, for each of its months."""
    return np.repeat(by_year / 12, 12)[:, None]


def _earlier(volumes: Volumes, horizon: Horizon) -> Floats:
    """Family applications that follow from grants before the run: those of its first year, fading out within it."""
    before = volumes[str(horizon.first_year)]["nareis_mvv_inflow"].central / 12
    fading = np.maximum(0.0, 1 - (np.arange(horizon.months) + 0.5) / 12)
    return (before * fading)[:, None]


def _fitted(paths: dict[str, Path], volumes: Volumes, horizon: Horizon, chain: Chain) -> dict[str, Path]:
    """Find the paths that the library does not know; they settle within a few rounds."""
    rows = {name: _row(volumes, horizon, name) for name in
            ("asiel_inflow", "opvang_inflow", "opvang_outflow", "nareis_mvv_inflow", "amv_inflow")}  # fmt: skip
    years = len(horizon.years)
    found = {
        "asiel_applications_inflow": 0.75 * rows["asiel_inflow"],
        "overig_inflow": 0.1 * rows["asiel_inflow"],
        "huisvesting_capacity": 0.6 * rows["opvang_outflow"],
        "nareis_per_grant": np.full(years, 2.0),
        "amv_share": np.full(years, 0.1),
    }
    for _ in range(_ROUNDS):
        paths = paths | _as_paths(found)
        results = run_chain(paths, horizon, chain)
        found = _better(found, rows, results, inputs(paths), in_reception(chain))
    return paths | _as_paths(found)


def _as_paths(found: Mapping[str, Floats]) -> dict[str, Path]:
    flows = {"asiel_applications_inflow": CASES, "overig_inflow": PEOPLE, "huisvesting_capacity": PEOPLE}
    made = {name: Path(name, unit, _monthly(found[name])) for name, unit in flows.items()}
    for name, unit, most in (
        ("nareis_per_grant", "application/person", np.inf),
        ("amv_share", "pupil/application", 1.0),
    ):
        made[name] = Path(name, unit, np.repeat(found[name], 12)[:, None], most)
    return made


def _better(
    found: Mapping[str, Floats],
    rows: Mapping[str, Floats],
    results: Results,
    given: Mapping[str, Floats],
    before: float,
) -> dict[str, Floats]:
    """The next guess: each path moves by what its flow missed."""
    by_year = {name: results.yearly(name)[:, 0] for name in KEPT}
    out = sum((by_year[name] for name in OUT_OF_RECEPTION), np.zeros(len(found["amv_share"])))
    coming = np.diff(by_year["coa_stock_end"], prepend=before) + out
    earlier = given["nareis_eerder_inflow"][:, 0].reshape(-1, 12).sum(axis=1)
    spawned = np.maximum(by_year["nareis_inflow"] - earlier, 1.0)
    ratio = np.clip((rows["nareis_mvv_inflow"] - earlier).sum() / spawned.sum(), 0.5, 2.0)
    applications = np.maximum(0.0, rows["asiel_inflow"] - by_year["inreis_aankomst_outflow"])
    return {
        "asiel_applications_inflow": applications,
        "overig_inflow": np.maximum(0.0, found["overig_inflow"] + rows["opvang_inflow"] - coming),
        "huisvesting_capacity": np.maximum(0.0, found["huisvesting_capacity"] + rows["opvang_outflow"] - out),
        "nareis_per_grant": found["nareis_per_grant"] * ratio,
        "amv_share": rows["amv_inflow"] / np.maximum(applications, 1.0),
    }


def in_reception(chain: Chain) -> float:
    """The people who live in reception at the start."""
    return sum(sum(stage.start) for stage in chain.stages if not isinstance(stage, Inflow) and stage.lives == "coa")
