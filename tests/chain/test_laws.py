"""Both engines keep the laws of a chain: nobody is lost, no server works twice, and queues behave as queues do."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.strategies import PEOPLE, bounds, by_age, cases, chains, one_draw, put, upto
from ketenraming.chain import reference
from ketenraming.chain import run as kernel
from ketenraming.chain.reference import in_order
from ketenraming.chain.stage import Chain, Dwell, Exit, Inflow, OutOfOrder, Queue, Route, Server, Tally

few, some, many = (settings(max_examples=number, deadline=None) for number in (15, 30, 60))


def by_kernel(chain, months, values, profiles=()):
    """What the reference gives, from the kernel, which refuses inputs that are used nowhere."""
    used = {name: values[name] for name in bounds(chain)}
    results = kernel.simulate(chain, months, used, profiles=profiles)
    by_age_ = {f"{name}_profile": profile[:, :, 0] for name, profile in results.profiles.items()}
    return {name: result[:, 0] for name, result in results.months.items()} | by_age_


simulate = reference.simulate


@pytest.fixture(params=[reference.simulate, by_kernel], ids=["reference", "kernel"], scope="module", autouse=True)
def engine(request):
    global simulate
    simulate = request.param


def same(actual, expected, tolerance=1e-9):
    """Equal, seen at the scale of what is compared."""
    scale = max(1.0, np.abs(expected).max())
    np.testing.assert_allclose(actual, expected, rtol=0, atol=tolerance * scale)


def run(case, profiles=()):
    return simulate(case.chain, case.months, one_draw(case.values, 0, case.months), profiles)


def given_as(case, amount):
    """An amount of a case, by month."""
    amount = one_draw(case.values, 0, case.months)[amount] if isinstance(amount, str) else amount
    return np.broadcast_to(amount, case.months)


def waiting_rooms(chain):
    return [stage for stage in chain.stages if not isinstance(stage, Inflow)]


def flows(chain, results):
    """The people who leave, by stage and exit."""
    for stage in chain.stages:
        if isinstance(stage, Dwell):
            yield from (((stage.name, e.name), results[f"{stage.name}_{e.name}_outflow"]) for e in stage.exits)
        else:
            end = "inflow" if isinstance(stage, Inflow) else "outflow"
            yield (stage.name, ""), results[f"{stage.name}_{end}"]


def arriving(case, route, flow):
    """Those of a flow who take a route, by month of arrival, the months after the run included."""
    return np.convolve(flow * given_as(case, route.share), route.delay or (1.0,))


# --- People -----------------------------------------------------------------------------------------------------------


@many
@given(case=cases())
def test_nobody_is_lost(case):
    results, months = run(case), case.months
    born = {flow_of: 0.0 for flow_of, _ in flows(case.chain, results)}

    entered = sum(sum(s.start) for s in waiting_rooms(case.chain))
    entered += sum(results[f"{s.name}_inflow"].sum() for s in case.chain.stages if isinstance(s, Inflow))
    stayed = sum(results[f"{s.name}_stock_end"][-1] for s in waiting_rooms(case.chain))
    left = under_way = 0.0
    for flow_of, flow in flows(case.chain, results):
        moving = [r for r in case.chain.routes if (r.source, r.exit) == flow_of and not r.spawning]
        left += (flow * (1 - sum(given_as(case, r.share) for r in moving))).sum()
        under_way += sum(arriving(case, r, flow)[months:].sum() for r in moving)
        spawning = [r for r in case.chain.routes if (r.source, r.exit) == flow_of and r.spawning]
        born[flow_of] = sum(arriving(case, r, flow)[:months].sum() for r in spawning)
    same(stayed + left + under_way, entered + sum(born.values()))


@many
@given(case=cases())
def test_a_stage_gets_what_its_routes_bring_and_keeps_who_does_not_leave(case):
    results = run(case)

    out = dict(flows(case.chain, results))
    for stage in waiting_rooms(case.chain):
        brought = [arriving(case, r, out[r.source, r.exit]) for r in case.chain.routes if r.to == stage.name]
        inflow, stock = results[f"{stage.name}_inflow"], results[f"{stage.name}_stock_end"]
        left = sum(flow for (name, _), flow in out.items() if name == stage.name)
        same(inflow, sum(arrivals[: case.months] for arrivals in brought) + np.zeros(case.months))
        same(stock, sum(stage.start) + (inflow - left).cumsum())
        assert stock.min() >= -1e-9 * max(1, stock.max())


@some
@given(case=cases())
def test_a_stock_is_its_profile_and_a_place_is_its_stages(case):
    rooms = waiting_rooms(case.chain)

    results = run(case, profiles=[stage.name for stage in rooms])

    for stage in rooms:
        profile = results[f"{stage.name}_profile"]
        same(profile.sum(axis=1), results[f"{stage.name}_stock_end"])
        if 0 < stage.cap < case.chain.ages:
            same(profile[:, : stage.cap].sum(axis=1), results[f"{stage.name}_under_cap"])
        if isinstance(stage, Queue) and isinstance(stage.term, int) and stage.term < case.chain.ages - 1:
            same(profile[:, stage.term + 1 :].sum(axis=1), results[f"{stage.name}_overdue"])
    for place in {stage.lives for stage in rooms} - {""}:
        living = sum(results[f"{stage.name}_stock_end"] for stage in rooms if stage.lives == place)
        same(results[f"{place}_stock_end"], living)


@few
@given(case=cases(), power=st.integers(-8, 8))
def test_with_people_and_capacities_all_results_grow_alike(case, power):
    factor = 2.0**power  # so that nothing is rounded
    of_people = {a for s in case.chain.stages if isinstance(s, Inflow) for a in [s.amount]}
    of_people |= {server.capacity for server in case.chain.servers}
    values = {name: value * factor if name in of_people else value for name, value in case.values.items()}

    larger = run(replace(case, chain=enlarged(case.chain, factor), values=values))

    for name, result in run(case).items():
        np.testing.assert_array_equal(larger[name], result * factor, err_msg=name)


def enlarged(chain, factor):
    def stage_of(stage):
        if isinstance(stage, Inflow):
            return replace(stage, amount=amount_of(stage.amount))
        return replace(stage, start=tuple(number * factor for number in stage.start))

    def amount_of(amount):
        return amount if isinstance(amount, str) else amount * factor

    servers = tuple(replace(server, capacity=amount_of(server.capacity)) for server in chain.servers)
    return replace(chain, stages=tuple(map(stage_of, chain.stages)), servers=servers)


@few
@given(one=cases(), other=cases())
def test_two_chains_in_one_declaration_do_not_notice_each_other(one, other):
    months, ages = min(one.months, other.months), max(one.chain.ages, other.chain.ages)
    left, right = (set_apart(case, side, months, ages) for case, side in ((one, "left"), (other, "right")))
    both = Chain(
        "both",
        left.chain.stages + right.chain.stages,
        left.chain.routes + right.chain.routes,
        left.chain.servers + right.chain.servers,
        ages,
    )

    together = run(replace(one, chain=both, months=months, values=left.values | right.values))

    assert together.keys() == run(left).keys() | run(right).keys()
    for name, result in (run(left) | run(right)).items():
        same(together[name], result)


def set_apart(case, side, months, ages):
    """A case with names of its own, and a number of months and ages that it has in common with another."""
    names = {s.name for s in (*case.chain.stages, *case.chain.servers)} | case.values.keys() | {"here", "there"}
    words = {name: f"{side}_{name}" for name in names}
    values = {words[name]: value[:months, None] for name, value in one_draw(case.values, 0, case.months).items()}
    return replace(case, chain=replace(put(case.chain, words), ages=ages), months=months, values=values)


@few
@given(case=cases(chains(queues=False)))
def test_without_queues_people_do_not_notice_each_other(case):
    """So what comes of the people at the start, and of those who arrive, adds up."""
    amounts = {s.name: given_as(case, s.amount) for s in case.chain.stages if isinstance(s, Inflow)}
    stages = tuple(replace(s, amount=s.name) if isinstance(s, Inflow) else s for s in case.chain.stages)
    nobody = tuple(s if isinstance(s, Inflow) else replace(s, start=()) for s in stages)
    values = one_draw(case.values, 0, case.months)
    none = {name: 0.0 for name in amounts}

    whole = simulate(replace(case.chain, stages=stages), case.months, values | amounts)

    started = simulate(replace(case.chain, stages=stages), case.months, values | none)
    arrived = simulate(replace(case.chain, stages=nobody), case.months, values | amounts)
    for name, result in whole.items():
        same(started[name] + arrived[name], result)


# --- Servers ----------------------------------------------------------------------------------------------------------


@many
@given(case=cases())
def test_a_server_serves_no_more_than_its_capacity_and_a_queue_no_more_than_its_share(case):
    results = run(case)

    for server in case.chain.servers:
        queues = [q for q in case.chain.stages if isinstance(q, Queue) and q.server == server.name]
        capacity = given_as(case, server.capacity)
        assert np.all(sum(results[f"{q.name}_outflow"] for q in queues) <= capacity + 1e-9)
        for queue in queues:
            if queue.share is not None:
                assert np.all(results[f"{queue.name}_outflow"] <= capacity * given_as(case, queue.share) + 1e-9)


@some
@given(case=cases())
def test_a_queue_with_a_server_of_its_own_leaves_nobody_who_could_be_served(case):
    """Where someone who is old enough still waits, the capacity is used up."""
    queues = [stage for stage in case.chain.stages if isinstance(stage, Queue)]
    alone = [q for q in queues if q.min_age < case.chain.ages and [p.server for p in queues].count(q.server) == 1]

    results = run(case, profiles=[queue.name for queue in alone])

    for queue in alone:
        capacity = next(given_as(case, s.capacity) for s in case.chain.servers if s.name == queue.server)
        capacity = capacity * given_as(case, 1.0 if queue.share is None else queue.share)
        waits = results[f"{queue.name}_profile"][:, queue.min_age :].sum(axis=1) > 1e-9
        same(np.where(waits, results[f"{queue.name}_outflow"], 0), np.where(waits, capacity, 0))


def line(start=(), min_age=0, term=None, capacity="capacity", **more):
    """An inflow, a queue, and a dwell after it."""
    return Chain(
        name="line",
        stages=(
            Inflow("door", "arrivals"),
            Queue("desk", "clerk", start=start, min_age=min_age, term=term, **more),
            Dwell("hotel", exits=(Exit("out", (0.0, 0.25)),), start=start),
        ),
        routes=(Route("door", "desk"), Route("desk", "hotel", 0.5)),
        servers=(Server("clerk", capacity),),
        ages=10,
    )


series = st.lists(upto(PEOPLE), min_size=12, max_size=12).map(np.array)
lines = st.builds(
    line,
    by_age(PEOPLE, 8),
    st.integers(0, 3),
    st.integers(0, 6) | st.just(((0, 2), (3, 6))) | st.just(((0, 6), (3, 2))),
)


@few
@given(chain=lines, arrivals=series, more=series, capacity=series)
def test_more_inflow_lowers_no_stock(chain, arrivals, more, capacity):
    usual = simulate(chain, 12, {"arrivals": arrivals, "capacity": capacity})

    busier = simulate(chain, 12, {"arrivals": arrivals + more, "capacity": capacity})

    for name in ("desk_stock_end", "desk_overdue", "desk_outflow", "hotel_stock_end"):
        assert np.all(busier[name] >= usual[name] - 1e-9), name


@few
@given(chain=lines, arrivals=series, more=series, capacity=series)
def test_more_capacity_lets_nobody_wait_longer(chain, arrivals, more, capacity):
    usual = simulate(chain, 12, {"arrivals": arrivals, "capacity": capacity}, profiles=["desk"])

    faster = simulate(chain, 12, {"arrivals": arrivals, "capacity": capacity + more}, profiles=["desk"])

    assert np.all(faster["desk_overdue"] <= usual["desk_overdue"] + 1e-9)
    assert np.all(faster["desk_profile"] <= usual["desk_profile"] + 1e-9)


# --- Closed forms -----------------------------------------------------------------------------------------------------


@few
@given(start=by_age(PEOPLE, 8), arrivals=st.integers(40, 100), min_age=st.integers(0, 3))
def test_in_a_steady_state_the_stock_is_the_inflow_times_the_wait(start, arrivals, min_age):
    """Little's law; the wait is counted from those who leave, the stock from those who do not."""
    waited = Tally("months_waited", tuple(map(float, range(60))))
    chain = replace(line(start, min_age, tallies=(waited,)), ages=60)

    results = simulate(chain, 60, {"arrivals": arrivals, "capacity": arrivals})

    last = {name: result[-1] for name, result in results.items()}
    assert last["desk_outflow"] == pytest.approx(arrivals)
    assert last["desk_stock_end"] == pytest.approx(last["desk_months_waited"])


