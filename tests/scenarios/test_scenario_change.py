"""What scenarios do to paths: in order, on every draw, and never without a check."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import ScenarioInvalid
from ketenraming.scenarios.change import apply, stack
from ketenraming.scenarios.paths import Horizon, Path
from ketenraming.scenarios.scenario import Change, Scenario

HORIZON = Horizon(2026, 2027)
FROM_MAY, UNTIL_JUNE = {"from": date(2026, 5, 1)}, {"until": date(2026, 6, 30)}
MAY = 4


def _paths(values=10.0, draws=1, most=np.inf, unit="person/month"):
    return {"inflow": Path("inflow", unit, np.full((HORIZON.months, draws), values), most)}


def _rising(draws=1):
    values = np.arange(HORIZON.months, dtype=float)[:, None] + np.arange(draws)
    return {"inflow": Path("inflow", "person/month", values)}


def _change(**how):
    return Change.model_validate({"name": "inflow", **FROM_MAY, **how})


def _scenario(name, *changes):
    both, source = {"nl": name, "en": name}, {"id": "x", "where": "y"}
    return Scenario(id=name, title=both, reason=both, source=source, changes=changes)


def _made(paths, *changes):
    return apply(changes, paths, HORIZON)["inflow"].values


def _refused(paths, *changes):
    with pytest.raises(ScenarioInvalid) as error:
        apply(changes, paths, HORIZON)
    return error.value.mistakes


@pytest.mark.parametrize(
    ("how", "then"),
    [
        ({"set": 4}, 4),
        ({"set": 48, "per": "year"}, 4),
        ({"add": -3}, 7),
        ({"add": 12, "per": "year"}, 11),
        ({"scale": 1.5}, 15),
    ],
)
def test_a_change_holds_from_its_first_month_to_its_last(how, then):
    values = _made(_paths(), _change(**how, **UNTIL_JUNE))

    assert values[:, 0].tolist() == [10] * MAY + [then] * 2 + [10] * 18


def test_without_until_a_change_holds_to_the_end():
    assert _made(_paths(), _change(set=4))[:, 0].tolist() == [10] * MAY + [4] * 20


@pytest.mark.parametrize(
    ("months", "then"),
    [
        (3, [0, 1, 2, 3, 3, 3, 3, 4, 5, 6]),  # what would happen in May happens in August; the gap keeps April
        (-2, [0, 1, 2, 3, 6, 7, 8, 9, 10, 11]),
    ],
)
def test_a_shift_moves_what_happens_from_a_month_on(months, then):
    assert _made(_rising(), _change(shift=months))[:10, 0].tolist() == then


def test_a_shift_past_either_end_keeps_the_last_value_it_knows():
    later = _made(_rising(), _change(shift=100))
    earlier = _made(_rising(), _change(shift=-3))

    assert set(later[MAY:, 0]) == {3}
    assert earlier[-5:, 0].tolist() == [22, 23, 23, 23, 23]


def test_a_shift_to_earlier_reads_past_its_own_end():
    assert _made(_rising(), _change(shift=-3, **UNTIL_JUNE))[:8, 0].tolist() == [0, 1, 2, 3, 7, 8, 6, 7]


def test_a_shift_from_the_first_month_keeps_the_first_value():
    change = Change.model_validate({"name": "inflow", "from": date(2026, 1, 1), "until": date(2026, 3, 31), "shift": 2})

    assert _made(_rising(), change)[:5, 0].tolist() == [0, 0, 0, 3, 4]


@given(draws=st.integers(1, 5), how=st.sampled_from([{"set": 2.5}, {"add": 7}, {"scale": 0.3}, {"shift": 4}]))
def test_every_draw_is_changed_as_if_it_were_alone(draws, how):
    together = _made(_rising(draws), _change(**how))

    assert together.shape == (HORIZON.months, draws)
    for draw in range(draws):
        alone = {"inflow": Path("inflow", "person/month", _rising(draws)["inflow"].values[:, [draw]])}
        np.testing.assert_array_equal(together[:, [draw]], _made(alone, _change(**how)))


def test_paths_that_are_not_named_and_those_that_were_given_stay_as_they_are():
    paths = {**_paths(), "other": Path("other", "1", np.ones((HORIZON.months, 1)))}

    after = apply([_change(scale=2)], paths, HORIZON)

    assert after["other"] is paths["other"]
    assert set(paths["inflow"].values[:, 0]) == {10}
    assert (after["inflow"].unit, after["inflow"].most) == ("person/month", np.inf)


def test_no_changes_leave_all_paths_as_they_are():
    paths = _paths()

    assert apply([], paths, HORIZON) == paths


def test_adding_and_scaling_compose_in_the_order_of_the_stack():
    one, two = _scenario("one", _change(add=10)), _scenario("two", _change(scale=2))

    assert _made(_paths(), *stack([one, two]))[-1, 0] == 40
    assert _made(_paths(), *stack([two, one]))[-1, 0] == 30


def test_a_level_that_is_set_may_be_changed_by_what_follows():
    one, two = _scenario("one", _change(set=50)), _scenario("two", _change(add=1))

    assert _made(_paths(), *stack([one, two]))[-1, 0] == 51


@pytest.mark.parametrize("how", ["add", "scale", "shift"])
def test_setting_what_an_earlier_one_changed_is_a_conflict(how):
    one, two = _scenario("one", _change(**{how: 2})), _scenario("two", _change(set=50, **UNTIL_JUNE))

    with pytest.raises(
        ScenarioInvalid, match=f"inflow: setting it undoes the {how} of change, from 2026-05-01 until 2026-06-30"
    ):
        stack([one, two])


def test_setting_twice_in_a_month_is_a_conflict_and_one_after_the_other_is_not():
    first = _scenario("one", _change(set=50, **UNTIL_JUNE))
    later = {"name": "inflow", "from": date(2026, 6, 1), "set": 60}
    after = {**later, "from": date(2026, 7, 1)}

    with pytest.raises(ScenarioInvalid, match="sets it too, from 2026-06-01 until 2026-06-30; keep one"):
        stack([first, _scenario("two", Change.model_validate(later))])
    second = _scenario("two", Change.model_validate(after))
    assert len(stack([first, second])) == len(stack([second, first])) == 2


def test_all_conflicts_are_said_at_once():
    scenario = _scenario("one", _change(set=1))

    with pytest.raises(ScenarioInvalid) as error:
        stack([scenario, scenario, scenario])

    assert len(error.value.mistakes) == 3


def test_what_is_not_there_is_met_with_the_nearest():
    change = Change.model_validate({"name": "inflwo", **FROM_MAY, "set": 1})

    assert _refused(_paths(), change) == ("change: inflwo: there is no such number. Did you mean inflow?",)


def test_no_path_falls_below_nought_in_any_draw():
    draws = np.array([[10.0, 4.0]]).repeat(HORIZON.months, axis=0)
    paths = {"inflow": Path("inflow", "person/month", draws)}

    (mistake,) = _refused(paths, _change(add=-5))

    assert mistake == "change: inflow: becomes -1 in 2026-05, below nought; take away less"


def test_no_share_rises_above_one_in_any_draw():
    shares = np.array([[0.3, 0.6]]).repeat(HORIZON.months, axis=0)
    paths = {"inflow": Path("inflow", "share", shares, most=1.0)}

    assert _refused(paths, _change(scale=2)) == ("change: inflow: becomes 1.2 in 2026-05, above 1; choose less",)
    assert _made(paths, _change(scale=1 / 0.6)).max() == pytest.approx(1)


def test_what_is_too_much_for_a_number_is_refused():
    assert "becomes inf in 2026-05, above inf" in _refused(_paths(1e300), _change(scale=1e12))[0]


def test_days_outside_the_run_are_refused():
    early = Change.model_validate({"name": "inflow", "from": date(2025, 12, 1), "until": date(2028, 1, 31), "set": 1})
    late = Change.model_validate({"name": "inflow", "from": date(2028, 1, 1), "set": 1})

    assert _refused(_paths(), early, late) == (
        "change: inflow: 2025-12-01 is outside the run, which is from 2026-01-01 until 2027-12-31",
        "change: inflow: 2028-01-31 is outside the run, which is from 2026-01-01 until 2027-12-31",
        "change: inflow: 2028-01-01 is outside the run, which is from 2026-01-01 until 2027-12-31",
    )


def test_only_what_is_counted_per_month_is_given_per_year():
    assert _refused(_paths(unit="EUR/place-day"), _change(set=44, per="year")) == (
        "change: inflow: is in EUR/place-day, not counted per month; leave out 'per: year'",
    )


@pytest.mark.parametrize(("values", "how"), [(0.0, {"scale": 2}), (10.0, {"shift": 6})])
def test_what_leaves_a_path_as_it_was_is_refused(values, how):
    (mistake,) = _refused(_paths(values), _change(**how))

    assert mistake.endswith("leaves it as it was; leave the change out")


def test_a_level_that_holds_already_is_refused_when_nothing_else_changes():
    paths = {**_paths(), "other": Path("other", "1", np.ones((HORIZON.months, 1)))}
    other = Change.model_validate({"name": "other", **FROM_MAY, "set": 3})

    assert _refused(paths, _change(set=10)) == ("change: inflow: all that is set here is so already; nothing changes",)
    assert apply([_change(set=10), other], paths, HORIZON)["other"].values[-1, 0] == 3


def test_all_mistakes_are_said_at_once_and_in_order():
    mistakes = _refused(_paths(), _change(add=-11), _change(shift=1), _change(scale=3, per=None), _change(set=2e11))

    assert [mistake.split(": ")[2].split()[0] for mistake in mistakes] == ["becomes", "to"]
