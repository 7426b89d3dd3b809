"""
What is answered, as shapes for who programs against it; docs/reference/json.md says what every key holds.

Within a version keys may be added, so nothing here forbids others.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = float | None
By = dict[str, float]


class Shape(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(extra="allow")


class Document(Shape):
    """An answer."""

    ok: Literal[True]


class Wrong(Shape):
    """A refusal: one sentence, its code, and for bad input the path and the limit."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "ok": False, "error": "query.draws is 20000: choose at most 10000.", "code": "not-understood", "status": 422,
        "where": "query.draws", "limit": 10000,
    }]})  # fmt: skip

    ok: Literal[False]
    error: str
    code: str
    status: int
    where: str
    limit: int | float | str | None


class Made(Shape):
    """What it was made with."""

    version: str
    library: str


class Drawn(Made):
    """What it was made with, and how often was drawn."""

    seed: int
    draws: int


class Band(Shape):
    """An amount: central, and quantiles over the draws."""

    central: float
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float


class Place(Shape):
    """Where something is printed."""

    document: str
    table: str
    row: str
    column: str
    at: str


class Finding(Shape):
    """One comparison that did not hold."""

    code: str
    severity: Literal["note", "warning", "error"]
    strength: Literal["identity", "plausibility", "presence"]
    place: Place
    about: str
    printed: Number
    expected: Number
    difference: Number
    tolerance: Number
    unit: str
    confidence: float = Field(ge=0, le=1)
    euros_at_stake: float
    title_nl: str
    title_en: str
    sentence_nl: str
    sentence_en: str
    suspects: list[Place]


class Check(Document):
    """What a check found."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/check/\d+$")
    document: str
    counts: dict[Literal["holds", "note", "warning", "error"], int]
    coverage: dict[str, int]
    uncovered: list[Place]
    findings: list[Finding]
    made: Made


class Titled(Shape):
    """A scenario by its title."""

    id: str
    title_nl: str
    title_en: str


class Year(Shape):
    """A line in a year, in euros."""

    budgeted: float
    needed: Band
    gap: Band
    chance_over: float = Field(ge=0, le=1)
    flags: list[str]


class Line(Shape):
    """A line of the article by year."""

    label_nl: str
    label_en: str
    years: dict[str, Year]


class Parts(Shape):
    """Amounts by part and year."""

    lines: dict[str, dict[Literal["years"], dict[str, Band]]]


class Run(Document):
    """The article, estimated again."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/run/\d+$")
    edition: str
    unit: Literal["EUR"]
    years: list[str]
    funded_until: str
    scenarios: list[Titled]
    lines: dict[str, Line]
    oda: Parts
    weightiest: list[Finding]
    made: Drawn


class Term(Shape):
    """A number with all it was made from."""

    name: str
    year: str
    value: float
    unit: str
    how: str
    note_nl: str
    note_en: str
    flags: list[str]
    place: Place | None
    inputs: list["Term"]


class Trace(Document):
    """How a number of the article came about."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/trace/\d+$")
    address: str
    year: str
    budgeted: Term
    needed: Term
    gap: Term
    made: Drawn


class Side(Shape):
    """One of two estimates."""

    asked: str
    printed: bool
    scenarios: list[Titled]


class Apart(Shape):
    """A line in a year, on both sides, in whole euros."""

    a: int
    b: int
    difference: Band
    causes: dict[str, int]
    known: list[str]


class LineApart(Shape):
    """A line by year, on both sides."""

    label_nl: str
    label_en: str
    years: dict[str, Apart]


class Compare(Document):
    """What B needs more than A, and why."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/compare/\d+$")
    unit: Literal["EUR"]
    a: Side
    b: Side
    same: bool
    with_print: bool
    changed: dict[str, list[str]]
    years: list[str]
    lines: dict[str, LineApart]
    made: Drawn


class Figure(Shape):
    """A printed number."""

    place: Place
    value: float
    unit: str
    tolerance: float
    kind: str
    maturity: str
    label: str
    note: str


class Figures(Document):
    """Printed numbers."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/figures/\d+$")
    edition: str
    figures: list[Figure]
    made: Made


class Cited(Shape):
    """Where in which source."""

    id: str
    where: str
    because: str


class Value(Shape):
    """What held from a day until a day, and since when that was known."""

    from_: str = Field(alias="from")
    until: str | None
    value: float | str
    known_since: str
    status: str
    source: Cited
    note: str


class Spread(Shape):
    """How uncertain it is, and who says so."""

    shape: str
    low: float
    high: float
    by: str
    source: Cited


class Parameter(Shape):
    """One thing that has a value."""

    name: str
    label_nl: str
    label_en: str
    description: str
    unit: str
    prices: str
    values: list[Value]
    spread: Spread | None
    review_by: str | None


class Source(Shape):
    """A publication."""

    title: str
    publisher: str
    kind: str
    published: str
    published_is: str
    url: str
    bwb_id: str
    licence: str


class Parameters(Document):
    """Parameters, and the sources that they cite."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/parameters/\d+$")
    known_on: str | None
    parameters: list[Parameter]
    sources: dict[str, Source]
    made: Made


class Both(Shape):
    """The same words in Dutch and in English."""

    nl: str
    en: str


class Whole(Shape):
    """A scenario as its file has it."""

    id: str
    title: Both
    reason: Both
    source: Cited
    after: list[str]
    changes: list[dict[str, Any]]


class Lever(Shape):
    """A lever, the number that it changes, and where it can stand."""

    name: str
    label_nl: str
    label_en: str
    changes: str
    low: int
    high: int
    step: int
    unit: Literal["percent", "quarter"]


class Scenarios(Document):
    """The shipped scenarios, and the levers."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/scenarios/\d+$")
    scenarios: list[Whole]
    levers: list[Lever]
    made: Made


class Vintages(Document):
    """What every budget printed for a line."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/vintages/\d+$")
    version: str
    library: str
    address: str
    levels: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    draft_below_outcome: dict[Literal["below", "years"], int]
    draft_below_proxy: dict[Literal["below", "years"], int]


class Forecast(Document):
    """A series carried on, by quantile."""

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/forecast/\d+$")
    series: str
    way: str
    known: dict[str, Any]
    months: dict[str, By]
    years: dict[str, By]
    scores: dict[str, Any] | None = None
    made: Drawn


class Backtest(Document):
    """Whether forecasts of past budgets would have been right."""

    schema_: Literal["ketenraming/backtest/2"] = Field(alias="schema")
    beaten: list[dict[str, Any]]
    scores: list[dict[str, Any]]
    trials: list[dict[str, Any]]
    left_out: list[dict[str, Any]]
    made: Drawn


class Job(Document):
    """A job: how far it is, and where its events and its result are."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "ok": True, "schema": "ketenraming/job/1", "id": "bXkgam9i", "task": "backtest", "state": "running", "done": 3,
        "many": 10, "error": "", "code": "", "self": "/api/v1/jobs/bXkgam9i", "events": "/api/v1/jobs/bXkgam9i/events",
        "result": "/api/v1/jobs/bXkgam9i/result",
    }]})  # fmt: skip

    schema_: str = Field(alias="schema", pattern=r"^ketenraming/job/\d+$")
    id: str
    task: Literal["run", "compare", "backtest", "scores"]
    state: Literal["waiting", "running", "done", "failed", "stopped"]
    done: int
    many: int
    error: str
    code: str
    self: str
    events: str
    result: str
