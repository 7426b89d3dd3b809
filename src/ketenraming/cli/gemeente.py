"""What a municipality has to do and is paid: places, housing task, norm amounts. Of administrations, not of persons."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketenraming.base.errors import CaseInvalid
from ketenraming.cli.shared import LangOption, Language, ScenarioOption, Sheet, app, print_json, words

if TYPE_CHECKING:
    from ketenraming.rules.ontheemden import Household
    from ketenraming.scenarios.local_asked import Costs, Swap

_SWAP = re.compile(r"(?P<other>.+):(?P<count>[+-]?\d{1,6})")
_PAIR = re.compile(r"(\d{1,12}):(\d{1,12})")
NameArgument = Annotated[str, typer.Argument(help="The name of a municipality, or its CBS code.")]
YearOption = Annotated[int | None, typer.Option(help="A year. Without it: the last with a published housing task.")]
BacklogOption = Annotated[int, typer.Option(help="Permit holders still to be housed; below nought: ahead.")]
MissedOption = Annotated[int | None, typer.Option(help="Half-years in a row in which the housing task was missed.")]
UkraineOption = Annotated[int, typer.Option("--places-oekraine", help="Places for displaced persons from Ukraine.")]
TransitOption = Annotated[int, typer.Option("--places-doorstroom", help="Places in a doorstroomlocatie.")]
SwapOption = Annotated[
    str | None, typer.Option("--swap", help="OTHER:N takes over N of the housing task of another; -N gives them.")
]
SwapPlacesOption = Annotated[
    str | None, typer.Option("--swap-places", help="OTHER:N takes over N places of another in the province.")
]
ScoresOption = Annotated[Path | None, typer.Option("--ses-woa", help="A table of CBS with SES-WOA scores, as CSV.")]
PrivateOption = Annotated[int, typer.Option("--private", help="Displaced persons in private reception.")]
HouseholdOption = Annotated[
    str | None,
    typer.Option(help="ADULTS:MINORS of a displaced household, for its allowance; a lone minor is an adult."),
]
AtHomeOption = Annotated[bool, typer.Option("--at-home", help="The household lives in private reception.")]
EarningOption = Annotated[int, typer.Option(help="Adults of the household with enough income to contribute.")]
MealsOption = Annotated[bool, typer.Option("--meals", help="The household is given meals, and no money for food.")]
TransitionOption = Annotated[
    str | None, typer.Option(help="GRANTED:SPENT in euros, for what of transition costs to apply for again.")
]
SheetOption = Annotated[Sheet, typer.Option("--format", help="A table, one JSON document, or CSV.")]


@app.command()
def gemeente(
    name: NameArgument,
    scenario: ScenarioOption = None,
    year: YearOption = None,
    backlog: BacklogOption = 0,
    missed: MissedOption = None,
    places_ukraine: UkraineOption = 100,
    places_transit: TransitOption = 100,
    swap: SwapOption = None,
    swap_places: SwapPlacesOption = None,
    ses_woa: ScoresOption = None,
    private: PrivateOption = 0,
    household: HouseholdOption = None,
    at_home: AtHomeOption = False,
    earning: EarningOption = 0,
    meals: MealsOption = False,
    transition: TransitionOption = None,
    shape: SheetOption = Sheet.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Say what a municipality has to do and is paid. A computation, not a decision."""
    from ketenraming.evidence.library import load
    from ketenraming.gemeenten.scores import scores_of
    from ketenraming.reports.gemeente_files import local_as_csv, local_as_json, print_local
    from ketenraming.scenarios.local import local
    from ketenraming.scenarios.local_asked import Displaced, Question, asked_year, supposed
    from ketenraming.scenarios.shelf import load_scenarios

    library = load()
    scores = scores_of(ses_woa, library.gemeenten.municipalities) if ses_woa else {}
    swaps = _swap(swap, "--swap"), _swap(swap_places, "--swap-places")
    displaced = Displaced(private, _household(household, at_home, meals), earning)
    asked = (backlog, missed, places_ukraine, places_transit, *swaps, scores)
    question = Question(name, year or 0, *asked, displaced, _costs(transition))
    chosen = load_scenarios(scenario or (), library)
    found = local(library, question, supposed(library, chosen, asked_year(library, question)))
    match shape:
        case Sheet.JSON:
            print_json(local_as_json(found))
        case Sheet.CSV:
            sys.stdout.write(local_as_csv(found))
        case _:
            from rich.console import Console

            print_local(found, Console(width=None if sys.stdout.isatty() else 120), words(lang))


def _swap(text: str | None, option: str) -> "Swap | None":
    """A swap as it is written; raises CaseInvalid for what is none."""
    from ketenraming.scenarios.local_asked import Swap

    if text is None:
        return None
    if not (told := _SWAP.fullmatch(text)):
        raise CaseInvalid(f"{option} {text[:80]!r} is no swap. Write it as Zeist:20, or Zeist:-20 to give away.")
    return Swap(told["other"], int(told["count"]))


def _household(text: str | None, at_home: bool, meals: bool) -> "Household | None":
    """A household as it is written; raises CaseInvalid for what is none."""
    from ketenraming.rules.ontheemden import Household

    if text is None:
        return None
    if not (told := _PAIR.fullmatch(text)):
        why = "--household {text!r} is no household. Write it as 2:1: two adults, one minor."
        raise CaseInvalid(why, text=text[:80])
    return Household(int(told[1]), int(told[2]), at_home, meals)


def _costs(text: str | None) -> "Costs | None":
    """Transition costs as they are written; raises CaseInvalid for what is none."""
    from ketenraming.scenarios.local_asked import Costs

    if text is None:
        return None
    if not (told := _PAIR.fullmatch(text)):
        why = "--transition {text!r} is no pair of euros. Write it as 100000:115000: granted, spent."
        raise CaseInvalid(why, text=text[:80])
    return Costs(float(told[1]), float(told[2]))
