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

import numpy as np

from ketenraming.base.errors import CaseInvalid
from ketenraming.gemeenten.placement.easier import FEW, easier_than
from ketenraming.gemeenten.placement.fill import Plan, fill
from ketenraming.gemeenten.placement.given import Given
from ketenraming.gemeenten.placement.model import LEVELS, Assignment, Model, model_of, programme
from ketenraming.gemeenten.placement.problem import Floats, Ints, Problem, problem_of
from ketenraming.gemeenten.placement.stoppable import Outcome, outcome, solver

SHORT = 0.2  # seconds: the least time that makes sense for a programme
LARGE = 5_000  # variables: up to here the solver looks at its clock often enough
IMPOSSIBLE = 2  # the status of the solver where nothing respects the constraints
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


def solve(given: Given, seconds: float = 2.0, levels: Sequence[str] = LEVELS, few: int = FEW) -> Solved | None:
    """
    The best assignment that was found in so many seconds; None where the rules leave none at all.

    A question of more than a few pairs of type and site is first asked in an easier way. Raises CaseInvalid where the
    time ended before any assignment was found.
    """
    until = monotonic() + seconds
    problem = problem_of(given)
    if not problem.types:
        nobody = Assignment(problem.here, problem.here)
        return Solved(
            problem, nobody, tuple(Level(n, v, v) for n, v in nobody.measured(problem).items() if n in levels)
        )
    easier = easier_than(given, problem, few)
    if easier is None:
        return _climb(model_of(problem), _Search(levels, until, None, None))
    guide = _climb(model_of(easier.problem), _Search(levels, until, None, None))
    if guide is None:
        return None  # not even the easier question has an answer by these rules
    start = fill(problem, Plan(easier.plan(problem, guide.assignment), easier.shares))
    return _climb(model_of(problem), _Search(levels, until, start, guide))


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
        if not settled and (search.best is None or search.until - monotonic() > SHORT):
            found = _solved(model, name, reached, search.until)
            if found.status == IMPOSSIBLE and not reached and search.best is None:
                return None
            bound = max(bound, found.bound)
            bound = bound if np.isfinite(bound) else _in_fractions(model, name, reached, search.until)
            search.best = _better(model, search.best, found.x, [*(level.name for level in reached), name])
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
    return _solved(replace(model, whole=np.zeros(0)), name, reached, until).bound


def _solved(model: Model, name: str, reached: Sequence[Level], until: float) -> Outcome:
    """One level by the solver, for half of the time that is left; a large programme is ended when all of it is gone."""
    left = max(until - monotonic(), SHORT)
    held = {level.name: level.value + SLACK * (1 + abs(level.value)) for level in reached}
    asked = programme(model, name, held, max(left / 2, SHORT))
    return outcome(asked) if len(asked["c"]) <= LARGE else solver.outcome(asked, left)


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
