"""A declaration turned into the arrays that the kernel interprets."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ketenraming.base.errors import ChainInvalid
from ketenraming.chain import layout as at
from ketenraming.chain.declare import exits, in_order
from ketenraming.chain.inputs import Inputs, wrong_inputs
from ketenraming.chain.stage import Chain, Dwell, Exit, Inflow, Queue, Route, Stage

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Program(NamedTuple):
    """Everything the kernel needs, as numbers, in the columns of `layout`; names are gone."""

    months: int
    draws: int
    history: int
    places: int
    widest: int
    most_exits: int
    place_channel: int
    stages: Ints
    flows: Ints
    routes: Ints
    channels: Ints
    capacity: Ints
    term: Ints
    due_first: Ints
    due: Ints
    start: Floats
    hazard: Floats
    tally_weight: Floats
    tally_late: Ints
    delay: Floats
    values: Floats
    steps: Ints
    year_of: Ints
    year_fade: Floats
    year_weight: Floats


class Channel(NamedTuple):
    """One thing that may be kept: its name, and how a year of it is made."""

    name: str
    yearly: str  # sum, last or mean


def channels(chain: Chain) -> list[list[Channel]]:
    """What each stage may write, in the kernel's order; the last list is of the places where people live."""
    found = [_of_stage(stage) for stage in in_order(chain)]
    ends = [(Channel(f"{p}_stock_end", "last"), Channel(f"{p}_stock_avg", "mean")) for p in places(chain)]
    return [*found, [channel for pair in ends for channel in pair]]


def places(chain: Chain) -> list[str]:
    """Where people live, in the order of declaration."""
    return list(dict.fromkeys(s.lives for s in chain.stages if not isinstance(s, Inflow) and s.lives))


def _of_stage(stage: Stage) -> list[Channel]:
    name = stage.name
    first = [Channel(f"{name}_inflow", "sum")]
    if isinstance(stage, Inflow):
        return first
    common = [("stock_end", "last"), ("stock_avg", "mean"), ("under_cap", "mean")]
    first += [Channel(f"{name}_{what}", how) for what, how in common]
    if isinstance(stage, Dwell):
        return first + [Channel(f"{name}_{exit.name}_outflow", "sum") for exit in stage.exits]
    own = [("outflow", "sum"), ("on_time", "sum"), ("overdue", "last"), *((t.name, "sum") for t in stage.tallies)]
    return first + [Channel(f"{name}_{what}", how) for what, how in own]


class Wishes(NamedTuple):
    """What is to be kept: results by month, results by year, and stages whose people are wanted by age."""

    by_month: tuple[str, ...]
    by_year: tuple[str, ...]
    profiles: tuple[str, ...]


