"""
An example of placement: the municipalities of the library, and displaced persons as the chain expects them.

Tasks and places are published; that some of the places are free, that part of a shortfall opens as a small site, and
the sizes of groups are assumptions of the library (`plaatsing_*`), and the example says so.
"""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from ketenraming.base.streams import stream
from ketenraming.evidence.gemeenten import Gemeente
from ketenraming.evidence.library import Library
from ketenraming.gemeenten.placement.given import Group, GroupKind, Site, SiteKind
from ketenraming.scenarios.monthly import by_month
from ketenraming.scenarios.run import baseline_of

if TYPE_CHECKING:
    from numpy.random import Generator

ARRIVALS = "ontheemden_inflow"
WEEKS, DAYS, LARGEST = 52, 365, 8  # of a year, of a year, and persons in a group
ASSUMED = "plaatsing_"


def example_sites(library: Library, year: int) -> tuple[Site, ...]:
    """Up to four sites of every municipality: what is free of its places, by kind, and a small site that may open."""
    known = _Known(library, year)
    found = (site for each in library.gemeenten.municipalities.values() for site in _sites(each, known))
    return tuple(found)


def example_weeks(library: Library, year: int, seed: int) -> tuple[tuple[Group, ...], ...]:
    """The displaced persons of a year by week, in groups: a twelfth of a year is 52/12 weeks of equal arrivals."""
    import numpy as np

    base = baseline_of(library)
    inflow = by_month(base, ())[ARRIVALS].reshape(base.horizon.months, -1)[:, 0]
    first = 12 * (year - base.horizon.first_year)
    months = inflow[first : first + 12].repeat(WEEKS) / WEEKS  # twelve times 52 equal parts; a week is twelve of them
    up_to = np.rint(np.concatenate([[0.0], months.reshape(WEEKS, 12).sum(axis=1)]).cumsum()).astype(int)
    sizes = stream("plaatsing_groups", seed)
    return tuple(_groups(int(persons), _Known(library, year), sizes) for persons in np.diff(up_to))


def example_years(library: Library) -> range:
    """The years for which the chain knows arrivals."""
    horizon = baseline_of(library).horizon
    return range(horizon.first_year, horizon.last_year + 1)


class _Known:
    """The parameters of the example, as they are on the first day of a year."""

    def __init__(self, library: Library, year: int) -> None:
        self.library, self.day = library, date(year, 1, 1)

    def assumed(self, name: str) -> float:
        return self.number(f"{ASSUMED}{name}")

    def number(self, name: str) -> float:
        return self.library.parameters[name].number_on(self.day)


def _sites(each: Gemeente, known: _Known) -> list[Site]:
    """Free places for minors, for families and for anybody; beside them what may open of the shortfall."""
    free = round(each.there * known.assumed("free_share"))
    amv = round(free * known.assumed("amv_place_share"))
    families = round(free * known.assumed("family_place_share"))
    task, price = float(each.places), round(known.number("oekraine_norm_price"), 2)
    made = [
        Site(f"{each.code}-regulier", each.name, SiteKind.REGULIER, each.there - amv - families,
             occupied=each.there - free, task=task, cost=price),
        Site(f"{each.code}-amv", each.name, SiteKind.AMV, amv, task=task, cost=price),
        Site(f"{each.code}-gezin", each.name, SiteKind.GEZIN, families, task=task, cost=price),
    ]  # fmt: skip
    least = round(known.number("spreiding_min_special"))
    opens = round(max(each.places - each.there, 0) * known.assumed("new_share"))
    if opens >= least:
        dearer = round(known.number("doorstroom_price"), 2)
        made.append(Site(f"{each.code}-klein", each.name, SiteKind.KLEINSCHALIG, opens, least, task=task, cost=dearer))
    # A municipality without any free place keeps one site: its task and who lives there count in the spread.
    return [made[0], *(site for site in made[1:] if site.places)]


def _groups(persons: int, known: _Known, sizes: "Generator") -> tuple[Group, ...]:
    """So many persons as groups of drawn sizes; the last group is what remains."""
    counted: Counter[tuple[GroupKind, int]] = Counter()
    mean, amv_share = known.assumed("group_size"), known.assumed("amv_share")
    while persons > 0:
        amv = sizes.random() < amv_share
        size = 1 if amv else min(1 + int(sizes.poisson(mean - 1)), LARGEST, persons)
        kind = GroupKind.AMV if amv else GroupKind.GEZIN if size > 1 else GroupKind.REGULIER
        counted[kind, size] += 1
        persons -= size
    return tuple(Group(kind, size, number) for (kind, size), number in sorted(counted.items()))
