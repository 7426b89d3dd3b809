"""A run as one book of tables: money, people, prices, what is supposed, findings and sources."""

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

from ketenraming.base.finding import Severity
from ketenraming.evidence.library import Library
from ketenraming.finance.term import Flag, Term
from ketenraming.reports.checked import capital
from ketenraming.reports.export.columns import QUANTILES, Heads
from ketenraming.reports.export.money import as_budget, money_sheets, oda
from ketenraming.reports.export.sheets import Book, Row, Sheet
from ketenraming.reports.numbers import LEVELS, Lang, day, number
from ketenraming.reports.rows import legend
from ketenraming.reports.sourced import sources_in_words
from ketenraming.reports.tables import article_table, supposed
from ketenraming.reports.words import named, place, sentence, title
from ketenraming.scenarios.run import Run
from ketenraming.scenarios.scenario import HOWS

LONG = ("lines", "people", "prices", "oda")  # sheets of which a row is one number of one year
DIGITS = 6  # behind the point: who multiplies numbers and prices again comes to a few euros of the line
FIELDS = ("name", "label", "unit", "year", "budgeted", "estimate", "gap", *LEVELS, "chance_over", "flags")


def make_book(run: Run, lang: Lang) -> Book:
    """All tables of a run, with the words of a language."""
    heads, table = Heads(run, lang), article_table(run)
    sheets = [
        *money_sheets(heads, table),
        terms_sheet(heads, "people"),
        terms_sheet(heads, "prices"),
        oda(heads),
        *([_changes(heads)] if run.scenarios else []),
        _findings(heads),
        _sources(heads),
    ]
    return Book(
        title=heads.say("export_title", article=heads.say("article")),
        notice=heads.say("not_official"),
        supposed=supposed(run, lang),
        lang=lang,
        day=known_on(run),
        sheets=(_about(heads, sheets), *sheets),
        figures=_figures(heads, [sheet for sheet in sheets if sheet.name in LONG]),
        budget=as_budget(heads, table),
    )


def known_on(run: Run) -> date:
    """The day on which the edition was published. Documents bear it, so that the same run gives the same bytes."""
    return run.library.sources[run.edition].published


def _figures(heads: Heads, sheets: Sequence[Sheet]) -> Sheet:
    """One list of what stands in these sheets; what a sheet has no column for stays empty."""
    columns = {column.name: column for sheet in sheets for column in sheet.columns}
    units = dict.fromkeys(str(record["unit"]) for sheet in sheets for record in sheet.records())
    table = heads.codes("table", {sheet.name: f"export_sheet_{sheet.name}" for sheet in sheets})
    fields = [table, *({**columns, "unit": heads.unit(units)}[name] for name in FIELDS)]
    rows = [(sheet.name, *(record.get(name) for name in FIELDS)) for sheet in sheets for record in sheet.records()]
    return heads.sheet("figures", fields, rows)


def _about(heads: Heads, sheets: Sequence[Sheet]) -> Sheet:
    """What this is, what is supposed, what it was made with, and what stands on which sheet."""
    run, lang = heads.run, heads.lang
    told = {
        "what": heads.say("not_official"),
        "article": heads.say("article"),
        "scenario": " + ".join(getattr(one.title, lang) for one in run.scenarios) or heads.say("export_none"),
        "supposed": " ".join(getattr(one.reason, lang).strip() for one in run.scenarios),
        "known_on": day(known_on(run), lang),
        "edition": run.edition,
        "version": version("ketenraming"),
        "library": run.library.digest,
        "seed": str(run.draws.seed),
        "draws": number(run.draws.count, lang),
    }
    rows = [(heads.head(name), value) for name, value in told.items() if value]
    rows += [(sheet.title, sheet.about) for sheet in sheets]
    first, *others = legend(run, lang)
    rows += [(capital(heads.say("report_how_to_read")), first), *(("", text) for text in others)]
    return heads.sheet("about", heads.text("about_what", "about_value"), rows)


