"""What a run expects of every month: the chain along drawn paths, kept by month, with the scatter of months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ketenraming.chain.inputs import amounts_of
from ketenraming.chain.results import Results
from ketenraming.chain.run import simulate
from ketenraming.scenarios.change import apply, stack
from ketenraming.scenarios.estimate import Baseline, draw
from ketenraming.scenarios.nowcast.scatter import Scatter, scatter_of, scattered
from ketenraming.scenarios.nowcast.watched import INFLOW, Watched
from ketenraming.scenarios.paths import Floats
from ketenraming.scenarios.people import inputs
from ketenraming.scenarios.prices import Draws
from ketenraming.scenarios.scenario import Scenario

WANDERING = {"asiel_inflow", "aanmelding_inflow", "voogdij_inflow"}  # results that follow applications within the month


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """A series month by month: months by draws, the first column the middle of the run; and whence its scatter."""

    series: Watched
    months: tuple[str, ...]
    values: Floats
    scatter: Scatter

    @property
    def central(self) -> dict[str, float]:
        """The middle of the run by month."""
        return dict(zip(self.months, self.values[:, 0].tolist(), strict=True))


def expected(
    base: Baseline, scenarios: tuple[Scenario, ...], series: Sequence[Watched], drawn: Draws
) -> Mapping[str, Expected]:
    """What these scenarios upon the baseline expect of each series, by name."""
    results = _by_month(base, scenarios, series, drawn)
    months = tuple(f"{base.horizon.day(month):%Y-%m}" for month in range(base.horizon.months))
    found = {}
    for each in series:
        scatter, until = scatter_of(each, base.library), base.horizon.months
        if each.name == INFLOW or WANDERING & set(each.made_of):
            until = base.horizon.month(base.known_on)  # from then on the path itself goes up and down by month
        values = each.of(results)
        if drawn.count and not each.is_stock:
            values = scattered(values, scatter, 0, until, each.name, drawn.seed)
        found[each.name] = Expected(each, months, values, scatter)
    return found


def _by_month(base: Baseline, scenarios: tuple[Scenario, ...], series: Sequence[Watched], drawn: Draws) -> Results:
    """The chain along the drawn paths of these scenarios, with the results that the series are made of."""
    paths = apply(stack(scenarios), base.paths, base.horizon)
    known = inputs(draw(base, paths, drawn).paths)
    given = {name: known[name] for name in dict.fromkeys(amounts_of(base.chain)) if isinstance(name, str)}
    kept = tuple(dict.fromkeys(name for each in series for name in each.made_of))
    draws = max(values.shape[1] for values in given.values())
    return simulate(base.chain, base.horizon.months, given, draws, by_month=kept)


def quantiles(of: Expected, levels: Sequence[float]) -> Floats:
    """Quantiles over the draws, levels by months."""
    draws = of.values[:, 1:] if of.values.shape[1] > 1 else of.values
    found: Floats = np.quantile(draws, levels, axis=1)
    return found
