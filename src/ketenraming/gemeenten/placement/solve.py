"""
The best assignment: least unplaced, then least deviation, then least cost, then fewest moves.

Each level is an integer programme (`scipy.optimize.milp`) with the earlier levels held at what they reached. Three
things keep it quick. Equal groups are counted together. The same question for separate persons has a few hundred
variables, and is a bound that no assignment of whole groups can beat. And whole groups placed by hand along its
solution often reach that bound, so that nothing is left to prove.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np

from ketenraming.base.errors import CaseInvalid
from ketenraming.gemeenten.placement.fill import fill
from ketenraming.gemeenten.placement.given import Given
from ketenraming.gemeenten.placement.model import LEVELS, Assignment, Model, model_of
from ketenraming.gemeenten.placement.problem import Floats, Ints, Problem, problem_of

SLACK = 1e-6  # of persons or euros: by so much a level may exceed what was reached, for the solver's own precision


@dataclass(frozen=True, slots=True)
class Level:
    """What one objective reached, and the least it could have been; equal when it is proven best."""

    name: str
    value: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing better can exist, given the levels before it."""
        return self.value - self.bound <= SLACK * (1 + abs(self.value))

    @property
    def gap(self) -> float:
        """How much better it could at most have been, as a share of what was reached."""
        return 0.0 if self.proven else (self.value - self.bound) / max(abs(self.value), 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """An assignment and what it reached at each level that was asked."""

    problem: Problem
    assignment: Assignment
    levels: tuple[Level, ...]

    @property
    def unplaced(self) -> float:
        """Persons without a place."""
        return self.levels[0].value


def solve(given: Given, seconds: float = 2.0, levels: Sequence[str] = LEVELS) -> Solved | None:
    """
    The best assignment that was found in so many seconds; None where the rules leave none at all.

    Raises CaseInvalid where the time ended before any assignment was found.
    """
    until = monotonic() + seconds
    problem = problem_of(given)
    if not problem.types:
        nobody = Assignment(problem.here, problem.here)
        return Solved(
            problem, nobody, tuple(Level(n, v, v) for n, v in nobody.measured(problem).items() if n in levels)
        )
    model = model_of(problem)
    guide = _guide(given, problem, until, levels)
    if guide is None and problem.size.max(initial=1) > 1:
        return None  # not even separate persons can be placed by these rules
    start = fill(problem, _plan(problem, guide)) if guide else None
    return _climb(model, _Search(levels, until, start, guide))


def _guide(given: Given, problem: Problem, until: float, levels: Sequence[str]) -> Solved | None:
    """The same question for separate persons, where groups are larger than one."""
    if problem.size.max(initial=1) <= 1:
        return None
    model = model_of(_tightened(problem_of(given.without(("together",))), problem))
    return _climb(model, _Search(levels, until, None, None))


def _tightened(easier: Problem, problem: Problem) -> Problem:
    """The easier question without room below the smallest group of a site, and with those who fit nowhere."""
    smallest = np.where(problem.fits, problem.size[:, None], np.inf).min(axis=0, initial=np.inf)
    stays = problem.living if problem.moves == 0 else np.zeros_like(problem.living)
    too_little = (problem.room - stays < smallest) & (problem.room >= problem.living)
    stays_put = too_little & ((problem.moves == 0) | (problem.living == 0))
    kinds = [kind for kind, _ in problem.types]
    lost = [
        sum(problem.size[i] * problem.lost[i] for i, k in enumerate(kinds) if k == kind) for kind, _ in easier.types
    ]
    return replace(easier, room=np.where(stays_put, problem.living, problem.room), lost=np.array(lost, dtype=np.int64))


def _plan(problem: Problem, guide: Solved) -> Floats:
    """Persons by type and site of the guide, at the first type of each kind."""
    plan = np.zeros(problem.here.shape)
    kinds = [kind for kind, _ in problem.types]
    for row, (kind, size) in enumerate(guide.problem.types):
        plan[kinds.index(kind)] += size * (guide.assignment.come - guide.assignment.leave)[row]
    return plan


@dataclass(slots=True, eq=False)
class _Search:
    """What a climb through the levels starts from: until when, an assignment, and an easier question that bounds it."""

    levels: Sequence[str]
    until: float
    best: Assignment | None
    easier: "Solved | None"


def _climb(model: Model, search: _Search) -> Solved | None:
    """Make one level after the other least, each within what the earlier ones reached."""
    reached: list[Level] = []
    for name in search.levels:
        bound, settled = _known(model, search, reached)
        if not settled:
            outcome = _milp(model, name, reached, search.until)
            if outcome.status == 2 and not reached and search.best is None:
                return None
            bound = max(bound, _dual(outcome))
            bound = bound if np.isfinite(bound) else _in_fractions(model, name, reached, search.until)
            search.best = _better(model, search.best, outcome.x, [*(level.name for level in reached), name])
        if search.best is None:
            raise CaseInvalid("No assignment was found in the time given. Give more with --seconds.")
        value = search.best.measured(model.problem)[name]
        reached.append(Level(name, value, min(bound, value)))
    assert search.best is not None
    return Solved(model.problem, search.best, tuple(reached))


def _known(model: Model, search: _Search, reached: Sequence[Level]) -> tuple[float, bool]:
    """The bound of the next level by the easier question, and whether the assignment at hand is at it already."""
    name = search.levels[len(reached)]
    if search.best is not None and not model.objectives[name].any():
        return search.best.measured(model.problem)[name], True
    if search.easier is None:
        return -np.inf, False
    bound = _easier(search.easier, name, reached, search.until)
    if search.best is None:
        return bound, False
    value = search.best.measured(model.problem)[name]
    return bound, Level(name, value, bound).proven


def _easier(guide: "Solved", name: str, reached: Sequence[Level], until: float) -> float:
    """The least that a level can be for separate persons who do as well, before it, as was reached for groups."""
    theirs = guide.levels[: len(reached)]
    if all(
        ours.value - other.bound <= SLACK * (1 + abs(ours.value)) for ours, other in zip(reached, theirs, strict=True)
    ):
        return guide.levels[len(reached)].bound
    return _in_fractions(model_of(guide.problem), name, reached, until)


def _in_fractions(model: Model, name: str, reached: Sequence[Level], until: float) -> float:
    """The least that a level can be when groups may come in parts: quick, and never above the truth."""
    return _dual(_milp(replace(model, whole=np.zeros(0)), name, reached, until))


def _milp(model: Model, name: str, reached: Sequence[Level], until: float) -> Any:
    """One level by the solver, for half of the time that is left."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    held = [
        LinearConstraint(model.objectives[level.name][None, :], -np.inf, _ceiling(model, level)) for level in reached
    ]
    return milp(
        model.objectives[name],
        integrality=model.whole if len(model.whole) else None,
        bounds=Bounds(model.lower, model.upper),
        constraints=[*model.constraints, *(each for each in held if each.A.any())],
        options={"time_limit": max((until - monotonic()) / 2, 0.2), "mip_rel_gap": 0.0},
    )


def _ceiling(model: Model, level: Level) -> float:
    """What a level may be at most from now on, as its objective counts."""
    return level.value + SLACK * (1 + abs(level.value))


def _dual(outcome: Any) -> float:
    """A bound that holds: of the solver, or the optimum itself where no variable had to be whole."""
    bound = (
        outcome.mip_dual_bound if outcome.mip_dual_bound is not None else outcome.fun if outcome.status == 0 else None
    )
    return -np.inf if bound is None or not np.isfinite(bound) else float(bound)


def _better(model: Model, best: Assignment | None, found: Floats | None, names: Sequence[str]) -> Assignment | None:
    """The better of two assignments, level by level; the one at hand where the solver found none."""
    if found is None:
        return best
    new = _read(model, found)
    if best is None:
        return new
    told = [(new.measured(model.problem)[name], best.measured(model.problem)[name]) for name in names]
    for ours, theirs in told:
        if abs(ours - theirs) > SLACK * (1 + abs(theirs)):
            return new if ours < theirs else best
    return new


def _read(model: Model, found: Floats) -> Assignment:
    """The assignment in a solution of the solver; a group that leaves and returns has stayed."""
    come, leave = np.zeros_like(model.problem.here), np.zeros_like(model.problem.here)
    come[model.columns.come] = _rounded(found[model.columns.of(0)])
    leave[model.columns.leave] = _rounded(found[model.columns.of(1)])
    both = np.minimum(come, leave)
    return Assignment(come - both, leave - both)


def _rounded(values: Floats) -> Ints:
    return np.asarray(np.rint(values), dtype=np.int64)
