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


EACH = "; once for all judgments, or once for each."


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
    weeks: Annotated[list[int] | None, typer.Option(help=f"The term of the court in weeks{EACH}")] = None,
    heard: Annotated[
        list[bool] | None, typer.Option("--heard/--not-heard", help=f"Asylum: heard before the judgment{EACH}")
    ] = None,
    day_price: Annotated[list[float] | None, typer.Option(help=f"Euros a day by the judgment{EACH}")] = None,
    cap: Annotated[list[float] | None, typer.Option(help=f"The maximum of the judgment, in euros{EACH}")] = None,
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
    from ketenraming.rules.dwangsom import Said, judgments_of
    from ketenraming.rules.penalties import told_of

    protected = (protected_from, protected_until)
    case = _case(product, received, (started, until, moratorium, decided), extended, protected)
    judged = [_needed(text, "--judgment") for text in judgment or ()]
    judgments = judgments_of(judged, Said(weeks or (), heard or (), day_price or (), cap or ()))
    given = Notice(noticed, applicants) if (noticed := _day(notice, "--notice")) else None
    told = told_of((library := load()).parameters, case, View(_seen(seen_on)), given, judgments)
    if shape is Shape.JSON:
        print_json(penalties_as_json(case, told, library))
    else:
        print_penalties(told, library, _console(), words(lang))


def _case(
    product: str,
    received: str,
    days: tuple[Day, Day, Day, Day],
    extended: list[str] | None,
    protected: tuple[Day, Day],
) -> "Case":
    """The case of the options; raises CaseInvalid where one is not what it must be."""
    from ketenraming.rules.case import Case, protection_of
    from ketenraming.rules.products import Extension, product_of

    names = ("--started", "--until", "--moratorium", "--decided")
    started, until, moratorium, decided = (_day(text, name) for text, name in zip(days, names, strict=True))
    if unknown := set(extended or ()) - set(Extension):
        raise CaseInvalid("--extended {name!r} is no extension. Write first or second.", name=min(unknown))
    extensions = frozenset(Extension(name) for name in extended or ())
    first = _needed(received, "--received")
    ends = (_day(protected[0], "--protected-from"), _day(protected[1], "--protected-until"))
    protection = protection_of(first, ends)
    return Case(product_of(product).name, first, started, extensions, until, moratorium, protection, decided)


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
