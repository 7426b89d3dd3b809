"""
What one may ask: the shapes of queries and bodies, each with its bounds, and what scenarios they stand for.

What a reader supposes are shipped scenarios by their id, positions of levers, and a scenario of one's own, in that
order. A name of a file is not for strangers, so a scenario is never looked for on disk.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.base.finding import Severity
from ketenraming.evidence.figure import Kind
from ketenraming.evidence.library import BASELINE, Library
from ketenraming.evidence.parameter import Status
from ketenraming.evidence.source import Citation, Strict
from ketenraming.scenarios.compare import NO_SCENARIO
from ketenraming.scenarios.forecast import APPLICATIONS
from ketenraming.scenarios.levers import BY_NAME, scenario_of
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.scenario import Change, Id, InBoth, Scenario
from ketenraming.scenarios.shelf import ids, load_scenarios
from ketenraming.web.api.errors import concerning
from ketenraming.web.state import MOST_SCENARIOS
from ketenraming.web.studio import DRAWS, SEED, Studio

AT_ONCE, AS_A_JOB = 10_000, 100_000  # draws
MOST_SEED = 2**32
MOST_CHANGES = 50
OWN = "eigen"  # the id of a scenario that has none
_DAY, _NUMBER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(r"-?[0-9]{1,12}")
_WHOLE = (int, int | None)

# Names that a library gives: which of them there are is filled in where the shapes are published.
ScenarioId = Annotated[Id, Field(max_length=60, json_schema_extra={"x-known": "scenarios"})]
Line = Annotated[str, Field(max_length=80, description="An address.", json_schema_extra={"x-known": "lines"})]
Year = Annotated[str, Field(pattern=r"^\d{4}$", description="A year of the article.",
                            json_schema_extra={"x-known": "years"})]  # fmt: skip
ScenarioIds = Annotated[tuple[ScenarioId, ...], Field(max_length=MOST_SCENARIOS, description="Shipped scenarios.")]


def _whole(given: object) -> object:
    """A whole number that is written as 5.0 is one in JSON."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


WHOLE = BeforeValidator(_whole)  # behind the bounds of a field, so that its description keeps them
Seed = Annotated[
    int, Field(strict=True, ge=0, le=MOST_SEED, description="The same seed gives the same numbers."), WHOLE
]


def _draws(most: int, least: int = 1) -> Any:
    """How often is drawn, within bounds."""
    return Field(strict=True, ge=least, le=most, description="How many times what is uncertain is drawn.")


def _day(given: object) -> object:
    """A day as it is written; not a number, which would be taken for seconds."""
    if not isinstance(given, date) and not (isinstance(given, str) and _DAY.fullmatch(given)):
        raise PydanticCustomError("date", "is no day")
    return given


Day = Annotated[date, BeforeValidator(_day)]


class Query(Strict):
    """What stands in an address, where a number is a text."""

    @model_validator(mode="before")
    @classmethod
    def _numbers(cls, given: dict[str, Any]) -> dict[str, Any]:
        whole = {field.alias or name for name, field in cls.model_fields.items() if field.annotation in _WHOLE}
        return {name: int(value) if name in whole and isinstance(value, str) and _NUMBER.fullmatch(value) else value
                for name, value in given.items()}  # fmt: skip


def _stands(name: str) -> Any:
    """Where a lever can stand."""
    lever = BY_NAME[name]
    how = "percent more or less" if lever.by_percent else "quarters later than the first day of the budget year"
    about = f"{lever.path}: {how}; at nought nothing changes."
    return Field(strict=True, alias=name, ge=lever.low, le=lever.high, multiple_of=lever.step, description=about)


class Levers(Strict):
    """Where levers stand; one that is left out stands at nought."""

    instroom: Annotated[int, _stands("instroom"), WHOLE] = 0
    inwilliging: Annotated[int, _stands("inwilliging"), WHOLE] = 0
    beslissingen: Annotated[int, _stands("beslissingen"), WHOLE] = 0
    huisvesting: Annotated[int, _stands("huisvesting"), WHOLE] = 0
    nareis: Annotated[int, _stands("nareis"), WHOLE] = 0
    noodopvang: Annotated[int, _stands("noodopvang"), WHOLE] = 0
    prijs_regulier: Annotated[int, _stands("prijs-regulier"), WHOLE] = 0
    prijs_nood: Annotated[int, _stands("prijs-nood"), WHOLE] = 0
    bescherming: Annotated[int, _stands("bescherming"), WHOLE] = 0

    @property
    def positions(self) -> dict[str, int]:
        """By name, those at nought left out."""
        fields = Levers.model_fields
        return {fields[name].alias or name: place for name in fields if (place := getattr(self, name))}


