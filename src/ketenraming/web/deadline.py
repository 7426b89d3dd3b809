"""Is a decision late, and what penalty has run up: the rules on dates that a reader fills in; nothing of a person."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ketenraming.base.errors import CaseInvalid, KetenramingError
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.refused import refused
from ketenraming.reports.rules import confirmed_text, not_advice, numbered, step_text
from ketenraming.reports.rules_penalty import all_steps, penalties_in_words, readings_in_words, route_in_words
from ketenraming.reports.rules_term import verdict
from ketenraming.reports.words import say
from ketenraming.rules.bestuurlijk import Notice
from ketenraming.rules.case import Case, View, day_of, protection_of
from ketenraming.rules.dwangsom import Judgment, Said, judgments_of
from ketenraming.rules.penalties import told_of
from ketenraming.rules.products import PRODUCTS, Extension, product_of
from ketenraming.web.site import Site, path_of

Given = Mapping[str, str]
DAYS = ("started", "until", "decided", "notice", "judgment")  # beside the day of receipt, which is needed
MORE_DAYS = ("moratorium", "protected_from", "protected_until")
NUMBERS = {"weeks": ("0", "1"), "day_price": ("0.01", "0.01"), "cap": ("0.01", "0.01"), "applicants": ("1", "1")}


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("deadline", lang), lambda request: _late(site, request, lang)


def _late(site: Site, request: Request, lang: Lang) -> Response:
    given = {name: value[:40] for name, value in request.query_params.items() if value}
    told, wrong = dict[str, Any](), ""
    if "received" in given:
        try:
            told = _told(site, given, lang)
        except KetenramingError as error:
            wrong = refused(error, site.library, lang)
    products = [(name, site.words(lang)(f"product_{name}")) for name in PRODUCTS]
    words = {"given": given, "days": DAYS, "told": told, "wrong": wrong, "products": products, "more_days": MORE_DAYS,
             "numbers": NUMBERS, "more": not given.keys().isdisjoint((*MORE_DAYS, *NUMBERS))}  # fmt: skip
    status = 422 if wrong else 200
    return site.page(request, lang, "deadline", status, **words, made_by=made_by(site.library, lang))


def _told(site: Site, given: Given, lang: Lang) -> dict[str, Any]:
    """What the rules say: the verdict, other readings, penalties, the way to a court, and every step with its law."""
    library = site.library
    found = told_of(library.parameters, _case(given), View(_day(given, "on") or date.today()), *_asked(given))
    term, way = found.term.value, found.way
    steps = all_steps(found.term, found.penalties)
    in_words = [step_text(step, library, lang) for step in steps]
    return {
        "verdict": verdict(term, library, lang),
        "readings": readings_in_words(found, library, lang),
        "penalties": penalties_in_words(found.penalties, library, lang),
        "way": route_in_words(way.value, library, lang) if way else "",
        "steps": in_words,
        "reasons": numbered(in_words),
        "confirmed": confirmed_text(steps, library, lang),
        "bill": say(library, "rules_bill", lang),
        "advice": not_advice(library, lang),
    }


def _asked(given: Given) -> tuple[Notice | None, list[Judgment]]:
    """The notice of a form and its judgment, where there are such."""
    notice, judged = _day(given, "notice"), _day(given, "judgment")
    weeks, price, cap = _number(given, "weeks"), _number(given, "day_price"), _number(given, "cap")
    said = Said(
        weeks=[] if weeks is None else [_whole(weeks, "weeks")],
        heard=["heard" in given] if judged else [],
        day_prices=[] if price is None else [price],
        caps=[] if cap is None else [cap],
    )
    applicants = _number(given, "applicants")
    count = 1 if applicants is None else _whole(applicants, "applicants")
    return Notice(notice, count) if notice else None, judgments_of([judged] if judged else [], said)


def _case(given: Given) -> Case:
    """The case of a form; raises CaseInvalid where a day is none."""
    received = _day(given, "received")
    assert received
    days = {name: _day(given, name) for name in ("started", "until", "moratorium", "decided")}
    extended = frozenset(one for one in Extension if one.value in given)
    product = product_of(given.get("product", "asiel")).name
    ends = (_day(given, "protected_from"), _day(given, "protected_until"))
    return Case(product, received, extended=extended, protection=protection_of(received, ends), **days)


def _number(given: Given, name: str) -> float | None:
    """A number of a form, if it was filled in, with a comma or a point; raises CaseInvalid for what is none."""
    if name not in given:
        return None
    try:
        return float(given[name].replace(",", "."))
    except ValueError as error:
        raise CaseInvalid("{name} is {text!r}, which is no number. Correct it.", name=name, text=given[name]) from error


def _whole(number: float, name: str) -> int:
    if not number.is_integer():
        raise CaseInvalid("{name} is {number}, which is no whole number. Correct it.", name=name, number=number)
    return int(number)


def _day(given: Given, name: str) -> date | None:
    """A day of a form, if it was filled in; raises CaseInvalid for what is none."""
    return day_of(given[name], name) if name in given else None
