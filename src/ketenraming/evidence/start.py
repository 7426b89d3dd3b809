"""Who is in which stage of the chain when a run begins, by months since they came."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from ketenraming.base.errors import LibraryInvalid
from ketenraming.evidence.files import Files
from ketenraming.evidence.parameter import Status
from ketenraming.evidence.source import Source, Strict


class Present(Strict):
    """So many people of one age in one stage, how that is known, and from where."""

    stage: str
    age: int = Field(ge=0, le=600)
    people: float = Field(ge=0, allow_inf_nan=False)
    status: Status = "calibrated"
    source: str = "hindcast"
    note: str = ""


def read_start(root: Path, sources: Mapping[str, Source]) -> dict[str, tuple[float, ...]]:
    """
    People by stage and age, from all files of the start; those of one stage in several files are added.

    Raises LibraryInvalid with all mistakes.
    """
    read, found = Files(root), dict[str, dict[int, float]]()
    for path in read.all("start", ".csv"):
        seen = set[tuple[str, int]]()
        for _, line, row in read.rows(path.relative_to(root)):
            present = read.parse(Present, {name: cell for name, cell in row.items() if cell}, path)
            if present is None:
                continue
            if present.source not in sources:
                read.say(path, line, f"the source {present.source!r} is not in library/sources")
            if (present.stage, present.age) in seen:
                read.say(path, line, f"{present.stage} at age {present.age} is there twice")
            seen.add((present.stage, present.age))
            ages = found.setdefault(present.stage, {})
            ages[present.age] = ages.get(present.age, 0.0) + present.people
    if read.mistakes:
        raise LibraryInvalid(read.mistakes)
    return {stage: tuple(ages.get(age, 0.0) for age in range(max(ages) + 1)) for stage, ages in found.items()}
