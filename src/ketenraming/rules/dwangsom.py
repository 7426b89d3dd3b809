"""
The penalty that a court lets run on a late decision (Awb, BWBR0005537, articles 8:55b to 8:55d).

For many cases by months late, as the chain counts them, and for one case to the day. Both rest on `days_that_cost`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ketenraming.base.errors import CaseInvalid
from ketenraming.evidence.parameter import Parameter
from ketenraming.rules.calendar import span_of
from ketenraming.rules.explain import Norm, Outcome, Parameters, Step, norm_on
from ketenraming.rules.products import product_of

Given = TypeVar("Given")
DAYS = 365.25 / 12  # in a month
MONTHS_LATE = 60
MOST_WEEKS = 520
CAPS = ("dwangsom_low_cap", "dwangsom_high_cap")
HEARD = {True: "dwangsom_rechter_term_gehoord", False: "dwangsom_rechter_term_niet_gehoord"}


def days_that_cost(days: ArrayLike, day_price: float, cap: float) -> NDArray[np.float64]:
    """Of so many days past the term of a court, those for which a penalty runs: none below nought, no more than fit."""
    return np.minimum(np.clip(np.asarray(days, dtype=np.float64), 0, None), cap / day_price)


@dataclass(frozen=True, slots=True)
class CourtRule:
    """
    Euros a day from so many months late, up to one of two maxima, each as often.

    The months until then are notice and two weeks, a judgment in eight weeks, and a term of eight to sixteen weeks.
    """

    day_price: float
    from_month: float
    caps: tuple[float, float]

    @property
    def days_by_months_late(self) -> NDArray[np.float64]:
        """Days for which one overdue case that went to court runs up a penalty in its first, second, … month late."""
        late = np.arange(MONTHS_LATE + 1, dtype=np.float64)
        days = np.clip(late - self.from_month, 0, None) * DAYS
        return np.diff(np.mean([days_that_cost(days, self.day_price, cap) for cap in self.caps], axis=0))

    @property
    def by_months_late(self) -> NDArray[np.float64]:
        """Euros that one overdue case that went to court runs up in its first, second, … month late."""
        return self.day_price * self.days_by_months_late


def court_rule(parameters: Mapping[str, Parameter], day: date, known_on: date = date.max) -> CourtRule:
    """The rule on a day, from its parameters; raises ParameterNotFound where one is not in force."""
    price, first, low, high = (
        parameters[f"dwangsom_{name}"].number_on(day, known_on)
        for name in ("day_price", "from_month", "low_cap", "high_cap")
    )
    return CourtRule(price, first, (low, high))


@dataclass(frozen=True, slots=True)
class Judgment:
    """
    A judgment on a late decision: its day, and what it says where that is known.

    Without `weeks` the term is that of the rule, for asylum by whether the applicant was `heard`; without `day_price`
    or `cap` they are those seen in judgments, of which there are two maxima.
    """

    day: date
    weeks: int | None = None
    heard: bool = False
    day_price: float | None = None
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What judgments say beside their day, each in their order: nothing, one for all of them, or one for each."""

    weeks: Sequence[int] = ()
    heard: Sequence[bool] = ()
    day_prices: Sequence[float] = ()
    caps: Sequence[float] = ()


def judgments_of(days: Sequence[date], said: Said) -> list[Judgment]:
    """The judgments of some days; raises CaseInvalid where what they say does not fit their number."""
    weeks = _for_each(days, "weeks", said.weeks)
    prices, caps = _for_each(days, "day-price", said.day_prices), _for_each(days, "cap", said.caps)
    heard = _for_each(days, "heard", said.heard) if days else []
    return [
        Judgment(day, term, bool(was_heard), price, cap)
        for day, term, was_heard, price, cap in zip(days, weeks, heard, prices, caps, strict=True)
    ]


def _for_each(days: Sequence[date], name: str, given: Sequence[Given]) -> list[Given | None]:
    """One for each day, of what was given for all or for each."""
    if given and not days:
        raise CaseInvalid("--{name} is of a judgment. Give its day with --judgment.", name=name)
    if len(given) not in {0, 1, len(days)}:
        told = {"name": name, "given": len(given), "count": len(days)}
        raise CaseInvalid(
            "--{name} is given {given} times, and --judgment {count}. Give it once, or once for each --judgment.",
            **told,
        )
    return list(given) if len(given) == len(days) else [given[0] if given else None] * len(days)


