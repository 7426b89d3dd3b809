"""
The cycles of the Spreidingswet: a need of places is announced, and with it the part that is for unaccompanied minors.

The act asks for one every two years, of which the task is then divided for the two calendar years after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ketenraming.rules.explain import Norm, Parameters, norm_if_any, norm_on

NEED, MINORS = "spreiding_need", "spreiding_amv_need"


@dataclass(frozen=True, slots=True)
class Cycle:
    """A need and the days on which it was the last one announced; `minors` is None where theirs was not found."""

    number: int
    need: Norm
    first: date
    last: date
    minors: Norm | None

    @property
    def goes_on(self) -> bool:
        """Whether no later need was announced."""
        return self.last == date.max


def cycles(parameters: Parameters) -> tuple[Cycle, ...]:
    """All cycles, the first one first."""
    found = sorted(parameters[NEED].values, key=lambda value: value.from_)
    return tuple(
        Cycle(
            number, norm_on(parameters, NEED, each.from_), each.from_, each.until,
            norm_if_any(parameters, (MINORS,), each.from_),
        )
        for number, each in enumerate(found, 1)
    )  # fmt: skip


def cycle_of(among: Sequence[Cycle], year: int) -> Cycle:
    """The cycle that was announced last at the end of a year; the first one for a year before any."""
    begun = [each for each in among if each.first <= date(year, 12, 31)]
    return begun[-1] if begun else among[0]
