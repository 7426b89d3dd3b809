"""
The article of a run: article 37 in the order in which the budget prints it, with what this run makes of its numbers.

The sentences stand in a template for each language, `article.nl.j2` and `article.en.j2`, and are ours. Paragraphs stand
apart by an empty line. One that begins with `#` is a heading, with `>` a notice, with `-` a list, and `[[main]]` is a
table or a picture by its name.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING

from ketenraming.documents.article import of_edition
from ketenraming.finance.payees import COA, DJI, DVENO, GEMEENTEN, IND, MEDISCH, NGO, NIDOS, REAN, VERTREK
from ketenraming.reports.charts import WIDE, needed_and_budgeted
from ketenraming.reports.export import article_money as euros
from ketenraming.reports.export import article_people as people
from ketenraming.reports.export.article_money import Basis
from ketenraming.reports.export.article_words import words_of
from ketenraming.reports.export.book import known_on
from ketenraming.reports.export.columns import Heads
from ketenraming.reports.export.text import Bullets, Heading, Paragraph, Picture, Piece, Table, Text, tied_together
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.tables import article_table, supposed
from ketenraming.scenarios.run import Run

if TYPE_CHECKING:
    from jinja2 import Template

LINES = {"ind": IND, "dji": DJI, "coa": COA, "nidos": NIDOS, "dveno": DVENO, "rean": REAN, "vertrek": VERTREK,
         "gemeenten": GEMEENTEN, "ngo": NGO, "medisch": MEDISCH}  # fmt: skip
TABLES: Mapping[str, Callable[[Basis], Table]] = {
    "main": euros.main,
    "beside": euros.beside,
    "oda": euros.oda_of_year,
    "oda-years": euros.oda_by_year,
    "ind-funding": euros.ind_funding,
    "flexibility": people.flexibility,
    "changes": people.changes,
    "key-figures": people.key_figures,
    "key-figures-beside": people.key_figures_beside,
    "further": people.further,
    "minors": people.minors,
    "norms": people.norms,
    **{name: partial(euros.priced, line=line) for name, line in LINES.items()},
}


def make_article(run: Run, lang: Lang) -> Text:
    """The article of a run in a language."""
    year = of_edition(run.library, run.edition).budget_year
    basis = Basis(Heads(run, lang), article_table(run), year)
    said = _template(lang).render(words_of(basis))
    return Text(
        title=basis.heads.say("export_title", article=basis.heads.say("article")),
        notice=basis.heads.say("not_official"),
        supposed=supposed(run, lang),
        made_by=made_by(run.library, lang, run.draws),
        lang=lang,
        day=known_on(run),
        say=basis.heads.say,
        pieces=tied_together(piece for block in said.split("\n\n") for piece in _piece(block, basis)),
    )


@cache
def _template(lang: Lang) -> "Template":
    """The template of a language; a word that is not there is a mistake of ours and raises UndefinedError."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("ketenraming.reports", "export")
    return Environment(loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).get_template(
        f"article.{lang}.j2"
    )


def _piece(block: str, basis: Basis) -> Iterator[Piece]:
    """What a paragraph of the template is; nothing where it is empty."""
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    text = " ".join(lines)
    if text.startswith("[["):
        name = text.strip("[]")
        yield (
            Picture(needed_and_budgeted(basis.heads.run, basis.heads.lang, WIDE))
            if name == "picture"
            else TABLES[name](basis)
        )
    elif text.startswith("#"):
        signs, _, words = text.partition(" ")
        yield Heading(len(signs), words)
    elif text.startswith("- "):
        yield Bullets(tuple(line.removeprefix("- ") for line in lines))
    elif text:
        yield Paragraph(text.removeprefix("> "), "notice" if text.startswith("> ") else "plain")
