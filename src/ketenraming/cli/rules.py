"""What the law says of one case: its term, and the penalty that runs up. Dates and a product; nothing of a person."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ketenraming.base.errors import CaseInvalid
from ketenraming.cli.shared import LangOption, Language, Shape, ShapeOption, app, print_json, words

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from ketenraming.rules.case import Case
    from ketenraming.rules.dwangsom import Judgment

Day = str | None
ProductArgument = Annotated[str, typer.Argument(help="What was applied for, such as asiel, nareis or regulier.")]
ReceivedOption = Annotated[str, typer.Option(help="The day on which the application was received.")]
StartedOption = Annotated[Day, typer.Option(help="The day the term began, if later: responsible, paid, completed.")]
ExtendedOption = Annotated[list[str] | None, typer.Option(help="The authority extended the term: first, or second.")]
UntilOption = Annotated[Day, typer.Option(help="The day that the notice of extension names.")]
MoratoriumOption = Annotated[Day, typer.Option(help="The day on which a moratorium on decisions began to hold.")]
FromOption = Annotated[Day, typer.Option("--protected-from", help="The first day of temporary protection.")]
ToOption = Annotated[Day, typer.Option("--protected-until", help="The last day of temporary protection.")]
DecidedOption = Annotated[Day, typer.Option(help="The day on which a decision was made known.")]
OnOption = Annotated[Day, typer.Option("--on", help="The day on which one looks. Without it: today.")]


@app.command()
def termijn(
    product: ProductArgument,
    received: ReceivedOption,
    started: StartedOption = None,
    extended: ExtendedOption = None,
    until: UntilOption = None,
    moratorium: MoratoriumOption = None,
    protected_from: FromOption = None,
    protected_until: ToOption = None,
    decided: DecidedOption = None,
    seen_on: OnOption = None,
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Say whether a decision is too late, since when, and by which law. A computation, not legal advice."""
    from ketenraming.evidence.library import load
    from ketenraming.reports.rules_term import print_term, term_as_json
    from ketenraming.rules.case import View
    from ketenraming.rules.terms import decision_term, other_readings

    protected = (protected_from, protected_until)
    case = _case(product, received, (started, until, moratorium, decided), extended, protected)
    library, view = load(), View(_seen(seen_on))
    told = decision_term(library.parameters, case, view)
    others = other_readings(library.parameters, case, view)
    if shape is Shape.JSON:
        print_json(term_as_json(case, told, others, library))
    else:
        print_term(told, others, library, _console(), words(lang))


@app.command()
def dwangsom(
    product: ProductArgument,
    received: ReceivedOption,
    notice: Annotated[Day, typer.Option(help="The day on which a written notice of default was received.")] = None,
    judgment: Annotated[
        list[str] | None, typer.Option(help="The day of a judgment; give it again for a later one.")
    ] = None,
    weeks: Annotated[list[int] | None, typer.Option(help="The term of the court in weeks, by judgment.")] = None,
    heard: Annotated[bool, typer.Option(help="Asylum: the applicant had been heard before the judgment.")] = False,
    day_price: Annotated[float | None, typer.Option(help="Euros a day by the judgment.")] = None,
    cap: Annotated[float | None, typer.Option(help="The maximum of the judgment, in euros.")] = None,
    applicants: Annotated[int, typer.Option(help="How many applied together.")] = 1,
    started: StartedOption = None,
    extended: ExtendedOption = None,
    until: UntilOption = None,
    moratorium: MoratoriumOption = None,
    protected_from: FromOption = None,
    protected_until: ToOption = None,
    decided: DecidedOption = None,
    seen_on: OnOption = None,
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Say what penalty has run up on a late decision, and under which rule. A computation, not legal advice."""
    from ketenraming.evidence.library import load
    from ketenraming.reports.rules_penalty import penalties_as_json, print_penalties
    from ketenraming.rules.bestuurlijk import Notice
    from ketenraming.rules.case import View
    from ketenraming.rules.penalties import court_route, penalties
    from ketenraming.rules.terms import decision_term

    protected = (protected_from, protected_until)
    case = _case(product, received, (started, until, moratorium, decided), extended, protected)
    judgments = _judgments(judgment or [], weeks or [], (heard, day_price, cap))
    given = Notice(noticed, applicants) if (noticed := _day(notice, "--notice")) else None
    parameters = (library := load()).parameters
    term = decision_term(parameters, case, View(_seen(seen_on)))
    told = penalties(parameters, term.value, given, judgments)
    route = court_route(parameters, product, term.value.deadline, given) if given and not judgments else None
    if shape is Shape.JSON:
        print_json(penalties_as_json(case, term, told, route, library))
    else:
        print_penalties(term, told, route, library, _console(), words(lang))


def _case(
    product: str,
    received: str,
    days: tuple[Day, Day, Day, Day],
    extended: list[str] | None,
    protected: tuple[Day, Day],
) -> "Case":
    """The case of the options; raises CaseInvalid where one is not what it must be."""
    from ketenraming.rules.case import Case
    from ketenraming.rules.products import Extension, product_of

    names = ("--started", "--until", "--moratorium", "--decided")
    started, until, moratorium, decided = (_day(text, name) for text, name in zip(days, names, strict=True))
    if unknown := set(extended or ()) - set(Extension):
        raise CaseInvalid(f"--extended {sorted(unknown)[0]!r} is no extension. Write first or second.")
    extensions = frozenset(Extension(name) for name in extended or ())
    first = _needed(received, "--received")
    protection = _protection(protected, first)
    return Case(product_of(product).name, first, started, extensions, until, moratorium, protection, decided)


def _protection(protected: tuple[Day, Day], received: "date") -> "tuple[date, date] | None":
    """The days of temporary protection; from the application on where no first day was given."""
    first, last = _day(protected[0], "--protected-from"), _day(protected[1], "--protected-until")
    if first and not last:
        raise CaseInvalid("--protected-from needs the last day too. Give it with --protected-until.")
    return (first or min(received, last), last) if last else None


def _judgments(days: list[str], weeks: list[int], said: tuple[bool, float | None, float | None]) -> "list[Judgment]":
    """The judgments, each with its term where one was given; raises CaseInvalid where they do not match."""
    from ketenraming.rules.dwangsom import Judgment

    if weeks and len(weeks) != len(days):
        raise CaseInvalid(
            f"There are {len(days)} judgments and {len(weeks)} terms. Give --weeks once for each --judgment."
        )
    if not days and any(value is not None for value in said[1:]):
        raise CaseInvalid("--day-price and --cap are of a judgment. Give its day with --judgment.")
    terms: list[int | None] = [*weeks] if weeks else [None] * len(days)
    return [Judgment(_needed(text, "--judgment"), term, *said) for text, term in zip(days, terms, strict=True)]


def _day(text: Day, name: str) -> "date | None":
    return None if text is None else _needed(text, name)


def _needed(text: str, name: str) -> "date":
    from ketenraming.rules.case import day_of

    return day_of(text, name)


def _seen(text: Day) -> "date":
    from datetime import date

    return _day(text, "--on") or date.today()


def _console() -> "Console":
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160)
