"""
Realised months beside what a run expected of them: inside which band, the first that left it, and whether by chance.

A month has left the band when it is outside the middle 80 percent of the draws of that month. Months of one path go
together, so how often so many months are outside by chance is counted on the draws themselves: in each of them the
months outside the same bands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ketenraming.evidence.realised import Realised
from ketenraming.scenarios.nowcast.bands import Expected, quantiles
from ketenraming.scenarios.nowcast.watched import Watched
from ketenraming.scenarios.paths import Floats

LEVELS = {"p2.5": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p97.5": 0.975}
BANDS = {"50": ("p25", "p75"), "80": ("p10", "p90"), "95": ("p2.5", "p97.5")}
LEFT = "80"
NARROWEST = 1e-6  # of the median: a band that is narrower says nothing of a month


@dataclass(frozen=True, slots=True)
class Month:
    """A realised month: its figure, the quantiles of the run by name, and the narrowest band that holds it, or none."""

    figure: Realised
    at: Mapping[str, float]
    inside: str  # "50", "80", "95", or nothing
    judged: bool  # whether the run has a band for it

    @property
    def left(self) -> bool:
        """Whether it is outside the band of 80 percent."""
        return self.judged and self.inside not in ("50", LEFT)

    @property
    def above(self) -> bool:
        """Whether it is above the median of the run."""
        return self.figure.value > self.at["p50"]


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One series: its realised months, those before the run, and how likely it is that so many are outside."""

    expected: Expected
    months: tuple[Month, ...]
    before: tuple[Realised, ...]
    chance: float

    @property
    def series(self) -> Watched:
        """Which series it is."""
        return self.expected.series

    @property
    def left(self) -> list[Month]:
        """The months outside the band of 80 percent."""
        return [month for month in self.months if month.left]

    @property
    def first_left(self) -> Month | None:
        """The first month outside the band of 80 percent."""
        return next(iter(self.left), None)


def hold(figures: Sequence[Realised], of: Expected) -> Held:
    """The figures of one series, in the order of their months, beside what was expected."""
    at = {month: i for i, month in enumerate(of.months)}
    ordered = sorted(figures, key=lambda each: each.month)
    inside = [each for each in ordered if each.month.text in at]
    before = tuple(each for each in ordered if each.month.text not in at)
    rows = [at[each.month.text] for each in inside]
    edges = quantiles(of, tuple(LEVELS.values()))
    months = tuple(_month(each, edges[:, row]) for each, row in zip(inside, rows, strict=True))
    judged = [row for row, month in zip(rows, months, strict=True) if month.judged]
    return Held(of, months, before, _chance(of, edges, judged, sum(month.left for month in months)))


def _month(figure: Realised, edges: Floats) -> Month:
    at = dict(zip(LEVELS, edges.tolist(), strict=True))
    inside = next((band for band, (low, high) in BANDS.items() if at[low] <= figure.value <= at[high]), "")
    judged = at["p97.5"] - at["p2.5"] > NARROWEST * max(at["p50"], 1.0)
    return Month(figure, at, inside, judged)


def _chance(of: Expected, edges: Floats, rows: Sequence[int], outside: int) -> float:
    """The share of draws in which at least so many of these months are outside the band of 80 percent."""
    if not rows or of.values.shape[1] < 2:
        return 1.0
    names = list(LEVELS)
    low, high = (edges[names.index(name)][list(rows)][:, None] for name in BANDS[LEFT])
    draws = of.values[list(rows), 1:]
    many = ((draws < low) | (draws > high)).sum(axis=0)
    return float(np.mean(many >= outside))
