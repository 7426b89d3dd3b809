"""
The library on disk, loaded whole or not at all.

Every mistake in every file is collected and reported together, each with its file and line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from pydantic import Field

from ketenraming.base.errors import LibraryInvalid, NotInLibrary
from ketenraming.base.finding import Place
from ketenraming.evidence.address import AddressTree, Node
from ketenraming.evidence.figure import Figure, Figures, Kind, Maturity
from ketenraming.evidence.files import Files
from ketenraming.evidence.fits import DrawnTogether, read_posterior
from ketenraming.evidence.gemeenten import Gemeenten, read_gemeenten
from ketenraming.evidence.laws import read_laws
from ketenraming.evidence.observed import Observed, read_observed
from ketenraming.evidence.parameter import DatedValue, Parameter
from ketenraming.evidence.reading import Reading
from ketenraming.evidence.refusals import read_refusals
from ketenraming.evidence.series import Forecast, Series
from ketenraming.evidence.source import Source, Strict
from ketenraming.evidence.start import read_start
from ketenraming.evidence.variable import HOW_A_YEAR_IS_MADE, Unit, Variable, wrong_unit
from ketenraming.evidence.vintage import Vintages
from ketenraming.evidence.vintages import read_vintages

BASELINE = "begroting-2026-xx"  # the edition that is checked and estimated when nothing else is named
SERIES_SOURCES = "sources/series.csv"  # many and short, so in one file


class CheckText(Strict):
    """What a finding says, in both languages, and the bounds its check uses, each with its reason."""

    title_nl: str
    title_en: str
    sentence_nl: str
    sentence_en: str
    why: str
    bounds: dict[str, float] = Field(default_factory=dict)


class BudgetNode(Strict):
    """One address with its labels, as budget.yaml writes it."""

    address: str
    nl: str
    en: str
    also: tuple[str, ...] = ()


class Instrument(Strict):
    """One instrument of the budget regulations: its part of a path, and the labels it is printed under."""

    slug: str
    labels: tuple[str, ...]


class Budget(Strict):
    """The file budget.yaml."""

    article: str
    title_nl: str
    title_en: str
    nodes: tuple[BudgetNode, ...]
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, eq=False)
class Library:
    """Everything that is known, by name. One library is another only if it is the same object, so it can be a key."""

    root: Path
    units: Mapping[str, Unit]
    variables: Mapping[str, Variable]
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    budget: AddressTree
    instruments: Mapping[str, tuple[str, ...]]
    readings: Mapping[str, Reading]
    editions: Mapping[str, Figures]
    findings: Mapping[str, CheckText]
    messages: Mapping[str, Mapping[str, str]]
    refusals: Mapping[str, Mapping[str, str]]
    digest: str = ""
    laws: frozenset[str] = frozenset()  # those of the parameters that are laws and norms, for the rules

    @cached_property
    def observed(self) -> Observed:
        """
        The observed series and the forecasts of others, read when first asked for.

        Raises LibraryInvalid with all mistakes in their files.
        """
        return read_observed(self.root, self.units, self.sources)

    @property
    def series(self) -> Mapping[str, Series]:
        """The observed series by id; an id that is not there raises NotInLibrary with the nearest ones."""
        return self.observed.series

    @property
    def forecasts(self) -> tuple[Forecast, ...]:
        """What others forecast, and on which day."""
        return self.observed.forecasts

    @cached_property
    def start(self) -> Mapping[str, tuple[float, ...]]:
        """
        The people in each stage of the chain on 1 January 2025, by months since they came; read when first asked for.

        Raises LibraryInvalid with all mistakes in the files.
        """
        return read_start(self.root, self.sources)

    @cached_property
    def posterior(self) -> DrawnTogether:
        """
        Draws of the free numbers of the hindcast, which say how uncertain they are together; read when first asked for.

        Raises LibraryInvalid with all mistakes in the files.
        """
        return read_posterior(self.root, self.sources)

    @cached_property
    def vintages(self) -> Vintages:
        """
        What every budget document printed of a line, since when, and what came of it; read when first asked for.

        Raises LibraryInvalid with all mistakes in the files.
        """
        return read_vintages(self.root, self.budget.nodes, self.sources)

    @cached_property
    def gemeenten(self) -> Gemeenten:
        """
        Municipalities with their inhabitants and places, read when first asked for.

        Raises LibraryInvalid with all mistakes in the files.
        """
        return read_gemeenten(self.root, self.sources)

    def parameter(self, name: str) -> Parameter:
        """A parameter by name; raises NotInLibrary with the nearest names."""
        if name not in self.parameters:
            raise NotInLibrary("parameter", name, self.parameters)
        return self.parameters[name]

    def edition(self, name: str) -> Figures:
        """The published figures of a known edition; raises NotInLibrary with the nearest names."""
        if name not in self.editions:
            raise NotInLibrary("edition", name, self.editions)
        return self.editions[name]

    def bound(self, code: str, name: str) -> float:
        """A bound that a check uses, as written beside the text of its finding."""
        return self.findings[code].bounds[name]

    def in_base_units(self, figure: Figure) -> tuple[float, str]:
        """The value of a figure in base units: x € 1.000 becomes euros."""
        unit = self.units.get(figure.unit)
        return (figure.value * unit.factor, unit.base) if unit else (figure.value, figure.unit)


def _sources(read: Files) -> dict[str, Source]:
    found = read.by_name(Source, SERIES_SOURCES, "id")
    for path in read.all("sources", ".yaml"):
        source = read.parse(Source, read.yaml(path), path)
        if source and source.id != path.stem:
            read.say(path, 1, f"the id is {source.id!r}, the file is called {path.stem!r}")
        elif source and found.setdefault(source.id, source) is not source:
            read.say(path, 1, f"{source.id} is in {SERIES_SOURCES} too")
    return found


def _parameters(read: Files, units: Mapping[str, Unit], sources: Mapping[str, Source]) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for path in read.all("parameters", ".yaml"):
        parameter = read.parse(Parameter, read.yaml(path), path)
        if parameter is None:
            continue
        if parameter.id != path.stem:
            read.say(path, 1, f"the id is {parameter.id!r}, the file is called {path.stem!r}")
        if found.setdefault(parameter.id, parameter) is not parameter:
            read.say(path, 1, f"there is another parameter called {parameter.id!r}")
        if wrong := wrong_unit(parameter.unit, units):
            read.say(path, read.line_of(path, ("unit",)), wrong)
        for overlap in parameter.overlaps():
            read.say(path, read.line_of(path, ("values",)), overlap)
        for i, value in enumerate(parameter.values):
            for wrong in _wrong_in(value, sources):
                read.say(path, read.line_of(path, ("values", i, "source")), wrong)
    return found


def _laws(read: Files, units: Mapping[str, Unit], sources: Mapping[str, Source]) -> dict[str, Parameter]:
    """The parameters of laws and norms, which stand in tables."""
    laws = read_laws(read)
    for parameter, lines in laws.values():
        whole = [wrong_unit(parameter.unit, units), *parameter.overlaps()]
        apart = [
            (line, wrong) for line, v in zip(lines, parameter.values, strict=True) for wrong in _wrong_in(v, sources)
        ]
        for (path, line), wrong in [*((lines[0], wrong) for wrong in whole if wrong), *apart]:
            read.say(path, line, f"{parameter.id}: {wrong}")
    return {name: parameter for name, (parameter, _) in laws.items()}


def _wrong_in(value: DatedValue, sources: Mapping[str, Source]) -> Iterator[str]:
    """What is wrong with one dated value, beyond its shape."""
    source = sources.get(value.source.id)
    if source is None:
        yield f"the source {value.source.id!r} is not in library/sources"
    elif value.known_since < source.published:
        yield f"known since {value.known_since}, but {source.id} is of {source.published}"
    if value.until < value.from_:
        yield f"holds until {value.until}, before it starts on {value.from_}"


def _budget(read: Files) -> tuple[AddressTree, dict[str, tuple[str, ...]]]:
    path = read.root / "budget.yaml"
    budget = read.parse(Budget, read.yaml(path), path)
    if budget is None:
        return AddressTree([]), {}
    for address, times in Counter(node.address for node in budget.nodes).items():
        if times > 1:
            read.say(path, 1, f"the address {address} is there {times} times")
    nodes = [Node(node.address, node.nl, node.en, node.also) for node in budget.nodes]
    return AddressTree(nodes), {instrument.slug: instrument.labels for instrument in budget.instruments}


def _readings(read: Files, units: Mapping[str, Unit]) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    for path in read.all("readings", ".yaml"):
        if (reading := read.parse(Reading, read.yaml(path), path)) is None:
            continue
        found[path.stem] = reading
        used = [t.unit for t in reading.tables] + [r.unit for t in reading.tables for r in t.rows if r.unit]
        for unit in {*used, *(c.unit for c in reading.claims)}:
            if wrong := wrong_unit(unit, units):
                read.say(path, 1, wrong)
        for i, claim in enumerate(reading.claims):
            try:
                re.compile(claim.cue)
            except re.error as error:
                read.say(path, read.line_of(path, ("claims", i)), f"the cue of {claim.id} is no pattern: {error}")
    return found


def read_figure(document: str, row: Mapping[str, str]) -> Figure:
    """A figure from a row of a figures file; raises ValueError where a cell is not what its column says."""
    return Figure(
        place=Place(document, row["table"], row["row"], row["column"], row["at"]),
        digits=int(row["digits"]),
        unit=row["unit"],
        kind=Kind(row["kind"]),
        decimals=int(row["decimals"]),
        step=int(row["step"]),
        maturity=Maturity(row["maturity"]),
        label=row["label"],
        note=row["note"],
    )


def _editions(read: Files, units: Mapping[str, Unit], sources: Mapping[str, Source]) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    for path in read.all("figures", ".csv"):
        if path.stem not in sources:
            read.say(path, 1, f"the source {path.stem!r} is not in library/sources")
        figures: list[Figure] = []
        for _, line, row in read.rows(path):
            try:
                figures.append(read_figure(path.stem, row))
            except (ValueError, KeyError) as error:
                read.say(path, line, f"not a figure: {error}")
                continue
            if wrong := wrong_unit(row["unit"], units):
                read.say(path, line, wrong)
        found[path.stem] = Figures(figures)
        for figure in found[path.stem].repeated:
            read.say(path, 1, f"the cell {' · '.join(figure.place.cell)} is there twice")
    return found


def _check_texts(read: Files) -> dict[str, CheckText]:
    name = "checks/findings.toml"
    texts = {code: read.parse(CheckText, text, read.root / name) for code, text in read.toml(name).items()}
    return {code: text for code, text in texts.items() if text is not None}


def _messages(read: Files) -> dict[str, dict[str, str]]:
    name = "locale/messages.toml"
    messages: dict[str, dict[str, str]] = read.toml(name)
    for key, both in messages.items():
        if not isinstance(both, dict) or set(both) != {"nl", "en"}:
            read.say(read.root / name, 1, f"{key} must have nl and en, and nothing else")
    return messages


def _digest(root: Path) -> str:
    """A hash of all library files: names and bytes."""
    total = sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(str(path.relative_to(root)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def library_root() -> Path:
    """Where the shipped library stands."""
    return Path(str(files("ketenraming"))) / "library"


def load(root: Path | None = None) -> Library:
    """
    Load a library, the shipped one by default.

    Raises LibraryInvalid with all mistakes: a value without a source, an unknown unit, overlapping validity,
    a key that is not known, a file that is not what its ending says.
    """
    root = root or library_root()
    if not (root / "budget.yaml").is_file():
        raise LibraryInvalid([f"{root} holds no budget.yaml, so it is not a library."])
    read = Files(root)
    units = read.by_name(Unit, "units.csv", "unit")
    variables = read.by_name(Variable, "variables.csv", "name")
    for variable in variables.values():
        path = read.root / "variables.csv"
        for unit in (variable.unit, variable.unit_of_a_year):
            if wrong := wrong_unit(unit, units):
                read.say(path, 1, f"{variable.name}: {wrong}")
        if HOW_A_YEAR_IS_MADE[variable.measure] != variable.yearly:
            read.say(path, 1, f"{variable.name}: a year of {variable.measure} is not made by {variable.yearly}")
    sources = _sources(read)
    parameters, laws = _parameters(read, units, sources), _laws(read, units, sources)
    for name in parameters.keys() & laws.keys():
        read.say(read.root / "parameters", 1, f"{name!r} is a parameter with a file of its own, and a law")
    budget, instruments = _budget(read)
    readings = _readings(read, units)
    editions = _editions(read, units, sources)
    texts, messages, refusals = _check_texts(read), _messages(read), read_refusals(read)
    if read.mistakes:
        raise LibraryInvalid(read.mistakes)
    return Library(
        read.root,
        units,
        variables,
        sources,
        parameters | laws,
        budget,
        instruments,
        readings,
        editions,
        texts,
        messages,
        refusals,
        digest=_digest(read.root),
        laws=frozenset(laws),
    )
