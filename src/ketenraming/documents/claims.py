"""Amounts, days and telling words in the prose, placed by the words around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ketenraming.base.finding import Finding, Place, Severity, Strength
from ketenraming.documents.article import PROSE
from ketenraming.documents.blocks import Document, Paragraph
from ketenraming.documents.numbers import read_number, trailing_zero_step
from ketenraming.evidence.figure import Figure, Kind
from ketenraming.evidence.reading import ClaimMap, Reading

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_SCALE = r"mln\b|mld\b|miljoen|miljard|duizend"
_AMOUNT = re.compile(
    rf"(?<!x )€\s*(?P<euro>{_NUMBER})(?:\s*(?P<scale>{_SCALE}))?"
    rf"|(?P<euros>{_NUMBER})(?:\s*(?P<scale2>{_SCALE}))?\s+euro\b"
    rf"|(?P<percent>{_NUMBER})\s*%"
    rf"|(?P<years>\d+)\s+(?:jaar|maanden|weken|dagen)\b"
    rf"|(?P<count>\d{{1,3}}(?:\.\d{{3}})+)(?!\d)(?=\s+[a-z])"
)
_UNITS = {"mln": "mEUR", "miljoen": "mEUR", "mld": "bnEUR", "miljard": "bnEUR", "duizend": "kEUR"}
_MONEY = {"EUR", "kEUR", "mEUR", "bnEUR"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])")
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_DAY = re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>20\d\d)|(?P<only>20\d\d)")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in a sentence: what is printed, and the sentence with `#` in its place."""

    text: str
    digits: int
    decimals: int
    unit: str
    sentence: str
    at: str


def sentences(paragraphs: list[Paragraph]) -> Iterator[tuple[str, str]]:
    """Sentences with the place of their paragraph."""
    for paragraph in paragraphs:
        for sentence in _SENTENCE.split(paragraph.text):
            yield sentence, paragraph.at


def amounts(sentence: str, at: str) -> Iterator[Amount]:
    """Every amount of money, percentage, count in thousands and duration in a sentence."""
    for match in _AMOUNT.finditer(sentence):
        printed = next(match[name] for name in ("euro", "euros", "percent", "years", "count") if match[name])
        number = read_number(printed)
        if number is None:
            continue
        with_mark = f"{sentence[: match.start()]}#{sentence[match.end() :]}"
        yield Amount(match[0], number.digits, number.decimals, _unit(match), with_mark, at)


def _unit(match: re.Match[str]) -> str:
    if match["euro"] or match["euros"]:
        return _UNITS.get(match["scale"] or match["scale2"] or "", "EUR")
    return "percent" if match["percent"] else ("year" if match["years"] else "1")


def _fits(amount: Amount, claim: ClaimMap) -> bool:
    """Whether an amount is of the sort that a claim expects and stands between its words."""
    money = claim.unit in _MONEY or claim.unit.startswith("EUR")
    same_sort = (amount.unit in _MONEY) == money and (amount.unit == "percent") == (claim.unit == "percent")
    same_sort = same_sort and (amount.unit == "year") == (claim.unit == "year")
    return same_sort and re.search(claim.cue, amount.sentence) is not None


def _figure(document: str, amount: Amount, name: str, column: str, unit: str) -> Figure:
    step = trailing_zero_step([amount.digits]) if unit in {"person", "place"} else 1
    at = Place(document, PROSE, name, column, amount.at)
    return Figure(at, amount.digits, unit, Kind.CLAIM, amount.decimals, step, label=amount.text)


def read_amounts(document: Document, reading: Reading) -> Iterator[tuple[Figure, bool]]:
    """The amounts of a document as figures, and whether the map knows what they speak of."""
    times: dict[str, int] = {}
    for sentence, at in sentences(document.paragraphs):
        for amount in amounts(sentence, at):
            claim = next((c for c in reading.claims if _fits(amount, c)), None)
            name = claim.id if claim else "bedrag"
            times[name] = times.get(name, 0) + 1
            if times[name] > 1 or claim is None:
                name = f"{name}-{times[name]}"
            printed_money = amount.unit in _MONEY and (claim is None or claim.unit in _MONEY)
            unit = amount.unit if printed_money or claim is None else claim.unit
            yield _figure(document.name, amount, name, claim.year if claim else "", unit), claim is not None


def read_days(document: Document, reading: Reading) -> Iterator[Figure]:
    """Years (as 2026) and days (as 20260304) that the map asks for."""
    for wanted in reading.days:
        for sentence, at in sentences(document.paragraphs):
            match = re.search(wanted.cue.replace("#", f"(?P<when>{_DAY.pattern})"), sentence)
            if match is None:
                continue
            day = _DAY.fullmatch(match["when"])
            if day is None or (wanted.unit == "date") == bool(day["only"]):
                continue
            digits = int(day["only"]) if day["only"] else _as_digits(day)
            place = Place(document.name, PROSE, wanted.id, "", at)
            yield Figure(place, digits, wanted.unit, Kind.DAY, label=match["when"])
            break


def _as_digits(day: re.Match[str]) -> int:
    return int(f"{day['year']}{_MONTHS.index(day['month']) + 1:02}{int(day['day']):02}")


def read_wording(document: Document, reading: Reading) -> Iterator[Figure]:
    """Telling words that the map asks for."""
    for wanted in reading.wording:
        for sentence, at in sentences(document.paragraphs):
            if re.search(wanted.cue, sentence):
                place = Place(document.name, PROSE, wanted.id, "", at)
                yield Figure(place, 1, "1", Kind.WORDING)
                break


def read_prose(document: Document, reading: Reading) -> tuple[list[Figure], list[Finding]]:
    """All that the prose states, and a finding for each amount of money whose subject is not known."""
    figures: list[Figure] = []
    findings: list[Finding] = []
    for figure, known in read_amounts(document, reading):
        figures.append(figure)
        if not known and figure.unit != "year":
            words = {"amount": figure.label}
            findings.append(
                Finding("amount-unknown", Severity.NOTE, figure.place, strength=Strength.PRESENCE, words=words)
            )
    return [*figures, *read_days(document, reading), *read_wording(document, reading)], findings
