"""Budget lines: quantities times prices, plus amounts that no people move, booked at an address."""

from collections.abc import Mapping
from dataclasses import dataclass

from ketenraming.base.errors import UnitMismatch
from ketenraming.finance.term import Term, product, total


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the article: pairs of a quantity and its price, and fixed amounts."""

    address: str
    products: tuple[tuple[str, str], ...]
    fixed: tuple[str, ...] = ()

    def variable(self, terms: Mapping[str, Term]) -> Term:
        """The part of the line that people move."""
        return total(f"{self.address} p×q", [self._euros(q, p, terms) for q, p in self.products])

    def needed(self, terms: Mapping[str, Term]) -> Term:
        """What the line costs; refused where a quantity and a price do not make euros."""
        parts = [self._euros(q, p, terms) for q, p in self.products]
        return total(self.address, [*parts, *(terms[name] for name in self.fixed)])

    def _euros(self, quantity: str, price: str, terms: Mapping[str, Term]) -> Term:
        made = product(f"{quantity} × {price}", terms[quantity], terms[price])
        if made.unit != "EUR":
            raise UnitMismatch(f"{self.address}: {quantity} x {price} is {made.unit}, not EUR.")
        return made
