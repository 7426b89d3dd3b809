"""Is a decision late, and what penalty has run up: the rules on dates that a reader fills in; nothing of a person."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ketenraming.base.errors import KetenramingError
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.refused import refused
from ketenraming.reports.rules import confirmed_text, not_advice, step_text
from ketenraming.reports.rules_penalty import all_steps, penalties_in_words
from ketenraming.reports.rules_term import reading, verdict
from ketenraming.rules.bestuurlijk import Notice
from ketenraming.rules.case import Case, View, day_of
from ketenraming.rules.dwangsom import Judgment
from ketenraming.rules.penalties import penalties
from ketenraming.rules.products import PRODUCTS, Extension, product_of
from ketenraming.rules.terms import decision_term, other_readings
from ketenraming.web.site import Site, path_of

Given = Mapping[str, str]
DAYS = ("started", "until", "decided", "notice", "judgment")  # beside the day of receipt, which is needed


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
    words = {"given": given, "days": DAYS, "told": told, "wrong": wrong, "products": products}
    status = 422 if wrong else 200
    return site.page(request, lang, "deadline", status, **words, made_by=made_by(site.library, lang))


def _told(site: Site, given: Given, lang: Lang) -> dict[str, Any]:
    """What the rules say: the verdict, other readings, penalties, and every step with its law."""
    library, parameters = site.library, site.library.parameters
    case, view = _case(given), View(_day(given, "on") or date.today())
    term = decision_term(parameters, case, view)
    notice, judged = _day(given, "notice"), _day(given, "judgment")
    judgments = [Judgment(judged, None, "heard" in given, None, None)] if judged else []
    found = penalties(parameters, term.value, Notice(notice, 1) if notice else None, judgments)
    steps = all_steps(term, found)
    others = other_readings(parameters, case, view)
    return {
        "verdict": verdict(term.value, library, lang),
        "readings": [reading(how, other.value, library, lang) for how, other in others.items()],
        "penalties": penalties_in_words(found, library, lang),
        "steps": [step_text(step, library, lang) for step in steps],
        "confirmed": confirmed_text(steps, library, lang),
        "advice": not_advice(library, lang),
    }


def _case(given: Given) -> Case:
    """The case of a form; raises CaseInvalid where a day is none."""
    received = _day(given, "received")
    assert received
    extended = frozenset(one for one in Extension if one.value in given)
    product = product_of(given.get("product", "asiel")).name
    return Case(
        product, received, _day(given, "started"), extended, _day(given, "until"), decided=_day(given, "decided")
    )


def _day(given: Given, name: str) -> date | None:
    """A day of a form, if it was filled in; raises CaseInvalid for what is none."""
    return day_of(given[name], name) if name in given else None
