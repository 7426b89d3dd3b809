"""The chain month by month along its central path: every stock and every flow."""

from collections.abc import Sequence

from ketenraming.chain.inputs import amounts_of
from ketenraming.chain.results import Results
from ketenraming.chain.run import simulate
from ketenraming.scenarios.change import apply, stack
from ketenraming.scenarios.estimate import Baseline
from ketenraming.scenarios.people import inputs
from ketenraming.scenarios.scenario import Scenario


def by_month(base: Baseline, scenarios: Sequence[Scenario]) -> Results:
    """All results of the chain by month, one column, along the central path of these scenarios."""
    known = inputs(apply(stack(scenarios), base.paths, base.horizon))
    given = {name: known[name][:, :1] for name in dict.fromkeys(amounts_of(base.chain)) if isinstance(name, str)}
    return simulate(base.chain, base.horizon.months, given)
