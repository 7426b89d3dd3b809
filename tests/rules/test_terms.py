"""The term of a decision: as the law says it, as courts computed it, and as it looked on another day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.case import Case, Regime, TermState, View
from ketenraming.rules.explain import norm_if_any
from ketenraming.rules.products import PRODUCTS, Extension
from ketenraming.rules.terms import decision_term, other_readings

FIRST, SECOND = frozenset({Extension.FIRST}), frozenset(Extension)
JUST_SECOND = frozenset({Extension.SECOND})
LATER = date(2026, 6, 1)


def deadline(library, case, seen_on=LATER):
    return decision_term(library.parameters, case, View(seen_on)).value.deadline


# What courts computed, each with the day of its judgment; ECLI:NL:RBDHA and the number.
JUDGED = {
    "2023:14401": (date(2022, 10, 7), None, date(2023, 8, 1), date(2024, 1, 7)),
    "2023:8346": (date(2022, 9, 25), None, date(2023, 6, 5), date(2023, 12, 25)),
    "2023:6180": (date(2022, 7, 7), None, date(2023, 4, 25), date(2023, 10, 7)),
    "2024:12172": (date(2023, 5, 31), None, date(2024, 7, 1), date(2024, 8, 31)),
    "2024:12506": (date(2023, 10, 24), None, date(2024, 7, 19), date(2025, 1, 24)),
    "2024:15854": (date(2023, 10, 25), None, date(2024, 10, 1), date(2025, 1, 25)),
    "2025:7652": (date(2022, 6, 4), date(2023, 4, 7), date(2025, 5, 1), date(2024, 7, 7)),
    "2025:2500": (date(2024, 4, 10), None, date(2025, 8, 1), date(2024, 10, 10)),
    "2025:2703": (date(2023, 4, 30), None, date(2025, 2, 1), date(2024, 7, 30)),
}


@pytest.mark.parametrize("number", JUDGED)
def test_a_term_ends_on_the_day_that_a_court_computed(library, number):
    received, started, seen_on, end = JUDGED[number]

    assert deadline(library, Case("asiel", received, started), seen_on) == end


LEBANON, SYRIA = date(2024, 11, 14), date(2024, 12, 14)  # from when their moratoria of 2024 held


# ECLI:NL:RBDHA:2024:8001, 2025:17013 and 2025:7655: 21 months after the application, whose term had been 15.
@pytest.mark.parametrize(
    ("received", "since", "end"),
    [
        (date(2022, 6, 15), date(2022, 6, 15), date(2024, 3, 15)),
        (date(2023, 12, 17), date(2023, 12, 17), date(2025, 9, 17)),
        (date(2023, 9, 16), SYRIA, date(2025, 6, 16)),
    ],
)
def test_a_moratorium_makes_it_21_months_in_all_at_most(library, received, since, end):
    assert deadline(library, Case("asiel", received, moratorium=since)) == end


def test_a_moratorium_of_2024_makes_the_term_a_year_longer(library):
    """
    ECLI:NL:RBDHA:2025:15591: six months to Saturday 22 March 2025, and a year more.

    That court says 24 March 2026, a year after the Monday. By article 4 of the Algemene termijnenwet a term of more
    than three months is not moved, and ECLI:NL:RBDHA:2023:14401 (a Sunday) and 2024:12172 (a Saturday) move none.
    """
    case = Case("asiel", date(2024, 9, 22), moratorium=LEBANON)

    told = decision_term(library.parameters, case, View(date(2025, 8, 5)))

    assert (told.value.span.months, told.value.deadline) == (18, date(2026, 3, 22))


# ECLI:NL:RBDHA:2026:1940 reads it as a pause of six months: 5 September 2025, where a year more makes 5 March 2026.
def test_where_courts_differ_on_a_moratorium_the_other_reading_stands_beside_it(library):
    case, view = Case("asiel", date(2024, 9, 5), moratorium=SYRIA), View(date(2026, 2, 5))

    told = decision_term(library.parameters, case, view)
    paused = other_readings(library.parameters, case, view)["moratorium_pause"]

    assert (told.value.deadline, paused.value.deadline) == (date(2026, 3, 5), date(2025, 9, 5))
    assert [step.why for step in told.unconfirmed] == ["moratorium_pause"]
    assert not paused.confirmed


def test_read_as_a_pause_an_application_of_during_a_moratorium_begins_when_it_ends(library):
    case, view = Case("asiel", date(2025, 3, 1), moratorium=SYRIA), View(date(2025, 10, 1))

    paused = other_readings(library.parameters, case, view)["moratorium_pause"]

    assert paused.value.deadline == date(2025, 12, 13)  # six months after 13 June


def test_where_all_readings_of_a_moratorium_make_one_day_it_is_confirmed(library):
    case = Case("asiel", date(2023, 9, 16), moratorium=SYRIA)  # 15 months and six are 21 too

    told = decision_term(library.parameters, case, View(date(2025, 4, 1)))

    assert told.confirmed


# ECLI:NL:RBDHA:2025:4844: a term that had ended on 30 July 2024, before the moratorium, ended on 30 July 2025.
def test_a_moratorium_makes_a_term_longer_that_had_ended_and_the_reading_without_stands_beside_it(library):
    # Before, this rule said that such a moratorium extends nothing; three judges decided otherwise.
    case, view = Case("asiel", date(2024, 1, 30), moratorium=SYRIA), View(LATER)

    told = decision_term(library.parameters, case, view)
    without = other_readings(library.parameters, case, view)["moratorium_nothing"]

    assert (told.value.deadline, without.value.deadline) == (date(2025, 7, 30), date(2024, 7, 30))
    assert [step.why for step in told.unconfirmed] == ["moratorium_after"]
    assert without.steps[-1].key == "moratorium_too_late"


def test_a_moratorium_that_has_not_begun_does_not_count_yet(library):
    case, seen_on = Case("asiel", date(2024, 1, 30), moratorium=SYRIA), date(2024, 12, 1)

    told = decision_term(library.parameters, case, View(seen_on))

    assert told.steps[-1].key == "moratorium_ahead"
    assert told.value.deadline == deadline(library, replace(case, moratorium=None), seen_on)


def test_a_moratorium_of_after_the_decision_does_not_make_that_in_time(library):
    case = Case("asiel", date(2024, 1, 30), moratorium=SYRIA, decided=date(2024, 8, 15))

    term = decision_term(library.parameters, case, View(LATER)).value

    assert (term.deadline, term.state) == (date(2024, 7, 30), TermState.LATE)


def test_under_the_pact_a_moratorium_makes_it_21_months_in_all(library):
    case = Case("asiel", date(2026, 7, 7), moratorium=date(2026, 8, 3))

    assert deadline(library, case, date(2026, 9, 1)) == date(2028, 4, 7)


# Vw 2000 (BWBR0011823), article 42: six, and nine, and three; 21 only by a moratorium (article 43).
@pytest.mark.parametrize(("extended", "months"), [(frozenset(), 6), (FIRST, 15), (SECOND, 18), (JUST_SECOND, 9)])
def test_the_extensions_of_one_case_of_asylum_make_eighteen_months_at_most(library, extended, months):
    term = decision_term(library.parameters, Case("asiel", date(2025, 4, 10), extended=extended), View(LATER)).value

    assert term.span.months == months


def test_before_28_march_2025_the_further_extension_came_only_after_the_first(library):
    case = Case("asiel", date(2021, 4, 10), extended=JUST_SECOND)

    with pytest.raises(CaseInvalid, match="no such extension"):
        deadline(library, case)
    assert deadline(library, replace(case, extended=SECOND)) == date(2022, 10, 10)


def test_an_extension_of_one_case_does_not_come_on_top_of_that_of_all(library):
    case = Case("asiel", date(2023, 3, 1))

    assert deadline(library, replace(case, extended=FIRST)) == deadline(library, case)


# WBV 2023/26 held for applications of 2024, and was withdrawn (IB 2025/28): in June 2025, as ANP reported. The day of
# the judgment in C-662/23, 8 May, stood here before; nothing says that it was withdrawn as soon.
def test_the_withdrawal_makes_a_cohort_overdue_in_one_step(library):
    case = Case("asiel", date(2024, 4, 10))

    before, after = (
        decision_term(library.parameters, case, View(day)).value for day in (date(2025, 5, 31), date(2025, 6, 1))
    )

    assert (before.state, before.deadline) == (TermState.RUNNING, date(2025, 7, 10))
    assert (after.state, after.late_since, after.days_late) == (TermState.OVERDUE, date(2024, 10, 11), 234)


@pytest.mark.parametrize(
    ("seen_on", "confirmed"),
    [
        (date(2024, 11, 30), True),
        (date(2024, 12, 1), False),  # courts began to hold it unlawful
        (date(2025, 5, 31), False),
        (date(2025, 6, 1), False),  # withdrawn in this month, on a day that was not found
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
    ],
)
def test_while_it_was_not_sure_that_the_extension_held_a_term_of_2024_is_not_confirmed(library, seen_on, confirmed):
    told = decision_term(library.parameters, Case("asiel", date(2024, 4, 10)), View(seen_on))

    assert told.confirmed is confirmed
    assert all(step.note and step.note_nl for step in told.unconfirmed)


# WBV 2022/22: applications before 2023 that were less than six months old on 27 September 2022.
@pytest.mark.parametrize(
    ("received", "seen_on", "end"),
    [
        (date(2022, 3, 27), date(2023, 1, 1), date(2022, 9, 27)),
        (date(2022, 3, 28), date(2023, 1, 1), date(2023, 6, 28)),
        (date(2022, 3, 28), date(2022, 9, 25), date(2022, 9, 28)),  # nobody knew of it yet
        (date(2025, 1, 1), date(2025, 2, 1), date(2025, 7, 1)),
    ],
)
def test_the_extension_of_all_applications_holds_for_its_days_once_it_is_known(library, received, seen_on, end):
    assert deadline(library, Case("asiel", received), seen_on) == end


# Vw 2000, article 43a.
def test_temporary_protection_moves_the_term_to_six_months_after_it(library):
    case = Case("asiel", date(2024, 4, 10), protection=(date(2024, 4, 10), date(2026, 3, 4)))

    assert deadline(library, case) == date(2026, 9, 4)


def test_under_the_pact_temporary_protection_makes_the_term_longer_by_itself(library):
    case = Case("asiel", date(2026, 7, 6), protection=(date(2026, 7, 7), date(2026, 7, 16)))

    assert deadline(library, case) == date(2027, 1, 18)  # 6 January and ten days, a Saturday


# The term runs from the day after the application, so protection on that day itself is none of it.
@pytest.mark.parametrize(
    ("protection", "end"),
    [
        ((date(2026, 6, 1), date(2026, 7, 5)), date(2027, 1, 6)),
        ((date(2026, 6, 1), date(2026, 7, 6)), date(2027, 1, 6)),
        ((date(2026, 6, 1), date(2026, 7, 7)), date(2027, 1, 7)),
        ((date(2026, 7, 7), date(2026, 7, 7)), date(2027, 1, 7)),
    ],
)
def test_under_the_pact_only_days_of_the_term_count_as_protection(library, protection, end):
    told = decision_term(library.parameters, Case("asiel", date(2026, 7, 6), protection=protection), View(LATER))

    assert told.value.deadline == end
    assert (told.steps[-1].key == "protection_nothing") is (end == date(2027, 1, 6))


@pytest.mark.parametrize(
    ("last", "key"), [(date(2025, 1, 10), "protection_nothing"), (date(2025, 5, 10), "protection")]
)
def test_protection_that_ends_early_says_that_it_changes_nothing(library, last, key):
    case = Case("asiel", date(2025, 1, 10), protection=(date(2025, 1, 1), last))

    assert decision_term(library.parameters, case, View(LATER)).steps[-1].key == key


# Article 2u, 25 and 2aa of Vw 2000; article 9 of RWN (BWBR0003738).
@pytest.mark.parametrize(
    ("case", "end"),
    [
        (Case("nareis", date(2025, 3, 27)), date(2025, 6, 25)),
        (Case("nareis", date(2025, 3, 28)), date(2025, 12, 28)),
        (Case("nareis", date(2025, 3, 3), extended=FIRST), date(2025, 9, 1)),
        (Case("mvv", date(2025, 3, 27)), date(2025, 6, 25)),
        (Case("mvv-studie", date(2025, 3, 27)), date(2025, 5, 26)),
        (Case("regulier", date(2024, 1, 2)), date(2024, 4, 2)),  # 1 April was Easter Monday
        (Case("regulier", date(2024, 1, 2), extended=FIRST), date(2024, 10, 1)),
        (Case("regulier-ingezetene", date(2024, 1, 2), extended=FIRST), date(2024, 8, 2)),
        (Case("terugkeervisum", date(2024, 1, 2), extended=FIRST), date(2024, 1, 30)),
        (Case("naturalisatie", date(2024, 1, 2), started=date(2024, 2, 29)), date(2025, 2, 28)),
        (Case("naturalisatie", date(2024, 1, 2), extended=SECOND), date(2026, 1, 2)),
        (Case("asiel-grens", date(2024, 1, 6)), date(2024, 2, 3)),  # a Saturday: custody is not made longer
        (Case("asiel-grens", date(2026, 7, 1)), date(2026, 9, 23)),
        (Case("asiel-versneld", date(2026, 7, 1)), date(2026, 10, 1)),
        (Case("asiel-ontvankelijk", date(2026, 7, 1), extended=FIRST), date(2026, 11, 2)),  # the 1st was a Sunday
        (Case("asiel-ontvankelijk-e", date(2026, 7, 1)), date(2026, 7, 15)),
    ],
    ids=lambda each: f"{each.product} {each.received}" if isinstance(each, Case) else None,
)
def test_every_product_has_its_term(library, case, end):
    assert deadline(library, case) == end


def test_long_terms_are_not_moved_from_a_day_of_rest_and_say_so(library):
    told = decision_term(library.parameters, Case("asiel", date(2024, 2, 10)), View(LATER))

    assert told.value.deadline == date(2024, 8, 10)  # a Saturday
    assert told.steps[-1].key == "no_rest"


def test_an_extension_without_a_limit_needs_the_day_that_was_named(library):
    case = Case("nareis", date(2025, 5, 1), extended=FIRST)

    with pytest.raises(CaseInvalid, match="--until"):
        deadline(library, case)
    assert deadline(library, replace(case, until=date(2026, 5, 1))) == date(2026, 5, 1)


@pytest.mark.parametrize(
    "case",
    [
        Case("asiel", date(2024, 4, 10), started=date(2024, 4, 9)),
        Case("asiel", date(2024, 4, 10), decided=date(2024, 4, 9)),
        Case("asiel", date(2024, 4, 10), until=date(2024, 12, 1)),
        Case("asiel", date(2025, 4, 10), extended=FIRST, until=date(2027, 12, 1)),
        Case("asiel", date(2024, 4, 10), protection=(date(2024, 5, 1), date(2024, 4, 1))),
        Case("regulier", date(2024, 4, 10), moratorium=date(2024, 5, 1)),
        Case("regulier", date(2024, 4, 10), protection=(date(2024, 4, 1), date(2024, 5, 1))),
        Case("naturalisatie", date(2024, 4, 10), extended=JUST_SECOND),
        Case("mvv-studie", date(2024, 4, 10), extended=FIRST),
        Case("asiel", date(2026, 7, 1), extended=SECOND),
        Case("asiel-versneld", date(2024, 4, 10)),
        Case("asyl", date(2024, 4, 10)),
        Case("asiel", date(1999, 12, 31)),
        Case("regulier", date(2024, 4, 10), until=date(2024, 6, 1)),
    ],
    ids=str,
)
def test_dates_and_extensions_that_do_not_go_together_are_refused(library, case):
    with pytest.raises(CaseInvalid):
        deadline(library, case)


def test_a_day_of_notice_without_an_extension_says_what_is_missing(library):
    with pytest.raises(CaseInvalid, match="Add --extended first"):
        deadline(library, Case("regulier", date(2024, 4, 10), until=date(2024, 6, 1)))


def test_a_day_of_before_the_law_says_when_it_begins(library):
    with pytest.raises(CaseInvalid, match="begins on 2000-01-01"):
        deadline(library, Case("asiel", date(1999, 12, 31)))


def test_a_decision_on_the_last_day_is_in_time_and_the_day_after_is_late(library):
    case = Case("asiel", date(2025, 4, 10))
    on_time, late = (
        decision_term(library.parameters, replace(case, decided=day), View(LATER)).value
        for day in (date(2025, 10, 10), date(2025, 10, 11))
    )

    assert (on_time.state, on_time.days_late) == (TermState.IN_TIME, 0)
    assert (late.state, late.days_late) == (TermState.LATE, 1)


def test_the_old_law_and_the_pact_stand_side_by_side(library):
    old, new = Case("asiel", date(2026, 6, 11)), Case("asiel", date(2026, 6, 12))
    view = View(date(2026, 7, 1))

    of_old = decision_term(library.parameters, old, view)
    of_new = decision_term(library.parameters, new, view)

    assert (of_old.value.regime, of_new.value.regime) == (Regime.OLD, Regime.PACT)
    assert other_readings(library.parameters, old, view)["other_law"].value.regime is Regime.PACT
    assert other_readings(library.parameters, new, view)["other_law"].value.regime is Regime.OLD


def test_what_counts_of_all_applications_is_also_read_without(library):
    case, view = Case("asiel", date(2023, 3, 1)), View(date(2025, 6, 1))

    others = other_readings(library.parameters, case, view)

    assert others["without_blanket"].value.deadline == date(2023, 9, 1)
    withdrawn = other_readings(library.parameters, Case("asiel", date(2024, 3, 1)), view)
    assert withdrawn["before_withdrawal"].value.deadline == date(2025, 6, 1)


@pytest.mark.parametrize(
    ("case", "seen_on"),
    [
        (Case("asiel", date(2025, 4, 10), extended=JUST_SECOND), date(2026, 1, 1)),
        (Case("asiel", date(2025, 4, 10), extended=SECOND), date(2026, 1, 1)),
        (Case("asiel", date(2025, 4, 10), extended=FIRST, until=date(2026, 6, 10)), date(2026, 1, 1)),
        (Case("asiel", date(2022, 6, 1), extended=JUST_SECOND), date(2023, 1, 1)),
    ],
    ids=str,
)
def test_a_reading_under_which_the_case_cannot_be_is_left_out(library, case, seen_on):
    readings = other_readings(library.parameters, case, View(seen_on))

    assert not {"other_law", "without_blanket"} & set(readings)


@pytest.mark.parametrize(
    ("case", "seen_on"),
    [
        (Case("asiel", date(2025, 4, 10), extended=JUST_SECOND), LATER),  # the first day of it is inferred
        (Case("nareis", date(2025, 4, 10)), LATER),  # so is that of the nine months
        (Case("naturalisatie", date(2025, 4, 10)), LATER),  # read in a state of 2015
        (Case("asiel", date(2023, 3, 1)), date(2025, 6, 1)),  # what the Court of Justice made of it was not found
        (Case("asiel", date(2026, 7, 7), extended=FIRST), LATER),  # article 35(5) was not read
        (Case("asiel", date(2026, 7, 7), moratorium=date(2026, 8, 1)), date(2026, 9, 1)),  # nor was 35(7)
        (Case("asiel", date(2026, 3, 2)), date(2026, 7, 1)),  # nor the transition
    ],
)
def test_a_result_that_leans_on_what_was_not_confirmed_says_so(library, case, seen_on):
    told = decision_term(library.parameters, case, View(seen_on))

    assert not told.confirmed
    assert all(step.note or step.why for step in told.unconfirmed)


def test_a_result_that_leans_on_texts_that_were_read_says_that(library):
    told = decision_term(library.parameters, Case("asiel", date(2025, 4, 10)), View(date(2026, 1, 1)))

    assert told.confirmed
    assert (told.steps[1].law.bwb_id, told.steps[1].law.article, told.steps[1].law.paragraph) == (
        "BWBR0011823", "42", "1")  # fmt: skip


recent = st.dates(date(2013, 6, 1), date(2030, 1, 1))


@given(product=st.sampled_from(sorted(PRODUCTS)), received=recent)
def test_on_every_day_of_its_law_a_product_has_one_term(library, product, received):
    bases = PRODUCTS[product].bases
    in_force = [name for name in bases if norm_if_any(library.parameters, (name,), received)]
    begins = min(v.from_ for name in bases for v in library.parameters[name].values)

    assert len(in_force) == (1 if received >= begins else 0)


@given(product=st.sampled_from(["asiel", "nareis", "mvv", "regulier", "naturalisatie"]), received=recent,
       seen=recent, later=st.integers(0, 900))  # fmt: skip
def test_a_case_is_never_less_late_on_a_later_day_of_the_same_knowledge(library, product, received, seen, later):
    known = date(2026, 11, 23)
    one, other = (
        decision_term(library.parameters, Case(product, received), View(day, known)).value
        for day in (max(seen, known), max(seen, known) + timedelta(days=later))
    )

    assert one.deadline == other.deadline > received
    assert one.days_late <= other.days_late <= one.days_late + later


@given(received=recent, started=st.integers(0, 400))
def test_a_term_that_begins_later_never_ends_sooner(library, received, started):
    plain = Case("regulier", received)
    shifted = replace(plain, started=received + timedelta(days=started))

    assert deadline(library, shifted) >= deadline(library, plain)


days = st.dates(date(2015, 7, 20), date(2027, 1, 1))
cases = st.builds(
    Case,
    product=st.sampled_from(sorted(PRODUCTS)),
    received=days,
    started=st.none() | days,
    extended=st.frozensets(st.sampled_from(Extension)),
    until=st.none() | days,
    moratorium=st.none() | days,
    protection=st.none() | st.tuples(days, days),
    decided=st.none() | days,
)


@given(case=cases, seen_on=days)
def test_a_case_that_has_a_term_can_be_read_otherwise(library, case, seen_on):
    try:
        decision_term(library.parameters, case, View(seen_on))
    except CaseInvalid:
        return

    other_readings(library.parameters, case, View(seen_on))


@given(
    received=days,
    extended=st.sampled_from([frozenset(), FIRST, SECOND]),
    more=st.sampled_from([
        {"extended": FIRST}, {"extended": SECOND}, {"moratorium": SYRIA}, {"moratorium": date(2026, 8, 3)},
        {"protection": (date(2022, 3, 4), date(2026, 3, 4))}, {"protection": (date(2026, 7, 1), date(2027, 3, 4))},
    ]),
)  # fmt: skip
def test_what_extends_a_term_never_makes_it_end_sooner(library, received, extended, more):
    case = Case("asiel", received, extended=extended)
    longer = replace(case, **{"extended": extended | more.get("extended", frozenset()), **{
        name: value for name, value in more.items() if name != "extended"}})  # fmt: skip
    try:
        ends = [deadline(library, each, date(2027, 6, 1)) for each in (case, longer)]
    except CaseInvalid:  # the pact has one extension
        return

    assert ends[0] <= ends[1]
