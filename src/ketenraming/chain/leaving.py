"""
How people leave a queue or a dwell in a month, written into the kernel.

People are kept by month of entry, so nobody is ever shifted from age to age. A queue served oldest first keeps a mark
at the oldest cohort that is not empty in all eight draws; those over their term are a running total; a dwell with one
hazard for all ages is a filter.
"""

import operator
from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np

from ketenraming.chain.frame import Frame, Noted, Pool, terms_of
from ketenraming.chain.machine import WHOLE, Memory, Value, Var
from ketenraming.chain.results import Wishes
from ketenraming.chain.stage import Dwell, OutOfOrder, Queue, Tally

# --- Queues -----------------------------------------------------------------------------------------------------------


def serve(frame: Frame, queue: Queue, pool: Pool, available: Value | float) -> Noted:
    """Serve a queue with so much capacity; what is to be noted of it: its outflow, and how late it is."""
    code, now = frame.code, frame.now
    terms = terms_of(queue, frame.months, frame.history)
    _pass_terms(frame, pool, terms)
    if queue.cap:
        pool.young.value += pool.people[now] - pool.people[now - queue.cap]
    served, left = _Served(frame, queue, frame.wholes_of(terms)), code.var(available)
    if queue.out_of_order is not None:
        _serve_out_of_order(frame, queue.out_of_order, queue.min_age, pool, left, served)
    _serve_in_order(frame, queue, pool, left, served)
    out, on_time = served.all.value, served.on_time.value
    pool.stock.value = code.most(pool.stock.value - out, 0.0)
    pool.late.value = code.most(pool.late.value - (out - on_time), 0.0)
    pool.young.value = code.most(pool.young.value - served.young.value, 0.0)
    served.count_waiting(pool)
    found: Noted = {"outflow": out, "on_time": on_time, "overdue": pool.late.value}
    return found | {tally.name: total.value for tally, _, total in served.tallies}


def _pass_terms(frame: Frame, pool: Pool, terms: Sequence[int]) -> None:
    """Add the cohorts that pass their term in this month to those who are late."""
    passing: list[list[int]] = [[] for _ in range(frame.months)]
    for i, term in enumerate(terms):
        month = i - frame.history + term + 1
        if 0 <= month < frame.months:
            passing[month].append(i)
    firsts = frame.wholes_of(np.cumsum([0, *map(len, passing)]).tolist())
    listed = [i for cohorts in passing for i in cohorts]
    due = frame.wholes_of(listed + [0] * (len(terms) - len(listed)))  # as long, whatever the terms
    with frame.code.each(firsts[frame.month], firsts[frame.month + 1]) as k:
        pool.late.value += pool.people[due[k]]


def _serve_out_of_order(frame: Frame, rule: OutOfOrder, min_age: int, pool: Pool, left: Var, served: "_Served") -> None:
    """Serve an even part of those of some ages, as far as the share of the capacity for them goes."""
    code = frame.code
    first, end = code.most(frame.now - rule.to_age, 0), frame.now - (max(rule.from_age, min_age) - 1)
    total = code.var(0.0)
    with code.each(first, end) as i:
        total.value += pool.people[i]
    want, there = left.value * frame.amount(rule.share), total.value
    part = code.choose(there > 0.0, code.least(want / there, 1.0), 0.0)
    with code.each(first, end) as i:
        here = pool.people[i]
        out = here * part
        pool.people[i] = here - out
        left.value -= out
        served.note(i, out)
    left.value = code.most(left.value, 0.0)


def _serve_in_order(frame: Frame, queue: Queue, pool: Pool, left: Var, served: "_Served") -> None:
    """Serve cohort after cohort, until nothing is left in any draw or nobody is left."""
    code, people = frame.code, pool.people
    oldest, newest = pool.oldest.value, frame.now - queue.min_age
    is_oldest_first = queue.order == "oldest"
    cohort = code.var(oldest if is_oldest_first else newest, WHOLE)
    with code.repeat() as only_if:
        i, can = cohort.value, left.value
        only_if(i <= newest if is_oldest_first else i >= oldest)
        only_if(code.anywhere(can > 0.0))
        here = people[i]
        out = code.least(here, can)
        people[i] = here - out
        left.value = can - out
        served.note(i, out)
        cohort.value = i + (1 if is_oldest_first else -1)
    if is_oldest_first:
        with code.repeat() as only_if:
            i = pool.oldest.value
            only_if(i <= newest)
            only_if(code.nowhere(people[i] > 0.0))
            pool.oldest.value = i + 1


