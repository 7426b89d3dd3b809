"""
Until when a decision may be taken: the term of an application, and whether it has passed.

The end depends on two days: that of the application, which chooses the law, and the day on which one looks, as an
extension of all applications (WBV) was withdrawn later. It is the last day on which a decision is in time. What
stops a term for a while, such as waiting for papers (Awb 4:15), is not computed.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ketenraming.base.errors import CaseInvalid
from ketenraming.base.period import add_months
from ketenraming.base.wording import Wording
from ketenraming.rules.calendar import Span, next_workday, span_of
from ketenraming.rules.case import ONE_DAY, Case, Moratorium, Regime, Term, View, sound
from ketenraming.rules.explain import Law, Norm, Outcome, Parameters, Step, norm_if_any, norm_on
from ketenraming.rules.products import Extension, Product, product_of

BLANKET, PACT_START = "termijn_asiel_wbv", "asiel_pact_start"
REST = Law("BWBR0002448", "artikel 1, lid 1")
NO_REST = Law("BWBR0002448", "artikel 4")
REST_OF_EU = Law("verordening-1182-71", "artikel 3, lid 4")
LATER_START = {
    "asiel": Law("BWBR0011823", "artikel 42, lid 6"),
    "naturalisatie": Law("BWBR0003738", "artikel 9, lid 4"),
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A term being read: the norms of a day, how long it is by now, no sooner than which day it ends, and why."""

    parameters: Parameters
    case: Case
    view: View
    product: Product
    regime: Regime | None
    day: date  # of which the norms are
    span: Span
    floor: date = date.min
    steps: tuple[Step, ...] = ()
    extended: bool = False

    @property
    def end(self) -> date:
        return max(self.span.after(self.case.start), self.floor)

    def norm(self, name: str) -> Norm:
        return norm_on(self.parameters, name, self.day, self.view.known_on)

    def longer(self, span: Span, norm: Norm, key: str) -> "_Reading":
        """The same, longer, with the step that says so and its new end."""
        grown = replace(self, span=self.span + span, extended=True)
        return grown.told(norm.step(key, until=grown.end))

    def told(self, step: Step) -> "_Reading":
        return replace(self, steps=(*self.steps, step))


def decision_term(parameters: Parameters, case: Case, view: View) -> Outcome[Term]:
    """
    The term of a case, as it looks on a day.

    Raises CaseInvalid where its dates contradict each other, or an extension is asked for that the law does not have.
    """
    reading = _begin(parameters, sound(case), view)
    for stage in (_all_extended, _extended, _further, _moratorium, _protection, _named, _day_of_rest):
        reading = stage(reading)
    regime, span, end = reading.regime, reading.span, reading.end
    term = Term(case.product, regime, case.received, case.start, span, end, view.seen_on, case.decided)
    return Outcome(term, reading.steps)


def other_readings(parameters: Parameters, case: Case, view: View) -> dict[str, Outcome[Term]]:
    """
    The same case read otherwise, by how: under the other law of asylum, without the extension of all applications
    where it counts, as it was before that extension was withdrawn, and with a moratorium as courts that differ read it.

    A reading under which the case cannot be, such as an extension that the other law does not have, is left out.
    """
    told = decision_term(parameters, case, view)
    read = {how: _if_it_can_be(parameters, case, seen) for how, seen in _other_views(parameters, told, view).items()}
    return {how: outcome for how, outcome in read.items() if outcome}


def _if_it_can_be(parameters: Parameters, case: Case, view: View) -> Outcome[Term] | None:
    try:
        return decision_term(parameters, case, view)
    except CaseInvalid:
        return None


def _other_views(parameters: Parameters, told: Outcome[Term], view: View) -> dict[str, View]:
    """From where else a term can be looked at, by how."""
    keys, found = {step.key for step in told.steps}, dict[str, View]()
    if "blanket" in keys:
        found["without_blanket"] = replace(view, blanket=False)
    if "blanket_withdrawn" in keys:
        withdrawn = min(v.known_since for v in parameters[BLANKET].values if _undoes(v.source.id, told))
        found["before_withdrawal"] = replace(view, known_on=withdrawn - ONE_DAY)
    if "moratorium_after" in keys:
        found["moratorium_nothing"] = replace(view, moratorium=Moratorium.NOTHING)
    if any(step.key == "moratorium" and not step.confirmed for step in told.steps):
        found["moratorium_pause"] = replace(view, moratorium=Moratorium.PAUSE)
    other = {Regime.OLD: Regime.PACT, Regime.PACT: Regime.OLD}.get(told.value.regime or Regime.OLD)
    if told.value.regime and _has_term(parameters, told.value.product, other):
        found["other_law"] = replace(view, regime=other)
    return found


def _undoes(source: str, told: Outcome[Term]) -> bool:
    return any(step.key == "blanket_withdrawn" and step.law and step.law.source == source for step in told.steps)


def _has_term(parameters: Parameters, product: str, regime: Regime | None) -> bool:
    """Whether a law of asylum has such a term on the last of its days."""
    return norm_if_any(parameters, product_of(product).bases, _day_of(parameters, regime, date.max)) is not None