class OwnChange(Change):
    """A change as a scenario file has it, its days as they are written there."""

    from_: Day = Field(alias="from", description="The first day of a month.")
    until: Day = Field(default=date.max, description="The last day of a month; without it the change holds to the end.")


class Own(Strict):
    """A scenario of one's own, shaped as the file of a scenario; only its changes must be given."""

    id: Annotated[Id, Field(max_length=60)] = OWN
    title: InBoth | None = None
    reason: InBoth | None = None
    source: Citation | None = None
    after: ScenarioIds = ()
    changes: Annotated[tuple[OwnChange, ...], Field(min_length=1, max_length=MOST_CHANGES)]

    def scenario(self, library: Library) -> Scenario:
        """The scenario itself; refuses the id of a shipped one."""
        if self.id in ids(library):
            raise KetenramingError(f"A shipped scenario is called {self.id!r}. Choose another id.")
        for i, change in enumerate(self.changes):
            change.stands(self.id, i + 1)
        words = {key: getattr(self, key) or InBoth.model_validate(library.messages[f"api_own_{key}"])
                 for key in ("title", "reason")}  # fmt: skip
        source = self.source or Citation(id="", where=self.id, because="Sent by a reader.")
        return Scenario(id=self.id, source=source, after=self.after, changes=self.changes, **words)


class Supposed(Strict):
    """What is supposed: shipped scenarios, levers and a scenario of one's own, made in that order."""

    scenarios: ScenarioIds = ()
    levers: Levers = Levers()
    scenario: Own | None = None

    def stacked(self, studio: Studio, at: str) -> tuple[Scenario, ...]:
        """All scenarios it comes to, in order; `at` is where it stands in what was asked, for refusals."""
        with concerning("query.s" if at == "query" else f"{at}.scenarios"):
            found = shipped(self.scenarios, studio.library)
        with concerning(f"{at}.levers"):
            positions = self.levers.positions
            moved = (scenario_of(positions, studio.since, studio.library),) if positions else ()
        with concerning(f"{at}.scenario"):
            own = (self.scenario.scenario(studio.library),) if self.scenario else ()
            before = shipped(self.scenario.after, studio.library) if self.scenario else ()
        return *found, *moved, *(one for one in before if one not in found), *own


def shipped(names: Sequence[str], library: Library) -> tuple[Scenario, ...]:
    """Shipped scenarios by their ids, each once, behind those they build on; never a file of that name."""
    known = ids(library)
    for name in names:
        if name not in known:
            raise NotInLibrary("scenario", name, known)
    return load_scenarios(tuple(dict.fromkeys(names)), library)


class Drawn(Strict):
    """How often and from which seed is drawn."""

    draws: Annotated[int, _draws(AT_ONCE), WHOLE] = DRAWS
    seed: Seed = SEED

    @property
    def drawn(self) -> Draws:
        """The draws that are asked for."""
        return Draws(self.draws, self.seed)


class RunQuery(Query, Levers, Drawn):
    """An estimate, asked for in an address: scenarios by `s`, levers by their names."""

    s: Annotated[ScenarioIds, Field(description="A shipped scenario by its id; give it again to stack another.")] = ()

    @property
    def supposed(self) -> Supposed:
        """What is supposed."""
        return Supposed(scenarios=self.s, levers=Levers.model_validate(self.positions))


class TraceQuery(RunQuery):
    """A number of the article, and under which suppositions."""

    line: Line = "37"
    year: Year


class RunBody(Supposed, Drawn):
    """An estimate, with a scenario of one's own."""


class CompareQuery(Query, Drawn):
    """Two estimates beside each other."""

    a: Annotated[str, Field(max_length=300, description=f"{NO_SCENARIO!r}, scenarios joined by +, or {BASELINE!r}: "
                            "then it is what is printed.")]  # fmt: skip
    b: Annotated[str, Field(max_length=300, description="The other, in the same words.")]  # fmt: skip
    year: Year | None = None
    line: Line | None = None


