"""Columns and sheets with their words, for one run in one language."""

from collections.abc import Iterable
from dataclasses import dataclass

from ketenraming.evidence.library import Library
from ketenraming.finance.term import Flag
from ketenraming.reports.checked import capital
from ketenraming.reports.export.sheets import Column, Row, Sheet
from ketenraming.reports.numbers import LEVELS, Lang
from ketenraming.reports.words import say, unit_in_words
from ketenraming.scenarios.run import Run

QUANTILES = tuple(LEVELS.values())
PARTS = ("budgeted", "needed", "gap")


@dataclass(frozen=True, slots=True)
class Heads:
    """Makes columns of one run in one language."""

    run: Run
    lang: Lang

    @property
    def library(self) -> Library:
        """The library of the run."""
        return self.run.library

    def say(self, key: str, **words: object) -> str:
        """A message of the catalogue."""
        return say(self.library, key, self.lang, **words)

    def head(self, name: str) -> str:
        """The head of a column."""
        return capital(self.say(f"export_column_{name}"))

    def row_name(self, table: str, row: str) -> str:
        """What a printed row of another table is called, such as `leges` of the funding of the IND."""
        return self.say(f"export_row_{table}_{row}".replace("-", "_"))

    def sheet(
        self,
        name: str,
        columns: Iterable[Column],
        rows: Iterable[Row],
        depths: Iterable[int] = (),
    ) -> Sheet:
        """A sheet under the title and the description that the catalogue gives it."""
        title, about = self.say(f"export_sheet_{name}"), self.say(f"export_about_{name}")
        return Sheet(name, title, about, tuple(columns), tuple(rows), tuple(depths))

    def text(self, *names: str) -> list[Column]:
        """Columns of text."""
        return [Column(name, self.head(name)) for name in names]

    def numbers(self, *names: str) -> list[Column]:
        """Columns of numbers in the unit of their row."""
        return [Column(name, self.head(name), "number") for name in names]

    def days(self, *names: str) -> list[Column]:
        """Columns of days."""
        return [Column(name, self.head(name), "day") for name in names]

    def share(self, name: str) -> Column:
        """A column of parts of one."""
        return Column(name, self.head(name), "share")

    def codes(self, name: str, keys: dict[str, str]) -> Column:
        """A column of fixed words, each with the key of the message that says it."""
        return Column(name, self.head(name), "code", {code: self.say(key) for code, key in keys.items()})

    def year(self) -> Column:
        """The column of years."""
        return Column("year", capital(self.say("year")), "year")

    def unit(self, units: Iterable[str]) -> Column:
        """The column of units."""
        return Column("unit", self.head("unit"), "code", {unit: self.unit_in_words(unit) for unit in units})

    def unit_in_words(self, unit: str) -> str:
        """A unit for readers; a part of one is told in percent."""
        return "%" if unit == "1" else unit_in_words(unit, self.library, self.lang)

    def flags(self) -> Column:
        """The column of what a reader must know of a number."""
        return self.codes("flags", {flag.value: f"flag_{flag.value}" for flag in Flag})

    def amounts(self) -> list[Column]:
        """Budgeted, needed and gap in thousands, the band of needed, and the chance that more is needed."""
        budgeted, needed, gap = (capital(self.say(part)) for part in PARTS)
        heads = {"budgeted": budgeted, "estimate": needed, "gap": gap, **{level: level for level in LEVELS}}
        return [*(Column(name, head, "money") for name, head in heads.items()), self.share("chance_over")]

    def band(self, money: bool = False) -> list[Column]:
        """The central value, and the band around it."""
        heads = {"estimate": self.head("estimate"), **{level: level for level in LEVELS}}
        return [Column(name, head, "money" if money else "number") for name, head in heads.items()]
