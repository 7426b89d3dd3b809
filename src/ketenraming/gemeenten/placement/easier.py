"""
An easier question, with far fewer variables: no assignment of whole groups can do better than its best.

Groups of a kind with many sizes and sites are taken as separate persons. A kind with few of them stays whole, because
it then bounds the real question much more closely at hardly any cost: minors on their own have few places, and what
is left of those is seldom exactly as large as a group.
"""

from dataclasses import dataclass, replace

import numpy as np

from ketenraming.gemeenten.placement.given import Given, GroupKind
from ketenraming.gemeenten.placement.model import Assignment
from ketenraming.gemeenten.placement.problem import Floats, Ints, Problem, apart, problem_of

FEW = 1_500  # pairs of type and site that may stay whole: so many the solver does in a tenth of a second


@dataclass(frozen=True, slots=True, eq=False)
class Easier:
    """The easier problem; of each of its types the row of a plan, and of each type of the real problem that row."""

    problem: Problem
    rows: tuple[int, ...]
    shares: Ints

    def plan(self, problem: Problem, found: Assignment) -> Floats:
        """Persons by type and site of the real problem; types that share a plan have it at the first of them."""
        plan = np.zeros(problem.here.shape)
        for row, (_, size), net in zip(self.rows, self.problem.types, found.come - found.leave, strict=True):
            plan[row] += size * net
        return plan


def easier_than(given: Given, problem: Problem, few: int = FEW) -> Easier | None:
    """The easier question of a problem; None where all of it is small enough to be asked as it is."""
    split = _many(problem, few)
    if not split:
        return None
    easier = problem_of(replace(given, groups=apart(given.groups, split)))
    kinds = [kind for kind, _ in problem.types]
    of_type = {each: kinds.index(each[0]) if each[0] in split else row for row, each in enumerate(problem.types)}
    of_kind = {kind: kinds.index(kind) for kind in split}
    rows = tuple(of_kind[each[0]] if each[0] in split else of_type[each] for each in easier.types)
    return Easier(_tightened(easier, problem, split), rows, np.array(list(of_type.values()), dtype=np.int64))


def _many(problem: Problem, few: int) -> frozenset[GroupKind]:
    """The kinds that have too many pairs of type and site to stay whole; those with the fewest pairs stay first."""
    pairs = {kind: 0 for kind, _ in problem.types}
    for (kind, _), fits in zip(problem.types, problem.fits, strict=True):
        pairs[kind] += int(fits.sum())
    in_order = sorted(pairs, key=lambda kind: (pairs[kind], kind))
    so_far = np.cumsum([pairs[kind] for kind in in_order])
    return frozenset(
        kind
        for kind, count in zip(in_order, so_far, strict=True)
        if count > few and any(size > 1 for each, size in problem.types if each == kind)
    )


def _tightened(easier: Problem, problem: Problem, split: frozenset[GroupKind]) -> Problem:
    """The easier question without room below the smallest group of a site, and with those who fit nowhere."""
    smallest = np.where(problem.fits, problem.size[:, None], np.inf).min(axis=0, initial=np.inf)
    stays = problem.living if problem.moves == 0 else np.zeros_like(problem.living)
    too_little = (problem.room - stays < smallest) & (problem.room >= problem.living)
    stays_put = too_little & ((problem.moves == 0) | (problem.living == 0))
    lost = [_lost(kind, size, problem, split) for kind, size in easier.types]
    return replace(easier, room=np.where(stays_put, problem.living, problem.room), lost=np.array(lost, dtype=np.int64))


def _lost(kind: GroupKind, size: int, problem: Problem, split: frozenset[GroupKind]) -> int:
    """Groups of one type of the easier question that fit nowhere: as they are, or as separate persons."""
    if kind not in split:
        return int(problem.lost[problem.types.index((kind, size))])
    return sum(int(each * lost) for (k, each), lost in zip(problem.types, problem.lost, strict=True) if k == kind)