def terms_sheet(heads: Heads, which: str) -> Sheet:
    """People, or prices with shares and fixed amounts, by year with their bands."""
    years = heads.run.terms
    first = next(iter(years.values()))
    wanted = [
        name
        for name, term in first.items()
        if _is_price(term) == (which == "prices") and all(name in row for row in years.values())
    ]
    rows = [_term(name, year, heads) for name in wanted for year in heads.run.years]
    units = dict.fromkeys(str(row[2]) for row in rows)
    columns = [*heads.text("name", "label"), heads.unit(units), heads.year(), *heads.band(), heads.flags()]
    return heads.sheet(which, columns, rows)


def _is_price(term: Term) -> bool:
    """Whether a term is money or a share; all else counts people, cases or places."""
    return term.unit == "1" or term.unit.startswith("EUR")


def _term(name: str, year: str, heads: Heads) -> Row:
    """A number of a year; a term that holds on from an earlier year still bears that one."""
    term = heads.run.terms[year][name]
    variable = heads.library.variables.get(name)
    unit = term.unit if variable is None or term.unit == "1" else variable.unit_of_a_year
    numbers = (round(value, DIGITS) for value in (term.central, *term.quantiles(QUANTILES)))
    flags = " ".join(flag.value for flag in Flag if flag in term.flags)
    return (name, _name(name, heads), unit, int(year), *numbers, flags)


def _name(name: str, heads: Heads) -> str:
    """The label of a quantity or a price, or of a printed row such as `ind-bekostiging/leges`."""
    table, _, row = name.partition("/")
    return heads.row_name(table, row) if row else named(heads.library, name, heads.lang)


def _changes(heads: Heads) -> Sheet:
    """What the scenarios change, one change in a row."""
    rows = [
        (
            *(scenario.id, getattr(scenario.title, heads.lang), change.name),
            path_name(heads.library, change.name, heads.lang),
            *(change.from_, None if change.until == date.max else change.until, change.how),
            *(getattr(change, change.how), change.per or "", change.note),
        )
        for scenario in heads.run.scenarios
        for change in scenario.changes
    ]
    how, per = heads.codes("how", {one: f"export_how_{one}" for one in HOWS}), heads.codes("per", {"year": "year"})
    columns = [*heads.text("scenario", "title", "name", "label"), *heads.days("from", "until"), how]
    return heads.sheet("changes", [*columns, *heads.numbers("size"), per, *heads.text("note")], rows)


def path_name(library: Library, name: str, lang: Lang) -> str:
    """What a number that a scenario changes is called: as a parameter, a variable, or by the catalogue."""
    if name in library.parameters:
        parameter = library.parameters[name]
        return parameter.label_nl if lang == "nl" else parameter.label_en
    said = library.messages.get(f"export_path_{name}")
    return said[lang] if said else named(library, name, lang)


def _findings(heads: Heads) -> Sheet:
    """What a check of the article finds, the weightiest first; comparisons that hold are left out."""
    library, lang = heads.library, heads.lang
    rows = [
        (
            *(
                f.code,
                f.severity.value,
                title(f, library, lang),
                sentence(f, library, lang),
                place(f.place, library, lang),
            ),
            *(f.printed, f.expected, f.difference, f.unit, f.confidence, round(f.euros, 2)),
        )
        for f in heads.run.findings
        if not f.holds
    ]
    columns = [
        *heads.text("code"),
        heads.codes("severity", {severity.value: severity.value for severity in Severity}),
        *heads.text("title", "sentence", "place"),
        *heads.numbers("printed", "expected", "difference"),
        *heads.text("in_unit"),
        heads.share("confidence"),
        *heads.numbers("euros_at_stake"),
    ]
    return heads.sheet("findings", columns, rows)


def _sources(heads: Heads) -> Sheet:
    """What the run leans on, the newest first."""
    known = heads.library.sources
    rows = [
        (one["id"], one["title"], one["publisher"], known[one["id"]].published, one["url"])
        for one in sources_in_words(heads.run, heads.lang)
    ]
    columns = [*heads.text("id", "title", "publisher"), *heads.days("published"), *heads.text("url")]
    return heads.sheet("sources", columns, rows)
