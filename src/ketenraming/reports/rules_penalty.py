"""Penalties for readers: on a terminal and as JSON."""

from typing import Any

from rich.console import Console
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, day
from ketenraming.reports.rules import euros, notice_as_json, quantity, steps_as_json
from ketenraming.reports.rules_term import (
    case_as_json,
    outcome_as_json,
    print_close,
    print_steps,
    print_verdict,
    reading,
)
from ketenraming.reports.words import say
from ketenraming.rules.bestuurlijk import AdministrativePenalty
from ketenraming.rules.case import Case, Term
from ketenraming.rules.dwangsom import CourtPenalty
from ketenraming.rules.explain import Outcome, Step
from ketenraming.rules.penalties import Penalties, Route, Told

Way = Outcome[Route] | None


def print_penalties(all_told: Told, library: Library, console: Console, lang: Lang) -> None:
    """Whether the case is late, what has run up under each rule, together, how else it is read, and the steps."""
    term, told, way = all_told.term, all_told.penalties, all_told.way
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
        console.print(f"  {route_in_words(way.value, library, lang)}", highlight=False)
    if all_told.others:
        console.print(f"\n[bold]{say(library, 'rules_otherwise', lang)}[/bold]", highlight=False)
        for text in readings_in_words(all_told, library, lang):
            console.print(f"  {text}", highlight=False)
    console.print()
    print_steps(steps, library, console, lang)
    console.print(Text(say(library, "rules_bill", lang), style="dim"))
    print_close(steps, library, console, lang)


def readings_in_words(told: Told, library: Library, lang: Lang) -> list[str]:
    """How else a case is read: the last day, and what has run up then."""
    return [
        f"{reading(how, term.value, library, lang)}; {_total('rules_reading_total', found, library, lang)}"
        for how, (term, found) in told.others.items()
    ]


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
    total = _total("rules_total", told, library, lang)
    return [by_law, *courts, (say(library, "rules_total", lang), [total])]


def _total(key: str, told: Penalties, library: Library, lang: Lang) -> str:
    return _between(key, *told.euros, library, lang)


def _administrative(penalty: AdministrativePenalty, library: Library, lang: Lang) -> list[str]:
    words = {"days": quantity(penalty.days, "day", library, lang), "euros": euros(penalty.euros, lang)}
    if penalty.first_day:
        words["first"] = day(penalty.first_day, lang)
    told = [say(library, f"rules_penalty_{penalty.state}", lang, **words)]
    if penalty.if_a_day_later != penalty.euros:
        later = euros(penalty.if_a_day_later, lang)
        told.append(say(library, "rules_penalty_day_later", lang, euros=later))
    if penalty.applicants > 1 and penalty.euros:
        each, count = euros(penalty.each, lang), str(penalty.applicants)
        told.append(say(library, "rules_penalty_each", lang, euros=each, count=count))
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
    ends = {"low": euros(low, lang), "high": euros(high, lang)}
    return say(library, f"{key}_{'one' if low == high else 'two'}", lang, **ends, **words)


def route_in_words(way: Route, library: Library, lang: Lang) -> str:
    """The days on the way to a court, in one sentence."""
    days = {"appeal": way.appeal_from, "judgment": way.judgment_by, "hearing": way.judgment_by_hearing}
    first, last = (day(each, lang) for each in way.penalty_from)
    told = {name: day(each, lang) for name, each in days.items()}
    return say(library, f"rules_route_{'one' if first == last else 'two'}", lang, first=first, last=last, **told)


def penalties_as_json(case: Case, all_told: Told, library: Library) -> dict[str, Any]:
    """What has run up, as one document."""
    term, told, way = all_told.term, all_told.penalties, all_told.way
    low, high = told.euros
    return {
        "ok": True,
        "schema": "ketenraming/dwangsom/1",
        "case": case_as_json(case),
        "term": outcome_as_json(term, library),
        "administrative": _administrative_as_json(told.administrative, library),
        "court": [_court_as_json(each, library) for each in told.court],
        "route": _route_as_json(way, library) if way else None,
        "readings": {how: _reading_as_json(*each, library) for how, each in all_told.others.items()},
        "euros_low": low,
        "euros_high": high,
        "confirmed": term.confirmed and told.confirmed,
        "bill_nl": say(library, "rules_bill", "nl"),
        "bill_en": say(library, "rules_bill", "en"),
        **notice_as_json(library),
    }


def _reading_as_json(term: Outcome[Term], told: Penalties, library: Library) -> dict[str, Any]:
    low, high = told.euros
    return {"term": outcome_as_json(term, library), "euros_low": low, "euros_high": high}


def _administrative_as_json(told: Outcome[AdministrativePenalty], library: Library) -> dict[str, Any]:
    penalty = told.value
    return {
        "state": penalty.state,
        "first_day": penalty.first_day.isoformat() if penalty.first_day else None,
        "days": penalty.days,
        "euros": penalty.euros,
        "applicants": penalty.applicants,
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
