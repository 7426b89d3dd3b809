"""One municipality in words and tables: the same sections for a terminal and for a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ketenraming.base.period import parse_period
from ketenraming.gemeenten.spreiding import Standing
from ketenraming.reports.gemeente_paid import living, payments, transition
from ketenraming.reports.numbers import Lang, day, month_name, number, percent
from ketenraming.reports.rules import law_text, quantity, step_text
from ketenraming.reports.shown import Table
from ketenraming.reports.words import say, sentence
from ketenraming.rules.explain import norm_on
from ketenraming.scenarios.local import Local, Swapped

PARTS = ("task", "regular", "small", "emergency", "there", "gap", "lasting_gap")
PARTS_IN_WORDS = ("task", "regular", "small", "emergency", "there", "gap", "lasting")
NEIGHBOUR_PARTS = ("task", "there", "gap", "lasting_gap")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the answer: a name, a heading, tables, and what to know of them."""

    name: str
    heading: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...]


def title(found: Local, lang: Lang) -> str:
    """What it is about."""
    return say(found.library, "gemeente_title", lang, name=found.municipality.name, year=found.year)


def about(found: Local, lang: Lang) -> list[str]:
    """The province and inhabitants of the municipality, and what is supposed."""
    library, inhabitants = found.library, found.library.gemeenten.about.inhabitants
    words = {"province": found.province.name, "inhabitants": number(found.municipality.inhabitants, lang)}
    told = [say(library, "gemeente_in", lang, day=day(inhabitants.on, lang), **words)]
    if found.supposed.scenarios:
        factors = {"places": found.supposed.places, "housing": found.supposed.housing}
        said = {name: number(float(factor), lang, 4) for name, factor in factors.items()}
        names = ", ".join(found.supposed.scenarios)
        told.append(say(library, "gemeente_supposed", lang, scenarios=names, year=found.year, **said))
    return told


def sections(found: Local, lang: Lang) -> list[Section]:
    """All parts, in their order."""
    library = found.library
    made = [_places(found, lang), _housing(found, lang), *_swaps(found, lang)]
    made.append(Section("payments", say(library, "gemeente_payments", lang), *payments(found, lang)))
    if found.living:
        made.append(Section("living", say(library, "gemeente_living", lang), *living(found.living, library, lang)))
    if found.transition:
        told = transition(found.transition, library, lang)
        made.append(Section("transition", say(library, "gemeente_transition", lang), *told))
    return [*made, _neighbours(found, lang), _provinces(found, lang), _sums(found, lang)]


def _places(found: Local, lang: Lang) -> Section:
    library = found.library
    names = (("municipality", found.municipality.name), ("province", found.province.name))
    heads = (*(f"{say(library, f'gemeente_{what}', lang)} {name}" for what, name in names),)
    heads = (*heads, say(library, "gemeente_country", lang))
    sides = (found.standing, found.of_province, _together(found))
    least = number(norm_on(library.parameters, "spreiding_min_regular", date.max).number, lang)
    rows = tuple(
        (
            say(library, f"gemeente_{word}", lang, least=least),
            *(number(each[part], lang) for each in map(_parts, sides)),
        )
        for part, word in zip(PARTS, PARTS_IN_WORDS, strict=True)
    )
    heading = say(library, "gemeente_places", lang)
    tables = (Table((heading,), ("", *heads), rows), _cycles(found, lang))
    return Section("places", heading, tables, tuple(_about_places(found, lang)))


def _cycles(found: Local, lang: Lang) -> Table:
    """The task of every cycle as it was announced, and what of it is for unaccompanied minors."""
    library = found.library
    heads = [say(library, f"gemeente_{key}", lang) for key in ("cycle", "country", "municipality", "province")]
    rows = list[tuple[str, ...]]()
    for each in found.spread:
        cycle = each.cycle
        whole, minors = (
            say(library, f"gemeente_cycle_{key}", lang, number=cycle.number, day=day(cycle.first, lang))
            for key in ("all", "minors")
        )
        rows.append((whole, *(number(count, lang) for count in (cycle.need.count, each.task, each.of_province))))
        if cycle.minors and each.minors:
            rows.append((minors, *(number(count, lang) for count in (cycle.minors.count, *each.minors))))
        else:
            rows.append((minors, say(library, "gemeente_not_found", lang), "", ""))
    return Table((say(library, "gemeente_cycles", lang),), tuple(heads), tuple(rows))


def _parts(of: Standing) -> dict[str, int]:
    return {part: getattr(of, part) for part in PARTS}


def _together(found: Local) -> Standing:
    """The whole country: all provinces together."""
    every = found.provinces.values()
    whole = {name: sum(getattr(each, name) for each in every) for name in ("task", "regular", "emergency")}
    missing = sum(each.lasting_gap for each in every)
    return Standing(**whole, lasting=type(found.standing.lasting)(missing, ()))


def _about_places(found: Local, lang: Lang) -> Iterator[str]:
    library, places = found.library, found.library.gemeenten.about.places
    month = month_name(parse_period(places.month).first, lang)
    words = {"need": number(found.national, lang), "number": found.cycle.number, "year": found.year}
    yield say(library, "gemeente_of", lang, month=month, first=day(found.cycle.first, lang), **words)
    if not found.cycle.goes_on:
        yield say(library, "gemeente_earlier", lang)
    yield say(library, "gemeente_sign", lang)
    total = sum(found.need.value.values())
    if total != found.national:
        yield say(library, "gemeente_rounding", lang, total=number(total, lang))
    norms = {"years": "spreiding_sustainable_years", "least": "spreiding_min_regular"}
    amounts = {key: norm_on(library.parameters, name, date.max).number for key, name in norms.items()}
    yield say(library, "gemeente_lasting_note", lang, **{key: number(one, lang) for key, one in amounts.items()})
    yield say(library, "gemeente_minors_note", lang)
    score = number(float(found.key.score(found.municipality.code)), lang, 3)
    yield say(library, "gemeente_implied" if found.key.implied else "gemeente_scored", lang, score=score)
    yield _bonus(found, lang)
    yield say(library, "gemeente_bonus_when", lang)


