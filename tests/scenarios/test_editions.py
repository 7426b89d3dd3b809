"""Two editions beside each other: the reasons close on the difference, and go as far as the figures and no further."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.evidence.printed import budgets
from ketenraming.reports.editions import asked_for, told
from ketenraming.scenarios.editions import (
    Editions,
    Reason,
    asks_for_editions,
    compare_editions,
    shown_year,
    with_lines,
)

COA, ARTICLE = "37.4/zbo/coa", "37"
SUPPLEMENTARY = "suppletoire-2025-xx-2"


@pytest.fixture(scope="module")
def drafts(library) -> Editions:
    return compare_editions(library, "begroting-2025-xx", "begroting-2026-xx")


@pytest.fixture(scope="module")
def autumn(library) -> Editions:
    return compare_editions(library, "begroting-2026-xx", SUPPLEMENTARY)


@pytest.fixture(scope="module")
def needed(library) -> Editions:
    return compare_editions(library, "instroom-plus-10000", SUPPLEMENTARY, draws=50)


def test_the_reasons_of_every_pair_of_editions_close_to_the_euro(library):
    seen = 0
    for a, b in combinations(budgets(library.vintages)[::3], 2):
        try:
            found = compare_editions(library, a, b)
        except KetenramingError:
            continue  # they share no line and year
        for row in told(found, list(found.rows), unit=1):
            assert row.a + sum(row.reasons.values()) == row.b
            seen += 1
    assert seen > 100


# Draft budget 2026 XX, key figures and article 37; news of the ministry of 28 November 2025: about 75.000 people in
# reception on average, and 224 million less than was foreseen.
def test_reception_in_autumn_is_fewer_people_at_a_higher_price_each(autumn):
    row = autumn.row(COA, 2025)
    each = 4_009_829_000 / 83_760, 3_785_829_000 / 75_000

    assert row.b - row.a == -224_000_000
    assert row.reasons[Reason.VOLUME] == pytest.approx((75_000 - 83_760) * sum(each) / 2)
    assert row.reasons[Reason.PRICE] == pytest.approx((each[1] - each[0]) * (83_760 + 75_000) / 2)
    assert row.reasons[Reason.REST] == 0
    assert row.reasons[Reason.PRICE] > 0 > row.reasons[Reason.VOLUME]


def test_where_only_one_says_for_how_many_nothing_is_explained(autumn):
    row = autumn.row("37.4/zbo/nidos", 2025)

    assert row.counted is None
    assert row.reasons[Reason.REST] == row.b - row.a == -81_900_000


# Until the budget 2026 the return service stood in another article: the budget 2026 prints 95,022 for it in 2026.
def test_what_stood_in_another_article_is_known_and_not_unexplained(drafts):
    row = drafts.row(ARTICLE, 2026)

    assert row.reasons[Reason.SCOPE] == 95_022_000
    assert row.reasons[Reason.REST] == 8_865_612_000 - 9_769_219_000 - 95_022_000


# 37.2 held the displaced persons of 37.7; the Court of Audit printed on 23 September 2025 that they are 1,051 million
# less than in the budget 2025, so that budget held 2,782,443 + 1,051,000.
def test_a_move_that_was_published_elsewhere_makes_an_amount_that_says_so(drafts):
    made = drafts.a.amounts["37.7", 2026]

    assert (made.keur, made.is_printed) == (3_833_443, False)
    assert drafts.row("37.4", 2026).reasons[Reason.SCOPE] == -3_833_443_000
    assert drafts.row("37.4", 2026).reasons[Reason.REST] == 38_493_000
    # without that move in 2027, what the later budget prints apart stands for it
    assert drafts.row("37.4", 2027).reasons[Reason.SCOPE] == -2_781_594_000


def test_the_lines_that_the_earlier_draft_prints_explain_the_rest_of_their_heading(drafts):
    rest = drafts.row("37.4", 2026).reasons[Reason.REST]
    lines = sum(drafts.row(address, 2026).reasons[Reason.REST] for address in ("37.4/agentschap", "37.4/zbo"))

    assert rest - lines == pytest.approx(30_595_000)  # subsidies, contracts and other governments together


def test_years_that_the_text_does_not_fund_say_so(drafts):
    funded = {year: row.not_funded for (address, year), row in drafts.rows.items() if address == ARTICLE}

    assert funded == {2025: False, 2026: False, 2027: True, 2028: True, 2029: True}
    assert shown_year(drafts) == 2026


# The path of the spring: 2,799,635 by the supplementary budget of May 2023, 2,797,318 in the draft of September.
def test_the_supplementary_budget_of_may_is_the_next_draft_within_two_tenths_of_a_percent(library):
    for year in (2021, 2022, 2023, 2024):
        found = compare_editions(library, f"suppletoire-{year - 1}-vi-1", f"begroting-{year}-vi")
        row = found.row(COA, year)

        assert not found.a.amounts[COA, year].is_printed
        assert abs(row.b / row.a - 1) <= 0.002


def test_a_heading_has_the_volume_and_price_of_its_lines(library, autumn):
    heading = replace(autumn.row(COA, 2025), address="37.4", counted=None, reasons=dict.fromkeys(Reason, 0.0))
    bare = Editions(library, autumn.a, autumn.b, {("37.4", 2025): heading})
    found = with_lines(bare, heading, dict(autumn.rows))

    assert found.reasons[Reason.VOLUME] == autumn.row(COA, 2025).reasons[Reason.VOLUME]
    assert sum(found.reasons.values()) == pytest.approx(heading.b - heading.a)


def test_the_other_way_round_is_the_same_with_the_other_sign(library, drafts):
    back = compare_editions(library, "begroting-2026-xx", "begroting-2025-xx")

    assert set(back.rows) == set(drafts.rows)
    for key, row in drafts.rows.items():
        for why, part in row.reasons.items():
            assert back.rows[key].reasons[why] == pytest.approx(-part, abs=1e-3)


def test_an_edition_and_itself_differ_by_nothing(library):
    same = compare_editions(library, "begroting-2025-xx", "begroting-2025-xx")

    assert all(part == 0 for row in same.rows.values() for part in row.reasons.values())


def test_a_scenario_has_volume_and_price_and_what_is_not_budgeted(needed):
    reception, minors = needed.row(COA, 2025), needed.row("37.4/zbo/nidos", 2025)

    assert reception.counted[0].number > 82_000 and reception.counted[1].number == 75_000
    assert reception.reasons[Reason.VOLUME] + reception.reasons[Reason.PRICE] == pytest.approx(
        reception.b - reception.a
    )
    assert minors.reasons[Reason.REST] == pytest.approx(minors.b - minors.a)
    assert reception.more.size == 51 and np.ptp(reception.more[1:]) > 0


def test_a_scenario_beside_an_older_draft_has_only_what_both_speak_of(library):
    found = compare_editions(library, "begroting-2025-xx", "baseline", draws=2)

    assert set(found.years) == {2025, 2026, 2027, 2028, 2029}
    assert (COA, 2026) not in found.rows  # the draft prints no line for it here
    assert found.row("37.4/agentschap/ind", 2026).a == 809_634_000


@pytest.mark.parametrize(
    ("a", "b", "editions"),
    [
        ("begroting-2025-xx", "begroting-2026-xx", True),
        ("baseline", "begroting-2025-xx", True),
        (SUPPLEMENTARY, "ind-plus-20+doorstroom-vol", True),
        ("baseline", "begroting-2026-xx", False),
        ("baseline", "ind-plus-20", False),
        ("begroting-2026-xx", "begroting-2026-xx", False),
    ],
)
def test_what_is_compared_follows_from_what_is_asked(library, a, b, editions):
    assert asks_for_editions(library, a, b) is editions


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("begroting-2025-x", "Did you mean begroting-2025-xx"),
        ("supletoire-2023-vi-1", "Did you mean suppletoire-2023-vi-1"),
        ("ind-plus-2", "Did you mean ind-plus-20"),
        ("begrotingsstaten", "There is no scenario or budget document"),
    ],
)
def test_an_unknown_name_is_met_with_the_nearest_scenarios_and_documents(library, asked, said):
    with pytest.raises(NotInLibrary, match=said):
        asks_for_editions(library, "baseline", asked)


def test_nothing_stacks_upon_a_document(library):
    with pytest.raises(KetenramingError, match="Give it alone"):
        asks_for_editions(library, "baseline", "begroting-2025-xx+ind-plus-20")


def test_editions_without_a_line_and_year_in_common_are_refused(library):
    with pytest.raises(KetenramingError, match="say nothing of the same line and year"):
        compare_editions(library, "begroting-2014-vi", "begroting-2026-xx")


def test_a_line_or_year_that_both_do_not_have_is_met_with_those_they_have(drafts):
    with pytest.raises(NotInLibrary, match=r"Did you mean 37\.4/zbo"):
        asked_for(drafts, "37.4/zboo", None)
    with pytest.raises(NotInLibrary, match="2026"):
        asked_for(drafts, ARTICLE, 2031)


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_whole_thousands_add_up_in_every_row(needed, data):
    key = data.draw(st.sampled_from(sorted(needed.rows)))

    (row,) = told(needed, [key])

    assert row.a + sum(row.reasons.values()) == row.b
    assert row.spread["p10"] <= row.spread["p50"] <= row.spread["p90"]
