"""The charts: the numbers they hold, and what they say to who cannot see them."""

import json

import pytest
from lxml import etree

from ketenraming.evidence.library import load
from ketenraming.reports.charts import NARROW, WIDE, Spec, needed_and_budgeted, occupancy_and_coa, to_svg
from ketenraming.reports.numbers import Lang
from ketenraming.scenarios.run import Run, run

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = (occupancy_and_coa, needed_and_budgeted)


@pytest.fixture(scope="module")
def baseline() -> Run:
    return run(load(), draws=200)


def labels(spec: Spec) -> set[str]:
    """All labels in the data of a chart."""
    layers = [layer for panel in spec["vconcat"] for layer in [panel, *panel["layer"]]]
    rows = [row for layer in layers for row in layer.get("data", {"values": []})["values"]]
    return {row["label"] for row in rows if "label" in row}


def test_people_go_up_while_money_goes_down(baseline: Run) -> None:
    assert {"103.540", "123.770", "4,19", "0,92"} <= labels(occupancy_and_coa(baseline, "nl"))
    assert {"103,540", "123,770", "4.19", "0.92"} <= labels(occupancy_and_coa(baseline, "en"))


def test_the_gap_is_written_as_money(baseline: Run) -> None:
    gap = baseline.row("37", "2027").gap.central / 1e9

    assert f"€ {gap:.2f} bn" in labels(needed_and_budgeted(baseline, "en"))


def test_occupancy_and_money_stand_in_two_panels_without_a_second_axis(baseline: Run) -> None:
    people, money = occupancy_and_coa(baseline, "nl")["vconcat"]

    for panel in (people, money):
        assert {
            layer["encoding"]["y"]["axis"] for layer in panel["layer"] if "axis" in layer["encoding"].get("y", {})
        } == {None}
    assert people["layer"][0]["encoding"]["x"]["scale"] == money["layer"][0]["encoding"]["x"]["scale"]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_chart_is_plain_data_and_fetches_nothing(baseline: Run, chart, lang: Lang, width: int) -> None:
    spec = chart(baseline, lang, width)

    assert json.loads(json.dumps(spec)) == spec
    assert "url" not in json.dumps(spec)


@pytest.mark.parametrize("chart", CHARTS)
def test_an_svg_is_an_image_with_a_title_and_its_numbers_as_text(baseline: Run, chart) -> None:
    spec = chart(baseline, "nl")

    root = etree.fromstring(to_svg(spec).encode())

    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == " ".join(spec["title"]["text"])
    assert description.text == spec["description"]
    assert "2027" in description.text


def test_an_svg_takes_the_width_it_is_given(baseline: Run) -> None:
    root = etree.fromstring(to_svg(occupancy_and_coa(baseline, "nl")).encode())

    assert root.get("width") == "100%"
    assert root.get("height") is None
    assert root.get("viewBox").startswith("0 0 ")


def test_nothing_is_drawn_outside_the_picture_on_a_phone(baseline: Run) -> None:
    for chart in CHARTS:
        root = etree.fromstring(to_svg(chart(baseline, "nl", NARROW)).encode())

        assert float(root.get("viewBox").split()[2]) <= 1.1 * NARROW
