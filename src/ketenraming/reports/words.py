"""Words for readers: messages by key, and the sentence of a finding, in Dutch and English."""

from typing import Any

from ketenraming.base.finding import Finding
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


def title(finding: Finding, library: Library, lang: Lang) -> str:
    """The short title of a finding."""
    text = library.findings[finding.code]
    return text.title_nl if lang == "nl" else text.title_en


def sentence(finding: Finding, library: Library, lang: Lang) -> str:
    """What a finding says, in one sentence."""
    text = library.findings[finding.code]
    template = text.sentence_nl if lang == "nl" else text.sentence_en
    return template.format(**_words(finding, lang))


def _words(finding: Finding, lang: Lang) -> dict[str, str]:
    values: dict[str, Any] = dict(finding.words)
    told = {"printed": finding.printed, "expected": finding.expected}
    if finding.unit != "date":
        told |= {"tolerance": finding.tolerance}
    words = {name: in_unit(value, finding.unit, lang) for name, value in told.items() if value is not None}
    if finding.difference is not None and finding.unit != "date":
        words["difference"] = in_unit(abs(finding.difference), finding.unit, lang)
    return {**words, **{name: _word(name, value, finding.unit, lang) for name, value in values.items()}}


def _word(name: str, value: Any, unit: str, lang: Lang) -> str:
    if isinstance(value, str):
        return value
    if name.endswith("_pct"):
        return percent(value, lang)
    if name.endswith("_eur"):
        return money(value, lang)
    if name in {"lost", "usual", "revenue"}:
        return in_unit(value, "kEUR", lang)
    small = isinstance(value, float) and abs(value) < 100 and not float(value).is_integer()
    return number(value, lang, 1 if small else 0)


def place(finding: Finding, library: Library, lang: Lang) -> str:
    """Where a finding is, in words: table, row, column and the place in the file."""
    where = finding.place
    tables = {table.id: table for reading in library.readings.values() for table in reading.tables}
    table = tables.get(where.table)
    name = (table.title_nl if lang == "nl" else table.title_en) if table else _prose(where.table, library, lang)
    row = named(library, where.row, lang)
    return " · ".join(part for part in (name, row, where.column, where.at) if part)


def _prose(table: str, library: Library, lang: Lang) -> str:
    return say(library, "prose", lang) if table == "proza" else table


def named(library: Library, name: str, lang: Lang) -> str:
    """The label of a variable or an address, or the name itself."""
    variable = library.variables.get(name)
    if variable is None:
        return label(library, name, lang)
    return variable.label_nl if lang == "nl" else variable.label_en


def note(term: Term, library: Library, lang: Lang) -> str:
    """What a term says beside its formula; empty where it says nothing."""
    if term.note is None:
        return ""
    words = {name: named(library, _word(name, value, "", lang), lang) for name, value in term.note.words.items()}
    return say(library, term.note.key, lang, **words)
