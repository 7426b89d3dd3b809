"""
Where the boxes of a drawing stand: in columns from left to right, with few crossings, and never on top of each other.

It knows boxes by name, their heights, and who points to whom; not what they mean. The way is Sugiyama's, in four steps:

1. an edge that would close a loop is set apart, to be drawn backwards;
2. a box stands one column after the last that points to it, and one to which nobody points just before its first;
3. an edge over several columns is given a bend in each, and columns are ordered by the mean place of neighbours;
4. within that order, boxes and bends are moved as near to their neighbours as their heights allow.

Nothing is drawn at random, so the same declaration gives the same drawing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import combinations, pairwise

Edge = tuple[str, str]
Columns = list[list[str]]

GAP = 16.0  # between boxes above each other
SWEEPS = 24
_BEND = "/"  # in the name of a bend, and of no box
_STIFF = 4  # how many boxes a bend outweighs


@dataclass(frozen=True, slots=True)
class Layout:
    """The column and the middle (from the top) of boxes and bends; `bends` of an edge, None where it runs backwards."""

    column: Mapping[str, int]
    middle: Mapping[str, float]
    bends: tuple[tuple[str, ...] | None, ...]
    height: float


def layout(heights: Mapping[str, float], edges: Sequence[Edge], lanes: Mapping[int, float]) -> Layout:
    """Place boxes of these heights; `lanes` is the height that an edge (by its index) needs where it passes boxes."""
    back = _backward(edges)
    column = _columns(heights, [edge for i, edge in enumerate(edges) if i not in back])
    sizes, bends = dict(heights), list[tuple[str, ...] | None]()
    for i, (source, to) in enumerate(edges):
        on = range(column[source] + 1, column[to])
        bends.append(None if i in back else tuple(f"{i}{_BEND}{where}" for where in on))
        column |= {f"{i}{_BEND}{where}": where for where in on}
        sizes |= {f"{i}{_BEND}{where}": lanes.get(i, 0.0) for where in on}
    steps = [
        step for (a, b), bent in zip(edges, bends, strict=True) if bent is not None for step in pairwise((a, *bent, b))
    ]
    ordered = _ordered(column, steps)
    middle = _middles(ordered, sizes, steps)
    return Layout(column, middle, tuple(bends), max(middle[name] + sizes[name] / 2 for name in sizes))


def connected(names: Iterable[str], edges: Iterable[Edge]) -> list[list[str]]:
    """The groups of boxes that hang together, in the order of their first."""
    group = {name: [name] for name in names}
    for a, b in edges:
        if group[a] is not group[b]:
            group[a].extend(group[b])
            group |= dict.fromkeys(group[b], group[a])
    return [list(members) for members in {id(members): members for members in group.values()}.values()]


def _backward(edges: Sequence[Edge]) -> set[int]:
    """The indices of edges that close a loop with those before them."""
    reaches: dict[str, set[str]] = {}
    back = set()
    for i, (source, to) in enumerate(edges):
        after = {to} | reaches.get(to, set())
        if source in after:
            back.add(i)
            continue
        for name in (source, *(name for name, far in reaches.items() if source in far)):
            reaches.setdefault(name, set()).update(after)
    return back


def _columns(names: Iterable[str], edges: Sequence[Edge]) -> dict[str, int]:
    before: dict[str, list[str]] = {name: [] for name in names}
    after: dict[str, list[str]] = {name: [] for name in before}
    for source, to in edges:
        before[to].append(source)
        after[source].append(to)
    column: dict[str, int] = {}
    for name in TopologicalSorter(before).static_order():
        column[name] = max((column[source] + 1 for source in before[name]), default=0)
    nearest = {n: min(column[to] for to in after[n]) - 1 for n in before if after[n] and not before[n]}
    return {name: nearest.get(name, column[name]) for name in before}


def _ordered(column: Mapping[str, int], steps: Sequence[Edge]) -> Columns:
    """Columns in the order with the fewest crossings that sweeping to and fro has met."""
    columns: Columns = [[] for _ in range(max(column.values()) + 1)]
    for name, where in column.items():
        columns[where].append(name)
    best = [list(names) for names in columns]
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        place = {name: i / len(names) for names in columns for i, name in enumerate(names)}
        for names in columns if forth else reversed(columns):
            means = {name: _mean(_neighbours(name, steps, forth), place) for name in names}
            names.sort(key=means.__getitem__)
            place |= {name: i / len(names) for i, name in enumerate(names)}
        if _crossings(columns, steps) < _crossings(best, steps):
            best = [list(names) for names in columns]
    return best


def _neighbours(name: str, steps: Iterable[Edge], before: bool) -> list[str]:
    found = [a if before else b for a, b in steps if (b if before else a) == name]
    return found or [name]


def _mean(names: Sequence[str], place: Mapping[str, float]) -> float:
    return sum(place[name] for name in names) / len(names)


def _crossings(columns: Columns, steps: Iterable[Edge]) -> int:
    at = {name: (c, i) for c, names in enumerate(columns) for i, name in enumerate(names)}
    across = [(*at[a], at[b][1]) for a, b in steps]
    return sum(c == d and (i - k) * (j - m) < 0 for (c, i, j), (d, k, m) in combinations(across, 2))


def _middles(columns: Columns, sizes: Mapping[str, float], steps: Sequence[Edge]) -> dict[str, float]:
    middle: dict[str, float] = {}
    for names in columns:
        middle |= _packed(names, sizes, dict.fromkeys(names, 0.0))
    pulls = {name: _pulls(name, steps) for name in sizes}
    for sweep in range(SWEEPS):
        for names in columns if sweep % 2 == 0 else reversed(columns):
            middle |= _packed(names, sizes, {name: _mean(pulls[name], middle) for name in names})
    top = min(middle[name] - sizes[name] / 2 for name in middle)
    return {name: at - top for name, at in middle.items()}


def _pulls(name: str, steps: Sequence[Edge]) -> list[str]:
    """The neighbours on both sides; to a bend, another bend counts as several, so that long edges run straight."""
    both = [*_neighbours(name, steps, True), *_neighbours(name, steps, False)]
    return [near for near in both for _ in range(_STIFF if _BEND in name and _BEND in near else 1)]


def _packed(names: Sequence[str], sizes: Mapping[str, float], wanted: Mapping[str, float]) -> dict[str, float]:
    """Middles as near to what is wanted as the order allows: least squares, pooling those that would overlap."""
    offsets = [0.0]
    for above, below in pairwise(names):
        offsets.append(offsets[-1] + (sizes[above] + sizes[below]) / 2 + GAP)
    pools: list[tuple[float, int, int]] = []  # their mean, weight and number
    for name, offset in zip(names, offsets, strict=True):
        mean, weight, many = wanted[name] - offset, _STIFF if _BEND in name else 1, 1
        while pools and pools[-1][0] > mean:
            other, heavy, more = pools.pop()
            mean, weight = (mean * weight + other * heavy) / (weight + heavy), weight + heavy
            many += more
        pools.append((mean, weight, many))
    levels = [mean for mean, _, many in pools for _ in range(many)]
    return {name: level + offset for name, level, offset in zip(names, levels, offsets, strict=True)}
