"""Two estimates beside each other on a terminal: the article by year and its lines in one year, or what is asked for."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.reports.compared import ARTICLE, Compared, compared, heading, notes, open_year, outcome
from ketenraming.reports.numbers import Lang, number
from ketenraming.reports.words import label, say
from ketenraming.scenarios.compare import Comparison


def print_comparison(
    comparison: Comparison, console: Console, lang: Lang, year: str | None = None, line: str | None = None
) -> None:
    """The sides and the outcome, tables, and how to read them; `year` and `line` choose what the tables show."""
    about, when = line or ARTICLE, year or open_year(comparison)
    console.print(Text(outcome(comparison, about, when, lang), style="bold"))
    for text in heading(comparison, lang):
        console.print(Text(text, style="dim"))
    if line or not year:
        rows = compared(comparison, [year] if year else comparison.a.run.years, [about])
        _print_tables(rows, [row.year for row in rows], label(comparison.library, about, lang), console, lang)
    if not line:
        _print_lines(comparison, when, console, lang)
    for text in notes(comparison, lang):
        console.print(Text(text, style="dim"))


def _print_lines(comparison: Comparison, year: str, console: Console, lang: Lang) -> None:
    """All lines that differ in a year."""
    rows = [row for row in compared(comparison, [year]) if row.more]
    names = [f"{'  ' * row.depth}{label(comparison.library, row.address, lang)}" for row in rows]
    _print_tables(rows, names, year, comparison, console, lang)
    console.print(Text(say(comparison.library, "compare_not_shown", lang), style="dim"))
