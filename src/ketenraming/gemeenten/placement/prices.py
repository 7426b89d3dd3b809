"""What each rule costs in people without a place, and which rules stand in the way where nothing is possible."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ketenraming.gemeenten.placement.given import Given
from ketenraming.gemeenten.placement.solve import Solved, solve

UNPLACED = ("unplaced",)


@dataclass(frozen=True, slots=True)
class Price:
    """Persons without a place because of one rule, at least and at most: equal when both ends are proven."""

    rule: str
    least: float
    most: float

    @property
    def proven(self) -> bool:
        """Whether it is one number."""
        return self.most - self.least < 0.5


def prices(given: Given, solved: Solved, seconds: float = 2.0) -> tuple[Price, ...]:
    """Unplaced with a rule less unplaced without it, of each rule in force and alone; the others stay."""
    return tuple(_price(given, solved, rule, seconds) for rule in given.rules.in_force)


def _price(given: Given, solved: Solved, rule: str, seconds: float) -> Price:
    with_it = solved.levels[0]
    if with_it.value <= 0 or not _touches(given, rule):
        return Price(rule, 0.0, 0.0)  # nobody is without a place, or the rule has nothing to hold back
    freed = solve(given.without((rule,)), seconds, UNPLACED)
    assert freed is not None  # an assignment that respects all rules respects all but one
    without = freed.levels[0]
    fewest = max(with_it.bound - without.value, 0.0)
    return Price(rule, fewest, max(with_it.value - without.bound, fewest))


def _touches(given: Given, rule: str) -> bool:
    """Whether there is anything in the question that a rule speaks about."""
    match rule:
        case "together":
            return any(group.size > 1 for group in given.groups)
        case "minimum":
            return any(site.minimum > site.occupied for site in given.sites)
        case "maximum":
            return any(site.maximum is not None and site.maximum < site.places for site in given.sites)
        case "spread":
            return any(site.task > 0 for site in given.sites)
    return any(group.at for group in given.groups)


def is_possible(given: Given, seconds: float = 2.0) -> bool:
    """Whether some assignment respects all rules, and leaves nobody unplaced where that was asked."""
    solved = solve(given, seconds, UNPLACED)
    return solved is not None and not (given.everyone and solved.unplaced > 0.5)


def smallest_relaxations(given: Given, seconds: float = 2.0) -> tuple[tuple[str, ...], ...]:
    """
    The smallest sets of rules that, let go together, make it possible; every set of that size.

    Empty where no set does: then the places themselves are too few. There are at most five rules, so at most 32 sets.
    """
    rules = given.rules.in_force
    for count in range(1, len(rules) + 1):
        found = tuple(_possible(given, count, rules, seconds))
        if found:
            return found
    return ()


def _possible(given: Given, count: int, rules: tuple[str, ...], seconds: float) -> Iterator[tuple[str, ...]]:
    return (names for names in combinations(rules, count) if is_possible(given.without(names), seconds))