def compile_chain(
    chain: Chain, months: int, values: Mapping[str, ArrayLike], draws: int, wishes: Wishes, first_month: int = 0
) -> Program:
    """
    The program of a chain for so many months and draws.

    The declaration must be valid. Raises ChainInvalid with all mistakes of the inputs and of what is asked for.
    """
    stages, named, given = in_order(chain), channels(chain), Inputs(values, months, draws)
    queues = [s if isinstance(s, Queue) else None for s in stages]
    leaving = [(s, name) for s in stages for name in exits(s)]
    routes = [[r for r in chain.routes if (r.source, r.exit) == (s.name, name)] for s, name in leaving]
    tallies = [q.tallies if q else () for q in queues]
    weights = [t.weights if t.by == "late" else t.weights[: chain.ages] for listed in tallies for t in listed]
    term = np.array([_terms(q, months, chain.ages) for q in queues], dtype=np.int64)
    due_first, due = _due(term, queues, months, chain.ages)
    year_of = np.array([(first_month + t) // 12 - first_month // 12 for t in range(months)], dtype=np.int64)
    fade, weight = _yearly(named, year_of)
    program = Program(
        months=months,
        draws=draws,
        history=chain.ages,
        places=len(places(chain)),
        widest=at.FIRST_TALLY + max(len(listed) for listed in named),
        most_exits=max((len(exits(s)) for s in stages), default=1),
        place_channel=sum(len(listed) for listed in named[:-1]),
        stages=_stage_table(chain, stages, named, wishes, given),
        flows=_flow_table(leaving, routes, given),
        routes=_route_table(stages, routes, given),
        channels=_ints([_slots(named, wishes.by_month), _slots(named, wishes.by_year)]).T.copy(),
        capacity=_ints([given.add(server.capacity) for server in chain.servers]),
        term=term,
        due_first=due_first,
        due=due,
        start=_table([() if isinstance(s, Inflow) else s.start for s in stages], chain.ages, last_holds=False),
        hazard=_table([_hazard(s, name) for s, name in leaving], chain.ages),
        tally_weight=_table(weights, max(map(len, weights), default=1)),
        tally_late=_ints([int(t.by == "late") for listed in tallies for t in listed]),
        delay=np.array([chance for listed in routes for r in listed for chance in r.delay], dtype=np.float64),
        values=np.concatenate(given.packed) if given.packed else np.zeros(1),
        steps=_ints(given.steps).reshape(-1, 3),
        year_of=year_of,
        year_fade=fade,
        year_weight=weight,
    )
    mistakes = [*given.mistakes, *wrong_inputs(chain, given), *_wrong_wishes(named, wishes, stages)]
    if mistakes:
        raise ChainInvalid(chain.name, mistakes)
    return program


def _stage_table(
    chain: Chain, stages: Sequence[Stage], named: Sequence[Sequence[Channel]], wishes: Wishes, given: Inputs
) -> Ints:
    """One row a stage: everything about it that is a whole number."""
    ends, servers = places(chain), [server.name for server in chain.servers]
    flows = _firsts([len(exits(s)) for s in stages])
    lists = _firsts([len(listed) for listed in named])
    tallies = _firsts([len(s.tallies) if isinstance(s, Queue) else 0 for s in stages])
    table = np.full((len(stages), at.MOVING + 1), at.NONE, dtype=np.int64)
    for i, (row, stage) in enumerate(zip(table, stages, strict=True)):
        row[[at.START_AGES, at.CAP, at.KIND]] = 0, 0, at.INFLOW
        row[[at.FLOW_FIRST, at.FLOW_END]] = flows[i], flows[i + 1]
        row[[at.CHANNEL_FIRST, at.CHANNEL_END]] = lists[i], lists[i + 1]
        row[[at.TALLY_FIRST, at.TALLY_END]] = tallies[i], tallies[i + 1]
        if isinstance(stage, Inflow):
            row[at.AMOUNT] = given.add(stage.amount)
            continue
        row[at.START_AGES], row[at.CAP] = len(stage.start), stage.cap
        row[at.PLACE] = ends.index(stage.lives) if stage.lives else at.NONE
        row[at.PROFILE] = wishes.profiles.index(stage.name) if stage.name in wishes.profiles else at.NONE
        if isinstance(stage, Queue):
            _fill_queue(row, stage, servers, given)
        else:
            row[at.KIND] = at.DWELL
            row[at.FLAT], row[at.MOVING] = int(_is_flat(stage, wishes)), int(_moves(stage, given))
    return table


def _fill_queue(row: Ints, queue: Queue, servers: Sequence[str], given: Inputs) -> None:
    row[at.KIND], row[at.SERVER] = at.QUEUE, servers.index(queue.server)
    row[at.RESERVED], row[at.MIN_AGE] = given.add(queue.share), queue.min_age
    row[at.BACKWARDS] = int(queue.order == "newest")
    apart = queue.out_of_order
    if apart is not None:
        row[[at.APART, at.APART_FROM, at.APART_TO]] = given.add(apart.share), apart.from_age, apart.to_age


def _flow_table(leaving: Sequence[tuple[Stage, str]], routes: Sequence[Sequence[Route]], given: Inputs) -> Ints:
    """One row a flow: how often its hazard is taken, and where its routes begin and end."""
    firsts = _firsts([len(listed) for listed in routes])
    exit_of = [_exit(stage, name) for stage, name in leaving]
    times = [given.add(exit.times if exit else None) for exit in exit_of]
    return _ints([(times[i], firsts[i], firsts[i + 1]) for i in range(len(leaving))]).reshape(-1, 3)


def _route_table(stages: Sequence[Stage], routes: Sequence[Sequence[Route]], given: Inputs) -> Ints:
    """One row a route: where to, what share, and where its delay begins and ends."""
    listed = [route for of_flow in routes for route in of_flow]
    rank, delays = {stage.name: i for i, stage in enumerate(stages)}, _firsts([len(r.delay) for r in listed])
    rows = [(rank[r.to], given.add(r.share), delays[i], delays[i + 1]) for i, r in enumerate(listed)]
    return _ints(rows).reshape(-1, 4)


def _exit(stage: Stage, name: str) -> Exit | None:
    return next((e for e in stage.exits if e.name == name), None) if isinstance(stage, Dwell) else None


def _hazard(stage: Stage, name: str) -> tuple[float, ...]:
    exit = _exit(stage, name)
    return exit.hazard if exit else (0.0,)


def _ints(numbers: Sequence[object]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def _firsts(counts: Sequence[int]) -> Ints:
    """Where each of a row of lists begins in one long list, and where the last ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.array(counts, dtype=np.int64))])


def _table(rows: Sequence[Sequence[float]], ages: int, last_holds: bool = True) -> Floats:
    """Rows by age; the last value of a row holds for all that are older, or nothing does."""
    table = np.zeros((len(rows), ages))
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row[:ages]
        if last_holds and row:
            line[len(row) :] = row[-1]
    return table


def _is_flat(dwell: Dwell, wishes: Wishes) -> bool:
    """Whether a dwell needs no ages: one hazard for all, and nobody asks how long they are there."""
    asked = dwell.cap > 0 or dwell.name in wishes.profiles
    return not asked and all(len(exit.hazard) == 1 for exit in dwell.exits)


def _moves(dwell: Dwell, given: Inputs) -> bool:
    """Whether the hazards of a dwell change from month to month."""
    return any(given.of(exit.times).shape[0] > 1 for exit in dwell.exits)


def _terms(queue: Queue | None, months: int, history: int) -> list[int]:
    """The term of each cohort, those from before the first month included."""
    if queue is None or queue.term is None:
        return [at.NO_TERM] * (history + months)
    pairs = queue.term if isinstance(queue.term, tuple) else ((0, queue.term),)
    return [
        next((term for month, term in reversed(pairs) if month <= entry), pairs[0][1])
        for entry in range(-history, months)
    ]


def _due(term: Ints, queues: Sequence[Queue | None], months: int, history: int) -> tuple[Ints, Ints]:
    """The cohorts that pass their term in each month, by stage."""
    firsts, listed = np.zeros((len(queues), months + 1), np.int64), list[int]()
    for s, queue in enumerate(queues):
        passing: list[list[int]] = [[] for _ in range(months)]
        for i, months_allowed in enumerate(term[s] if queue else ()):
            month = i - history + int(months_allowed) + 1
            if 0 <= month < months:
                passing[month].append(i)
        for t in range(months):
            firsts[s, t] = len(listed)
            listed.extend(passing[t])
        firsts[s, months] = len(listed)
    return firsts, np.array(listed, dtype=np.int64)


def _slots(named: Sequence[Sequence[Channel]], wanted: Sequence[str]) -> list[int]:
    """The place of each channel among what is kept; minus one where it is not."""
    places_of = {name: i for i, name in enumerate(wanted)}
    return [places_of.get(channel.name, at.NONE) for listed in named for channel in listed]


def _yearly(named: Sequence[Sequence[Channel]], year_of: Ints) -> tuple[Floats, Floats]:
    """How a year is made of months: what is kept of it so far, and the weight of each month."""
    sizes = np.bincount(year_of)
    hows = [channel.yearly for listed in named for channel in listed]
    keep = np.array([0.0 if how == "last" else 1.0 for how in hows])
    weight = np.array([1.0 / sizes if how == "mean" else np.ones(len(sizes)) for how in hows])
    return keep, weight


def _wrong_wishes(named: Sequence[Sequence[Channel]], wishes: Wishes, stages: Sequence[Stage]) -> Iterator[str]:
    """Names that are asked for and are not there, and results that would share a name."""
    for name, times in Counter(channel.name for listed in named for channel in listed).items():
        if times > 1:
            yield f"{times} results would be called {name!r}: rename a stage, an exit or a place"
    known = {channel.name for listed in named for channel in listed}
    for name in (*wishes.by_month, *wishes.by_year):
        if name not in known:
            yield f"there is no result {name!r}"
    for name in wishes.profiles:
        if name not in {stage.name for stage in stages if not isinstance(stage, Inflow)}:
            yield f"there is no stage {name!r} to give a profile of"
