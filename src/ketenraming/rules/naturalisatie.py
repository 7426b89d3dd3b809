"""
Naturalisation: its conditions as a list to go through, its fees and how they are indexed.

Conditions are those of the Rijkswet op het Nederlanderschap (BWBR0003738) in the states of 2009 and 2015; later changes
were not seen, and every result says so. The term of a decision is that of `terms`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ketenraming.base.errors import CaseInvalid
from ketenraming.base.period import add_months
from ketenraming.rules.calendar import YEAR, span_of
from ketenraming.rules.case import Case, Term, View
from ketenraming.rules.explain import Law, Outcome, Parameters, Step, norm_if_any, norm_on
from ketenraming.rules.rounding import Exact, exact, half_away
from ketenraming.rules.terms import decision_term

RWN, FEES = "BWBR0003738", "BWBR0013782"
NOT_SEEN = "nat_not_seen"


class Residence(StrEnum):
    """Which term of residence holds for a request."""

    GENERAL = "general"
    PARTNER_OR_STATELESS = "partner_or_stateless"
    TEN_YEARS = "ten_years"  # admitted and resident for ten years in all
    MARRIED = "married"  # to a Dutch national, and living together: no residence, but years of that
    FORMER = "former"  # was Dutch before: no term


TERMS = {
    Residence.GENERAL: "naturalisatie_years",
    Residence.PARTNER_OR_STATELESS: "naturalisatie_partner_years",
    Residence.TEN_YEARS: "naturalisatie_short_years",
    Residence.MARRIED: "naturalisatie_marriage_years",
}

# What is asked, in the order of the act; the last three are grounds to refuse, so they are met by not holding.
CONDITIONS = {
    "adult": Law(RWN, "artikel 8, lid 1, onder a"),
    "no_objection": Law(RWN, "artikel 8, lid 1, onder b"),
    "residence": Law(RWN, "artikel 8, lid 1, onder c"),
    "integrated": Law(RWN, "artikel 8, lid 1, onder d"),
    "declaration": Law(RWN, "artikel 8, lid 1, onder e"),
    "no_danger": Law(RWN, "artikel 9, lid 1, onder a"),
    "gives_up_nationality": Law(RWN, "artikel 9, lid 1, onder b"),
    "fee_paid": Law(FEES, "artikel 6"),
}
FEE_KINDS = (
    "naturalisatie_enkel",
    "naturalisatie_samen",
    "naturalisatie_enkel_verlaagd",
    "naturalisatie_samen_verlaagd",
    "naturalisatie_kind",
    "optie_enkel",
    "optie_samen",
    "optie_kind",
)
WAIVED = {"gives_up_nationality": Law(RWN, "artikel 9, lid 3")}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: whether it is met, or None where that was not said; `waived` where an exception holds."""

    name: str
    law: Law
    met: bool | None
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A request by its days and answers; `fee` is the kind of it, `index` that of wages before and now."""

    received: date
    which: Residence = Residence.GENERAL
    answers: Mapping[str, bool | None] = field(default_factory=dict)
    waived: frozenset[str] = frozenset()
    fee: str = "naturalisatie_enkel"
    paid: date | None = None
    index: tuple[Exact, Exact] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the act and the decree say of a request; `term` is None until it was paid, `indexed` without an index."""

    request: Request
    residence: Outcome[int]
    conditions: Outcome[tuple[Condition, ...]]
    pay_by: Outcome[date]
    fee: Outcome[float]
    indexed: Outcome[int] | None
    term: Outcome[Term] | None


def answered(parameters: Parameters, request: Request, view: View) -> Answer:
    """All of it; raises CaseInvalid for a condition or a fee that there is not, or for days in the wrong order."""
    price = last_fee(parameters, request.fee, request.received)
    indexed = indexed_fee(int(price.value), *request.index) if request.index else None
    case = Case("naturalisatie", request.received, request.paid)
    return Answer(
        request,
        residence_years(parameters, request.which, request.received),
        checklist(request.answers, request.waived),
        pay_by(parameters, request.received),
        price,
        indexed,
        decision_term(parameters, case, view) if request.paid else None,
    )


