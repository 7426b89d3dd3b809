"""
A run as a document to hand out: tables for spreadsheets and programs, the report, and the article in its house order.

    from ketenraming.reports.export import FORMATS, render

    made = render(run, "xlsx", "nl")
    made.data, made.name, made.media_type

The same run gives the same bytes. What a format needs is imported when it is asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from ketenraming.base.errors import NotInLibrary
from ketenraming.reports.numbers import Lang
from ketenraming.scenarios.run import Run

if TYPE_CHECKING:
    from ketenraming.reports.export.sheets import Book
    from ketenraming.reports.export.text import Text

_OFFICE = "application/vnd.openxmlformats-officedocument"
ALL = "all"
_LONGEST = 80  # of the part of a name that says the scenarios


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which a run is handed out: what of it, the module and function that write it, and what its file is."""

    of: Literal["book", "report", "article"]
    writer: str
    ending: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document: its bytes, a name for its file, and its media type."""

    data: bytes
    name: str
    media_type: str


FORMATS: Mapping[str, Format] = {
    "xlsx": Format("book", "xlsx.write_xlsx", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "ods": Format("book", "ods.write_ods", ".ods", "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": Format("book", "csv.write_csv", ".csv", "text/csv; charset=utf-8"),
    "csv-excel": Format("book", "csv.write_excel_csv", "-excel.csv", "text/csv; charset=utf-8"),
    "datapackage": Format("book", "package.write_package", "-datapackage.zip", "application/zip"),
    "docx": Format("report", "docx.write_docx", ".docx", f"{_OFFICE}.wordprocessingml.document"),
    "pdf": Format("report", "pdf.write_pdf", ".pdf", "application/pdf"),
    "article-docx": Format("article", "docx.write_docx", ".docx", f"{_OFFICE}.wordprocessingml.document"),
    "article-pdf": Format("article", "pdf.write_pdf", ".pdf", "application/pdf"),
    "article-html": Format("article", "html.write_html", ".html", "text/html; charset=utf-8"),
}
_NAMES = {"book": {"nl": "cijfers", "en": "figures"}, "report": {"nl": "rapport", "en": "report"},
          "article": {"nl": "artikel-37", "en": "article-37"}}  # fmt: skip


def render(run: Run, form: str, lang: Lang) -> Rendered:
    """
    A run in one of FORMATS, in a language.

    Raises NotInLibrary for another form, and KetenramingError where a form needs what is not installed.
    """
    return next(render_each(run, [form], lang))


def render_each(run: Run, forms: Sequence[str], lang: Lang) -> Iterator[Rendered]:
    """A run in these forms, one after the other; what they have in common is made once."""
    made = _Made(run, lang)
    for form in forms:
        asked = _format(form)
        module, _, function = asked.writer.partition(".")
        write: Callable[..., bytes] = getattr(import_module(f"ketenraming.reports.export.{module}"), function)
        yield Rendered(write(getattr(made, asked.of)), name_of(run, form, lang), asked.media_type)


def forms_of(asked: str) -> list[str]:
    """The formats in a list with commas, or all of them; raises NotInLibrary with the nearest for what is none."""
    forms = list(FORMATS) if asked == ALL else list(dict.fromkeys(form.strip() for form in asked.split(",")))
    for form in forms:
        _format(form)
    return forms


def _format(form: str) -> Format:
    if form not in FORMATS:
        raise NotInLibrary("format", form, [*FORMATS, ALL])
    return FORMATS[form]


def name_of(run: Run, form: str, lang: Lang) -> str:
    """The name of a file: what it is, and of which scenarios."""
    scenarios = "_".join(scenario.id for scenario in run.scenarios)
    if len(scenarios) > _LONGEST:
        scenarios = f"{len(run.scenarios)}-scenarios"
    asked = FORMATS[form]
    return "-".join(filter(None, ("ketenraming", _NAMES[asked.of][lang], scenarios))) + asked.ending


class _Made:
    """What is made of a run once, however many forms are asked for."""

    def __init__(self, run: Run, lang: Lang) -> None:
        self.run, self.lang = run, lang

    @cached_property
    def book(self) -> "Book":
        """All tables."""
        from ketenraming.reports.export.book import make_book

        return make_book(self.run, self.lang)

    @cached_property
    def report(self) -> "Text":
        """The report."""
        from ketenraming.reports.export.report import make_report

        return make_report(self.run, self.lang)

    @cached_property
    def article(self) -> "Text":
        """The article in its house order."""
        from ketenraming.reports.export.article import make_article

        return make_article(self.run, self.lang)
