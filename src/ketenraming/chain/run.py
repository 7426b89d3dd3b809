"""
Running a chain: `simulate` moves its people through the months, for any number of draws, and keeps what is asked for.

    results = simulate(TOY, months=72, values={"X": arrivals, ...}, draws=1000)
    results["reception_stock_end"]          # months by draws
    results.yearly("decision_outflow")      # years by draws, where it was kept by year

What is kept decides the memory: `by_month` and `by_year` name results (None keeps all by month), `profiles` names
stages whose people are wanted by age. A year sums flows, takes the last of a stock at the end, and the mean of a mean.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ketenraming.base.errors import NotInLibrary
from ketenraming.chain.declare import in_order, validate
from ketenraming.chain.program import Program, Wishes, channels, compile_chain
from ketenraming.chain.stage import Chain, Queue

if TYPE_CHECKING:
    import pandas
    import xarray

Floats = NDArray[np.float64]
CHUNK = 512  # draws a thread takes at a time; a multiple of the kernel's lanes


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


def names(chain: Chain) -> list[str]:
    """The names of all results of a chain that mean something: nothing of terms or caps that were not declared."""
    named = [channel.name for listed in channels(chain) for channel in listed]
    without = {f"{s.name}_{what}" for s in chain.stages if isinstance(s, Queue) and s.term is None
               for what in ("on_time", "overdue")}  # fmt: skip
    without |= {f"{s.name}_under_cap" for s in chain.stages if not getattr(s, "cap", 0)}
    return [name for name in named if name not in without]


def simulate(
    chain: Chain,
    months: int,
    values: Mapping[str, ArrayLike],
    draws: int = 1,
    by_month: Sequence[str] | None = None,
    by_year: Sequence[str] = (),
    profiles: Sequence[str] = (),
    threads: int = 1,
    first_month: int = 0,
) -> Results:
    """
    Run a chain.

    `values` gives each input as a number, a vector by month, or an array of months (or 1) by draws (or 1).
    `first_month` is the month of the year in which the run begins, 0 for January. The result does not depend on
    `threads`. Raises ChainInvalid with all mistakes.
    """
    validate(chain)
    wishes = Wishes(tuple(names(chain) if by_month is None else by_month), tuple(by_year), tuple(profiles))
    program = compile_chain(chain, months, values, draws, wishes, first_month)
    out = (
        np.zeros((len(wishes.by_month), months, draws)),
        np.zeros((len(wishes.by_year), int(program.year_of[-1]) + 1, draws)),
        np.zeros((len(wishes.profiles), months, chain.ages, draws)),
    )
    _run(program, out, threads)
    terms = {stage.name: program.term[i] for i, stage in enumerate(in_order(chain))}
    kept = [dict(zip(asked, arrays, strict=True)) for asked, arrays in zip(wishes, out, strict=True)]
    return Results(chain, kept[0], kept[1], kept[2], terms)


def _run(program: Program, out: tuple[Floats, Floats, Floats], threads: int) -> None:
    """Let threads take chunks of draws; each draw is computed by itself, whoever takes it."""
    from ketenraming.chain.kernel import run_draws

    lows = range(0, program.draws, CHUNK)
    if threads == 1 or len(lows) == 1:
        run_draws(program, 0, program.draws, *out)
        return
    with ThreadPoolExecutor(threads) as pool:
        tasks = [pool.submit(run_draws, program, low, min(low + CHUNK, program.draws), *out) for low in lows]
        for task in tasks:
            task.result()