def residence_years(parameters: Parameters, which: Residence, day: date) -> Outcome[int]:
    """The years that a request of this kind asks for on the day it is made; nought for who was Dutch before."""
    if which is Residence.FORMER:
        law = Law(RWN, "artikel 8, lid 2")
        return Outcome(0, (Step("nat_former", law=law).doubted(NOT_SEEN),))
    norm = norm_on(parameters, TERMS[which], day)
    total = norm_on(parameters, "naturalisatie_total_years", day)
    step = norm.step(f"nat_{which}", day=add_months(day, -norm.count * YEAR), total=total.count)
    return Outcome(norm.count, (step.doubted(NOT_SEEN),))


def pay_by(parameters: Parameters, received: date) -> Outcome[date]:
    """The last day on which the fee is paid in time; after it the request is not dealt with."""
    norm = norm_on(parameters, "naturalisatie_payment", received)
    day = span_of(norm.number, norm.unit).after(received)
    return Outcome(day, (norm.step("nat_payment", day=day),))


def checklist(
    answers: Mapping[str, bool | None], waived: frozenset[str] = frozenset()
) -> Outcome[tuple[Condition, ...]]:
    """
    The conditions with the answers that were given, and what is still to be answered.

    `waived` are conditions for which an exception of the act holds. Raises CaseInvalid for a name that is none.
    """
    if unknown := sorted((set(answers) - set(CONDITIONS)) | (waived - set(WAIVED))):
        told = {"unknown": ", ".join(unknown), "known": ", ".join(CONDITIONS)}
        raise CaseInvalid("{unknown} is no such condition. They are {known}.", **told)
    found = tuple(
        Condition(name, WAIVED[name] if name in waived else law, answers.get(name), name in waived)
        for name, law in CONDITIONS.items()
    )
    steps = tuple(Step(_told(each), {"condition": each.name}, each.law).doubted(NOT_SEEN) for each in found)
    return Outcome(found, steps)


def _told(condition: Condition) -> str:
    if condition.waived:
        return "nat_waived"
    return {True: "nat_met", False: "nat_not_met", None: "nat_open"}[condition.met]


def all_met(conditions: tuple[Condition, ...]) -> bool | None:
    """Whether all are met; None while one is open and none is missed."""
    answers = [True if each.waived else each.met for each in conditions]
    return False if False in answers else None if None in answers else True


def fee(parameters: Parameters, name: str, day: date) -> Outcome[float]:
    """The fee of a request on a day, such as `naturalisatie_enkel`; of many years it was not found."""
    norm = norm_on(parameters, f"leges_{name}_price", day)
    return Outcome(norm.number, (norm.step("fee"),))


def last_fee(parameters: Parameters, name: str, day: date) -> Outcome[float]:
    """The fee on a day, or where it was not found the last one before it, which is not confirmed for that day."""
    if f"leges_{name}_price" not in parameters:
        told = {"name": name[:40], "known": ", ".join(FEE_KINDS)}
        raise CaseInvalid("There is no fee {name!r}. Choose one of {known}.", **told)
    if norm_if_any(parameters, (f"leges_{name}_price",), day):
        return fee(parameters, name, day)
    before = [value for value in parameters[f"leges_{name}_price"].values if value.from_ <= day]
    if not before:
        raise CaseInvalid("No fee of {day} or before was found. Give a later day.", day=day)
    last = max(before, key=lambda value: value.from_)
    norm = norm_on(parameters, f"leges_{name}_price", last.from_)
    step = norm.step("fee_earlier", year=str(last.from_.year))
    return Outcome(norm.number, (step.doubted("fee_earlier"),))


def indexed_fee(amount: int, index_before: Exact, index_now: Exact) -> Outcome[int]:
    """
    A fee of the next year: by the rise of the index of collective wages from September to September.

    The percentage is rounded to a tenth, the amount to whole euros, a half up (BWBR0013782, article 9).
    """
    before, now = exact(index_before), exact(index_now)
    if before <= 0:
        raise CaseInvalid("An index of {index} has no percentage. Give one above nought.", index=index_before)
    tenths = half_away((now / before - 1) * 1000)
    fee_now = half_away(amount * (1 + Fraction(tenths, 1000)))
    words = {"amount": fee_now, "unit": "EUR", "percent": tenths / 10}
    return Outcome(fee_now, (Step("fee_indexed", words, Law(FEES, "artikel 9")),))
