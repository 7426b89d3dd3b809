"""A request for naturalisation for readers: on a terminal and as JSON."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, day
from ketenraming.reports.rules import law_text, notice_as_json, steps_as_json
from ketenraming.reports.rules_term import outcome_as_json, print_close, print_steps, print_verdict
from ketenraming.reports.words import say
from ketenraming.rules.explain import Outcome, Step
from ketenraming.rules.naturalisatie import Answer, Condition, all_met

VERDICTS = {True: "nat_all_met", False: "nat_one_missed", None: "nat_some_open"}
ANSWERS = {True: "nat_yes", False: "nat_no", None: "nat_unanswered"}


def print_answer(told: Answer, library: Library, console: Console, lang: Lang) -> None:
    """Whether the conditions are met, each with its article, then days, fee and term with the steps behind them."""
    received = day(told.request.received, lang)
    console.print(Text(say(library, "nat_title", lang, day=received), style="bold"))
    console.print(Text(say(library, VERDICTS[all_met(told.conditions.value)], lang)))
    console.print(_conditions(told, library, lang))
    if told.term:
        print_verdict(told.term.value, library, console, lang)
    else:
        console.print(Text(say(library, "nat_term_from_payment", lang)))
    steps = tuple(_steps(told))
    print_steps(steps, library, console, lang)
    print_close((*told.conditions.steps, *steps), library, console, lang)


def _conditions(told: Answer, library: Library, lang: Lang) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for key in ("nat_condition", "nat_answer", "rules_law"):
        table.add_column(say(library, key, lang))
    for each in told.conditions.value:
        answer = say(library, _answer(each), lang)
        table.add_row(say(library, f"condition_{each.name}", lang), answer, law_text(each.law, library, lang))
    return table


def _answer(of: Condition) -> str:
    return "nat_exception" if of.waived else ANSWERS[of.met]


def _outcomes(told: Answer) -> Iterator[Outcome[Any]]:
    yield from (told.residence, told.pay_by, told.fee)
    yield from (each for each in (told.indexed, told.term) if each)


def _steps(told: Answer) -> Iterator[Step]:
    for each in _outcomes(told):
        yield from each.steps


def answer_as_json(told: Answer, library: Library) -> dict[str, Any]:
    """A request as one document."""
    asked = told.request
    return {
        "ok": True,
        "schema": "ketenraming/naturalisatie/1",
        "request": {
            "received": asked.received.isoformat(),
            "residence": asked.which,
            "fee": asked.fee,
            "paid": asked.paid.isoformat() if asked.paid else None,
        },
        "all_met": all_met(told.conditions.value),
        "conditions": [_condition(each, library) for each in told.conditions.value],
        "residence_years": {"years": told.residence.value, **_told(told.residence, library)},
        "pay_by": {"day": told.pay_by.value.isoformat(), **_told(told.pay_by, library)},
        "fee": {"euros": told.fee.value, **_told(told.fee, library)},
        "indexed_fee": {"euros": told.indexed.value, **_told(told.indexed, library)} if told.indexed else None,
        "term": outcome_as_json(told.term, library) if told.term else None,
        **notice_as_json(library),
    }


def _condition(of: Condition, library: Library) -> dict[str, Any]:
    words = library.messages[f"condition_{of.name}"]
    named = {"name": of.name, "text_nl": words["nl"], "text_en": words["en"]}
    return {**named, "met": of.met, "waived": of.waived, "law": law_text(of.law, library, "nl")}


def _told(of: Outcome[Any], library: Library) -> dict[str, Any]:
    return {"confirmed": of.confirmed, "steps": steps_as_json(of, library)}
