"""The estimate as documents to hand out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketenraming.base.errors import KetenramingError
from ketenraming.cli.shared import DrawsOption, LangOption, Language, ScenarioOption, SeedOption, app, words

if TYPE_CHECKING:
    from ketenraming.reports.export import Rendered
    from ketenraming.reports.numbers import Lang
    from ketenraming.scenarios.run import Run


@app.command()
def export(
    to: Annotated[Path, typer.Option(help="The folder of the documents; it is made where it is not there.")],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="xlsx, ods, csv, csv-excel, datapackage, docx, pdf, article-docx, article-pdf, article-html; "
            "several with commas, or all.",
        ),
    ] = "all",
    draws: DrawsOption = 1000,
    seed: SeedOption = 7,
    scenario: ScenarioOption = None,
    lang: LangOption = Language.NL,
) -> None:
    """Write the estimate as spreadsheets, data, a report, and the article in its house order."""
    from ketenraming.evidence.library import load
    from ketenraming.reports.export import forms_of
    from ketenraming.reports.words import say
    from ketenraming.scenarios.run import run as estimate

    forms = forms_of(form)
    if to.exists() and not to.is_dir():
        raise KetenramingError(f"{to} is a file, not a folder. Choose a folder with --to.")
    result = estimate(load(), draws=draws, seed=seed, scenarios=scenario or ())
    # All of them first: when one cannot be made, none is written.
    made = _render(result, forms, words(lang))
    for path in [_write(one, to) for one in made]:
        print(say(result.library, "export_written", words(lang), path=path))


def _render(result: "Run", forms: Sequence[str], lang: "Lang") -> "list[Rendered]":
    """The documents, with a bar on the terminal while they are made."""
    from rich.console import Console
    from rich.progress import Progress

    from ketenraming.reports.export import render_each

    with Progress(console=Console(stderr=True), transient=True) as progress:
        waiting = render_each(result, forms, lang)
        return list(progress.track(waiting, total=len(forms), description=", ".join(forms)))


def _write(document: "Rendered", to: Path) -> Path:
    from ketenraming.base.whole import write_whole

    path = to / document.name
    try:
        to.mkdir(parents=True, exist_ok=True)
        write_whole(document.data, path)
    except OSError as error:
        raise KetenramingError(
            f"The document cannot be written to {path}: {error.strerror or error}. Choose another folder with --to."
        ) from error
    return path
