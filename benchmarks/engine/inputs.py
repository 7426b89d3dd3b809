"""
What all implementations of the toy chain are given, and how their outputs are compared.

Inflow is (72, draws); parameters are vectors by draw. Outputs are `Outputs`: occupancy and overdue (72, draws), and
yearly sums (13, 6, draws) in the order of `YEARLY`.
"""

from dataclasses import dataclass, replace

import numpy as np

AGES, MONTHS, YEARS, TERM = 48, 72, 6, 6
DAYS = 30.4375  # in a month
PARAMETERS = ("C", "H", "g", "m1", "m2", "m3", "K")
YEARLY = (
    "inflow", "decided", "on time", "penalty", "grants", "family", "housed",
    "independent", "forced", "unsupervised", "below K", "above K", "cost",
)  # fmt: skip
SEED = 20260917

Array = np.ndarray


@dataclass(frozen=True)
class Inputs:
    """Inflow (72, draws) and parameters (7, draws), both contiguous."""

    inflow: Array
    parameters: Array

    @property
    def draws(self) -> int:
        return self.inflow.shape[1]

    def __getitem__(self, name: str) -> Array:
        return self.parameters[PARAMETERS.index(name)]


@dataclass(frozen=True)
class Outputs:
    """Occupancy and overdue (72, draws), yearly sums (13, 6, draws)."""

    occupancy: Array
    overdue: Array
    yearly: Array

    @classmethod
    def empty(cls, draws: int) -> "Outputs":
        return cls(np.empty((MONTHS, draws)), np.empty((MONTHS, draws)), np.empty((len(YEARLY), YEARS, draws)))


def draw(draws: int, seed: int = SEED) -> Inputs:
    """Inputs of so many draws; the same seed gives the same."""
    random = np.random.default_rng(seed)
    shocks = random.standard_normal((MONTHS, draws))
    variance = 0.12**2 / (1 - 0.7**2)
    z, inflow = np.sqrt(variance) * random.standard_normal(draws), np.empty((MONTHS, draws))
    for t in range(MONTHS):
        z = 0.7 * z + 0.12 * shocks[t]
        inflow[t] = 4500 * np.exp(z - variance / 2)
    parameters = np.stack(
        [
            random.normal(4000, 200, draws),
            random.normal(3200, 200, draws),
            random.uniform(0.5, 0.7, draws),
            *np.exp(0.15 * random.standard_normal((3, draws))),
            random.normal(70_000, 4000, draws),
        ]
    )
    return Inputs(inflow, parameters)


def extremes(draws: int = 60) -> Inputs:
    """Inputs at which queues run empty, stand still and pass the last age: for comparison, not for time."""
    inputs = draw(draws, SEED + 1)
    parameters = inputs.parameters.copy()
    parameters[0] *= np.resize([0.0, 0.1, 0.3, 0.9, 1.5, 9.0], draws)
    parameters[1] *= np.resize([0.1, 9.0, 0.4, 2.0, 0.0], draws)
    return replace(inputs, parameters=parameters)


def differences(ours: Outputs, reference: Outputs) -> dict[str, float]:
    """The largest relative difference of each output; below one person or euro it counts as absolute."""
    pairs = {"occupancy": (ours.occupancy, reference.occupancy), "overdue": (ours.overdue, reference.overdue)}
    pairs |= {name: (ours.yearly[i], reference.yearly[i]) for i, name in enumerate(YEARLY)}
    return {
        name: float(np.max(np.abs(one - other) / np.maximum(np.abs(other), 1.0), initial=0.0))
        for name, (one, other) in pairs.items()
    }


def disagreements(ours: Outputs, reference: Outputs, tolerance: float = 1e-9) -> dict[str, float]:
    """The outputs that differ by more than the tolerance (NaN does too)."""
    return {name: size for name, size in differences(ours, reference).items() if not size <= tolerance}
