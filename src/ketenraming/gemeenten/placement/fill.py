"""A quick assignment by hand: the largest groups first, each where a plan for separate persons still wants most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ketenraming.gemeenten.placement.model import Assignment
from ketenraming.gemeenten.placement.problem import Floats, Ints, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Persons by type and site, and for each type the row that it shares with others of its kind, or has alone."""

    persons: Floats
    rows: Ints

    @property
    def alone(self) -> NDArray[np.bool_]:
        """The types that have a row of their own: for these the plan is of whole groups, mostly."""
        return np.asarray(np.bincount(self.rows)[self.rows] == 1)


def fill(problem: Problem, plan: Plan) -> Assignment | None:
    """
    Place whole groups near a plan.

    Who lives somewhere stays. None where staying alone breaks a rule: then only the solver can tell.
    """
    closed = (problem.need > 0) & (plan.persons.sum(axis=0) <= 0) & (problem.living <= 0)
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


def _fill(problem: Problem, plan: Plan, closed: NDArray[np.bool_]) -> Ints | None:
    room = problem.room - problem.living
    held = np.bincount(problem.town, problem.living, len(problem.towns)).astype(np.float64)
    if room.min(initial=0) < 0 or (problem.limit - held).min(initial=0) < 0:
        return None
    state = _State(problem, plan, np.where(closed & (problem.living <= 0), 0.0, room), held)
    for row in np.lexsort((-problem.size, ~plan.alone)):
        for _ in range(int(problem.new[row])):
            if not state.place(int(row)):
                break
    return state.come


class _State:
    """What is left while groups are placed one by one."""

    def __init__(self, problem: Problem, plan: Plan, room: Floats, held: Floats) -> None:
        self.problem, self.room, self.held = problem, room, held
        self.row = plan.rows
        self.wanted = plan.persons.copy()
        self.smallest = [float(problem.size[plan.rows == row].min()) for row in plan.rows]
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
        self.wanted[self.row[row], best] -= size
        return True

    def _best(self, row: int, may: Ints) -> int:
        """The site that wants most; where none wants all of the group, the least deviation, then the least cost."""
        size, wanted = self.problem.size[row], self.wanted[self.row[row], may]
        if wanted.max() >= size:
            rest = wanted - size
            wasted = (rest > 0) & (rest < self.smallest[row])  # no group of this kind is that small
            return int(np.where(rest < 0, -np.inf, rest - 1e6 * wasted).argmax())
        town = self.problem.town[may]
        below = np.nan_to_num(self.problem.target - self.problem.held - self.held)[town]
        return int(np.lexsort((self.problem.cost[may], np.abs(below - size) - np.abs(below)))[0])
