"""Sensitivity on a terminal: what one more does, the tornado, what explains the variance, and the decision officer."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.reports.numbers import Lang, money, number
from ketenraming.reports.sensitive import (
    Row,
    effect_rows,
    index_rows,
    officer_outcome,
    officer_rows,
    swing_rows,
    title,
)
from ketenraming.reports.words import say
from ketenraming.scenarios.sensitivity.elasticity import LEVERS, years
from ketenraming.scenarios.sensitivity.officer import Officer
from ketenraming.scenarios.sensitivity.tornado import Sensitivity


def print_sensitivity(found: Sensitivity, console: Console, lang: Lang, one: Officer | None = None) -> None:
    """The three tables, each with how to read it; the officer where one is asked for."""
    amounts = {name: money(euros, lang) for name, euros in
               zip(("needed", "low", "high"), (found.needed, *found.band), strict=True)}  # fmt: skip
    console.print(Text(title(found, "sensitive_title", lang), style="bold"))
    console.print(Text(say(found.library, "sensitive_needed", lang, **amounts), style="dim"))
    _print_effects(found, console, lang)
    _print_swings(found, console, lang)
    _print_indices(found, console, lang)
    if one:
        _print_officer(one, found, console, lang)


def _print_effects(found: Sensitivity, console: Console, lang: Lang) -> None:
    table = _table("", [*years(found.question), say(found.library, "sensitive_together", lang)], widest=66)
    for lever in LEVERS:
        table.add_row(title(found, f"lever_{lever.key}", lang), style="bold")
        _add(table, effect_rows(found, lever.key, lang), indent="  ")
    _show(table, "sensitive_effects", found, console, lang)


def _print_swings(found: Sensitivity, console: Console, lang: Lang) -> None:
    what, *names = (
        say(found.library, f"sensitive_{key}", lang)
        for key in ("what", "at_low", "central", "at_high", "in", "low", "high")
    )
    table = _table(what, names)
    _add(table, swing_rows(found, lang))
    _show(table, "sensitive_tornado", found, console, lang)


def _print_indices(found: Sensitivity, console: Console, lang: Lang) -> None:
    what, *names = (say(found.library, f"sensitive_{key}", lang) for key in ("what", "first", "total"))
    table = _table(what, names)
    _add(table, index_rows(found, lang))
    _show(table, "sensitive_sobol", found, console, lang)


def _print_officer(one: Officer, found: Sensitivity, console: Console, lang: Lang) -> None:
    table = _table("", [*one.reception, say(found.library, "sensitive_together", lang)])
    _add(table, officer_rows(one, found.library, lang))
    _show(table, "officer", found, console, lang)
    console.print(Text(officer_outcome(one, found.library, lang), style="bold"))


def _table(first: str, names: Sequence[str], widest: int = 52) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, no_wrap=True, overflow="ellipsis", max_width=widest)
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _add(table: Table, rows: Iterable[Row], indent: str = "") -> None:
    for name, *cells in rows:
        table.add_row(f"{indent}{name}", *cells)


def _show(table: Table, key: str, found: Sensitivity, console: Console, lang: Lang) -> None:
    """A table between its heading and how to read it."""
    console.print()
    console.print(Text(title(found, key, lang), style="bold"))
    console.print(table)
    legend = say(found.library, f"{key}_legend", lang, draws=number(found.draws.count, lang), year=found.question.year)
    console.print(Text(legend, style="dim"))
