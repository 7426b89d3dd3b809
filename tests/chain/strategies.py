"""
Chains and inputs for property tests: any valid declaration, with values that keep it valid.

Numbers are drawn in steps of a bound, so that ties, noughts and sums of exactly one are common, and shrink well. Bounds
follow from where an amount stands in the chain, so `values_for` works for any chain, the shipped ones too.
"""

from dataclasses import dataclass, field, fields, is_dataclass, replace

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ketenraming.chain.stage import Chain, Dwell, Exit, Inflow, OutOfOrder, Queue, Route, Server, Tally

PEOPLE, SPAWNED, STEPS = 100.0, 1.5, 60


def upto(top):
    """A number from nought to a bound, both included."""
    return st.integers(0, STEPS).map(lambda n: n * top / STEPS)


def by_age(top, longest):
    return st.lists(upto(top), max_size=longest).map(tuple)


# --- Inputs -----------------------------------------------------------------------------------------------------------


def bounds(chain):
    """The most that each named input of a chain may be, for shares and hazards to add up to one at most."""
    most = {}
    for amount, top in _amounts(chain):
        if isinstance(amount, str):
            most[amount] = min(top, most.get(amount, top))
    return most


def _amounts(chain):
    """Every amount of a chain, with its bound."""
    for server in chain.servers:
        yield server.capacity, PEOPLE
    for stage in chain.stages:
        if isinstance(stage, Inflow):
            yield stage.amount, PEOPLE
        elif isinstance(stage, Queue):
            yield from _amounts_of_queue(chain, stage)
        else:
            yield from ((way_out.times, _most_times(stage)) for way_out in stage.exits)
    for route in chain.routes:
        yield route.share, SPAWNED if route.spawning else 1 / len(_siblings(chain, route))


def _amounts_of_queue(chain, queue):
    if queue.share is not None:
        kept = [q for q in chain.stages if isinstance(q, Queue) and q.server == queue.server and q.share is not None]
        yield queue.share, 1 / len(kept)
    if queue.out_of_order is not None:
        yield queue.out_of_order.share, 1.0


def _most_times(dwell):
    highest = sum(max(way_out.hazard) for way_out in dwell.exits)
    return min(2.0, 1 / highest) if highest > 0 else 2.0


def _siblings(chain, route):
    """The routes that divide the same people."""
    return [r for r in chain.routes if (r.source, r.exit, r.spawning) == (route.source, route.exit, False)]


@st.composite
def values_for(draw, chain, months, draws):
    """Each named input of a chain as a number, or in two dimensions: by month, by draw, or by both."""
    return {name: draw(_value(top, months, draws)) for name, top in bounds(chain).items()}


def _value(top, months, draws):
    shapes = st.sampled_from([(months, 1), (1, draws), (months, draws)])
    return upto(top) | shapes.flatmap(lambda shape: arrays(np.float64, shape, elements=upto(top)))


def one_draw(values, draw, months):
    """The inputs of one draw, each by month."""
    return {name: _by_month(value, draw, months) for name, value in values.items()}


def _by_month(value, draw, months):
    value = np.atleast_2d(value)
    return np.broadcast_to(value[:, min(draw, value.shape[1] - 1)], months).astype(np.float64)


# --- Chains -----------------------------------------------------------------------------------------------------------


@st.composite
def chains(draw, queues=True):
    """
    A valid chain of two to six stages, of which the first inflow has somewhere to go.

    Stages are drawn in an order in which routes without delay run forward, and then declared in any other. Every
    amount is first an input, and then some become numbers.
    """
    ages = draw(st.integers(2, 8))
    names = draw(st.sampled_from([["server_0"], ["server_0", "server_1"], []])) if queues else []
    kinds = ["inflow", "dwell"] + ["queue"] * 4 * bool(names)
    wanted = ["inflow", draw(st.sampled_from(kinds[1:])), *draw(st.lists(st.sampled_from(kinds), max_size=4))]
    stages = [draw(_stage(kind, f"stage_{i}", ages, names)) for i, kind in enumerate(wanted)]
    routes = [route for i, stage in enumerate(stages) for route in draw(_routes(stage, stages[:i], stages[i + 1 :]))]
    at_work = {stage.server for stage in stages if isinstance(stage, Queue)}
    chain = Chain(
        name="drawn",
        stages=tuple(draw(st.permutations(stages))),
        routes=tuple(draw(st.permutations(routes))),
        servers=tuple(Server(name, f"{name}_capacity") for name in names if name in at_work),
        ages=ages,
    )
    numbers = {name: draw(st.none() | upto(top)) for name, top in bounds(chain).items()}
    return put(chain, {name: number for name, number in numbers.items() if number is not None})


