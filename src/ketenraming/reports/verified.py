"""A record beside the same run made now, in words and as JSON: what differs, and by how much."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import label, say
from ketenraming.scenarios.record import Moved, Verified

MOST_LINES = 10


def print_verified(verified: Verified, library: Library, console: Console, lang: Lang) -> None:
    """Whether the results are the same; then the library, the versions and the lines that are not as recorded."""
    key, style = ("verify_same", "bold green") if verified.is_same else ("verify_differs", "bold red")
    draws = number(verified.record.draws, lang)
    console.print(Text(say(library, key, lang, draws=draws), style=style))
    for line in _differences(verified, library, lang):
        console.print(line, highlight=False)
    if verified.moved:
        console.print(_lines(verified, library, lang))


def _differences(verified: Verified, library: Library, lang: Lang) -> Iterator[str]:
    """What another library and other versions may explain, before the numbers."""
    if verified.library_differs:
        then, now = verified.record.library, verified.again.library
        yield say(library, "verify_library", lang, then=then, now=now)
    for name, (then, now) in verified.versions.items():
        yield say(library, "verify_version", lang, name=name, then=then, now=now)
    if not verified.is_same:
        if not verified.library_differs and not verified.versions:
            yield say(library, "verify_made_alike", lang)
        key = "verify_moved" if verified.moved else "verify_draws_only"
        yield say(library, key, lang, many=number(len(verified.moved), lang))


def _lines(verified: Verified, library: Library, lang: Lang) -> Table:
    """The lines that moved most, each in the year in which it moved most."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    heads = [say(library, key, lang) for key in ("line", "year", "verify_recorded", "verify_now", "verify_difference")]
    for head, justify in zip(heads, ("left", "left", "right", "right", "right"), strict=True):
        table.add_column(head, justify=justify)  # type: ignore[arg-type]
    for one in _largest(verified):
        amounts = (one.recorded, one.now, (one.now or 0.0) - (one.recorded or 0.0))
        table.add_row(_name(library, one.address, lang), one.year, *(_euros(amount, lang) for amount in amounts))
    return table


def _largest(verified: Verified) -> list[Moved]:
    by_line: dict[str, Moved] = {}
    for one in verified.moved:  # the largest first
        by_line.setdefault(one.address, one)
    return list(by_line.values())[:MOST_LINES]


def _name(library: Library, address: str, lang: Lang) -> str:
    """An address with its label, where the tree knows it."""
    known = label(library, address, lang)
    return address if known == address else f"{address} {known}"


def _euros(amount: float | None, lang: Lang) -> str:
    """Euros to the cent, or with three digits where that is not enough; a stroke where there is no amount."""
    if amount is None:
        return "–"
    small = amount and abs(amount) < 0.005
    return f"{amount:.3g}" if small else number(amount, lang, 2)


def verified_as_json(verified: Verified) -> dict[str, Any]:
    """The comparison as one document; `same` is the verdict."""
    record, again = verified.record, verified.again
    return {
        "ok": True,
        "schema": "ketenraming/verify/1",
        "same": verified.is_same,
        "results": {"recorded": record.results, "now": again.results},
        "library": {"recorded": record.library, "now": again.library},
        "versions": [{"name": n, "recorded": then, "now": now} for n, (then, now) in verified.versions.items()],
        "moved": [
            {"address": one.address, "year": one.year, "recorded": one.recorded, "now": one.now, "euros": one.size}
            for one in verified.moved
        ],
        "seed": record.seed,
        "draws": record.draws,
    }
