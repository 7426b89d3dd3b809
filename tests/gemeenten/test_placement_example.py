"""The example of placement: published places, assumed groups, and the arrivals of the chain."""

from ketenraming.gemeenten.placement.given import SiteKind
from ketenraming.scenarios.placement import LARGEST, example_sites, example_weeks


def test_the_sites_of_a_municipality_hold_the_places_there_are_and_its_task(library):
    sites = example_sites(library, 2026)

    for each in library.gemeenten.municipalities.values():
        mine = [site for site in sites if site.municipality == each.name]
        assert sum(site.places for site in mine if site.kind != SiteKind.KLEINSCHALIG) == each.there
        assert {site.task for site in mine} == {each.places}
        assert all(site.places >= site.minimum == 16 for site in mine if site.kind == SiteKind.KLEINSCHALIG)


def test_the_groups_of_a_year_are_the_persons_of_the_chain_and_the_same_for_a_seed(library):
    weeks, again, other = (example_weeks(library, 2026, seed) for seed in (7, 7, 8))
    persons = [sum(group.persons for week in each for group in week) for each in (weeks, other)]

    assert len(weeks) == 52
    assert weeks == again != other
    assert persons[0] == persons[1] == 12 * 2383  # registrations a month, as the library has them
    assert max(group.size for week in weeks for group in week) <= LARGEST
