"""Reading the vintages of the library; every mistake is collected, with its file and line."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import get_args

from ketenraming.base.errors import LibraryInvalid
from ketenraming.base.period import parse_period
from ketenraming.evidence.files import Files
from ketenraming.evidence.source import Source
from ketenraming.evidence.vintage import Document, KeyFigure, Move, Scope, Score, Stage, Vintage, Vintages, Volume

FOLDER = "vintages"
KINDS = {"uitgaven", "verplichtingen", "ontvangsten"}
Printed = tuple[str, str, str, str]  # code, label, kind, and the document it was read in or nothing
Placed = tuple[str, Scope | None, str]  # address, scope, and the address of what it held more or less


@dataclass(frozen=True)
class _Known:
    """What the rows of a file may name."""

    stages: Mapping[str, Stage]
    documents: Mapping[str, Document]
    mapping: Mapping[Printed, Placed]

    def place(self, row: Mapping[str, str]) -> Placed:
        """The address of a printed line: that of its document where it has one, else that of all documents."""
        printed = (row["code"], row["label"], row["kind"])
        for document in (row["read_in"] or row["document"], ""):
            if (found := self.mapping.get((*printed, document))) is not None:
                return found
        raise ValueError(f"{' · '.join(filter(None, printed))} is not in mapping.csv; an empty address leaves it out")


def read_vintages(root: Path, addresses: Collection[str], sources: Mapping[str, Source]) -> Vintages:
    """Read the folder of vintages; raises LibraryInvalid with all mistakes."""
    read = Files(root)
    stages = read.by_name(Stage, f"{FOLDER}/stages.csv", "id")
    documents = read.by_name(Document, f"{FOLDER}/documents.csv", "id")
    for document in documents.values():
        if document.id in sources and sources[document.id].published != document.published:
            path = read.root / FOLDER / "documents.csv"
            read.say(path, read.line_of_name(path, document.id), f"{document.id} has another day in library/sources")
    known = _Known(stages, documents, _mapping(read, addresses, documents))
    lines = list(_lines(read, known))
    told = tuple(_key_figures(read, {**sources, **documents}))
    scores = tuple(_scores(read, {**sources, **documents}))
    volumes, moves = tuple(_volumes(read, addresses)), tuple(_moves(read, addresses, documents))
    if read.mistakes:
        raise LibraryInvalid(read.mistakes)
    mapped, others = (tuple(each for each in lines if bool(each.address) is has) for has in (True, False))
    return Vintages(stages, documents, mapped, others, told, scores, volumes, moves)


def _mapping(read: Files, addresses: Collection[str], documents: Collection[str]) -> dict[Printed, Placed]:
    found: dict[Printed, Placed] = {}
    for path, line, row in read.rows(f"{FOLDER}/mapping.csv"):
        printed = (row["code"], row["label"], row["kind"], row["document"])
        for wrong in _wrong_in_mapping(row, addresses, documents):
            read.say(path, line, wrong)
        if printed in found:
            read.say(path, line, f"{' · '.join(filter(None, printed))} is there twice")
        found[printed] = row["address"], row["scope"] or None, row["apart"]  # type: ignore[assignment]
    return found


def _wrong_in_mapping(row: Mapping[str, str], addresses: Collection[str], documents: Collection[str]) -> Iterator[str]:
    if row["address"] and row["address"] not in addresses:
        yield f"the address {row['address']!r} is not in budget.yaml"
    if row["address"] and row["scope"] not in get_args(Scope):
        yield f"the scope {row['scope']!r} is not one of {', '.join(get_args(Scope))}"
    if not row["address"] and not row["note"]:
        yield "a line that is left out needs a reason in note"
    if row["document"] and row["document"] not in documents:
        yield f"the document {row['document']!r} is not in documents.csv"
    if row["apart"] and (row["apart"] not in addresses or row["scope"] not in {"wider", "narrower"}):
        yield f"what stands apart, {row['apart']!r}, is not in budget.yaml, or the scope is not wider or narrower"


def _lines(read: Files, known: _Known) -> Iterator[Vintage]:
    seen: set[tuple[str, ...]] = set()
    for path, line, row in read.rows(f"{FOLDER}/lines.csv"):
        try:
            each = _vintage(row, known, f"{path.name}:{line}")
        except (ValueError, KeyError) as error:
            read.say(path, line, f"not a vintage: {error.args[0]}")
            continue
        for wrong in _wrong_with(each, known.documents):
            read.say(path, line, wrong)
        cell = tuple(row[name] for name in ("document", "read_in", "stage", "code", "label", "kind", "year", "measure"))
        if cell in seen:
            read.say(path, line, f"{each.label} of {each.year} in {each.document} is there twice")
        seen.add(cell)
        yield each


def _vintage(row: Mapping[str, str], known: _Known, at: str) -> Vintage:
    """A vintage from a row; raises ValueError where a cell is not what its column says."""
    for name in filter(None, (row["document"], row["read_in"])):
        if name not in known.documents:
            raise ValueError(f"the document {name!r} is not in documents.csv")
    for stage in filter(None, (row["stage"], row["since"])):
        if stage not in known.stages:
            raise ValueError(f"the stage {stage!r} is not in stages.csv")
    address, scope, apart = known.place(row)
    document = known.documents[row["document"]]
    return Vintage(
        address=address,
        year=int(row["year"]),
        stage=row["stage"],
        document=document.id,
        known_since=date.fromisoformat(row["known_since"]) if row["known_since"] else document.published,
        keur=int(row["amount_keur"]),
        measure=row["measure"],  # type: ignore[arg-type]
        since=row["since"],
        kind=row["kind"],
        code=row["code"],
        label=row["label"],
        read_in=row["read_in"],
        step=int(row["step"] or 1),
        scope=scope or "same",
        apart=apart,
        edition=document.year or int(row["year"]),
        assumed=bool(row["known_since"]) or document.published_is == "assumed",
        note=row["note"],
        at=at,
    )


def _wrong_with(each: Vintage, documents: Mapping[str, Document]) -> Iterator[str]:
    """What is wrong with one vintage, beyond its shape."""
    if each.measure not in {"level", "change"} or each.kind not in KINDS:
        yield f"{each.measure!r} is no level or change, or {each.kind!r} no kind of amount"
    if (each.measure == "change") != bool(each.since):
        yield "a change says since which stage, and a level does not"
    if each.step < 1:
        yield "the step is not above nought"
    if each.known_since < documents[each.document].published:
        yield f"known since {each.known_since}, before {each.document} was published"
    if each.is_outcome and each.known_since.year <= each.year:
        yield f"an outcome of {each.year} that was known on {each.known_since}"


def _key_figures(read: Files, sources: Mapping[str, Source]) -> Iterator[KeyFigure]:
    for path, line, row in read.rows(f"{FOLDER}/key-figures.csv"):
        try:
            each = _key_figure(row)
        except (ValueError, KeyError) as error:
            read.say(path, line, f"not a key figure: {error.args[0]}")
            continue
        for wrong in _wrong_with_key_figure(each, sources):
            read.say(path, line, wrong)
        yield each


def _key_figure(row: Mapping[str, str]) -> KeyFigure:
    return KeyFigure(
        source=row["source"],
        edition=row["edition"],
        indicator=row["indicator"],
        period=parse_period(row["period"]),
        value=float(row["value"]),
        unit=row["unit"],
        realised=row["realised"] == "yes",
        known_since=date.fromisoformat(row["known_since"]),
        assumed=row["known_is"] == "assumed",
        via=row["via"],
        note=row["note"],
    )


def _wrong_with_key_figure(each: KeyFigure, sources: Mapping[str, Source]) -> Iterator[str]:
    if each.source not in sources:
        yield f"the source {each.source!r} is not in documents.csv or library/sources"
    elif each.known_since < sources[each.source].published:
        yield f"known since {each.known_since}, but {each.source} is of {sources[each.source].published}"
    if not isfinite(each.value):
        yield "the value is no number"
    if each.realised and each.known_since < each.period.first:
        yield f"realised in {each.period}, and known since {each.known_since}"


def _scores(read: Files, sources: Collection[str]) -> Iterator[Score]:
    for path, line, row in read.rows(f"{FOLDER}/scores.csv"):
        before = len(read.mistakes)
        score = read.parse(Score, {name: cell for name, cell in row.items() if cell}, path)
        read.mistakes[before:] = [told.replace(":1:", f":{line}:", 1) for told in read.mistakes[before:]]
        if score and score.source and score.source not in sources:
            read.say(path, line, f"the source {score.source!r} is not in documents.csv or library/sources")
        if score and (score.outcome is None) != (not score.basis):
            read.say(path, line, "an outcome says on what basis, and no outcome says none")
        if score:
            yield score


def _volumes(read: Files, addresses: Collection[str]) -> Iterator[Volume]:
    for volume in read.by_name(Volume, f"{FOLDER}/volumes.csv", "indicator").values():
        if volume.address not in addresses:
            path = read.root / FOLDER / "volumes.csv"
            read.say(path, read.line_of_name(path, volume.indicator), f"{volume.address!r} is not in budget.yaml")
        yield volume


def _moves(read: Files, addresses: Collection[str], documents: Collection[str]) -> Iterator[Move]:
    for path, line, row in read.rows(f"{FOLDER}/moves.csv"):
        if row["address"] not in addresses:
            read.say(path, line, f"the address {row['address']!r} is not in budget.yaml")
        for name in (row["a"], row["b"], row["source"]):
            if name not in documents:
                read.say(path, line, f"the document {name!r} is not in documents.csv")
        if move := read.parse(Move, row, path):
            yield move
