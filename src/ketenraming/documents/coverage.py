"""How many printed numbers there are, and how many a check looks at."""

from collections.abc import Iterable
from dataclasses import dataclass

from ketenraming.base.finding import Finding, Place, Strength
from ketenraming.documents.article import NOT_NUMBERS, Article

Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Printed numbers by how well they are checked: by an identity, by a plausibility test alone, or not at all."""

    printed: tuple[Place, ...]
    by_identity: frozenset[Cell]
    by_plausibility: frozenset[Cell]

    @property
    def uncovered(self) -> list[Place]:
        """Numbers that no check looks at."""
        covered = self.by_identity | self.by_plausibility
        return [place for place in self.printed if place.cell not in covered]

    @property
    def counts(self) -> dict[str, int]:
        """Printed, covered by an identity, covered by a plausibility test only, uncovered."""
        identity = sum(1 for place in self.printed if place.cell in self.by_identity)
        nothing = len(self.uncovered)
        return {
            "printed": len(self.printed),
            "covered": len(self.printed) - nothing,
            "by_identity": identity,
            "by_plausibility_only": len(self.printed) - nothing - identity,
            "uncovered": nothing,
        }


def coverage(article: Article, findings: Iterable[Finding]) -> Coverage:
    """Count the numbers of an article against the cells its findings looked at, those that hold included."""
    seen: dict[Strength, set[Cell]] = {strength: set() for strength in Strength}
    for finding in findings:
        seen[finding.strength].update(place.cell for place in finding.cells)
    printed = tuple(f.place for f in article.figures if f.kind not in NOT_NUMBERS)
    return Coverage(printed, frozenset(seen[Strength.IDENTITY]), frozenset(seen[Strength.PLAUSIBILITY]))
