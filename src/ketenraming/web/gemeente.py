"""A municipality: what it has to do and is paid, and its neighbours. One form, answered by the address alone."""

from collections.abc import Callable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ketenraming.base.errors import CaseInvalid, NotInLibrary
from ketenraming.reports.gemeente import about, sections, title
from ketenraming.reports.gemeente_map import tile_map
from ketenraming.reports.html import made_by
from ketenraming.reports.numbers import Lang
from ketenraming.reports.rules import not_advice
from ketenraming.rules.ontheemden import Household
from ketenraming.scenarios.local import Local, local
from ketenraming.scenarios.local_asked import (
    Costs,
    Displaced,
    Question,
    Supposed,
    Swap,
    asked_year,
    supposed,
    years,
)
from ketenraming.scenarios.shelf import load_scenarios, names
from ketenraming.web.beside import in_both_widths
from ketenraming.web.site import Site, path_of

FIRST = "Utrecht"  # shown before anything is asked
NUMBERS = {
    "achterstand": (-9999, 9999),
    "oekraine": (0, 9999),
    "doorstroom": (0, 9999),
    "personen": (-9999, 9999),
    "plaatsen": (-9999, 9999),
    "particulier": (0, 9999),
    "volwassenen": (0, 20),
    "minderjarigen": (0, 20),
    "inkomen": (0, 20),
    "verleend": (0, 10**9),
    "besteed": (0, 10**9),
}
USUAL = {"oekraine": 100, "doorstroom": 100}  # of the others nought
TICKS = ("thuis", "maaltijden")
MORE = ("particulier", "volwassenen", "minderjarigen", "inkomen", "verleend", "besteed")  # shown when asked for


def routes(site: Site, lang: Lang) -> Iterator[tuple[str, Callable[[Request], Response]]]:
    """The addresses of this page, and what answers at each."""
    yield path_of("gemeente", lang), lambda request: _gemeente(site, request, lang)


def _gemeente(site: Site, request: Request, lang: Lang) -> Response:
    asked = request.query_params
    numbers = {name: _number(asked.get(name, ""), name) for name in NUMBERS}
    scenario = asked.get("s", "")
    ticked = {name: name in asked for name in TICKS}
    name, year = asked.get("gemeente") or FIRST, _year(asked.get("jaar", ""))
    question = _question(name, year, (numbers, ticked), asked.get("ruil", ""))
    found = local(site.library, question, _supposed(site, scenario, asked_year(site.library, question)))
    return site.page(
        request,
        lang,
        "gemeente",
        heading=title(found, lang),
        about=about(found, lang),
        sections=sections(found, lang),
        maps=_maps(site, found, lang),
        chosen={
            "name": found.municipality.code,
            "year": found.year,
            "scenario": scenario,
            "swap": asked.get("ruil", ""),
        },
        numbers={name: (value, *NUMBERS[name]) for name, value in numbers.items()},
        ticked=ticked,
        more=MORE,
        more_open=any(numbers[name] for name in MORE) or any(ticked.values()),
        **_choices(site, found, lang),
        notice=not_advice(site.library, lang),
        made_by=made_by(site.library, lang),
    )


def _question(name: str, year: int, given: tuple[dict[str, int], dict[str, bool]], other: str) -> Question:
    numbers, ticked = given
    swaps = [Swap(other, numbers[key]) if other and numbers[key] else None for key in ("personen", "plaatsen")]
    paid = numbers["oekraine"], numbers["doorstroom"]
    granted, spent = numbers["verleend"], numbers["besteed"]
    return Question(
        name,
        year,
        numbers["achterstand"],
        None,
        *paid,
        housing_swap=swaps[0],
        places_swap=swaps[1],
        displaced=_displaced(numbers, ticked),
        transition=Costs(granted, spent) if granted or spent else None,
    )


def _displaced(numbers: dict[str, int], ticked: dict[str, bool]) -> Displaced:
    adults, minors = numbers["volwassenen"], numbers["minderjarigen"]
    household = Household(adults, minors, ticked["thuis"], ticked["maaltijden"]) if adults or minors else None
    return Displaced(numbers["particulier"], household, numbers["inkomen"] if household else 0)


def _number(text: str, name: str) -> int:
    """A number of the address; the usual one where it is empty."""
    low, high = NUMBERS[name]
    if not text.strip():
        return USUAL.get(name, 0)
    try:
        number = int(text)
    except ValueError as error:
        raise CaseInvalid(
            "{name} is {text!r}, which is no whole number. Correct it.", name=name, text=text[:20]
        ) from error
    if not low <= number <= high:
        told = {"name": name, "number": number, "low": low, "high": high}
        raise CaseInvalid("{name} is {number}, which is not from {low} to {high}. Correct it.", **told)
    return number


def _year(text: str) -> int:
    try:
        return int(text) if text else 0
    except ValueError as error:
        raise CaseInvalid("jaar is {text!r}, which is no year. Write it as 2027.", text=text[:20]) from error


def _supposed(site: Site, scenario: str, year: int) -> Supposed:
    """What a shipped scenario changes in a year, kept; only shipped ones, because an address may name no file."""
    if not scenario:
        return Supposed()
    if scenario not in (known := names(site.library)):
        raise NotInLibrary("scenario", scenario[:80], known)
    make = lambda: supposed(site.library, load_scenarios([scenario], site.library), year)  # noqa: E731
    return site.studio.keep(("supposed", scenario, year), make)


def _maps(site: Site, found: Local, lang: Lang) -> tuple[Any, ...]:
    """The map in two widths; it depends on the province, the scenario and the year alone."""
    key = ("gemeente-map", lang, found.province.code, found.national)
    return site.studio.keep(key, lambda: in_both_widths(lambda width: tile_map(found, lang, width)))


def _choices(site: Site, found: Local, lang: Lang) -> dict[str, Any]:
    """What can be chosen: municipalities by name, scenarios, years, and neighbours to swap with."""
    return {
        "municipalities": [(each.code, each.name) for each in site.library.gemeenten.by_name],
        "scenarios": [(one, getattr(words, lang)) for one, words in names(site.library).items()],
        "years": years(site.library),
        "others": [
            (each.municipality.code, each.municipality.name)
            for each in found.neighbours
            if each.municipality != found.municipality
        ],
    }
