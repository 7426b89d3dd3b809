"""Processes beside the one that answers: the same charts and numbers, and what happens when one is gone."""

import os
import signal
from time import sleep

import pytest

from ketenraming.base.errors import KetenramingError
from ketenraming.reports.charts import WIDE, to_svg
from ketenraming.reports.fan import fan
from ketenraming.scenarios.run import run
from ketenraming.web.beside import Beside, drawing, end, in_both_widths, running
from ketenraming.web.explore import CHARTS, _moving
from ketenraming.web.hands import Hands
from ketenraming.web.site import Site
from ketenraming.web.state import State
from ketenraming.web.studio import Studio


@pytest.fixture(scope="module")
def chart(library):
    estimated = run(library, draws=10)
    return lambda width: fan(estimated, "37", "nl", width=width).spec


@pytest.fixture(scope="module")
def helped(library):
    """A site whose numbers are made in other processes."""
    site = Site(Studio(library, hands=Hands()))
    site.studio.hands.get_help(library.root)
    yield site
    end()


def test_another_process_draws_the_same(chart):
    wide, narrow = in_both_widths(chart)

    assert wide == to_svg(chart(WIDE))
    assert narrow != wide
    assert drawing.call(os.getpid) != os.getpid()


def test_a_chart_is_drawn_all_the_same_when_the_other_process_is_gone(chart):
    os.kill(drawing.call(os.getpid), signal.SIGKILL)
    sleep(0.2)

    drawn = [drawing.call(to_svg, chart(WIDE)) for _ in range(2)]

    assert drawn == [to_svg(chart(WIDE))] * 2
    assert drawing.call(os.getpid) != os.getpid()


def test_what_is_wrong_with_a_chart_is_raised_here():
    with pytest.raises(ValueError, match="Vega"):
        drawing.call(to_svg, {"title": {"text": ["none"]}, "description": "", "mark": 3})


def test_an_ended_process_goes_away_and_another_comes_when_it_is_wanted():
    one = Beside(1)
    first = one.call(os.getpid)

    one.end()

    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert one.call(os.getpid) != first
    one.end()


def test_what_moves_with_a_lever_is_the_same_in_another_process(helped):
    state = State(positions={"instroom": 25}, year="2027")

    assert helped.studio.hands.make(_moving, helped, state, CHARTS, "nl") == _moving(helped, state, CHARTS, "nl")


def test_what_cannot_be_is_refused_in_words_that_can_be_said_in_dutch(helped):
    state = State(("bescherming-eindigt-2027-vertrek",), {"bescherming": 18}, "2027")

    with pytest.raises(KetenramingError, match="keep one of the two") as refused:
        helped.studio.hands.make(_moving, helped, state, CHARTS, "nl")
    assert refused.value.wording.template.startswith("The scenarios hold {count} mistakes")


def test_who_asks_alone_gets_all_processors_and_who_comes_meanwhile_gets_one():
    hands = Hands()

    with hands._counted() as first, hands._counted() as second:
        assert (first, second) == (running.count, 1)
    with hands._counted() as again:
        assert again == running.count
