"""The posterior of the hindcast: the sampler draws what it should, errors hang together, and a truth is recovered."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from ketenraming.base.errors import KetenramingError
from ketenraming.cli import app
from ketenraming.reports.charts import to_svg
from ketenraming.reports.hindcast_bands import chart
from ketenraming.reports.hindcast_posterior import tables
from ketenraming.reports.hindcast_posterior_files import proposal_as_json, write_plot
from ketenraming.scenarios.hindcast.calibrate import read_targets
from ketenraming.scenarios.hindcast.errors import Error, counted, in_time, log_likelihood, moment
from ketenraming.scenarios.hindcast.importance import Proposal as T
from ketenraming.scenarios.hindcast.importance import sample
from ketenraming.scenarios.hindcast.model import read_world
from ketenraming.scenarios.hindcast.observed import MONTHS, Point
from ketenraming.scenarios.hindcast.posterior import DRAWN, NUMBERS, draw_posterior, likelihood, priors
from ketenraming.scenarios.hindcast.predictive import PROBABILITIES, Proposal, counted_again, predict, ranks

FEW = 200  # effective draws: enough to place a band of 90 percent
JSON_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "json.md"

# Neither the fit of the library nor the middle of what is held likely.
TRUTH = {
    "dublin_share": 0.15,
    "dublin_stay": 4.2,
    "withdrawn_per_refusal": 0.3,
    "elders_share": 0.24,
    "beroep_share": 0.5,
    "beroep_stay": 5.0,
    "terugkeer_stay": 8.5,
    "nareis_coa_share": 0.88,
    "housed_coa_share": 0.86,
    "housing_wait": 4.5,
    "overig_per_permit": 0.15,
    "overig_stay": 10.0,
    "overig_granted_share": 0.45,
    "lead": 0.9,
    "beroep_granted_share": 0.12,
    "coa_error": 0.02,
    "vergunninghouder_error": 0.05,
    "pending_error": 0.04,
    "coa_error_months": 8.0,
    "vergunninghouder_error_months": 4.0,
    "pending_error_months": 12.0,
}


@pytest.fixture(scope="module")
def world(library):
    return read_world(library)


@pytest.fixture(scope="module")
def targets(library):
    return read_targets(library)


@pytest.fixture(scope="module")
def posterior(library, world, targets):
    """Another seed than that of the library, and fewer draws."""
    return draw_posterior(library, world, targets, 3, FEW)


@pytest.fixture(scope="module")
def found(library, world, targets, posterior):
    """A proposal without a posterior of its own for what lies beyond."""
    later = tuple(point for point in targets.points if point.year > 2021)
    predicted = [predict(world, posterior, points, 3) for points in (targets.points, later)]
    return Proposal(library, priors(library), posterior, *predicted, 3)


# --- The sampler ------------------------------------------------------------------------------------------------------


def normal(middle, covariance):
    inverse = np.linalg.inv(covariance)

    def density(draws):
        away = draws - middle[:, None]
        return -(away * (inverse @ away)).sum(axis=0) / 2

    return density


def test_a_density_is_drawn_as_it_is_though_sampling_starts_far_off():
    middle, size = np.array([3.0, -2.0, 0.5, 1.0]), np.array([0.1, 0.1, 1.0, 2.0])
    together = np.eye(4)
    together[0, 1] = together[1, 0] = -0.99

    drawn = sample(normal(middle, together * np.outer(size, size)), T(np.zeros(4), np.eye(4)), 1, 5000)

    away = drawn.draws - (drawn.draws @ drawn.weights)[:, None]
    covariance = (away * drawn.weights) @ away.T
    assert drawn.draws @ drawn.weights == pytest.approx(middle, abs=0.1)
    assert np.sqrt(np.diag(covariance)) == pytest.approx(size, rel=0.05)
    assert covariance[0, 1] / size[0] / size[1] == pytest.approx(-0.99, abs=0.06)


def test_nothing_is_drawn_beyond_a_bound():
    def density(draws):
        return np.where(draws[0] > 0, -(draws[0] ** 2) / 2, -np.inf)

    drawn = sample(density, T(np.array([1.0]), np.eye(1)), 1, 5000)

    assert drawn.weights[drawn.draws[0] <= 0].sum() == 0
    assert drawn.draws[0] @ drawn.weights == pytest.approx(np.sqrt(2 / np.pi), abs=0.03)


def test_the_same_seed_gives_the_same_draws():
    density, start = normal(np.ones(2), np.eye(2)), T(np.zeros(2), np.eye(2))

    one, same, other = (sample(density, start, seed, 500) for seed in (1, 1, 2))

    assert (one.draws == same.draws).all() and (one.weights == same.weights).all()
    assert (one.draws != other.draws).any()


def test_a_density_that_is_nowhere_near_is_refused_rather_than_drawn_badly():
    with pytest.raises(KetenramingError, match=r"draws are effective, where 500 were asked for"):
        sample(lambda draws: np.full(draws.shape[1], -np.inf), T(np.zeros(2), np.eye(2)), 1, 500)


# --- The errors -------------------------------------------------------------------------------------------------------


def points_at(*months, value=1000.0):
    return tuple(Point("coa", str(month), month, 1.0, value, 1.0) for month in months)


def test_the_filter_gives_the_density_of_the_whole_series_at_once():
    points = tuple(
        Point("coa", str(month), month, 1.0, value, step)
        for month, value, step in ((2, 1010, 1), (3, 990, 100), (9, 930, 1), (30, 1080, 1))
    )
    error = Error(np.array([0.03, 0.08]), np.array([4.0, 15.0]))
    when = np.array([moment(point) for point in points])
    off = np.log([point.value / 1000 for point in points])

    found = log_likelihood(points, np.full((MONTHS, 2), 1000.0), error)

    for i in range(2):
        covariance = error.size[i] ** 2 * np.exp(-abs(when[:, None] - when) / error.months[i])
        covariance += np.diag([0.01**2 + (point.step / 1000) ** 2 / 12 for point in points])
        whole = -(np.linalg.slogdet(covariance)[1] + off @ np.linalg.solve(covariance, off)) / 2
        assert found[i] == pytest.approx(whole)


def test_counts_of_one_season_prove_little_more_than_one_and_years_apart_they_do():
    error = Error(np.array([0.05]), np.array([12.0]))
    stocks = np.stack([np.full(MONTHS, 1000.0), np.full(MONTHS, 1100.0)], axis=1)

    def proof(points):
        """How much likelier counts of 1,000 are beside a stock of 1,000 than beside one of 1,100."""
        right, wrong = (log_likelihood(points, stocks[:, [i]], error)[0] for i in range(2))
        return right - wrong

    alone = proof(points_at(60))
    assert proof(points_at(58, 59, 60, 61, 62)) < 2 * alone
    assert proof(points_at(10, 35, 60, 85, 110)) > 3 * alone


def test_what_might_be_counted_has_the_errors_it_is_given():
    error = Error(np.full(4000, 0.05), np.full(4000, 10.0))
    drawn = counted(points_at(20, 30), np.full((MONTHS, 4000), 1000.0), error, np.random.default_rng(1))

    logs = np.log(drawn / 1000)

    assert logs.std(axis=1) == pytest.approx(np.hypot(0.05, 0.01), rel=0.05)
    assert np.corrcoef(logs)[0, 1] == pytest.approx(np.exp(-1) * 0.05**2 / (0.05**2 + 0.01**2), abs=0.05)


# --- The posterior ----------------------------------------------------------------------------------------------------


def test_a_known_truth_is_recovered(library, world, targets):
    truth = np.array([TRUTH[name] for name in DRAWN])
    again = counted_again(world, targets, truth, np.random.default_rng(11))

    posterior = draw_posterior(library, world, again, 11, FEW)

    below = {name: posterior.below(name, value) for name, value in TRUTH.items()}
    outside = {name: round(part, 3) for name, part in below.items() if not 0.05 < part < 0.95}
    assert len(outside) <= 4, outside  # of 21: more than four outside happens once in fifty times
    assert all(0.001 < part < 0.999 for part in below.values()), outside
    for name in ("elders_share", "housing_wait", "nareis_coa_share"):  # of which the counts speak
        low, high = posterior.quantiles(name, (0.05, 0.95))
        assert high - low < 0.9 * 2 * 1.645 * priors(library).spread[DRAWN.index(name)]


def test_truths_drawn_from_the_prior_have_even_ranks(library, world, targets):
    found = np.array([ranks(library, world, targets, of, 100) for of in range(2)])

    assert found.shape == (2, len(DRAWN))
    assert 0.35 < found.mean() < 0.65
    assert (abs(found - 0.5) < 0.45).mean() > 0.75
    assert (abs(found - 0.5) < 0.2).mean() < 0.65  # nor all in the middle: bands must not be too wide either


def test_draws_keep_to_the_bounds_of_the_prior(library, posterior):
    held = priors(library)

    for i, name in enumerate(NUMBERS):
        inside = posterior.of(name)[posterior.found.weights > 0]
        assert held.low[i] <= inside.min() and inside.max() <= held.high[i], name


def test_resampled_draws_weigh_alike_and_have_the_bands_of_the_weighted_ones(posterior):
    drawn = posterior.resampled(4000, 1)

    for i, name in enumerate(DRAWN):
        low, middle, high = posterior.quantiles(name, (0.1, 0.5, 0.9))
        assert np.quantile(drawn[i], (0.1, 0.5, 0.9)) == pytest.approx([low, middle, high], abs=0.05 * (high - low))


def test_what_left_follows_from_what_came_and_is_not_a_second_proof(world, targets):
    truth = np.array([TRUTH[name] for name in DRAWN])[:, None]

    def with_twice(what):
        flows = tuple(replace(flow, value=2 * flow.value) if flow.what == what else flow for flow in targets.flows)
        return likelihood(world, replace(targets, flows=flows), truth)

    assert with_twice("out") == likelihood(world, targets, truth)
    assert with_twice("in") < likelihood(world, targets, truth) - 50


def test_the_draws_of_the_library_can_be_made_again(library, posterior):
    rows = library.posterior.rows

    assert tuple(rows) == NUMBERS
    for name, kept in rows.items():
        low, middle, high = posterior.quantiles(name, (0.1, 0.5, 0.9))
        half = (high - low) / 2
        assert np.quantile(kept, (0.1, 0.5, 0.9)) == pytest.approx([low, middle, high], abs=0.25 * half), name


def test_the_draws_of_the_library_hang_together_as_the_posterior_does(library, posterior):
    rows, together = library.posterior.rows, posterior.correlations()

    kept = np.corrcoef(list(rows.values()))

    assert kept == pytest.approx(together[: len(NUMBERS), : len(NUMBERS)], abs=0.2)


# --- What is predicted ------------------------------------------------------------------------------------------------


def test_bands_widen_with_their_level_and_hold_about_so_many_counts(found):
    for what, points in found.predicted.points.items():
        inside = [found.predicted.inside(what, level) / len(points) for level in (0.5, 0.8, 0.95)]
        assert inside == sorted(inside)
        assert 0.25 <= inside[0] <= 0.85 and inside[1] >= 0.6 and inside[2] >= 0.85, what
        assert (np.diff(found.predicted.months[what], axis=0) >= 0).all()


def test_a_band_at_a_count_is_that_of_its_month(found):
    for what, points in found.predicted.points.items():
        for point, band in zip(points, found.predicted.at_points[what].T, strict=True):
            middle = point.of(found.predicted.months[what][PROBABILITIES.index(0.5)])
            assert band[PROBABILITIES.index(0.5)] == pytest.approx(middle, rel=0.04), point


def test_counts_are_in_the_order_of_time(targets):
    for what in ("coa", "vergunninghouder", "pending"):
        moments = [moment(point) for point in in_time(targets.points, what)]
        assert moments == sorted(moments) and moments


# --- For readers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_table_has_a_title_and_as_many_cells_as_its_head(found, lang):
    for title, head, rows in tables(found, lang):
        assert title and rows
        assert {len(row) for row in rows} == {len(head)}, title


def test_a_value_of_the_library_that_lies_outside_its_band_is_marked(found):
    rows = dict(zip(NUMBERS, tables(found, "en")[0][2], strict=True))

    assert rows["overig_stay"][-1] == "*"
    assert rows["terugkeer_stay"][-1] == ""


def test_the_chart_is_told_in_words_and_names_the_counts_in_its_bands(found):
    svg = to_svg(chart(found, "nl"))

    assert "72.610" in svg
    assert f"{found.predicted.inside('coa', 0.8)} in die van 80%" in svg


@pytest.mark.parametrize("name", ["predicted.svg", "predicted.html"])
def test_the_chart_of_bands_is_written_as_its_name_says(found, tmp_path, name):
    text = write_plot(found, tmp_path / name, "en").read_text(encoding="utf-8")

    assert text.lstrip().startswith("<svg" if name.endswith("svg") else "<!doctype html>")


def test_every_key_of_the_proposal_is_described(found):
    document = proposal_as_json(found)
    described = set(re.findall(r"`([a-z_0-9.]+)`", JSON_PAGE.read_text(encoding="utf-8")))

    assert json.loads(json.dumps(document)) == document
    assert set(keys(document)) - described == set()
    assert len(document["bands"]["coa"]["p2.5"]) == MONTHS


def keys(document):
    if isinstance(document, list):
        for item in document:
            yield from keys(item)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield key
            yield from keys(value)


def test_the_command_proposes_and_writes_nothing_into_the_library(library):
    before = {path: path.read_bytes() for path in sorted((library.root / "hindcast").iterdir())}

    printed = CliRunner().invoke(app, ["hindcast", "--posterior", "--draws", "100", "--lang", "en"])

    assert printed.exit_code == 0
    assert "months in appeal" in printed.stdout
    assert "nothing was written in the library" in printed.stdout
    assert {path: path.read_bytes() for path in sorted((library.root / "hindcast").iterdir())} == before


def test_to_fit_and_to_draw_at_once_is_refused():
    refused = CliRunner().invoke(app, ["hindcast", "--posterior", "--fit"])

    assert refused.exit_code != 0
    assert "Leave out --fit" in str(refused.exception)
