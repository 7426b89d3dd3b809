"""The administrative penalty: to the day and the euro, in three parts, for forty-two days at most."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.bestuurlijk import Notice, PenaltyState, administrative_euros, administrative_penalty

DEADLINE, NOTICE = date(2024, 4, 2), Notice(date(2024, 5, 1))
FIRST_DAY = date(2024, 5, 15)
TODAY = date(2025, 1, 1)


def run_up(library, days, decided=None, notice=NOTICE, product="regulier"):
    seen_on = FIRST_DAY + timedelta(days=days - 1)
    told = administrative_penalty(library.parameters, product, DEADLINE, notice, (decided, seen_on))
    return told.value


# Awb (BWBR0005537), article 4:17, paragraph 2: 23, 35 and 45 euros; 20, 30 and 40 until 2018.
@pytest.mark.parametrize(
    ("days", "now", "before"),
    [(0, 0, 0), (1, 23, 20), (14, 322, 280), (15, 357, 310), (28, 812, 700), (29, 857, 740), (42, 1442, 1260),
     (43, 1442, 1260), (400, 1442, 1260)],
)  # fmt: skip
def test_days_cost_what_the_act_says(library, days, now, before):
    assert administrative_euros(library.parameters, days, TODAY) == now
    assert administrative_euros(library.parameters, days, date(2018, 12, 31)) == before


@given(days=st.integers(-10, 200))
def test_a_penalty_never_falls_and_never_passes_its_maximum(library, days):
    euros, more = (administrative_euros(library.parameters, n, TODAY) for n in (days, days + 1))

    assert 0 <= euros <= more <= 1442
    assert more - euros in {0, 23, 35, 45}


days_before, days_after = st.integers(0, 100), st.integers(0, 100)


@given(days=st.integers(0, 60))
def test_with_the_first_day_a_day_later_it_is_what_it_was_the_day_before(library, days):
    assert run_up(library, days + 1).if_a_day_later == run_up(library, days).euros


@given(days=days_before, more=days_after)
def test_euros_of_a_period_and_of_the_next_add_up_and_stop_at_the_maximum(library, days, more):
    one, both = (run_up(library, n).euros for n in (days, days + more))
    each_day = [run_up(library, n + 1).euros - run_up(library, n).euros for n in range(days, days + more)]

    assert both == one + sum(each_day) <= 1442
    assert (both == 1442) is (days + more >= 42)


def test_the_first_day_comes_two_weeks_after_the_later_of_term_and_notice(library):
    penalty = run_up(library, 1)

    assert (penalty.first_day, penalty.days, penalty.euros, penalty.state) == (
        FIRST_DAY, 1, 23, PenaltyState.RUNNING)  # fmt: skip


def test_until_the_first_day_nothing_runs(library):
    penalty = run_up(library, 0)

    assert (penalty.euros, penalty.state) == (0, PenaltyState.WAITING)


def test_the_forty_two_days_are_not_moved_by_a_weekend_and_the_amount_is_fixed_two_weeks_later(library):
    penalty = run_up(library, 60)

    assert FIRST_DAY + timedelta(days=41) == date(2024, 6, 25)
    assert (penalty.days, penalty.state, penalty.fixed_by) == (42, PenaltyState.MAXIMUM, date(2024, 7, 9))


def test_a_decision_stops_it_and_its_day_does_not_count(library):
    penalty = run_up(library, 60, decided=FIRST_DAY + timedelta(days=10))

    assert (penalty.days, penalty.euros, penalty.state) == (10, 230, PenaltyState.STOPPED)


def test_a_decision_of_later_than_one_looks_changes_nothing_yet(library):
    assert run_up(library, 5, decided=FIRST_DAY + timedelta(days=20)) == run_up(library, 5)


def test_the_day_that_courts_may_read_otherwise_is_told_beside_it(library):
    penalty = run_up(library, 20)

    assert (penalty.euros, penalty.if_a_day_later) == (532, 497)


def test_several_applicants_share_one_amount(library):
    penalty = run_up(library, 42, notice=Notice(NOTICE.received, applicants=4))

    assert (penalty.euros, penalty.each, penalty.applicants) == (1442, 360.5, 4)


def test_fewer_than_one_applicant_is_refused(library):
    with pytest.raises(CaseInvalid, match="applicants"):
        run_up(library, 1, notice=Notice(NOTICE.received, applicants=0))


# Tijdelijke wet opschorting dwangsommen IND, in force on 10 July 2020; only for asylum.
@pytest.mark.parametrize(
    ("product", "noticed", "state"),
    [("asiel", date(2020, 7, 9), PenaltyState.MAXIMUM), ("asiel", date(2020, 7, 10), PenaltyState.EXCLUDED),
     ("naturalisatie", date(2020, 7, 10), PenaltyState.MAXIMUM), ("nareis", date(2024, 7, 10), PenaltyState.MAXIMUM)],
)  # fmt: skip
def test_for_asylum_it_does_not_run_since_the_temporary_act(library, product, noticed, state):
    told = administrative_penalty(library.parameters, product, date(2020, 1, 1), Notice(noticed), (None, TODAY))

    assert told.value.state is state


def test_that_it_runs_for_other_products_since_then_is_not_confirmed(library):
    told = administrative_penalty(library.parameters, "regulier", DEADLINE, NOTICE, (None, TODAY))

    assert {step.key for step in told.unconfirmed} == {"penalty_allowed", "first_day"}
    assert all(step.note and step.note_nl for step in told.unconfirmed)


def test_a_notice_before_the_end_of_the_term_counts_from_its_end_and_is_marked(library):
    told = administrative_penalty(
        library.parameters, "regulier", DEADLINE, Notice(date(2024, 3, 1)), (None, date(2024, 4, 16))
    )

    assert told.value.first_day == date(2024, 4, 16)
    assert (told.steps[0].key, told.steps[0].why) == ("premature", "premature")
    assert not told.confirmed


def test_without_notice_nothing_runs(library):
    told = administrative_penalty(library.parameters, "regulier", DEADLINE, None, (None, TODAY))

    assert (told.value.state, told.value.euros) == (PenaltyState.NO_NOTICE, 0)