def _stage(kind, name, ages, servers):
    if kind == "inflow":
        return st.builds(Inflow, st.just(name), st.just(f"{name}_amount"))
    return _dwell(name, ages) if kind == "dwell" else _queue(name, ages, servers)


def _place(name, ages):
    """What queues and dwells have in common."""
    return {
        "name": st.just(name),
        "start": by_age(PEOPLE, ages),
        "lives": st.sampled_from(["", "here", "there"]),
        "cap": st.integers(0, ages - 1),
    }


@st.composite
def _queue(draw, name, ages, servers):
    term = draw(_terms(ages))
    return draw(
        st.builds(
            Queue,
            **_place(name, ages),
            server=st.sampled_from(servers),
            min_age=st.integers(0, 3),
            order=st.sampled_from(["oldest", "newest"]),
            out_of_order=st.none() | _out_of_order(f"{name}_out_of_order", ages),
            share=st.none() | st.just(f"{name}_share"),
            term=st.just(term),
            tallies=_tallies(ages, ["age"] if term is None else ["age", "late"]),
        )
    )


def _terms(ages):
    """No term, one, or one that changes; the first of the changing ones may begin late."""
    term = st.integers(0, ages + 2)
    pairs = st.lists(st.tuples(st.integers(0, 8), term), min_size=1, max_size=3, unique_by=lambda pair: pair[0])
    return st.none() | term | pairs.map(lambda drawn: tuple(sorted(drawn)))


def _out_of_order(name, ages):
    span = st.tuples(st.integers(0, ages + 2), st.integers(0, ages + 2)).map(sorted)
    return st.builds(lambda ends: OutOfOrder(name, *ends), span)


def _tallies(ages, kinds):
    weights = st.lists(upto(10.0), min_size=1, max_size=ages + 2).map(tuple)
    of = st.sampled_from(["served", "waiting"])
    tally = st.builds(Tally, st.sampled_from(["penalty", "cases"]), weights, st.sampled_from(kinds), of)
    return st.lists(tally, max_size=2, unique_by=lambda t: t.name).map(tuple)


@st.composite
def _dwell(draw, name, ages):
    """A dwell of one to three exits, whose hazards may add up to one."""
    number = draw(st.integers(1, 3))
    hazard = st.lists(upto(1 / number), min_size=1, max_size=ages + 2).map(tuple)
    exits = tuple(Exit(f"exit_{k}", draw(hazard), f"{name}_times_{k}") for k in range(number))
    return draw(st.builds(Dwell, **_place(name, ages), exits=st.just(exits)))


@st.composite
def _routes(draw, stage, earlier, later):
    """Up to three routes for each exit of a stage: forward at once or later, to itself or back only later."""
    forward = [s.name for s in later if not isinstance(s, Inflow)]
    anywhere = forward + [s.name for s in (*earlier, stage) if not isinstance(s, Inflow)]
    exits = [way_out.name for way_out in stage.exits] if isinstance(stage, Dwell) else [""]
    return [
        draw(_route(f"{stage.name}_{leaving}_{k}", stage.name, leaving, forward, anywhere))
        for leaving in exits
        for k in range(draw(st.integers(0, 3)) if anywhere else 0)
    ]


@st.composite
def _route(draw, name, source, leaving, forward, anywhere):
    to = draw(st.sampled_from(anywhere))
    spawning = draw(st.booleans())
    delay = draw(_delays() if to in forward else _delays().map(lambda drawn: (0.0, *(drawn or (1.0,)))))
    return Route(source, to, name, leaving, spawning, delay)


def _delays():
    """No delay, or chances that add up to one."""
    chances = st.lists(st.integers(0, 4), min_size=1, max_size=6).filter(any)
    return st.just(()) | chances.map(lambda weights: tuple(weight / sum(weights) for weight in weights))


def put(item, words):
    """A declaration in which some words, names of inputs or of anything else, are replaced."""
    if isinstance(item, str):
        return words.get(item, item)
    if isinstance(item, tuple):
        return tuple(put(part, words) for part in item)
    if is_dataclass(item):
        return replace(item, **{f.name: put(getattr(item, f.name), words) for f in fields(item)})
    return item


# --- A chain and all it needs -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A chain, what it is run with, and for how long."""

    chain: Chain
    months: int
    draws: int
    values: dict = field(default_factory=dict)


@st.composite
def cases(draw, of=None, draws=1):
    """A chain with its inputs, for so many draws at most."""
    chain = draw(chains() if of is None else of)
    months, number = draw(st.integers(1, 14)), draw(st.integers(1, draws))
    return Case(chain, months, number, draw(values_for(chain, months, number)))
