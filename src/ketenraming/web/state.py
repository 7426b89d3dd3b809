"""
What a page shows, as it stands in its address: scenarios, levers, a year and a line of the article.

A link is all there is: the same link gives the same numbers. What nobody set is left out of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.evidence.library import Library
from ketenraming.scenarios.levers import BY_NAME, LEVERS
from ketenraming.scenarios.shelf import ids

ARTICLE = "37"
MOST_SCENARIOS = 5
SCENARIO, YEAR, LINE = "s", "jaar", "regel"
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class State:
    """What is supposed, and at which year and line one looks; `positions` are of levers that are not at nought."""

    scenarios: tuple[str, ...] = ()
    positions: Mapping[str, int] = field(default_factory=dict)
    year: str = ""
    line: str = ARTICLE

    @property
    def supposes(self) -> bool:
        """Whether anything is other than in the baseline."""
        return bool(self.scenarios or self.positions)

    @property
    def key(self) -> tuple[object, ...]:
        """What decides the numbers: the same key, the same run."""
        return self.scenarios, tuple(sorted(self.positions.items()))

    @property
    def supposed(self) -> list[tuple[str, str]]:
        """What is supposed, as pairs of an address."""
        return [(SCENARIO, one) for one in self.scenarios] + [(n, str(p)) for n, p in sorted(self.positions.items())]

    def at(self, year: str, line: str) -> "State":
        """The same supposed, looking at another year and line."""
        return replace(self, year=year, line=line)

    @property
    def query(self) -> str:
        """The part of an address behind the question mark; empty for the baseline."""
        looking = [(YEAR, self.year)] * bool(self.year) + [(LINE, self.line)] * (self.line != ARTICLE)
        return urlencode([*self.supposed, *looking])


def read(pairs: Pairs, library: Library, years: Iterable[str], addresses: Iterable[str]) -> State:
    """
    The state of an address; names that are not ours are left alone.

    Raises KetenramingError with one sentence for the first value that cannot be.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    year, line = _last(given, YEAR), _last(given, LINE) or ARTICLE
    if year and year not in years:
        raise NotInLibrary("year", year[:40], years)
    if line not in addresses:
        raise NotInLibrary("line", line[:80], addresses)
    return State(_scenarios(given.get(SCENARIO, []), library), _positions(given), year, line)


def _last(given: Mapping[str, list[str]], name: str) -> str:
    return given.get(name, [""])[-1]


def _scenarios(asked: list[str], library: Library) -> tuple[str, ...]:
    """The scenarios that are asked for, each once; only shipped ones, because a name of a file is not for strangers."""
    names, known = tuple(dict.fromkeys(name for name in asked if name)), ids(library)
    if len(names) > MOST_SCENARIOS:
        raise KetenramingError(
            "{count} scenarios were asked for; choose at most {most}.", count=len(names), most=MOST_SCENARIOS
        )
    for name in names:
        if name not in known:
            raise NotInLibrary("scenario", name[:80], known)
    return names


def _positions(given: Mapping[str, list[str]]) -> dict[str, int]:
    """Where levers stand, those at nought left out."""
    found = {}
    for one in LEVERS:
        text = _last(given, one.name)
        if text and one.check(_whole(one.name, text)):
            found[one.name] = int(text)
    return found


def _whole(name: str, text: str) -> int:
    try:
        return int(text) if len(text) < 6 else int("x")
    except ValueError:
        told = {"name": name, "text": text[:20], "low": BY_NAME[name].low, "high": BY_NAME[name].high}
        raise KetenramingError("{name} is {text!r}: choose a whole number from {low} to {high}.", **told) from None
