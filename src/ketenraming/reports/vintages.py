"""Vintages for readers: how a figure moved from edition to edition to outcome, on a terminal, as JSON and as CSV."""

import csv
import io
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.evidence.vintage import DRAFT, Outcome, Vintage, Vintages
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.words import label, say

STAGES = ("owb", "vb", "1supp", "sbs", "2supp", "jv")  # those that have a level
SCOPE = {"same": "", "wider": "^", "narrower": "_"}
FIELDS = (
    "address", "year", "stage", "edition", "document", "read_in", "known_since", "day_assumed", "euros", "step_euros",
    "scope", "outcome_euros", "outcome_is_proxy", "error_euros", "error_percent", "code", "label", "note",
)  # fmt: skip
Row = tuple[str, ...]


def print_vintages(library: Library, address: str, year: int | None, console: Console, lang: Lang) -> None:
    """How one year moved, or all years by stage, and how to read it."""
    line, vintages = label(library, address, lang), library.vintages
    years = vintages.years(address)
    key = "vintages_title" if year else "vintages_title_years"
    title = say(library, key, lang, line=line, address=address, year=year)
    table = _moves(library, address, year, lang) if year else _years(library, address, years, lang)
    console.print(Text(title, style="bold"))
    console.print(table)
    told = [_about_outcome(library, address, year, lang)] if year else about_years(library, address, lang)
    for text in [*told, say(library, "vintages_legend", lang)]:
        if text:
            console.print(Text(text, style="dim"))


def about_years(library: Library, address: str, lang: Lang) -> list[str]:
    """In how many years the draft was below the outcome, proxies apart, and which years stand elsewhere."""
    counts = below(library.vintages, address)
    own = own_years(library.vintages, address)
    elsewhere = ", ".join(str(year) for year in library.vintages.years(address) if year not in own)
    told = [
        say(library, key, lang, below=low, count=count)
        for key, (low, count) in zip(("vintages_below", "vintages_below_proxy"), counts, strict=True)
        if count
    ]
    return [*told, *([say(library, "vintages_elsewhere", lang, years=elsewhere)] if elsewhere else [])]


