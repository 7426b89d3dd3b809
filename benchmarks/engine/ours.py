"""The toy chain with our engine: the one place that knows how it is called and what its results are named."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from inputs import DAYS, MONTHS, YEARLY, YEARS, Inputs, Outputs

from ketenraming.chain import kernel, machine
from ketenraming.chain import run as engine
from ketenraming.chain.results import Results
from ketenraming.chain.toy import TOY

BY_MONTH = ("reception_stock_end", "decision_overdue")
SUMS = {  # yearly outputs that the engine sums itself
    "inflow": "applications_inflow",
    "decided": "decision_outflow",
    "on time": "decision_on_time",
    "penalty": "decision_penalty",
    "housed": "housing_outflow",
    "independent": "return_independent_outflow",
    "forced": "return_forced_outflow",
    "unsupervised": "return_unsupervised_outflow",
}


def simulate(inputs: Inputs, threads: int = 1) -> Results:
    """Run all draws, and nothing else: what is asked for is what the engine can give of the outputs."""
    values = {name: inputs[name][None] for name in ("C", "H", "g", "m1", "m2", "m3")}
    values |= {"X": inputs.inflow, "refused": 1 - values["g"], "family": 0.6 * values["g"]}
    return engine.simulate(
        TOY,
        months=MONTHS,
        values=values,
        draws=inputs.draws,
        by_month=BY_MONTH,
        by_year=(*SUMS.values(), "housing_inflow"),
        threads=threads,
    )


def run(inputs: Inputs, threads: int = 1) -> Outputs:
    """Run all draws; grants, family and cost are made of what the engine gives, with NumPy."""
    results, draws = simulate(inputs, threads), inputs.draws
    occupancy = results["reception_stock_end"]
    yearly = {name: results.yearly(kept) for name, kept in SUMS.items()}
    yearly["grants"] = inputs["g"] * yearly["decided"]
    yearly["family"] = results.yearly("housing_inflow") - yearly["grants"]
    yearly["above K"] = np.maximum(occupancy - inputs["K"], 0).reshape(YEARS, -1, draws).sum(axis=1)
    yearly["below K"] = occupancy.reshape(YEARS, -1, draws).sum(axis=1) - yearly["above K"]
    yearly["cost"] = DAYS * (90 * yearly["below K"] + 180 * yearly["above K"])
    return Outputs(occupancy, results["decision_overdue"], np.stack([yearly[name] for name in YEARLY]))


class Spent:
    """Seconds that a function has taken, in all its calls."""

    seconds = 0.0


@contextmanager
def watching(owner: Any, name: str) -> Iterator[Spent]:
    """Count what a function takes while the block runs, wherever the engine calls it."""
    spent, watched = Spent(), getattr(owner, name)

    def call(*arguments: Any) -> Any:
        started = time.perf_counter()
        given = watched(*arguments)
        spent.seconds += time.perf_counter() - started
        return given

    setattr(owner, name, call)
    try:
        yield spent
    finally:
        setattr(owner, name, watched)


def kernel_seconds(inputs: Inputs, times: int) -> float:
    """What the kernel itself takes in so many runs on one thread, fresh memory for results included."""
    with watching(machine.Compiled, "__call__") as spent:
        for _ in range(times):
            simulate(inputs)
    return spent.seconds


def first_call(inputs: Inputs) -> dict[str, float]:
    """The seconds of the first run of a process: to write the code, to compile it, and for the rest."""
    with watching(engine, "kernel_of") as making, watching(kernel, "compiled") as compiling:
        started = time.perf_counter()
        run(inputs)
        seconds = time.perf_counter() - started
    return {
        "write the code": making.seconds - compiling.seconds,
        "compile it": compiling.seconds,
        "run": seconds - making.seconds,
    }
