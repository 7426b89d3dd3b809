"""Placement: against every possible assignment on small cases, and laws that hold on all."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from ketenraming.gemeenten.placement.given import ACCEPTS, Given, Group, GroupKind, Rules, Site, SiteKind
from ketenraming.gemeenten.placement.model import LEVELS, Assignment
from ketenraming.gemeenten.placement.prices import is_possible, prices, smallest_relaxations
from ketenraming.gemeenten.placement.problem import problem_of
from ketenraming.gemeenten.placement.solve import solve
from ketenraming.gemeenten.placement.year import run_year

LONG = 60.0  # seconds: a case this small is always proven, so no test waits for it
FEW = settings(max_examples=25, deadline=None, derandomize=True)


@st.composite
def _sites(draw):
    kinds = draw(st.lists(st.sampled_from(SiteKind), min_size=1, max_size=3))
    tasks = [draw(st.integers(0, 9)) for _ in kinds]
    return tuple(_site(draw, i, kind, tasks) for i, kind in enumerate(kinds))


def _site(draw, i, kind, tasks):
    places = draw(st.integers(0, 9))
    town = draw(st.integers(0, i))
    return Site(f"s{i}", f"town {town}", kind, places, minimum=draw(st.integers(0, places)),
                maximum=draw(st.one_of(st.none(), st.integers(0, places))), occupied=draw(st.integers(0, 2)),
                task=float(tasks[town]), cost=float(draw(st.integers(0, 5))))  # fmt: skip


new = st.builds(Group, st.sampled_from(GroupKind), st.integers(1, 5), st.integers(1, 2))
rules = st.builds(Rules, st.just(True), st.booleans(), st.booleans(), st.one_of(st.none(), st.sampled_from([0.0, 0.5])))
cases = st.builds(Given, _sites(), st.lists(new, min_size=1, max_size=3).map(tuple), rules)


def _every_assignment(given: Given) -> Iterator[Assignment]:
    """All ways to place single groups, one by one, that respect every rule: no matrices, no solver."""
    problem = problem_of(given)
    singles = [g for group in given.groups for g in [replace(group, number=1)] * group.number]
    homes = [i for i in range(len(given.sites))]
    for chosen in product([None, *homes], repeat=len(singles)):
        if _respects(given, list(zip(singles, chosen, strict=True))):
            come, leave = np.zeros_like(problem.here), np.zeros_like(problem.here)
            for group, site in zip(singles, chosen, strict=True):
                before = next((i for i, s in enumerate(given.sites) if s.id == group.at), None)
                row = problem.types.index((group.kind, group.size))
                if site is not None and site != before:
                    come[row, site] += 1
                    if before is not None:
                        leave[row, before] += 1
            yield Assignment(come, leave)


def _respects(given: Given, placed: list[tuple[Group, int | None]]) -> bool:
    rules = given.rules
    if any(group.at and site is None for group, site in placed):
        return False
    if any(site is not None and group.kind not in ACCEPTS[given.sites[site].kind] for group, site in placed):
        return False
    moved = sum(g.size for g, site in placed if g.at and given.sites[site].id != g.at)
    if rules.moves is not None and moved > rules.moves:
        return False
    if given.everyone and any(site is None for _, site in placed):
        return False
    loads = [sum(group.size for group, at in placed if at == i) for i in range(len(given.sites))]
    return all(_site_holds(rules, s, load) for s, load in zip(given.sites, loads, strict=True)) and _towns_hold(
        given, loads
    )


def _site_holds(rules: Rules, site: Site, load: int) -> bool:
    most = site.maximum if rules.maximum and site.maximum is not None else site.places
    least = site.minimum if rules.minimum else 0
    return load == 0 or least <= site.occupied + load <= most


def _towns_hold(given: Given, loads: list[int]) -> bool:
    tasks = {s.municipality: s.task for s in given.sites}
    if given.rules.spread is None or not sum(tasks.values()):
        return True
    persons = sum(s.occupied for s in given.sites) + sum(g.persons for g in given.groups)
    for town, task in tasks.items():
        mine = [i for i, s in enumerate(given.sites) if s.municipality == town]
        load, held = sum(loads[i] for i in mine), sum(given.sites[i].occupied for i in mine)
        if load and held + load > np.ceil((1 + given.rules.spread) * task / sum(tasks.values()) * persons - 1e-9):
            return False
    return True


def _best(given: Given) -> list[float] | None:
    problem = problem_of(given)
    told = [each.measured(problem) for each in _every_assignment(given)]
    return min(([round(each[name], 6) for name in LEVELS] for each in told), default=None)


@FEW
@for_all(case=cases)
def test_no_assignment_of_all_there_are_is_better_level_by_level(case):
    solved = solve(case, LONG)

    assert [level.value for level in solved.levels] == pytest.approx(_best(case), abs=1e-4)
    assert all(level.proven for level in solved.levels)


@FEW
@for_all(case=cases, moves=st.sampled_from([0, 3]))
def test_asking_an_easier_question_first_changes_no_answer(case, moves):
    asked = replace(case, rules=replace(case.rules, moves=moves))

    at_once, by_way_of = solve(asked, LONG), solve(asked, LONG, few=0)

    assert [level.value for level in by_way_of.levels] == pytest.approx([level.value for level in at_once.levels])
    assert all(level.proven for level in by_way_of.levels)


@FEW
@for_all(case=cases, moves=st.sampled_from([0, 2, 4, None]), number=st.integers(1, 2), size=st.integers(1, 3))
def test_who_lives_somewhere_moves_only_as_far_as_the_rule_lets(case, moves, number, size):
    home = next((s for s in case.sites if GroupKind.GEZIN in ACCEPTS[s.kind]), None)
    here = (Group(GroupKind.GEZIN, size, number, home.id),) if home else ()
    asked = replace(case, groups=(*case.groups[:1], *here), rules=replace(case.rules, moves=moves))

    solved = solve(asked, LONG)
    best = _best(asked)

    assert ([level.value for level in solved.levels] if solved else None) == (best and pytest.approx(best, abs=1e-4))


@FEW
@for_all(case=cases)
def test_placed_and_unplaced_are_all_who_arrived_and_sites_keep_their_ends(case):
    solved = solve(case, LONG)
    load = solved.problem.size @ solved.assignment.come

    assert load.sum() + solved.unplaced == case.arrivals
    assert all(_site_holds(case.rules, s, n) for s, n in zip(case.sites, load, strict=True))
    assert (solved.assignment.come.sum(axis=1) <= solved.problem.new).all()  # whole groups, none twice


@FEW
@for_all(case=cases, more=st.integers(1, 5))
def test_more_places_never_leave_more_people_without_one(case, more):
    wider = [
        replace(s, places=s.places + more, maximum=None if s.maximum is None else s.maximum + more) for s in case.sites
    ]

    assert solve(replace(case, sites=tuple(wider)), LONG).unplaced <= solve(case, LONG).unplaced


@FEW
@for_all(case=cases)
def test_letting_a_rule_go_never_leaves_more_people_without_a_place(case):
    told = prices(case, solve(case, LONG), LONG)

    assert all(price.least >= 0 and price.proven for price in told)
    assert {price.rule for price in told} == set(case.rules.in_force)


@FEW
@for_all(case=cases)
def test_the_smallest_set_of_rules_makes_it_possible_and_no_smaller_one_does(case):
    asked = replace(case, everyone=True)
    found = smallest_relaxations(asked, LONG)

    if is_possible(asked, LONG):
        assert all(len(names) == 1 for names in found)
    assert all(is_possible(asked.without(names), LONG) for names in found)
    assert not any(is_possible(asked.without(names[:i] + names[i + 1 :]), LONG) for names in found if len(names) > 1
                   for i in range(len(names)))  # fmt: skip


TWO = (
    Site("a", "Aa", SiteKind.REGULIER, 8, maximum=4, task=1.0),
    Site("b", "Bee", SiteKind.KLEINSCHALIG, 20, minimum=16, task=1.0),
)


def test_a_group_that_only_fits_when_split_costs_its_size():
    case = Given(TWO[:1], (Group(GroupKind.GEZIN, 5),))

    told = {p.rule: p.most for p in prices(case, solve(case, LONG), LONG)}

    assert told == {"together": 4, "minimum": 0, "maximum": 5, "moves": 0}


def test_a_small_site_stays_shut_below_its_minimum():
    shut = solve(Given(TWO[1:], (Group(GroupKind.REGULIER, 1, 15),)), LONG)
    opened = solve(Given(TWO[1:], (Group(GroupKind.REGULIER, 1, 16),)), LONG)

    assert (shut.unplaced, opened.unplaced) == (15, 0)


def test_what_cannot_be_names_every_smallest_set_of_rules():
    case = Given(TWO, (Group(GroupKind.REGULIER, 1, 6),), everyone=True)

    assert smallest_relaxations(case, LONG) == (("minimum",), ("maximum",))


def test_who_lives_above_the_maximum_needs_a_move_or_another_maximum():
    case = Given(TWO[:1], (Group(GroupKind.GEZIN, 5, 1, "a"),))

    assert solve(case, LONG) is None
    assert smallest_relaxations(case, LONG) == (("maximum",),)


def test_places_that_are_too_few_are_no_matter_of_rules():
    case = Given(TWO, (Group(GroupKind.AMV, 1),), everyone=True)

    assert smallest_relaxations(case, LONG) == ()


weekly = st.lists(st.lists(new, max_size=2).map(tuple), min_size=1, max_size=4)


@settings(max_examples=12, deadline=None, derandomize=True)
@for_all(case=cases, weeks=weekly, moves=st.sampled_from([0, 3]))
def test_week_by_week_is_never_better_than_in_hindsight_and_loses_nobody(case, weeks, moves):
    year = run_year(replace(case, groups=(), rules=replace(case.rules, moves=moves)), weeks, LONG)

    living = sum(group.persons for group in year.living)
    assert year.placed <= year.placed_in_hindsight
    assert living + year.weeks[-1].waiting == year.arrived == sum(g.persons for week in weeks for g in week)
    assert all(week.moved <= moves for week in year.weeks)


def test_a_year_that_opens_too_early_pays_for_it():
    sites = (Site("f", "Ef", SiteKind.GEZIN, 4, cost=9.0), Site("r", "Er", SiteKind.REGULIER, 4, cost=1.0))
    weeks = [(Group(GroupKind.GEZIN, 4),), (Group(GroupKind.REGULIER, 1, 4),)]

    fixed = run_year(Given(sites, ()), weeks, LONG)
    moving = run_year(Given(sites, (), Rules(moves=4)), weeks, LONG)

    assert (fixed.placed, fixed.placed_in_hindsight, fixed.ratio, fixed.person_weeks_waiting) == (4, 8, 0.5, 4)
    assert (moving.placed, moving.weeks[1].moved) == (8, 4)
