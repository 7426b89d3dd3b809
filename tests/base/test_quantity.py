import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.errors import UnitMismatch
from ketenraming.base.quantity import Quantity, euros, join_unit, multiply_units, split_unit

names = st.sampled_from(["EUR", "person", "year", "pupil", "day", "place"])
units = st.builds(
    lambda above, below: "-".join(above) + ("/" + "-".join(below) if below else ""),
    st.lists(names, min_size=1, max_size=3),
    st.lists(names, max_size=3),
)


def quantity(amount: float, unit: str) -> Quantity:
    return Quantity(np.array([amount]), unit)


# Begroting 2026 XX, art. 37.4, Stichting Nidos, both tables, 2026.
def test_pupils_times_guidance_price_is_euros():
    made = euros(quantity(11_320, "pupil-year"), quantity(9_937, "EUR/pupil-year"))

    assert made.unit == "EUR"
    assert made.amount == pytest.approx([112_486_840])


def test_a_price_per_day_is_refused_for_a_quantity_in_years():
    pupils, per_day = quantity(1, "pupil-year"), quantity(27.2, "EUR/pupil-day")

    with pytest.raises(UnitMismatch, match="pupil-year x EUR/pupil-day is EUR-year/day, not EUR"):
        euros(pupils, per_day)


def test_people_cannot_be_added_to_euros():
    with pytest.raises(UnitMismatch, match="person is not EUR"):
        quantity(1, "EUR") + quantity(1, "person")


@pytest.mark.parametrize("wrong", ["", "/year", "EUR/a/b"])
def test_what_is_not_a_unit_is_refused(wrong):
    with pytest.raises(UnitMismatch):
        split_unit(wrong)


@given(unit=units)
def test_a_unit_survives_being_split_and_joined(unit):
    assert split_unit(join_unit(split_unit(unit))) == split_unit(unit)


@given(one=units, other=units)
def test_multiplying_units_does_not_depend_on_their_order(one, other):
    assert multiply_units(one, other) == multiply_units(other, one)


@given(unit=units)
def test_a_unit_times_its_inverse_is_one(unit):
    inverse = join_unit(type(split_unit(unit))({name: -power for name, power in split_unit(unit).items()}))

    assert multiply_units(unit, inverse) == "1"