class _Served:
    """What is counted of those whom a queue serves, cohort by cohort."""

    def __init__(self, frame: Frame, queue: Queue, terms: Memory) -> None:
        self.frame, self.queue, self.terms = frame, queue, terms
        self.all, self.on_time, self.young = (frame.code.var(0.0) for _ in range(3))
        self.tallies = [
            (tally, frame.reals_of(_weights(tally, frame.history)), frame.code.var(0.0)) for tally in queue.tallies
        ]

    def note(self, cohort: Value, out: Value) -> None:
        """Count so many of a cohort."""
        code, age = self.frame.code, self.frame.now - cohort
        late = age - self.terms[cohort]
        self.all.value += out
        self.on_time.value += code.choose(late > 0, 0.0, out)
        if self.queue.cap:
            self.young.value += code.choose(age < self.queue.cap, out, 0.0)
        self._tally("served", age, late, out)

    def count_waiting(self, pool: Pool) -> None:
        """Count those who are still there, where a tally is of them."""
        if not any(tally.of == "waiting" for tally in self.queue.tallies):
            return
        with self.frame.code.each(pool.oldest.value, self.frame.now + 1) as cohort:
            age = self.frame.now - cohort
            self._tally("waiting", age, age - self.terms[cohort], pool.people[cohort])

    def _tally(self, of: str, age: Value, late: Value, number: Value) -> None:
        """Add so many of one age to the tallies that are of them."""
        code = self.frame.code
        for tally, weights, total in self.tallies:
            if tally.of == of:
                which = code.most(late, 0) if tally.by == "late" else age
                total.value += number * weights[code.least(which, len(_weights(tally, self.frame.history)) - 1)]


def _weights(tally: Tally, ages: int) -> tuple[float, ...]:
    """The weights of a tally; one by age ends with the open age."""
    return tally.weights if tally.by == "late" else tally.weights[:ages]


# --- Dwells -----------------------------------------------------------------------------------------------------------


def stay(frame: Frame, dwell: Dwell, pool: Pool) -> list[Value]:
    """Let every exit of a dwell take its part of everyone; who leaves, by exit."""
    times = [frame.amount(way_out.times) for way_out in dwell.exits]
    chances = [frame.reals_of(_by_age(way_out.hazard, frame.history)) for way_out in dwell.exits]
    if not is_flat(dwell, frame.wishes):
        out = _leave_by_age(frame, pool, chances, times)
        _count_young(frame, pool, dwell.cap)
        return out
    here, parts = pool.stock.value, [chance[0] * many for chance, many in zip(chances, times, strict=True)]
    out = [here * part for part in parts]
    pool.stock.value = here - _sum(out)
    _count_young(frame, pool, dwell.cap, stays=1.0 - _sum(parts))
    return out


def is_flat(dwell: Dwell, wishes: Wishes) -> bool:
    """Whether all leave alike: one hazard for all ages, and nobody asks for the people by age."""
    return dwell.name not in wishes.profiles and all(len(way_out.hazard) == 1 for way_out in dwell.exits)


def _count_young(frame: Frame, pool: Pool, cap: int, stays: Value | None = None) -> None:
    """Count those who are younger than a cap; where all leave alike they are followed so far, and no further."""
    if not cap:
        return
    young = frame.code.var(0.0)
    with frame.code.each(frame.now - (cap - 1), frame.now + 1) as i:
        here = pool.people[i]
        if stays is not None:
            here = pool.people[i] = here * stays
        young.value += here
    pool.young.value = young.value


def _leave_by_age(frame: Frame, pool: Pool, chances: Sequence[Memory], times: Sequence[Value | float]) -> list[Value]:
    """Who leaves by each exit; those of the last age, which is open, are kept apart from the others."""
    code, people, last = frame.code, pool.people, frame.history - 1
    pool.old.value += people[frame.now - last]
    pool.oldest.value = code.most(frame.now - (last - 1), pool.oldest.value)
    leaving, kept = [code.var(0.0) for _ in chances], code.var(0.0)
    with code.each(pool.oldest.value, frame.now + 1) as i:
        here, by_exit = people[i], [chance[frame.now - i] for chance in chances]
        for total, chance in zip(leaving, by_exit, strict=True):
            total.value += here * chance
        stays = here * (1.0 - _inner(by_exit, times))
        people[i] = stays
        kept.value += stays
    old, by_exit = pool.old.value, [chance[last] for chance in chances]
    pool.old.value = old * (1.0 - _inner(by_exit, times))
    pool.stock.value = kept.value + pool.old.value
    return [(total.value + old * chance) * many for total, chance, many in zip(leaving, by_exit, times, strict=True)]


def _by_age(chances: Sequence[float], ages: int) -> list[float]:
    """One chance for each age; the last holds for all that are older."""
    return [chances[min(age, len(chances) - 1)] for age in range(ages)]


def _inner(chances: Sequence[Value], times: Sequence[Value | float]) -> Value:
    """The chance to leave at all."""
    return _sum(chance * many for chance, many in zip(chances, times, strict=True))


def _sum(numbers: Iterable[Value]) -> Value:
    """The sum of one or more values, in their order."""
    return reduce(operator.add, numbers)
