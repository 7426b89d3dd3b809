"""
The specification of a chain, as plain loops: one draw, one month, one stage, one cohort at a time.

This is slow and meant to be read; the compiled kernel must give the same. It therefore shares nothing with the kernel
but the declaration. People are kept by their month of entry: those who are in a stage before month 0 with age a entered
in month -1-a, so that in month 0 they are one month older. The age in month t of whoever entered in month e is t-e.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ketenraming.chain.stage import Amount, Chain, Dwell, Inflow, Queue, Route, Stage, Tally

Series = NDArray[np.float64]  # by month
Values = Mapping[str, float | Series]
People = dict[int, float]  # by month of entry


@dataclass(frozen=True, slots=True)
class _Run:
    """What is known while the months pass: who is where, who is on the way, what servers have left, what was noted."""

    chain: Chain
    months: int
    values: Values
    people: dict[str, People]  # by stage
    arrivals: dict[str, Series]  # by stage, and month of arrival
    remaining: dict[str, float]  # by server
    results: dict[str, Series]

    def at(self, amount: Amount, month: int) -> float:
        """What an amount is in a month: itself, or the input of that name."""
        given = self.values[amount] if isinstance(amount, str) else amount
        return float(np.broadcast_to(given, self.months)[month])

    def note(self, name: str, month: int, number: float) -> None:
        """Add to a result; several stages may add to one place."""
        self.results.setdefault(name, np.zeros(self.months))[month] += number


def simulate(chain: Chain, months: int, values: Values, profiles: Sequence[str] = ()) -> dict[str, Series]:
    """Run one draw of a chain, from inputs that are one number or one by month; the profiles are by month and age."""
    run = _Run(
        chain,
        months,
        values,
        people={s.name: _at_the_start(s) for s in chain.stages},
        arrivals={s.name: np.zeros(months) for s in chain.stages},
        remaining={},
        results={f"{name}_profile": np.zeros((months, chain.ages)) for name in profiles},
    )
    stages = in_order(chain)
    for month in range(months):
        _open_servers(run, month)
        for stage in stages:
            flows = _pass(run, stage, month)
            for route in chain.routes:
                if route.source == stage.name:
                    _send(run, route, flows[route.exit], month)
    return run.results


def in_order(chain: Chain) -> list[Stage]:
    """Put each stage after those it may get people from in the month itself; otherwise as declared."""
    within = [route for route in chain.routes if not route.delay or route.delay[0] > 0]
    waiting, ordered = list(chain.stages), list[Stage]()
    while waiting:
        names = {stage.name for stage in waiting}
        held_back = {route.to for route in within if route.source in names}
        ordered.append(next(stage for stage in waiting if stage.name not in held_back))
        waiting.remove(ordered[-1])
    return ordered


def _at_the_start(stage: Stage) -> People:
    return {} if isinstance(stage, Inflow) else {-1 - age: number for age, number in enumerate(stage.start)}


def _open_servers(run: _Run, month: int) -> None:
    """Set apart what is kept for some queues, before any other can use it."""
    for server in run.chain.servers:
        queues = [q for q in run.chain.stages if isinstance(q, Queue) and q.server == server.name]
        kept = sum(run.at(queue.share, month) for queue in queues if queue.share is not None)
        run.remaining[server.name] = run.at(server.capacity, month) * max(0.0, 1 - kept)


def _pass(run: _Run, stage: Stage, month: int) -> dict[str, float]:
    """Let newcomers join and then people leave; say how many left by each exit."""
    if isinstance(stage, Inflow):
        amount = run.at(stage.amount, month)
        run.note(f"{stage.name}_inflow", month, amount)
        return {"": amount}
    arrived = float(run.arrivals[stage.name][month])
    run.note(f"{stage.name}_inflow", month, arrived)
    run.people[stage.name][month] = arrived
    flows = _serve(run, stage, month) if isinstance(stage, Queue) else _leave(run, stage, month)
    _count(run, stage, month)
    return flows


def _serve(run: _Run, queue: Queue, month: int) -> dict[str, float]:
    """Serve a queue with what is kept for it, or with what its server has left."""
    people, available = run.people[queue.name], run.remaining[queue.server]
    if queue.share is not None:
        server = next(server for server in run.chain.servers if server.name == queue.server)
        available = run.at(server.capacity, month) * run.at(queue.share, month)
    passing_by = available * run.at(queue.out_of_order.share, month) if queue.out_of_order else 0.0
    served = _served(queue, people, month, available, passing_by)
    for entry, number in served.items():
        people[entry] -= number
    outflow = sum(served.values())
    if queue.share is None:
        run.remaining[queue.server] = max(0.0, available - outflow)
    run.note(f"{queue.name}_outflow", month, outflow)
    _note_terms(run, queue, month, served)
    for tally in queue.tallies:
        counted = served if tally.of == "served" else people
        number = sum(n * _weight(run, queue, tally, month, entry) for entry, n in counted.items())
        run.note(f"{queue.name}_{tally.name}", month, number)
    return {"": outflow}


def _served(queue: Queue, people: People, month: int, available: float, passing_by: float) -> People:
    """Who is served: first the part that passes the order by, then the others in order."""
    served = dict.fromkeys(people, 0.0)
    eligible = [entry for entry in sorted(people) if month - entry >= queue.min_age]  # the oldest first
    if rule := queue.out_of_order:
        favoured = [entry for entry in eligible if rule.from_age <= month - entry <= rule.to_age]
        total = sum(people[entry] for entry in favoured)
        fraction = min(1.0, passing_by / total) if total > 0 else 0.0
        served |= {entry: people[entry] * fraction for entry in favoured}
    left = available - sum(served.values())
    for entry in eligible if queue.order == "oldest" else reversed(eligible):
        taken = max(0.0, min(left, people[entry] - served[entry]))
        served[entry] += taken
        left -= taken
    return served


def _note_terms(run: _Run, queue: Queue, month: int, served: People) -> None:
    """Count those served within their term, and those who still wait beyond it."""
    if queue.term is None:
        return
    on_time = sum(n for entry, n in served.items() if month - entry <= term_of(queue, entry))
    overdue = sum(n for entry, n in run.people[queue.name].items() if month - entry > term_of(queue, entry))
    run.note(f"{queue.name}_on_time", month, on_time)
    run.note(f"{queue.name}_overdue", month, overdue)


def term_of(queue: Queue, entry: int) -> int:
    """The term of who entered in a month; for who entered before the first term, that one."""
    if queue.term is None or isinstance(queue.term, int):
        return queue.term or 0
    begun = [term for first, term in queue.term if first <= entry]
    return begun[-1] if begun else queue.term[0][1]


def _weight(run: _Run, queue: Queue, tally: Tally, month: int, entry: int) -> float:
    if tally.by == "late":
        return last_holds(tally.weights, max(0, month - entry - term_of(queue, entry)))
    return last_holds(tally.weights, min(month - entry, run.chain.ages - 1))


def last_holds(by_age: Sequence[float], age: int) -> float:
    """Look up an age in a tuple of which the last holds for all that are older."""
    return by_age[min(age, len(by_age) - 1)]


def _leave(run: _Run, dwell: Dwell, month: int) -> dict[str, float]:
    """Let each exit take its part of all who are present, newcomers too; the exits do not wait for each other."""
    people = run.people[dwell.name]
    flows = dict.fromkeys([way_out.name for way_out in dwell.exits], 0.0)
    for entry, present in people.items():
        for way_out in dwell.exits:
            hazard = last_holds(way_out.hazard, min(month - entry, run.chain.ages - 1))
            left = present * hazard * run.at(way_out.times, month)
            flows[way_out.name] += left
            people[entry] -= left
    for name, flow in flows.items():
        run.note(f"{dwell.name}_{name}_outflow", month, flow)
    return flows


def _count(run: _Run, stage: Queue | Dwell, month: int) -> None:
    """Count who is here at the end of the month, in all the ways that are asked for."""
    people = run.people[stage.name]
    stock = sum(people.values())
    run.note(f"{stage.name}_stock_end", month, stock)
    if stage.lives:
        run.note(f"{stage.lives}_stock_end", month, stock)
    if stage.cap > 0:
        run.note(f"{stage.name}_under_cap", month, sum(n for e, n in people.items() if month - e < stage.cap))
    if f"{stage.name}_profile" in run.results:
        for entry, number in people.items():
            run.results[f"{stage.name}_profile"][month, min(month - entry, run.chain.ages - 1)] += number


def _send(run: _Run, route: Route, flow: float, month: int) -> None:
    """Bring people to the next stage, now or later; who would arrive after the last month is left on the way."""
    amount = flow * run.at(route.share, month)
    for later, chance in enumerate(route.delay or (1.0,)):
        if month + later < run.months:
            run.arrivals[route.to][month + later] += amount * chance
