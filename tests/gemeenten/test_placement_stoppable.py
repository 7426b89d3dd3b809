"""The solver in a process of its own: the same answers, an end in time, and a new process after it."""

import subprocess
import sys
from time import monotonic

import numpy as np
import pytest

from ketenraming.gemeenten.placement.given import Given, Group, GroupKind, Site, SiteKind
from ketenraming.gemeenten.placement.model import model_of, programme
from ketenraming.gemeenten.placement.problem import problem_of
from ketenraming.gemeenten.placement.stoppable import STOPPED, Stoppable, outcome

MODULE = "ketenraming.gemeenten.placement.stoppable"


@pytest.fixture
def solver():
    one = Stoppable()
    yield one
    one.end()


@pytest.fixture
def asked():
    """Two sites and nine persons, of whom seven have a place; the first level only."""
    sites = (Site("a", "Aa", SiteKind.REGULIER, 3), Site("b", "Bee", SiteKind.REGULIER, 4))
    return programme(model_of(problem_of(Given(sites, (Group(GroupKind.REGULIER, 1, 9),)))), "unplaced", {}, 10.0)


def test_another_process_gives_the_same_answer(solver, asked):
    here, there = outcome(asked), solver.outcome(asked, 60.0)

    assert (there.status, there.bound) == (here.status, here.bound) == (0, 2.0)
    assert np.array_equal(there.x, here.x)


def test_a_solver_that_is_ended_says_so_and_the_next_question_is_answered(solver, asked):
    began = monotonic()

    ended = solver.outcome(asked, 0.0)  # SciPy alone takes longer to load
    after = solver.outcome(asked, 60.0)

    assert (ended.status, ended.x, ended.bound) == (STOPPED, None, -np.inf)
    assert after.status == 0
    assert monotonic() - began < 60


def test_a_solver_goes_when_nobody_can_ask_it_any_more():
    process = subprocess.Popen([sys.executable, "-P", "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    process.communicate(timeout=60)  # closes its input

    assert process.returncode == 0


def test_an_ended_solver_can_be_ended_again(solver, asked):
    solver.outcome(asked, 60.0)

    solver.end()
    solver.end()

    assert solver.outcome(asked, 60.0).status == 0
