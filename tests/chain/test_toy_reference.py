"""
The toy a second time, from its description in words and not from its declaration.

Three pools by age 0..47 months (47 absorbs), 72 months. Each month everyone is a month older and newcomers enter at 0.
Decide: capacity C, oldest first, not younger than 1 month, term 6 months, per decided case a penalty of
min(15000, 100 * 30.4375 * months late). A share g is granted; grants bring 0.6 family members each, over months 3..24
with weights min((k-2)/7, (25-k)/16). Granted and family wait for housing: capacity H, oldest first, from age 0. The
refused enter a return pool, after this month's exits, and leave it from age 1 by three hazards. At the start: decision
2000 at each age 0..14, housing 1500 at 0..11, return 500 at 0..9.
"""

import numpy as np
import pytest

from ketenraming.chain.reference import simulate
from ketenraming.chain.toy import TOY

AGES, MONTHS = 48, 72
AGE = np.arange(AGES)


def drawn(seed):
    """One draw of what the toy is run with."""
    rng = np.random.default_rng(seed)
    spread = 0.12**2 / (1 - 0.7**2)
    level, applications = 0.0, np.zeros(MONTHS)
    for month in range(MONTHS):
        level = 0.7 * level + 0.12 * rng.standard_normal()
        applications[month] = 4_500 * np.exp(level - spread / 2)
    granted = rng.uniform(0.5, 0.7)
    values = {"X": applications, "C": rng.normal(4_000, 200), "H": rng.normal(3_200, 200)}
    values |= {name: rng.lognormal(0, 0.15) for name in ("m1", "m2", "m3")}
    return values | {"g": granted, "refused": 1 - granted, "family": 0.6 * granted}


def a_month_older(pool):
    older = np.zeros(AGES)
    older[1:] = pool[:-1]
    older[-1] += pool[-1]
    return older


def oldest_first(pool, capacity, youngest):
    """How many of each age are served: what capacity is left by those who are older, and no more than there are."""
    waiting = np.where(youngest <= AGE, pool, 0)
    older = waiting[::-1].cumsum()[::-1] - waiting
    return np.clip(capacity - older, 0, waiting)


def filled(level, ages):
    return np.where(ages > AGE, float(level), 0.0)


def family_weights():
    weights = np.zeros(25)
    for k in range(3, 25):
        weights[k] = min((k - 2) / 7, (25 - k) / 16)
    return weights / weights.sum()


def toy_by_hand(x):
    """The toy as its description says, with names of results as the engine gives them."""
    decision, housing, back = filled(2_000, 15), filled(1_500, 12), filled(500, 10)
    family, weights = np.zeros(MONTHS + 25), family_weights()
    exits = {
        "independent": x["m1"] * np.where(AGE >= 1, 0.01 + 0.06 * np.exp(-AGE / 12), 0),
        "forced": x["m2"] * np.where(AGE >= 2, 0.02, 0),
        "unsupervised": x["m3"] * np.where(AGE >= 1, 0.01 + 0.08 * np.exp(-AGE / 8), 0),
    }
    penalty = np.minimum(15_000, 100 * 30.4375 * np.maximum(0, AGE - 6))
    months = []
    for month in range(MONTHS):
        decision, housing, back = a_month_older(decision), a_month_older(housing), a_month_older(back)
        decision[0] = x["X"][month]
        decided = oldest_first(decision, x["C"], youngest=1)
        decision = decision - decided
        grants = x["g"] * decided.sum()
        family[month : month + 25] += 0.6 * grants * weights
        housing[0] = grants + family[month]
        housed = oldest_first(housing, x["H"], youngest=0)
        newly_housing, housing = housing[0], housing - housed
        left = {name: back * hazard for name, hazard in exits.items()}
        back = back - sum(left.values())
        back[0] += (1 - x["g"]) * decided.sum()
        stocks = {"decision": decision, "housing": housing, "return": back}
        months.append(
            {
                "applications_inflow": x["X"][month],
                "decision_inflow": x["X"][month],
                "decision_outflow": decided.sum(),
                "decision_on_time": decided[:7].sum(),
                "decision_overdue": decision[7:].sum(),
                "decision_penalty": decided @ penalty,
                "housing_inflow": newly_housing,
                "housing_outflow": housed.sum(),
                "return_inflow": (1 - x["g"]) * decided.sum(),
                "reception_stock_end": sum(pool.sum() for pool in stocks.values()),
                **{f"return_{name}_outflow": leavers.sum() for name, leavers in left.items()},
                **{f"{name}_stock_end": pool.sum() for name, pool in stocks.items()},
                **{f"{name}_profile": pool for name, pool in stocks.items()},
            }
        )
    return {name: np.array([month[name] for month in months]) for name in months[0]}


@pytest.mark.parametrize("seed", range(5))
def test_the_toy_as_declared_is_the_toy_as_described(seed):
    values = drawn(seed)

    declared = simulate(TOY, MONTHS, values, profiles=("decision", "housing", "return"))

    described = toy_by_hand(values)
    assert declared.keys() == described.keys()
    for name, expected in described.items():
        scale = max(np.abs(expected).max(), 1.0)
        np.testing.assert_allclose(declared[name], expected, rtol=0, atol=1e-12 * scale, err_msg=name)


def test_the_toy_comes_into_its_term_and_its_absorbing_age():
    described = toy_by_hand(drawn(0) | {"C": 2_000.0, "H": 500.0})

    assert described["decision_overdue"].max() > 0
    assert described["housing_profile"][-1, -1] > 0


@pytest.mark.parametrize("scarce", [{"C": 2_000.0}, {"H": 500.0}, {"C": 1e6, "H": 1e6}, {"C": 0.0, "H": 0.0}])
def test_declared_and_described_agree_where_hardly_anybody_or_everybody_is_served(scarce):
    values = drawn(1) | scarce

    declared, described = simulate(TOY, MONTHS, values), toy_by_hand(values)

    for name in declared:
        scale = max(np.abs(described[name]).max(), 1.0)
        np.testing.assert_allclose(declared[name], described[name], rtol=0, atol=1e-12 * scale, err_msg=name)
