"""The toy chain with our engine: the one place that knows how it is called and what its results are named."""

import numpy as np
from inputs import DAYS, MONTHS, YEARLY, YEARS, Inputs, Outputs

from ketenraming.chain.run import simulate
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


def run(inputs: Inputs, threads: int = 1) -> Outputs:
    """Run all draws; grants, family and cost are made of what the engine gives."""
    draws = inputs.draws
    values = {name: inputs[name][None] for name in ("C", "H", "g", "m1", "m2", "m3")}
    values |= {"X": inputs.inflow, "refused": 1 - values["g"], "family": 0.6 * values["g"]}
    results = simulate(
        TOY,
        months=MONTHS,
        values=values,
        draws=draws,
        by_month=BY_MONTH,
        by_year=(*SUMS.values(), "housing_inflow"),
        threads=threads,
    )
    occupancy = results["reception_stock_end"]
    yearly = {name: results.yearly(kept) for name, kept in SUMS.items()}
    yearly["grants"] = inputs["g"] * yearly["decided"]
    yearly["family"] = results.yearly("housing_inflow") - yearly["grants"]
    yearly["above K"] = np.maximum(occupancy - inputs["K"], 0).reshape(YEARS, -1, draws).sum(axis=1)
    yearly["below K"] = occupancy.reshape(YEARS, -1, draws).sum(axis=1) - yearly["above K"]
    yearly["cost"] = DAYS * (90 * yearly["below K"] + 180 * yearly["above K"])
    return Outputs(occupancy, results["decision_overdue"], np.stack([yearly[name] for name in YEARLY]))
