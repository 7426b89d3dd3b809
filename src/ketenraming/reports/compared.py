"""
Two estimates beside each other for readers: whole thousands that add up, the words around them, and CSV.

What A and B come to is rounded by line; causes get whole thousands that make up the difference of those, what is left
going to the largest remainders. Headings are sums of lines. So every row adds up, and every column.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from math import floor

from ketenraming.finance.term import Flag
from ketenraming.reports.numbers import LEVELS, Lang, money, number
from ketenraming.reports.words import label, say
from ketenraming.scenarios.causes import Cause
from ketenraming.scenarios.compare import Comparison, Difference, Side

ARTICLE = "37"


@dataclass(frozen=True, slots=True)
class Compared:
    """One address in one year, in whole thousands of euros, or other units; `spread` of the difference is by LEVELS."""

    address: str
    year: str
    depth: int
    a: int
    b: int
    causes: dict[Cause, int]
    spread: dict[str, int]
    known: tuple[Flag, ...]

    @property
    def more(self) -> int:
        """What B has more than A."""
        return self.b - self.a


def share_out(parts: Sequence[float], total: int) -> list[int]:
    """Whole numbers near these parts that make up a total; what is left goes to the largest remainders, not to nil."""
    whole = [floor(part) for part in parts]
    left = total - sum(whole)
    some = [i for i, part in enumerate(parts) if part] or range(len(parts))
    by_remainder = sorted(some, key=lambda i: parts[i] - whole[i], reverse=left > 0)
    for i in islice(cycle(by_remainder), abs(left)):
        whole[i] += 1 if left > 0 else -1
    return whole


def open_year(comparison: Comparison) -> str:
    """The first year that is not funded, or the last where all are."""
    run = comparison.a.run
    return next((year for year in run.years if year > run.funded_until), run.years[-1])


def asked_for(comparison: Comparison, year: str | None, line: str | None) -> tuple[Sequence[str], Sequence[str]]:
    """The years and the addresses to show: what is asked for, or all."""
    run = comparison.a.run
    return [year] if year else run.years, [line] if line else run.addresses


def compared(
    comparison: Comparison, years: Sequence[str], addresses: Sequence[str] = (), unit: int = 1000
) -> list[Compared]:
    """These addresses, or all, in these years, in whole thousands or another unit; refuses what is not there."""
    wanted = addresses or comparison.a.run.addresses
    keys = [(address, year) for year in years for address in wanted]
    rows = {key: comparison.row(*key) for key in keys}
    whole = {year: _whole(comparison, year, unit) for year in years}
    return [_compared(row, key, comparison, whole[key[1]][key[0]], unit) for key, row in rows.items()]


def _compared(row: Difference, key: tuple[str, str], comparison: Comparison, whole: list[int], unit: int) -> Compared:
    a, b, *parts = whole
    quantiles = row.more.quantiles(tuple(LEVELS.values()))
    spread = {name: round(q / unit) for name, q in zip(LEVELS, quantiles, strict=True)}
    known = tuple(row.known) if comparison.with_print else ()
    causes = dict(zip(row.causes, parts, strict=True))
    return Compared(*key, comparison.library.budget[key[0]].depth, a, b, causes, spread, known)


def _whole(comparison: Comparison, year: str, unit: int) -> dict[str, list[int]]:
    """A, B and the causes of every address in whole units: lines rounded, headings summed from them."""
    run, tree, whole = comparison.a.run, comparison.library.budget, dict[str, list[int]]()
    for address in sorted(run.addresses, key=lambda address: -tree[address].depth):
        below = [whole[node.address] for node in tree.children(address) if node.address in whole]
        summed = [sum(column) for column in zip(*below, strict=True)]
        whole[address] = summed or _line(comparison.row(address, year), unit)
    beside = f"{ARTICLE}/verplichtingen"
    if beside in whole:
        printed = [round(run.row(address, year).budgeted.central / unit) for address in (beside, ARTICLE)]
        a, b, *parts = whole[ARTICLE]
        whole[beside] = [a + printed[0] - printed[1], b + printed[0] - printed[1], *parts]
    return whole


def _line(row: Difference, unit: int) -> list[int]:
    a, b = round(row.a.central / unit), round(row.b.central / unit)
    return [a, b, *(share_out([part / unit for part in row.causes.values()], b - a) if row.causes else [])]


# In words


def heading(comparison: Comparison, lang: Lang) -> list[str]:
    """What is compared: the two sides, and in which numbers they differ."""
    library = comparison.library
    sides = [f"{name}: {side.asked} ({_title(side, lang)})" for name, side in _sides(comparison)]
    told = [
        f"{say(library, f'cause_{cause}', lang)}: {', '.join(names)}" for cause, names in comparison.changed.items()
    ]
    return [*sides, f"{say(library, 'compare_changed', lang)}: {'; '.join(told)}"] if told else sides


def _sides(comparison: Comparison) -> tuple[tuple[str, Side], ...]:
    return (("A", comparison.a), ("B", comparison.b))


def _title(side: Side, lang: Lang) -> str:
    if side.run.scenarios:
        return " + ".join(getattr(scenario.title, lang) for scenario in side.run.scenarios)
    return say(side.run.library, "compare_printed" if side.printed else "compare_baseline", lang)


def outcome(comparison: Comparison, address: str, year: str, lang: Lang) -> str:
    """What it comes to, in one sentence: how much more or less, with its band."""
    library, more = comparison.library, comparison.row(address, year).more
    if comparison.same:
        return say(library, "compare_same", lang)
    low, high = more.quantiles((0.1, 0.9))
    if less := more.central < 0:
        low, high = -high, -low
    words = {"more": abs(more.central), "low": low, "high": high}
    told = {name: money(value, lang) for name, value in words.items()}
    key = "compare_less" if less else "compare_more"
    return say(library, key, lang, year=year, line=label(library, address, lang), **told)


def how_to_read(comparison: Comparison, lang: Lang) -> list[str]:
    """How to read the numbers."""
    library = comparison.library
    draws = number(comparison.a.run.draws.count, lang)
    legends = ["compare_legend", *(["compare_legend_print"] if comparison.with_print else [])]
    return [*(say(library, key, lang) for key in legends), say(library, "compare_legend_band", lang, draws=draws)]


def comparison_as_csv(comparison: Comparison, year: str | None = None, line: str | None = None) -> str:
    """One row an address and year, in whole euros; a column for every cause."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["address", "line_nl", "line_en", "year", "a", "b", "difference", *Cause, *LEVELS, "known"])
    for row in compared(comparison, *asked_for(comparison, year, line), unit=1):
        names = [label(comparison.library, row.address, lang) for lang in ("nl", "en")]
        causes = [row.causes.get(cause, 0) for cause in Cause]
        spread = [row.spread[name] for name in LEVELS]
        writer.writerow([row.address, *names, row.year, row.a, row.b, row.more, *causes, *spread, " ".join(row.known)])
    return stream.getvalue()
