"""
The free numbers of the hindcast: rates, shares and stays that nobody publishes, fitted to stocks that are published.

A prior says what was held likely before fitting, so that the data move a number only as far as they speak about it.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Free:
    """One free number: its unit, its prior (middle and standard deviation), its bounds, and what it is."""

    name: str
    unit: str
    prior: float
    spread: float
    low: float
    high: float
    label_nl: str
    label_en: str


FREE = (
    Free("dublin_share", "share", 0.12, 0.05, 0, 0.4,
         "Aandeel aanvragen in het Dublinspoor",
         "Share in the Dublin track"),
    Free("dublin_stay", "month", 5, 1, 1.5, 15,
         "Duur van het Dublinspoor",
         "Months in the Dublin track"),
    Free("withdrawn_per_refusal", "person/decision", 0.5, 0.3, 0, 2,
         "Vertrokken zonder besluit per afwijzing",
         "People who leave without a decision for each refusal"),
    Free("elders_share", "share", 0.19, 0.05, 0, 0.5,
         "Aandeel wachtenden buiten de opvang",
         "Share of those pending who live elsewhere"),
    Free("beroep_share", "share", 0.7, 0.2, 0, 1,
         "Aandeel afwijzingen met beroep",
         "Share of refusals with an appeal"),
    Free("beroep_stay", "month", 7, 3, 1.5, 24,
         "Duur van het beroep",
         "Months in appeal"),
    Free("terugkeer_stay", "month", 6, 3, 1.5, 24,
         "Verblijf in de opvang tot vertrek",
         "Months in reception until departure"),
    Free("nareis_coa_share", "share", 0.93, 0.05, 0.5, 1,
         "Aandeel nareizigers in de opvang",
         "Share of family arrivals who enter reception"),
    Free("housed_coa_share", "share", 0.9, 0.07, 0.6, 1,
         "Uitstroom uit de opvang per gehuisveste",
         "Outflow from reception for each person housed"),
    Free("housing_wait", "month", 6, 2, 2, 14,
         "Wachttijd op een woning tot juli 2016",
         "Months until housed, before July 2016"),
    Free("overig_per_permit", "person/permit", 0.25, 0.1, 0, 0.6,
         "Overige instroom per vergunning of nareiziger",
         "Other inflow for each permit or family arrival"),
    Free("overig_constant", "person/month", 500, 200, 0, 1500,
         "Vaste overige instroom",
         "Other inflow that follows nothing"),
    Free("overig_stay", "month", 8, 2, 3, 20,
         "Verblijf van de overige instroom",
         "Months of stay of the other inflow"),
    Free("overig_granted_share", "share", 0.6, 0.2, 0, 1,
         "Aandeel overige instroom met vergunning",
         "Share of the other inflow that gets a permit"),
    Free("lead", "month", 0.5, 0.4, 0, 2,
         "Maanden in de opvang voor registratie",
         "Months in reception before registration"),
)  # fmt: skip
NAMES = tuple(free.name for free in FREE)


class Priors(NamedTuple):
    """What is held likely of each free number, and its bounds; a number whose bounds are equal is held."""

    middle: Floats
    spread: Floats
    low: Floats
    high: Floats

    @property
    def held(self) -> NDArray[np.bool_]:
        """Which numbers are not free in this form of the model."""
        return np.asarray(self.low == self.high)

    def without(self, name: str) -> "Priors":
        """The form of the model in which a number is nought."""
        place = NAMES.index(name)
        return Priors(
            *(
                np.where(np.arange(len(NAMES)) == place, value, each)
                for value, each in zip((0, 1, 0, 0), self, strict=True)
            )
        )


_ALL = Priors(
    *(np.array([getattr(free, part) for free in FREE], dtype=np.float64) for part in ("prior", "spread", "low", "high"))
)
FOLLOWS = _ALL.without("overig_constant")  # other inflow follows permits and family arrivals: the form that was chosen
CONSTANT = _ALL.without(
    "overig_per_permit"
)  # other inflow is the same every month: what the years to 2021 would choose
