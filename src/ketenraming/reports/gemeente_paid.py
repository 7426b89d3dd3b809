"""What norm amounts pay a municipality, and by which day to apply and account, in words and tables."""

from collections.abc import Iterator
from datetime import date

from ketenraming.evidence.library import Library
from ketenraming.gemeenten.bekostiging import Payment
from ketenraming.reports.numbers import Lang, day, number
from ketenraming.reports.rules import law_text, step_text
from ketenraming.reports.shown import Table
from ketenraming.reports.words import say
from ketenraming.rules.explain import Norm, Outcome, norm_on

NORMS = {"displaced_norm", "transit_norm"}
Told = tuple[tuple[Table, ...], tuple[str, ...]]


def payments(of: tuple[Payment, Payment], year: int, library: Library, lang: Lang) -> Told:
    """Tables of the payments of Ukraine and of a doorstroomlocatie and of their days, and what to know of them."""
    ukraine, transit = of
    paid = [("ukraine", ukraine.places, ukraine.paid), ("transit", transit.places, transit.paid)]
    if transit.coupled:
        paid.append(("transit_coupled", transit.places, transit.coupled))
    head = [say(library, f"gemeente_{key}", lang, year=year) for key in ("paid_places", "paid_one", "paid_year")]
    rows = tuple((say(library, f"gemeente_{key}", lang), *_row(count, told, lang)) for key, count, told in paid)
    amounts = Table((say(library, "gemeente_payments", lang),), ("", *head), rows)
    return (amounts, _days(of, library, lang)), tuple(_notes(of, year, library, lang))


def _row(places: int, paid: Outcome[float], lang: Lang) -> tuple[str, str, str]:
    of_one = number(paid.value / places, lang) if places else ""
    return number(places, lang), of_one, number(paid.value, lang)


def _days(of: tuple[Payment, Payment], library: Library, lang: Lang) -> Table:
    """The days of both regulations, each with where it stands."""
    head = ("", say(library, "gemeente_day", lang), say(library, "gemeente_law", lang))
    rows = tuple(
        (_label(norm, library, lang), day(norm.day, lang), law_text(norm.law, library, lang))
        for payment in of
        for norm in payment.days
    )
    return Table((say(library, "gemeente_days", lang),), head, rows, words=3)


def _label(norm: Norm, library: Library, lang: Lang) -> str:
    parameter = library.parameters[norm.name]
    return parameter.label_nl if lang == "nl" else parameter.label_en


def _notes(of: tuple[Payment, Payment], year: int, library: Library, lang: Lang) -> Iterator[str]:
    parameters, first = library.parameters, date(year, 1, 1)
    for step in (step_text(step, library, lang) for payment in of for step in payment.paid.steps if step.key in NORMS):
        yield f"{step.text} ({step.law or say(library, 'rules_unconfirmed', lang)})"
    yield say(library, "gemeente_ukraine_note", lang)
    ends = norm_on(parameters, "tijdelijke_bescherming_end", date.max).day
    if ends.year <= year:
        yield say(library, "gemeente_ukraine_ends", lang, day=day(ends, lang))
    yield from _of_transit(first, library, lang)
    for payment in of:
        for norm in payment.days:
            if not norm.confirmed:
                yield say(library, "gemeente_unconfirmed", lang, what=_label(norm, library, lang))


def _of_transit(first: date, library: Library, lang: Lang) -> Iterator[str]:
    parameters = library.parameters
    last = parameters["doorstroom_last_day"].values[-1].value
    if isinstance(last, date) and last < first:
        yield say(library, "gemeente_transit_over", lang, day=day(last, lang))
        return
    days = norm_on(parameters, "doorstroom_max_days", first)
    years = norm_on(parameters, "doorstroom_site_years", first)
    words = {"days": number(days.number, lang), "years": number(years.number, lang)}
    yield say(library, "gemeente_transit_note", lang, **words)
