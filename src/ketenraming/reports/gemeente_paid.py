"""What norm amounts pay a municipality and its guests, and by which day to apply and account, in words and tables."""

from collections.abc import Iterable, Iterator
from datetime import date

from ketenraming.evidence.library import Library
from ketenraming.gemeenten.bekostiging import Overrun, Payment
from ketenraming.gemeenten.leefgeld import Living
from ketenraming.reports.numbers import Lang, day, number
from ketenraming.reports.rules import law_text, step_text
from ketenraming.reports.shown import Table
from ketenraming.reports.words import say
from ketenraming.rules.doorstroom import last_day
from ketenraming.rules.explain import Norm, Outcome, Step, norm_on
from ketenraming.rules.ontheemden import absence
from ketenraming.scenarios.local import Local

NORMS = {"displaced_norm", "displaced_private", "transit_norm"}
Told = tuple[tuple[Table, ...], tuple[str, ...]]


def payments(found: Local, lang: Lang) -> Told:
    """Tables of what is paid for Ukraine and for a doorstroomlocatie and of the days, and what to know of them."""
    library, year = found.library, found.year
    paid = [("ukraine", found.ukraine.count, found.ukraine.paid)]
    if found.private:
        paid.append(("private", found.private.count, found.private.paid))
    paid.append(("transit", found.transit.count, found.transit.paid))
    if found.transit.coupled:
        paid.append(("transit_coupled", found.transit.count, found.transit.coupled))
    several = "paid_both" if found.private else "paid_places"
    one = "paid_one_of_both" if found.private else "paid_one"
    head = [say(library, f"gemeente_{key}", lang, year=year) for key in (several, one, "paid_year")]
    rows = tuple((say(library, f"gemeente_{key}", lang), *_row(count, told, lang)) for key, count, told in paid)
    amounts = Table((say(library, "gemeente_payments", lang),), ("", *head), rows)
    return (amounts, _days(_all(found), library, lang)), tuple(_notes(found, lang))


def _all(found: Local) -> list[Payment]:
    return [each for each in (found.ukraine, found.private, found.transit) if each]


def _row(count: int, paid: Outcome[float], lang: Lang) -> tuple[str, str, str]:
    of_one = number(paid.value / count, lang) if count else ""
    return number(count, lang), of_one, number(paid.value, lang)


def _days(of: Iterable[Payment], library: Library, lang: Lang) -> Table:
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


def _notes(found: Local, lang: Lang) -> Iterator[str]:
    library, year = found.library, found.year
    over = last_day(library.parameters) < date(year, 1, 1)
    of = [each for each in _all(found) if not (over and each is found.transit)]
    steps = [step for payment in of for step in payment.paid.steps if step.key in NORMS or not step.confirmed]
    yield from (_sourced(step, library, lang) for step in steps)
    yield say(library, "gemeente_ukraine_note", lang)
    ends = norm_on(library.parameters, "tijdelijke_bescherming_end", date.max).day
    if ends.year <= year:
        yield say(library, "gemeente_ukraine_ends", lang, day=day(ends, lang))
    yield _of_transit(over, library, lang)
    for norm in (norm for payment in of for norm in payment.days if not norm.confirmed):
        yield say(library, "gemeente_unconfirmed", lang, what=_label(norm, library, lang))


def _sourced(step: Step, library: Library, lang: Lang) -> str:
    """A step with where it stands, and where it is not confirmed, that and why."""
    told = step_text(step, library, lang)
    if step.confirmed:
        return f"{told.text} ({told.law})"
    return f"{told.text} ({told.law}; {say(library, 'rules_unconfirmed', lang)}) {told.why}".rstrip()


def _of_transit(over: bool, library: Library, lang: Lang) -> str:
    last = last_day(library.parameters)
    if over:
        return say(library, "gemeente_transit_over", lang, day=day(last, lang))
    days = norm_on(library.parameters, "doorstroom_max_days", last)
    years = norm_on(library.parameters, "doorstroom_site_years", last)
    words = {"days": number(days.number, lang), "years": number(years.number, lang)}
    return say(library, "gemeente_transit_note", lang, **words)


def living(of: Living, library: Library, lang: Lang) -> Told:
    """What a household receives and contributes a month, and how that is made up."""
    paid = [("allowance", of.allowance), *([("contribution", of.contribution)] if of.contribution else [])]
    rows = tuple((say(library, f"gemeente_{key}", lang), number(told.value, lang, 2)) for key, told in paid)
    caption = say(library, "gemeente_living", lang)
    head = ("", say(library, "gemeente_euros_a_month", lang))
    steps = [*(step for _, told in paid for step in told.steps), absence(library.parameters, of.day)]
    notes = [say(library, "gemeente_living_of", lang, day=day(of.day, lang))]
    notes += [_sourced(step, library, lang) for step in steps]
    notes.append(say(library, "gemeente_living_income", lang))
    return (Table((caption,), head, rows),), tuple(notes)


def transition(of: Overrun, library: Library, lang: Lang) -> Told:
    """What of the transition costs needs an application under each regulation."""
    told = (("ukraine", of.ukraine), ("transit", of.transit))
    rows = tuple((say(library, f"gemeente_{key}", lang), number(each.value, lang)) for key, each in told)
    words = {"granted": number(of.granted, lang), "spent": number(of.spent, lang)}
    caption = say(library, "gemeente_transition", lang)
    notes = [say(library, "gemeente_transition_of", lang, **words)]
    notes += [_sourced(step, library, lang) for _, each in told for step in each.steps]
    return (Table((caption,), ("", say(library, "gemeente_to_apply", lang)), rows),), tuple(notes)
