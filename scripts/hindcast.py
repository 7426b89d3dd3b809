"""Fit the hindcast anew and write what follows from it into the library: fits, parameters, and the start of 2025."""

import csv
import re
from pathlib import Path

import numpy as np

from ketenraming.evidence.library import library_root, load
from ketenraming.scenarios.hindcast.calibrate import covariance, read_targets
from ketenraming.scenarios.hindcast.checks import FITS, refit
from ketenraming.scenarios.hindcast.free import FOLLOWS, FREE, NAMES, Free
from ketenraming.scenarios.hindcast.model import read_world, run
from ketenraming.scenarios.hindcast.penalties import QUEUES, court_share
from ketenraming.scenarios.hindcast.restart import state_2025

SHARE = library_root() / "parameters" / "chain" / "dwangsom_court_share.yaml"
FOUR_FIFTHS = 1.2816  # standard deviations on each side hold four fifths of a normal distribution
SERIES = "coa_stock_end, coa_vergunninghouder_stock_end, asylum_pending_stock_end, coa_inflow_year, coa_outflow_year"

TRACK_4 = "End of the hindcast by age, moved to track 4 of the IND at the end of 2024 (50,910)."
LEFT = "End of the hindcast by age, moved to what is left of reception on 6 January 2025 (72,610)."
HOW = {
    "asielbesluit": TRACK_4,
    "asielbesluit_elders": TRACK_4,
    "dublin": "End of the hindcast by age, moved to a line from 1,990 (September 2024) to 840 (April 2025).",
    "kort": "On the line between 140 (September 2024) and 150 (May 2025) of the IND, spread over six months.",
    "huisvesting": "End of the hindcast by age, moved to permit holders in reception on 6 January 2025 (18,651).",
    **dict.fromkeys(("aanmelding", "beroep", "overig", "terugkeer"), LEFT),
    "nareis": "Cases (66,040 of the IND), even over its longest wait, 84 weeks; the series breaks in 2024.",
}


def main() -> None:
    """Write library/hindcast/fits.csv, library/parameters/chain and library/start/2025-01.csv."""
    root, library = library_root(), load()
    world, targets = read_world(library), read_targets(library)
    fits = refit(world, targets)
    write_fits(root / "hindcast" / "fits.csv", fits)
    found = np.array([float(f"{number:.6g}") for number in fits["all"]])
    spread = FOUR_FIFTHS * np.sqrt(np.diag(covariance(world, targets, found)))
    for i, free in enumerate(FREE):
        if FOLLOWS.held[i]:
            continue
        low, high = max(free.low, found[i] - spread[i]), min(free.high, found[i] + spread[i])
        text = parameter(free, found[i], f"{low:.4g}", f"{high:.4g}")
        (root / "parameters" / "chain" / f"hindcast_{free.name}.yaml").write_text(text, encoding="utf-8")
    text = SHARE.read_text(encoding="utf-8")
    share = court_share(library, run(world, found[:, None], QUEUES))
    SHARE.write_text(re.sub(r"value: .*", f"value: {share:.5g}", text), encoding="utf-8")
    write_start(root / "start" / "2025-01.csv", state_2025(library, world, found[:, None]))


def write_fits(path: Path, fits: dict[str, np.ndarray]) -> None:
    """One row a fit."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["fit", *NAMES])
        rows.writerows([name, *(f"{number:.6g}" for number in fits[name])] for name in FITS)


def write_start(path: Path, people: dict[str, np.ndarray]) -> None:
    """One row for each stage and age."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["stage", "age", "people", "status", "source", "note"])
        for stage, ages in people.items():
            note = HOW[stage]
            rows.writerows(
                [stage, age, f"{count:.3f}", "calibrated", "hindcast", note] for age, count in enumerate(ages)
            )


def parameter(free: Free, value: float, low: str, high: str) -> str:
    """A parameter of the library, as it is written there."""
    return f"""id: hindcast_{free.name}
label_nl: "Hindcast: {free.label_nl[0].lower() + free.label_nl[1:]}"
label_en: "Hindcast: {free.label_en[0].lower() + free.label_en[1:]}"
description: >
  Free number of the hindcast of 2014-2024, fitted on all years by scripts/hindcast.py.
  Prior: {free.prior:g} with a standard deviation of {free.spread:g}; bounds {free.low:g} and {free.high:g}.
unit: {free.unit}
values:
  - from: 2014-01-01
    value: {value:.6g}
    known_since: 2025-09-16
    status: calibrated
    source:
      id: hindcast
      where: "{SERIES}"
spread:
  shape: normal
  low: {low}
  high: {high}
  by: fit
  source: {{id: hindcast, where: "four fifths of the draws, from the slopes at the fit"}}
"""


if __name__ == "__main__":
    main()
