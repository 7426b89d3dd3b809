"""The command line: parse, call, print. Every import that costs time stands inside the command that needs it."""

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ketenraming.base.errors import KetenramingError

if TYPE_CHECKING:
    from datetime import date

    from ketenraming.reports.numbers import Lang

app = typer.Typer(
    help="From people to euros: check, estimate and explain article 37 of the Dutch budget.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

FOUND_ERRORS, REFUSED = 1, 2  # errors in a document, or another outcome than recorded; a refusal


class Language(StrEnum):
    """Languages of the output."""

    NL = "nl"
    EN = "en"


class Shape(StrEnum):
    """What a command prints: a table for people, or one JSON document."""

    TABLE = "table"
    JSON = "json"


class Listing(StrEnum):
    """What a check prints."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    HTML = "html"


class Drawing(StrEnum):
    """How a chain is drawn."""

    MERMAID = "mermaid"
    SVG = "svg"


class Sheet(StrEnum):
    """What a comparison prints."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


LangOption = Annotated[Language, typer.Option("--lang", help="Language of the output.")]
ShapeOption = Annotated[Shape, typer.Option("--format", help="A table for people, or one JSON document.")]
DrawsOption = Annotated[int, typer.Option(min=1, max=100_000, help="How many times what is uncertain is drawn.")]
ScenarioOption = Annotated[
    list[str] | None,
    typer.Option("--scenario", "-s", help="A scenario by its id, or a file; give it again to stack another upon it."),
]
SeedOption = Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")]


def _lang(language: Language) -> "Lang":
    return language.value


def _print_json(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


@app.command()
def run(
    out: Annotated[Path, typer.Option(help="Folder of the HTML report.")] = Path("ketenraming-report"),
    report: Annotated[bool, typer.Option(help="Write the HTML report.")] = True,
    draws: DrawsOption = 1000,
    seed: SeedOption = 7,
    scenario: ScenarioOption = None,
    record: Annotated[
        Path | None,
        typer.Option(help="The file of the record, with which `verify` makes the run again; else beside the report."),
    ] = None,
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Estimate article 37 again: budgeted, needed and gap by line and year."""
    from rich.console import Console

    from ketenraming.evidence.library import load
    from ketenraming.reports.as_json import run_as_json
    from ketenraming.reports.terminal import print_run
    from ketenraming.reports.words import say
    from ketenraming.scenarios.run import run as estimate

    result = estimate(load(), draws=draws, seed=seed, scenarios=scenario or ())
    # The report first: when it cannot be written, nothing is printed that looks like success.
    written = {"report_written": _write_report(result, out, lang)} if report else {}
    if record or report:
        written["record_written"] = _write_record(result, record or out / "record.json")
    if shape is Shape.JSON:
        _print_json(run_as_json(result))
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    print_run(result, console, _lang(lang))
    for key, path in written.items():
        console.print(f"\n{say(result.library, key, _lang(lang), path=path)}", highlight=False)


def _write_record(result: Any, path: Path) -> Path:
    from ketenraming.scenarios.record import record_of, write_record

    try:
        write_record(record_of(result), path)
    except OSError as error:
        raise KetenramingError(
            f"The record cannot be written to {path}: {error.strerror or error}. Choose another file with --record."
        ) from error
    return path


def _write_report(result: Any, out: Path, lang: Language) -> Path:
    from rich.console import Console

    from ketenraming.documents.article import of_edition
    from ketenraming.documents.coverage import coverage
    from ketenraming.reports.html import write_report

    covered = coverage(of_edition(result.library, result.edition), result.findings)
    with Console(stderr=True).status("…"):
        try:
            return write_report(result, covered, out, _lang(lang))
        except OSError as error:
            raise KetenramingError(
                f"The report cannot be written to {out}: {error.strerror or error}. Choose another folder with --out."
            ) from error


@app.command()
def check(
    document: Annotated[
        Path | None,
        typer.Argument(help="Text, HTML, OP-XML, CSV, XLSX, ODS or PDF. Without it: the article in the library."),
    ] = None,
    listing: Annotated[Listing, typer.Option("--format", help="What to print.")] = Listing.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Check every printed number of an article. Exit status: 0 without errors, 1 with, 2 when it cannot be read."""
    from ketenraming.base.finding import Severity
    from ketenraming.documents.article import of_edition
    from ketenraming.documents.checks import run_checks
    from ketenraming.documents.coverage import coverage
    from ketenraming.documents.figures import read_article
    from ketenraming.documents.read import read_file
    from ketenraming.evidence.library import load

    library = load()
    article = read_article(read_file(document), library) if document else of_edition(library)
    findings = run_checks(article)
    _print_check(article, findings, coverage(article, findings), listing, _lang(lang))
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(FOUND_ERRORS)


def _print_check(article: Any, findings: Any, covered: Any, listing: Listing, lang: "Lang") -> None:
    from rich.console import Console

    from ketenraming.reports.as_json import check_as_json
    from ketenraming.reports.listing import check_as_markdown, findings_as_csv
    from ketenraming.reports.terminal import print_check

    match listing:
        case Listing.JSON:
            _print_json(check_as_json(article, findings, covered))
        case Listing.CSV:
            sys.stdout.write(findings_as_csv(findings, article.library))
        case Listing.MD:
            sys.stdout.write(check_as_markdown(article, findings, covered, lang))
        case Listing.HTML:
            from ketenraming.reports.html import render_check

            sys.stdout.write(render_check(article, findings, covered, article.library, lang))
        case Listing.TABLE:
            print_check(article, findings, covered, Console(width=None if sys.stdout.isatty() else 120), lang)


@app.command()
def trace(
    address: Annotated[str, typer.Argument(help="A line or heading, such as 37.4/zbo/coa.")],
    year: Annotated[str, typer.Argument(help="A year of the article, such as 2027.")],
    draws: DrawsOption = 1000,
    seed: SeedOption = 7,
    scenario: ScenarioOption = None,
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Show how a number came about, down to document, table, row and column."""
    from rich.console import Console

    from ketenraming.evidence.library import load
    from ketenraming.reports.as_json import trace_as_json
    from ketenraming.reports.terminal import print_trace
    from ketenraming.scenarios.run import run as estimate

    result = estimate(load(), draws=draws, seed=seed, scenarios=scenario or ())
    row = result.row(address, year)
    if shape is Shape.JSON:
        _print_json(trace_as_json(row, result))
    else:
        print_trace(row, result, Console(width=None if sys.stdout.isatty() else 200), _lang(lang))


@app.command()
def verify(
    record: Annotated[Path, typer.Argument(help="A file that `run --record` wrote.")],
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Make a run again from its record. Exit status: 0 when it is the same to the byte, 1 when not, 2 if unreadable."""
    from rich.console import Console

    from ketenraming.evidence.library import load
    from ketenraming.reports.verified import print_verified, verified_as_json
    from ketenraming.scenarios.record import read_record
    from ketenraming.scenarios.record import verify as make_again

    recorded, library = read_record(record), load()
    verified = make_again(recorded, library)
    if shape is Shape.JSON:
        _print_json(verified_as_json(verified))
    else:
        print_verified(verified, library, Console(width=None if sys.stdout.isatty() else 120), _lang(lang))
    if not verified.is_same:
        raise typer.Exit(FOUND_ERRORS)


@app.command()
def hindcast(
    anew: Annotated[bool, typer.Option("--fit", help="Fit anew instead of taking the fits of the library.")] = False,
    plot: Annotated[Path | None, typer.Option(help="Write the chart to this .svg or .html file.")] = None,
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Hold the chain against 2014-2024: reception, permit holders in it, and pending applications."""
    from rich.console import Console

    from ketenraming.evidence.library import load
    from ketenraming.reports.hindcast import hindcast_as_json, print_hindcast, write_plot
    from ketenraming.reports.words import say
    from ketenraming.scenarios.hindcast.checks import backtest

    test = backtest(load(), anew)
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    written = write_plot(test, plot, _lang(lang)) if plot else None
    if shape is Shape.JSON:
        _print_json(hindcast_as_json(test))
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    print_hindcast(test, console, _lang(lang))
    if written:
        console.print(f"\n{say(test.library, 'hindcast_plotted', _lang(lang), path=written)}", highlight=False)


@app.command()
def chain(
    drawing: Annotated[
        Drawing, typer.Option("--format", help="Mermaid text, or a picture with its text inside.")
    ] = Drawing.MERMAID,
    out: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    lang: LangOption = Language.NL,
) -> None:
    """Draw the chain as it is declared: who waits for whom, who lives where, and by which routes people pass on."""
    from ketenraming.chain.dutch import dutch
    from ketenraming.evidence.library import load
    from ketenraming.reports.diagram import mermaid, svg

    drawn = (svg if drawing is Drawing.SVG else mermaid)(dutch(), load(), _lang(lang))
    if out:
        _write_drawing(drawn, out)
    else:
        sys.stdout.write(drawn)


def _write_drawing(drawn: str, out: Path) -> None:
    from ketenraming.base.whole import write_whole

    try:
        write_whole(drawn, out)
    except OSError as error:
        raise KetenramingError(
            f"The drawing cannot be written to {out}: {error.strerror or error}. Choose another file with --out."
        ) from error


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help="baseline, a scenario, a file, several joined by +, or begroting-2026-xx.")],
    b: Annotated[str, typer.Argument(help="The same; what is shown is how much more B is than A.")],
    year: Annotated[str | None, typer.Option(help="Only this year.")] = None,
    line: Annotated[str | None, typer.Option(help="Only this line or heading, such as 37.4/zbo/coa.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Write a chart of one year to this .svg or .html file.")] = None,
    draws: DrawsOption = 1000,
    seed: SeedOption = 7,
    sheet: Annotated[Sheet, typer.Option("--format", help="What to print.")] = Sheet.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Compare two estimates: what B costs more than A by line and year, and why."""
    from ketenraming.evidence.library import load
    from ketenraming.scenarios.compare import compare as compare_two

    found = compare_two(load(), a, b, draws, seed)
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    if plot:
        from ketenraming.reports.waterfall import write_plot

        write_plot(found, plot, _lang(lang), line, year)
    _print_comparison(found, sheet, _lang(lang), year, line, plot)


def _print_comparison(
    found: Any, sheet: Sheet, lang: "Lang", year: str | None, line: str | None, plot: Path | None
) -> None:
    from rich.console import Console

    from ketenraming.reports.as_json import comparison_as_json
    from ketenraming.reports.compared import comparison_as_csv
    from ketenraming.reports.compared_terminal import print_comparison
    from ketenraming.reports.words import say

    match sheet:
        case Sheet.JSON:
            _print_json(comparison_as_json(found, year, line))
        case Sheet.CSV:
            sys.stdout.write(comparison_as_csv(found, year, line))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_comparison(found, console, lang, year, line)
            if plot:
                console.print(f"\n{say(found.library, 'compare_plotted', lang, path=plot)}", highlight=False)


@app.command()
def sensitivity(
    line: Annotated[str, typer.Option(help="A line or heading, such as 37.4/zbo/coa.")] = "37",
    year: Annotated[str, typer.Option(help="A year of the article; the first that is not funded, unless given.")] = "",
    draws: DrawsOption = 1000,
    seed: SeedOption = 7,
    salary: Annotated[float | None, typer.Option(help="Of one decision officer, in euros a year.")] = None,
    decisions: Annotated[float | None, typer.Option("--decisions-per-officer", help="Asylum cases a month.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Write the tornado to this .svg (or Vega-Lite .json) file.")] = None,
    sheet: Annotated[Sheet, typer.Option("--format", help="What to print.")] = Sheet.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Say what needed depends on: what one more does, each number at its ends, and what explains the uncertainty."""
    from ketenraming.evidence.library import load
    from ketenraming.scenarios.sensitivity.officer import officer
    from ketenraming.scenarios.sensitivity.tornado import sensitivity as look

    if (salary is None) != (decisions is None):
        raise KetenramingError("An officer has a salary and decisions: give both --salary and --decisions-per-officer.")
    found = look(load(), line, year, draws, seed)
    one = None
    if salary is not None and decisions is not None:
        one = officer(found.base, salary, decisions, found.question.year)
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    if plot:
        from ketenraming.reports.tornado import write_plot

        write_plot(found, plot, _lang(lang))
    _print_sensitivity(found, one, sheet, _lang(lang), plot)


def _print_sensitivity(found: Any, one: Any, sheet: Sheet, lang: "Lang", plot: Path | None) -> None:
    from rich.console import Console

    from ketenraming.reports.sensitive_files import sensitivity_as_csv, sensitivity_as_json
    from ketenraming.reports.sensitive_terminal import print_sensitivity
    from ketenraming.reports.words import say

    match sheet:
        case Sheet.JSON:
            _print_json(sensitivity_as_json(found, one))
        case Sheet.CSV:
            sys.stdout.write(sensitivity_as_csv(found))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_sensitivity(found, console, lang, one)
            if plot:
                console.print(f"\n{say(found.library, 'sensitive_plotted', lang, path=plot)}", highlight=False)


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

        write_plot(loaded, line, plot, _lang(lang), year)
    match sheet:
        case Sheet.JSON:
            _print_json(vintages_as_json(loaded, line, year))
        case Sheet.CSV:
            sys.stdout.write(vintages_as_csv(loaded, line, year))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_vintages(loaded, line, year, console, _lang(lang))
            if plot:
                console.print(f"\n{say(loaded, 'vintages_plotted', _lang(lang), path=plot)}", highlight=False)


@app.command()
def forecast(
    series: Annotated[
        str, typer.Argument(help="A monthly series of the library, or nareis.", show_default=True)
    ] = "asylum_applications_inflow",
    file: Annotated[
        Path | None, typer.Option("--series", help="A CSV of your own with columns period and value, by month.")
    ] = None,
    months: Annotated[int, typer.Option(min=1, max=120, help="How many months ahead.")] = 24,
    known_on: Annotated[str, typer.Option(help="Only what was published by this day, such as 2024-09-17.")] = "",
    way: Annotated[str, typer.Option(help="By which way; the default one of decision 0012, unless given.")] = "",
    score: Annotated[bool, typer.Option("--score", help="Hold every way against the past; takes a while.")] = False,
    peers: Annotated[bool, typer.Option("--peers", help="Also AutoARIMA, theta, CES and ETS (extra; slow).")] = False,
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
    of = ahead.subject_of_file(file, peers) if file else ahead.subject(library, series, peers)
    day = _day(known_on)
    found = ahead.forecast(of, day, ahead.Ask(months, draws, seed, way))
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    if plot:
        from ketenraming.reports.forecast_chart import write_plot

        write_plot(found, library, plot, _lang(lang))
    scores = _scored(of, day) if score else None
    _print_forecast(found, scores, library, sheet, _lang(lang), plot)


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
            _print_json(forecast_as_json(found, library, scores))
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
    """Forecast as on the eve of each draft budget since 2015, and score it beside the official figure and rules."""
    from rich.console import Console

    from ketenraming.reports.backtest import backtest_as_csv, backtest_as_json, print_backtest
    from ketenraming.reports.words import say

    found = _backtested(draws, seed)
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    if plot:
        from ketenraming.reports.backtest_chart import write_plot

        write_plot(found, plot, _lang(lang))
    match sheet:
        case Sheet.JSON:
            _print_json(backtest_as_json(found))
        case Sheet.CSV:
            sys.stdout.write(backtest_as_csv(found))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_backtest(found, console, _lang(lang))
            if plot:
                console.print(f"\n{say(found.library, 'backtest_plotted', _lang(lang), path=plot)}", highlight=False)


def _backtested(draws: int, seed: int) -> Any:
    from rich.console import Console
    from rich.progress import Progress

    from ketenraming.evidence.library import load
    from ketenraming.scenarios.backtest import backtest as forecast_again

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("…", total=None)
        return forecast_again(load(), draws, seed, lambda done, many: progress.update(task, completed=done, total=many))


@app.command()
def library(
    folder: Annotated[
        Path | None, typer.Argument(help="A library folder. Without it: the one that is shipped.")
    ] = None,
    shape: ShapeOption = Shape.TABLE,
) -> None:
    """Load a library and count what is in it; every mistake is listed with its file and line."""
    from ketenraming.evidence.library import load

    loaded = load(folder)
    counts = {
        "sources": len(loaded.sources),
        "parameters": len(loaded.parameters),
        "values": sum(len(parameter.values) for parameter in loaded.parameters.values()),
        "variables": len(loaded.variables),
        "addresses": len(loaded.budget.nodes),
        "figures": sum(len(figures) for figures in loaded.editions.values()),
        "findings": len(loaded.findings),
        "series": len(loaded.series),
        "observations": sum(len(series.observations) for series in loaded.series.values()),
        "forecasts": len(loaded.forecasts),
    }
    if shape is Shape.JSON:
        _print_json({"ok": True, "schema": "ketenraming/library/1", "digest": loaded.digest, **counts})
    else:
        print("\n".join(f"{count:6d} {name}" for name, count in counts.items()))


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("ketenraming"))
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """From people to euros."""


def _wants_json(arguments: list[str]) -> bool:
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return any(a == "--format=json" or (a == "--format" and b == "json") for a, b in pairs)


def main() -> None:
    """Run the command line; a refusal is one sentence (or one JSON document) and exit status 2."""
    try:
        app()
    except KetenramingError as error:
        if _wants_json(sys.argv):
            _print_json({"ok": False, "error": str(error), "code": error.code, "status": REFUSED})
        else:
            sys.stderr.write(f"ketenraming: {error}\n")
        raise SystemExit(REFUSED) from None
    except BrokenPipeError:
        # A reader such as `head` went away; not our failure, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