def _bonus(found: Local, lang: Lang) -> str:
    library = found.library
    share = percent(100 * norm_on(library.parameters, "spreiding_bonus_share", date.max).number, lang, 0)
    if not found.bonus.value:
        return say(library, "gemeente_bonus_none", lang, share=share)
    words = {"places": found.bonus.value, "part": found.bonus_part}
    said = {name: number(float(value), lang) for name, value in words.items()}
    return say(library, "gemeente_bonus", lang, share=share, **said)


def _housing(found: Local, lang: Lang) -> Section:
    library = found.library
    head = [say(library, f"gemeente_{key}", lang) for key in ("half_year", "national", "own")]
    if found.backlog:
        head.append(say(library, "gemeente_with_backlog", lang, backlog=number(found.backlog, lang)))
    rows = []
    for each in found.housing:
        values = [each.half_year.national, each.task.value, each.with_backlog.value][: len(head) - 1]
        told = (number(value, lang) for value in values)
        rows.append((each.half_year.name, *told, day(each.published_by.value, lang)))
    head.append(say(library, "gemeente_published_by", lang))
    heading = say(library, "gemeente_housing", lang)
    return Section(
        "housing", heading, (Table((heading,), tuple(head), tuple(rows)),), tuple(_about_housing(found, lang))
    )


def _about_housing(found: Local, lang: Lang) -> Iterator[str]:
    library = found.library
    for each in found.housing:
        if each.half_year.carried:
            words = {"half_year": each.half_year.name, "of": each.half_year.published.period.text}
            yield say(library, "gemeente_carried", lang, **words)
    used, asked = library.gemeenten.about.inhabitants.on, found.housing[0].population_day.value
    if used != asked:
        yield say(library, "gemeente_population", lang, asked=day(asked, lang), used=day(used, lang))
    yield say(library, "gemeente_rounded_up", lang)
    yield say(library, "gemeente_coupled", lang, source=library.sources["pont-doorstroom"].publisher)
    if found.ladder:
        yield from (step_text(step, library, lang).text for step in found.ladder.steps)
    else:
        after = norm_on(library.parameters, "taakstelling_intervention", date(found.year, 1, 1))
        half_years = quantity(after.number, after.unit, library, lang)
        yield say(library, "gemeente_ladder", lang, count=half_years, source=law_text(after.law, library, lang))


def _swaps(found: Local, lang: Lang) -> Iterator[Section]:
    library = found.library
    half_year = found.housing[0].half_year.name
    for name, swap in (("swap_housing", found.housing_swap), ("swap_places", found.places_swap)):
        if swap:
            heading = say(library, f"gemeente_{name}", lang, half_year=half_year)
            yield Section(
                name, heading, (_swap(swap, heading, found, lang),), (say(library, "gemeente_swap_note", lang),)
            )


def _swap(swap: Swapped, heading: str, found: Local, lang: Lang) -> Table:
    head = tuple(say(found.library, f"gemeente_{key}", lang) for key in ("municipality", "before", "after"))
    rows = tuple((name, number(swap.before[name], lang), number(swap.after[name], lang)) for name in swap.before)
    return Table((heading,), head, rows)


def _neighbours(found: Local, lang: Lang) -> Section:
    library = found.library
    rows = tuple(
        (each.municipality.name, *(number(_parts(each.standing)[part], lang) for part in NEIGHBOUR_PARTS))
        for each in found.neighbours
    )
    heading = say(library, "gemeente_neighbours", lang, province=found.province.name)
    table = Table((heading,), _heads("municipality", found, lang), rows)
    return Section("neighbours", heading, (table,), (say(library, "gemeente_alphabetical", lang),))


def _provinces(found: Local, lang: Lang) -> Section:
    library = found.library
    named = sorted(found.provinces, key=lambda code: library.gemeenten.provinces[code].name)
    rows = tuple(
        (
            library.gemeenten.provinces[code].name,
            *(number(_parts(found.provinces[code])[part], lang) for part in NEIGHBOUR_PARTS),
        )
        for code in named
    )
    heading = say(library, "gemeente_provinces", lang)
    return Section("provinces", heading, (Table((heading,), _heads("province", found, lang), rows),), ())


def _heads(first: str, found: Local, lang: Lang) -> tuple[str, ...]:
    return tuple(say(found.library, f"gemeente_{key}", lang) for key in (first, "task", "there", "gap", "lasting"))


def _sums(found: Local, lang: Lang) -> Section:
    """What does not add up of the country or of this province, and who published it all."""
    library = found.library
    mine = [each for each in found.findings if each.place.row in {"NL01", found.province.code}]
    told = [sentence(each, library, lang) for each in mine]
    about_all = library.gemeenten.about
    cited = (about_all.inhabitants.source, about_all.places.source, about_all.gaps.source)
    sources = "; ".join(f"{library.sources[name].publisher}, {library.sources[name].title}" for name in cited)
    told.append(say(library, "gemeente_sources", lang, sources=sources))
    return Section("sums", say(library, "gemeente_sums", lang), (), tuple(told))
