"""Results on a terminal: the article table, the findings, the trace of a number."""

from collections.abc import Sequence

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from ketenraming.base.finding import Finding, Severity
from ketenraming.documents.article import Article
from ketenraming.documents.coverage import Coverage
from ketenraming.evidence.library import Library
from ketenraming.finance.term import Flag, How, Term
from ketenraming.reports.checked import coverage_line, uncovered_line
from ketenraming.reports.numbers import Lang, in_unit, money, number, percent
from ketenraming.reports.tables import Line, article_table, explained_share, headline, supposed
from ketenraming.reports.traced import rest_of_unit
from ketenraming.reports.words import label, named, note, place, say, sentence, title
from ketenraming.scenarios.run import Row, Run

STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
SIGN = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}
MARKS = {Flag.NOT_FUNDED: "†", Flag.PLUG: "‡", Flag.CARRIED: "→", Flag.ENDS: "◊"}


def print_run(run: Run, console: Console, lang: Lang) -> None:
    """The three weightiest findings, then the article by line and year."""
    library = run.library
    console.print(Text(say(library, "article", lang), style="bold"))
    if run.scenarios:
        console.print(Text(supposed(run, lang), style="bold cyan"))
    console.print(Text(say(library, "not_official", lang), style="dim"))
    console.print(headline(run, lang), highlight=False)
    console.print()
    print_weightiest(run, console, lang)
    console.print(_article(run, lang))
    for line in legend(run, lang):
        console.print(Text(line, style="dim"))


def print_weightiest(run: Run, console: Console, lang: Lang) -> None:
    """The three findings that matter most, in a box."""
    body = Text()
    for i, finding in enumerate(run.weightiest, 1):
        body.append(f"{i}. {title(finding, run.library, lang)}", style=STYLE[finding.severity])
        body.append(f"  ({say(run.library, 'stake', lang)} {money(finding.euros, lang)})\n")
        body.append(f"   {sentence(finding, run.library, lang)}\n")
    body.rstrip()
    console.print(Panel(body, title=say(run.library, "weightiest", lang), title_align="left"))


def legend(run: Run, lang: Lang) -> list[str]:
    """What the columns and marks mean."""
    library, until = run.library, run.funded_until
    share = percent(explained_share(run, until), lang, 0)
    flags = [f"{sign} {say(library, f'flag_{flag.value}', lang)}" for flag, sign in MARKS.items()]
    return [
        say(library, "legend", lang, until=until),
        *([say(library, "legend_scenario", lang)] if run.scenarios else []),
        say(library, "legend_funded", lang, share=share, year=until),
        say(library, "legend_band", lang, draws=number(run.draws.count, lang), until=until),
        " · ".join(flags),
    ]


def _article(run: Run, lang: Lang) -> Table:
    table = Table(
        box=None, pad_edge=False, header_style="bold", title=say(run.library, "unit", lang), title_justify="right"
    )
    table.add_column(say(run.library, "line", lang), no_wrap=True, overflow="ellipsis", max_width=44)
    table.add_column("", no_wrap=True)
    for year in run.years:
        table.add_column(year, justify="right", no_wrap=True)
    for line in article_table(run):
        _add(table, line, run, lang)
    return table


def _add(table: Table, line: Line, run: Run, lang: Lang) -> None:
    """A row for what is budgeted; two more, needed and gap, where people move the line."""
    style = "bold" if line.depth < 2 else ""
    name = f"{'  ' * line.depth}{code_of(line.address)}{label(run.library, line.address, lang)}"
    word = say(run.library, "budgeted", lang) if line.follows_people else ""
    table.add_row(name, word, *(number(line.years[y].budgeted, lang) for y in run.years), style=style)
    if not line.follows_people:
        return
    needed = [f"{marks(line, y)}{number(line.years[y].needed, lang)}" for y in run.years]
    table.add_row("", say(run.library, "needed", lang), *needed, style=style or "green")
    gaps = [number(line.years[y].gap, lang) for y in run.years]
    table.add_row("", say(run.library, "gap", lang), *gaps, style="bold red" if style else "red")


