"""A question about what is needed: at which address, in which year, on which baseline."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ketenraming.base.errors import KetenramingError
from ketenraming.finance.line import Line
from ketenraming.finance.payees import COA, LINES, OEKRAINE
from ketenraming.scenarios.estimate import Baseline, Terms
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import is_inside, people_known_until, run_on

Floats = NDArray[np.float64]
NO_DRAWS = Draws(0, 0)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: an address in a year, and the lines there that follow people."""

    base: Baseline
    address: str
    year: str

    def lines(self, year: str = "") -> list[Line]:
        """The lines at or below the address whose people are known in a year; in the year asked for without one."""
        known = people_known_until(self.base, ())
        inside = [line for line in LINES if is_inside(line.address, self.address)]
        return [line for line in inside if line not in OEKRAINE or (year or self.year) <= known]

    def euros(self, terms: Terms) -> Floats:
        """What these lines need in the year: the central value, and whatever stands beside it."""
        parts = [line.needed(terms[self.year]).quantity.amount for line in self.lines()]
        return np.asarray(sum(parts, np.zeros(1)))


def ask(base: Baseline, address: str = "37", year: str = "") -> Question:
    """
    A question; without a year it is about the first one that is not funded.

    Raises NotInLibrary for what is not there, and refuses an address at which nothing follows people.
    """
    question = Question(base, address, year or base.after[0])
    run_on(base, (), NO_DRAWS).row(address, question.year)
    if not question.lines():
        raise KetenramingError(
            f"Nothing at {address} follows people in {question.year}, so nothing moves it. "
            f"Choose 37, or a line such as {COA.address}."
        )
    return question
