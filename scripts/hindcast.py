"""
Fit the hindcast anew and write what follows from it into the library: fits, parameters, the start of 2025, and draws.

    python scripts/hindcast.py              # everything
    python scripts/hindcast.py posterior    # the draws of the posterior, and the spreads that follow from them
    python scripts/hindcast.py ranks 100    # writes nothing: are truths drawn from the prior recovered as they should?
"""

import csv
import re
import sys
from pathlib import Path

import numpy as np

from ketenraming.base.errors import KetenramingError
from ketenraming.evidence.library import library_root, load
from ketenraming.scenarios.hindcast.calibrate import covariance, read_targets
from ketenraming.scenarios.hindcast.checks import FITS, refit
from ketenraming.scenarios.hindcast.free import FOLLOWS, FREE, NAMES, Free
from ketenraming.scenarios.hindcast.model import read_world, run
from ketenraming.scenarios.hindcast.penalties import QUEUES, court_share
from ketenraming.scenarios.hindcast.posterior import DRAWN, NUMBERS, draw_posterior
from ketenraming.scenarios.hindcast.predictive import ranks
from ketenraming.scenarios.hindcast.restart import state_2025
from ketenraming.scenarios.together import SAID, Together, said_by

SHARE = library_root() / "parameters" / "chain" / "dwangsom_court_share.yaml"
SEED, ROWS = 7, 2000  # of the posterior in the library
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
    write_posterior()


def write_posterior() -> None:
    """Write library/hindcast/posterior.csv and .yaml, and the spread of each parameter that follows the draws."""
    library, root = load(), library_root()
    posterior = draw_posterior(library, read_world(library), read_targets(library), SEED)
    drawn = posterior.resampled(ROWS, SEED)[: len(NUMBERS)]
    with (root / "hindcast" / "posterior.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(NUMBERS)
        rows.writerows([f"{number:.5g}" for number in row] for row in drawn.T)
    text = MADE.format(rows=ROWS, effective=round(posterior.found.effective), seed=SEED)
    (root / "hindcast" / "posterior.yaml").write_text(text, encoding="utf-8")
    kept = library_root() / "parameters" / "keten"
    told = Together(said_by(dict(zip(NUMBERS, drawn, strict=True))), np.arange(ROWS))
    for name in SAID:
        path, central = kept / f"{name}.yaml", float(library.parameter(name).values[0].value)
        low, high = central * np.quantile(told.ratios(name, central), (0.1, 0.9))
        text = SPREAD.format(low=f"{low:.4g}", high=f"{high:.4g}")
        path.write_text(re.sub(r"^spread: .*", text, path.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")


def show_ranks(count: int) -> None:
    """Print, for each number and for all, how often the truth lay within the bands of 50, 80 and 90 percent."""
    library, found = load(), list[np.ndarray]()
    world, targets = read_world(library), read_targets(library)
    for of in range(count):
        try:
            found.append(ranks(library, world, targets, of))
        except KetenramingError as error:
            print(f"{of}: {error}")
    rows = np.array(found)
    for name, row in [*zip(DRAWN, rows.T, strict=True), (f"all of {len(rows)}", rows.ravel())]:
        inside = [np.mean(abs(row - 0.5) < level / 2) for level in (0.5, 0.8, 0.9)]
        print(f"{name:30}", f"{row.mean():.2f}", *(f"{part:.0%}" for part in inside))


MADE = """\
# Draws of the free numbers of the hindcast, in posterior.csv; written by scripts/hindcast.py, by hand never.
status: calibrated
known_since: 2025-09-16
source: {{id: hindcast, where: "draws given priors and counts of 2014-2024 (decision 0015)"}}
draws: {rows}
effective: {effective}
seed: {seed}
"""
SPREAD = (
    "spread: {{shape: posterior, low: {low}, high: {high}, by: fit, "
    'source: {{id: hindcast, where: "posterior around the value; four fifths of the draws are between the ends"}}}}'
)


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
    match sys.argv[1:]:
        case ["posterior"]:
            write_posterior()
        case ["ranks", count]:
            show_ranks(int(count))
        case _:
            main()
