"""
The integer programme of a placement, as sparse matrices.

Variables: groups of a type that come to a site (x), that leave the site where they live (out), that stay without a
place (u), whether a site opens (y), and the deviation of a municipality from its part of the task (d).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ketenraming.gemeenten.placement.problem import Floats, Ints, Problem
from ketenraming.gemeenten.placement.stoppable import Arrays

LEVELS = ("unplaced", "deviation", "cost", "moves")  # what is made least, in this order


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Where the variables stand: pairs of type and site for x and out, sites that may open, and their first columns."""

    come: tuple[Ints, Ints]
    leave: tuple[Ints, Ints]
    opens: Ints
    starts: tuple[int, int, int, int, int, int]  # of x, out, u, y, d, and how many there are

    def of(self, part: int) -> Ints:
        """The columns of one kind of variable: 0 for x, 1 out, 2 u, 3 y, 4 d."""
        return np.arange(self.starts[part], self.starts[part + 1])


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A problem with its columns, its constraints (rows between ends, made once), bounds, and objectives by level."""

    problem: Problem
    columns: Columns
    rows: Any
    least: Floats
    most: Floats
    lower: Floats
    upper: Floats
    whole: Floats
    objectives: dict[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """How many groups of each type come to, and leave, each site (both by type and site)."""

    come: Ints
    leave: Ints

    def measured(self, problem: Problem) -> dict[str, float]:
        """The assignment in the measure of each level: persons, persons, euros per day, persons."""
        load = problem.size @ (self.come - self.leave)
        held = problem.held + np.bincount(problem.town, load + problem.living, len(problem.towns))
        off = np.abs(held - problem.target)
        moved = problem.size @ np.maximum(self.leave - self.come, 0)  # a group that returns has not moved
        return {
            "unplaced": float(problem.arrivals - load.sum()),
            "deviation": 0.0 if np.isnan(off).any() else float(off.sum()),
            "cost": float(load @ problem.cost),
            "moves": float(moved.sum()),
        }


def model_of(problem: Problem) -> Model:
    """The integer programme of a problem."""
    from scipy.sparse import vstack

    columns = _columns(problem)
    made = _rows(problem, columns)
    least, most = (np.concatenate([np.broadcast_to(rows[i], rows[0].shape[0]) for rows in made]) for i in (1, 2))
    x, out, u, y, d = (columns.of(part) for part in range(5))
    upper, whole = np.zeros(columns.starts[-1]), np.ones(columns.starts[-1])
    come, leave = columns.come, columns.leave
    in_all = problem.new + problem.here.sum(axis=1)
    upper[x], upper[out] = in_all[come[0]], problem.here[leave]
    lower = np.zeros_like(upper)
    lower[u] = problem.lost
    upper[u], upper[y], upper[d], whole[d] = problem.new, 1, np.inf, 0
    rows = vstack([rows for rows, _, _ in made], format="csr")
    return Model(problem, columns, rows, least, most, lower, upper, whole, _objectives(problem, columns))


def programme(model: Model, name: str, held: Mapping[str, float], seconds: float) -> Arrays:
    """One level as arrays for the solver, with the most that each earlier level may be from now on."""
    from scipy.sparse import vstack

    kept = {level: most for level, most in held.items() if model.objectives[level].any()}
    rows = vstack([model.rows, *(model.objectives[level][None, :] for level in kept)], format="csr")
    return {
        "c": model.objectives[name], "whole": model.whole, "lower": model.lower, "upper": model.upper,
        "least": np.concatenate([model.least, np.full(len(kept), -np.inf)]),
        "most": np.concatenate([model.most, np.array(list(kept.values()))]),
        "data": rows.data, "indices": rows.indices, "indptr": rows.indptr, "seconds": np.array(seconds),
    }  # fmt: skip


def _columns(problem: Problem) -> Columns:
    come, leave = np.nonzero(problem.fits), np.nonzero(problem.here * (problem.moves > 0))
    opens = np.flatnonzero(problem.need > 0)
    towns = 0 if np.isnan(problem.target).any() else len(problem.towns)
    counts = (len(come[0]), len(leave[0]), len(problem.types), len(opens), towns)
    starts = tuple(int(each) for each in np.cumsum((0, *counts)))
    return Columns((come[0], come[1]), (leave[0], leave[1]), opens, starts)  # type: ignore[arg-type]  # six of them


def _objectives(problem: Problem, columns: Columns) -> dict[str, Floats]:
    x, out, u, _, d = (columns.of(part) for part in range(5))
    told = {level: np.zeros(columns.starts[-1]) for level in LEVELS}
    into, away = columns.come, columns.leave
    told["unplaced"][u] = problem.size
    told["deviation"][d] = 1
    told["cost"][x] = problem.size[into[0]] * problem.cost[into[1]]
    told["cost"][out] = -problem.size[away[0]] * problem.cost[away[1]]
    told["moves"][out] = problem.size[away[0]]
    return told


def _rows(problem: Problem, columns: Columns) -> list[tuple[Any, Any, Any]]:
    """The constraints as (matrix, least, most): everybody counted, sites, openings, municipalities, moves."""
    load = _load(problem, columns)
    living, towns = problem.living, len(problem.towns)
    by_town = (
        _sparse(problem.town, np.arange(len(problem.town)), np.ones(len(problem.town)), (towns, len(living))) @ load
    )
    held = np.bincount(problem.town, living, towns)
    rows = [(_everybody(problem, columns), problem.new, problem.new), *_site_rows(problem, columns, load)]
    rows.append((by_town, -np.inf, problem.limit - held))
    if len(columns.of(4)):
        d = _sparse(np.arange(towns), columns.of(4), np.ones(towns), (towns, columns.starts[-1]))
        short = problem.target - problem.held - held
        rows += [(by_town - d, -np.inf, short), (by_town + d, short, np.inf)]
    if len(columns.of(1)):
        moved = problem.size[columns.leave[0]]
        one = _sparse(np.zeros(len(moved), dtype=np.int64), columns.of(1), moved, (1, columns.starts[-1]))
        rows.append((one, 0, problem.moves))
    return rows


def _load(problem: Problem, columns: Columns) -> Any:
    """Persons that a site gains, as a matrix of sites by variables."""
    into, away = columns.come, columns.leave
    rows = np.concatenate([into[1], away[1]])
    cells = np.concatenate([columns.of(0), columns.of(1)])
    values = np.concatenate([problem.size[into[0]], -problem.size[away[0]]])
    return _sparse(rows, cells, values, (len(problem.room), columns.starts[-1]))


def _everybody(problem: Problem, columns: Columns) -> Any:
    """What comes to sites, less what leaves them, and what stays without a place: all that is new, by type."""
    types = np.arange(len(problem.types))
    rows = np.concatenate([columns.come[0], columns.leave[0], types])
    cells = np.concatenate([columns.of(0), columns.of(1), columns.of(2)])
    values = np.concatenate([np.ones(len(columns.of(0))), -np.ones(len(columns.of(1))), np.ones(len(types))])
    return _sparse(rows, cells, values, (len(types), columns.starts[-1]))


def _site_rows(problem: Problem, columns: Columns, load: Any) -> list[tuple[Any, Any, Any]]:
    """No site above its room; one that must open holds its minimum or nobody."""
    opens, y, shape = columns.opens, columns.of(3), (len(problem.room), columns.starts[-1])
    if not len(opens):
        return [(load, -np.inf, problem.room - problem.living)]
    most = np.where(problem.need > 0, 0.0, problem.room) - problem.living
    opened = load - _sparse(opens, y, problem.room[opens], shape)
    least = load - _sparse(opens, y, problem.need[opens], shape)
    return [(opened, -np.inf, most), (least[opens], -problem.living[opens], np.inf)]


def _sparse(rows: Ints, cells: Ints, values: NDArray[Any], shape: tuple[int, int]) -> Any:
    from scipy import sparse

    return sparse.csr_array((np.asarray(values, dtype=np.float64), (rows, cells)), shape=shape)
