"""
Running a chain: `simulate` moves its people through the months, for any number of draws, and keeps what is asked for.

    results = simulate(TOY, months=72, values={"X": arrivals, ...}, draws=1000)
    results["reception_stock_end"]          # months by draws
    results.yearly("decision_outflow")      # years by draws, where it was kept by year

What is kept decides the memory: `by_month` and `by_year` name results (None keeps all by month), `profiles` names
stages whose people are wanted by age; `bands` gives quantiles over draws and keeps no draws. A year sums flows, takes
the last of a stock at the end, and the mean of a mean.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ketenraming.base.errors import ChainInvalid
from ketenraming.chain.declare import validate
from ketenraming.chain.inputs import Inputs, packed
from ketenraming.chain.kernel import Kernel, kernel_of
from ketenraming.chain.machine import ALIGNED, LANES
from ketenraming.chain.results import Results, Wishes, names, wrong_wishes, years_of
from ketenraming.chain.stage import Chain

Floats = NDArray[np.float64]
_KEPT = 256 * 2**20  # bytes of draws that `bands` keeps at a time
_TASKS = 4  # pieces of work for each thread, so that a slow one does not hold up the others


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
    inputs = Inputs(chain, values, months, draws)
    if mistakes := [*inputs.mistakes, *wrong_wishes(chain, wishes)]:
        raise ChainInvalid(chain.name, mistakes)
    kernel = kernel_of(chain, months, wishes, first_month)
    width, years = -(-draws // LANES) * LANES, years_of(months, first_month)[-1] + 1
    out = (
        np.empty((len(wishes.by_month), months, width)),
        np.empty((len(wishes.by_year), years, width)),
        np.zeros((len(wishes.profiles), months, chain.ages, width)),
    )
    _run(kernel, inputs, out, draws, threads)
    kept = [dict(zip(asked, array[..., :draws], strict=True)) for asked, array in zip(wishes, out, strict=True)]
    return Results(chain, kept[0], kept[1], kept[2], kernel.terms)


def bands(
    chain: Chain,
    months: int,
    values: Mapping[str, ArrayLike],
    draws: int,
    of: Sequence[str],
    probabilities: Sequence[float] = (0.1, 0.25, 0.5, 0.75, 0.9),
    threads: int = 1,
) -> dict[str, Floats]:
    """
    Quantiles over the draws of results by month, as arrays of probabilities by months.

    The draws of a few results are kept at a time; the chain is run again for the next few, which gives the same draws.
    """
    size, found = max(1, _KEPT // (np.dtype(np.float64).itemsize * months * draws)), dict[str, Floats]()
    for first in range(0, len(of), size):
        results = simulate(chain, months, values, draws, by_month=of[first : first + size], threads=threads)
        found |= {name: np.quantile(kept, probabilities, axis=1) for name, kept in results.months.items()}
    return found


def _run(kernel: Kernel, inputs: Inputs, out: tuple[Floats, ...], draws: int, threads: int) -> None:
    """Let threads take blocks of draws; each draw is computed by itself, whoever takes it."""
    blocks, whole = -(-draws // LANES), draws // LANES
    addresses = [array.ctypes.data for array in (kernel.reals, kernel.wholes, *out)]
    for first, end in ((0, whole), (whole, blocks)):  # draws that do not fill a block come last
        if first < end:
            read = [packed(inputs.arrays[amount], first, end) for amount in kernel.amounts]
            table = np.array([row for _, row in read], dtype=np.int64)
            _share(kernel, first, end, [blocks, table.ctypes.data, *addresses], threads)


def _share(kernel: Kernel, first: int, end: int, arguments: Sequence[int], threads: int) -> None:
    """Share blocks of draws among threads, each with working memory of its own."""

    def task(first: int, end: int) -> None:
        room = np.empty(kernel.room + ALIGNED, dtype=np.uint8)
        kernel.run(first, end, *arguments, -(-room.ctypes.data // ALIGNED) * ALIGNED)

    pieces = min(threads * _TASKS, end - first) if threads > 1 else 1
    if pieces == 1:
        task(first, end)
        return
    edges = [first + (end - first) * n // pieces for n in range(pieces + 1)]
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(task, *edge) for edge in pairwise(edges)]:
            done.result()
