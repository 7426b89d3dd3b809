"""
How far a few known years say that the next ones may go.

With few changes known, their size is itself uncertain: it is drawn, so that steps follow Student's t and not a normal
distribution. All numbers here are changes of logarithms from one year to the next.
"""

from dataclasses import dataclass

import numpy as np

from ketenraming.base.streams import normals, stream
from ketenraming.scenarios.hindcast.observed import Floats

PART, AS_YEARS = 0.5, 1.0  # what is held before any year is known, and as how many years of a workload times e


@dataclass(frozen=True, slots=True)
class Steps:
    """The sum of the squares of the changes that were known, and how many they were."""

    squares: float
    known: float

    def sizes(self, name: str, seed: int, draws: int) -> Floats:
        """The standard deviation of a step, by draw."""
        return np.asarray(np.sqrt(self.squares / stream(f"{name}/size", seed).chisquare(self.known, draws)))

    def walk(self, name: str, seed: int, draws: int, many: int) -> Floats:
        """So many steps, added up as they come (draws by steps)."""
        steps = normals(name, seed, draws, many) * self.sizes(name, seed, draws)[:, None]
        return np.asarray(np.cumsum(steps, axis=1))


def steps_of(changes: Floats, before: float = 0.0, counts: float = 0.0) -> Steps:
    """Of known changes; `before` is the size held likely beforehand, which counts as so many changes."""
    return Steps(float(changes @ changes) + counts * before**2, len(changes) + counts)


@dataclass(frozen=True, slots=True)
class Following:
    """
    A flow that follows its workload by a part: twice the workload is two to the power of the part times the flow.

    `weight` is how sure the part is, in squares of the size of a step.
    """

    part: float
    weight: float
    steps: Steps

    def draw(self, name: str, seed: int, draws: int, many: int) -> tuple[Floats, Floats]:
        """The part by draw, from nought to one, and the shocks of so many years (draws by years)."""
        sizes = self.steps.sizes(name, seed, draws)
        parts = self.part + normals(f"{name}/part", seed, draws)[:, 0] * sizes / np.sqrt(self.weight)
        return np.clip(parts, 0, 1), normals(name, seed, draws, many) * sizes[:, None]


def following(changes: Floats, moved: Floats) -> Following:
    """Changes of a flow after those of its workload: least squares, with what was held beforehand as one year more."""
    weight = AS_YEARS + float(moved @ moved)
    part = (AS_YEARS * PART + float(moved @ changes)) / weight
    left = float(changes @ changes) + AS_YEARS * PART**2 - weight * part**2
    return Following(part, weight, Steps(left, len(changes)))