def test_a_desk_that_can_serve_all_keeps_only_those_who_are_too_young():
    results = simulate(line(min_age=3), 12, {"arrivals": 50.0, "capacity": 50.0})

    assert results["desk_stock_end"] == pytest.approx([50, 100, *[150] * 10])


def test_a_dwell_with_an_even_hazard_keeps_its_inflow_times_the_mean_stay():
    hotel = Dwell("hotel", exits=(Exit("out", (0.2,), times=0.5), Exit("home", (0.15,))))
    chain = Chain("hotel", (Inflow("door", 30.0), hotel), (Route("door", "hotel"),))

    results = simulate(chain, 200, {})

    assert results["hotel_stock_end"][-1] == pytest.approx(30 * (1 - 0.25) / 0.25)
    assert results["hotel_home_outflow"][-1] == pytest.approx(30 * 0.15 / 0.25)


@few
@given(start=upto(PEOPLE), arrivals=upto(PEOPLE), capacity=upto(PEOPLE))
def test_a_queue_of_even_arrivals_and_service_grows_or_empties_in_a_straight_line(start, arrivals, capacity):
    months = np.arange(1, 25)

    results = simulate(line((start,)), 24, {"arrivals": arrivals, "capacity": capacity})

    same(results["desk_stock_end"], np.maximum(0, start + months * (arrivals - capacity)))


