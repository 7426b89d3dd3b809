"""All penalties of one case together, and the way to a court."""

from datetime import date, timedelta

from ketenraming.rules.bestuurlijk import Notice, PenaltyState
from ketenraming.rules.case import Case, View
from ketenraming.rules.dwangsom import Judgment, court_rule
from ketenraming.rules.penalties import court_route, penalties
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
    notice = Notice(date(2024, 10, 14))

    way = court_route(library.parameters, "asiel", date(2024, 10, 10), notice).value

    soonest, latest = (day - notice.received for day in way.penalty_from)
    assert way.appeal_from == date(2024, 10, 29)
    assert timedelta(weeks=18) <= soonest <= timedelta(weeks=18, days=2)
    assert timedelta(weeks=26) <= latest <= timedelta(weeks=26, days=2)


def test_the_chain_lets_penalties_begin_within_that_way(library):
    rule = court_rule(library.parameters, date(2025, 1, 1))

    weeks = rule.from_month * 365.25 / 12 / 7

    assert 18 <= weeks <= 26
