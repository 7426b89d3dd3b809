"""What a chain is run with: amounts packed for the kernel, and what can be wrong with them."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ketenraming.chain import layout as at
from ketenraming.chain.declare import exits
from ketenraming.chain.stage import Amount, Chain, Dwell, Queue

Floats = NDArray[np.float64]
_EPSILON = 1e-9


class Inputs:
    """Amounts, packed: each once, with how far apart its months and its draws stand."""

    def __init__(self, given: Mapping[str, ArrayLike], months: int, draws: int) -> None:
        self.given = {name: np.asarray(value, dtype=np.float64) for name, value in given.items()}
        self.months, self.draws = months, draws
        self.packed: list[Floats] = []
        self.index: dict[Amount, int] = {}
        self.arrays: dict[Amount, Floats] = {}
        self.steps: list[tuple[int, int, int]] = []
        self.used: set[str] = set()
        self.mistakes: list[str] = []
        self.size = 0

    def add(self, amount: Amount | None) -> int:
        """The index of an amount; minus one for none."""
        if amount is None:
            return at.NONE
        if amount not in self.index:
            self.index[amount] = len(self.steps)
            self.arrays[amount] = self._array(amount)
            self._pack(self.arrays[amount])
        return self.index[amount]

    def _array(self, amount: Amount) -> Floats:
        if not isinstance(amount, str):
            return np.array([[float(amount)]])
        self.used.add(amount)
        array = self.given.get(amount)
        if array is None:
            self.mistakes.append(f"the input {amount!r} is not given")
            return np.zeros((1, 1))
        array = array.reshape(-1, 1) if array.ndim < 2 else array
        wanted = ((1, self.months), (1, self.draws))
        if array.ndim != 2 or any(n not in allowed for n, allowed in zip(array.shape, wanted, strict=True)):
            shape = f"{self.months} months or 1, by {self.draws} draws or 1"
            self.mistakes.append(f"the input {amount!r} has shape {array.shape}, not {shape}")
            return np.zeros((1, 1))
        if not np.isfinite(array).all() or array.min() < 0:
            self.mistakes.append(f"the input {amount!r} holds values that are no numbers or below nought")
            return np.zeros((1, 1))
        return array

    def _pack(self, array: Floats) -> None:
        rows, columns = array.shape
        self.steps.append((self.size, columns if rows > 1 else 0, 1 if columns > 1 else 0))
        self.packed.append(np.ascontiguousarray(array).ravel())
        self.size += array.size

    def of(self, amount: Amount) -> Floats:
        """The array of an amount, months by draws or less."""
        self.add(amount)
        return self.arrays[amount]


def wrong_inputs(chain: Chain, given: Inputs) -> Iterator[str]:
    """Inputs that nobody uses, and shares or chances that make more than one in some month or draw."""
    yield from (f"the input {name!r} is used nowhere" for name in given.given if name not in given.used)
    if given.mistakes:
        return
    for what, parts in _wholes(chain):
        if parts and np.max(sum(given.of(part) for part in parts)) > 1 + _EPSILON:
            yield f"{what} make more than 1 in some month or draw"
    for stage in chain.stages:
        if isinstance(stage, Dwell):
            yield from _wrong_chances(stage, given)


def _wholes(chain: Chain) -> Iterator[tuple[str, list[Amount]]]:
    """Shares that are parts of one whole: of those who leave, of a server, of a queue's capacity."""
    for stage in chain.stages:
        for exit in exits(stage):
            routes = [r for r in chain.routes if (r.source, r.exit) == (stage.name, exit) and not r.spawning]
            yield f"{stage.name!r}: the shares of the routes {exit}".rstrip(), [r.share for r in routes]
    queues = [stage for stage in chain.stages if isinstance(stage, Queue)]
    for server in chain.servers:
        kept = [q.share for q in queues if q.server == server.name and q.share is not None]
        yield f"server {server.name!r}: the shares kept for queues", kept
    for queue in queues:
        yield f"{queue.name!r}: the shares out of order", [queue.out_of_order.share] if queue.out_of_order else []


def _wrong_chances(dwell: Dwell, given: Inputs) -> Iterator[str]:
    """One finding when the chances to leave make more than one at some age, in some month or draw."""
    longest = max(len(exit.hazard) for exit in dwell.exits)
    most = sum(max(exit.hazard) * np.max(given.of(exit.times)) for exit in dwell.exits)
    for age in range(longest if most > 1 else 0):
        chances = sum(exit.hazard[min(age, len(exit.hazard) - 1)] * given.of(exit.times) for exit in dwell.exits)
        if np.max(chances) > 1 + _EPSILON:
            yield f"{dwell.name!r}: at age {age} the chances to leave are {np.max(chances):.4g} in some month or draw"
            return
