"""Penalties for readers: on a terminal and as JSON."""

from typing import Any

from rich.console import Console
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, day, in_unit
from ketenraming.reports.rules import notice_as_json, quantity, steps_as_json
from ketenraming.reports.rules_term import case_as_json, outcome_as_json, print_close, print_verdict, steps_table
from ketenraming.reports.words import say
from ketenraming.rules.bestuurlijk import AdministrativePenalty
from ketenraming.rules.case import Case, Term
from ketenraming.rules.dwangsom import CourtPenalty
from ketenraming.rules.explain import Outcome, Step
from ketenraming.rules.penalties import Penalties, Route

Way = Outcome[Route] | None


def print_penalties(
    term: Outcome[Term], told: Penalties, way: Way, library: Library, console: Console, lang: Lang
) -> None:
    """Whether the case is late, what has run up under each rule, together, and the steps."""
    product = say(library, f"product_{term.value.product}", lang)
    console.print(Text(say(library, "rules_penalty_title", lang, product=product), style="bold"))
    print_verdict(term.value, library, console, lang)
    for title, sentences in penalties_in_words(told, library, lang):
        console.print(f"\n[bold]{title}[/bold]", highlight=False)
        for sentence in sentences:
            console.print(f"  {sentence}", highlight=False)
    steps = all_steps(term, told)
    if way:
        console.print(f"\n[bold]{say(library, 'rules_route', lang)}[/bold]", highlight=False)
        console.print(f"  {_route(way.value, library, lang)}", highlight=False)
    console.print()
    console.print(steps_table(steps, library, lang))
    print_close(steps, library, console, lang)


def all_steps(term: Outcome[Term], told: Penalties) -> tuple[Step, ...]:
    """The steps of the term and of every penalty."""
    return term.steps + told.administrative.steps + tuple(step for each in told.court for step in each.steps)


def penalties_in_words(told: Penalties, library: Library, lang: Lang) -> list[tuple[str, list[str]]]:
    """What has run up under each rule and together: a heading, and its sentences."""
    by_law = (say(library, "rules_administrative", lang), _administrative(told.administrative.value, library, lang))
    courts = [
        (say(library, "rules_court", lang, day=day(each.value.judgment.day, lang)), [_court(each.value, library, lang)])
        for each in told.court
    ]
    low, high = told.euros
    total = _between("rules_total", low, high, library, lang)
    return [by_law, *courts, (say(library, "rules_total", lang), [total])]


def _administrative(penalty: AdministrativePenalty, library: Library, lang: Lang) -> list[str]:
    words = {"days": quantity(penalty.days, "day", library, lang), "euros": in_unit(penalty.euros, "EUR", lang)}
    if penalty.first_day:
        words["first"] = day(penalty.first_day, lang)
    told = [say(library, f"rules_penalty_{penalty.state}", lang, **words)]
    if penalty.if_a_day_later != penalty.euros:
        later = in_unit(penalty.if_a_day_later, "EUR", lang)
        told.append(say(library, "rules_penalty_day_later", lang, euros=later))
    return told


def _court(penalty: CourtPenalty, library: Library, lang: Lang) -> str:
    until, days = day(penalty.term_end, lang), quantity(penalty.days, "day", library, lang)
    if penalty.excluded:
        return say(library, "rules_court_none", lang)
    if not penalty.days:
        return say(library, "rules_court_waiting", lang, until=until)
    return _between("rules_court", *penalty.euros, library, lang, days=days, until=until)


def _between(key: str, low: float, high: float, library: Library, lang: Lang, **words: str) -> str:
    """One amount, or from one to the other."""
    ends = {"low": in_unit(low, "EUR", lang), "high": in_unit(high, "EUR", lang)}
    return say(library, f"{key}_{'one' if low == high else 'two'}", lang, **ends, **words)


def _route(way: Route, library: Library, lang: Lang) -> str:
    days = {"appeal": way.appeal_from, "judgment": way.judgment_by, "hearing": way.judgment_by_hearing}
    first, last = (day(each, lang) for each in way.penalty_from)
    told = {name: day(each, lang) for name, each in days.items()}
    return say(library, f"rules_route_{'one' if first == last else 'two'}", lang, first=first, last=last, **told)


def penalties_as_json(case: Case, term: Outcome[Term], told: Penalties, way: Way, library: Library) -> dict[str, Any]:
    """What has run up, as one document."""
    low, high = told.euros
    return {
        "ok": True,
        "schema": "ketenraming/dwangsom/1",
        "case": case_as_json(case),
        "term": outcome_as_json(term, library),
        "administrative": _administrative_as_json(told.administrative, library),
        "court": [_court_as_json(each, library) for each in told.court],
        "route": _route_as_json(way, library) if way else None,
        "euros_low": low,
        "euros_high": high,
        "confirmed": term.confirmed and told.confirmed,
        **notice_as_json(library),
    }


def _administrative_as_json(told: Outcome[AdministrativePenalty], library: Library) -> dict[str, Any]:
    penalty = told.value
    return {
        "state": penalty.state,
        "first_day": penalty.first_day.isoformat() if penalty.first_day else None,
        "days": penalty.days,
        "euros": penalty.euros,
        "euros_each": penalty.each,
        "euros_if_a_day_later": penalty.if_a_day_later,
        "fixed_by": penalty.fixed_by.isoformat() if penalty.fixed_by else None,
        "confirmed": told.confirmed,
        "steps": steps_as_json(told, library),
    }


def _court_as_json(told: Outcome[CourtPenalty], library: Library) -> dict[str, Any]:
    penalty = told.value
    return {
        "judgment": penalty.judgment.day.isoformat(),
        "excluded": penalty.excluded,
        "term_end": penalty.term_end.isoformat(),
        "first_day": penalty.first_day.isoformat(),
        "days": penalty.days,
        "euros_low": penalty.euros[0],
        "euros_high": penalty.euros[1],
        "confirmed": told.confirmed,
        "steps": steps_as_json(told, library),
    }


def _route_as_json(told: Outcome[Route], library: Library) -> dict[str, Any]:
    way = told.value
    return {
        "appeal_from": way.appeal_from.isoformat(),
        "judgment_by": way.judgment_by.isoformat(),
        "judgment_by_hearing": way.judgment_by_hearing.isoformat(),
        "penalty_from": [each.isoformat() for each in way.penalty_from],
        "confirmed": told.confirmed,
        "steps": steps_as_json(told, library),
    }