# --- Single rules -----------------------------------------------------------------------------------------------------


def month_of(*queues, capacity=10.0, profiles=()):
    """One month of queues that share a clerk."""
    chain = Chain("desks", queues, servers=(Server("clerk", capacity),), ages=6)
    return {name: result[0].tolist() for name, result in simulate(chain, 1, {}, profiles).items()}


def test_whoever_is_there_at_the_start_is_a_month_older_in_the_first_month():
    month = month_of(Queue("desk", "clerk", start=(1.0, 2.0)), capacity=0.0, profiles=["desk"])

    assert month["desk_profile"] == [0, 1, 2, 0, 0, 0]


@pytest.mark.parametrize(("order", "left"), [("oldest", [0, 8, 2, 0, 0, 0]), ("newest", [0, 0, 2, 8, 0, 0])])
def test_a_queue_is_served_in_its_order(order, left):
    month = month_of(Queue("desk", "clerk", start=(8.0, 4.0, 8.0), order=order), profiles=["desk"])

    assert month["desk_profile"] == left


def test_the_oldest_go_first_among_those_of_the_open_age_too():
    queue = Queue("desk", "clerk", start=(0.0,) * 4 + (4.0, 4.0), term=5)

    assert month_of(queue, capacity=4.0)["desk_overdue"] == 0
    assert month_of(replace(queue, order="newest"), capacity=4.0)["desk_overdue"] == 4


