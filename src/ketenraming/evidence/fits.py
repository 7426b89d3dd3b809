"""Numbers that were fitted on observed series, by fit; and draws of them, which say how uncertain they are together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ketenraming.base.errors import LibraryInvalid
from ketenraming.evidence.files import Files
from ketenraming.evidence.source import Citation, Source, Strict

FITS = "hindcast/fits.csv"
DRAWS, MADE = "hindcast/posterior.csv", "hindcast/posterior.yaml"
Floats = NDArray[np.float64]


class Made(Strict):
    """How the draws came about: `effective` of the weighted draws behind them told as much as draws without weights."""

    status: Literal["calibrated"]
    known_since: date
    source: Citation
    draws: int = Field(ge=100, le=100_000)
    effective: float = Field(gt=0)
    seed: int = Field(ge=0)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnTogether:
    """Numbers of the hindcast by row; those of one row belong together, and all rows weigh alike."""

    made: Made
    rows: Mapping[str, Floats]


def read_fits(root: Path) -> Mapping[str, Mapping[str, float]]:
    """
    The free numbers of the hindcast by fit, such as `all`, `until-2021` or `without-2018`.

    Raises LibraryInvalid with all mistakes.
    """
    read, found = Files(root), dict[str, dict[str, float]]()
    for path, line, row in read.rows(FITS):
        name = row.pop("fit")
        try:
            found[name] = {key: float(cell) for key, cell in row.items()}
        except ValueError as error:
            read.say(path, line, str(error))
    if read.mistakes:
        raise LibraryInvalid(read.mistakes)
    return found


def read_posterior(root: Path, sources: Mapping[str, Source]) -> DrawnTogether:
    """
    The draws of the free numbers of the hindcast.

    Raises LibraryInvalid with all mistakes: a cell that is no number, another count of rows than is said, no source.
    """
    read, rows = Files(root), list[list[float]]()
    names: tuple[str, ...] = ()
    for path, line, row in read.rows(DRAWS):
        names = tuple(row)
        try:
            rows.append([float(cell) for cell in row.values()])
        except ValueError as error:
            read.say(path, line, str(error))
            continue
        if not all(map(isfinite, rows[-1])):
            read.say(path, line, "a cell is no finite number")
    made = read.parse(Made, read.yaml(root / MADE), root / MADE)
    if made and made.source.id not in sources:
        read.say(root / MADE, read.line_of(root / MADE, ("source",)), f"the source {made.source.id!r} is not there")
    if made and made.draws != len(rows):
        read.say(root / MADE, read.line_of(root / MADE, ("draws",)), f"{made.draws} draws are said, {len(rows)} stand")
    if read.mistakes or made is None:
        raise LibraryInvalid(read.mistakes)
    return DrawnTogether(made, dict(zip(names, np.array(rows).T, strict=True)))
