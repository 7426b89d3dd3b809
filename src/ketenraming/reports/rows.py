"""The article table as rows of texts, with marks, bands and chances, and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from ketenraming.evidence.library import Library
from ketenraming.finance.term import Flag
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.tables import Figures, Line, explained_share
from ketenraming.reports.words import label, say
from ketenraming.scenarios.run import Run

MARKS = {
    Flag.NOT_FUNDED: "†",
    Flag.AS_PRINTED: "a",
    Flag.SOLVED: "b",
    Flag.CARRIED: "c",
    Flag.PLUG: "d",
    Flag.ENDS: "e",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the article table, with its year, its marks and its band."""

    year: str
    text: str
    marks: str = ""
    band: str = ""
    not_funded: bool = False
    is_nil: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the article table; `part` is budgeted, needed, gap or as_printed."""

    address: str
    label: str
    depth: int
    is_heading: bool
    part: str
    cells: tuple[Cell, ...]


def article_blocks(run: Run, table: Sequence[Line], lang: Lang) -> list[list[TableRow]]:
    """The rows of every address, in the order of print."""
    return [_block(line, run, lang) for line in table]


def marks_in_words(library: Library, lang: Lang) -> list[tuple[str, str]]:
    """Every mark, and what it says."""
    return [(mark, say(library, f"flag_{flag.value}", lang)) for flag, mark in MARKS.items()]


def band(figures: Figures, library: Library, lang: Lang) -> str:
    """The band in words; empty where it has no width."""
    if figures.low == figures.high:
        return ""
    return say(library, "report_band_cell", lang, low=number(figures.low, lang), high=number(figures.high, lang))


def _chance(figures: Figures, library: Library, lang: Lang) -> str:
    """The chance to need more than is budgeted, in words; empty where nothing is uncertain."""
    if figures.low == figures.high:
        return ""
    return say(library, "report_chance_cell", lang, chance=percent(100 * figures.chance_over, lang, 0))


def _block(line: Line, run: Run, lang: Lang) -> list[TableRow]:
    """The rows of one address: budgeted, needed and gap where it follows people, else one as printed."""
    parts = ("budgeted", "needed", "gap") if line.follows_people else ("as_printed",)
    below = [node for node in run.library.budget.children(line.address) if node.address in run.addresses]
    text = label(run.library, line.address, lang)
    return [
        TableRow(line.address, text, line.depth, bool(below), part, _cells(part, line, run.library, lang))
        for part in parts
    ]


def _cells(part: str, line: Line, library: Library, lang: Lang) -> tuple[Cell, ...]:
    return tuple(_cell(part, year, figures, library, lang) for year, figures in line.years.items())


def _cell(part: str, year: str, figures: Figures, library: Library, lang: Lang) -> Cell:
    """One number; what the text does not fund is said beside what is budgeted, the rest beside what is needed."""
    closed = Flag.NOT_FUNDED in figures.flags
    told = "".join(MARKS[flag] for flag in figures.flags if flag is not Flag.NOT_FUNDED)
    match part:
        case "needed":
            return Cell(year, number(figures.needed, lang), told, band(figures, library, lang))
        case "gap":
            return Cell(year, number(figures.gap, lang), band=_chance(figures, library, lang), is_nil=not figures.gap)
    return Cell(year, number(figures.budgeted, lang), not_funded=closed)


def legend(run: Run, lang: Lang) -> list[str]:
    """How to read the numbers."""
    library, until = run.library, run.funded_until
    share = percent(explained_share(run, until), lang)
    return [
        say(library, "legend", lang, until=until),
        *([say(library, "legend_scenario", lang)] if run.scenarios else []),
        say(library, "legend_funded", lang, share=share, year=until),
        say(library, "legend_band", lang, draws=number(run.draws.count, lang), until=until),
    ]
