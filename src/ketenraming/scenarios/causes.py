"""
Causes: why one estimate is another than the other, and how much of the difference is due to each.

A cause is a group of numbers that change. Which group a number belongs to follows from what it is, not from why a
scenario changes it: fewer family applications are *inflow*, also when a law is the reason. Amounts that no people and
no price move are the same in every scenario, so they are no cause.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from math import comb
from typing import TypeVar

from ketenraming.scenarios.paths import Floats

Player = TypeVar("Player", bound=Hashable)


class Cause(StrEnum):
    """Why amounts differ, in the order in which causes are shown."""

    INFLOW = "inflow"  # how many come
    OUTFLOW = "outflow"  # what lets people go on or leave: decisions, homes, return
    STAY = "stay"  # how long a step takes that nobody's capacity bounds: appeal, travel
    MIX = "mix"  # in which place, track or care the same people are
    PRICE = "price"  # what each costs
    POLICY = "policy"  # whom the law lets stay, and for how long; what a scheme pays for
    PRINT = "print"  # what the article budgets otherwise than the baseline needs; only where print is one of the two


KNOWN_UNTIL = "tijdelijke_bescherming_end"  # until when the people of 37.7 are known; a scenario may say it

NAMES: Mapping[Cause, tuple[str, ...]] = {
    Cause.INFLOW: (
        "asiel_applications_inflow", "overig_inflow", "nareis_eerder_inflow", "nareis_per_grant", "amv_share",
        "toezicht_inflow", "ontheemde_inflow", "toelating_inflow", "regulier_inflow", "visum_inflow",
        "naturalisatie_inflow", "intrekking_inflow",
    ),
    Cause.OUTFLOW: (
        "disa_capacity", "ind_kort_capacity", "ind_asiel_capacity", "ind_nareis_capacity", "regulier_surplus_share",
        "huisvesting_capacity", "dublin_vertrek_rate", "overig_vertrek_rate", "terugkeer_zelfstandig_rate",
        "terugkeer_gedwongen_rate", "terugkeer_zonder_toezicht_rate", "terugkeer_bewaring_rate",
        "bewaring_uitzetting_rate", "bewaring_opheffing_rate", "voogdij_rate", "voogdij_gezin_rate", "amv_besluit_rate",
        "ontheemde_vertrek_rate",
    ),
    Cause.STAY: (
        "asielbesluit_out_of_order_share", "beroep_share", "beroep_gegrond_rate", "beroep_ongegrond_rate",
        "dublin_nationaal_rate", "overig_vergunning_rate", "inreis_rate",
    ),
    Cause.MIX: (
        "coa_emergency_share", "nidos_care_share", "amv_gezin_share", "dublin_share", "kort_share", "elders_share",
        "nareis_coa_share", "ontheemde_gemeente_share", "oekraine_occupancy_share",
    ),
    Cause.PRICE: (
        "coa_price_growth", "coa_regular_price", "coa_emergency_price", "doorstroom_price", "oekraine_norm_price",
        "oekraine_particulier_price",
        "oekraine_rest_price", "oekraine_subsidies_price", "rmo_price", "bewaring_price", "dveno_price", "rean_price",
        "vertrek_price", "ind_asiel_price", "ind_regulier_price", "ind_naturalisatie_price", "dwangsom_price",
    ),
    Cause.POLICY: (
        "asielbesluit_granted_share", "kort_granted_share", "amv_granted_share", "nareis_granted_share",
        "doorstroom_share", "doorstroom_woning_rate", "ontheemde_einde_rate", "ontheemde_asiel_share", KNOWN_UNTIL,
    ),
    Cause.PRINT: (),
}  # fmt: skip
CAUSE_OF: Mapping[str, Cause] = {name: cause for cause, names in NAMES.items() for name in names}


def shapley(value: Callable[[frozenset[Player]], Floats], players: Sequence[Player]) -> dict[Player, Floats]:
    """
    What each player adds to the value of all of them together, on average over all orders in which they may join.

    The parts make up the value of all less that of none; in which order the players are named makes no difference.
    The value is asked once for every group of players, so 2 to the power of their number times.
    """
    groups = [frozenset(some) for size in range(len(players) + 1) for some in combinations(players, size)]
    worth = {group: value(group) for group in groups}
    return {player: _mean_addition(player, worth, len(players)) for player in players}


def _mean_addition(player: Player, worth: Mapping[frozenset[Player], Floats], players: int) -> Floats:
    """What a player adds to each group without it, weighted by how often that group comes first."""
    total = worth[frozenset()] * 0.0
    for group in (group for group in worth if player not in group):
        often = 1 / (players * comb(players - 1, len(group)))
        total = total + often * (worth[group | {player}] - worth[group])
    return total