class SideBody(Supposed):
    """One of two estimates, or what the article prints."""

    printed: Annotated[bool, Field(strict=True, description="Whether it is what is printed; then suppose nothing.")] = (
        False
    )


class CompareBody(Drawn):
    """Two estimates beside each other, each with all that can be supposed."""

    a: SideBody = SideBody()
    b: SideBody = SideBody()
    year: Year | None = None
    line: Line | None = None


class FindingsQuery(Query):
    """Which findings of the article."""

    severity: Annotated[
        Literal[Severity.ERROR, Severity.WARNING, Severity.NOTE] | None, Field(description="Those as bad as this.")
    ] = None
    code: Annotated[str | None, Field(max_length=60, description="One kind of finding.",
                                      json_schema_extra={"x-known": "codes"})] = None  # fmt: skip
    line: Annotated[Line | None, Field(description="The line they are about; those below it too.")] = None


class FiguresQuery(Query):
    """Which printed figures."""

    edition: Annotated[
        str,
        Field(
            max_length=60, description="The document they are printed in.", json_schema_extra={"x-known": "editions"}
        ),
    ] = BASELINE
    table: Annotated[
        str | None,
        Field(max_length=60, description="The table they stand in.", json_schema_extra={"x-known": "tables"}),
    ] = None
    row: Annotated[str | None, Field(max_length=200, description="As it is named in the table.")] = None
    column: Annotated[str | None, Field(max_length=100, description="A year or the name of a column.")] = None
    kind: Annotated[Kind | None, Field(description="What sort of number.")] = None


class ParametersQuery(Query):
    """Which parameters."""

    name: Annotated[
        str | None, Field(max_length=80, description="One parameter.", json_schema_extra={"x-known": "parameters"})
    ] = None
    status: Annotated[Status | None, Field(description="Those with a value of this status.")] = None
    known_on: Annotated[Day | None, Field(description="Only values that were published by this day.")] = None


class VintagesQuery(Query):
    """Which line, and of which year what every budget printed."""

    line: Annotated[
        str, Field(max_length=80, description="An address that was printed.", json_schema_extra={"x-known": "printed"})
    ]
    year: Annotated[int | None, Field(strict=True, ge=1900, le=2100, description="Of this year only.")] = None


class ForecastAsked(Drawn):
    """A monthly series carried on."""

    series: Annotated[str, Field(max_length=80, description="A monthly series, or nareis.")] = APPLICATIONS
    months: Annotated[int, Field(strict=True, ge=1, le=120, description="How many months ahead."), WHOLE] = 24
    known_on: Annotated[Day | None, Field(description="Only what was published by this day.")] = None
    way: Annotated[str, Field(max_length=40, description="By which way; the default one unless given.")] = ""
    draws: Annotated[int, _draws(AT_ONCE), WHOLE] = 4000


class ForecastQuery(Query, ForecastAsked):
    """A monthly series carried on, asked for in an address."""


class BacktestAsked(Strict):
    """A forecast of every past budget."""

    draws: Annotated[int, _draws(5_000, least=10), WHOLE] = DRAWS
    seed: Seed = SEED


class BacktestQuery(Query, BacktestAsked):
    """A forecast of every past budget, asked for in an address."""


class DrawnInJob(Drawn):
    """How often and from which seed is drawn, where there is more time."""

    draws: Annotated[int, _draws(AS_A_JOB), WHOLE] = DRAWS


class RunTask(DrawnInJob, Supposed):
    """An estimate with more draws."""

    task: Literal["run"]


class CompareTask(DrawnInJob, CompareBody):
    """Two estimates beside each other with more draws."""

    task: Literal["compare"]


class BacktestTask(BacktestAsked):
    """A forecast of every past budget, held against what came of it."""

    task: Literal["backtest"]


class ScoresTask(ForecastAsked):
    """A forecast, and how every way to make it would have scored in the past."""

    task: Literal["scores"]


Task = Annotated[RunTask | CompareTask | BacktestTask | ScoresTask, Field(discriminator="task")]
