"""Realised figures: what was counted in a month, who said so and since when; the later publication wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ketenraming.base.period import Period

Key = tuple[str, str]  # series, month as it is written


@dataclass(frozen=True, slots=True)
class Realised:
    """One number of a series in a month, in its unit. `line` is where it was read, 0 in what was kept."""

    series: str
    month: Period
    value: float
    unit: str
    source: str
    published: date
    note: str = ""
    line: int = 0

    @property
    def key(self) -> Key:
        """What it is a figure of."""
        return self.series, self.month.text


def latest(figures: Iterable[Realised], known_on: date = date.max) -> dict[Key, Realised]:
    """One figure for each series and month, as known on a day: the one that was published last."""
    found: dict[Key, Realised] = {}
    for each in figures:
        if each.published <= known_on and each.published >= found.get(each.key, each).published:
            found[each.key] = each
    return found
