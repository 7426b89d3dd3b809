"""
Sensitivity for readers: names and amounts in words, and the rows of the three tables.

A table of rows is the same wherever it is shown: on a terminal, on a page, in a picture.
"""

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, in_unit, money, number, percent
from ketenraming.reports.words import label, named, say
from ketenraming.scenarios.sensitivity.officer import Officer
from ketenraming.scenarios.sensitivity.tornado import Sensitivity, Swing
from ketenraming.scenarios.uncertainty import FACTORS

Row = tuple[str, ...]
LEAST = 0.01  # of the variance: what explains less is told together
SPENT = ("reception", "penalties", "other")


def what(name: str, library: Library, lang: Lang) -> str:
    """An uncertain number in words: its own in the catalogue, its parameter, its variable, or its name."""
    if both := library.messages.get(f"path_{name}"):
        return both[lang]
    parameter = library.parameters.get(FACTORS.get(name, name))
    if parameter is None:
        return named(library, name, lang)
    return parameter.label_nl if lang == "nl" else parameter.label_en


def amount(value: float, unit: str, lang: Lang) -> str:
    """A value without what it is counted in: shares and chances in percent, prices in euros."""
    if unit in {"1", "share", "1/month"}:
        return percent(100 * value, lang)
    return in_unit(value if abs(value) < 100 else round(value), unit, lang)


def counted_in(unit: str, library: Library, lang: Lang) -> str:
    """What a value is counted in, and per what: `personen per maand`, `per maand`; nothing for a share."""
    above, _, below = unit.partition("/")
    words = library.units.get(above)
    one = (
        "" if words is None or above in {"1", "EUR", "share"} else (words.label_nl if lang == "nl" else words.label_en)
    )
    per = say(library, f"per_{below}", lang) if f"per_{below}" in library.messages else below and f"/{below}"
    return f"{one} {per}".strip()


def span(swing: Swing, library: Library, lang: Lang) -> str:
    """From the low to the high end of a number, with what it is counted in."""
    low, _, high = (amount(value, swing.unit, lang) for value in swing.at)
    return f"{low} – {high} {counted_in(swing.unit, library, lang)}".strip()


def signed(euros: float, lang: Lang) -> str:
    """More or less euros, in an amount of three digits or so."""
    if abs(euros) < 0.5:
        return money(0.0, lang)
    return f"{'+' if euros > 0 else number(-1, lang)[0]} {money(abs(euros), lang)}"


# ---- rows ------------------------------------------------------------------------------------------------------------


def effect_rows(found: Sensitivity, lever: str, lang: Lang) -> list[Row]:
    """What one of a lever does: what is moved, each year, and all years together where that can be added."""
    rows = []
    for effect in (e for e in found.effects if e.lever == lever):
        euros, values = effect.unit == "EUR", list(effect.years.values())
        decimals = 0 if euros else 2
        name = f"{effect.of} " * euros + named(found.library, effect.of, lang)
        whole = number(sum(values), lang) if euros else ""
        rows.append((name, *(number(value, lang, decimals) for value in values), whole))
    return rows


def swing_rows(found: Sensitivity, lang: Lang) -> list[Row]:
    """Each wide swing: what, low, central, high, counted in what, and the euros at both ends; then the others."""
    rows = [_swing_row(swing, found.library, lang) for swing in found.wide]
    narrow = found.swings[len(found.wide) :]
    if not narrow:
        return rows
    most = money(narrow[0].width, lang)
    return [*rows, (say(found.library, "sensitive_narrow", lang, count=len(narrow), most=most), *[""] * 6)]


def _swing_row(swing: Swing, library: Library, lang: Lang) -> Row:
    name = f"{what(swing.name, library, lang)}{' ~' if swing.wanders else ''}"
    at = (amount(value, swing.unit, lang) for value in swing.at)
    unit = counted_in(swing.unit, library, lang)
    return name, *at, unit, signed(swing.low, lang), signed(swing.high, lang)


def index_rows(found: Sensitivity, lang: Lang) -> list[Row]:
    """Each number that explains something: what, alone and with interactions, in percent of the variance."""
    known = [index for index in found.indices if index.total >= LEAST]
    rows: list[Row] = [
        (what(i.name, found.library, lang), _part(i.first, i.first_error, lang), _part(i.total, i.total_error, lang))
        for i in known
    ]
    count = len(found.indices) - len(known)
    if not count:
        return rows
    return [*rows, (say(found.library, "sensitive_little", lang, count=count), "", "")]


def _part(value: float, error: float, lang: Lang) -> str:
    return f"{percent(100 * value, lang)} ± {number(100 * error, lang, 1)}"


def officer_rows(found: Officer, library: Library, lang: Lang) -> list[Row]:
    """What an officer costs and what is spent less, by year and together."""
    years = list(found.reception)
    salary = {year: found.salary if year == found.year else 0.0 for year in years}
    spent = {name: getattr(found, name) for name in SPENT}
    whole = {year: salary[year] + sum(row[year] for row in spent.values()) for year in years}
    rows = {"salary": salary, **spent, "net": whole, "paid": found.paid}
    return [
        (say(library, f"officer_{name}", lang),
         *(number(euros, lang) for euros in row.values()), number(sum(row.values()), lang))
        for name, row in rows.items()
    ]  # fmt: skip


def officer_outcome(found: Officer, library: Library, lang: Lang) -> str:
    """Whether an officer pays for itself, in one sentence."""
    if found.break_even is None:
        return say(library, "officer_never", lang)
    words = {"decisions": number(found.decisions, lang, 1), "break_even": number(found.break_even, lang, 1)}
    amounts = {name: f"€ {number(euros, lang)}" for name, euros in (("saved", found.saved), ("salary", found.salary))}
    return say(library, "officer_outcome", lang, year=found.year, last=max(found.reception), **words, **amounts)


def title(found: Sensitivity, key: str, lang: Lang) -> str:
    """A heading, with the line and the year."""
    line = label(found.library, found.question.address, lang)
    return say(found.library, key, lang, line=f"{found.question.address} {line}", year=found.question.year)
