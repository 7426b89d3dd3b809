"""
Municipalities: inhabitants, indicative places and places of reception, and whether their sums agree with print.

What is not of the right shape is a mistake and stops the load; a sum that differs from a published one is a finding.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from ketenraming.base.errors import LibraryInvalid
from ketenraming.base.finding import Finding, Place, Severity
from ketenraming.evidence.files import Files
from ketenraming.evidence.source import Source, Strict

FOLDER = "gemeenten"
HUNDREDS = 50  # half of the step to which gaps of provinces were told


class Province(Strict):
    """A province with what was published of it; `gap` is the places still to be arranged, where they were told."""

    code: str
    name: str
    municipalities: int
    inhabitants: int
    gap: int | None = None


class Gemeente(Strict):
    """A municipality: its inhabitants, its indicative places, and the regular and emergency places there are."""

    code: str
    name: str
    also: str = ""
    province: str
    inhabitants: int = Field(gt=0)
    places: int = Field(gt=0)
    regular: int = Field(ge=0)
    emergency: int = Field(ge=0)

    @property
    def there(self) -> int:
        """All places there are."""
        return self.regular + self.emergency


class _Inhabitants(Strict):
    on: date
    source: str
    total: int


class _Places(Strict):
    month: str
    source: str
    need: int


class _Gaps(Strict):
    source: str


class About(Strict):
    """Of which day and month the tables are, by whom, and the totals that were published with them."""

    inhabitants: _Inhabitants
    places: _Places
    gaps: _Gaps


@dataclass(frozen=True)
class Gemeenten:
    """All municipalities and provinces by their CBS code."""

    about: About
    provinces: Mapping[str, Province]
    municipalities: Mapping[str, Gemeente]

    @property
    def inhabitants(self) -> int:
        """Inhabitants of all municipalities together."""
        return sum(each.inhabitants for each in self.municipalities.values())

    @property
    def by_name(self) -> tuple[Gemeente, ...]:
        """All municipalities in the order of the alphabet."""
        return tuple(sorted(self.municipalities.values(), key=lambda each: each.name.lstrip("'").casefold()))

    def of_province(self, code: str) -> tuple[Gemeente, ...]:
        """The municipalities of a province, by name."""
        return tuple(each for each in self.by_name if each.province == code)


def read_gemeenten(root: Path, sources: Mapping[str, Source]) -> Gemeenten:
    """Read the folder of municipalities; raises LibraryInvalid with all mistakes in its files."""
    read = Files(root)
    path = root / FOLDER / "about.yaml"
    about = read.parse(About, read.yaml(path), path)
    provinces = read.by_name(Province, f"{FOLDER}/provincies.csv", "code")
    municipalities = read.by_name(Gemeente, f"{FOLDER}/gemeenten.csv", "code")
    cited = (about.inhabitants.source, about.places.source, about.gaps.source) if about else ()
    for name in sorted(set(cited) - set(sources)):
        read.say(path, 1, f"the source {name!r} is not in library/sources")
    for code, wrong in _wrong(provinces, municipalities):
        table = root / FOLDER / "gemeenten.csv"
        read.say(table, read.line_of_name(table, code), wrong)
    if read.mistakes or about is None:
        raise LibraryInvalid(read.mistakes)
    return Gemeenten(about, provinces, municipalities)


def _wrong(provinces: Mapping[str, Province], municipalities: Mapping[str, Gemeente]) -> Iterator[tuple[str, str]]:
    """What does not fit between the two tables, by the code it is about."""
    names = Counter(each.name for each in municipalities.values())
    for each in municipalities.values():
        if each.province not in provinces:
            yield each.code, f"{each.name} is in {each.province!r}, which is not a province"
        if names[each.name] > 1:
            yield each.code, f"there is another municipality called {each.name!r}"
    found = Counter(each.province for each in municipalities.values())
    for province in provinces.values():
        if found[province.code] != province.municipalities:
            yield "", f"{province.name} has {found[province.code]} municipalities, of {province.municipalities}"


def check_sums(gemeenten: Gemeenten) -> list[Finding]:
    """The sums over municipalities against what was published of the country and of provinces."""
    return [*_national(gemeenten), *_inhabitants(gemeenten), *_gaps(gemeenten)]


def disagreements(gemeenten: Gemeenten) -> list[Finding]:
    """The sums that differ from print."""
    return [finding for finding in check_sums(gemeenten) if not finding.holds]


def _national(of: Gemeenten) -> Iterator[Finding]:
    places = sum(each.places for each in of.municipalities.values())
    yield _finding("gemeenten-need-differs", "NL01", (places, of.about.places.need, 0), "place", {})
    inhabitants = (of.inhabitants, of.about.inhabitants.total, 0)
    yield _finding("gemeenten-inhabitants-differ", "NL01", inhabitants, "person", {"province": "Nederland"})


def _inhabitants(of: Gemeenten) -> Iterator[Finding]:
    for province in of.provinces.values():
        total = sum(each.inhabitants for each in of.of_province(province.code))
        numbers = (total, province.inhabitants, 0)
        yield _finding("gemeenten-inhabitants-differ", province.code, numbers, "person", {"province": province.name})


def _gaps(of: Gemeenten) -> Iterator[Finding]:
    """Only regular places are taken away: emergency places are not taken to last."""
    for province in of.provinces.values():
        if province.gap is not None:
            missing = sum(each.places - each.regular for each in of.of_province(province.code))
            numbers = (missing, province.gap, HUNDREDS)
            yield _finding("gemeenten-gap-differs", province.code, numbers, "place", {"province": province.name})


def _finding(code: str, area: str, numbers: tuple[int, int, int], unit: str, words: Mapping[str, object]) -> Finding:
    printed, expected, tolerance = numbers
    holds = abs(printed - expected) <= tolerance
    return Finding(
        code,
        Severity.HOLDS if holds else Severity.NOTE,
        Place(FOLDER, row=area),
        printed=printed,
        expected=expected,
        tolerance=tolerance,
        unit=unit,
        words=words,
    )
