"""
Numbers that the hindcast tells together: each draw of an ensemble takes them from one row of its posterior.

Stays and shares that nobody publishes are told apart by the same counts, so that one that is high makes another low.
The posterior says by how much each is off, around the value that the baseline has. Three kinds:

- *said*: the value of the baseline is that of the hindcast, and the spread is that of the posterior;
- *ranked*: the baseline has a value and a spread of its own, and only the order is taken: the highest row, the highest
  chance;
- *ways* out of return: the hindcast tells how long all stay, and each way keeps a spread of its own within that.

The row of a draw comes from one stream, so scenarios share it, and more draws leave the first as they were.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.errors import KetenramingError, ParameterNotFound
from ketenraming.base.streams import uniforms
from ketenraming.evidence.library import Library
from ketenraming.scenarios.paths import Floats

STREAM = "hindcast"
Rows = Mapping[str, Floats]  # free numbers of the hindcast by row
Told = Callable[[Rows], Floats]

SAID: dict[str, Told] = {
    "elders_share": lambda rows: rows["elders_share"],
    "beroep_share": lambda rows: rows["beroep_share"],
    "beroep_gegrond_rate": lambda rows: rows["beroep_granted_share"] / rows["beroep_stay"],
    "beroep_ongegrond_rate": lambda rows: (1 - rows["beroep_granted_share"]) / rows["beroep_stay"],
    "nareis_coa_share": lambda rows: rows["nareis_coa_share"],
    "overig_vergunning_rate": lambda rows: rows["overig_granted_share"] / rows["overig_stay"],
    "overig_vertrek_rate": lambda rows: (1 - rows["overig_granted_share"]) / rows["overig_stay"],
}
RANKED: dict[str, Told] = {
    "dublin_share": lambda rows: rows["dublin_share"],
    "dublin_vertrek_rate": lambda rows: 1 / rows["dublin_stay"],
    "overig_inflow": lambda rows: rows["overig_per_permit"],
}
WAYS = tuple(f"terugkeer_{way}_rate" for way in ("zelfstandig", "gedwongen", "zonder_toezicht", "bewaring"))
TOGETHER = (*SAID, *RANKED, *WAYS)
WITHOUT_ENDS = (*SAID, *WAYS)  # nine draws in ten are between what is shown as their ends
ENDS = (0.05, 0.95)
_NEAREST = 1e-6  # a share is not nearer to nought or one


@dataclass(frozen=True, slots=True)
class Together:
    """The rows of the posterior, and which of them each draw takes."""

    rows: Rows
    places: NDArray[np.intp]

    def uniforms(self, path: str, seed: int) -> Floats:
        """By draw, a number from nought up to one, from the stream of a path that the rows say nothing of."""
        return np.asarray(uniforms(path, seed, len(self.places))[:, 0])

    def ratios(self, path: str, central: float, is_share: bool) -> Floats:
        """
        By draw, what a path is as a part of its central value.

        Shares move by their odds and rates by a factor, so that neither leaves its bounds.
        """
        if path not in SAID:
            raise KetenramingError(f"The posterior of the hindcast says nothing of {path}. Give it another spread.")
        found = SAID[path](self.rows)
        middle = float(np.median(found))
        if not is_share:
            return np.asarray(found[self.places] / middle)
        odds = _odds(found[self.places]) / _odds(middle) * _odds(central)
        return np.asarray(odds / (1 + odds) / central)

    def chances(self, path: str) -> Floats:
        """By draw, the part of all rows that say less of a path than its own."""
        found = RANKED[path](self.rows)
        return np.asarray((np.argsort(np.argsort(found))[self.places] + 0.5) / len(found))

    def of_ways(self, ratios: Mapping[str, Floats], centrals: Mapping[str, float]) -> dict[str, Floats]:
        """The ratios of the ways out of return, moved together so that the stay in it is as the rows say."""
        rate = 1 / self.rows["terugkeer_stay"]
        told = rate[self.places] / np.median(rate) * sum(centrals[way] for way in WAYS)
        own = sum((centrals[way] * ratios[way] for way in WAYS), np.zeros(1))
        return {way: ratios[way] * told / own for way in WAYS}


def _odds(share: Floats | float) -> Floats:
    kept = np.clip(share, _NEAREST, 1 - _NEAREST)
    return np.asarray(kept / (1 - kept))


def together(library: Library, known_on: date, draws: int, seed: int) -> Together:
    """A row for each draw; raises ParameterNotFound where the posterior was not known on a day."""
    rows = _rows(library, known_on)
    return Together(rows, (uniforms(STREAM, seed, draws)[:, 0] * _count(rows)).astype(np.intp))


def every_row(library: Library, known_on: date) -> Together:
    """Each row once."""
    rows = _rows(library, known_on)
    return Together(rows, np.arange(_count(rows)))


def _rows(library: Library, known_on: date) -> Rows:
    posterior = library.posterior
    if posterior.made.known_since > known_on:
        raise ParameterNotFound(
            f"The posterior of the hindcast was not known on {known_on}. "
            f"Choose a day from {posterior.made.known_since} on."
        )
    return posterior.rows


def _count(rows: Rows) -> int:
    return len(next(iter(rows.values())))
