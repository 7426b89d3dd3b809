"""Results that show themselves, as text where there is a terminal and as HTML where there is a notebook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO

from ketenraming.finance.term import Term
from ketenraming.reports.fan import quantity, unit_name
from ketenraming.reports.frames import Floats, yearly
from ketenraming.reports.numbers import Lang, number, percent
from ketenraming.reports.tables import Figures, Line, article_table, supposed
from ketenraming.reports.terminal import code_of, legend, marks, print_trace, term_line
from ketenraming.reports.words import label, named, say
from ketenraming.scenarios.run import Row, Run

_CELL = "padding:.15em .6em;text-align:{side};vertical-align:top;white-space:nowrap"


@dataclass(frozen=True)
class Table:
    """A table of texts: what it is about, heads, rows, and notes below it. `words` columns are set to the left."""

    caption: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    words: int = 1

    def __repr__(self) -> str:
        widths = [max(map(len, column)) for column in zip(self.head, *self.rows, strict=True)]
        lines = ["  ".join(self._set(cells, widths)).rstrip() for cells in (self.head, *self.rows)]
        return "\n".join([*self.caption, "", *lines, *(["", *self.notes] if self.notes else [])])

    def _set(self, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            yield cell.ljust(width) if i < self.words else cell.rjust(width)

    def _repr_html_(self) -> str:
        head = "".join(self._cell("th", i, cell, ' scope="col"') for i, cell in enumerate(self.head))
        rows = "".join(f"<tr>{self._row(cells)}</tr>" for cells in self.rows)
        caption = "<br>".join(escape(line) for line in self.caption)
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return (
            f'<table style="font-variant-numeric:tabular-nums"><caption style="text-align:left">{caption}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{notes}"
        )

    def _row(self, cells: Sequence[str]) -> str:
        first, *others = cells
        return self._cell("th", 0, first, ' scope="row"') + "".join(
            self._cell("td", i, cell) for i, cell in enumerate(others, 1)
        )

    def _cell(self, tag: str, column: int, text: str, more: str = "") -> str:
        style = _CELL.format(side="left" if column < self.words else "right")
        indent = f";padding-left:{0.6 + 0.6 * (len(text) - len(text.lstrip()))}em" if text.startswith(" ") else ""
        return f'<{tag}{more} style="{style}{indent}">{escape(text.strip())}</{tag}>'


def article(run: Run, year: str | None, lang: Lang) -> Table:
    """The article: of one year budgeted, needed, band and gap; of all years budgeted, needed and gap below it."""
    lines = article_table(run)
    words = [say(run.library, key, lang) for key in ("line", "budgeted", "needed", "band", "gap")]
    if year is None:
        head = (words[0], "", *run.years)
        rows = [row for line in lines for row in _of_all_years(line, run, lang, words)]
    else:
        run.row(run.addresses[0], year)  # refuses a year that is not there
        head = (f"{words[0]}, {year}", *words[1:])
        rows = [(_name(line, run, lang), *_of_year(line, year, lang)) for line in lines]
    caption = [say(run.library, "article", lang), supposed(run, lang), say(run.library, "unit", lang)]
    return Table(tuple(filter(None, caption)), head, tuple(rows), tuple(legend(run, lang)), 2 if year is None else 1)


def _name(line: Line, run: Run, lang: Lang) -> str:
    return f"{'  ' * line.depth}{code_of(line.address)}{label(run.library, line.address, lang)}"


def _of_all_years(line: Line, run: Run, lang: Lang, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    def cells(part: str) -> tuple[str, ...]:
        return tuple(number(getattr(figures, part), lang) for figures in line.years.values())

    yield (_name(line, run, lang), words[1] if line.follows_people else "", *cells("budgeted"))
    if line.follows_people:
        needed = (f"{marks(line, year)}{cell}" for year, cell in zip(line.years, cells("needed"), strict=True))
        yield ("", words[2], *needed)
        yield ("", words[4], *cells("gap"))


def _of_year(line: Line, year: str, lang: Lang) -> tuple[str, ...]:
    figures: Figures = line.years[year]
    budgeted = number(figures.budgeted, lang)
    if not line.follows_people:
        return budgeted, "", "", ""
    band = f"{number(figures.low, lang)} – {number(figures.high, lang)}"
    return budgeted, f"{marks(line, year)}{number(figures.needed, lang)}", band, number(figures.gap, lang)


@dataclass(frozen=True)
class Trace:
    """How a number came about: the terms of *budgeted*, *needed* and *gap*, each with what it was made from."""

    row: Row
    run: Run
    lang: Lang = "nl"

    @property
    def budgeted(self) -> Term:
        """The printed amount."""
        return self.row.budgeted

    @property
    def needed(self) -> Term:
        """What the people cost."""
        return self.row.needed

    @property
    def gap(self) -> Term:
        """Needed less budgeted."""
        return self.row.gap

    def __repr__(self) -> str:
        from rich.console import Console

        console = Console(file=StringIO(), width=200, color_system=None, legacy_windows=False)
        with console.capture() as said:
            print_trace(self.row, self.run, console, self.lang)
        return "\n".join(line.rstrip() for line in said.get().splitlines())

    def _repr_html_(self) -> str:
        parts = (("budgeted", self.budgeted), ("needed", self.needed), ("gap", self.gap))
        trees = (self._tree(term, say(self.run.library, key, self.lang), key != "gap") for key, term in parts)
        return f"<ul>{''.join(trees)}</ul>"

    def _tree(self, term: Term, name: str, deeper: bool = True) -> str:
        said = escape(term_line(term, self.run.library, self.lang, name).plain)
        if not term.inputs or not deeper:
            return f"<li>{said}</li>"
        inside = "".join(self._tree(part, part.name) for part in term.inputs)
        return f"<li><details open><summary>{said}</summary><ul>{inside}</ul></details></li>"


@dataclass(frozen=True, eq=False)
class Yearly:
    """A quantity or a price by year: `central` has one value a year, `draws` has years by draws."""

    name: str
    unit: str
    years: tuple[int, ...]
    central: Floats
    draws: Floats
    table: Table

    def __repr__(self) -> str:
        return repr(self.table)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def by_year(run: Run, name: str, lang: Lang) -> Yearly:
    """A quantity, a price or what an address needs, with its unit; raises NotInLibrary with the nearest names."""
    terms = quantity(run, name)
    values = yearly(terms.values(), run.draws.count)
    unit = next(iter(terms.values())).unit
    head = (say(run.library, "year", lang), say(run.library, "central", lang), "p10", "p25", "p50", "p75", "p90")
    rows = tuple(
        (year, *(_said(value, unit, lang) for value in (term.central, *term.quantiles((0.1, 0.25, 0.5, 0.75, 0.9)))))
        for year, term in terms.items()
    )
    about = f"{named(run.library, name, lang)} ({', '.join(filter(None, (name, unit_name(run, unit, lang))))})"
    table = Table(tuple(filter(None, (about, supposed(run, lang)))), head, rows)
    return Yearly(name, unit, tuple(int(year) for year in run.years), values[:, 0], values[:, 1:], table)


def _said(value: float, unit: str, lang: Lang) -> str:
    return percent(100 * value, lang) if unit == "1" else number(value, lang, 0 if abs(value) >= 100 else 2)
