"""The address tree of the article: a path for every line, because labels repeat."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import combining, normalize

from ketenraming.base.errors import NotInLibrary


def slug(label: str) -> str:
    """A label as a name for a path: lower case, without accents or punctuation, words joined by hyphens."""
    plain = "".join(c for c in normalize("NFKD", label.lower()) if not combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace("’", "")).strip("-")


def parent(address: str) -> str | None:
    """The address one level up: `37.4/zbo/coa` → `37.4/zbo` → `37.4` → `37` → None."""
    if "/" in address:
        return address.rpartition("/")[0]
    return address.partition(".")[0] if "." in address else None


@dataclass(frozen=True, slots=True)
class Node:
    """One line or heading: its address, its printed label, and the other labels it has been printed under."""

    address: str
    label_nl: str
    label_en: str
    also: tuple[str, ...] = ()

    def is_called(self, label: str) -> bool:
        """Whether a printed label is this node's, whatever its case, accents and punctuation."""
        return slug(label) in {slug(name) for name in (self.label_nl, *self.also)}

    @property
    def depth(self) -> int:
        """0 for the article, 1 for its parts, 2 for instruments, 3 for lines."""
        above = parent(self.address)
        return 0 if above is None else self.address.count("/") + ("." in self.address)


class AddressTree:
    """All addresses of an article, in the order of print."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = {node.address: node for node in nodes}
        self._below: dict[str | None, list[Node]] = {}
        for node in self:
            self._below.setdefault(parent(node.address), []).append(node)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes.values())

    def __getitem__(self, address: str) -> Node:
        if address not in self.nodes:
            raise NotInLibrary("address", address, self.nodes)
        return self.nodes[address]

    def __contains__(self, address: str) -> bool:
        return address in self.nodes

    def children(self, address: str) -> list[Node]:
        """The nodes one level below; receipts and commitments are beside the expenditure, not below it."""
        beside = {f"{address}/{name}" for name in ("verplichtingen", "ontvangsten")}
        return [node for node in self._below.get(address, ()) if node.address not in beside]

    def find(self, above: str, label: str) -> Node | None:
        """The node below an address that is printed under this label, or None."""
        return next((node for node in self._below.get(above, ()) if node.is_called(label)), None)
