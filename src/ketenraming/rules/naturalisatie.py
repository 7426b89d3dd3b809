"""
Naturalisation: its conditions as a list to go through, its fees and how they are indexed.

Conditions are those of the Rijkswet op het Nederlanderschap (BWBR0003738) in the states of 2009 and 2015; later changes
were not seen, and every result says so. The term of a decision is in `terms`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.explain import Law, Norm, Outcome, Parameters, Step, norm_on
from ketenraming.rules.rounding import Exact, exact, half_away

RWN, FEES = "BWBR0003738", "BWBR0013782"
NOT_SEEN = "Later changes of the act were not seen."


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
WAIVED = {"gives_up_nationality": Law(RWN, "artikel 9, lid 3")}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: whether it is met, or None where that was not said; `waived` where an exception holds."""

    name: str
    law: Law
    met: bool | None
    waived: bool = False


def residence_years(parameters: Parameters, which: Residence, day: date) -> Outcome[int]:
    """The years that a request of this kind asks for; nought for who was Dutch before."""
    if which is Residence.FORMER:
        law = Law(RWN, "artikel 8, lid 2")
        return Outcome(0, (Step("nat_former", law=law, confirmed=False, note=NOT_SEEN),))
    norm = norm_on(parameters, TERMS[which], day)
    return Outcome(norm.count, (_old(norm, f"nat_{which}"),))


def _old(norm: Norm, key: str) -> Step:
    """A step on an act of which only old states were read."""
    step = norm.step(key)
    return Step(step.key, step.words, step.law, confirmed=False, note=NOT_SEEN)


def checklist(
    answers: Mapping[str, bool | None], waived: frozenset[str] = frozenset()
) -> Outcome[tuple[Condition, ...]]:
    """
    The conditions with the answers that were given, and what is still to be answered.

    `waived` are conditions for which an exception of the act holds. Raises CaseInvalid for a name that is none.
    """
    if unknown := sorted((set(answers) - set(CONDITIONS)) | (waived - set(WAIVED))):
        raise CaseInvalid(f"{', '.join(unknown)} is no such condition. They are {', '.join(CONDITIONS)}.")
    found = tuple(
        Condition(name, WAIVED[name] if name in waived else law, answers.get(name), name in waived)
        for name, law in CONDITIONS.items()
    )
    steps = tuple(Step(_told(each), {"condition": each.name}, each.law, False, NOT_SEEN) for each in found)
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


def indexed_fee(amount: int, index_before: Exact, index_now: Exact) -> Outcome[int]:
    """
    A fee of the next year: by the rise of the index of collective wages from September to September.

    The percentage is rounded to a tenth, the amount to whole euros, a half up (BWBR0013782, article 9).
    """
    before, now = exact(index_before), exact(index_now)
    if before <= 0:
        raise CaseInvalid(f"An index of {index_before} has no percentage. Give one above nought.")
    tenths = half_away((now / before - 1) * 1000)
    fee_now = half_away(amount * (1 + Fraction(tenths, 1000)))
    words = {"amount": fee_now, "unit": "EUR", "percent": tenths / 10}
    return Outcome(fee_now, (Step("fee_indexed", words, Law(FEES, "artikel 9")),))
