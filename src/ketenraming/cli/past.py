"""What was: the chain on the past, budgets beside each other, forecasts, and whether they would have been right."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ketenraming.base.errors import KetenramingError
from ketenraming.cli.shared import (
    DrawsOption,
    LangOption,
    Language,
    SeedOption,
    Shape,
    ShapeOption,
    Sheet,
    app,
    print_json,
    words,
)

if TYPE_CHECKING:
    from datetime import date

    from ketenraming.reports.numbers import Lang


@app.command()
def hindcast(
    anew: Annotated[bool, typer.Option("--fit", help="Fit anew instead of taking the fits of the library.")] = False,
    posterior: Annotated[
        bool,
        typer.Option("--posterior", help="Draw how uncertain the fitted numbers are together, and propose values."),
    ] = False,
    plot: Annotated[Path | None, typer.Option(help="Write the chart to this .svg or .html file.")] = None,
    draws: Annotated[
        int, typer.Option(min=100, max=10_000, help="With --posterior: as many draws as tell as much as these.")
    ] = 2000,
    seed: SeedOption = 7,
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Hold the chain against 2014-2024: reception, permit holders in it, and pending applications."""
    from rich.console import Console

    from ketenraming.evidence.library import load
    from ketenraming.reports.hindcast import hindcast_as_json, print_hindcast, write_plot
    from ketenraming.reports.words import say
    from ketenraming.scenarios.hindcast.checks import backtest

    if posterior:
        if anew:
            raise KetenramingError("--posterior always draws anew. Leave out --fit, or leave out --posterior.")
        _propose((draws, seed), plot, shape, lang)
        return
    test = backtest(load(), anew)
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    written = write_plot(test, plot, words(lang)) if plot else None
    if shape is Shape.JSON:
        print_json(hindcast_as_json(test))
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    print_hindcast(test, console, words(lang))
    if written:
        console.print(f"\n{say(test.library, 'hindcast_plotted', words(lang), path=written)}", highlight=False)


def _propose(drawn: tuple[int, int], plot: Path | None, shape: Shape, lang: Language) -> None:
    from rich.console import Console

    from ketenraming.evidence.library import load
    from ketenraming.reports.hindcast_posterior import print_proposal
    from ketenraming.reports.hindcast_posterior_files import proposal_as_json, write_plot
    from ketenraming.reports.words import say
    from ketenraming.scenarios.hindcast.predictive import propose

    with Console(stderr=True).status("…"):
        found = propose(load(), *drawn)
    written = write_plot(found, plot, words(lang)) if plot else None
    if shape is Shape.JSON:
        print_json(proposal_as_json(found))
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    print_proposal(found, console, words(lang))
    if written:
        console.print(f"\n{say(found.library, 'hindcast_plotted', words(lang), path=written)}", highlight=False)


