"""Groups of new arrivals placed over sites of municipalities, and what each rule costs. Groups, never persons."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketenraming.base.errors import CaseInvalid, KetenramingError
from ketenraming.cli.shared import FOUND_ERRORS, LangOption, Language, SeedOption, Sheet, app, print_json, words

if TYPE_CHECKING:
    from rich.console import Console

    from ketenraming.evidence.library import Library
    from ketenraming.gemeenten.placement.files import Weekly
    from ketenraming.gemeenten.placement.given import Given, Rules, Site
    from ketenraming.gemeenten.placement.year import Year

FIRST_WEEKS = 4  # of the example, where it is not run week by week
LONGEST_WEEK = 0.25  # of the seconds given: a year has 52 of them


@app.command()
def plaatsing(
    sites: Annotated[Path | None, typer.Argument(help="A CSV of sites: id, municipality, kind, places, …")] = None,
    groups: Annotated[Path | None, typer.Argument(help="A CSV of groups: kind, size, number, …")] = None,
    example: Annotated[
        bool, typer.Option("--example", help="The municipalities of the library, as an example.")
    ] = False,
    year: Annotated[int, typer.Option(help="With --example: the year of the arrivals.")] = 2026,
    by_week: Annotated[
        bool, typer.Option("--by-week", help="Place week by week, beside the year in hindsight.")
    ] = False,
    split: Annotated[bool, typer.Option("--split", help="Groups need not stay together.")] = False,
    no_minimum: Annotated[bool, typer.Option("--no-minimum", help="Sites may open below their minimum.")] = False,
    no_maximum: Annotated[bool, typer.Option("--no-maximum", help="All places count, not the agreed maximum.")] = False,
    spread: Annotated[
        float | None, typer.Option(min=0, max=100, help="By how much a municipality may exceed its part: 0.25.")
    ] = None,
    moves: Annotated[int, typer.Option(min=-1, help="How many persons may move who have a place; -1: any.")] = 0,
    everyone: Annotated[bool, typer.Option("--everyone", help="Nobody may be left without a place.")] = False,
    seconds: Annotated[float, typer.Option(min=0.1, max=600, help="Time for each assignment that is sought.")] = 2.0,
    to: Annotated[Path | None, typer.Option(help="Also write the assignment, or the weeks, as CSV here.")] = None,
    seed: SeedOption = 7,
    shape: Annotated[
        Sheet, typer.Option("--format", help="A table for people, one JSON document, or CSV.")
    ] = Sheet.TABLE,
    lang: LangOption = Language.NL,
) -> None:
    """Place groups over sites: least unplaced, then nearest to the task. Exit status: 0, 1 if the rules forbid it."""
    from ketenraming.evidence.library import load
    from ketenraming.gemeenten.placement.ask import ask
    from ketenraming.gemeenten.placement.given import Rules
    from ketenraming.reports.placement import answer_as_json, assignment_as_csv, print_answer

    _need_scipy()
    library = load()
    rules = Rules(not split, not no_minimum, not no_maximum, spread, None if moves < 0 else moves)
    given, weeks = _asked(library, (sites, groups), (example, year, seed), rules, by_week)
    if by_week:
        return _year(given, weeks, library, (seconds, example, to), shape, lang)
    answer = ask(_everyone(given, everyone), seconds)
    _write(assignment_as_csv(answer), to)
    match shape:
        case Sheet.JSON:
            print_json(answer_as_json(answer, example))
        case Sheet.CSV:
            sys.stdout.write(assignment_as_csv(answer))
        case Sheet.TABLE:
            _example(library, example, lang)
            print_answer(answer, library, _console(), words(lang))
    if not answer.possible:
        raise typer.Exit(FOUND_ERRORS)
    return None


def _year(
    given: "Given",
    weeks: "Weekly",
    library: "Library",
    how: tuple[float, bool, Path | None],
    shape: Sheet,
    lang: Language,
) -> None:
    """A year week by week, printed."""
    from ketenraming.reports.placement import print_year, year_as_csv, year_as_json

    seconds, example, to = how
    told = _run(given, weeks, seconds * LONGEST_WEEK)
    _write(year_as_csv(told), to)
    match shape:
        case Sheet.JSON:
            print_json(year_as_json(told, example))
        case Sheet.CSV:
            sys.stdout.write(year_as_csv(told))
        case Sheet.TABLE:
            _example(library, example, lang)
            print_year(told, library, _console(), words(lang))


def _run(given: "Given", weeks: "Weekly", seconds: float) -> "Year":
    from ketenraming.gemeenten.placement.year import run_year

    last = max((week for week, _ in weeks), default=0)
    return run_year(given, [tuple(g for week, g in weeks if week == i) for i in range(1, last + 1)], seconds)


def _asked(
    library: "Library",
    files: tuple[Path | None, Path | None],
    example: tuple[bool, int, int],
    rules: "Rules",
    by_week: bool,
) -> "tuple[Given, Weekly]":
    """The question of the files or of the example; weekly groups apart where a year was asked."""
    from ketenraming.gemeenten.placement.given import Given

    if example[0] == any(files) or (any(files) and not all(files)):
        raise CaseInvalid("Give a CSV of sites and a CSV of groups, or --example and no files.")
    sites, weekly = _example_of(library, *example[1:]) if example[0] else _read(files)
    if rules.spread is not None and not any(site.task for site in sites):
        raise CaseInvalid("--spread needs tasks. Fill the column task of the sites.")
    if not by_week:
        some = [group for week, group in weekly if not example[0] or week <= FIRST_WEEKS]
        return Given(sites, tuple(some), rules), ()
    if bad := [group for week, group in weekly if bool(group.at) == bool(week)]:
        raise CaseInvalid(
            f"--by-week: of {len(bad)} rows the groups have both a week and a site, or neither. "
            "Give new groups a week, and leave it empty for those that live on a site."
        )
    there = tuple(group for week, group in weekly if not week)
    return Given(sites, there, rules), tuple((week, group) for week, group in weekly if week)


def _example_of(library: "Library", year: int, seed: int) -> "tuple[tuple[Site, ...], Weekly]":
    from ketenraming.scenarios.placement import example_sites, example_weeks, example_years

    if year not in (years := example_years(library)):
        raise CaseInvalid(f"--year {year} is not from {years[0]} to {years[-1]}. Choose one of these.")
    weeks = enumerate(example_weeks(library, year, seed), 1)
    return example_sites(library, year), tuple((i, group) for i, week in weeks for group in week)


def _read(files: tuple[Path | None, Path | None]) -> "tuple[tuple[Site, ...], Weekly]":
    from ketenraming.gemeenten.placement.files import read_tables

    sites, groups = files
    assert sites is not None and groups is not None
    return read_tables(sites, groups)


def _everyone(given: "Given", everyone: bool) -> "Given":
    from dataclasses import replace

    return replace(given, everyone=everyone)


def _need_scipy() -> None:
    from importlib.util import find_spec

    if find_spec("scipy") is None:
        raise KetenramingError("Placement needs SciPy. Install it with: pip install 'ketenraming[placement]'.")


def _write(text: str, to: Path | None) -> None:
    from ketenraming.base.whole import write_whole

    if to is None:
        return
    try:
        write_whole(text, to)
    except OSError as error:
        raise KetenramingError(f"{to} cannot be written ({error.strerror}). Choose another with --to.") from error


def _example(library: "Library", example: bool, lang: Language) -> None:
    from ketenraming.reports.words import say

    if example:
        _console().print(say(library, "placement_example", words(lang)), highlight=False)


def _console() -> "Console":
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160)
