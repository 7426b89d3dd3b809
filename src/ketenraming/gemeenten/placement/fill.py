"""A quick assignment by hand: the largest groups first, each where a plan for separate persons still wants most."""

import numpy as np
from numpy.typing import NDArray

from ketenraming.gemeenten.placement.model import Assignment
from ketenraming.gemeenten.placement.problem import Floats, Ints, Problem


def fill(problem: Problem, plan: Floats) -> Assignment | None:
    """
    Place whole groups near a plan (persons by type and site, of which equal kinds count together).

    Who lives somewhere stays. None where staying alone breaks a rule: then only the solver can tell.
    """
    closed = (problem.need > 0) & (plan.sum(axis=0) <= 0) & (problem.living <= 0)
    while True:
        come = _fill(problem, plan, closed)
        if come is None:
            return None
        load = problem.size @ come + problem.living
        under = (load > 0) & (load < problem.need) & ~closed
        if not under.any():
            break
        closed |= under
    stays = load[problem.need > 0]
    broken = (stays > 0) & (stays < problem.need[problem.need > 0])
    return None if broken.any() else Assignment(come, np.zeros_like(come))


def _fill(problem: Problem, plan: Floats, closed: NDArray[np.bool_]) -> Ints | None:
    room = problem.room - problem.living
    held = np.bincount(problem.town, problem.living, len(problem.towns)).astype(np.float64)
    if room.min(initial=0) < 0 or (problem.limit - held).min(initial=0) < 0:
        return None
    state = _State(problem, plan, np.where(closed & (problem.living <= 0), 0.0, room), held)
    for row in np.argsort(-problem.size, kind="stable"):
        for _ in range(int(problem.new[row])):
            if not state.place(int(row)):
                break
    return state.come


class _State:
    """What is left while groups are placed one by one."""

    def __init__(self, problem: Problem, plan: Floats, room: Floats, held: Floats) -> None:
        self.problem, self.room, self.held = problem, room, held
        kinds = [kind for kind, _ in problem.types]
        first = {kind: kinds.index(kind) for kind in kinds}
        self.kind = [first[kind] for kind in kinds]  # equal kinds share one row of what is wanted
        self.wanted = {row: plan[[i for i, k in enumerate(self.kind) if k == row]].sum(axis=0) for row in self.kind}
        sizes = {row: problem.size[[i for i, k in enumerate(self.kind) if k == row]] for row in self.kind}
        self.smallest = {row: float(each.min()) for row, each in sizes.items()}
        self.come = np.zeros_like(problem.here)

    def place(self, row: int) -> bool:
        """Place one group of a type; False where no site has room for it."""
        size, town = self.problem.size[row], self.problem.town
        left = (self.problem.limit - self.held)[town]
        may = np.flatnonzero(self.problem.fits[row] & (self.room >= size) & (left >= size))
        if not len(may):
            return False
        best = int(may[self._best(row, may)])
        self.come[row, best] += 1
        self.room[best] -= size
        self.held[town[best]] += size
        self.wanted[self.kind[row]][best] -= size
        return True

    def _best(self, row: int, may: Ints) -> int:
        """The site that wants most; where none wants all of the group, the least deviation, then the least cost."""
        size, wanted = self.problem.size[row], self.wanted[self.kind[row]][may]
        if wanted.max() >= size:
            rest = wanted - size
            wasted = (rest > 0) & (rest < self.smallest[self.kind[row]])  # no group of this kind is that small
            return int(np.where(rest < 0, -np.inf, rest - 1e6 * wasted).argmax())
        town = self.problem.town[may]
        below = np.nan_to_num(self.problem.target - self.problem.held - self.held)[town]
        return int(np.lexsort((self.problem.cost[may], np.abs(below - size) - np.abs(below)))[0])