def code_of(address: str) -> str:
    """The number that is printed before a heading, with a space behind it; nothing for a line."""
    return f"{address} " if "/" not in address and "." in address else ""


def marks(line: Line, year: str) -> str:
    """Signs for what a reader must know; headings show only what changes their meaning."""
    shown = MARKS if line.depth == 3 else {flag: MARKS[flag] for flag in (Flag.NOT_FUNDED, Flag.ENDS)}
    signs = "".join(sign for flag, sign in shown.items() if flag in line.years[year].flags)
    return f"{signs} " if signs else ""


def print_check(article: Article, findings: Sequence[Finding], covered: Coverage, console: Console, lang: Lang) -> None:
    """The findings, the weightiest first, then what was and was not looked at."""
    library = article.library
    console.print(Text(article.name, style="bold"))
    shown = [f for f in findings if not f.holds]
    for finding in shown:
        console.print(_finding(finding, library, lang))
    if not shown:
        console.print(say(library, "nothing_found", lang))
    counts = {s.value: number(sum(1 for f in findings if f.severity is s), lang) for s in Severity}
    console.print()
    console.print(say(library, "counts", lang, **counts), highlight=False)
    console.print(coverage_line(covered, library, lang), highlight=False)
    console.print(Text(uncovered_line(covered, library, lang), style="dim"))


def _finding(finding: Finding, library: Library, lang: Lang) -> Text:
    text = Text(f"{SIGN[finding.severity]} ", style=STYLE[finding.severity])
    text.append(
        f"{say(library, finding.severity.value, lang)} · {title(finding, library, lang)}", STYLE[finding.severity]
    )
    text.append(f"\n  {sentence(finding, library, lang)}", style="default")
    sure = percent(100 * finding.confidence, lang, 0)
    where = f"{place(finding.place, library, lang)} · {say(library, 'confidence', lang)} {sure} · {finding.code}"
    text.append(f"\n  {where}", style="dim")
    if finding.suspects:
        places = "; ".join(" · ".join(p for p in (s.row, s.column, s.at) if p) for s in finding.suspects[:3])
        text.append(f"\n  {say(library, 'suspects', lang, places=places)}", style="dim")
    return text


def print_trace(row: Row, run: Run, console: Console, lang: Lang) -> None:
    """How a number came about, down to the printed cells."""
    library = run.library
    name = f"{row.address} ({label(library, row.address, lang)})"
    console.print(Text(say(library, "trace_of", lang, address=name, year=row.year), style="bold"))
    if run.scenarios:
        console.print(Text(supposed(run, lang), style="bold cyan"))
    for key, term in (("budgeted", row.budgeted), ("needed", row.needed), ("gap", row.gap)):
        tree = Tree(term_line(term, library, lang, say(library, key, lang)))
        if key != "gap":  # its two parts stand above it
            _grow(tree, term, library, lang)
        console.print(tree)


def _grow(tree: Tree, term: Term, library: Library, lang: Lang) -> None:
    for part in term.inputs:
        _grow(tree.add(term_line(part, library, lang, part.name)), part, library, lang)


def term_line(term: Term, library: Library, lang: Lang, name: str) -> Text:
    """One term: its name, value and unit, how it was made, and what a reader must know of it."""
    text = Text(" × ".join(named(library, part, lang) for part in name.split(" × ")), style="bold")
    text.append(f" = {in_unit(term.central, term.unit, lang)}", style="green")
    text.append(rest_of_unit(term.unit), style="dim")
    how = say(library, f"how_{term.how.value}", lang, year=term.inputs[0].year if term.inputs else "")
    text.append(f"  [{how}]", style="cyan")
    if term.place is not None:
        text.append(f"  {term.place}", style="dim")
    flags = [say(library, f"flag_{flag.value}", lang) for flag in Flag if flag in term.flags]
    if flags and term.how is not How.SUM:
        text.append(f"  ({'; '.join(flags)})", style="yellow")
    if term.note:
        text.append(f"  {note(term, library, lang)}", style="dim")
    return text