def _begin(parameters: Parameters, case: Case, view: View) -> _Reading:
    """Which law, from which day, and how long without any extension."""
    product, steps = product_of(case.product), list[Step]()
    regime, day = None, case.received
    if product.asylum:
        pact = norm_on(parameters, PACT_START, case.received)
        own = Regime.PACT if case.received >= pact.day else Regime.OLD
        regime = view.regime or own
        day = _day_of(parameters, regime, case.received)
        steps.append(_which_law(pact, regime, own, view))
    if case.started:
        steps.append(Step("started", {"day": case.started}, LATER_START.get(product.name)))
    base = norm_if_any(parameters, product.bases, day)
    if base is None:
        told = {"product": product.name, "day": day, "since": _since(parameters, product)}
        raise CaseInvalid("{product} has no term for an application of {day}. {since}", **told)
    reading = _Reading(parameters, case, view, product, regime, day, span_of(base.number, base.unit))
    return replace(reading, steps=(*steps, base.step("base", start=case.start, until=reading.end)))


def _which_law(pact: Norm, regime: Regime, own: Regime, view: View) -> Step:
    """The step that says which law holds; unconfirmed for old cases that are seen when the new law holds."""
    old_under_new = own is Regime.OLD and view.seen_on >= pact.day
    step = pact.step(f"regime_{regime}" if regime is own else f"regime_as_{regime}", day=pact.day)
    if old_under_new:
        return replace(step, confirmed=False)
    return replace(step, note="", note_nl="")


def _day_of(parameters: Parameters, regime: Regime | None, received: date) -> date:
    """The day of application, moved into the days of a law where it is not among them."""
    pact = norm_on(parameters, PACT_START, received).day
    return max(received, pact) if regime is Regime.PACT else min(received, pact - ONE_DAY)


def law_begins(parameters: Parameters, product: Product) -> date:
    """The first day of application for which there is a term."""
    return min(value.from_ for name in product.bases for value in parameters[name].values)


def _since(parameters: Parameters, product: Product) -> Wording:
    first = law_begins(parameters, product)
    last = max(value.until for name in product.bases for value in parameters[name].values)
    if last == date.max:
        return Wording("Its law holds from {first}.", {"first": first})
    return Wording("Its law holds from {first} to {last}.", {"first": first, "last": last})


def _all_extended(reading: _Reading) -> _Reading:
    """The extension of all applications of some days, as known on the day one looks."""
    if not reading.product.blanket or reading.regime is Regime.PACT:
        return reading
    parameter, view = reading.parameters[BLANKET], reading.view
    extending = [v for v in parameter.values if v.value]
    # A case that was taken up later than it was received falls under the first decree: its term had not run out.
    day = max(reading.day, min(reading.case.start, min(v.from_ for v in extending)))
    known_on = min(view.seen_on, view.known_on)
    norm = norm_on(reading.parameters, BLANKET, day, known_on)
    if norm.number and view.blanket:
        return reading.longer(span_of(norm.number, norm.unit), norm, "blanket")
    if not norm.number and any(v.holds_on(day) and v.known_since <= known_on for v in extending):
        return reading.told(norm.step("blanket_withdrawn"))
    return reading


def _extended(reading: _Reading) -> _Reading:
    """The extension of this one application."""
    product = reading.product
    if Extension.FIRST not in reading.case.extended:
        return reading
    if reading.extended:  # with all others, by the same paragraph, so not once more
        return reading.told(Step("already_extended", law=reading.steps[-1].law))
    if product.open and norm_if_any(reading.parameters, (product.open,), reading.day):
        return replace(reading, extended=True)  # without a limit: until the day that was named
    norm = _norm_to_extend(reading, product.first)
    return reading.longer(span_of(norm.number, norm.unit), norm, "extended")


def _further(reading: _Reading) -> _Reading:
    """The further extension, which some laws allow only after the first."""
    product = reading.product
    if Extension.SECOND not in reading.case.extended:
        return reading
    name = product.second if reading.extended or not product.blanket else "termijn_asiel_extra_direct"
    if not reading.extended and not product.blanket:
        raise CaseInvalid(
            "{product} can be extended a second time only after a first. Add --extended first.", product=product.name
        )
    norm = _norm_to_extend(reading, name)
    return reading.longer(span_of(norm.number, norm.unit), norm, "further")


def _norm_to_extend(reading: _Reading, name: str) -> Norm:
    """The norm of an extension; raises CaseInvalid where the law has none on that day."""
    norm = norm_if_any(reading.parameters, (name,), reading.day) if name else None
    if norm is None or not norm.number:
        raise CaseInvalid(
            "The law has no such extension of {product} for an application of {day}. Leave it out.",
            product=reading.product.name,
            day=reading.day,
        )
    return norm


