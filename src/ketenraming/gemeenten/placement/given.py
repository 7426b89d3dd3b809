"""
What a placement is asked with: sites of municipalities, groups of arrivals, and rules.

A group has a size and a kind and nothing else; nothing here knows a person, an origin or an order among people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class SiteKind(StrEnum):
    """For whom the places of a site are: anybody, minors on their own, a small site, units for families."""

    REGULIER = "regulier"
    AMV = "amv"
    KLEINSCHALIG = "kleinschalig"
    GEZIN = "gezin"


class GroupKind(StrEnum):
    """What a group needs: any place, a place for minors on their own, or a place for a family."""

    REGULIER = "regulier"
    AMV = "amv"
    GEZIN = "gezin"


ACCEPTS: Mapping[SiteKind, frozenset[GroupKind]] = {
    SiteKind.REGULIER: frozenset({GroupKind.REGULIER, GroupKind.GEZIN}),
    SiteKind.KLEINSCHALIG: frozenset({GroupKind.REGULIER, GroupKind.GEZIN}),
    SiteKind.AMV: frozenset({GroupKind.AMV}),
    SiteKind.GEZIN: frozenset({GroupKind.GEZIN}),
}


@dataclass(frozen=True, slots=True)
class Site:
    """
    A site with its places. `occupied` are persons who stay whatever happens; `maximum` is what was agreed, if less
    than the places; `minimum` is the fewest persons for which it opens; `task` is that of its whole municipality, in
    persons; `cost` is in euros per place-day.
    """

    id: str
    municipality: str
    kind: SiteKind
    places: int
    minimum: int = 0
    maximum: int | None = None
    occupied: int = 0
    task: float = 0.0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """So many groups of one kind and size. With `at` they live on that site already, and may move if a rule lets."""

    kind: GroupKind
    size: int
    number: int = 1
    at: str = ""

    @property
    def persons(self) -> int:
        """All persons in these groups."""
        return self.size * self.number


@dataclass(frozen=True, slots=True)
class Rules:
    """
    What an assignment must respect. `spread` is by how much a municipality may exceed its part of the task, as a
    share (0.5 is half as much again), `moves` how many persons who live somewhere may move; None is no rule.
    """

    together: bool = True
    minimum: bool = True
    maximum: bool = True
    spread: float | None = None
    moves: int | None = 0

    @property
    def in_force(self) -> tuple[str, ...]:
        """The names of the rules that hold, in the order in which they are told."""
        held = {"together": self.together, "minimum": self.minimum, "maximum": self.maximum}
        held |= {"spread": self.spread is not None, "moves": self.moves is not None}
        return tuple(name for name, holds in held.items() if holds)

    def without(self, names: Iterable[str]) -> "Rules":
        """The same rules with some of them let go."""
        off: dict[str, bool | None] = {name: None if name in {"spread", "moves"} else False for name in names}
        return replace(self, **off)  # type: ignore[arg-type]  # None for the two that are numbers


@dataclass(frozen=True, slots=True)
class Given:
    """All that is asked: the sites, the groups, the rules. `everyone` says that nobody may be left unplaced."""

    sites: tuple[Site, ...]
    groups: tuple[Group, ...]
    rules: Rules = Rules()
    everyone: bool = False

    def without(self, names: Iterable[str]) -> "Given":
        """The same question with some rules let go."""
        return replace(self, rules=self.rules.without(names))

    @property
    def arrivals(self) -> int:
        """Persons who have no place yet."""
        return sum(group.persons for group in self.groups if not group.at)
