"""The compiled kernel against the slow reference, and what must not change a result."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.strategies import cases, one_draw
from ketenraming.base.errors import ChainInvalid, NotInLibrary
from ketenraming.chain.machine import LANES
from ketenraming.chain.reference import simulate as simulate_slowly
from ketenraming.chain.results import names
from ketenraming.chain.run import bands, simulate
from ketenraming.chain.stage import Chain, Dwell, Exit, Inflow, Queue, Route, Server
from ketenraming.chain.toy import MONTHS, TOY


def toy_values(draws: int, seed: int = 1) -> dict:
    """Inputs of the toy as its text draws them."""
    random = np.random.default_rng(seed)
    z, noise = np.zeros(draws), []
    for _ in range(MONTHS):
        z = 0.7 * z + 0.12 * random.standard_normal(draws)
        noise.append(z)
    granted = random.uniform(0.5, 0.7, (1, draws))
    return {
        "X": 4500 * np.exp(np.array(noise) - 0.12**2 / (1 - 0.7**2) / 2),
        "C": random.normal(4000, 200, (1, draws)),
        "H": random.normal(3200, 200, (1, draws)),
        "g": granted,
        "refused": 1 - granted,
        "family": 0.6 * granted,
        **{name: random.lognormal(0, 0.15, (1, draws)) for name in ("m1", "m2", "m3")},
    }


def assert_same(fast, slow, what):
    scale = max(1.0, float(np.max(np.abs(slow))))
    np.testing.assert_allclose(fast, slow, rtol=0, atol=1e-12 * scale, err_msg=what)


@settings(max_examples=120, deadline=None)
@given(case=cases())
def test_the_kernel_equals_the_reference_on_random_chains(case):
    chain, months, draws, values = case.chain, case.months, case.draws, case.values
    stages = [s.name for s in chain.stages if not isinstance(s, Inflow)]

    fast = simulate(chain, months, values, draws, profiles=stages)

    for d in range(draws):
        slow = simulate_slowly(chain, months, one_draw(values, d, months), profiles=stages)
        for name in (n for n in names(chain) if not n.endswith("_stock_avg")):
            assert_same(fast[name][:, d], slow[name], name)
        for stage in stages:
            assert_same(fast.profile(stage)[:, :, d], slow[f"{stage}_profile"], stage)


def test_the_kernel_equals_the_reference_on_the_toy():
    values = toy_values(5)

    fast = simulate(TOY, MONTHS, values, 5)

    for d in range(5):
        slow = simulate_slowly(TOY, MONTHS, one_draw(values, d, MONTHS))
        for name in slow:
            assert_same(fast[name][:, d], slow[name], name)


@settings(max_examples=10, deadline=None)
@given(draws=st.integers(1, 3 * LANES), more=st.integers(1, 2 * LANES))
def test_a_draw_does_not_depend_on_the_others(draws, more):
    values = toy_values(draws + more)
    fewer = {name: array[:, :draws] for name, array in values.items()}

    alone, together = simulate(TOY, MONTHS, fewer, draws), simulate(TOY, MONTHS, values, draws + more)

    for name in names(TOY):
        assert np.ascontiguousarray(together[name][:, :draws]).tobytes() == alone[name].tobytes()


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_do_not_change_a_byte(threads):
    values = toy_values(1100)

    one, many = (simulate(TOY, MONTHS, values, 1100, threads=n) for n in (1, threads))

    assert all(one[name].tobytes() == many[name].tobytes() for name in names(TOY))


def test_a_year_is_made_of_its_months():
    values = toy_values(3)
    flows, ends = ["decision_outflow", "decision_penalty"], ["reception_stock_end", "decision_overdue"]
    means = ["reception_stock_avg"]

    results = simulate(TOY, MONTHS, values, 3, by_year=[*flows, *ends, *means])

    for name in flows:
        np.testing.assert_allclose(results.yearly(name), results[name].reshape(6, 12, 3).sum(axis=1), rtol=1e-12)
    for name in ends:
        assert (results.yearly(name) == results[name][11::12]).all()
    for name in means:
        np.testing.assert_allclose(results.yearly(name), results[name].reshape(6, 12, 3).mean(axis=1), rtol=1e-12)


def test_a_run_may_begin_within_a_year():
    results = simulate(TOY, 14, {**toy_values(1), "X": 4500.0}, 1, by_year=["applications_inflow"], first_month=10)

    assert results.yearly("applications_inflow")[:, 0].tolist() == [2 * 4500.0, 12 * 4500.0]


def test_the_mean_stock_is_between_its_ends():
    results = simulate(TOY, MONTHS, toy_values(2), 2)

    ends = results["reception_stock_end"]
    np.testing.assert_allclose(results["reception_stock_avg"][1:], (ends[1:] + ends[:-1]) / 2, rtol=1e-12)


def test_only_what_is_asked_for_is_kept():
    results = simulate(TOY, MONTHS, toy_values(2), 2, by_month=["reception_stock_end"], by_year=["housing_outflow"])

    assert list(results.months) == ["reception_stock_end"]
    with pytest.raises(NotInLibrary, match="reception_stock_end"):
        results["reception_stock_avg"]


def test_bands_are_quantiles_of_all_draws_however_few_are_kept_at_a_time(monkeypatch):
    values, asked = toy_values(50), ["reception_stock_end", "decision_overdue", "housing_outflow"]
    everything = simulate(TOY, MONTHS, values, 50)

    for kept in (1, 2**30):
        monkeypatch.setattr("ketenraming.chain.run._KEPT", kept)
        found = bands(TOY, MONTHS, values, 50, asked, (0.1, 0.5))
        assert list(found) == asked
        for name in asked:
            np.testing.assert_array_equal(found[name], np.quantile(everything[name], (0.1, 0.5), axis=1))


@pytest.mark.parametrize(("months", "draws"), [(0, 1), (1, 0), (100_000, 1), (1, 10_000_000)])
def test_a_run_has_bounds(months, draws):
    with pytest.raises(ChainInvalid, match="a run has 1 to"):
        simulate(TOY, months, toy_values(1), draws)


def test_overdue_people_are_told_by_months_late():
    results = simulate(TOY, MONTHS, toy_values(2), 2, profiles=["decision"])

    late = results.overdue_by_months_late("decision")

    np.testing.assert_allclose(late.sum(axis=1), results["decision_overdue"], rtol=1e-9)


# Little's law: people present = arrivals a month × months of stay. D/D/1: who comes waits exactly the minimum age.
def test_a_steady_queue_obeys_littles_law():
    chain = Chain("q", (Inflow("in_", 100.0), Queue("q", "s", min_age=4)), (Route("in_", "q"),), (Server("s", 100.0),))

    results = simulate(chain, 60, {})

    assert results["q_stock_end"][-1, 0] == pytest.approx(100 * 4)
    assert results["q_outflow"][-1, 0] == pytest.approx(100)


def test_a_steady_dwell_obeys_littles_law():
    chain = Chain("d", (Inflow("in_", 100.0), Dwell("d", (Exit("out", (0.1,)),))), (Route("in_", "d"),))

    results = simulate(chain, 400, {})

    assert results["d_out_outflow"][-1, 0] == pytest.approx(100)
    assert results["d_stock_end"][-1, 0] == pytest.approx(100 * 0.9 / 0.1)


MISTAKES = {
    "an unknown stage": (Chain("c", (Inflow("a", 1.0),), (Route("a", "b"),)), "there is no stage 'b'"),
    "an unknown exit": (
        Chain("c", (Inflow("a", 1.0), Queue("q", "s")), (Route("a", "q", exit="x"),), (Server("s", 1.0),)),
        "'a' has no exit 'x'",
    ),
    "more than all": (
        Chain("c", (Inflow("a", 1.0), Queue("q", "s")), (Route("a", "q", 0.7), Route("a", "q", 0.7)),
              (Server("s", 1.0),)),
        "the routes take 1.4 of those who leave, more than 1",
    ),
    "a loop without delay": (
        Chain("c", (Queue("p", "s"), Queue("q", "s")), (Route("p", "q"), Route("q", "p")), (Server("s", 1.0),)),
        "is a loop without delay",
    ),
    "no unit": (Chain("c", (Inflow("a", 1.0, unit=""),)), "'a' has no unit"),
    "two units": (
        Chain("c", (Inflow("a", 1.0), Queue("q", "s", unit="case")), (Route("a", "q"),), (Server("s", 1.0),)),
        "person do not become case",
    ),
    "a delay that loses people": (
        Chain("c", (Inflow("a", 1.0), Queue("q", "s")), (Route("a", "q", delay=(0.0, 0.5)),), (Server("s", 1.0),)),
        "the chances of the delay make 0.5, not 1",
    ),
    "capacity on a dwell": (
        Chain("c", (Dwell("d", (Exit("out", (0.1,)),), server="s"),)),
        "'d' has no capacity: nobody works for a dwell",
    ),
    "an unknown server": (Chain("c", (Queue("q", "nobody"),)), "there is no server 'nobody'"),
    "an idle server": (Chain("c", (Inflow("a", 1.0),), (), (Server("s", 1.0),)), "works for no queue"),
    "a name twice": (Chain("c", (Inflow("a", 1.0), Inflow("a", 1.0))), "'a' is declared 2 times"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_declaration_is_refused(mistake):
    chain, said = MISTAKES[mistake]

    with pytest.raises(ChainInvalid) as refusal:
        simulate(chain, 3, {})

    assert said in str(refusal.value)


def test_all_mistakes_are_refused_together():
    chain = Chain("c", (Inflow("a", -1.0, unit=""), Queue("q", "nobody", min_age=-1)), (Route("a", "b"),))

    with pytest.raises(ChainInvalid) as refusal:
        simulate(chain, 3, {})

    assert len(refusal.value.mistakes) == 5


INPUTS = {
    "not given": ({}, "the input 'X' is not given"),
    "of another shape": ({"X": np.ones((7, 2))}, "has shape (7, 2), not 72 months or 1, by 2 draws or 1"),
    "below nought": ({"X": -1.0}, "below nought"),
    "no number": ({"X": np.nan}, "no numbers"),
    "used nowhere": ({"Y": 1.0}, "the input 'Y' is used nowhere"),
    "more than all": ({"refused": 0.9}, "'decision': the shares of the routes make more than 1"),
    "too many chances": ({"m2": 80.0}, "'return': at age 2 the chances to leave are"),
}


@pytest.mark.parametrize("mistake", INPUTS)
def test_an_input_that_cannot_be_is_refused(mistake):
    change, said = INPUTS[mistake]
    values = {**toy_values(2), **change}
    if not change:
        del values["X"]

    with pytest.raises(ChainInvalid) as refusal:
        simulate(TOY, MONTHS, values, 2)

    assert said in str(refusal.value)


def test_what_queues_keep_may_not_be_more_than_there_is():
    queues = Queue("p", "s", share="u"), Queue("q", "s", share="u")

    with pytest.raises(ChainInvalid, match="the shares kept for queues make more than 1"):
        simulate(Chain("c", queues, (), (Server("s", 10.0),)), 3, {"u": 0.8})


def test_an_unknown_result_is_refused():
    with pytest.raises(ChainInvalid, match="there is no result 'decision_outflw'"):
        simulate(TOY, MONTHS, toy_values(1), 1, by_month=["decision_outflw"])
