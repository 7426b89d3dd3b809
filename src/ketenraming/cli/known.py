"""What is known: a document checked, the chain drawn, the library counted."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ketenraming.base.errors import KetenramingError
from ketenraming.cli.shared import (
    FOUND_ERRORS,
    Drawing,
    LangOption,
    Language,
    Listing,
    Shape,
    ShapeOption,
    app,
    print_json,
    words,
)

if TYPE_CHECKING:
    from ketenraming.reports.numbers import Lang


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
    _print_check(article, findings, coverage(article, findings), listing, words(lang))
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(FOUND_ERRORS)


def _print_check(article: Any, findings: Any, covered: Any, listing: Listing, lang: "Lang") -> None:
    from rich.console import Console

    from ketenraming.reports.as_json import check_as_json
    from ketenraming.reports.listing import check_as_markdown, findings_as_csv
    from ketenraming.reports.terminal import print_check

    match listing:
        case Listing.JSON:
            print_json(check_as_json(article, findings, covered))
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
def chain(
    drawing: Annotated[
        Drawing, typer.Option("--format", help="Mermaid text, or a picture with its text inside.")
    ] = Drawing.MERMAID,
    out: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    lang: LangOption = Language.NL,
) -> None:
    """Draw the chain as it is declared: who waits for whom, who lives where, and by which routes people pass on."""
    from ketenraming.evidence.library import load
    from ketenraming.reports.diagram import mermaid, svg
    from ketenraming.scenarios.run import baseline_of

    loaded = load()
    drawn = (svg if drawing is Drawing.SVG else mermaid)(baseline_of(loaded).chain, loaded, words(lang))
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
        print_json({"ok": True, "schema": "ketenraming/library/1", "digest": loaded.digest, **counts})
    else:
        print("\n".join(f"{count:6d} {name}" for name, count in counts.items()))
