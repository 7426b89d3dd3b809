"""The question as arrays: types of groups (kind and size), sites, municipalities, and the room that the rules leave."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ketenraming.gemeenten.placement.given import ACCEPTS, Given, Group, GroupKind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Type = tuple[GroupKind, int]  # kind and size
UNBOUNDED = 1e9  # more persons than there are


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """
    Groups of one kind and size are one type, so that equals are counted and not told apart.

    By type (t): `types`, `size`, `new`, and `lost`: how many of the new ones no room is left for, at the least. By type
    and site: `here` (groups that live there), `fits` (may be placed there). By site (s): `room` (persons, beside those
    who stay), `need` (persons that open it, 0 where it is open), `cost`, `town`. By municipality (m): `held` (who
    stays), `limit`, `target`; all in persons.
    """

    types: tuple[Type, ...]
    towns: tuple[str, ...]
    size: Ints
    new: Ints
    here: Ints
    fits: NDArray[np.bool_]
    room: Floats
    need: Floats
    cost: Floats
    town: Ints
    held: Floats
    limit: Floats
    target: Floats
    moves: float
    lost: Ints

    @property
    def living(self) -> Floats:
        """Persons in groups that live on a site and might move, by site."""
        return np.asarray(self.size @ self.here, dtype=np.float64)

    @property
    def arrivals(self) -> int:
        """Persons who have no place yet."""
        return int(self.size @ self.new)


def problem_of(given: Given) -> Problem:
    """The arrays of a question, as its rules leave them."""
    sites, rules = given.sites, given.rules
    groups = given.groups if rules.together else apart(given.groups, frozenset(GroupKind))
    types = tuple(sorted({(group.kind, group.size) for group in groups}))
    new, here = _counted(given, groups, types)
    towns = tuple(sorted({site.municipality for site in sites}))
    town = np.array([towns.index(site.municipality) for site in sites], dtype=np.int64)
    occupied = np.array([site.occupied for site in sites], dtype=np.float64)
    most = [site.places if site.maximum is None or not rules.maximum else site.maximum for site in sites]
    room = np.maximum(np.minimum(most, [site.places for site in sites]) - occupied, 0.0)
    least = np.array([site.minimum if rules.minimum else 0 for site in sites], dtype=np.float64)
    size = np.array([each for _, each in types], dtype=np.int64)
    held = np.bincount(town, occupied, len(towns)).astype(np.float64)
    target = _targets(given, towns, held)
    fits = _accepted(given, types) & (size[:, None] <= room[None, :])
    return Problem(
        types, towns, size, new, here,
        fits,
        room, np.maximum(least - occupied, 0.0), np.array([site.cost for site in sites], dtype=np.float64),
        town, held, _limits(given, held, target), target,
        UNBOUNDED if rules.moves is None else float(rules.moves),
        np.maximum(new - (fits * (room[None, :] // size[:, None])).sum(axis=1).astype(np.int64), 0),
    )  # fmt: skip


def _accepted(given: Given, types: tuple[Type, ...]) -> NDArray[np.bool_]:
    """Which types are of a kind that a site is meant for, by type and site."""
    told = [[kind in ACCEPTS[site.kind] for site in given.sites] for kind, _ in types]
    return np.array(told, dtype=np.bool_).reshape(len(types), len(given.sites))


def apart(groups: tuple[Group, ...], kinds: Collection[GroupKind]) -> tuple[Group, ...]:
    """The same persons, those of some kinds each a group of one: what remains when these need not stay together."""
    return tuple(Group(g.kind, 1, g.persons, g.at) if g.kind in kinds else g for g in groups)


def _counted(given: Given, groups: tuple[Group, ...], types: tuple[Type, ...]) -> tuple[Ints, Ints]:
    """How many groups of each type are new, and how many live on each site."""
    of_type = {each: i for i, each in enumerate(types)}
    of_site = {site.id: i for i, site in enumerate(given.sites)}
    new, here = np.zeros(len(types), dtype=np.int64), np.zeros((len(types), len(given.sites)), dtype=np.int64)
    for group in groups:
        row = of_type[group.kind, group.size]
        if group.at:
            here[row, of_site[group.at]] += group.number
        else:
            new[row] += group.number
    return new, here


def _targets(given: Given, towns: tuple[str, ...], held: Floats) -> Floats:
    """The part of each municipality, by its task, in all persons who live there or must be placed."""
    tasks = {site.municipality: site.task for site in given.sites}
    task = np.array([tasks[town] for town in towns], dtype=np.float64)
    persons = held.sum() + sum(group.persons for group in given.groups)
    return task / task.sum() * persons if task.sum() > 0 else np.full(len(towns), np.nan)


def _limits(given: Given, held: Floats, target: Floats) -> Floats:
    """The most persons that a municipality may hold beside who stays there, whole persons, rounded up."""
    spread = given.rules.spread
    if spread is None or np.isnan(target).any():
        return np.full(len(target), UNBOUNDED)
    # A billionth less before rounding up: a share that is whole must not become one more by its last digit.
    most = np.array([ceil((1 + spread) * part - 1e-9) for part in target], dtype=np.float64)
    return np.asarray(np.maximum(most - held, 0.0))
