"""A term for readers: on a terminal and as JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, day
from ketenraming.reports.rules import (
    StepText,
    confirmed_text,
    not_advice,
    notice_as_json,
    numbered,
    quantity,
    step_text,
    steps_as_json,
)
from ketenraming.reports.words import say
from ketenraming.rules.case import Case, Regime, Term, TermState
from ketenraming.rules.explain import Outcome, Step

Readings = Mapping[str, Outcome[Term]]
BAD = {TermState.OVERDUE, TermState.LATE}


def print_term(told: Outcome[Term], others: Readings, library: Library, console: Console, lang: Lang) -> None:
    """Whether it is late and since when, the steps that led there, and how else it can be read."""
    product = say(library, f"product_{told.value.product}", lang)
    console.print(Text(say(library, "rules_term_title", lang, product=product), style="bold"))
    print_verdict(told.value, library, console, lang)
    print_steps(told.steps, library, console, lang)
    if others:
        console.print(Text(say(library, "rules_otherwise", lang), style="bold"))
    for how, other in others.items():
        console.print(f"  {reading(how, other.value, library, lang)}", highlight=False)
    print_close(told.steps, library, console, lang)


def print_verdict(term: Term, library: Library, console: Console, lang: Lang) -> None:
    """How a term stands, in one sentence."""
    console.print(Text(verdict(term, library, lang), style="red" if term.state in BAD else "green"))


def verdict(term: Term, library: Library, lang: Lang) -> str:
    """How a term stands, in one sentence."""
    days = {"deadline": term.deadline, "since": term.late_since, "seen": term.seen_on, "decided": term.decided}
    told = {name: day(each, lang) for name, each in days.items() if each}
    late = quantity(term.days_late, "day", library, lang)
    return say(library, f"rules_term_{term.state}", lang, days=late, **told)


def reading(how: str, term: Term, library: Library, lang: Lang) -> str:
    """How else a term can be read, in one sentence."""
    regime = say(library, f"rules_regime_{term.regime or Regime.OLD}", lang)
    return say(library, f"rules_reading_{how}", lang, deadline=day(term.deadline, lang), regime=regime)


def print_steps(steps: tuple[Step, ...], library: Library, console: Console, lang: Lang) -> None:
    """The steps, and below them why some are not confirmed."""
    told = [step_text(step, library, lang) for step in steps]
    reasons = numbered(told)
    console.print(_steps_table(told, reasons, library, lang))
    for why, number in reasons.items():
        console.print(Text(f"  {number}  {why}", style="yellow"))


def _steps_table(steps: list[StepText], reasons: Mapping[str, int], library: Library, lang: Lang) -> Table:
    """The steps, where each stands, and a mark on those that were not confirmed, with the number of the reason."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for key in ("rules_step", "rules_law"):
        table.add_column(say(library, key, lang))
    table.add_column("", style="yellow")
    unconfirmed = say(library, "rules_unconfirmed", lang)
    for each in steps:
        mark = f"{unconfirmed} {reasons.get(each.why, '')}".strip()
        table.add_row(each.text, each.law, "" if each.confirmed else mark)
    return table


def print_close(steps: tuple[Step, ...], library: Library, console: Console, lang: Lang) -> None:
    """What was not confirmed, and that this is no advice."""
    for text in (confirmed_text(steps, library, lang), not_advice(library, lang)):
        console.print(Text(text, style="dim"))


def term_as_json(case: Case, told: Outcome[Term], others: Readings, library: Library) -> dict[str, Any]:
    """A term as one document."""
    return {
        "ok": True,
        "schema": "ketenraming/termijn/1",
        "case": case_as_json(case),
        **outcome_as_json(told, library),
        "readings": {how: outcome_as_json(other, library) for how, other in others.items()},
        **notice_as_json(library),
    }


def case_as_json(case: Case) -> dict[str, Any]:
    """The dates that were given."""
    days = {name: _iso(getattr(case, name)) for name in ("received", "started", "until", "moratorium", "decided")}
    protection = [each.isoformat() for each in case.protection or ()]
    return {"product": case.product, **days, "extended": sorted(case.extended), "protection": protection}


def outcome_as_json(told: Outcome[Term], library: Library) -> dict[str, Any]:
    """Under which law, the last day, how it stands, and the steps."""
    term = told.value
    return {
        "regime": term.regime or "",
        "deadline": term.deadline.isoformat(),
        "late_since": term.late_since.isoformat(),
        "seen_on": term.seen_on.isoformat(),
        "state": term.state,
        "days_late": term.days_late,
        "length": {"months": term.span.months, "days": term.span.days, "workdays": term.span.workdays},
        "confirmed": told.confirmed,
        "steps": steps_as_json(told, library),
    }


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
