"""
From people to the euros of a line: a quantity times the last price known, which walks as it did before.

Where no count of what is paid for was known then, the nearest thing that was stands in: decisions on asylum for all
work of the IND, applications for the pupils of Nidos.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ketenraming.evidence.library import Library
from ketenraming.scenarios.backtest.steps import Steps, steps_of
from ketenraming.scenarios.backtest.vantage import TooLittleKnown, Vantage, levels
from ketenraming.scenarios.hindcast.observed import FIRST_YEAR, LAST_YEAR, MONTHS, Floats

COA, IND, NIDOS = "coa", "ind", "nidos"
ADDRESSES = {COA: "37.4/zbo/coa", IND: "37.4/agentschap/ind", NIDOS: "37.4/zbo/nidos"}
STEP, DOUBT = 0.15, 2  # of a price from year to year before any change is known, and as how many changes it counts
Years = dict[int, Floats]  # draws by year


@dataclass(frozen=True, slots=True)
class Price:
    """Euros for one of what is paid for, in the last year of which euros were known, and how it may go on."""

    year: int
    euros: float
    steps: Steps


def quantities(coa: Floats, asked: Floats, decided: Floats, before: float) -> Mapping[str, Years]:
    """
    What each line pays for, by year, from paths of draws by months.

    Mean persons in reception; decisions; and applications in the year and the year before it, as guardianship outlasts
    the year. `before` are the applications in the year before the first.
    """
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    months = {year: slice(12 * (year - FIRST_YEAR), 12 * (year - FIRST_YEAR) + 12) for year in years}
    came = {year: asked[:, months[year]].sum(axis=1) for year in years}
    return {
        COA: {year: coa[:, months[year]].mean(axis=1) for year in years},
        IND: {year: decided[:, months[year]].sum(axis=1) for year in years},
        NIDOS: {year: (came[year] + came.get(year - 1, before)) / 2 for year in years},
    }


def price_of(known: Library, vantage: Vantage, line: str, paid_for: Years) -> Price:
    """The last price known; of a year that is not over with what is expected of it. Raises TooLittleKnown."""
    found = {
        level.year: level.euros / float(np.median(paid_for[level.year]))
        for level in levels(known, vantage.edition, ADDRESSES[line])
        if level.year >= FIRST_YEAR
    }
    if not found:
        raise TooLittleKnown("no_euros", vantage.day)
    years = sorted(found)
    pairs = zip(years, years[1:], strict=False)
    changes = [np.log(found[b] / found[a]) / np.sqrt(b - a) for a, b in pairs]
    return Price(years[-1], found[years[-1]], steps_of(np.array(changes), STEP, DOUBT))


def euros(line: str, paid_for: Years, price: Price, years: Iterable[int], seed: int) -> Years:
    """Euros of years after that of the price."""
    draws = len(paid_for[price.year])
    walk = price.steps.walk(f"backtest/price/{line}", seed, draws, MONTHS // 12)
    return {year: paid_for[year] * price.euros * np.exp(walk[:, year - price.year - 1]) for year in years}
