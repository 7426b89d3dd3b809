"""Two estimates beside each other on a terminal: the article by year, its lines in one year, or what is asked for."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.reports.compared import ARTICLE, Compared, compared, heading, how_to_read, open_year, outcome
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import label, say
from ketenraming.scenarios.compare import Comparison


def print_comparison(
    comparison: Comparison, console: Console, lang: Lang, year: str | None = None, line: str | None = None
) -> None:
    """The outcome, the sides, tables, and how to read them; `year` and `line` choose what the tables show."""
    about, when = line or ARTICLE, year or open_year(comparison)
    console.print(Text(outcome(comparison, about, when, lang), style="bold"))
    for text in heading(comparison, lang):
        console.print(Text(text, style="dim"))
    if comparison.same:
        return
    if line or not year:
        _print_years(comparison, about, [year] if year else comparison.a.run.years, console, lang)
    if not line:
        _print_lines(comparison, when, console, lang)
    for text in how_to_read(comparison, lang):
        console.print(Text(text, style="dim"))


def _print_years(comparison: Comparison, address: str, years: Sequence[str], console: Console, lang: Lang) -> None:
    """One address by year."""
    rows, library = compared(comparison, years, [address]), comparison.library
    caption = f"{label(library, address, lang)}, {say(library, 'unit', lang)}"
    _print_tables([(row.year, row) for row in rows], (say(library, "year", lang), caption), library, console, lang)


def _print_lines(comparison: Comparison, year: str, console: Console, lang: Lang) -> None:
    """All lines that differ in a year."""
    rows, library = compared(comparison, [year]), comparison.library
    named = [(f"{'  ' * row.depth}{_code(row.address)}{label(library, row.address, lang)}", row)
             for row in rows if row.more]  # fmt: skip
    if named:
        caption = f"{year}, {say(library, 'unit', lang)}"
        _print_tables(named, (say(library, "line", lang), caption), library, console, lang)
    console.print(Text(say(library, "compare_not_shown", lang), style="dim"))


def _print_tables(
    rows: Sequence[tuple[str, Compared]], head: tuple[str, str], library: Library, console: Console, lang: Lang
) -> None:
    """Two tables of the same rows: A, causes, B and what is known; and how uncertain the difference is."""
    causes = rows[0][1].causes
    words = {key: say(library, f"compare_{key}", lang) for key in ("difference", "median", "band_50", "known")}
    amounts = _table(
        *head, ["A", *(say(library, f"cause_{cause}", lang) for cause in causes), "B", words["difference"]]
    )
    spread = _table(head[0], "", [words["difference"], words["median"], words["band_50"], say(library, "band", lang)])
    if any(row.known for _, row in rows):
        amounts.add_column(words["known"])
    for name, row in rows:
        style = "bold" if row.address == ARTICLE and name != row.year else ""
        cells = [number(value, lang) for value in (row.a, *row.causes.values(), row.b, row.more)]
        told = ", ".join(say(library, f"flag_{flag}", lang) for flag in row.known)
        amounts.add_row(name, *cells, *([told] if row.known else []), style=style)
        spread.add_row(name, cells[-1], *_bands(row, lang), style=style)
    for table in (amounts, spread):
        console.print()
        console.print(table)
    console.print()


def _code(address: str) -> str:
    return f"{address} " if "/" not in address and "." in address else ""


def _bands(row: Compared, lang: Lang) -> list[str]:
    at = {name: number(value, lang) for name, value in row.spread.items()}
    return [at["p50"], f"{at['p25']} – {at['p75']}", f"{at['p10']} – {at['p90']}"]


def _table(first: str, caption: str, names: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", title=caption or None, title_justify="left")
    table.add_column(first, no_wrap=True, overflow="ellipsis", max_width=44)
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    return table
