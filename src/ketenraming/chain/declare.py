"""What can be wrong with a declaration, all at once; and the order in which its stages are passed."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from ketenraming.base.errors import ChainInvalid
from ketenraming.chain.stage import Chain, Dwell, Inflow, Queue, Route, Stage

_EPSILON = 1e-9


@lru_cache(maxsize=64)
def validate(chain: Chain) -> None:
    """Raise ChainInvalid with every mistake of a declaration."""
    mistakes = [*_names(chain), *_stages(chain), *_routes(chain), *_shares(chain)]
    if not mistakes:
        mistakes = list(_loops(chain))
    if mistakes:
        raise ChainInvalid(chain.name, mistakes)


def in_order(chain: Chain) -> list[Stage]:
    """The stages in an order in which no route runs backwards within a month; else as declared."""
    by_name = {stage.name: stage for stage in chain.stages}
    sorter: TopologicalSorter[str] = TopologicalSorter({stage.name: [] for stage in chain.stages})
    for route in chain.routes:
        if at_once(route):
            sorter.add(route.to, route.source)
    rank = {stage.name: i for i, stage in enumerate(chain.stages)}
    sorter.prepare()
    found: list[Stage] = []
    ready = list(sorter.get_ready())
    while ready:
        first = min(ready, key=rank.__getitem__)
        ready.remove(first)
        found.append(by_name[first])
        sorter.done(first)
        ready.extend(sorter.get_ready())
    return found


def at_once(route: Route) -> bool:
    """Whether somebody may arrive in the month of leaving."""
    return not route.delay or route.delay[0] > 0


def exits(stage: Stage) -> tuple[str, ...]:
    """The names of the ways out of a stage."""
    return tuple(exit.name for exit in stage.exits) if isinstance(stage, Dwell) else ("",)


def _names(chain: Chain) -> Iterator[str]:
    for kind, names in (("stage", [s.name for s in chain.stages]), ("server", [s.name for s in chain.servers])):
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{kind} {name!r} is declared {times} times"
            if not name.isidentifier():
                yield f"{kind} {name!r} must be a plain name: letters, digits and _"
    if not 2 <= chain.ages <= 600:
        yield f"a chain tells apart 2 to 600 ages, not {chain.ages}"
    yield from _amounts(chain)


def _amounts(chain: Chain) -> Iterator[str]:
    arriving = [(s.name, s.amount) for s in chain.stages if isinstance(s, Inflow)]
    for name, amount in (*arriving, *((server.name, server.capacity) for server in chain.servers)):
        if isinstance(amount, int | float) and amount < 0:
            yield f"{name!r} is below nought"
    for unit in (*chain.stages, *chain.servers):
        if not unit.unit:
            yield f"{unit.name!r} has no unit"


def _stages(chain: Chain) -> Iterator[str]:
    servers = {server.name for server in chain.servers}
    for server in servers - {s.server for s in chain.stages if isinstance(s, Queue)}:
        yield f"server {server!r} works for no queue"
    for stage in chain.stages:
        if isinstance(stage, Inflow):
            continue
        if len(stage.start) > chain.ages or any(n < 0 for n in stage.start):
            yield f"{stage.name!r}: start holds at most {chain.ages} ages, none below nought"
        if stage.cap < 0 or stage.cap >= chain.ages:
            yield f"{stage.name!r}: cap is from 0 to {chain.ages - 1} months"
        yield from _queue(stage, servers) if isinstance(stage, Queue) else _dwell(stage, chain.ages)


def _queue(queue: Queue, servers: set[str]) -> Iterator[str]:
    if queue.server not in servers:
        yield f"{queue.name!r}: there is no server {queue.server!r}"
    if queue.min_age < 0:
        yield f"{queue.name!r}: min_age is below nought"
    yield from _part(queue.share, f"{queue.name!r}: share")
    apart = queue.out_of_order
    if apart is not None:
        yield from _part(apart.share, f"{queue.name!r}: the share out of order")
        if not 0 <= apart.from_age <= apart.to_age:
            yield f"{queue.name!r}: out of order from age {apart.from_age} to {apart.to_age} holds nobody"
    yield from _terms(queue)
    yield from _tallies(queue)


def _terms(queue: Queue) -> Iterator[str]:
    pairs = queue.term if isinstance(queue.term, tuple) else ((0, queue.term or 0),)
    months = [month for month, _ in pairs]
    if not pairs or months != sorted(set(months)):
        yield f"{queue.name!r}: the months of the term must rise"
    if any(term < 0 for _, term in pairs):
        yield f"{queue.name!r}: a term is below nought"


def _tallies(queue: Queue) -> Iterator[str]:
    for tally in queue.tallies:
        if not tally.weights:
            yield f"{queue.name!r}: the tally {tally.name!r} has no weights"
        if tally.by == "late" and queue.term is None:
            yield f"{queue.name!r}: the tally {tally.name!r} counts months late, and there is no term"


def _dwell(dwell: Dwell, ages: int) -> Iterator[str]:
    if dwell.server:
        yield f"{dwell.name!r} has no capacity: nobody works for a dwell. Declare a Queue that {dwell.server!r} serves"
    if not dwell.exits:
        yield f"{dwell.name!r} has no exit"
    for name, times in Counter(exit.name for exit in dwell.exits).items():
        if times > 1 or not name.isidentifier():
            yield f"{dwell.name!r}: the exit {name!r} is there {times} times or is no plain name"
    for exit in dwell.exits:
        if not exit.hazard or not all(0 <= chance <= 1 for chance in exit.hazard):
            yield f"{dwell.name!r}: the hazards of {exit.name!r} are chances from 0 to 1"
        if isinstance(exit.times, int | float) and exit.times < 0:
            yield f"{dwell.name!r}: {exit.name!r} is taken a negative number of times"
    yield from _chances(dwell, ages)


def _chances(dwell: Dwell, ages: int) -> Iterator[str]:
    """The first age at which the chances that are numbers make more than one."""
    fixed = [exit for exit in dwell.exits if not isinstance(exit.times, str) and exit.hazard]
    for age in range(ages):
        chances = sum(exit.hazard[min(age, len(exit.hazard) - 1)] * float(exit.times) for exit in fixed)
        if chances > 1 + _EPSILON:
            yield f"{dwell.name!r}: at age {age} the chances to leave are {chances:.4g} in all, more than 1"
            return


def _part(share: object, what: str) -> Iterator[str]:
    if isinstance(share, int | float) and not 0 <= share <= 1:
        yield f"{what} is {share:.4g}, not from 0 to 1"


def _routes(chain: Chain) -> Iterator[str]:
    stages = {stage.name: stage for stage in chain.stages}
    for route in chain.routes:
        what = f"route {route.source!r} → {route.to!r}"
        source, target = stages.get(route.source), stages.get(route.to)
        for name, stage in ((route.source, source), (route.to, target)):
            if stage is None:
                yield f"{what}: there is no stage {name!r}"
        if source is not None and route.exit not in exits(source):
            yield f"{what}: {route.source!r} has no exit {route.exit!r}"
        if isinstance(target, Inflow):
            yield f"{what}: nobody can be sent into an inflow"
        if source is not None and target is not None and not route.spawning and source.unit != target.unit:
            yield f"{what}: {source.unit} do not become {target.unit}; a route that makes others is spawning"
        if route.delay and (min(route.delay) < 0 or abs(sum(route.delay) - 1) > _EPSILON):
            yield f"{what}: the chances of the delay make {sum(route.delay):.4g}, not 1"
        if isinstance(route.share, int | float) and route.share < 0:
            yield f"{what}: the share is below nought"


def _shares(chain: Chain) -> Iterator[str]:
    together: Counter[tuple[str, str]] = Counter()
    for route in chain.routes:
        if not route.spawning and not isinstance(route.share, str):
            together[route.source, route.exit] += route.share  # type: ignore[assignment]
    for (source, exit), share in together.items():
        if share > 1 + _EPSILON:
            yield f"{source!r} {exit}: the routes take {share:.4g} of those who leave, more than 1".replace("  ", " ")
    kept: Counter[str] = Counter()
    for stage in chain.stages:
        if isinstance(stage, Queue) and isinstance(stage.share, int | float):
            kept[stage.server] += stage.share  # type: ignore[assignment]
    for server, share in kept.items():
        if share > 1 + _EPSILON:
            yield f"server {server!r}: the queues keep {share:.4g} of its capacity, more than 1"


def _loops(chain: Chain) -> Iterator[str]:
    try:
        in_order(chain)
    except CycleError as error:
        yield f"{' → '.join(error.args[1])} is a loop without delay"
