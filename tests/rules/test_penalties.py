"""All penalties of one case together, and the way to a court."""

from datetime import date, timedelta

import pytest

from ketenraming.base.errors import CaseInvalid
from ketenraming.rules.bestuurlijk import Notice, PenaltyState
from ketenraming.rules.case import Case, View
from ketenraming.rules.dwangsom import Judgment, court_rule
from ketenraming.rules.penalties import court_route, penalties, told_of
from ketenraming.rules.terms import decision_term


def term_of(library, case, seen_on):
    return decision_term(library.parameters, case, View(seen_on)).value


def test_a_file_can_run_up_more_than_one_maximum(library):
    term = term_of(library, Case("asiel", date(2024, 4, 10)), date(2026, 3, 1))
    judgments = [Judgment(date(2025, 2, 21), 8, cap=7_500), Judgment(date(2025, 9, 1), 2, day_price=200, cap=15_000)]

    told = penalties(library.parameters, term, Notice(date(2024, 10, 14)), judgments)

    assert told.administrative.value.state is PenaltyState.EXCLUDED
    assert [each.value.euros[0] for each in told.court] == [7_500, 15_000]
    assert told.euros == (22_500, 22_500)


def test_a_late_regular_case_runs_up_the_penalty_of_the_law_and_of_the_court(library):
    term = term_of(library, Case("regulier", date(2024, 1, 2), decided=date(2024, 10, 1)), date(2025, 1, 1))
    judgment = Judgment(date(2024, 8, 1), weeks=2, day_price=100, cap=15_000)

    told = penalties(library.parameters, term, Notice(date(2024, 5, 1)), [judgment])

    assert told.administrative.value.euros == 1442
    assert told.court[0].value.days == 47  # 16 August to 1 October 2024
    assert told.euros == (6_142, 6_142)
    assert not told.confirmed


def test_a_decision_that_lies_ahead_does_not_stop_a_penalty(library):
    case = Case("regulier", date(2024, 1, 2), decided=date(2024, 10, 1))
    term = term_of(library, case, date(2024, 5, 20))

    told = penalties(library.parameters, term, Notice(date(2024, 5, 1)))

    assert (told.administrative.value.state, told.administrative.value.days) == (PenaltyState.RUNNING, 6)


# Two weeks, eight weeks to a judgment, and eight to sixteen weeks: 18 to 26 weeks, and a day.
def test_the_way_to_a_court_penalty_takes_18_to_26_weeks(library):
    term, notice = term_of(library, Case("asiel", date(2024, 4, 10)), date(2025, 8, 1)), Notice(date(2024, 10, 14))

    way = court_route(library.parameters, term, notice).value

    soonest, latest = (day - notice.received for day in way.penalty_from)
    assert way.appeal_from == date(2024, 10, 29)
    assert timedelta(weeks=18) <= soonest <= timedelta(weeks=18, days=2)
    assert timedelta(weeks=26) <= latest <= timedelta(weeks=26, days=2)


def test_the_chain_lets_penalties_begin_within_that_way(library):
    rule = court_rule(library.parameters, date(2025, 1, 1))

    weeks = rule.from_month * 365.25 / 12 / 7

    assert 18 <= weeks <= 26


REGULAR = Case("regulier", date(2024, 1, 2))  # until 2 April 2024


# Awb (BWBR0005537) 6:12: an appeal may come two weeks after a notice that the authority is in default.
@pytest.mark.parametrize(
    ("notice", "judgments", "decided"),
    [
        (None, [], None),
        (Notice(date(2024, 3, 1)), [], None),  # before the term had ended
        (Notice(date(2024, 4, 2)), [], None),  # on its last day
        (Notice(date(2024, 5, 1)), [Judgment(date(2024, 8, 1))], None),
        (Notice(date(2024, 5, 1)), [], date(2024, 5, 10)),
    ],
)
def test_where_no_appeal_can_come_no_way_to_a_court_is_told(library, notice, judgments, decided):
    term = term_of(library, Case("regulier", REGULAR.received, decided=decided), date(2024, 9, 1))

    assert court_route(library.parameters, term, notice, judgments) is None


def test_the_day_after_the_term_has_ended_a_notice_opens_the_way(library):
    term = term_of(library, REGULAR, date(2024, 9, 1))

    assert court_route(library.parameters, term, Notice(date(2024, 4, 3))).value.appeal_from == date(2024, 4, 18)


@pytest.mark.parametrize(
    ("notice", "judgments", "name"),
    [(Notice(date(2024, 1, 1)), [], "notice"), (None, [Judgment(date(2023, 12, 1))], "judgment")],
)
def test_a_notice_or_a_judgment_of_before_the_application_is_refused(library, notice, judgments, name):
    term = term_of(library, REGULAR, date(2024, 9, 1))

    with pytest.raises(CaseInvalid, match=f"{name} .* is before the day received"):
        penalties(library.parameters, term, notice, judgments)


def test_a_judgment_of_before_the_end_of_the_term_is_warned_of(library):
    term = term_of(library, REGULAR, date(2024, 9, 1))
    early, late = Judgment(date(2024, 4, 2)), Judgment(date(2024, 4, 3))

    told = penalties(library.parameters, term, None, [early, late])

    first, second = (each.steps[0] for each in told.court)
    assert (first.key, first.confirmed, second.key) == ("judgment_early", False, "court_allowed")


def test_a_case_that_can_be_read_otherwise_has_its_penalties_of_each_reading(library):
    case, view = Case("asiel", date(2024, 9, 5), moratorium=date(2024, 12, 14)), View(date(2026, 2, 5))
    judgment = Judgment(date(2025, 10, 1), weeks=8, day_price=100, cap=7_500)

    told = told_of(library.parameters, case, view, Notice(date(2025, 9, 8)), [judgment])

    (paused, penalty) = told.others["moratorium_pause"]
    assert paused.value.deadline == date(2025, 9, 5)
    assert penalty.court[0].steps[0].key == "court_allowed"
    assert told.penalties.court[0].steps[0].key == "judgment_early"  # the main reading ends on 5 March 2026
    assert penalty.euros == told.penalties.euros == (7_100, 7_100)
