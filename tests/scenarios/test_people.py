"""What the chain gives along its paths: minors by where they live, and the flows that are too small to be seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketenraming.chain.dutch import Timing
from ketenraming.chain.inputs import amounts_of
from ketenraming.chain.run import simulate
from ketenraming.scenarios.baseline import timing
from ketenraming.scenarios.people import MINORS, inputs, people
from ketenraming.scenarios.run import baseline_of

ENDS = [f"{stage}_einde_outflow" for stage in MINORS]
STOCKS = [f"{stage}_stock_end" for stage in MINORS]
chances = st.floats(0.001, 0.45)
shares = st.floats(0, 1)


@pytest.fixture(scope="module")
def base(library):
    return baseline_of(library)


def changed(base, **values):
    """The paths of the baseline, some of them with another value in all months."""
    made = {name: path.with_values(np.full_like(path.values, values[name]))
            for name, path in base.paths.items() if name in values}  # fmt: skip
    return base.paths | made


def along(base, **values):
    return people(changed(base, **values), base.horizon, base.chain)


# Begroting 2026 XX, table amv (11.420 and 11.320), and pupils in care that the Nidos line means at its own norms.
@pytest.mark.parametrize(("year", "pupils", "care"), [("2025", 11_420, 6_925), ("2026", 11_320, 7_947)])
def test_pupils_are_as_many_as_the_article_prints_and_as_many_live_with_nidos_as_its_line_means(
    outcome, year, pupils, care
):
    terms = outcome.terms[year]

    assert terms["nidos_guidance_stock_avg"].central == pytest.approx(pupils, rel=2e-3)
    assert terms["nidos_opvang_stock_avg"].central == pytest.approx(care, rel=2e-3)
    assert 0.995 < terms["nidos_care_share"].central <= 1


def test_a_pupil_lives_with_nidos_or_at_coa(base):
    found = along(base)

    both = found["nidos_opvang_stock_avg"] + found["amv_coa_stock_avg"]

    assert both == pytest.approx(found["nidos_guidance_stock_avg"])


@settings(max_examples=15, deadline=None)
@given(young=shares, granted=shares, decided=chances, old=chances, family=chances)
def test_no_minor_is_lost(base, young, granted, decided, old, family):
    paths = changed(base, amv_gezin_share=young, amv_granted_share=granted, amv_besluit_rate=decided,
                    voogdij_rate=old, voogdij_gezin_rate=family)  # fmt: skip
    known = inputs(paths)

    asked = {name: known[name] for name in amounts_of(base.chain) if isinstance(name, str)}
    results = simulate(base.chain, base.horizon.months, asked, by_month=(*STOCKS, *ENDS))

    come = (paths["asiel_applications_inflow"].central * paths["amv_share"].central).sum()
    start = sum(sum(stage.start) for stage in base.chain.stages if stage.name in MINORS)
    there = sum(results[name][-1, 0] for name in STOCKS)
    gone = sum(results[name].sum() for name in ENDS)
    assert start + come == pytest.approx(there + gone, rel=1e-9)


def test_more_permits_move_minors_from_coa_to_nidos_and_make_no_pupils(base):
    few, many = along(base, amv_granted_share=0.7), along(base, amv_granted_share=0.9)

    assert (many["nidos_opvang_stock_avg"] > few["nidos_opvang_stock_avg"]).all()
    assert (many["amv_coa_stock_avg"] < few["amv_coa_stock_avg"]).all()
    assert many["nidos_guidance_stock_avg"] == pytest.approx(few["nidos_guidance_stock_avg"])


def test_a_minor_at_coa_is_in_its_occupancy_once(base):
    none, many = along(base, amv_share=0.0), along(base, amv_share=0.5)

    assert many["amv_coa_stock_avg"][-1] > none["amv_coa_stock_avg"][-1]
    assert many["opvang_stock_avg"] == pytest.approx(none["opvang_stock_avg"], rel=1e-12)


def test_withdrawals_of_nationality_are_decided_upon_when_they_come(base):
    none, some = along(base, intrekking_inflow=0.0), along(base, intrekking_inflow=2.0)

    assert base.paths["intrekking_inflow"].central[0] > 0
    assert some["ind_naturalisatie_decisions"] == pytest.approx(none["ind_naturalisatie_decisions"], rel=1e-3)


def test_the_months_that_are_built_into_the_chain_are_those_of_the_library(base):
    assert timing(base.library, base.horizon, base.known_on) == Timing()
