"""The estimators, against functions whose indices are known in closed form."""

import numpy as np
import pytest

from ketenraming.scenarios.sensitivity.sobol import indices

PI = np.pi


def pick_freeze(function, a, b):
    """The indices of a function of independent columns, from two matrices."""
    swapped = {}
    for i in range(a.shape[1]):
        mixed = a.copy()
        mixed[:, i] = b[:, i]
        swapped[f"x{i + 1}"] = function(mixed)
    return {index.name: index for index in indices(function(a), function(b), swapped)}


def uniform(draws, columns, seed=1):
    return np.random.default_rng(seed).random((2, draws, columns))


def ishigami(x):
    angles = PI * (2 * x - 1)
    return np.sin(angles[:, 0]) + 7 * np.sin(angles[:, 1]) ** 2 + 0.1 * angles[:, 2] ** 4 * np.sin(angles[:, 0])


# Ishigami and Homma (1990), a = 7 and b = 0.1: variance 13.845.
@pytest.mark.parametrize(
    ("name", "first", "total"), [("x1", 0.3139, 0.5576), ("x2", 0.4424, 0.4424), ("x3", 0.0, 0.2437)]
)
def test_the_function_of_ishigami_has_its_known_indices(name, first, total):
    found = pick_freeze(ishigami, *uniform(20_000, 3))[name]

    assert found.first == pytest.approx(first, abs=0.02)
    assert found.total == pytest.approx(total, abs=0.02)


def test_of_a_sum_each_part_explains_its_variance_and_nothing_interacts():
    slopes = np.array([1.0, 2.0, 4.0])

    found = pick_freeze(lambda x: x @ slopes, *uniform(20_000, 3))

    for name, known in zip(found, sorted(slopes**2 / (slopes**2).sum(), reverse=True), strict=True):
        assert found[name].first == pytest.approx(known, abs=0.02)
        assert found[name].total == pytest.approx(known, abs=0.02)


def test_the_known_index_is_within_three_errors_and_errors_shrink_with_the_root_of_the_draws():
    few, many = (pick_freeze(ishigami, *uniform(draws, 3))["x1"] for draws in (1000, 16_000))

    for found in (few, many):
        assert abs(found.first - 0.3139) < 3 * found.first_error
        assert abs(found.total - 0.5576) < 3 * found.total_error
    assert many.total_error == pytest.approx(few.total_error / 4, rel=0.5)


def test_a_group_of_columns_is_swapped_as_one():
    a, b = uniform(20_000, 3)
    mixed = np.column_stack([b[:, 0], a[:, 1], b[:, 2]])

    (group,) = indices(ishigami(a), ishigami(b), {"x1 and x3": ishigami(mixed)})

    assert group.first == pytest.approx(1 - 0.4424, abs=0.02)
    assert group.total == pytest.approx(1 - 0.4424, abs=0.02)


def test_what_never_differs_has_indices_of_nought():
    (found,) = indices(np.ones(100), np.ones(100), {"x": np.ones(100)})

    assert (found.first, found.first_error, found.total, found.total_error) == (0, 0, 0, 0)


def test_the_highest_total_comes_first_and_a_level_changes_nothing():
    a, b = uniform(500, 2)
    swapped = {"small": b[:, 0] + 9 * a[:, 1], "large": a[:, 0] + 9 * b[:, 1]}

    plain, lifted = (
        indices(a @ [1, 9] + level, b @ [1, 9] + level, {name: of + level for name, of in swapped.items()})
        for level in (0.0, 1e4)
    )

    assert [index.name for index in plain] == ["large", "small"]
    assert [index.total for index in lifted] == pytest.approx([index.total for index in plain])
