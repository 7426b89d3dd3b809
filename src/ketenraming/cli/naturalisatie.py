"""What the law asks of a request for naturalisation: conditions, years, fee, days. Nothing of a person."""

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ketenraming.base.errors import CaseInvalid
from ketenraming.cli.shared import LangOption, Language, Shape, ShapeOption, app, print_json, words

if TYPE_CHECKING:
    from fractions import Fraction

    from ketenraming.rules.naturalisatie import Residence

_INDEX = re.compile(r"(\d{1,6}(?:\.\d{1,6})?):(\d{1,6}(?:\.\d{1,6})?)")
ReceivedOption = Annotated[str, typer.Option(help="The day on which the request was received.")]
ResidenceOption = Annotated[
    str, typer.Option(help="Which term holds: general, partner_or_stateless, ten_years, married or former.")
]
MetOption = Annotated[list[str] | None, typer.Option(help="A condition that is met, such as adult; give it again.")]
NotMetOption = Annotated[list[str] | None, typer.Option(help="A condition that is not met; give it again.")]
WaivedOption = Annotated[list[str] | None, typer.Option(help="A condition for which an exception holds.")]
FeeOption = Annotated[str, typer.Option(help="The kind of fee, such as naturalisatie_enkel or optie_kind.")]
PaidOption = Annotated[str | None, typer.Option(help="The day of payment, from which the term for a decision runs.")]
IndexOption = Annotated[
    str | None, typer.Option(help="BEFORE:NOW of the index of collective wages, for the fee of the next year.")
]
OnOption = Annotated[str | None, typer.Option("--on", help="The day on which one looks. Without it: today.")]


@app.command()
def naturalisatie(
    received: ReceivedOption,
    residence: ResidenceOption = "general",
    met: MetOption = None,
    not_met: NotMetOption = None,
    waived: WaivedOption = None,
    fee: FeeOption = "naturalisatie_enkel",
    paid: PaidOption = None,
    index: IndexOption = None,
    seen_on: OnOption = None,
    shape: ShapeOption = Shape.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Say what naturalisation asks for: conditions, years, fee, days. A computation, not legal advice."""
    from datetime import date

    from ketenraming.evidence.library import load
    from ketenraming.reports.naturalisatie import answer_as_json, print_answer
    from ketenraming.rules.case import View, day_of
    from ketenraming.rules.naturalisatie import Request, answered

    answers = _answers(met or [], not_met or [])
    days = day_of(received, "--received"), day_of(paid, "--paid") if paid else None
    request = Request(days[0], _residence(residence), answers, frozenset(waived or ()), fee, days[1], _index(index))
    view = View(day_of(seen_on, "--on") if seen_on else date.today())
    told = answered((library := load()).parameters, request, view)
    if shape is Shape.JSON:
        print_json(answer_as_json(told, library))
    else:
        from rich.console import Console

        print_answer(told, library, Console(width=None if sys.stdout.isatty() else 160), words(lang))


def _answers(met: list[str], not_met: list[str]) -> dict[str, bool | None]:
    """The answers by condition; raises CaseInvalid where one is given twice."""
    if both := sorted(set(met) & set(not_met)):
        raise CaseInvalid("{name} is both met and not met. Give it once.", name=both[0])
    return {**dict.fromkeys(met, True), **dict.fromkeys(not_met, False)}


def _residence(text: str) -> "Residence":
    from ketenraming.rules.naturalisatie import Residence

    if text not in set(Residence):
        known = ", ".join(Residence)
        raise CaseInvalid("--residence {text!r} is no term. Choose one of {known}.", text=text[:40], known=known)
    return Residence(text)


def _index(text: str | None) -> "tuple[Fraction, Fraction] | None":
    from fractions import Fraction

    if text is None:
        return None
    if not (told := _INDEX.fullmatch(text)):
        raise CaseInvalid("--index {text!r} is no pair of indices. Write it as 112.4:117.9.", text=text[:40])
    return Fraction(told[1]), Fraction(told[2])
