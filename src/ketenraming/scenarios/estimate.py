"""
From paths to the terms of every year: people of the chain, prices, and the amounts that no people move.

The baseline is made once: its central people are those on whom prices are solved. A scenario is other paths; it is paid
at the prices of the baseline, times what the scenario itself changes of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import numpy as np

from ketenraming.base.quantity import Quantity
from ketenraming.base.streams import uniforms
from ketenraming.chain.dutch import AGES, Start, Timing, dutch
from ketenraming.chain.stage import Chain
from ketenraming.documents.article import PROSE, Article
from ketenraming.evidence.library import Library
from ketenraming.evidence.parameter import Spread
from ketenraming.finance.attribution import FIXED, solve_shares
from ketenraming.finance.payees import COA, NIDOS
from ketenraming.finance.term import Flag, How, Note, Term, carried, changed, difference, product
from ketenraming.rules.dwangsom import court_rule
from ketenraming.rules.months import Due, terms_by_month
from ketenraming.scenarios.baseline import baseline_paths, from_library, timing
from ketenraming.scenarios.paths import Horizon, Path, Paths
from ketenraming.scenarios.people import people
from ketenraming.scenarios.prices import Draws, Prices, carry_on, fixed_amounts, solve_prices
from ketenraming.scenarios.quantities import GROWN, GROWTH, PRICES, people_terms, published_prices
from ketenraming.scenarios.uncertainty import drawn, sample
from ketenraming.scenarios.volumes import lines, printed, read_volumes

Terms = dict[str, dict[str, Term]]  # by year, then name
SHARE = "coa_emergency_share"
MOST_SHARE = "coa_emergency_share_published"


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """
    What every scenario begins with: the article, its volumes, central paths, and prices of the funded years.

    It is made once for a library and an edition, and is a key by itself: no two are compared.
    """

    article: Article
    known_on: date
    horizon: Horizon
    chain: Chain
    volumes: Mapping[str, Mapping[str, Term]]
    paths: dict[str, Path]
    prices: Prices
    fixed: Mapping[str, Term]
    funded: tuple[str, ...]
    oda: Mapping[str, Term] = field(default_factory=dict)

    @property
    def library(self) -> Library:
        """The library it is made from."""
        return self.article.library

    @property
    def after(self) -> list[str]:
        """The years after the last funded one."""
        return [year for year in self.horizon.years if year > self.funded[-1]]


def make_baseline(article: Article, start: Start, funded_until: str) -> Baseline:
    """The baseline of an article, as known on the day it was published."""
    library, known_on = article.library, article.library.sources[article.name].published
    horizon = Horizon(int(article.years[0]), int(article.years[-1]))
    volumes = read_volumes(article.figures, library, article.years)
    chain = chain_of(library, start, horizon, known_on, timing(library, horizon, known_on))
    paths = baseline_paths(library, volumes, horizon, chain, known_on)
    for name in (GROWTH, "oekraine_occupancy_share"):
        paths[name] = from_library(library, name, horizon, known_on)
    funded = tuple(year for year in article.years if year <= funded_until)
    fixed = fixed_amounts(article.figures, library, funded_until) | _kcio(article)
    base = Baseline(article, known_on, horizon, chain, volumes, paths, {}, fixed, funded)
    terms = before_prices(base, paths)
    prices = solve_prices(article.figures, library, terms, funded, funded_until)
    return replace(
        base, prices=prices, paths=paths | _price_paths(base, prices, terms), oda=_oda(article, terms[funded_until])
    )


def chain_of(library: Library, start: Start, horizon: Horizon, known_on: date, months: Timing) -> Chain:
    """The chain from these people, under the rule of the court, with these months built in."""
    days = court_rule(library.parameters, horizon.first_day, known_on).days_by_months_late
    return dutch(start, terms_of_law(library, horizon, known_on), (0.0, *days[:AGES].tolist()), months)


def terms_of_law(library: Library, horizon: Horizon, known_on: date) -> Mapping[str, Due]:
    """The terms of the law by queue, for all who wait at the start or apply in the run, as known on a day."""
    applied = range(-AGES, horizon.months)
    return terms_by_month(library.parameters, horizon.first_day, applied, seen_on=known_on, known_on=known_on)


def _kcio(article: Article) -> dict[str, Term]:
    """What the text says the coordination centre for displaced persons costs."""
    figure = article.figures.row(PROSE, "oekraine-kcio")[article.budget_year]
    return {"oekraine_kcio": printed(figure, article.library, "oekraine_kcio", "EUR", article.budget_year)}


def _oda(article: Article, terms: Mapping[str, Term]) -> dict[str, Term]:
    """The printed parts of the ODA table, and the shares of COA and Nidos that they mean in the budget year."""
    year, figures, library = article.budget_year, article.figures, article.library
    rows = figures.rows("oda")
    parts = {f"oda/{row}": printed(rows[row]["bedrag"], library, f"oda/{row}", "EUR", year)
             for row in ("coa", "nidos", "ind-tolken", "rechtsbijstand", "vwn")}  # fmt: skip
    budget = {line.address: lines(figures, library, line.address)[year] for line in (COA, NIDOS)}
    fixed = {name: parts[name].flagged(Flag.AS_PRINTED) for name in FIXED}
    return fixed | solve_shares(parts, terms, budget)


def before_prices(base: Baseline, paths: Paths, threads: int = 1) -> Terms:
    """People, norms, published prices and fixed amounts of every year: all but the prices that are solved for."""
    found = people(paths, base.horizon, base.chain, threads)
    terms = people_terms(found, paths, base.volumes, base.horizon, base.chain)
    published = _published(base, paths[GROWTH])
    return {year: row | published[year] for year, row in terms.items()}


@lru_cache(maxsize=4)
def _published(base: Baseline, growth: Path) -> Terms:
    """What no people move: norms, published prices at this growth, and fixed amounts."""
    terms = published_prices(base.library, base.volumes, base.horizon, base.known_on, growth)
    return {year: row | in_year(base.fixed, year) for year, row in terms.items()}


def in_year(amounts: Mapping[str, Term], year: str) -> dict[str, Term]:
    """Amounts as they are used for a year: those of another year carried to it."""
    return {name: term if year == term.year else carried(term, year) for name, term in amounts.items()}


def _price_paths(base: Baseline, prices: Prices, terms: Terms) -> dict[str, Path]:
    """Prices as paths, so that a scenario can change them: each year's central price in each of its months."""
    rows = {
        name: {year: row[max(y for y in row if y <= year)] for year in base.horizon.years}
        for name, row in prices.items()
    }
    rows |= {name: {year: terms[year][name] for year in base.horizon.years} for name in (*GROWN, *PRICES)}
    made = {}
    for name, row in rows.items():
        values = np.repeat([term.central for term in row.values()], 12)[:, None]
        unit = next(iter(row.values())).unit
        made[name] = Path(name, "share" if unit == "1" else unit, values, 1.0 if unit == "1" else np.inf)
    return made


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is uncertain, drawn: paths with draws beside the central column, and the prices of every year."""

    paths: dict[str, Path]
    prices: Prices


def terms_of(base: Baseline, paths: Paths, draws: Draws, threads: int = 1) -> Terms:
    """All terms of every year along these paths, with draws beside the central value."""
    found = draw(base, paths, draws)
    return with_prices(base, paths, before_prices(base, found.paths, threads), found.prices)


def draw(base: Baseline, paths: Paths, draws: Draws) -> Drawn:
    """Draws of all that is uncertain, around these paths and around the prices of the baseline."""
    before = _drawn(base, draws)
    changed = {name: path for name, path in paths.items() if path is not base.paths[name]}
    return replace(before, paths=before.paths | _around(base, changed, draws))


@lru_cache(maxsize=2)  # a page asks for the same draws at every move of a lever
def _drawn(base: Baseline, draws: Draws) -> Drawn:
    """What is drawn around the baseline itself."""
    shares = base.prices[SHARE] | _shares_after(base, draws)
    prices = carry_on(base.prices, base.after, draws) | {SHARE: shares}
    return Drawn(_around(base, base.paths, draws), prices)


def _around(base: Baseline, paths: Paths, draws: Draws) -> dict[str, Path]:
    """Paths with draws beside the central column, where they are uncertain."""
    return drawn(paths, base.library, base.horizon, base.known_on, draws.count, draws.seed)


def with_prices(base: Baseline, paths: Paths, before: Terms, prices: Prices) -> Terms:
    """The terms of every year with these prices, as these paths change them."""
    rows = {year: row | {name: by_year[year] for name, by_year in prices.items()} for year, row in before.items()}
    return {year: _with_mix(_as_changed(base, paths, rows[year], i)) for i, year in enumerate(base.horizon.years)}


def share_spread(base: Baseline) -> Spread:
    """How uncertain the share in emergency places is after the funded years: from nobody to what was last published."""
    last, most = base.prices[SHARE][base.funded[-1]].central, base.library.parameter(MOST_SHARE)
    high = max(most.number_on(base.horizon.first_day, base.known_on), last)
    return Spread(shape="triangular", low=0.0, high=high, by="expert", source=most.values[0].source)


def _shares_after(base: Baseline, draws: Draws) -> dict[str, Term]:
    """The share in emergency places in each year after the funded ones."""
    last, spread = base.prices[SHARE][base.funded[-1]], share_spread(base)
    amounts = np.concatenate(
        [[last.central], sample(spread, last.central, uniforms(SHARE, draws.seed, draws.count)[:, 0])]
    )
    note = Note("note_emergency_spread", {"high": f"{100 * spread.high:.0f}%"})
    return {
        year: replace(
            carried(last, year),
            quantity=Quantity(amounts, "1"),
            how=How.UNCERTAIN,
            inputs=(carried(last, year),),
            note=note,
        )
        for year in base.after
    }


def _as_changed(base: Baseline, paths: Paths, row: dict[str, Term], i: int) -> dict[str, Term]:
    """Prices of a year times what a scenario makes of them."""
    found, months = dict(row), slice(12 * i, 12 * i + 12)
    for name in (*base.prices, *GROWN, *PRICES):
        if paths[name] is base.paths[name]:
            continue
        before, now = base.paths[name].central[months].mean(), paths[name].central[months].mean()
        if now != before:
            note = Note("note_scenario_price", {"factor": f"{now / before:.4g}"})
            found[name] = changed(row[name], now / before, note)
    return found


def _with_mix(row: dict[str, Term]) -> dict[str, Term]:
    """People in regular and in emergency places, and the pupils whose care is paid among those who live with Nidos."""
    inhabitants, share = row["opvang_stock_avg"], row[SHARE]
    emergency = product("coa_emergency_stock_avg", inhabitants, share)
    regular = difference("coa_regular_stock_avg", inhabitants, emergency)
    care = product("nidos_care_stock_avg", row["nidos_opvang_stock_avg"], row["nidos_care_share"])
    return row | {term.name: term for term in (emergency, regular, care)}
