"""Terms in whole months, as the queues of a chain take them."""

from datetime import date

from ketenraming.rules.months import terms_by_month

JANUARY = date(2025, 1, 1)


def test_the_terms_of_the_dutch_queues_follow_the_law_by_month_of_application(library):
    terms = terms_by_month(library.parameters, JANUARY, range(-60, 84))

    assert terms == {
        "asielbesluit": ((-60, 6), (-33, 15), (-12, 6)),  # April 2022 to December 2023
        "asielbesluit_elders": ((-60, 6), (-33, 15), (-12, 6)),
        "nareis": ((-60, 3), (3, 9)),  # ninety days, nine months since April 2025
        "regulier": 3,
        "toelating": 3,
        "naturalisatie": 12,
        "huisvesting": 3,
    }


def test_before_the_withdrawal_was_known_applications_of_2024_had_fifteen_months(library):
    terms = terms_by_month(library.parameters, JANUARY, range(-60, 24), seen_on=date(2025, 1, 1))

    assert terms["asielbesluit"] == ((-60, 6), (-33, 15), (0, 6))


def test_a_chain_that_begins_elsewhere_has_the_same_terms_at_other_months(library):
    terms = terms_by_month(library.parameters, date(2014, 1, 1), range(0, 144))

    assert terms["asielbesluit"] == ((0, 6), (99, 15), (120, 6))


def test_who_knew_no_decree_yet_has_six_months_throughout(library):
    then = date(2018, 9, 17)

    terms = terms_by_month(library.parameters, date(2018, 1, 1), range(-60, 84), seen_on=then, known_on=then)

    assert (terms["asielbesluit"], terms["huisvesting"]) == (6, 3)
