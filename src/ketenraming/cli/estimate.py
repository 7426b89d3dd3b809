"""The estimate: made, traced, verified, compared, and what it depends on."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ketenraming.base.errors import KetenramingError
from ketenraming.cli.shared import (
    FOUND_ERRORS,
    DrawsOption,
    LangOption,
    Language,
    ScenarioOption,
    SeedOption,
    Shape,
    ShapeOption,
    Sheet,
    app,
    print_json,
    words,
)

if TYPE_CHECKING:
    from ketenraming.reports.numbers import Lang


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
        print_json(run_as_json(result))
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    print_run(result, console, words(lang))
    for key, path in written.items():
        console.print(f"\n{say(result.library, key, words(lang), path=path)}", highlight=False)


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
            return write_report(result, covered, out, words(lang))
        except OSError as error:
            raise KetenramingError(
                f"The report cannot be written to {out}: {error.strerror or error}. Choose another folder with --out."
            ) from error


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
        print_json(trace_as_json(row, result))
    else:
        print_trace(row, result, Console(width=None if sys.stdout.isatty() else 200), words(lang))


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
        print_json(verified_as_json(verified))
    else:
        print_verified(verified, library, Console(width=None if sys.stdout.isatty() else 120), words(lang))
    if not verified.is_same:
        raise typer.Exit(FOUND_ERRORS)


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help="baseline, a scenario, a file, several joined by +, or a budget document.")],
    b: Annotated[str, typer.Argument(help="The same; what is shown is how much more B is than A.")],
    year: Annotated[str | None, typer.Option(help="Only this year.")] = None,
    line: Annotated[str | None, typer.Option(help="Only this line or heading, such as 37.4/zbo/coa.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Write a chart of one year to this .svg or .html file.")] = None,
    draws: DrawsOption = 1000,
    seed: SeedOption = 7,
    sheet: Annotated[Sheet, typer.Option("--format", help="What to print.")] = Sheet.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Compare two estimates or two editions: what B costs or prints more than A by line and year, and why."""
    from ketenraming.evidence.library import load
    from ketenraming.scenarios.compare import compare as compare_two
    from ketenraming.scenarios.editions import asks_for_editions, compare_editions

    library = load()
    if asks_for_editions(library, a, b):
        _print_editions(compare_editions(library, a, b, draws, seed), sheet, words(lang), _year(year), line, plot)
        return
    found = compare_two(library, a, b, draws, seed)
    # The chart first: when it cannot be written, nothing is printed that looks like success.
    if plot:
        from ketenraming.reports.waterfall import write_plot

        write_plot(found, plot, words(lang), line, year)
    _print_comparison(found, sheet, words(lang), year, line, plot)


def _year(text: str | None) -> int | None:
    if text and not text.isdecimal():
        raise KetenramingError(f"{text!r} is no year. Write it as 2027.")
    return int(text) if text else None


def _print_editions(
    found: Any, sheet: Sheet, lang: "Lang", year: int | None, line: str | None, plot: Path | None
) -> None:
    from rich.console import Console

    from ketenraming.reports.editions import editions_as_csv, editions_as_json
    from ketenraming.reports.editions_terminal import print_editions
    from ketenraming.reports.words import say

    if plot:
        from ketenraming.reports.editions_chart import write_plot

        write_plot(found, plot, lang, line, year)
    match sheet:
        case Sheet.JSON:
            print_json(editions_as_json(found, line, year))
        case Sheet.CSV:
            sys.stdout.write(editions_as_csv(found, line, year))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_editions(found, console, lang, line, year)
            if plot:
                console.print(f"\n{say(found.library, 'compare_plotted', lang, path=plot)}", highlight=False)


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
            print_json(comparison_as_json(found, year, line))
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

        write_plot(found, plot, words(lang))
    _print_sensitivity(found, one, sheet, words(lang), plot)


def _print_sensitivity(found: Any, one: Any, sheet: Sheet, lang: "Lang", plot: Path | None) -> None:
    from rich.console import Console

    from ketenraming.reports.sensitive_files import sensitivity_as_csv, sensitivity_as_json
    from ketenraming.reports.sensitive_terminal import print_sensitivity
    from ketenraming.reports.words import say

    match sheet:
        case Sheet.JSON:
            print_json(sensitivity_as_json(found, one))
        case Sheet.CSV:
            sys.stdout.write(sensitivity_as_csv(found))
        case Sheet.TABLE:
            console = Console(width=None if sys.stdout.isatty() else 160)
            print_sensitivity(found, console, lang, one)
            if plot:
                console.print(f"\n{say(found.library, 'sensitive_plotted', lang, path=plot)}", highlight=False)
