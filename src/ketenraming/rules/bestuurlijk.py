"""The penalty that an authority owes by law on a late decision (Awb, BWBR0005537, articles 4:17 and 4:18)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.calendar import span_of
from ketenraming.rules.explain import Law, Outcome, Parameters, Step, norm_on
from ketenraming.rules.products import product_of

PARTS = ("dwangsom_bestuur_price_1", "dwangsom_bestuur_price_2", "dwangsom_bestuur_price_3")
AWB = "BWBR0005537"
ONE_DAY = timedelta(days=1)


class PenaltyState(StrEnum):
    """How a penalty stands on a day."""

    EXCLUDED = "excluded"  # by a law
    NO_NOTICE = "no_notice"
    WAITING = "waiting"  # the two weeks have not passed
    RUNNING = "running"
    MAXIMUM = "maximum"
    STOPPED = "stopped"  # by the decision


@dataclass(frozen=True, slots=True)
class Notice:
    """A written notice of default: when the authority received it, and how many applied together."""

    received: date
    applicants: int = 1


@dataclass(frozen=True, slots=True)
class AdministrativePenalty:
    """
    What has run up: the first day, days that count, euros for all applicants together and for `each`, how it stands.

    `if_a_day_later` are the euros where the first day is read as the day after; `fixed_by` is the day by which the
    authority fixes the amount, once no day can be added.
    """

    state: PenaltyState
    first_day: date | None = None
    days: int = 0
    euros: float = 0.0
    each: float = 0.0
    if_a_day_later: float = 0.0
    fixed_by: date | None = None
    applicants: int = 1


def administrative_euros(parameters: Parameters, days: int, day: date) -> float:
    """Euros for so many days, in three parts of a rising amount, and no more than the most days."""
    length = norm_on(parameters, "dwangsom_bestuur_part_days", day).count
    most = norm_on(parameters, "dwangsom_bestuur_max_days", day).count
    days = min(max(days, 0), most)
    euros = 0.0
    for i, name in enumerate(PARTS):
        in_part = days - i * length if name == PARTS[-1] else min(days - i * length, length)
        euros += norm_on(parameters, name, day).number * max(0, in_part)
    return euros


def administrative_penalty(
    parameters: Parameters, product: str, deadline: date, notice: Notice | None, until: tuple[date | None, date]
) -> Outcome[AdministrativePenalty]:
    """
    What has run up after a deadline and a notice; `until` are the decision, or None, and the day one looks.

    A day counts when no decision was taken before or on it. Raises CaseInvalid for fewer than one applicant.
    """
    if notice is None:
        return Outcome(
            AdministrativePenalty(PenaltyState.NO_NOTICE), (Step("no_notice", law=Law(AWB, "artikel 4:17, lid 3")),)
        )
    if notice.applicants < 1:
        raise CaseInvalid("{count} applicants is none. Give one or more.", count=notice.applicants)
    allowed, early = _allowed(parameters, product, notice), _early(deadline, notice)
    if allowed.key == "penalty_excluded":
        return Outcome(AdministrativePenalty(PenaltyState.EXCLUDED), (*early, allowed))
    steps, first_day = _first_day(parameters, deadline, notice)
    decided, seen_on = until
    end = min(decided or seen_on + ONE_DAY, seen_on + ONE_DAY)  # the first day that does not count
    penalty, more = _run_up(parameters, first_day, end, notice, is_decided=decided is not None and decided <= seen_on)
    return Outcome(penalty, (*early, allowed, *steps, *more))


def _allowed(parameters: Parameters, product: str, notice: Notice) -> Step:
    """Whether the law lets a penalty run, by the day of the notice."""
    name = "dwangsom_bestuur_asiel" if product_of(product).asylum else "dwangsom_bestuur_overig"
    norm = norm_on(parameters, name, notice.received)
    return norm.step("penalty_allowed" if norm.number else "penalty_excluded")


def _first_day(parameters: Parameters, deadline: date, notice: Notice) -> tuple[list[Step], date]:
    """The first day that counts, two weeks after the later of the end of the term and the notice."""
    start = max(deadline, notice.received)
    weeks = norm_on(parameters, "dwangsom_ingebrekestelling", start)
    shift = norm_on(parameters, "dwangsom_bestuur_first_day", start)
    first_day = span_of(weeks.number, weeks.unit).after(start) + timedelta(days=shift.count)
    return [weeks.step("grace", start=start), shift.step("first_day", day=first_day)], first_day


def _early(deadline: date, notice: Notice) -> tuple[Step, ...]:
    """That a notice came before the term had ended: courts dismiss an appeal on it, while the article counts on."""
    if notice.received > deadline:
        return ()
    words = {"day": notice.received, "until": deadline}
    return (Step("premature", words, Law(AWB, "artikel 4:17, lid 3")).doubted("premature"),)


def _run_up(
    parameters: Parameters, first_day: date, end: date, notice: Notice, *, is_decided: bool
) -> tuple[AdministrativePenalty, list[Step]]:
    """Days, euros and state from the first day to the first that does not count."""
    most = norm_on(parameters, "dwangsom_bestuur_max_days", first_day)
    passed = max(0, (end - first_day).days)
    days = min(passed, most.count)
    euros, later = (administrative_euros(parameters, min(n, most.count), first_day) for n in (passed, passed - 1))
    state = _state(passed, most.count, is_decided=is_decided)
    fixed_by, steps = None, [_priced(parameters, first_day, days, euros)]
    if state in {PenaltyState.MAXIMUM, PenaltyState.STOPPED} and days:
        weeks = norm_on(parameters, "dwangsom_bestuur_fixed", first_day)
        fixed_by = span_of(weeks.number, weeks.unit).after(first_day + timedelta(days=days - 1))
        steps.append(weeks.step("fixed_by", until=fixed_by))
    if notice.applicants > 1:
        steps.append(Step("shared", {"amount": notice.applicants, "unit": "person"}, Law(AWB, "artikel 4:17, lid 7")))
    steps.append(Step("no_penalty_if", law=Law(AWB, "artikel 4:17, lid 6")))
    each = round(euros / notice.applicants, 2)
    return AdministrativePenalty(state, first_day, days, euros, each, later, fixed_by, notice.applicants), steps


def _priced(parameters: Parameters, day: date, days: int, euros: float) -> Step:
    """The step from days to euros, with what a day costs in each part."""
    prices = [norm_on(parameters, name, day) for name in PARTS]
    words = {f"price_{i}": norm.number for i, norm in enumerate(prices, 1)}
    most = norm_on(parameters, "dwangsom_bestuur_max_days", day)
    return prices[0].step("priced", **words, days=days, euros=euros, most=most.count)


def _state(passed: int, most: int, *, is_decided: bool) -> PenaltyState:
    if passed >= most:
        return PenaltyState.MAXIMUM
    if is_decided:
        return PenaltyState.STOPPED
    return PenaltyState.RUNNING if passed else PenaltyState.WAITING
