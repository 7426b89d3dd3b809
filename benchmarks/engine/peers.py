"""
The toy chain with simulation packages of others: PySD, BPTK-Py and SimPy, where they can be imported.

PySD and BPTK-Py run the full chain, by age, with Euler steps of a month, and should give the same occupancy and overdue
(PySD writes tables with eight digits, so it differs by some 1e-9). Neither knows queues by age, so what a queue serves
is written out: at each age no more than the older leave. The BPTK-Py model is the one of `tests/chain/test_peer.py`.
SimPy moves persons one by one at a tenth of the scale; it can only come near.

    uv run --no-sync --with pysd --with simpy python benchmarks/engine/peers.py
"""

import statistics
import sys
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import inputs
import numpy as np
import ours
from inputs import AGES, MONTHS, TERM, Array, Inputs
from rich.console import Console
from rich.table import Table
from toy_numpy import DELAY, HAZARDS, PENALTY

sys.path.append(str(Path(__file__).parents[2] / "tests"))
from chain import bptk_toy

T = TypeVar("T")
DRAWS = 3  # what the peers run of a set of inputs, one by one


@dataclass(frozen=True)
class Score:
    """How a peer did: seconds to build the model once, microseconds per draw, and how near it came."""

    name: str
    build: float
    per_draw: float
    difference: str


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what it gave."""
    started = time.perf_counter()
    given = run()
    return time.perf_counter() - started, given


def furthest(found: list[tuple[Array, Array]], given: Inputs) -> str:
    """The largest relative difference of occupancy and overdue from ours, over draws."""
    reference = ours.run(given)
    sizes = [
        float(np.max(np.abs(one / other[:, draw] - 1)))
        for draw, pair in enumerate(found)
        for one, other in zip(pair, (reference.occupancy, reference.overdue), strict=True)
    ]
    return f"{max(sizes):.0e} relative"


# PySD: a Vensim model


def _numbers(array: Array) -> str:
    if array.ndim == 2:
        return "".join(f"{_numbers(row)};" for row in array)
    return ",".join(f"{x:.17g}" for x in array)


def vensim() -> str:
    """The toy chain as a Vensim model with subscripts for age; moving on a month is a product with a matrix."""
    shift, shift_wait = np.eye(AGES, k=-1), np.eye(24, k=1)
    shift[-1, -1] = 1
    first = np.eye(AGES)[0]
    ages = np.arange(AGES)
    tables = {
        "SHIFT[age,other]": shift,
        "OLDER[age,other]": np.triu(np.ones((AGES, AGES)), 1),
        "NEXT[wait,other wait]": shift_wait,
        "FIRST[age]": first,
        "NOT FIRST[age]": 1 - first,
        "PENALTY BY AGE[age]": PENALTY,
        "LATE[age]": (ages > TERM) * 1.0,
        "H1[age]": HAZARDS[0],
        "H2[age]": HAZARDS[1],
        "H3[age]": HAZARDS[2],
        "DELAY[wait]": np.concatenate([[0.0, 0.0], DELAY]),
        "D START[age]": np.array(bptk_toy.at_start("decision")),
        "W START[age]": np.array(bptk_toy.at_start("housing")),
        "R START[age]": np.array(bptk_toy.at_start("return")),
    }
    equations = {
        **{name: "1" for name in ("X", "C", "H", "G", "M1", "M2", "M3")},
        "D old[age]": "SUM(D[other!]*SHIFT[age,other!]) + X*FIRST[age]",
        "D before[age]": "SUM(D old[other!]*OLDER[age,other!]*NOT FIRST[age])",
        "D out[age]": "MIN(D old[age], MAX(0, C - D before[age]))*NOT FIRST[age]",
        "D[age]": "INTEG(D old[age] - D out[age] - D[age], D START[age])",
        "decided": "SUM(D out[age!])",
        "on time": "SUM(D out[age!]*(1-LATE[age!]))",
        "penalty": "SUM(D out[age!]*PENALTY BY AGE[age!])",
        "overdue": "SUM((D old[age!]-D out[age!])*LATE[age!])",
        "grants": "G*decided",
        "refused": "decided - grants",
        "P[wait]": "INTEG(SUM(P[other wait!]*NEXT[wait,other wait!]) + 0.6*grants*DELAY[wait] - P[wait], 0)",
        "family": "P[W1]",
        "W old[age]": "SUM(W[other!]*SHIFT[age,other!]) + (grants+family)*FIRST[age]",
        "W before[age]": "SUM(W old[other!]*OLDER[age,other!])",
        "W out[age]": "MIN(W old[age], MAX(0, H - W before[age]))",
        "W[age]": "INTEG(W old[age] - W out[age] - W[age], W START[age])",
        "housed": "SUM(W out[age!])",
        "R old[age]": "SUM(R[other!]*SHIFT[age,other!])",
        "independent": "M1*SUM(R old[age!]*H1[age!])",
        "forced": "M2*SUM(R old[age!]*H2[age!])",
        "unsupervised": "M3*SUM(R old[age!]*H3[age!])",
        "R new[age]": "R old[age]*(1 - M1*H1[age] - M2*H2[age] - M3*H3[age]) + refused*FIRST[age]",
        "R[age]": "INTEG(R new[age] - R[age], R START[age])",
        "occupancy": "SUM(D old[age!]) - decided + SUM(W old[age!]) - housed + SUM(R new[age!])",
        "INITIAL TIME": "0",
        "FINAL TIME": str(MONTHS - 1),
        "TIME STEP": "1",
        "SAVEPER": "1",
    }
    ranges = [f"age: (A1-A{AGES})", "other <-> age", "wait: (W1-W24)", "other wait <-> wait"]
    parts = [*ranges, *(f"{name}= {_numbers(table)}" for name, table in tables.items())]
    parts += [f"{name}= {equation}" for name, equation in equations.items()]
    return "{UTF-8}\n" + "".join(f"{part}\n\t~\t\n\t~\t\t|\n\n" for part in parts)


def pysd_peers(given: Inputs) -> Iterator[Score]:
    """PySD: reads the Vensim model, translates it to Python with xarray, and runs draws one by one."""
    import pandas
    import pysd

    wanted = ["occupancy", "overdue", "on time", "penalty", "family", "housed", "independent", "forced", "unsupervised"]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / "toy.mdl"
        path.write_text(vensim())
        build, model = timed(lambda: pysd.read_vensim(str(path)))
        found, seconds = [], []
        for draw in range(-1, given.draws):  # the first twice: warm-up
            values: dict[str, Any] = {name: float(given[name][draw]) for name in ("C", "H", "m1", "m2", "m3")}
            values |= {"g": float(given["g"][draw]), "X": pandas.Series(given.inflow[:, draw], index=range(MONTHS))}
            named = {name.upper(): value for name, value in values.items()}
            took, frame = timed(lambda named=named: model.run(params=named, return_columns=wanted))
            seconds.append(took)
            found.append((frame["occupancy"].to_numpy(), frame["overdue"].to_numpy()))
    yield Score(
        f"PySD {version('pysd')}: all, by age", build, 1e6 * statistics.median(seconds[1:]), furthest(found[1:], given)
    )


# BPTK-Py: its system dynamics language, an element for each age


def bptk_peers(given: Inputs) -> Iterator[Score]:
    """BPTK-Py: a model is made anew for each draw, and run by its engine in Python and by the one in Rust."""
    import BPTK_Py  # noqa: F401

    drawn = [{name: float(given[name][draw]) for name in bptk_toy.CONSTANTS} for draw in range(given.draws)]
    built = [timed(partial(bptk_toy.bptk_model, given.inflow[:, draw], drawn[draw])) for draw in range(given.draws)]
    build = statistics.median(seconds for seconds, _ in built)
    for backend in ("python", "rust"):
        runs = [timed(partial(model.simulate, list(bptk_toy.RESULTS), backend=backend)) for _, model in built]
        yield Score(
            f"BPTK-Py {version('bptk-py')}, in {backend.title()}: all, by age",
            build,
            1e6 * statistics.median(seconds for seconds, _ in runs),
            furthest([(f["reception_stock_end"].to_numpy(), f["decision_overdue"].to_numpy()) for _, f in runs], given),
        )


# SimPy: persons


class Persons:
    """The toy chain with a SimPy process for each person, at a tenth of the scale."""

    SCALE = 0.1

    def __init__(self, given: Inputs, draw: int, seed: int = 1) -> None:
        import simpy

        self.env = simpy.Environment()
        self.random = np.random.default_rng(seed)
        self.given, self.draw = given, draw
        self.value = {name: float(given[name][draw]) for name in inputs.PARAMETERS}
        self.deciding: deque[tuple[int, Any]] = deque()
        self.housing: deque[Any] = deque()
        self.events = self.people = 0
        self.occupancy = np.zeros(MONTHS)
        many = np.array([self.value[name] for name in ("m1", "m2", "m3")])
        hazard = np.concatenate([many @ HAZARDS, np.repeat(many @ HAZARDS[:, -1], 200)])
        self.stay_until = np.cumprod(1 - hazard)  # the share still there after each age

    def months_to_return(self, age: int) -> int:
        """At what age somebody of this age leaves: the months from now."""
        here = self.stay_until[age] * self.random.random()
        return int(np.searchsorted(-self.stay_until, -here, side="right")) - age

    def applicant(self, entry: int) -> Iterator[Any]:
        """Waits for a decision, brings family, and waits for a home or leaves."""
        self.people += 1
        decided = self.env.event()
        self.deciding.append((entry, decided))
        yield decided
        self.events += 1
        if self.random.random() >= self.value["g"]:
            yield from self.leaver(0)
            return
        if self.random.random() < 0.6:
            self.env.process(self.relative())
        yield from self.homeless()

    def relative(self) -> Iterator[Any]:
        """Arrives months after the grant."""
        yield self.env.timeout(3 + int(np.searchsorted(np.cumsum(DELAY), self.random.random())))
        self.people += 1
        self.events += 1
        yield from self.homeless()

    def homeless(self) -> Iterator[Any]:
        """Waits for a home."""
        housed = self.env.event()
        self.housing.append(housed)
        yield housed
        self.events += 1
        self.people -= 1

    def leaver(self, age: int) -> Iterator[Any]:
        """Leaves after a time."""
        yield self.env.timeout(self.months_to_return(age))
        self.events += 1
        self.people -= 1

    def months(self) -> Iterator[Any]:
        """Everything that goes by month: inflow, and what is served, at thirds of a month one after the other."""
        env, value = self.env, self.value
        for t in range(MONTHS):
            for _ in range(self._whole(self.given.inflow[t, self.draw])):
                self.events += 1
                env.process(self.applicant(t))
            for _ in range(self._whole(value["C"])):
                if not self.deciding or self.deciding[0][0] >= t:
                    break
                self.deciding.popleft()[1].succeed()
            yield env.timeout(0.25)
            for _ in range(min(self._whole(value["H"]), len(self.housing))):
                self.housing.popleft().succeed()
            yield env.timeout(0.25)
            self.occupancy[t] = self.people / self.SCALE
            yield env.timeout(0.5)

    def _whole(self, number: float) -> int:
        return int(number * self.SCALE + self.random.random())

    def run(self) -> Array:
        """Everybody who is there at the start, and 72 months."""
        scaled = {pool: (round(people * self.SCALE), ages) for pool, (people, ages) in bptk_toy.STARTS.items()}
        for age in reversed(range(scaled["decision"][1])):
            for _ in range(scaled["decision"][0]):
                self.env.process(self.applicant(-1 - age))
        for _ in range(scaled["housing"][0] * scaled["housing"][1]):
            self.people += 1
            self.env.process(self.homeless())
        for age in range(scaled["return"][1]):
            for _ in range(scaled["return"][0]):
                self.people += 1
                self.env.process(self.later(age))
        self.env.process(self.months())
        self.env.run(until=MONTHS)
        return self.occupancy

    def later(self, age: int) -> Iterator[Any]:
        """Leaves; who is here at the start is one month older in the first month."""
        yield self.env.timeout(max(0, self.months_to_return(age) - 1))
        self.events += 1
        self.people -= 1


def simpy_peers(given: Inputs) -> Iterator[Score]:
    """SimPy at a tenth of the scale: events of persons per second, against what ours moves in the same time."""
    import simpy  # noqa: F401

    many = inputs.draw(1000)
    ours.run(many)
    our_seconds, outputs = timed(lambda: ours.run(many))
    moves = [inputs.YEARLY.index(n) for n in ("inflow", "decided", "family", "housed", "independent", "forced")]
    moved = float(outputs.yearly[[*moves, inputs.YEARLY.index("unsupervised")]].sum())
    reference = ours.run(given).occupancy
    seconds, speeds, away = [], [], []
    for draw in range(given.draws):
        persons = Persons(given, draw)
        took, occupancy = timed(persons.run)
        seconds.append(took)
        speeds.append(persons.events / took)
        away.append(float(np.mean(np.abs(occupancy / reference[:, draw] - 1))))
    yield Score(
        f"SimPy {version('simpy')}: persons, a tenth: {statistics.median(speeds):.1e} moves/s (ours, in cohorts, "
        f"{moved / our_seconds:.1e})",
        0.0,
        1e6 * statistics.median(seconds),
        f"{max(away):.1%} of occupancy on average",
    )


def main() -> None:
    """Run the peers that can be imported, and print how they did."""
    console = Console(width=140)
    given = inputs.draw(DRAWS)
    table = Table(title=f"Peers, draw by draw (median of {DRAWS} draws)")
    for column in ("", "build once, s", "ms per draw", "× ours at S = 1000", "from ours"):
        table.add_column(column, justify="left" if column in ("", "from ours") else "right")
    many = inputs.draw(1000)
    ours.run(many)
    per_draw = 1e3 * statistics.median(timed(lambda: ours.run(many))[0] for _ in range(5))
    for peers in (pysd_peers, bptk_peers, simpy_peers):
        try:
            for score in peers(given):
                ratio = f"{score.per_draw / per_draw:,.0f}"
                table.add_row(score.name, f"{score.build:.2f}", f"{score.per_draw / 1e3:,.1f}", ratio, score.difference)
        except ImportError as error:
            console.print(f"Skipped {peers.__name__.removesuffix('_peers')}: {error}.")
    console.print(table)


if __name__ == "__main__":
    main()
