"""
Scenarios: small files that say what would be otherwise, from when, by how much, why, and who says so.

A scenario is a hypothesis, not a forecast. A change names a path and says what it is instead; what the path is about,
an inflow, a capacity or a price, makes no difference. Paths that are parts of one whole, such as the ways out of one
stage, are changed together; the engine refuses what makes more than one.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, PrivateAttr, ValidationError, field_validator, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from ketenraming.evidence.source import Citation, Strict

How = Literal["set", "add", "scale", "shift"]
HOWS: tuple[How, ...] = ("set", "add", "scale", "shift")

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Words = Annotated[str, Field(min_length=1)]
Size = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e12, le=1e12)]
Amount = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=1e12)]
Months = Annotated[int, Field(strict=True, ge=-1200, le=1200)]


class InBoth(Strict):
    """The same words in Dutch and in English."""

    nl: Words
    en: Words


class Change(Strict):
    """What one path is from a day until a day (inclusive; to the end when `until` is missing): one of four ways."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [how]} for how in HOWS]})

    name: Words = Field(description="The number that changes, such as asiel_applications_inflow.")
    from_: date = Field(alias="from", description="The first day of a month.")
    until: date = Field(
        default=date.max, description="The last day of a month; without it the change holds to the end."
    )
    set: Amount | None = Field(default=None, description="What the number becomes.")
    add: Size | None = Field(default=None, description="What is added to it; below nought takes away.")
    scale: Amount | None = Field(default=None, description="What it is multiplied by.")
    shift: Months | None = Field(
        default=None, description="By how many months it comes later, or earlier below nought."
    )
    per: Literal["year"] | None = Field(default=None, description="Set or add is a year's; each month gets a twelfth.")
    note: str = Field(default="", description="Where the size comes from, or that it is an assumption.")
    _file: str = PrivateAttr(default="")
    _line: int = PrivateAttr(default=0)

    @model_validator(mode="after")
    def _refuse_what_makes_no_sense(self) -> Self:
        wrong = [
            InitErrorDetails(type=PydanticCustomError("change", "{what}", {"what": what}), loc=(where,), input=where)
            for where, what in (*_wrong_days(self), *_wrong_size(self))
        ]
        if wrong:
            raise ValidationError.from_exception_data("Change", wrong)
        return self

    @property
    def how(self) -> How:
        """Which of the four ways."""
        return next(how for how in HOWS if getattr(self, how) is not None)

    @property
    def size(self) -> float:
        """By how much, each month: what is given per year is divided by twelve."""
        size: float = getattr(self, self.how)
        return size / 12 if self.per == "year" else size

    @property
    def file(self) -> str:
        """The file it was read from; empty when it was read from none."""
        return self._file

    @property
    def at(self) -> str:
        """Where it stands, for messages."""
        return f"{self._file}:{self._line}" if self._file else "change"

    def stands(self, file: str, line: int) -> None:
        """Remember where it was read."""
        self._file, self._line = file, line

    def meets(self, other: "Change") -> bool:
        """Whether two changes are about the same number in some month."""
        return self.name == other.name and self.from_ <= other.until and other.from_ <= self.until


def _wrong_days(change: Change) -> Iterator[tuple[str, str]]:
    if change.from_.day != 1:
        yield "from", f"{change.from_} is not the first day of a month; choose {change.from_.replace(day=1)}"
    if change.until < date.max and (change.until + timedelta(days=1)).day != 1:
        yield "until", f"{change.until} is not the last day of a month"
    if change.until < change.from_:
        yield "until", f"ends on {change.until}, before it starts on {change.from_}"


def _wrong_size(change: Change) -> Iterator[tuple[str, str]]:
    given = [how for how in HOWS if getattr(change, how) is not None]
    if len(given) != 1:
        yield "name", f"give exactly one of set, add, scale and shift, not {' and '.join(given) or 'none of them'}"
    if change.per and not {"set", "add"} & {*given}:
        yield "per", "only what is set or added can be per year; leave it out"
    for how, nothing in (("add", 0), ("scale", 1), ("shift", 0)):
        if getattr(change, how) == nothing:
            yield how, f"{how} {nothing} changes nothing; leave the change out"


class Scenario(Strict):
    """A hypothesis: what changes, why one would look at it, and on whose word."""

    id: Id = Field(description="The name of the file, without its ending.")
    title: InBoth
    reason: InBoth = Field(description="What is supposed, in neutral words: it is a hypothesis.")
    source: Citation
    after: tuple[Id, ...] = Field(default=(), description="The scenarios it builds on; theirs are made first.")
    changes: tuple[Change, ...] = Field(json_schema_extra={"minItems": 1})

    @field_validator("changes")
    @classmethod
    def _refuse_none(cls, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        if not changes:  # not a minimum of the field: that counts only the changes without mistakes
            raise ValueError("give at least one change")
        return changes


def schema() -> str:
    """The shape of a scenario file as JSON Schema, for editors; library/schema/scenario.json holds it."""
    shape = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scenario.model_json_schema()}
    return json.dumps(shape, indent=2, ensure_ascii=False) + "\n"
