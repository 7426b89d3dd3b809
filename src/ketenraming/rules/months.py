"""The terms of the law in whole months, by month of application: what a queue of people is told (`Queue.term`)."""

from collections.abc import Mapping
from datetime import date

from ketenraming.base.period import add_months
from ketenraming.rules.calendar import Span, span_of
from ketenraming.rules.case import Case, View
from ketenraming.rules.explain import Parameters, norm_on
from ketenraming.rules.products import PRODUCTS
from ketenraming.rules.terms import decision_term, law_begins

DAYS = 365.25 / 12  # in a month
MIDDLE = 15  # the day of a month that stands for it
Due = int | tuple[tuple[int, int], ...]
Terms = Mapping[str, Due]

# Which application a queue of the Dutch chain is of. Visas of the queue `visum` are of several kinds, so not here.
QUEUES = {
    "asielbesluit": "asiel",
    "asielbesluit_elders": "asiel",
    "nareis": "nareis",
    "regulier": "regulier",
    "toelating": "mvv",
    "naturalisatie": "naturalisatie",
}
HOUSING_NORMS = ("norm_koppeling", "norm_huisvesting", "norm_verhuizing")


def terms_by_month(
    parameters: Parameters, first: date, months: range, seen_on: date = date.max, known_on: date = date.max
) -> Terms:
    """
    The terms by queue: months, or pairs of the first month of application and the months from then on.

    Month 0 is the one of `first`; `months` are those to look at, from before it where queues begin with people in
    them. A term holds extensions of all applications and none of a single one. `huisvesting` has the norm of fourteen
    weeks, which is no law.
    """
    view = View(seen_on, known_on)
    terms: dict[str, int | tuple[tuple[int, int], ...]] = {}
    for queue, product in QUEUES.items():
        begins = law_begins(parameters, PRODUCTS[product])  # older applications are given its first term
        days = [(month, max(begins, add_months(first, month).replace(day=MIDDLE))) for month in months]
        terms[queue] = _pairs([(month, _months(parameters, Case(product, day), view)) for month, day in days])
    weeks = (norm_on(parameters, name, first) for name in HOUSING_NORMS)  # older than the page they were read on
    terms["huisvesting"] = _whole(sum((span_of(norm.number, norm.unit) for norm in weeks), Span()))
    return terms


def _months(parameters: Parameters, case: Case, view: View) -> int:
    return _whole(decision_term(parameters, case, view).value.span)


def _whole(span: Span) -> int:
    """A length in whole months, the nearest."""
    return span.months + round(span.days / DAYS)


def _pairs(by_month: list[tuple[int, int]]) -> int | tuple[tuple[int, int], ...]:
    """One number where all months have it; else each month with which another number begins."""
    pairs = [pair for i, pair in enumerate(by_month) if i == 0 or pair[1] != by_month[i - 1][1]]
    return pairs[0][1] if len(pairs) == 1 else tuple(pairs)
