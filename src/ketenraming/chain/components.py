"""
A chain in parts that never meet: no route, no server and no place in common.

What goes on in one part is not felt in another, so each can be run by itself, and need not be run again when only
another has changed.
"""

from collections.abc import Iterator
from functools import lru_cache

from ketenraming.chain.stage import Chain, Inflow, Queue, Stage


@lru_cache(maxsize=16)
def components(chain: Chain) -> tuple[Chain, ...]:
    """The parts, in the order of their first stages; together they have all stages and routes."""
    group = {stage.name: i for i, stage in enumerate(chain.stages)}
    for one, other in _meeting(chain):
        old, new = group[other], group[one]
        group = {name: new if number == old else number for name, number in group.items()}
    return tuple(
        _part(chain, {name for name, n in group.items() if n == number}) for number in dict.fromkeys(group.values())
    )


def _meeting(chain: Chain) -> Iterator[tuple[str, str]]:
    """Pairs of stages that feel each other: by a route, by who serves them, or by where their people live."""
    yield from ((route.source, route.to) for route in chain.routes)
    first: dict[tuple[str, str], str] = {}
    for stage in chain.stages:
        for shared in _shared(stage):
            yield first.setdefault(shared, stage.name), stage.name


def _shared(stage: Stage) -> Iterator[tuple[str, str]]:
    """What a stage may share with others."""
    if isinstance(stage, Queue):
        yield "server", stage.server
    if not isinstance(stage, Inflow) and stage.lives:
        yield "place", stage.lives


def _part(chain: Chain, names: set[str]) -> Chain:
    stages = tuple(stage for stage in chain.stages if stage.name in names)
    served = {stage.server for stage in stages if isinstance(stage, Queue)}
    return Chain(
        f"{chain.name}: {stages[0].name}",
        stages,
        tuple(route for route in chain.routes if route.source in names),
        tuple(server for server in chain.servers if server.name in served),
        chain.ages,
    )
