"""What a late case costs under each rule: the penalty by law, those of courts, and the way to a court."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ketenraming.rules.bestuurlijk import AdministrativePenalty, Notice, administrative_penalty
from ketenraming.rules.calendar import Span, span_of
from ketenraming.rules.case import Case, Term, View, refuse_before
from ketenraming.rules.dwangsom import HEARD, CourtPenalty, Judgment, court_penalty
from ketenraming.rules.explain import Outcome, Parameters, Step, norm_on
from ketenraming.rules.products import product_of
from ketenraming.rules.terms import decision_term, other_readings


@dataclass(frozen=True, slots=True)
class Penalties:
    """The penalty by law and those by judgment; together from the lower maxima to the higher."""

    administrative: Outcome[AdministrativePenalty]
    court: tuple[Outcome[CourtPenalty], ...]

    @property
    def euros(self) -> tuple[float, float]:
        """All together: with the lower, and with the higher maximum of each judgment."""
        low, high = (sum(each.value.euros[i] for each in self.court) for i in (0, 1))
        return self.administrative.value.euros + low, self.administrative.value.euros + high

    @property
    def confirmed(self) -> bool:
        """Whether a source confirms every step of every penalty."""
        return self.administrative.confirmed and all(each.confirmed for each in self.court)


@dataclass(frozen=True, slots=True)
class Route:
    """
    The days on the way to a court, when each step is taken at once and the court takes its whole time.

    `penalty_from` are the first days that cost after a judgment without a hearing: with the shortest and with the
    longest term that the rule knows.
    """

    appeal_from: date
    judgment_by: date
    judgment_by_hearing: date
    penalty_from: tuple[date, date]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a case: its term, its penalties, the way to a court, and both as they can be read otherwise."""

    term: Outcome[Term]
    penalties: Penalties
    way: Outcome[Route] | None
    others: Mapping[str, tuple[Outcome[Term], Penalties]]


def told_of(
    parameters: Parameters, case: Case, view: View, notice: Notice | None, judgments: Sequence[Judgment] = ()
) -> Told:
    """All that the rules say of a case; raises CaseInvalid where it cannot be."""
    term = decision_term(parameters, case, view)
    others = {
        how: (read, penalties(parameters, read.value, notice, judgments))
        for how, read in other_readings(parameters, case, view).items()
    }
    found = penalties(parameters, term.value, notice, judgments)
    return Told(term, found, court_route(parameters, term.value, notice, judgments), others)


def penalties(
    parameters: Parameters, term: Term, notice: Notice | None, judgments: Sequence[Judgment] = ()
) -> Penalties:
    """
    What has run up on the day on which the term is seen; each judgment lets its own penalty run.

    Raises CaseInvalid for a notice or a judgment of before the application.
    """
    _after_receipt(term, notice, judgments)
    decided = _decided(term)
    until = decided or term.seen_on
    court = (_early(term, court_penalty(parameters, term.product, each, until)) for each in judgments)
    by_law = administrative_penalty(parameters, term.product, term.deadline, notice, (decided, term.seen_on))
    return Penalties(by_law, tuple(court))


def _decided(term: Term) -> date | None:
    """The day of the decision, once it has come."""
    return term.decided if term.decided and term.decided <= term.seen_on else None


def _after_receipt(term: Term, notice: Notice | None, judgments: Sequence[Judgment]) -> None:
    days = [("notice", notice.received)] if notice else []
    for other, then in (*days, *(("judgment", each.day) for each in judgments)):
        refuse_before(("received", term.received), (other, then))


def _early(term: Term, told: Outcome[CourtPenalty]) -> Outcome[CourtPenalty]:
    """With a warning where the judgment came before the term had ended, when no decision was late."""
    if (judged := told.value.judgment.day) > term.deadline:
        return told
    warning = Step("judgment_early", {"day": judged, "until": term.deadline}).doubted("judgment_early")
    return Outcome(told.value, (warning, *told.steps))


def court_route(
    parameters: Parameters, term: Term, notice: Notice | None, judgments: Sequence[Judgment] = ()
) -> Outcome[Route] | None:
    """
    When an appeal may come, a judgment must, and a penalty of the court could begin.

    None where there is no way to go: without a notice, after one that came before the term had ended, which a court
    does not take, and once there is a judgment or a decision.
    """
    if notice is None or notice.received <= term.deadline or judgments or _decided(term):
        return None
    product, deadline = term.product, term.deadline
    start = max(deadline, notice.received)
    wait = norm_on(parameters, "dwangsom_ingebrekestelling", start)
    judged = norm_on(parameters, "dwangsom_rechter_uitspraak", start)
    heard = norm_on(parameters, "dwangsom_rechter_uitspraak_zitting", start)
    names = tuple(HEARD.values()) if product_of(product).asylum else ("dwangsom_rechter_term",)
    terms = [norm_on(parameters, name, start) for name in names]
    day_after = Span(days=1)
    appeal = (span_of(wait.number, wait.unit) + day_after).after(start)
    judgment, late = (span_of(norm.number, norm.unit).after(appeal) for norm in (judged, heard))
    begins = sorted((span_of(norm.number, norm.unit) + day_after).after(judgment) for norm in terms)
    steps = [wait.step("appeal", day=appeal), judged.step("judgment", until=judgment),
             heard.step("judgment_hearing", until=late),
             *(norm.step("court_term", day=judgment, until=span_of(norm.number, norm.unit).after(judgment))
               for norm in terms)]  # fmt: skip
    return Outcome(Route(appeal, judgment, late, (begins[0], begins[-1])), tuple(steps))
