"""
Records of runs: what a run was made from and what came out, so that anybody can make it again and compare.

A record holds the whole scenarios, not their names, so one's own file travels along. The results are one hash: of each
row in the order of print and each year, `address year`, a line end, and the central value and the draws of *needed* as
little-endian 64-bit floats. The central amounts stand beside it, for reading and to say what moved.
"""

import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from ketenraming.base.errors import KetenramingError, RecordUnreadable
from ketenraming.base.whole import write_whole
from ketenraming.evidence.library import Library
from ketenraming.evidence.source import Strict
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import Run, baseline_of, run_on
from ketenraming.scenarios.scenario import Scenario

SCHEMA = "ketenraming/record/1"
MOST_BYTES, MOST_SCENARIOS = 2**20, 50
_UNDER = ("python", "numpy", "llvmlite")  # what the numbers stand on, beside the library and this package

Name = Annotated[str, Field(min_length=1, max_length=200)]
Euros = Annotated[float, Field(allow_inf_nan=False)]
Needed = dict[Name, dict[Name, Euros]]


class Made(Strict):
    """The versions of what made a run."""

    ketenraming: Name
    python: Name
    numpy: Name
    llvmlite: Name


class Record(Strict):
    """A run as a file."""

    schema_: Literal["ketenraming/record/1"] = Field(alias="schema")
    made: Made
    library: Name = Field(description="The digest of the library.")
    edition: Name
    known_on: date
    scenarios: Annotated[tuple[Scenario, ...], Field(max_length=MOST_SCENARIOS)]
    draws: Annotated[int, Field(ge=1, le=100_000)]
    seed: Annotated[int, Field(ge=0)]
    results: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="The hash of all draws of all rows.")]
    unit: Literal["EUR"]
    needed: Needed = Field(description="The central amount of every line and year.")


@dataclass(frozen=True, slots=True)
class Moved:
    """One line in one year whose central amount is not what was recorded; None where it is not there."""

    address: str
    year: str
    recorded: float | None
    now: float | None

    @property
    def size(self) -> float:
        """By how many euros it moved, without sign."""
        return abs((self.now or 0.0) - (self.recorded or 0.0))


@dataclass(frozen=True, slots=True)
class Verified:
    """A record beside the same run made now."""

    record: Record
    again: Record
    moved: tuple[Moved, ...]

    @property
    def is_same(self) -> bool:
        """Whether all draws of all rows are the same to the byte, and the amounts for reading are theirs."""
        return self.record.results == self.again.results and not self.moved

    @property
    def library_differs(self) -> bool:
        """Whether the library is another than the one recorded."""
        return self.record.library != self.again.library

    @property
    def versions(self) -> dict[str, tuple[str, str]]:
        """What has another version, or was known on another day, than recorded: by name, then and now."""
        then, now = (
            {**one.made.model_dump(), "known_on": one.known_on.isoformat()} for one in (self.record, self.again)
        )
        return {name: (then[name], now[name]) for name in then if then[name] != now[name]}


def made_with() -> Made:
    """The versions that are running now."""
    versions = {"python": platform.python_version()} | {name: version(name) for name in _UNDER[1:]}
    return Made(ketenraming=version("ketenraming"), **versions)


def record_of(run: Run) -> Record:
    """The record of a run."""
    return Record(
        schema=SCHEMA,
        made=made_with(),
        library=run.library.digest,
        edition=run.edition,
        known_on=run.library.sources[run.edition].published,
        scenarios=run.scenarios,
        draws=run.draws.count,
        seed=run.draws.seed,
        results=results_hash(run),
        unit="EUR",
        needed={a: {y: run.row(a, y).needed.central for y in run.years} for a in run.addresses},
    )


def results_hash(run: Run) -> str:
    """One hash of all draws of all rows."""
    total = sha256()
    for (address, year), row in run.rows.items():
        total.update(f"{address} {year}\n".encode())
        total.update(row.needed.quantity.amount.astype("<f8").tobytes())
    return total.hexdigest()


def write_record(record: Record, path: Path) -> None:
    """Write a record whole or not at all, in place of an earlier one; raises OSError where it cannot."""
    write_whole(record.model_dump_json(by_alias=True, exclude_defaults=True, indent=2) + "\n", path)


def read_record(path: Path) -> Record:
    """A record from a file; raises RecordUnreadable with one sentence for anything else."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RecordUnreadable(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(data) > MOST_BYTES:
        raise RecordUnreadable(f"{path} is larger than {MOST_BYTES:,} bytes; a record is small.")
    try:
        return Record.model_validate_json(data, strict=True)
    except ValidationError as error:
        raise RecordUnreadable(f"{path} is no record of a run: {_first_of(error)}.") from error


def _first_of(error: ValidationError) -> str:
    """The first mistake in one line, and how many more there are."""
    first, more = error.errors(include_url=False, include_input=False)[0], error.error_count() - 1
    where = ".".join(str(step) for step in first["loc"])[:200]
    said = f"{where}: {first['msg']}" if where else first["msg"]
    return " ".join(said.split()) + (f" (and {more} more)" if more else "")


def verify(record: Record, library: Library) -> Verified:
    """Make a run again from its record, and compare; raises RecordUnreadable where the library cannot run it."""
    for scenario in record.scenarios:
        for i, change in enumerate(scenario.changes, 1):
            change.stands(scenario.id, i)
    try:
        base = baseline_of(library, record.edition)
        again = record_of(run_on(base, record.scenarios, Draws(record.draws, record.seed)))
    except KetenramingError as error:
        other = "" if record.library == library.digest else f"; it was made with {record.library}"
        raise RecordUnreadable(f"The library {library.digest} cannot run this record{other}. {error}") from error
    moved = sorted(_moved(record.needed, again.needed), key=lambda one: -one.size)
    return Verified(record, again, tuple(moved))


def _moved(then: Mapping[str, Mapping[str, float]], now: Mapping[str, Mapping[str, float]]) -> Iterator[Moved]:
    for address in dict.fromkeys([*then, *now]):
        before, after = then.get(address, {}), now.get(address, {})
        for year in dict.fromkeys([*before, *after]):
            if before.get(year) != after.get(year):
                yield Moved(address, year, before.get(year), after.get(year))
