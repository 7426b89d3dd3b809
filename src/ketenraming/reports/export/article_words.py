"""The words that the sentences of the article are filled with: amounts, people and prices as readers are told them."""

from collections.abc import Callable, Sequence
from typing import Any

from ketenraming.finance.term import Flag
from ketenraming.reports.export.article_money import Basis
from ketenraming.reports.numbers import money, number, percent
from ketenraming.reports.opening import open_year
from ketenraming.reports.rows import legend
from ketenraming.reports.sourced import sources_in_words
from ketenraming.reports.tables import supposed

Names = str | Sequence[str]


def words_of(basis: Basis) -> dict[str, Any]:
    """Everything that a template of the article may say; years that are left out are the first that is not funded."""
    run, lang, open_ = basis.heads.run, basis.heads.lang, open_year(basis.heads.run)
    return {
        **_amounts(basis, open_),
        **_people(basis, open_),
        "notice": basis.heads.say("not_official"),
        "supposed": supposed(run, lang),
        "scenarios": [
            {"title": getattr(one.title, lang), "reason": " ".join(getattr(one.reason, lang).split())}
            for one in run.scenarios
        ],
        "first": run.years[0],
        "year": basis.year,
        "open": open_,
        "last": run.years[-1],
        "until": run.funded_until,
        "ends": next((y for y, f in basis.line("37.7").years.items() if Flag.ENDS in f.flags), ""),
        "legend": legend(run, lang),
        "sources": sources_in_words(run, lang),
    }


def _amounts(basis: Basis, open_: str) -> dict[str, Any]:
    """Amounts of an address, from the whole thousands that the tables print, and what is attributed or set apart."""
    run, lang = basis.heads.run, basis.heads.lang

    def amount(part: str) -> Callable[..., str]:
        return lambda address, year=open_: money(abs(getattr(basis.line(address).years[year], part)) * 1000, lang)

    def together(address: str) -> str:
        later = (figures.gap for year, figures in basis.line(address).years.items() if year >= open_)
        return money(sum(later) * 1000, lang)

    reserve = {year: parts for year, parts in run.reserve.items()}
    return {
        **{part: amount(part) for part in ("budgeted", "needed", "gap", "low", "high")},
        "missing": lambda address, year=open_: basis.line(address).years[year].gap,
        "together": together,
        "oda": lambda year=open_: money(run.oda[year]["oda"].central, lang),
        "reserve_start": money(reserve[run.years[0]]["start"].central, lang) if reserve else "",
        "reserve_end": money(reserve[run.years[-1]]["end"].central, lang) if reserve else "",
    }


def _people(basis: Basis, open_: str) -> dict[str, Any]:
    """People, prices and shares of a year."""
    terms, lang = basis.heads.run.terms, basis.heads.lang

    def central(names: Names, year: str) -> float:
        return sum(terms[year][name].central for name in ([names] if isinstance(names, str) else names))

    def many(names: Names, year: str = open_) -> str:
        return number(central(names, year), lang)

    def price(name: str, year: str = open_) -> str:
        value = central(name, year)
        return f"€ {number(value, lang, 0 if value >= 1000 else 2)}"

    return {
        "many": many,
        "few": lambda name, year=open_: number(terms[year][name].quantiles()[0], lang),
        "most": lambda name, year=open_: number(terms[year][name].quantiles()[2], lang),
        "more": lambda name: central(name, open_) >= central(name, basis.year),
        "price": price,
        "share": lambda name, year=open_: percent(100 * central(name, year), lang),
    }