def below(vintages: Vintages, address: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """In how many of how many years the draft was below the outcome; and below a proxy, where there is no outcome."""
    found: dict[bool, list[bool]] = {False: [], True: []}
    for year in vintages.years(address):
        draft, outcome = vintages.level(address, year, DRAFT), vintages.outcome(address, year)
        if draft and outcome:
            found[outcome.proxy].append(draft.keur < outcome.vintage.keur)
    real, proxy = found[False], found[True]
    return (sum(real), len(real)), (sum(proxy), len(proxy))


def own_years(vintages: Vintages, address: str) -> list[int]:
    """The years that have a level in their own budget."""
    return [year for year in vintages.years(address) if any(vintages.level(address, year, s) for s in STAGES)]


def edition_name(library: Library, each: Vintage, lang: Lang) -> str:
    """The short name of a stage and the budget year it belongs to."""
    stage = library.vintages.stages[each.stage]
    return f"{stage.short_nl if lang == 'nl' else stage.short_en} {each.edition}"


def _moves(library: Library, address: str, year: int, lang: Lang) -> Table:
    outcome = library.vintages.outcome(address, year)
    table = _table(year_heads(library, address, year, lang), right=range(2, 6 if outcome else 4))
    levels = library.vintages.of(address, year)
    for each, row in zip(levels, year_rows(library, address, year, lang), strict=True):
        table.add_row(*row, style="bold" if outcome and each is outcome.vintage and not outcome.proxy else "")
    return table


def year_heads(library: Library, address: str, year: int, lang: Lang) -> list[str]:
    """The heads of the table of a year; there are errors where there is an outcome."""
    outcome = library.vintages.outcome(address, year)
    error = "vintages_error_proxy" if outcome and outcome.proxy else "vintages_error"
    heads = [say(library, f"vintages_{key}", lang) for key in ("known", "edition", "amount", "moved")]
    return [*heads, *([say(library, error, lang), "%"] if outcome else []), say(library, "vintages_document", lang)]


def year_rows(library: Library, address: str, year: int, lang: Lang) -> list[Row]:
    """How the amount of a year moved from document to document, and how far each was off."""
    levels, outcome = library.vintages.of(address, year), library.vintages.outcome(address, year)
    return [
        _move(library, each, before, outcome, lang) for each, before in zip(levels, (None, *levels[:-1]), strict=True)
    ]


def _move(library: Library, each: Vintage, before: Vintage | None, outcome: Outcome | None, lang: Lang) -> Row:
    day = f"{each.known_since}{'*' if each.assumed else ''}"
    moved = number(each.keur - before.keur, lang) if before else ""
    source = say(library, "vintages_read_in", lang, document=each.document, read_in=each.read_in)
    errors: Row = _errors(each, outcome, lang) if outcome else ()
    return (day, edition_name(library, each, lang), _amount(each, lang), moved, *errors,
            source if each.read_in else each.document)  # fmt: skip


def _errors(each: Vintage, outcome: Outcome, lang: Lang) -> Row:
    if each is outcome.vintage:
        return "", "proxy" if outcome.proxy else ""
    euros, share = outcome.error(each)
    return number(euros, lang), percent(share, lang) if outcome.vintage.keur else ""


def _years(library: Library, address: str, years: Sequence[int], lang: Lang) -> Table:
    vintages = library.vintages
    stages = [s for s in STAGES if any(vintages.level(address, year, s) for year in years)]
    names = [vintages.stages[s].short_nl if lang == "nl" else vintages.stages[s].short_en for s in stages]
    errors = [say(library, key, lang) for key in ("vintages_draft_error", "vintages_draft_proxy")]
    heads = [say(library, "year", lang), *names, *errors]
    table = _table(heads, right=range(1, len(heads)))
    for year in own_years(vintages, address):
        levels = [vintages.level(address, year, stage) for stage in stages]
        cells = [_amount(each, lang) if each else "" for each in levels]
        table.add_row(str(year), *cells, *_draft_errors(vintages, address, year, lang))
    return table


def _draft_errors(vintages: Vintages, address: str, year: int, lang: Lang) -> tuple[str, str]:
    """The error of the draft against the outcome, and apart from it against a proxy."""
    draft, outcome = vintages.level(address, year, DRAFT), vintages.outcome(address, year)
    if draft is None or outcome is None:
        return "", ""
    told = percent(outcome.error(draft)[1], lang) if outcome.vintage.keur else ""
    return ("", told) if outcome.proxy else (told, "")


def _about_outcome(library: Library, address: str, year: int, lang: Lang) -> str:
    outcome = library.vintages.outcome(address, year)
    if outcome is None:
        return say(library, "vintages_no_outcome", lang, year=year)
    return say(library, "vintages_is_proxy", lang, year=year) if outcome.proxy else ""


def _amount(each: Vintage, lang: Lang) -> str:
    return f"{'~' if each.step > 1 else ''}{number(each.keur, lang)}{SCOPE[each.scope]}"


def _table(heads: Sequence[str], right: range) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, head in enumerate(heads):
        table.add_column(head, justify="right" if i in right else "left", no_wrap=True)
    return table


def vintages_as_json(library: Library, address: str, year: int | None = None) -> dict[str, Any]:
    """The levels of one year or of all, each with its error against the outcome; and how often the draft was below."""
    real, proxy = below(library.vintages, address)
    return {
        "ok": True,
        "schema": "ketenraming/vintages/1",
        "version": version("ketenraming"),
        "library": library.digest,
        "address": address,
        "levels": _records(library, address, year),
        "changes": [_printed(each) for each in library.vintages.changes(address, year)],
        "draft_below_outcome": {"below": real[0], "years": real[1]},
        "draft_below_proxy": {"below": proxy[0], "years": proxy[1]},
    }


def vintages_as_csv(library: Library, address: str, year: int | None = None) -> str:
    """The levels of one year or of all, one row each, in euros."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_records(library, address, year))
    return text.getvalue()


def _records(library: Library, address: str, year: int | None) -> list[dict[str, Any]]:
    """The levels of one year or of all; raises NotInLibrary or ObservationNotFound where there is nothing."""
    vintages = library.vintages
    return [
        _record(each, vintages.outcome(address, at))
        for at in ([year] if year else vintages.years(address))
        for each in vintages.of(address, at)
    ]


def _record(each: Vintage, outcome: Outcome | None) -> dict[str, Any]:
    euros, share = outcome.error(each) if outcome and each is not outcome.vintage else (None, None)
    return {
        **_printed(each),
        "outcome_euros": outcome.vintage.euros if outcome else None,
        "outcome_is_proxy": outcome.proxy if outcome else None,
        "error_euros": None if euros is None else 1000 * euros,
        "error_percent": None if share is None or not outcome or not outcome.vintage.keur else round(share, 2),
    }


def _printed(each: Vintage) -> dict[str, Any]:
    since = {"since": each.since} if each.since else {}
    return {
        "address": each.address,
        "year": each.year,
        "stage": each.stage,
        **since,
        "edition": each.edition,
        "document": each.document,
        "read_in": each.read_in or each.document,
        "known_since": each.known_since.isoformat(),
        "day_assumed": each.assumed,
        "euros": each.euros,
        "step_euros": 1000 * each.step,
        "scope": each.scope,
        "code": each.code,
        "label": each.label,
        "note": each.note,
    }
