"""Parameters: values with a unit, days of validity, a day of publication, a status and a source."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Literal

from pydantic import Field, field_validator

from ketenraming.base.errors import ParameterNotFound
from ketenraming.evidence.source import Citation, Strict

Status = Literal["law", "decided", "realisation", "estimate", "assumption", "calibrated"]


class Spread(Strict):
    """
    How uncertain a value is, and who says so.

    `posterior` is drawn together with others, by the rows of `Library.posterior`; its ends hold four draws in five.
    """

    shape: Literal["triangular", "uniform", "normal", "lognormal", "posterior"]
    low: float
    high: float
    by: str
    source: Citation


class DatedValue(Strict):
    """What held from a day to a day (inclusive; open when `until` is missing), and since when that was known."""

    from_: date = Field(alias="from")
    until: date = date.max
    value: float | date
    known_since: date
    status: Status
    source: Citation
    note: str = ""
    note_nl: str = ""
    confirmed: bool = True  # whether the text that says so was read; `note` says why not

    @property
    def is_sure(self) -> bool:
        """Whether the text was read, and nobody assumed, estimated or fitted the value."""
        return self.confirmed and self.status in {"law", "decided", "realisation"}

    @field_validator("value", mode="before")
    @classmethod
    def _refuse_booleans(cls, value: object) -> object:
        if isinstance(value, bool):
            raise ValueError("a value is a number or a day, not yes or no")
        return value

    def holds_on(self, day: date) -> bool:
        """Whether this value is in force on a day."""
        return self.from_ <= day <= self.until


class Parameter(Strict):
    """One thing that has a value: a price, a term, a norm, a day."""

    id: str
    label_nl: str
    label_en: str
    description: str
    unit: str
    prices: Literal["nominal", "real", "none"] = "none"
    values: tuple[DatedValue, ...] = Field(min_length=1)
    spread: Spread | None = None
    review_by: date | None = None

    def on(self, day: date, known_on: date = date.max) -> DatedValue:
        """
        The value in force on `day`, in what was published by `known_on`; the last publication wins.

        Raises ParameterNotFound when there is none.
        """
        candidates = [v for v in self.values if v.holds_on(day) and v.known_since <= known_on]
        if not candidates:
            raise ParameterNotFound(
                "{name} has no value in force on {day} in what was published by {known_on}. "
                "Add one to library/parameters, or choose a later 'known_on'.",
                name=self.id,
                day=day,
                known_on=known_on,
            )
        return max(candidates, key=lambda v: v.known_since)

    def number_on(self, day: date, known_on: date = date.max) -> float:
        """The value in force as a number; raises ParameterNotFound when it is a day."""
        value = self.on(day, known_on).value
        if isinstance(value, date):
            raise ParameterNotFound("{name} holds days, not numbers. Read it with `on`.", name=self.id)
        return value

    def overlaps(self) -> Iterator[str]:
        """Pairs of values that both claim a day in the same publication, in words."""
        for one, other in combinations(self.values, 2):
            if one.known_since == other.known_since and one.from_ <= other.until and other.from_ <= one.until:
                yield (
                    f"the values from {one.from_} and from {other.from_} overlap, "
                    f"and both were published on {one.known_since}"
                )
