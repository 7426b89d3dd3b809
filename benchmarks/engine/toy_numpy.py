"""The toy chain in NumPy: vectors over draws, loops over months, and over ages where the order matters."""

import numpy as np
from inputs import AGES, DAYS, MONTHS, TERM, YEARLY, Array, Inputs, Outputs

_AGES = np.arange(AGES)
PENALTY = np.minimum(15_000.0, 100 * DAYS * np.maximum(0, _AGES - TERM))
_WEIGHTS = np.array([min((k - 2) / 7, (25 - k) / 16) for k in range(3, 25)])
DELAY = _WEIGHTS / _WEIGHTS.sum()
HAZARDS = np.array(
    [
        np.where(_AGES < 1, 0, 0.01 + 0.06 * np.exp(-_AGES / 12)),
        np.where(_AGES < 2, 0, 0.02),
        np.where(_AGES < 1, 0, 0.01 + 0.08 * np.exp(-_AGES / 8)),
    ]
)


def _pool(level: float, ages: int, draws: int) -> Array:
    pool = np.zeros((AGES, draws))
    pool[:ages] = level
    return pool


def _older(pool: Array) -> None:
    pool[-1] += pool[-2]
    pool[1:-1] = pool[:-2].copy()
    pool[0] = 0


def _oldest_first(pool: Array, capacity: Array, min_age: int, served: Array) -> None:
    """Serve the oldest first: who is served at an age is what capacity the older have left, at most all."""
    left = capacity.copy()
    served[:min_age] = 0
    for age in range(AGES - 1, min_age - 1, -1):
        np.minimum(pool[age], left, out=served[age])
        left -= served[age]
    pool -= served


def run(inputs: Inputs) -> Outputs:
    """Run all draws at once."""
    draws = inputs.draws
    out = Outputs(np.empty((MONTHS, draws)), np.empty((MONTHS, draws)), np.zeros((len(YEARLY), MONTHS // 12, draws)))
    decision, housing, returning = _pool(2000, 15, draws), _pool(1500, 12, draws), _pool(500, 10, draws)
    pending, served = np.zeros((MONTHS + 25, draws)), np.empty((AGES, draws))
    many = np.stack([inputs["m1"], inputs["m2"], inputs["m3"]])
    stay = 1 - HAZARDS.T @ many
    for t in range(MONTHS):
        for pool in (decision, housing, returning):
            _older(pool)

        decision[0] = inputs.inflow[t]
        _oldest_first(decision, inputs["C"], 1, served)
        decided, penalty, in_time = served.sum(axis=0), PENALTY @ served, served[: TERM + 1].sum(axis=0)

        grants = inputs["g"] * decided
        pending[t + 3 : t + 25] += DELAY[:, None] * (0.6 * grants)
        housing[0] = grants + pending[t]
        _oldest_first(housing, inputs["H"], 0, served)

        exits = many * (HAZARDS @ returning)
        returning *= stay
        returning[0] = (1 - inputs["g"]) * decided

        occupancy = decision.sum(axis=0) + housing.sum(axis=0) + returning.sum(axis=0)
        above = np.maximum(0, occupancy - inputs["K"])
        below = occupancy - above
        out.occupancy[t], out.overdue[t] = occupancy, decision[TERM + 1 :].sum(axis=0)
        sums = (inputs.inflow[t], decided, in_time, penalty, grants, pending[t], served.sum(axis=0), *exits)
        sums += (below, above, DAYS * (90 * below + 180 * above))
        for total, part in zip(out.yearly[:, t // 12], sums, strict=True):
            total += part
    return out