@dataclass(frozen=True, slots=True)
class CourtPenalty:
    """
    What a judgment lets run up: the last day of its term, days past it, and euros at the lower and higher maximum.

    `excluded` says that a law kept the court from imposing a penalty.
    """

    judgment: Judgment
    term_end: date
    days: int
    euros: tuple[float, float]
    excluded: bool = False

    @property
    def first_day(self) -> date:
        """The first day that costs."""
        return self.term_end + timedelta(days=1)


def court_penalty(parameters: Parameters, product: str, judgment: Judgment, until: date) -> Outcome[CourtPenalty]:
    """
    What has run up by a judgment until a day: the decision, or the day one looks.

    Every day past the term counts, the last one too. The Algemene termijnenwet does not hold for a term of a court.
    """
    steps = [_allowed(parameters, product, judgment)]
    term = _term(parameters, product, judgment)
    price, caps = _price(parameters, product, judgment), _caps(parameters, product, judgment)
    term_end = span_of(*term[0]).after(judgment.day)
    days, excluded = max(0, (until - term_end).days), steps[0].key == "court_excluded"
    euros = [0.0 if excluded else float(price[0] * days_that_cost(days, price[0], cap)) for cap, _ in caps]
    steps += [_with(term[1], until=term_end), price[1], *(step for _, step in caps)]
    steps.append(
        Step("court_days", {"amount": days, "unit": "day", "day": term_end + timedelta(days=1), "until": until})
    )
    low, high = round(min(euros), 2), round(max(euros), 2)
    return Outcome(CourtPenalty(judgment, term_end, days, (low, high), excluded), tuple(steps))


def _with(step: Step, **words: object) -> Step:
    return Step(step.key, {**step.words, **words}, step.law, step.confirmed, step.note)


def _allowed(parameters: Parameters, product: str, judgment: Judgment) -> Step:
    """Whether a court may impose a penalty; for what is not asylum no law ever excluded it."""
    if not product_of(product).asylum:
        return norm_on(parameters, "dwangsom_rechter_term", judgment.day).step("court_allowed")
    norm = norm_on(parameters, "dwangsom_rechter_asiel", judgment.day)
    return norm.step("court_allowed" if norm.number else "court_excluded")


def _term(parameters: Parameters, product: str, judgment: Judgment) -> tuple[tuple[float, str], Step]:
    """The term that the court set, or that of the rule: amount and unit, and the step that says so."""
    if judgment.weeks is not None:
        if not 0 <= judgment.weeks <= MOST_WEEKS:
            told = {"weeks": judgment.weeks, "most": MOST_WEEKS}
            raise CaseInvalid("A court does not set a term of {weeks} weeks. Give 0 to {most}.", **told)
        given = Step("court_term_given", {"amount": judgment.weeks, "unit": "week", "day": judgment.day})
        return (judgment.weeks, "week"), given
    name = HEARD[judgment.heard] if product_of(product).asylum else "dwangsom_rechter_term"
    norm = norm_on(parameters, _in_force(parameters, name, judgment.day), judgment.day)
    return (norm.number, norm.unit), norm.step("court_term", day=judgment.day)


def _in_force(parameters: Parameters, name: str, day: date) -> str:
    """The rule of a name, or the main rule where that one did not hold yet."""
    return name if any(value.holds_on(day) for value in parameters[name].values) else "dwangsom_rechter_term"


def _price(parameters: Parameters, product: str, judgment: Judgment) -> tuple[float, Step]:
    """Euros a day, as given or as seen in judgments."""
    if judgment.day_price is None:
        norm = norm_on(parameters, "dwangsom_day_price", judgment.day)
        return norm.number, _as_seen(norm.step("court_price"), product)
    if not 0 < judgment.day_price < inf:
        raise CaseInvalid("A penalty of {price} euro a day is none. Give more than nought.", price=judgment.day_price)
    return judgment.day_price, Step("court_price_given", {"amount": judgment.day_price, "unit": "EUR/day"})


def _as_seen(step: Step, product: str) -> Step:
    """An amount of other judgments, which are all on asylum: that of the judgment at hand is not known."""
    return step.doubted("seen_elsewhere" if product_of(product).asylum else "seen_in_asylum")


def _caps(parameters: Parameters, product: str, judgment: Judgment) -> list[tuple[float, Step]]:
    """The maximum that was given, or both that are seen in judgments."""
    if judgment.cap is not None:
        if not 0 < judgment.cap < inf:
            raise CaseInvalid("A maximum of {cap} euro is none. Give more than nought.", cap=judgment.cap)
        return [(judgment.cap, Step("court_cap_given", {"amount": judgment.cap, "unit": "EUR"}))]
    norms: list[Norm] = [norm_on(parameters, name, judgment.day) for name in CAPS]
    return [(norm.number, _as_seen(norm.step("court_cap"), product)) for norm in norms]
