"""One application as dates, from where it is looked at, and its term; nothing of a person."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.calendar import Span
from ketenraming.rules.products import Extension

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1950, 2100  # beyond them no law of this library holds


class Regime(StrEnum):
    """Which law an application for asylum falls under."""

    OLD = "old"
    PACT = "pact"


class Moratorium(StrEnum):
    """How a moratorium on decisions is read."""

    LONGER = "longer"  # the term is longer by what the decree adds
    PAUSE = "pause"  # the term stands still for as long as it lasted
    NOTHING = "nothing"  # where the term had ended before


class TermState(StrEnum):
    """How a term stands on a day."""

    RUNNING = "running"
    OVERDUE = "overdue"
    IN_TIME = "in_time"  # decided, and not too late
    LATE = "late"  # decided, too late


@dataclass(frozen=True, slots=True)
class Case:
    """
    The dates of one application; nothing of a person.

    `started` is when the term began, if not on receipt: the Netherlands found responsible, a fee paid, a request
    completed. `until` is the day that a notice of extension names. `moratorium` is the day from which a moratorium on
    decisions held for it, `protection` the first and last day of temporary protection.
    """

    product: str
    received: date
    started: date | None = None
    extended: frozenset[Extension] = frozenset()
    until: date | None = None
    moratorium: date | None = None
    protection: tuple[date, date] | None = None
    decided: date | None = None

    @property
    def start(self) -> date:
        """The day after which the term runs."""
        return self.started or self.received


@dataclass(frozen=True, slots=True)
class View:
    """
    From where a case is looked at: on which day, with what was published by which day.

    `regime` reads an asylum case under a law that is not its own; without `blanket` no extension of all counts.
    `moratorium` is how one on decisions is read.
    """

    seen_on: date
    known_on: date = date.max
    regime: Regime | None = None
    blanket: bool = True
    moratorium: Moratorium = Moratorium.LONGER


@dataclass(frozen=True, slots=True)
class Term:
    """A term: of which application, since when it runs, how long, its last day, and how it stands on a day."""

    product: str
    regime: Regime | None
    received: date
    start: date
    span: Span
    deadline: date
    seen_on: date
    decided: date | None = None

    @property
    def late_since(self) -> date:
        """The first day on which a decision is too late."""
        return self.deadline + ONE_DAY

    @property
    def days_late(self) -> int:
        """Days between the last day and the decision, or the day one looks."""
        until = min(self.decided or self.seen_on, self.seen_on)
        return max(0, (until - self.deadline).days)

    @property
    def state(self) -> TermState:
        """How it stands on the day one looks."""
        if self.decided and self.decided <= self.seen_on:
            return TermState.LATE if self.days_late else TermState.IN_TIME
        return TermState.OVERDUE if self.days_late else TermState.RUNNING


def sound(case: Case) -> Case:
    """The case, when its dates follow each other; raises CaseInvalid with the two that do not."""
    pairs = [("received", case.received, "started", case.started), ("started", case.start, "decided", case.decided),
             ("started", case.start, "until", case.until)]  # fmt: skip
    if case.protection:
        pairs.append(("protected_from", case.protection[0], "protected_until", case.protection[1]))
    for one, first, other, then in pairs:
        if then:
            refuse_before((one, first), (other, then))
    return case


def refuse_before(one: tuple[str, date], other: tuple[str, date]) -> None:
    """Raises CaseInvalid where the second of two days, each with its name, is before the first."""
    if other[1] < one[1]:
        told = {"other": other[0], "then": other[1], "one": one[0], "first": one[1]}
        raise CaseInvalid("The day {other} ({then}) is before the day {one} ({first}). Correct one of them.", **told)


def protection_of(received: date, ends: tuple[date | None, date | None]) -> tuple[date, date] | None:
    """The days of temporary protection; from the application on where no first day was given."""
    first, last = ends
    if first and not last:
        raise CaseInvalid("--protected-from needs the last day too. Give it with --protected-until.")
    return (first or min(received, last), last) if last else None


def day_of(text: str, name: str) -> date:
    """A day as somebody wrote it, under the name it was asked by; raises CaseInvalid for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CaseInvalid("{name} {text!r} is no day. Write it as 2024-04-10.", name=name, text=text) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        told = {"name": name, "text": text, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise CaseInvalid("{name} {text!r} is not from {first} to {last}. Correct the year.", **told)
    return day