def _moratorium(reading: _Reading) -> _Reading:
    """
    A moratorium on decisions: longer by what the decree adds, up to the most in all that the law allows.

    Courts differ on a term that had ended before, and some read a pause; where that makes another day it is marked.
    """
    since = reading.case.moratorium
    if since is None:
        return reading
    if not reading.product.blanket:
        raise CaseInvalid(
            "A moratorium on decisions is of asiel, not of {product}. Leave it out.", product=reading.product.name
        )
    most = reading.norm("termijn_asiel_moratorium")
    if since > (seen := min(reading.view.seen_on, reading.case.decided or date.max)):
        return reading.told(most.step("moratorium_ahead", day=since, seen=seen))
    if reading.regime is Regime.PACT:
        return _until_in_all(reading, most, "moratorium_in_all", most.count)
    paused = _paused(reading, since, most)
    if reading.view.moratorium is Moratorium.PAUSE:
        return paused
    if since > reading.end and reading.view.moratorium is Moratorium.NOTHING:
        return reading.told(most.step("moratorium_too_late", day=since, until=reading.end))
    norm = norm_if_any(reading.parameters, ("termijn_asiel_moratorium_langer",), reading.day)
    if norm is None:
        return _until_in_all(reading, most, "moratorium_in_all", most.count)
    late = since > reading.end
    grown = _until_in_all(reading, norm, "moratorium_after" if late else "moratorium", most.count)
    if late or grown.end != paused.end:
        why = "moratorium_after" if late else "moratorium_pause"
        return replace(grown, steps=(*reading.steps, grown.steps[-1].doubted(why)))
    return grown


def _until_in_all(reading: _Reading, norm: Norm, key: str, most: int) -> _Reading:
    """The same, longer by what a moratorium adds, and no longer in all than the law allows."""
    before, since = reading.span.months, reading.case.moratorium
    longest = replace(reading.span, months=max(before, min(before + norm.count, most)))
    grown = replace(reading, span=longest, extended=True)
    return grown.told(norm.step(key, day=since, most=most, until=grown.end))


def _paused(reading: _Reading, since: date, most: Norm) -> _Reading:
    """The same, standing still while a moratorium lasts; an application of during it begins when that ends."""
    norm = norm_if_any(reading.parameters, ("termijn_asiel_moratorium_pauze",), reading.day)
    if norm is None or since > reading.end:
        return reading
    if since > reading.case.start:
        return _until_in_all(reading, norm, "moratorium_pause", most.count)
    ends = add_months(since, norm.count) - ONE_DAY
    floor = max(reading.end, reading.span.after(ends)) if ends > reading.case.start else reading.end
    grown = replace(reading, floor=floor, extended=True)
    return grown.told(norm.step("moratorium_pause", day=since, most=most.count, until=grown.end))


def _protection(reading: _Reading) -> _Reading:
    """Temporary protection, in which no decision is due: some months after it, or longer by as much."""
    if reading.case.protection is None:
        return reading
    if not reading.product.asylum:
        raise CaseInvalid(
            "Temporary protection moves the term of asylum, not of {product}. Leave it out.",
            product=reading.product.name,
        )
    first, last = reading.case.protection
    norm = reading.norm("termijn_asiel_bescherming")
    if reading.regime is Regime.PACT:
        days = last - max(first, reading.case.start + ONE_DAY) + ONE_DAY  # the term runs from the day after
        floor, key = reading.end + max(days, timedelta(0)), "protection_longer"
    else:
        floor, key = max(reading.end, add_months(last, norm.count)), "protection"
    if floor == reading.end:
        return reading.told(norm.step("protection_nothing", day=last, until=reading.end))
    return replace(reading, floor=floor).told(norm.step(key, day=last, until=floor))


def _named(reading: _Reading) -> _Reading:
    """The day that a notice of extension names: the end where the law has no limit, and never beyond its limit."""
    product, until = reading.product, reading.case.until
    is_open = bool(product.open and norm_if_any(reading.parameters, (product.open,), reading.day))
    if until is None:
        if is_open and Extension.FIRST in reading.case.extended:
            raise CaseInvalid(
                "The law has no limit to the extension of {product}. Give the day with --until.", product=product.name
            )
        return reading
    if not reading.extended:
        raise CaseInvalid("--until is the day of a notice of extension. Add --extended first, or leave it out.")
    if until > reading.end and not is_open:
        told = {"end": reading.end, "until": until}
        raise CaseInvalid("The term ends on {end} at the latest, so not on {until}. Correct --until.", **told)
    law = reading.steps[-1].law
    return replace(reading, span=Span(), floor=until).told(Step("until", {"until": until}, law))


def _day_of_rest(reading: _Reading) -> _Reading:
    """A term that ends on a Saturday, a Sunday or a holiday, where a law moves it."""
    end, moved = reading.end, next_workday(reading.end)
    if moved == end or reading.case.until or reading.product.deprives:
        return reading
    words = {"day": end, "until": moved}
    if reading.regime is Regime.PACT:
        return replace(reading, floor=moved).told(Step("rest", words, REST_OF_EU).doubted("rest"))
    if reading.span.is_short:
        return replace(reading, floor=moved).told(Step("rest", words, REST))
    return reading.told(Step("no_rest", {"day": end}, NO_REST))
