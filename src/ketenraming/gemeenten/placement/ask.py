"""A question answered: the best assignment with the price of each rule, or the rules that stand in the way."""

from dataclasses import dataclass

from ketenraming.gemeenten.placement.given import Given
from ketenraming.gemeenten.placement.prices import Price, prices, smallest_relaxations
from ketenraming.gemeenten.placement.solve import Solved, solve


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """
    What was found. `solved` is None where the rules leave no assignment of who lives somewhere; `possible` is whether
    all that was asked holds; if not, `relaxations` are the smallest sets of rules to let go, none where the places
    themselves are too few.
    """

    given: Given
    solved: Solved | None
    prices: tuple[Price, ...]
    relaxations: tuple[tuple[str, ...], ...]

    @property
    def possible(self) -> bool:
        """Whether the rules, and the wish that everybody has a place, can all be kept."""
        return self.solved is not None and not (self.given.everyone and self.solved.unplaced > 0)


def ask(given: Given, seconds: float = 2.0) -> Answer:
    """Answer a question, with so many seconds for each of the assignments that it takes."""
    solved = solve(given, seconds)
    told = prices(given, solved, seconds) if solved else ()
    impossible = solved is None or (given.everyone and solved.unplaced > 0)
    return Answer(given, solved, told, smallest_relaxations(given, seconds) if impossible else ())
