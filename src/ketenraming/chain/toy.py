"""The toy chain: three pools on which the engine is measured and compared with engines of others."""

import math

from ketenraming.chain.stage import Chain, Dwell, Exit, Inflow, Queue, Route, Server, Tally

AGES, MONTHS, TERM = 48, 72, 6
DAYS = 30.4375  # in a month
_WEIGHTS = [min((k - 2) / 7, (25 - k) / 16) for k in range(3, 25)]
FAMILY_DELAY = (0.0, 0.0, 0.0, *(weight / sum(_WEIGHTS) for weight in _WEIGHTS))  # arrive after 3 to 24 months
PENALTY = tuple(min(15_000.0, 100 * DAYS * late) for late in range(AGES))  # euros per decided case, by months late


def _by_age(level: float, extra: float, months: float) -> tuple[float, ...]:
    """A hazard that starts at age one, high, and falls to a level."""
    return (0.0, *(level + extra * math.exp(-age / months) for age in range(1, AGES)))


TOY = Chain(
    name="toy",
    ages=AGES,
    stages=(
        Inflow("applications", amount="X"),
        Queue(
            "decision",
            server="officers",
            min_age=1,
            term=TERM,
            start=(2_000.0,) * 15,
            lives="reception",
            tallies=(Tally("penalty", PENALTY, by="late"),),
        ),
        Queue("housing", server="homes", start=(1_500.0,) * 12, lives="reception"),
        Dwell(
            "return",
            exits=(
                Exit("independent", _by_age(0.01, 0.06, 12.0), times="m1"),
                Exit("forced", (0.0, 0.0, *(0.02,) * (AGES - 2)), times="m2"),
                Exit("unsupervised", _by_age(0.01, 0.08, 8.0), times="m3"),
            ),
            start=(500.0,) * 10,
            lives="reception",
        ),
    ),
    routes=(
        Route("applications", to="decision"),
        Route("decision", to="housing", share="g"),
        Route("decision", to="return", share="refused"),
        Route("decision", to="housing", share="family", spawning=True, delay=FAMILY_DELAY),
    ),
    servers=(Server("officers", capacity="C"), Server("homes", capacity="H")),
)
