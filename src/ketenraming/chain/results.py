"""
What a run gives: the names of all results of a chain, how a year is made of them, and what was kept.

A result is named after its stage, or the place where people live: `decision_overdue`, `reception_stock_end`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.errors import NotInLibrary
from ketenraming.chain.stage import Chain, Dwell, Inflow, Stage

if TYPE_CHECKING:
    import pandas
    import xarray

Floats = NDArray[np.float64]


class Channel(NamedTuple):
    """One result: its name, and whether a year of it is the sum, the mean or the last of its months."""

    name: str
    yearly: Literal["sum", "mean", "last"]


class Wishes(NamedTuple):
    """What is to be kept: results by month, results by year, and stages whose people are wanted by age."""

    by_month: tuple[str, ...]
    by_year: tuple[str, ...]
    profiles: tuple[str, ...]


def channels(chain: Chain) -> list[Channel]:
    """Every result that means something: nothing of terms or caps that were not declared."""
    places = dict.fromkeys(s.lives for s in chain.stages if not isinstance(s, Inflow) and s.lives)
    found = [channel for stage in chain.stages for channel in _of_stage(stage)]
    return found + [channel for place in places for channel in _stock(place)]


def names(chain: Chain) -> list[str]:
    """The names of all results of a chain."""
    return [channel.name for channel in channels(chain)]


def _stock(name: str) -> list[Channel]:
    return [Channel(f"{name}_stock_end", "last"), Channel(f"{name}_stock_avg", "mean")]


def _of_stage(stage: Stage) -> Iterator[Channel]:
    yield Channel(f"{stage.name}_inflow", "sum")
    if isinstance(stage, Inflow):
        return
    yield from _stock(stage.name)
    if stage.cap:
        yield Channel(f"{stage.name}_under_cap", "mean")
    if isinstance(stage, Dwell):
        yield from (Channel(f"{stage.name}_{way_out.name}_outflow", "sum") for way_out in stage.exits)
        return
    yield Channel(f"{stage.name}_outflow", "sum")
    if stage.term is not None:
        yield from (Channel(f"{stage.name}_on_time", "sum"), Channel(f"{stage.name}_overdue", "last"))
    yield from (Channel(f"{stage.name}_{tally.name}", "sum") for tally in stage.tallies)


def wrong_wishes(chain: Chain, wishes: Wishes) -> Iterator[str]:
    """Names that are asked for and are not there, and results that would share a name."""
    known = Counter(names(chain))
    for name, times in known.items():
        if times > 1:
            yield f"{times} results would be called {name!r}: rename a stage, an exit or a place"
    for name in (*wishes.by_month, *wishes.by_year):
        if name not in known:
            yield f"there is no result {name!r}"
    for name in wishes.profiles:
        if name not in {stage.name for stage in chain.stages if not isinstance(stage, Inflow)}:
            yield f"there is no stage {name!r} to give a profile of"


def years_of(months: int, first_month: int) -> list[int]:
    """The year of each month, counted from nought; the first month of the run is this one of its year."""
    return [(first_month + month) // 12 for month in range(months)]


@dataclass(frozen=True, slots=True)
class Results:
    """What a run has kept: arrays by name, months (or years) by draws; profiles are months by ages by draws."""

    chain: Chain
    months: Mapping[str, Floats]
    years: Mapping[str, Floats]
    profiles: Mapping[str, Floats]
    terms: Mapping[str, NDArray[np.int64]]

    def __getitem__(self, name: str) -> Floats:
        """A result by month; raises NotInLibrary with the nearest names."""
        return _found(self.months, name)

    def yearly(self, name: str) -> Floats:
        """A result by year; raises NotInLibrary with the nearest names."""
        return _found(self.years, name)

    def profile(self, stage: str) -> Floats:
        """The people of a stage at the end of each month by age; the last age is open."""
        return _found(self.profiles, stage)

    def overdue_by_months_late(self, queue: str) -> Floats:
        """
        The overdue people of a queue by months late (the first is one month), from its profile.

        Those of the open last age are counted at that age: declare more ages than people wait.
        """
        profile, term = self.profile(queue), self.terms[queue]
        months, ages, draws = profile.shape
        late = np.zeros((months, ages, draws))
        for t in range(months):
            for age in range(ages):
                over = age - int(term[ages + t - age])
                if over > 0:
                    late[t, over - 1] += profile[t, age]
        return late

    def to_pandas(self) -> "pandas.DataFrame":
        """All monthly results in one long table: month, draw and a column for each result. Needs pandas."""
        import pandas

        months, draws = next(iter(self.months.values())).shape
        index = pandas.MultiIndex.from_product([range(months), range(draws)], names=["month", "draw"])
        return pandas.DataFrame({name: array.ravel() for name, array in self.months.items()}, index=index)

    def to_xarray(self) -> "xarray.Dataset":
        """All results with named axes: month, year, age, draw. Needs xarray."""
        import xarray

        found: dict[str, tuple[tuple[str, ...], Floats]]
        found = {name: (("month", "draw"), array) for name, array in self.months.items()}
        found |= {f"{name}_by_year": (("year", "draw"), array) for name, array in self.years.items()}
        found |= {f"{name}_profile": (("month", "age", "draw"), array) for name, array in self.profiles.items()}
        return xarray.Dataset(found, attrs={"chain": self.chain.name})


def _found(kept: Mapping[str, Floats], name: str) -> Floats:
    if name not in kept:
        raise NotInLibrary("result that was kept", name, kept)
    return kept[name]
