"""How a number came about as steps in words, each with what it was made of."""

from dataclasses import dataclass

from ketenraming.evidence.library import Library
from ketenraming.finance.term import Flag, How, Term
from ketenraming.reports.numbers import Lang, in_unit
from ketenraming.reports.words import named, note, place, say, unit_in_words

DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One number: its name, value and unit, how it was made, where it is printed, what to know, and its parts."""

    name: str
    value: str
    unit: str
    how: str
    place: str
    flags: tuple[str, ...]
    note: str
    band: str
    parts: tuple["Step", ...]


def steps(term: Term, library: Library, lang: Lang, depth: int = 0) -> Step:
    """A term and all it was made of, down to printed cells."""
    flags = () if term.how is How.SUM else tuple(f for f in Flag if f in term.flags)
    low, _, high = term.quantiles()
    return Step(
        name=" × ".join(named(library, part, lang) for part in term.name.split(" × ")),
        value=in_unit(term.central, term.unit, lang),
        unit=_rest(term.unit, library, lang),
        how=say(library, f"how_{term.how.value}", lang, year=term.inputs[0].year if term.inputs else ""),
        place=place(term.place, library, lang) if term.place else "",
        flags=tuple(say(library, f"flag_{flag.value}", lang) for flag in flags),
        note=note(term, library, lang),
        band=f"{in_unit(low, term.unit, lang)} – {in_unit(high, term.unit, lang)}" if high > low else "",
        parts=tuple(steps(part, library, lang, depth + 1) for part in term.inputs) if depth < DEEPEST else (),
    )


def _rest(unit: str, library: Library, lang: Lang) -> str:
    """The same in words."""
    rest = rest_of_unit(unit)
    said = unit_in_words(unit, library, lang) if rest else ""
    return (
        f" {said.removeprefix(unit_in_words('EUR', library, lang)).strip()}" if unit.startswith("EUR/") else f" {said}"
    )


def rest_of_unit(unit: str) -> str:
    """What the number does not say of its unit: `EUR/person-year` was printed with its euro sign."""
    if unit in {"EUR", "1"}:
        return ""
    return unit.removeprefix("EUR") if unit.startswith("EUR/") else f" {unit}"
