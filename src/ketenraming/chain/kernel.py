"""
The kernel of a chain: its declaration written out as a function that moves eight draws at once through all months.

Nothing is interpreted while it runs. Which stages there are, how they are served, which ages count and what is kept
stand in the code; terms, hazards, weights, delays and people at the start stand in tables beside it, so a chain with
other numbers is the same code. It knows nothing about migration, and must give what `reference` gives.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ketenraming.chain.declare import in_order
from ketenraming.chain.frame import ARRAYS, NAME, NO_TERM, NUMBERS, Frame, Noted, Pool, terms_of
from ketenraming.chain.leaving import serve, stay
from ketenraming.chain.machine import LANES, VECTOR, WHOLE, Compiled, Value, Var, compiled
from ketenraming.chain.results import Wishes, channels, years_of
from ketenraming.chain.stage import Amount, Chain, Dwell, Inflow, Queue, Route, Stage


class Kernel(NamedTuple):
    """
    A compiled chain: call `run` with whole numbers and addresses, in the order of `NUMBERS` and `ARRAYS`.

    `amounts` are its inputs, each to be given as an address and how many bytes its months and its blocks of draws stand
    apart. `room` are the bytes of working memory that a call needs. `terms` are by cohort.
    """

    run: Compiled
    reals: NDArray[np.float64]
    wholes: NDArray[np.int64]
    amounts: tuple[Amount, ...]
    room: int
    terms: Mapping[str, NDArray[np.int64]]


@lru_cache(maxsize=64)
def kernel_of(chain: Chain, months: int, wishes: Wishes, first_month: int) -> Kernel:
    """The kernel of a valid chain for so many months, when what is asked for is there."""
    frame = Frame(chain, months, wishes)
    _write(frame, first_month)
    return Kernel(
        compiled(frame.code.finish(), NAME, len(NUMBERS) + len(ARRAYS)),
        np.array(frame.reals or [0.0], dtype=np.float64),
        np.array(frame.wholes or [0], dtype=np.int64),
        tuple(frame.amounts),
        np.dtype(np.float64).itemsize * LANES * frame.rooms,
        {s.name: np.array(terms_of(s, months, chain.ages)) for s in chain.stages if isinstance(s, Queue)},
    )


def _write(frame: Frame, first_month: int) -> None:
    """The whole function: for each block of draws, all months."""
    code, stages = frame.code, in_order(frame.chain)
    with code.each(code.whole("first_block"), code.whole("end_block")) as frame.block:
        pools = {s.name: _begin(frame, s) for s in stages if not isinstance(s, Inflow)}
        totals = {name: code.var(0.0) for name in frame.wishes.by_year}
        with code.each(0, frame.months) as month:
            frame.enter(month)
            noted = _Month(frame, stages, pools).write()
            _keep_months(frame, noted)
            _keep_years(frame, noted, totals, first_month)


def _begin(frame: Frame, stage: Queue | Dwell) -> Pool:
    """Everyone where they are before the first month; nobody on the way."""
    code, history, start = frame.code, frame.history, stage.start
    terms = terms_of(stage, frame.months, history) if isinstance(stage, Queue) else [NO_TERM] * history
    old = start[history - 1] if isinstance(stage, Dwell) and len(start) == history else 0.0
    late = sum(n for age, n in enumerate(start) if age > terms[history - 1 - age])
    by_entry = [0.0] * (history - len(start)) + [*reversed(start)]
    by_entry[0] -= old
    people, table = frame.room_for(history + frame.months), frame.reals_of(by_entry)
    with code.each(0, history) as i:
        people[i] = table[i]
    totals = frame.reals_of([sum(start), old, late, sum(start[: stage.cap])])
    stock, older, overdue, young = (code.var(totals[i]) for i in range(4))
    pool = Pool(people, stock, older, overdue, young, code.var(history - len(start), WHOLE))
    delays = [len(route.delay) for route in frame.chain.routes if route.to == stage.name and route.delay]
    if delays:
        pool.arriving = frame.room_for(frame.months + max(delays))
        with code.each(0, frame.months) as i:
            pool.arriving[i] = 0.0
    return pool


class _Month:
    """The code of one month: all stages in their order, and their routes."""

    def __init__(self, frame: Frame, stages: list[Stage], pools: Mapping[str, Pool]) -> None:
        self.frame, self.stages, self.pools = frame, stages, pools
        self.noted: Noted = {}
        self.full: dict[str, Value | float] = {}
        self.left: dict[str, Var] = {}

    def write(self) -> Noted:
        """Write the month; what is noted in it."""
        self._open_servers()
        for pool in self.pools.values():
            pool.joining = pool.arriving[self.frame.month] if pool.arriving else 0.0
        for stage in self.stages:
            flows = self._arrive(stage) if isinstance(stage, Inflow) else self._pass(stage, self.pools[stage.name])
            for route in self.frame.chain.routes:
                if route.source == stage.name:
                    self._send(route, flows[route.exit])
        return self.noted

    def _open_servers(self) -> None:
        """What each server can do this month, and what is left of that by what is kept for queues."""
        code = self.frame.code
        for server in self.frame.chain.servers:
            full = self.full[server.name] = self.frame.amount(server.capacity)
            left = self.left[server.name] = code.var(full)
            for stage in self.stages:
                if isinstance(stage, Queue) and stage.server == server.name and stage.share is not None:
                    left.value = code.most(left.value - self.frame.amount(stage.share) * full, 0.0)

    def _arrive(self, inflow: Inflow) -> Noted:
        amount = self.noted[f"{inflow.name}_inflow"] = self.frame.amount(inflow.amount)
        return {"": amount}

    def _pass(self, stage: Queue | Dwell, pool: Pool) -> Noted:
        """Let newcomers join and then people leave; who leaves, by exit."""
        before = pool.stock.value
        pool.people[self.frame.now] = pool.joining
        pool.stock.value = before + pool.joining
        flows = self._serve(stage, pool) if isinstance(stage, Queue) else self._stay(stage, pool)
        stock, average = pool.stock.value, 0.5 * (before + pool.stock.value)
        found = {"inflow": pool.joining, "stock_end": stock, "stock_avg": average, "under_cap": pool.young.value}
        self._note(stage, found)
        if stage.lives:
            for name, number in ((f"{stage.lives}_stock_end", stock), (f"{stage.lives}_stock_avg", average)):
                self.noted[name] = number + self.noted.get(name, 0.0)
        if stage.name in self.frame.wishes.profiles:
            _keep_profile(self.frame, stage, pool)
        return flows

    def _note(self, stage: Stage, found: Noted) -> None:
        self.noted |= {f"{stage.name}_{what}": number for what, number in found.items()}

    def _serve(self, queue: Queue, pool: Pool) -> Noted:
        """Serve a queue with what is kept for it, or with what its server has left."""
        left = self.left[queue.server]
        kept = None if queue.share is None else self.full[queue.server] * self.frame.amount(queue.share)
        found = serve(self.frame, queue, pool, left.value if kept is None else kept)
        if kept is None:
            left.value = self.frame.code.most(left.value - found["outflow"], 0.0)
        self._note(queue, found)
        return {"": found["outflow"]}

    def _stay(self, dwell: Dwell, pool: Pool) -> Noted:
        flows: Noted = dict(zip((way_out.name for way_out in dwell.exits), stay(self.frame, dwell, pool), strict=True))
        self._note(dwell, {f"{way_out}_outflow": number for way_out, number in flows.items()})
        return flows

    def _send(self, route: Route, flow: Value | float) -> None:
        """Pass people on: in this month, or spread over later ones."""
        frame, pool, flow = self.frame, self.pools[route.to], flow * self.frame.amount(route.share)
        arriving = pool.arriving
        if not route.delay or arriving is None:
            pool.joining = pool.joining + flow
            return
        table, first = frame.reals_of(route.delay), next(k for k, chance in enumerate(route.delay) if chance > 0)
        if first == 0:
            pool.joining, first = pool.joining + flow * table[0], 1
        with frame.code.each(first, len(route.delay)) as k:
            arriving[frame.month + k] += flow * table[k]


# --- What is kept -----------------------------------------------------------------------------------------------------


def _keep_months(frame: Frame, noted: Noted) -> None:
    """Write what is asked for by month."""
    out, blocks = frame.code.memory("months", VECTOR), frame.code.whole("blocks")
    for slot, name in enumerate(frame.wishes.by_month):
        out[(frame.month + slot * frame.months) * blocks + frame.block] = noted[name]


def _keep_years(frame: Frame, noted: Noted, totals: Mapping[str, Var], first_month: int) -> None:
    """Add the month to its year; write the year at its end."""
    if not totals:
        return
    code, month, years = frame.code, frame.month, years_of(frame.months, first_month)
    sizes = np.bincount(years)
    shares, year = frame.reals_of([1.0 / sizes[year] for year in years]), frame.wholes_of(years)
    is_end = frame.wholes_of([*np.diff(years).tolist(), 1])
    how = {channel.name: channel.yearly for channel in channels(frame.chain)}
    for name, total in totals.items():
        part = noted[name] * shares[month] if how[name] == "mean" else noted[name]
        total.value = part if how[name] == "last" else total.value + part
    out, blocks = code.memory("years", VECTOR), code.whole("blocks")
    with code.when(is_end[month] > 0):
        for slot, total in enumerate(totals.values()):
            out[(year[month] + slot * len(sizes)) * blocks + frame.block] = total.value
            total.value = 0.0


def _keep_profile(frame: Frame, stage: Queue | Dwell, pool: Pool) -> None:
    """Write the people of a stage by age; the last age is open."""
    code, last = frame.code, frame.history - 1
    out, blocks = code.memory("profiles", VECTOR), code.whole("blocks")
    row = (frame.month + frame.wishes.profiles.index(stage.name) * frame.months) * frame.history
    with code.each(pool.oldest.value, frame.now + 1) as i:
        out[(row + code.least(frame.now - i, last)) * blocks + frame.block] += pool.people[i]
    out[(row + last) * blocks + frame.block] += pool.old.value
