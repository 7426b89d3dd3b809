"""
What the commands have in common: the application, options, and how they print.

In all of them every import that costs time stands inside the command that needs it.
"""

import json
import sys
from contextvars import ContextVar
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ketenraming.reports.numbers import Lang

app = typer.Typer(
    help="From people to euros: check, estimate and explain article 37 of the Dutch budget.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

FOUND_ERRORS = 1  # the exit status of errors in a document, or of another outcome than recorded


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


_asked: "ContextVar[Lang | None]" = ContextVar("asked", default=None)


def _remember(language: Language) -> Language:
    _asked.set(language.value)
    return language


def ask_no_lang() -> None:
    """Forget which language a command was asked to speak before."""
    _asked.set(None)


def asked_lang() -> "Lang | None":
    """The language that the command was asked to speak; None where it has no such option, or was not read as far."""
    return _asked.get()


LangOption = Annotated[
    Language, typer.Option("--lang", callback=_remember, is_eager=True, help="Language of the output.")
]
ShapeOption = Annotated[Shape, typer.Option("--format", help="A table for people, or one JSON document.")]
DrawsOption = Annotated[int, typer.Option(min=1, max=100_000, help="How many times what is uncertain is drawn.")]
ScenarioOption = Annotated[
    list[str] | None,
    typer.Option("--scenario", "-s", help="A scenario by its id, or a file; give it again to stack another upon it."),
]
SeedOption = Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")]


def words(language: Language) -> "Lang":
    """The language of the words that are printed."""
    return language.value


def print_json(document: dict[str, Any]) -> None:
    """Print one JSON document, and nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
