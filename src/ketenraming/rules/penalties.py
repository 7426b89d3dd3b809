"""What a late case costs under each rule: the penalty by law, those of courts, and the way to a court."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ketenraming.rules.bestuurlijk import AdministrativePenalty, Notice, administrative_penalty
from ketenraming.rules.calendar import Span, span_of
from ketenraming.rules.case import Term
from ketenraming.rules.dwangsom import HEARD, CourtPenalty, Judgment, court_penalty
from ketenraming.rules.explain import Outcome, Parameters, norm_on
from ketenraming.rules.products import product_of


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


def penalties(
    parameters: Parameters, term: Term, notice: Notice | None, judgments: Sequence[Judgment] = ()
) -> Penalties:
    """What has run up on the day on which the term is seen; each judgment lets its own penalty run."""
    seen_on = term.seen_on
    decided = term.decided if term.decided and term.decided <= seen_on else None
    court = (court_penalty(parameters, term.product, each, decided or seen_on) for each in judgments)
    by_law = administrative_penalty(parameters, term.product, term.deadline, notice, (decided, seen_on))
    return Penalties(by_law, tuple(court))


def court_route(parameters: Parameters, product: str, deadline: date, notice: Notice) -> Outcome[Route]:
    """When an appeal may come, a judgment must, and a penalty of the court could begin."""
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
