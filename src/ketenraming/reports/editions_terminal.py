"""Two editions beside each other on a terminal: one line by year, its lines in one year, or what is asked for."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.evidence.printed import Key
from ketenraming.reports.compared import ARTICLE
from ketenraming.reports.editions import Told, about, heading, notes, outcome, reason, told
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import label, say
from ketenraming.scenarios.editions import Editions, Reason


def print_editions(
    found: Editions, console: Console, lang: Lang, line: str | None = None, year: int | None = None
) -> None:
    """The outcome, the two sides, tables, and how to read them; `line` and `year` choose what the tables show."""
    key = about(found, line, year)
    console.print(Text(outcome(found, key, lang), style="bold"))
    for text in heading(found, lang):
        console.print(Text(text, style="dim"))
    shown: list[Told] = []
    if line or not year:
        years = [year] if year else [at for of, at in found.rows if of == key[0]]
        caption = f"{label(found.library, key[0], lang)}, {say(found.library, 'unit', lang)}"
        shown += _print_table(found, [(key[0], at) for at in years], caption, console, lang)
    if not line:
        keys = [at for at in found.rows if at[1] == key[1]]
        caption = f"{key[1]}, {say(found.library, 'unit', lang)}"
        shown += _print_table(found, keys, caption, console, lang, by_year=False)
    for text in notes(found, shown, key, lang):
        console.print(Text(text, style="dim"))


def _print_table(
    found: Editions, keys: Sequence[Key], caption: str, console: Console, lang: Lang, by_year: bool = True
) -> list[Told]:
    """A table of these rows: A, the reasons that any of them has, B, the difference, and its band if there is one."""
    rows, library = told(found, keys), found.library
    reasons = [why for why in Reason if any(row.reasons[why] for row in rows)]
    table = _table(say(library, "year" if by_year else "line", lang), caption)
    heads = ["A", *(reason(found, why, lang) for why in reasons), "B", say(library, "compare_difference", lang)]
    for head in [*heads, *([say(library, "band", lang)] if any(row.spread for row in rows) else [])]:
        table.add_column(head, justify="right")
    for row in rows:
        name = str(row.year) if by_year else _name(library, row.address, lang)
        style = "bold" if row.address == ARTICLE and not by_year else ""
        table.add_row(f"{name}{' †' if row.not_funded else ''}", *_cells(row, reasons, lang), style=style)
    console.print()
    console.print(table)
    console.print()
    return rows


def _cells(row: Told, reasons: Sequence[Reason], lang: Lang) -> list[str]:
    a, b = (
        f"{'* ' if made else ''}{number(value, lang)}" for made, value in zip(row.made, (row.a, row.b), strict=True)
    )
    parts = [number(row.reasons[why], lang) if row.reasons[why] else "" for why in reasons]
    band = [f"{number(row.spread['p10'], lang)} – {number(row.spread['p90'], lang)}"] if row.spread else []
    return [a, *parts, b, number(row.more, lang), *band]


def _name(library: Library, address: str, lang: Lang) -> str:
    code = f"{address} " if "/" not in address and "." in address else ""
    return f"{'  ' * library.budget[address].depth}{code}{label(library, address, lang)}"


def _table(first: str, caption: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", title=caption, title_justify="left")
    table.add_column(first, no_wrap=True, overflow="ellipsis", max_width=44)
    return table
