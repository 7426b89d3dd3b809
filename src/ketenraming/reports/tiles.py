"""The few numbers that a page shows largest, each beside the baseline."""

from collections.abc import Callable
from dataclasses import dataclass

from ketenraming.finance.term import Term
from ketenraming.reports.fan import quantity
from ketenraming.reports.numbers import Lang, money, number
from ketenraming.reports.words import say
from ketenraming.scenarios.run import Run

PEOPLE = ("opvang_stock_avg", "asiel_pending_stock_end", "ind_overdue_stock_end")
MONEY = ("budgeted", "needed", "gap")


@dataclass(frozen=True, slots=True)
class Tile:
    """One number in words: what it is, its band, how it differs from the baseline, and the name to trace it by."""

    name: str
    label: str
    value: str
    band: str = ""
    beside: str = ""


def tiles(run: Run, baseline: Run, address: str, year: str, lang: Lang) -> list[Tile]:
    """People of a year, and the money of an address in it."""
    row, other = run.row(address, year), baseline.row(address, year)
    people = [
        _tile(name, quantity(run, name)[year], quantity(baseline, name)[year], run, lang, is_money=False)
        for name in PEOPLE
    ]
    return people + [_tile(part, getattr(row, part), getattr(other, part), run, lang, is_money=True) for part in MONEY]


def _tile(name: str, term: Term, other: Term, run: Run, lang: Lang, is_money: bool) -> Tile:
    def told(value: float) -> str:
        return money(value, lang) if is_money else number(value, lang)

    low, _, high = term.quantiles()
    band = f"{told(low)} – {told(high)}" if high > low else ""
    beside = _beside(term, other, told, run, lang)
    return Tile(name, say(run.library, f"tile_{name}", lang), told(term.central), band, beside)


def _beside(term: Term, other: Term, told: Callable[[float], str], run: Run, lang: Lang) -> str:
    """By how much more or less than the baseline; empty where it is the same to the digit."""
    more = term.central - other.central
    if told(term.central) == told(other.central) or told(more) == told(0):
        return ""
    key = "tile_more" if more > 0 else "tile_less"
    return say(run.library, key, lang, by=told(abs(more)))
