"""Levers: each is a change that a scenario could make, and stands only where it can."""

from datetime import date

import pytest

from ketenraming.base.errors import KetenramingError, NotInLibrary
from ketenraming.scenarios.levers import LEVERS, lever, scenario_of
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.run import baseline_of, run_on
from ketenraming.scenarios.shelf import load_scenarios

SINCE = date(2026, 1, 1)
ONE = Draws(1, 7)


@pytest.mark.parametrize("one", LEVERS, ids=lambda one: one.name)
def test_a_lever_moves_the_estimate_at_both_of_its_ends(library, one):
    base = baseline_of(library)
    still = run_on(base, (), ONE)

    for end in {one.low, one.high} - {0}:
        moved = run_on(base, (scenario_of({one.name: end}, SINCE, library),), ONE)

        before, after = ({name: t.central for name, t in run.terms["2030"].items()} for run in (still, moved))
        assert before != after  # more family applications wait longer, but nobody decides more of them
        assert moved.row("37", "2025").needed.central == pytest.approx(still.row("37", "2025").needed.central)


def test_a_lever_is_the_scenario_that_says_the_same(library):
    base = baseline_of(library)

    by_lever = run_on(base, (scenario_of({"beslissingen": 20}, SINCE, library),), ONE)
    by_file = run_on(base, load_scenarios(["ind-plus-20"], library), ONE)

    assert by_lever.row("37", "2028").needed.central == by_file.row("37", "2028").needed.central


def test_more_people_need_more_money_at_every_position(library):
    base = baseline_of(library)

    needed = [
        run_on(base, (scenario_of({"instroom": position}, SINCE, library),), ONE).row("37", "2028").needed.central
        for position in (-60, -5, 5, 150)
    ]

    assert needed == sorted(needed)


@pytest.mark.parametrize("position", [-65, 155, 7])
def test_a_position_outside_its_steps_is_refused(position):
    with pytest.raises(KetenramingError, match=r"instroom cannot stand at .*: choose from -60 to 150 by 5"):
        lever("instroom").check(position)


def test_an_unknown_lever_is_refused_with_the_nearest():
    with pytest.raises(NotInLibrary, match="Did you mean instroom"):
        lever("instrom")
