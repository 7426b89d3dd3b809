"""Charts drawn in another process: the same drawings, and here where that process is gone."""

import os
import signal
from time import sleep

import pytest

from ketenraming.reports.charts import WIDE, to_svg
from ketenraming.reports.fan import fan
from ketenraming.scenarios.run import run
from ketenraming.web.drawing import apart, in_both_widths


@pytest.fixture(scope="module")
def chart(library):
    estimated = run(library, draws=10)
    return lambda width: fan(estimated, "37", "nl", width=width).spec


def test_another_process_draws_the_same(chart):
    wide, narrow = in_both_widths(chart)

    assert wide == to_svg(chart(WIDE))
    assert narrow != wide
    assert apart(os.getpid) != os.getpid()


def test_a_chart_is_drawn_all_the_same_when_the_other_process_is_gone(chart):
    os.kill(apart(os.getpid), signal.SIGKILL)
    sleep(0.2)

    drawn = [apart(to_svg, chart(WIDE)) for _ in range(2)]

    assert drawn == [to_svg(chart(WIDE))] * 2
    assert apart(os.getpid) != os.getpid()


def test_what_is_wrong_with_a_chart_is_raised_here():
    with pytest.raises(ValueError, match="is no chart|Vega|vega"):
        apart(to_svg, {"title": {"text": ["none"]}, "description": "", "mark": 3})