def test_a_part_of_the_capacity_passes_the_order_by_and_is_spread_evenly():
    young_first = OutOfOrder(0.3, from_age=1, to_age=2)

    month = month_of(Queue("desk", "clerk", start=(2.0, 4.0, 20.0), out_of_order=young_first), profiles=["desk"])

    assert month["desk_profile"] == pytest.approx([0, 1, 2, 13, 0, 0])


def test_a_part_that_passes_the_order_by_leaves_its_rest_for_the_others():
    young_first = OutOfOrder(0.8, from_age=1, to_age=2)

    month = month_of(Queue("desk", "clerk", start=(2.0, 4.0, 20.0), out_of_order=young_first), profiles=["desk"])

    assert month["desk_profile"] == pytest.approx([0, 0, 0, 16, 0, 0])


def test_nobody_passes_the_order_by_before_the_minimum_age():
    young_first = OutOfOrder(0.3, from_age=0, to_age=2)

    month = month_of(
        Queue("desk", "clerk", start=(4.0, 4.0, 20.0), min_age=2, out_of_order=young_first), profiles=["desk"]
    )

    assert month["desk_profile"] == pytest.approx([0, 4, 1, 13, 0, 0])


def test_a_part_that_passes_the_order_by_and_finds_nobody_is_for_the_others():
    nobody = OutOfOrder(0.3, from_age=4, to_age=5)

    assert month_of(Queue("desk", "clerk", start=(20.0,), out_of_order=nobody))["desk_outflow"] == 10


