"""
What a chain is declared with: stages, the routes between them, and the servers that work for queues.

Everything here is data. A month passes in this order: everyone in a stage is one month older; newcomers join at age
nought; then people leave. Stages are passed in an order in which no route runs backwards within a month, so somebody
may pass several stages in one month; a route with a delay brings them later.

An `Amount` is a number, or the name of an input that is given when the chain is run, as one number, by month, by draw,
or by both. Ages are whole months since entry; the last age of a tuple by age holds for all that are older.
"""

from dataclasses import dataclass
from typing import Literal

Amount = float | str


@dataclass(frozen=True, slots=True)
class Inflow:
    """People who arrive from outside, per month."""

    name: str
    amount: Amount
    unit: str = "person"


@dataclass(frozen=True, slots=True)
class Tally:
    """
    A weighted count of those whom a queue serves, or of those who still wait at the end of a month.

    The weight is by their age in months, or by the months they are late. A penalty per decided case is such a count,
    and so are the days of a month for which the overdue run up a penalty.
    """

    name: str
    weights: tuple[float, ...]
    by: Literal["age", "late"] = "age"
    of: Literal["served", "waiting"] = "served"


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """A share of the capacity that passes the order by: spread evenly over those of these ages."""

    share: Amount
    from_age: int
    to_age: int


@dataclass(frozen=True, slots=True)
class Server:
    """
    Who works for queues: so many cases a month.

    What queues keep for themselves is set aside first. The others take what they need in the order in which stages are
    passed: as declared, but for a route between two of them, of which the first is passed first.
    """

    name: str
    capacity: Amount
    unit: str = "person/month"


@dataclass(frozen=True, slots=True)
class Queue:
    """
    People who wait until a server has served them.

    `share` is the part of the server's capacity that is kept for this queue; without it the queue takes what queues
    declared before it have left. `term` is the legal term in months: one number, or pairs of the first month of entry
    (0 is the first month of the run) and the term from then on. `start` are the people at the start, by age. `lives` is
    where they live; `cap` asks for the count of those who are here less than so many months (12 for a year).
    """

    name: str
    server: str
    min_age: int = 0
    order: Literal["oldest", "newest"] = "oldest"
    out_of_order: OutOfOrder | None = None
    share: Amount | None = None
    term: int | tuple[tuple[int, int], ...] | None = None
    start: tuple[float, ...] = ()
    lives: str = ""
    cap: int = 0
    unit: str = "person"
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a dwell: the chance per month to leave by it, by age, times an amount."""

    name: str
    hazard: tuple[float, ...]
    times: Amount = 1.0


@dataclass(frozen=True, slots=True)
class Dwell:
    """
    People who stay until one of several exits takes them.

    Nobody works for a dwell: a `server` is refused, with what to do instead.
    """

    name: str
    exits: tuple[Exit, ...]
    start: tuple[float, ...] = ()
    lives: str = ""
    cap: int = 0
    unit: str = "person"
    server: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """
    Where people go when they leave a stage by an exit (`""` for an inflow or a queue, which have but one).

    `share` is the part of them that goes this way. A *spawning* route does not move the people who leave but makes
    others: so many for each of them. `delay` are the chances to arrive after 0, 1, 2, … months. Who is on no route
    leaves the chain.
    """

    source: str
    to: str
    share: Amount = 1.0
    exit: str = ""
    spawning: bool = False
    delay: tuple[float, ...] = ()


Stage = Inflow | Queue | Dwell


@dataclass(frozen=True, slots=True)
class Chain:
    """A declared chain. `ages` is the number of ages a stage tells apart; the last is open."""

    name: str
    stages: tuple[Stage, ...]
    routes: tuple[Route, ...] = ()
    servers: tuple[Server, ...] = ()
    ages: int = 48

    def __hash__(self) -> int:
        """By what tells most chains apart: they are keys of caches, and have thousands of numbers."""
        return hash((self.name, len(self.stages), self.ages))
