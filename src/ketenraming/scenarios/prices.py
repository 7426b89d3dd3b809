"""
Prices: printed norms, prices that others published, and what the lines of the article imply in its funded years.

In a funded year a price that nobody publishes is solved for from the very line it explains, at the people of the
baseline, and flagged so. After the last funded year it stays, with a spread: a random walk whose step is the size of
the steps that the article itself shows. For reception, COA's own prices are carried on with a growth, and the share of
people in emergency places is what is solved for. Decision records 0005 and 0011 have the reasons.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ketenraming.base.errors import UnitMismatch
from ketenraming.base.quantity import Amount
from ketenraming.base.streams import normals
from ketenraming.evidence.figure import Figures
from ketenraming.evidence.library import Library
from ketenraming.finance.line import Line
from ketenraming.finance.payees import COA, DJI, DVENO, GEMEENTEN, IND, MEDISCH, NGO, NIDOS, REAN, VERTREK
from ketenraming.finance.term import Flag, Note, Term, carried, difference, product, quotient, uncertain
from ketenraming.scenarios.volumes import lines, printed

FUNDING = "ind-bekostiging"
Terms = Mapping[str, Term]
Prices = dict[str, dict[str, Term]]  # by name, then year
SOLVED = {  # lines of which one price is not known
    DJI: "bewaring_price",
    DVENO: "dveno_price",
    REAN: "rean_price",
    VERTREK: "vertrek_price",
    GEMEENTEN: "oekraine_rest_price",
    NGO: "oekraine_subsidies_price",
    MEDISCH: "rmo_price",
}
IND_PARTS = {  # rows of the funding table, and what they pay for
    "ind_asiel_price": ("asiel", "ind_asiel_decisions"),
    "ind_regulier_price": ("regulier", "ind_regulier_decisions"),
    "ind_naturalisatie_price": ("naturalisatie", "ind_naturalisatie_decisions"),
    "dwangsom_price": ("dwangsommen", "dwangsom_days"),
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


def solve_prices(
    figures: Figures, library: Library, terms: Mapping[str, Terms], funded: Sequence[str], last: str
) -> Prices:
    """Prices and shares that the lines imply in the funded years. `last` has the IND funding table."""
    solved: Prices = {"coa_emergency_share": {}, "nidos_care_share": {}}
    for year in funded:
        solved["coa_emergency_share"][year] = _emergency_share(lines(figures, library, COA.address)[year], terms[year])
        solved["nidos_care_share"][year] = _care_share(lines(figures, library, NIDOS.address)[year], terms[year])
    for line, name in SOLVED.items():
        whole = lines(figures, library, line.address)
        solved[name] = {year: solve_line(line, name, whole[year], terms[year]) for year in funded}
    return solved | _ind_prices(figures, library, terms, funded, last)


def solve_line(line: Line, unknown: str, whole: Term, terms: Terms) -> Term:
    """The one price of a line that is not known, from its whole; refused where its unit is no price."""
    parts = [product(f"{q} × {p}", terms[q], terms[p]) for q, p in line.products if p != unknown]
    quantity = next(q for q, p in line.products if p == unknown)
    rest = [*parts, *(terms[name] for name in line.fixed)]
    euros = difference(f"{line.address} rest", whole, *rest) if rest else whole
    if euros.unit != "EUR":
        raise UnitMismatch(f"{line.address}: what is left for {unknown} is {euros.unit}, not EUR.")
    return quotient(unknown, euros, terms[quantity]).flagged(Flag.SOLVED)


def _emergency_share(line: Term, terms: Terms) -> Term:
    """The share of residents in emergency places at which COA's own prices make its line."""
    people, regular = terms["opvang_stock_avg"], terms["coa_regular_price"]
    days = product("doorstroom_days × doorstroom_price", terms["doorstroom_days"], terms["doorstroom_price"])
    as_regular = product("opvang_stock_avg × coa_regular_price", people, regular)
    dearer = difference("coa_emergency_price - coa_regular_price", terms["coa_emergency_price"], regular)
    above = difference("coa above regular", line, days, as_regular)
    all_emergency = product("opvang_stock_avg × dearer", people, dearer)
    return quotient("coa_emergency_share", above, all_emergency).flagged(Flag.SOLVED)


def _care_share(line: Term, terms: Terms) -> Term:
    """The share of those who live with Nidos whose care makes its line come out at the printed norms: about all."""
    guidance = product("guidance", terms["nidos_guidance_stock_avg"], terms["nidos_guidance_price"])
    intake = product("intake", terms["amv_inflow"], terms["nidos_intake_price"])
    care = difference("nidos_care_euros", line, guidance, intake)
    in_care = quotient("nidos_care_stock_avg", care, terms["nidos_care_price"])
    return quotient("nidos_care_share", in_care, terms["nidos_opvang_stock_avg"]).flagged(Flag.SOLVED)


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


def _ind_prices(
    figures: Figures, library: Library, terms: Mapping[str, Terms], funded: Sequence[str], last: str
) -> Prices:
    """IND prices per decision and per overdue case: the funding table over its year, one index for other years."""
    rows = figures.rows(FUNDING)
    prices: Prices = {}
    for name, (row, quantity) in IND_PARTS.items():
        amount = printed(rows[row]["bedrag"], library, f"{FUNDING}/{row}", "EUR", last)
        prices[name] = {last: quotient(name, amount, terms[last][quantity]).flagged(Flag.SOLVED)}
    fixed = list(fixed_amounts(figures, library, last).values())
    base = {name: price[last] for name, price in prices.items()}
    for year in (y for y in funded if y != last):
        at_base = IND.variable({**terms[year], **base})
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
