"""
Prices that the article implies in its funded years, and how uncertain they are after those.

In a funded year a price is solved for from the very line it explains, and flagged so. After the last funded year the
last price stays, in nominal euros, with a spread: a random walk whose step is the size of the steps that the article
itself shows between its years. Both are assumptions; decision record 0005 has the reasons.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ketenraming.base.quantity import Amount
from ketenraming.base.streams import normals
from ketenraming.evidence.figure import Figures
from ketenraming.evidence.library import Library
from ketenraming.finance.payees import COA, IND, OEKRAINE
from ketenraming.finance.term import Flag, Note, Term, carried, difference, product, quotient, total, uncertain
from ketenraming.scenarios.volumes import PLACES, lines, printed

FUNDING = "ind-bekostiging"
NIDOS_LINE = "37.4/zbo/nidos"
Volumes = Mapping[str, Mapping[str, Term]]
Prices = dict[str, dict[str, Term]]  # by name, then year
IND_GROUPS = {
    "ind_asiel_price": ("asiel", ("asiel_inflow",)),
    "ind_regulier_price": (
        "regulier",
        ("regulier_inflow", "toelating_verblijf_inflow", "nareis_mvv_inflow", "visum_inflow"),
    ),
    "ind_naturalisatie_price": ("naturalisatie", ("naturalisatie_inflow",)),
}


@dataclass(frozen=True, slots=True)
class Draws:
    """How many draws, from which seed."""

    count: int
    seed: int

    def walk(self, name: str, step: float, years: int) -> Amount:
        """Factors of a random walk in logs, shape (years, count): one stream per name, whatever else is drawn."""
        steps = step * normals(name, self.seed, self.count, years)
        return np.exp(np.cumsum(steps.T, axis=0))


def solve_prices(figures: Figures, library: Library, volumes: Volumes, funded: Sequence[str], last: str) -> Prices:
    """Prices for the funded years: printed norms, and what the lines imply. `last` has the IND funding table."""
    solved: Prices = {}
    solved["coa_price"] = _per_head(figures, library, volumes, COA.address, "opvang_stock_avg", "coa_price", funded)
    for line in OEKRAINE:
        price = line.products[0][1]
        solved[price] = _per_head(figures, library, volumes, line.address, PLACES, price, funded)
    for name in ("nidos_guidance_price", "nidos_care_price", "nidos_intake_price"):
        solved[name] = {year: volumes[year][name] for year in funded}
    solved["nidos_care_share"] = {year: _care_share(figures, library, volumes[year], year) for year in funded}
    solved.update(_ind_prices(figures, library, volumes, funded, last))
    return solved


def _per_head(
    figures: Figures, library: Library, volumes: Volumes, address: str, people: str, name: str, funded: Sequence[str]
) -> dict[str, Term]:
    line = lines(figures, library, address)
    return {y: quotient(name, line[y], volumes[y][people]).flagged(Flag.SOLVED) for y in funded}


def _care_share(figures: Figures, library: Library, volumes: Mapping[str, Term], year: str) -> Term:
    """The share of pupils in care that makes the Nidos line come out at the printed norms."""
    line = lines(figures, library, NIDOS_LINE)[year]
    guidance = product("guidance", volumes["nidos_guidance_stock_avg"], volumes["nidos_guidance_price"])
    intake = product("intake", volumes["amv_inflow"], volumes["nidos_intake_price"])
    care = difference("nidos_care_euros", line, guidance, intake)
    in_care = quotient("nidos_care_stock_avg", care, volumes["nidos_care_price"])
    return quotient("nidos_care_share", in_care, volumes["nidos_guidance_stock_avg"]).flagged(Flag.SOLVED)


def fixed_amounts(figures: Figures, library: Library, last: str) -> dict[str, Term]:
    """The parts of the IND funding that no people move, and the difference that nothing explains."""
    rows = figures.rows(FUNDING)
    fixed = {
        name: printed(rows[name.partition("/")[2]]["bedrag"], library, name, "EUR", last).flagged(Flag.AS_PRINTED)
        for name in IND.fixed
        if "/" in name
    }
    line = lines(figures, library, IND.address)[last]
    contribution = printed(rows["bijdrage"]["bedrag"], library, f"{FUNDING}/bijdrage", "EUR", last)
    plug = difference("ind_unexplained", line, contribution)
    fixed["ind_unexplained"] = plug.flagged(Flag.PLUG, note=Note("note_unexplained", {}))
    return fixed


def _ind_prices(figures: Figures, library: Library, volumes: Volumes, funded: Sequence[str], last: str) -> Prices:
    """IND prices per application: funding by inflow in the table's year, one index for the other funded years."""
    rows = figures.rows(FUNDING)
    base: dict[str, Term] = {}
    for name, (row, inflows) in IND_GROUPS.items():
        amount = printed(rows[row]["bedrag"], library, f"{FUNDING}/{row}", "EUR", last)
        inflow = total(f"{row}_inflow", [volumes[last][i] for i in inflows])
        base[name] = quotient(name, amount, inflow).flagged(Flag.SOLVED)
    fixed = list(fixed_amounts(figures, library, last).values())
    prices: Prices = {name: {last: price} for name, price in base.items()}
    for year in (y for y in funded if y != last):
        at_base = IND.variable({**volumes[year], **base})
        rest = difference("ind p×q", lines(figures, library, IND.address)[year], *fixed)
        index = quotient("ind_price_index", rest, at_base).flagged(Flag.SOLVED)
        for name in base:
            prices[name][year] = product(name, base[name], index)
    return prices


def step_size(known_prices: Mapping[str, Term]) -> float:
    """The size of the yearly steps between known prices: root mean square of log differences, zero with one price."""
    values = [known_prices[year].central for year in sorted(known_prices)]
    steps = [math.log(after / before) for before, after in zip(values, values[1:], strict=False)]
    return math.sqrt(sum(step**2 for step in steps) / len(steps)) if steps else 0.0


def carry_on(prices: Prices, after: Sequence[str], draws: Draws) -> Prices:
    """The last known price for each later year, with draws around it that widen by the year."""
    carried_on: Prices = {}
    for name, row in prices.items():
        last, step = max(row), step_size(row)
        factors = draws.walk(name, step, len(after))
        note = Note("note_random_walk", {"step_pct": 100 * step})
        whole = 1.0 if row[last].unit == "1" else np.inf  # a share is not more than all
        later = {y: uncertain(carried(row[last], y), factors[i], note, whole) for i, y in enumerate(after)}
        carried_on[name] = {**row, **later}
    return carried_on
