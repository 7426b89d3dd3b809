"""Realised months: read, checked, kept, and held against the bands of the estimate."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ketenraming.cli.shared import (
    FOUND_ERRORS,
    LangOption,
    Language,
    ScenarioOption,
    SeedOption,
    Shape,
    ShapeOption,
    app,
    print_json,
    words,
)


@app.command()
def update(
    file: Annotated[
        Path | None, typer.Argument(help="A CSV: month, series, value, unit, source, published. None: what is kept.")
    ] = None,
    to: Annotated[Path, typer.Option(help="The file in which accepted rows are kept.")] = Path(
        "ketenraming-realised.csv"
    ),
    accept_jumps: Annotated[
        bool, typer.Option("--accept-jumps", help="Keep rows that are a jump; they say so.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and show, and keep nothing.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write a page with a chart of every series here (.html).")] = None,
    scenario: ScenarioOption = None,
    draws: Annotated[int, typer.Option(min=1, max=10_000, help="How many times what is uncertain is drawn.")] = 1000,
    seed: SeedOption = 7,
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Keep realised months and hold them against the estimate. Exit status: 0, 1 if a row was refused, 2 unreadable."""
    from datetime import date

    from ketenraming.evidence.library import load
    from ketenraming.scenarios import nowcast
    from ketenraming.scenarios.prices import Draws

    ask = nowcast.Ask(date.today(), file, to, accept_jumps, scenario or (), Draws(draws, seed))
    found = nowcast.update(load(), ask)
    # The report first: when it cannot be written, nothing is kept and nothing is printed that looks like success.
    if report:
        from ketenraming.reports.nowcast_html import render_update, write_page

        write_page(render_update(found, words(lang)), report)
    kept = None if dry_run else nowcast.keep(found)
    _print(found, kept, report, shape, lang)
    if not found.all_accepted:
        raise typer.Exit(FOUND_ERRORS)


def _print(found: Any, kept: Path | None, report: Path | None, shape: Shape, lang: Language) -> None:
    from rich.console import Console

    from ketenraming.reports.nowcast import print_update, update_as_json
    from ketenraming.reports.words import say

    if shape is Shape.JSON:
        print_json(update_as_json(found, kept is not None))
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    print_update(found, console, words(lang))
    key = "update_kept" if kept else "update_nothing_kept"
    if found.ask.file:
        console.print(f"\n{say(found.library, key, words(lang), path=kept, kept=len(found.kept))}", highlight=False)
    if report:
        console.print(say(found.library, "update_report_written", words(lang), path=report), highlight=False)
