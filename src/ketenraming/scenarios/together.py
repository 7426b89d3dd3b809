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
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.errors import KetenramingError, ParameterNotFound
from ketenraming.base.streams import uniforms
from ketenraming.evidence.fits import DrawnTogether
from ketenraming.evidence.library import Library
from ketenraming.scenarios.paths import Floats

STREAM = "hindcast"
Rows = Mapping[str, Floats]  # free numbers of the hindcast by row; all rows weigh alike
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
class Said:
    """
    What all rows say, made once: of a path its value beside the middle one, or the part of rows that say less of it.

    `said` is a factor, of odds for a share; `stay` is that of leaving return in a month.
    """

    said: Mapping[str, Floats]
    chances: Mapping[str, Floats]
    stay: Floats

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.stay)


@dataclass(frozen=True, slots=True)
class Together:
    """What the rows say, and which of them each draw takes."""

    rows: Said
    places: NDArray[np.intp]

    def uniforms(self, path: str, seed: int) -> Floats:
        """By draw, a number from nought up to one, from the stream of a path that the rows say nothing of."""
        return np.asarray(uniforms(path, seed, len(self.places))[:, 0])

    def ratios(self, path: str, central: float) -> Floats:
        """
        By draw, what a path is as a part of its central value.

        Shares move by their odds and rates by a factor, so that neither leaves its bounds.
        """
        if path not in SAID:
            raise KetenramingError(f"The posterior of the hindcast says nothing of {path}. Give it another spread.")
        moved = self.rows.said[path][self.places]
        if not _is_share(path):
            return moved
        odds = moved * _odds(np.array(central))
        return np.asarray(odds / (1 + odds) / central)

    def chances(self, path: str) -> Floats:
        """By draw, the part of all rows that say less of a path than its own."""
        return self.rows.chances[path][self.places]

    def of_ways(self, ratios: Mapping[str, Floats], centrals: Mapping[str, float]) -> dict[str, Floats]:
        """The ratios of the ways out of return, moved together so that the stay in it is as the rows say."""
        own = sum((centrals[way] * ratios[way] for way in WAYS), np.zeros(1))
        moved = self.rows.stay[self.places] * sum(centrals[way] for way in WAYS) / own
        return {way: ratios[way] * moved for way in WAYS}


def _is_share(path: str) -> bool:
    return path.endswith("_share")


def _odds(share: Floats) -> Floats:
    kept = np.clip(share, _NEAREST, 1 - _NEAREST)
    return np.asarray(kept / (1 - kept))


def said_by(rows: Rows) -> Said:
    """What rows say of every path that is drawn together."""
    values = {path: tell(rows) for path, tell in SAID.items()}
    factors = {path: _odds(found) if _is_share(path) else found for path, found in values.items()}
    ranks = {path: np.argsort(np.argsort(tell(rows))) for path, tell in RANKED.items()}
    return Said(
        {path: found / np.median(found) for path, found in factors.items()},
        {path: (rank + 0.5) / len(rank) for path, rank in ranks.items()},
        np.median(rows["terugkeer_stay"]) / rows["terugkeer_stay"],
    )


def together(library: Library, known_on: date, draws: int, seed: int) -> Together:
    """A row for each draw; raises ParameterNotFound where the posterior was not known on a day."""
    rows = _known(library, known_on)
    return Together(rows, (uniforms(STREAM, seed, draws)[:, 0] * rows.count).astype(np.intp))


def every_row(library: Library, known_on: date) -> Together:
    """Each row once."""
    rows = _known(library, known_on)
    return Together(rows, np.arange(rows.count))


def _known(library: Library, known_on: date) -> Said:
    posterior = library.posterior
    if posterior.made.known_since > known_on:
        raise ParameterNotFound(
            f"The posterior of the hindcast was not known on {known_on}. "
            f"Choose a day from {posterior.made.known_since} on."
        )
    return _said(posterior)


@lru_cache(maxsize=4)
def _said(posterior: DrawnTogether) -> Said:
    return said_by(posterior.rows)
