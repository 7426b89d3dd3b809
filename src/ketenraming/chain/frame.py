"""
What a kernel is written with: the code so far, tables and inputs beside it, and pools of people.

Numbers of a declaration stand in tables, so a chain with other numbers is the same code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ketenraming.chain.machine import ALIGNED, REAL, VECTOR, WHOLE, Code, Memory, Value, Var
from ketenraming.chain.results import Wishes
from ketenraming.chain.stage import Amount, Chain, Queue

NAME = "run"
NUMBERS = ("first_block", "end_block", "blocks")
ARRAYS = ("inputs", "reals", "wholes", "months", "years", "profiles", "room")
NO_TERM = 1 << 30

Noted = dict[str, Value | float]  # what is noted in a month, by the name of the result


@dataclass(slots=True)
class Pool:
    """What is known of a queue or a dwell while months pass: its people by month of entry, and running totals."""

    people: Memory
    stock: Var
    old: Var  # those of the open age of a dwell, who are not among its people
    late: Var
    young: Var
    oldest: Var  # no cohort before this one is looked at
    arriving: Memory | None = None  # people on the way, by month of arrival
    joining: Value | float = 0.0  # those who come in this month itself


@dataclass
class Frame:
    """The code of a chain while it is written, where it stands in it, and the tables that go with it."""

    chain: Chain
    months: int
    wishes: Wishes
    code: Code = field(default_factory=lambda: Code(NAME, NUMBERS, ARRAYS))
    reals: list[float] = field(default_factory=list)
    wholes: list[int] = field(default_factory=list)
    amounts: dict[Amount, int] = field(default_factory=dict)
    rooms: int = 0
    block: Value = field(init=False)  # of eight draws
    month: Value = field(init=False)
    now: Value = field(init=False)  # the cohort of this month
    read: dict[Amount, Value] = field(default_factory=dict)

    @property
    def history(self) -> int:
        """The number of cohorts from before the first month."""
        return self.chain.ages

    def enter(self, month: Value) -> None:
        """Begin a month: nothing is read yet."""
        self.month, self.now, self.read = month, month + self.history, {}

    def reals_of(self, numbers: Sequence[float]) -> Memory:
        """A table of numbers."""
        self.reals += numbers
        return Memory(self.code, self.code.arguments["reals"], REAL, len(self.reals) - len(numbers))

    def wholes_of(self, numbers: Sequence[int]) -> Memory:
        """A table of whole numbers."""
        self.wholes += numbers
        return Memory(self.code, self.code.arguments["wholes"], WHOLE, len(self.wholes) - len(numbers))

    def room_for(self, count: int) -> Memory:
        """Working memory for so many lanes."""
        self.rooms += count
        return Memory(self.code, self.code.arguments["room"], VECTOR, self.rooms - count, align=ALIGNED)

    def amount(self, amount: Amount) -> Value | float:
        """The lanes of an amount in this month; one stays one, for nothing needs to be multiplied by it."""
        if amount == 1.0:
            return 1.0
        if amount not in self.read:
            first = 3 * self.amounts.setdefault(amount, len(self.amounts))
            inputs = self.code.memory("inputs", WHOLE)
            of_month = inputs[first + 1]
            address = inputs[first] + self.month * of_month + self.block * inputs[first + 2]
            self.read[amount] = self.code.lanes_at(address)
            self.code.fetch(address + of_month)  # months stand far apart, so no processor guesses the next one
        return self.read[amount]


def terms_of(queue: Queue, months: int, history: int) -> list[int]:
    """The term of each cohort, those from before the first month included."""
    if queue.term is None:
        return [NO_TERM] * (history + months)
    pairs = queue.term if isinstance(queue.term, tuple) else ((0, queue.term),)
    return [
        next((term for month, term in reversed(pairs) if month <= entry), pairs[0][1])
        for entry in range(-history, months)
    ]