def test_a_queue_takes_what_those_before_it_have_left():
    month = month_of(Queue("first", "clerk", start=(7.0,)), Queue("second", "clerk", start=(7.0,)))

    assert (month["first_outflow"], month["second_outflow"]) == (7, 3)


def test_what_is_kept_for_a_queue_is_used_by_no_other_whichever_comes_first():
    hungry, kept = Queue("hungry", "clerk", start=(20.0,)), Queue("kept", "clerk", start=(1.0,), share=0.4)

    for queues in [(hungry, kept), (kept, hungry)]:
        month = month_of(*queues)
        assert (month["hungry_outflow"], month["kept_outflow"]) == (6, 1)


def test_a_term_is_that_of_the_month_of_entry():
    desk = Queue("desk", "clerk", start=(1.0, 1.0, 1.0), term=((0, 2), (1, 0)))
    chain = Chain(
        "terms", (Inflow("door", 1.0), desk), (Route("door", "desk"),), (Server("clerk", capacity=0.0),), ages=3
    )

    results = simulate(chain, 4, {})

    assert results["desk_overdue"].tolist() == [1, 2, 4, 6]


def test_a_tally_weighs_those_served_by_age_or_by_months_late_and_its_last_weight_holds():
    tallies = Tally("by_age", (0.0, 1.0, 10.0)), Tally("by_late", (0.0, 1.0, 100.0), by="late")

    month = month_of(Queue("desk", "clerk", start=(1.0,) * 5, term=2, tallies=tallies))

    assert month["desk_by_age"] == 1 + 4 * 10
    assert month["desk_by_late"] == 1 + 2 * 100


def test_a_tally_may_weigh_those_who_still_wait():
    days = Tally("days", (0.0, 10.0, 5.0), by="late", of="waiting")

    month = month_of(Queue("desk", "clerk", start=(1.0,) * 5, term=1, tallies=(days,)), capacity=1.0)

    assert month["desk_days"] == 10 + 5 + 5  # of ages two to five, those of age five are served


def test_the_last_hazard_holds_and_the_first_is_for_newcomers():
    hotel = Dwell("hotel", exits=(Exit("out", (0.5, 0.0, 1.0)),), start=(4.0, 4.0, 4.0))
    chain = Chain("hotel", (Inflow("door", 10.0), hotel), (Route("door", "hotel"),))

    results = simulate(chain, 2, {})

    assert results["hotel_out_outflow"].tolist() == [5 + 4 + 4, 5 + 4]


def test_people_on_a_delayed_route_arrive_later_and_spawned_people_are_others():
    desk = Queue("desk", "clerk", start=(8.0,))
    stages = desk, Dwell("home", exits=(Exit("never", (0.0,)),))
    routes = Route("desk", "home", 0.5), Route("desk", "home", 0.25, spawning=True, delay=(0.0, 0.5, 0.0, 0.5))

    results = simulate(Chain("later", stages, routes, (Server("clerk", 8.0),)), 4, {})

    assert results["home_inflow"].tolist() == [4, 1, 0, 1]


def test_a_stage_comes_after_those_it_gets_people_from_and_else_as_declared():
    stages = tuple(Dwell(name, exits=(Exit("out", (0.1,)),)) for name in "dacb")
    routes = Route("a", "d", exit="out"), Route("c", "a", exit="out", delay=(0.0, 1.0)), Route("b", "c", exit="out")

    assert [stage.name for stage in in_order(Chain("order", stages, routes))] == ["a", "d", "b", "c"]
