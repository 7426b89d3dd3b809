"""The command line: parse, call, print."""

import os
import sys
from typing import Annotated

import typer

from ketenraming.base.errors import KetenramingError
from ketenraming.cli import estimate, export, gemeente, known, naturalisatie, past, placement, rules, update, web
from ketenraming.cli.shared import app, ask_no_lang, asked_lang, print_json

__all__ = [
    "app", "estimate", "export", "gemeente", "known", "main", "naturalisatie", "past", "placement", "rules", "update",
    "web",
]  # fmt: skip

REFUSED = 2  # the exit status of a refusal


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


def _said(error: KetenramingError) -> str:
    """A refusal in the language that was asked for; in English where no command asks, or no library can be read."""
    if (lang := asked_lang()) in {None, "en"}:
        return str(error)
    from ketenraming.evidence.library import load
    from ketenraming.reports.refused import refused

    try:
        return refused(error, load(), lang or "en")
    except KetenramingError:
        return str(error)


def main() -> None:
    """Run the command line; a refusal is one sentence (or one JSON document) and exit status 2."""
    ask_no_lang()
    try:
        app()
    except KetenramingError as error:
        if _wants_json(sys.argv):
            print_json({"ok": False, "error": str(error), "code": error.code, "status": REFUSED})
        else:
            sys.stderr.write(f"ketenraming: {_said(error)}\n")
        raise SystemExit(REFUSED) from None
    except BrokenPipeError:
        # A reader such as `head` went away; not our failure, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
