"""Words for readers: messages by key, labels, and the sentence of a finding, in Dutch and English."""

from ketenraming.base.finding import Finding, Place
from ketenraming.base.quantity import split_unit
from ketenraming.documents.article import PROSE
from ketenraming.evidence.figure import Figure
from ketenraming.evidence.library import Library
from ketenraming.finance.term import Term
from ketenraming.reports.numbers import Lang, in_unit, money, number, percent


def say(library: Library, key: str, lang: Lang, **words: object) -> str:
    """A message of the catalogue; a key that is not there is a mistake of ours and raises KeyError."""
    return library.messages[key][lang].format(**words)


def label(library: Library, address: str, lang: Lang) -> str:
    """The label of an address, or the address where the tree does not know it."""
    if address not in library.budget:
        return address
    node = library.budget[address]
    return node.label_nl if lang == "nl" else node.label_en


def named(library: Library, name: str, lang: Lang) -> str:
    """The label of a variable, a parameter, a step of ours or an address; the name itself where none has it."""
    known = library.variables.get(name) or library.parameters.get(name)
    if known is not None:
        return known.label_nl if lang == "nl" else known.label_en
    step = library.messages.get(f"term_{name}")
    return step[lang] if step else label(library, name, lang)


def unit_in_words(unit: str, library: Library, lang: Lang) -> str:
    """A unit for readers: `EUR/person-year` is euro per person per year, and a person-year a person, on average."""
    powers = split_unit(unit)
    above = [name for name, power in powers.items() if power > 0]
    if "year" in above and len(above) > 1:
        above.remove("year")
    said = " × ".join(_unit(name, library, lang) for name in above)
    below = sorted((name for name, power in powers.items() if power < 0), key=lambda name: name in _TIMES)
    return " ".join([said, *(f"per {say(library, f'one_{name}', lang)}" for name in below)]).strip()


_TIMES = ("day", "week", "month", "year")


def _unit(name: str, library: Library, lang: Lang) -> str:
    known = library.units.get(name)
    return name if known is None else known.label_nl if lang == "nl" else known.label_en


def place(where: Place, library: Library, lang: Lang) -> str:
    """A place in words: table, row, column and the place in the file."""
    maps = {table.id: table for reading in library.readings.values() for table in reading.tables}
    table = maps.get(where.table)
    name = (table.title_nl if lang == "nl" else table.title_en) if table else where.table
    if where.table == PROSE:
        name = say(library, "prose", lang)
    row = cell_name(where, library, lang) if where.row else ""
    return " · ".join(part for part in (name, row, where.column, where.at) if part)


def cell_name(where: Place, library: Library, lang: Lang, printed: str = "") -> str:
    """The name of a row: a line with its address where its label repeats, a variable, or the printed label."""
    name = where.row
    if name in library.budget:
        here = label(library, name, lang)
        repeats = sum(1 for node in library.budget if label(library, node.address, lang) == here) > 1
        return f"{here} ({name})" if repeats else here
    if name in library.variables:
        return named(library, name, lang)
    return printed or _mapped(where, library) or name.replace("-", " ")


def _mapped(where: Place, library: Library) -> str:
    """The label that a reading map gives to a row, or empty."""
    tables = [reading.table(where.table) for reading in library.readings.values()]
    rows = [row for table in tables if table for row in table.rows]
    return next((row.labels[0] for row in rows if row.id == where.row), "")


def title(finding: Finding, library: Library, lang: Lang) -> str:
    """The short title of a finding."""
    text = library.findings[finding.code]
    return text.title_nl if lang == "nl" else text.title_en


def sentence(finding: Finding, library: Library, lang: Lang) -> str:
    """What a finding says, in one sentence."""
    text = library.findings[finding.code]
    template = text.sentence_nl if lang == "nl" else text.sentence_en
    return template.format(**_words(finding, library, lang))


def _words(finding: Finding, library: Library, lang: Lang) -> dict[str, str]:
    told = {"printed": finding.printed, "expected": finding.expected}
    if finding.unit != "date":
        told["tolerance"] = finding.tolerance
        told["difference"] = None if finding.difference is None else abs(finding.difference)
    numbers = {name: in_unit(value, finding.unit, lang) for name, value in told.items() if value is not None}
    return numbers | {name: _word(name, value, library, lang) for name, value in finding.words.items()}


def _word(name: str, value: object, library: Library, lang: Lang) -> str:
    """One word of a sentence: a cell by its label, a source by its title, a number by what its name says it is."""
    if isinstance(value, Figure):
        return cell_name(value.place, library, lang, value.label)
    if not isinstance(value, int | float):
        return library.sources[str(value)].title if name == "source" and value in library.sources else str(value)
    if name.endswith("_pct"):
        return percent(value, lang)
    if name.endswith("_eur"):
        return money(value, lang)
    if name in {"lost", "usual", "revenue"}:
        return in_unit(value, "kEUR", lang)
    small = isinstance(value, float) and abs(value) < 100 and not value.is_integer()
    return number(value, lang, 1 if small else 0)


def note(term: Term, library: Library, lang: Lang) -> str:
    """What a term says beside its formula; empty where it says nothing."""
    if term.note is None:
        return ""
    words = {name: named(library, _word(name, value, library, lang), lang) for name, value in term.note.words.items()}
    return say(library, term.note.key, lang, **words)
