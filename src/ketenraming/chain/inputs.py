"""What a chain is run with: the amounts of its declaration as arrays, and what can be wrong with them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ketenraming.base.wording import Wording
from ketenraming.chain.declare import exits
from ketenraming.chain.machine import LANES
from ketenraming.chain.stage import Amount, Chain, Dwell, Inflow, Queue

Floats = NDArray[np.float64]
_EPSILON = 1e-9
_MOST_MONTHS, _MOST_DRAWS = 1_200, 1_000_000


class Inputs:
    """The amounts of a chain, each as an array of months (or 1) by draws (or 1); `mistakes` says what is wrong."""

    def __init__(self, chain: Chain, given: Mapping[str, ArrayLike], months: int, draws: int) -> None:
        self._given, self._shape = given, (months, draws)
        self.mistakes: list[str | Wording] = [
            f"a run has 1 to {most} {what}, not {number}"
            for what, number, most in (("months", months, _MOST_MONTHS), ("draws", draws, _MOST_DRAWS))
            if not 1 <= number <= most
        ]
        self.arrays = {amount: self._array(amount) for amount in dict.fromkeys(amounts_of(chain))}
        self.mistakes += [f"the input {name!r} is used nowhere" for name in given if name not in self.arrays]
        if not self.mistakes:
            self.mistakes += _wrong_sums(chain, self.arrays)

    def _array(self, amount: Amount) -> Floats:
        if not isinstance(amount, str):
            return np.array([[float(amount)]])
        mistake, array = f"the input {amount!r} is not given", np.zeros((1, 1))
        if amount in self._given:
            array = np.asarray(self._given[amount], dtype=np.float64)
            array = array.reshape(-1, 1) if array.ndim < 2 else array
            mistake = self._mistake(array)
        if mistake:
            self.mistakes.append(mistake.replace("this input", f"the input {amount!r}"))
        return array

    def _mistake(self, array: Floats) -> str:
        months, draws = self._shape
        if array.ndim != 2 or array.shape[0] not in (1, months) or array.shape[1] not in (1, draws):
            return f"this input has shape {array.shape}, not {months} months or 1, by {draws} draws or 1"
        if not (array.min() >= 0 and array.max() < np.inf):  # no comparison holds for what is no number
            return "this input holds values that are no numbers or below nought"
        return ""


def packed(array: Floats, first: int, end: int) -> tuple[Floats, tuple[int, int, int]]:
    """
    An array as the kernel reads it for some blocks of draws: what must stay in memory meanwhile, and a row of numbers.

    The row has the address of block nought, and how many bytes months and blocks stand apart. An array is read where
    it stands; only where its draws do not fill the last of these blocks, or one stands for all, is a copy made.
    """
    months, draws = array.shape
    if draws == 1:
        first, end, apart = 0, 1, 0
    else:
        apart = array.itemsize * LANES
    if end * LANES > draws or array.strides[1] != array.itemsize:
        array = array.take(np.arange(first * LANES, end * LANES), axis=1, mode="clip")  # the last draw for what misses
    else:
        array = array[:, first * LANES : end * LANES]
    return array, (array.ctypes.data - first * apart, array.strides[0] if months > 1 else 0, apart)


def amounts_of(chain: Chain) -> Iterator[Amount]:
    """Every amount of a declaration."""
    yield from (server.capacity for server in chain.servers)
    for stage in chain.stages:
        if isinstance(stage, Inflow):
            yield stage.amount
        elif isinstance(stage, Dwell):
            yield from (way_out.times for way_out in stage.exits)
        else:
            yield from () if stage.share is None else (stage.share,)
            yield from () if stage.out_of_order is None else (stage.out_of_order.share,)
    yield from (route.share for route in chain.routes)


def _wrong_sums(chain: Chain, arrays: Mapping[Amount, Floats]) -> Iterator[Wording]:
    """Shares or chances that make more than one in some month or draw."""
    for what, parts in _wholes(chain):
        if _most(arrays, parts) > 1 + _EPSILON:
            yield Wording("{what} make more than 1 in some month or draw", {"what": what})
    for stage in chain.stages:
        if isinstance(stage, Dwell):
            yield from _wrong_chances(stage, arrays)


def _most(arrays: Mapping[Amount, Floats], parts: list[Amount]) -> float:
    """The most that some amounts make together."""
    return float(np.max(reduce(np.add, [arrays[part] for part in parts])))


@lru_cache(maxsize=64)
def _wholes(chain: Chain) -> tuple[tuple[Wording, list[Amount]], ...]:
    """Shares that are parts of one whole, where some are inputs; the declaration itself is checked by `validate`."""
    return tuple((what, parts) for what, parts in _all_wholes(chain) if any(isinstance(part, str) for part in parts))


def _all_wholes(chain: Chain) -> Iterator[tuple[Wording, list[Amount]]]:
    """Shares that are parts of one whole: of those who leave, of a server, of a queue's capacity."""
    for stage in chain.stages:
        for exit in exits(stage):
            routes = [r for r in chain.routes if (r.source, r.exit) == (stage.name, exit) and not r.spawning]
            yield _routes_of(stage.name, exit), [r.share for r in routes]
    queues = [stage for stage in chain.stages if isinstance(stage, Queue)]
    for server in chain.servers:
        kept = [q.share for q in queues if q.server == server.name and q.share is not None]
        yield Wording("server {server!r}: the shares kept for queues", {"server": server.name}), kept
    for queue in queues:
        apart: list[Amount] = [queue.out_of_order.share] if queue.out_of_order else []
        yield Wording("{queue!r}: the shares out of order", {"queue": queue.name}), apart


def _routes_of(stage: str, exit: str) -> Wording:
    """What the shares of the routes out of a stage are called, by one of its exits where it has several."""
    if not exit:
        return Wording("{stage!r}: the shares of the routes", {"stage": stage})
    return Wording("{stage!r}: the shares of the routes {exit}", {"stage": stage, "exit": exit})


def _wrong_chances(dwell: Dwell, arrays: Mapping[Amount, Floats]) -> Iterator[Wording]:
    """One finding when the chances to leave make more than one at some age, in some month or draw."""
    if sum(max(way_out.hazard) * arrays[way_out.times].max() for way_out in dwell.exits) <= 1:
        return
    for age in range(max(len(way_out.hazard) for way_out in dwell.exits)):
        chances = sum(
            way_out.hazard[min(age, len(way_out.hazard) - 1)] * arrays[way_out.times] for way_out in dwell.exits
        )
        if np.max(chances) > 1 + _EPSILON:
            told = {"stage": dwell.name, "age": age, "chances": float(np.max(chances))}
            yield Wording("{stage!r}: at age {age} the chances to leave are {chances:.4g} in some month or draw", told)
            return
