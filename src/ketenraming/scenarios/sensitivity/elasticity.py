"""
Elasticities: the euros and people of one more applicant, decision or home, of one percentage point, of one percent.

One thing is moved in each month of one year, a little up and a little down; half the difference is what one of it does
in that year and in each year after. Central values, no draws. A lever holds for a small step: queues run full or empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ketenraming.finance.line import Line
from ketenraming.scenarios.estimate import Terms, terms_of
from ketenraming.scenarios.paths import Paths
from ketenraming.scenarios.sensitivity.question import NO_DRAWS, Question

PEOPLE = ("opvang_stock_avg", "asiel_pending_stock_end", "vergunninghouder_stock_end")


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that is moved in each month of the year: by `step` up and down, told for each `per` of them."""

    key: str
    path: str  # empty for the prices
    step: float
    per: float = 1.0


APPLICANT = Lever("applicant", "asiel_applications_inflow", 1000 / 12, per=1000)  # a thousand in the year
DECISION = Lever("decision", "ind_asiel_capacity", 1)
LEVERS = (
    APPLICANT,
    DECISION,
    Lever("nareis_decision", "ind_nareis_capacity", 1),
    Lever("home", "huisvesting_capacity", 1),
    Lever("grant", "asielbesluit_granted_share", 0.01),
    Lever("price", "", 0.01),
)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one of a lever does, by year: to a line or an address in euros, or to people."""

    lever: str
    of: str
    unit: str
    years: Mapping[str, float]


def elasticities(question: Question) -> tuple[Effect, ...]:
    """Each lever, moved in the months of the year: euros at the address and by line, and people, then and after."""
    return tuple(effect for lever in LEVERS for effect in _effects(question, lever))


def _effects(question: Question, lever: Lever) -> list[Effect]:
    if not lever.path:
        return _in_euros(question, lever, _of_prices(question, lever))
    up, down = both_ways(question, lever)
    lines = {
        line.address: {
            year: half(line.needed(up[year]).central, line.needed(down[year]).central, lever)
            if line in question.lines(year)
            else 0.0
            for year in years(question)
        }
        for line in question.lines()
    }
    people = [
        Effect(lever.key, name, up[question.year][name].unit,
               {year: half(up[year][name].central, down[year][name].central, lever) for year in years(question)})
        for name in PEOPLE
    ]  # fmt: skip
    return _in_euros(question, lever, lines) + people


def years(question: Question) -> list[str]:
    """The year that is asked for, and those after it."""
    return [year for year in question.base.horizon.years if year >= question.year]


def both_ways(question: Question, lever: Lever) -> tuple[Terms, Terms]:
    """All terms with the lever moved up, and moved down."""
    up, down = (terms_of(question.base, _moved(question, lever, sign), NO_DRAWS) for sign in (1, -1))
    return up, down


def half(up: float, down: float, lever: Lever) -> float:
    """What one of the lever does."""
    return (up - down) / 2 / lever.per


def _moved(question: Question, lever: Lever, sign: int) -> Paths:
    paths, first = question.base.paths, 12 * question.base.horizon.years.index(question.year)
    values = paths[lever.path].values.copy()
    values[first : first + 12] += sign * lever.step
    return {**paths, lever.path: paths[lever.path].with_values(values)}


def _of_prices(question: Question, lever: Lever) -> dict[str, dict[str, float]]:
    """All prices of the year, printed norms too: in a sum of products the difference is that part of the products."""
    terms = terms_of(question.base, question.base.paths, NO_DRAWS)[question.year]

    def row(line: Line) -> dict[str, float]:
        moved = lever.step * line.variable(terms).central
        return {year: moved if year == question.year else 0.0 for year in years(question)}

    return {line.address: row(line) for line in question.lines()}


def _in_euros(question: Question, lever: Lever, lines: Mapping[str, Mapping[str, float]]) -> list[Effect]:
    """The lines together under the address that is asked for, then those that are moved at all."""
    whole = {year: sum(row[year] for row in lines.values()) for year in years(question)}
    parts = {of: row for of, row in lines.items() if of != question.address and any(row.values())}
    return [Effect(lever.key, of, "EUR", row) for of, row in {question.address: whole, **parts}.items()]
