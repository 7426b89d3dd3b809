"""
What a rule says of itself: the norms it reads, the steps it takes, the law of each, and what was not confirmed.

A result is an `Outcome`: a value and the steps that led to it. A step has the key of a message (`rule_…` in the
catalogue) and the words that fill it, so that it can be said in two languages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeVar

from ketenraming.base.errors import CaseInvalid, ParameterNotFound
from ketenraming.evidence.parameter import DatedValue, Parameter

Value = TypeVar("Value")
Parameters = Mapping[str, Parameter]
_ARTICLE = re.compile(r"artikel (?P<article>[\w.:]+)(?:, lid (?P<paragraph>\w+))?")


@dataclass(frozen=True, slots=True)
class Law:
    """Where something stands: a source of the library (a law by its BWB id), and where in it."""

    source: str
    where: str

    @property
    def bwb_id(self) -> str:
        """The BWB id of a Dutch law; empty for what is none."""
        return self.source if self.source.startswith("BWBR") else ""

    @property
    def article(self) -> str:
        """The number of the article; empty where none is cited."""
        return self._part("article")

    @property
    def paragraph(self) -> str:
        """The number of the paragraph; empty where the whole article is cited."""
        return self._part("paragraph")

    def _part(self, name: str) -> str:
        found = _ARTICLE.match(self.where)
        return (found[name] or "") if found else ""


@dataclass(frozen=True, slots=True)
class Norm:
    """A value of a law on a day: how much in which unit, where it stands, and whether a source confirms it."""

    name: str
    value: float | date
    unit: str
    law: Law
    confirmed: bool
    note: str = ""
    note_nl: str = ""

    @property
    def number(self) -> float:
        """The value as a number; raises ParameterNotFound when it is a day."""
        if isinstance(self.value, date):
            raise ParameterNotFound("{name} holds days, not numbers. Read it with `day`.", name=self.name)
        return self.value

    @property
    def count(self) -> int:
        """The value as a whole number."""
        return int(self.number)

    @property
    def day(self) -> date:
        """The value as a day; raises ParameterNotFound when it is a number."""
        if not isinstance(self.value, date):
            raise ParameterNotFound("{name} holds numbers, not days. Read it with `number`.", name=self.name)
        return self.value

    def step(self, key: str, **words: object) -> "Step":
        """A step that rests on this norm; `amount` and `unit` are among its words."""
        told = {"amount": self.value, "unit": self.unit, **words}
        return Step(key, told, self.law, self.confirmed, self.note, self.note_nl)


@dataclass(frozen=True, slots=True)
class Step:
    """
    One step of a rule: what was done, by which law, and whether that was confirmed.

    Why it was not says `note`, where a norm of the library has it, or else `why`: the key of a message (`why_…`), which
    the words of the step fill.
    """

    key: str
    words: Mapping[str, object] = field(default_factory=dict)
    law: Law | None = None
    confirmed: bool = True
    note: str = ""
    note_nl: str = ""
    why: str = ""

    def doubted(self, why: str) -> "Step":
        """The same, not confirmed for a reason of the rule itself, beside that of its norm where it has one."""
        if self.confirmed:
            return replace(self, confirmed=False, note="", note_nl="", why=why)
        return replace(self, why=why)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Value]):
    """What came of a rule, and the steps that led there."""

    value: Value
    steps: tuple[Step, ...]

    @property
    def confirmed(self) -> bool:
        """Whether a source confirms every step."""
        return all(step.confirmed for step in self.steps)

    @property
    def unconfirmed(self) -> tuple[Step, ...]:
        """The steps that do not."""
        return tuple(step for step in self.steps if not step.confirmed)

    def explain(self) -> tuple[Step, ...]:
        """The steps, in the order in which they were taken."""
        return self.steps


def norm_on(parameters: Parameters, name: str, day: date, known_on: date = date.max) -> Norm:
    """
    The norm in force on a day, in what was published by another.

    Raises CaseInvalid for a day before its first, and ParameterNotFound where there is none.
    """
    if name not in parameters:
        raise ParameterNotFound("There is no parameter {name!r}. Add it to library/parameters.", name=name)
    if day < (first := min(value.from_ for value in parameters[name].values)):
        told = {"first": first, "day": day}
        raise CaseInvalid("The law that was read begins on {first}, after {day}. Give a later day.", **told)
    return _norm(parameters[name], parameters[name].on(day, known_on))


def norm_if_any(parameters: Parameters, names: Iterable[str], day: date) -> Norm | None:
    """The norm in force on a day, of the first of these that has one; None where none has."""
    for name in names:
        if any(value.holds_on(day) for value in parameters[name].values):
            return norm_on(parameters, name, day)
    return None


def _norm(parameter: Parameter, value: DatedValue) -> Norm:
    law = Law(value.source.id, value.source.where)
    return Norm(parameter.id, value.value, parameter.unit, law, value.is_sure, value.note, value.note_nl)