@app.command()
def vintages(
    line: Annotated[str, typer.Argument(help="A line or heading, such as 37.4/zbo/coa.")],
    year: Annotated[int | None, typer.Option(help="How this year moved from edition to edition.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Write the chart to this .svg (or Vega-Lite .json) file.")] = None,
    sheet: Annotated[Sheet, typer.Option("--format", help="What to print.")] = Sheet.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Show what each budget printed for a line: from draft to outcome, by year or of one year."""
    from rich.console import Console

    from ketenraming.evidence.library import load
    from ketenraming.reports.vintages import print_vintages, vintages_as_csv, vintages_as_json
    from ketenraming.reports.words import say

    loaded = load()
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    if plot:
        from ketenraming.reports.vintages_chart import write_plot

        write_plot(loaded, line, plot, words(lang), year)
    match sheet:
        case Sheet.JSON:
            print_json(vintages_as_json(loaded, line, year))
        case Sheet.CSV:
            sys.stdout.write(vintages_as_csv(loaded, line, year))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_vintages(loaded, line, year, console, words(lang))
            if plot:
                console.print(f"\n{say(loaded, 'vintages_plotted', words(lang), path=plot)}", highlight=False)


@app.command()
def forecast(
    series: Annotated[
        str, typer.Argument(help="A monthly series of the library, nareis or minors.", show_default=True)
    ] = "asylum_applications_inflow",
    file: Annotated[
        Path | None, typer.Option("--series", help="A CSV of your own with columns period and value, by month.")
    ] = None,
    months: Annotated[int, typer.Option(min=1, max=120, help="How many months ahead.")] = 24,
    known_on: Annotated[str, typer.Option(help="Only what was published by this day, such as 2024-09-17.")] = "",
    way: Annotated[str, typer.Option(help="By which way; the default one (decision 0016), unless given.")] = "",
    score: Annotated[bool, typer.Option("--score", help="Hold every way against the past; takes a while.")] = False,
    peers: Annotated[
        bool, typer.Option("--peers", help="Also AutoARIMA, theta, CES and ETS (with statsforecast; slow).")
    ] = False,
    plot: Annotated[Path | None, typer.Option(help="Write the fan to this .svg (or Vega-Lite .json) file.")] = None,
    draws: DrawsOption = 4000,
    seed: SeedOption = 7,
    sheet: Annotated[Sheet, typer.Option("--format", help="What to print.")] = Sheet.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Forecast inflow by month with bands, or any monthly CSV; and say how right that would have been before."""
    from ketenraming.evidence.library import load
    from ketenraming.scenarios import forecast as ahead

    library = load()
    of = ahead.subject_of_file(file, library, peers) if file else ahead.subject(library, series, peers)
    day = _day(known_on)
    found = ahead.forecast(of, day, ahead.Ask(months, draws, seed, way))
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    if plot:
        from ketenraming.reports.forecast_chart import write_plot

        write_plot(found, library, plot, words(lang))
    scores = _scored(of, day) if score else None
    _print_forecast(found, scores, library, sheet, words(lang), plot)


def _day(text: str) -> "date":
    from datetime import date

    try:
        return date.fromisoformat(text) if text else date.max
    except ValueError:
        raise KetenramingError(f"{text!r} is no day. Write it as 2024-09-17.") from None


def _scored(of: Any, day: "date") -> Any:
    from rich.console import Console
    from rich.progress import Progress

    from ketenraming.scenarios.forecast import scored

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("…", total=len(of.ways))
        return scored(of, day, lambda done, many: progress.update(task, completed=done, total=many))


def _print_forecast(found: Any, scores: Any, library: Any, sheet: Sheet, lang: "Lang", plot: Path | None) -> None:
    from rich.console import Console

    from ketenraming.reports.forecast import forecast_as_csv, forecast_as_json, print_forecast, print_scores
    from ketenraming.reports.words import say

    match sheet:
        case Sheet.JSON:
            print_json(forecast_as_json(found, library, scores))
        case Sheet.CSV:
            sys.stdout.write(forecast_as_csv(found, scores))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_forecast(found, library, console, lang)
            if scores:
                print_scores(scores, library, console, lang)
            if plot:
                console.print(f"\n{say(library, 'forecast_plotted', lang, path=plot)}", highlight=False)


@app.command()
def backtest(
    plot: Annotated[Path | None, typer.Option(help="Write the chart to this .svg (or Vega-Lite .json) file.")] = None,
    draws: Annotated[int, typer.Option(min=10, max=5_000, help="How many times what is uncertain is drawn.")] = 1000,
    seed: SeedOption = 7,
    sheet: Annotated[Sheet, typer.Option("--format", help="What to print.")] = Sheet.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Forecast as on the eve of each draft budget and May budget since 2015; score it beside official and rules."""
    from rich.console import Console

    from ketenraming.reports.backtest import backtest_as_csv, backtest_as_json
    from ketenraming.reports.backtest_terminal import print_backtest
    from ketenraming.reports.words import say

    found = _backtested(draws, seed)
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    if plot:
        from ketenraming.reports.backtest_chart import write_plot

        write_plot(found, plot, words(lang))
    match sheet:
        case Sheet.JSON:
            print_json(backtest_as_json(found))
        case Sheet.CSV:
            sys.stdout.write(backtest_as_csv(found))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_backtest(found, console, words(lang))
            if plot:
                console.print(f"\n{say(found.library, 'backtest_plotted', words(lang), path=plot)}", highlight=False)


def _backtested(draws: int, seed: int) -> Any:
    from rich.console import Console
    from rich.progress import Progress

    from ketenraming.evidence.library import load
    from ketenraming.scenarios.backtest import backtest as forecast_again

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("…", total=None)
        return forecast_again(load(), draws, seed, lambda done, many: progress.update(task, completed=done, total=many))
