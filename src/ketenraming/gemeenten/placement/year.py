"""
A year week by week, and the same year in hindsight.

Each week the new groups and those that wait are placed as well as that week can, knowing nothing of the next. Nobody
moves for tidiness: groups that have a place move only in a week in which that places more people. In hindsight all
groups of the year are placed at once. Whoever has a place keeps one; nobody leaves within the year.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ketenraming.base.errors import CaseInvalid
from ketenraming.gemeenten.placement.given import Given, Group, GroupKind
from ketenraming.gemeenten.placement.problem import Type
from ketenraming.gemeenten.placement.solve import Solved, solve

WITHOUT_COST = ("unplaced", "deviation", "cost")
Stock = Counter[tuple[GroupKind, int, str]]  # groups by kind, size, and the site where they live


@dataclass(frozen=True, slots=True)
class Week:
    """Persons who arrived in a week, who wait at its end, and who moved in it."""

    arrived: int
    waiting: int
    moved: int


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """The weeks, the state at their end as groups that live somewhere, and the year placed in hindsight."""

    weeks: tuple[Week, ...]
    living: tuple[Group, ...]
    hindsight: Solved

    @property
    def arrived(self) -> int:
        """Persons who arrived in the year."""
        return sum(week.arrived for week in self.weeks)

    @property
    def placed(self) -> int:
        """Persons with a place at the end of the year, week by week."""
        return self.arrived - self.weeks[-1].waiting

    @property
    def placed_in_hindsight(self) -> int:
        """Persons with a place when all groups are placed at once; the end of the weeks is such an assignment too."""
        return max(round(self.arrived - self.hindsight.unplaced), self.placed)

    @property
    def most_in_hindsight(self) -> int:
        """Persons that no assignment can exceed: the same where the optimum is proven."""
        return max(int(self.arrived - self.hindsight.levels[0].bound + 0.5), self.placed)

    @property
    def ratio(self) -> float:
        """Placed week by week as a share of placed in hindsight; 1 where nobody could be placed."""
        return self.placed / self.placed_in_hindsight if self.placed_in_hindsight else 1.0

    @property
    def person_weeks_waiting(self) -> int:
        """Persons who wait at the end of a week, summed over the weeks."""
        return sum(week.waiting for week in self.weeks)


def run_year(given: Given, weeks: Sequence[Sequence[Group]], seconds: float = 2.0) -> Year:
    """A year of weekly arrivals on the sites of a question; its own groups are there before the first week."""
    if not weeks or any(group.at for week in weeks for group in week):
        raise CaseInvalid("A year needs weeks of groups that have no place yet. Leave out where they live.")
    waiting = tuple(group for group in given.groups if not group.at)
    state = _Year(replace(given, everyone=False), Counter(), Counter(), seconds)
    for group in given.groups:
        if group.at:
            state.living[group.kind, group.size, group.at] += group.number
    first = [(*waiting, *weeks[0]), *weeks[1:]]
    told = tuple(state.next(week) for week in first)
    everybody = tuple(group for week in first for group in week)
    settled = tuple(group for group in given.groups if group.at)
    best = solve(replace(given, groups=(*settled, *everybody), everyone=False), seconds * 5, WITHOUT_COST)
    if best is None:
        raise CaseInvalid("The rules leave no place even for who lives on the sites already. Let a rule go.")
    return Year(told, _groups(state.living), best)


@dataclass(slots=True, eq=False)
class _Year:
    """Who lives where, and who waits, as the weeks go by."""

    given: Given
    living: Stock
    waiting: Counter[Type]
    seconds: float

    def next(self, arrivals: Sequence[Group]) -> Week:
        """Place the new groups of a week and those that wait."""
        for group in arrivals:
            self.waiting[group.kind, group.size] += group.number
        solved = self._place()
        self._settle(solved)
        moved = solved.problem.size @ solved.assignment.leave
        left = sum(size * number for (_, size), number in self.waiting.items())
        return Week(sum(group.persons for group in arrivals), left, int(moved.sum()))

    def _place(self) -> Solved:
        """The best of this week without a move; with moves only where that leaves fewer people waiting."""
        asked = self._asked()
        moves = asked.rules.moves
        still = solve(replace(asked, rules=replace(asked.rules, moves=0)), self.seconds, WITHOUT_COST)
        if moves == 0 and still is None:
            raise CaseInvalid("The rules leave no place even for who lives on the sites already. Let a rule go.")
        if moves == 0 or (still is not None and still.unplaced < 0.5):
            assert still is not None
            return still
        moving = solve(asked, self.seconds, ("unplaced", "moves"))
        if moving is not None and (still is None or moving.unplaced < still.unplaced - 0.5):
            return moving
        if still is None:
            raise CaseInvalid("The rules leave no place even for who lives on the sites already. Let a rule go.")
        return still

    def _asked(self) -> Given:
        new = tuple(Group(kind, size, number) for (kind, size), number in sorted(self.waiting.items()) if number)
        return replace(self.given, groups=(*_groups(self.living), *new))

    def _settle(self, solved: Solved) -> None:
        """Write the assignment of a week into who lives where."""
        net = solved.assignment.come - solved.assignment.leave
        for row, column in zip(*np.nonzero(net), strict=True):
            kind, size = solved.problem.types[row]
            self.living[kind, size, self.given.sites[column].id] += int(net[row, column])
            self.waiting[kind, size] -= int(net[row, column])


def _groups(living: Stock) -> tuple[Group, ...]:
    return tuple(Group(kind, size, number, at) for (kind, size, at), number in sorted(living.items()) if number)
