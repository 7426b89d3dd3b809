"""YAML: values of version 1.2, days, and the line of every key."""

import math
from datetime import date

import pytest

from ketenraming.evidence.marked import DEEPEST, Marked, NoSuchValue, NotYaml

TEXT = """\
id: a
values:
  - from: 2026-01-01
    value: 1
  - {from: 2027-01-01,
     value: 2}
"""


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("on", "on"), ("No", "No"), ("true", True), ("False", False), ("~", None), ("", None),
        ("012", 12), ("-3", -3), ("0x1F", 31), ("0o17", 15), ("1_000", "1_000"), ("12:30", "12:30"),
        ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("-.inf", -math.inf), ("1.2.3", "1.2.3"),
        ("2026-01-31", date(2026, 1, 31)), ("2026-01", "2026-01"), ("'2026-01-31'", "2026-01-31"), ("<<", "<<"),
    ],
)  # fmt: skip
def test_values_are_those_of_version_1_2_and_days(written, means):
    found = Marked(f"a: {written}\n").data["a"]

    assert found == means
    assert type(found) is type(means)


def test_a_key_may_be_a_word_that_is_a_truth_elsewhere():
    assert Marked("on: 1\nno: 2\n").data == {"on": 1, "no": 2}


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ((), 1),
        (("id",), 1),
        (("values",), 2),
        (("values", 0), 3),
        (("values", 0, "value"), 4),
        (("values", 1), 5),
        (("values", 1, "value"), 6),
        (("values", 1, "until"), 5),
        (("values", 7, "value"), 2),
        (("nowhere", 0), 1),
    ],
)
def test_every_part_knows_its_line_or_that_of_the_part_around_it(where, line):
    assert Marked(TEXT).line_of(where) == line


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("a: 1\na: 2\n", "duplicate key 'a'", 1),
        ("a: 1\nb: &x 2\n", "has an anchor", 1),
        ("a: 1\nb: *x\n", "has an anchor", 1),
        ("a: 1\n---\nb: 2\n", "found another document", 1),
        ("\na: !!python/name:os.system x\n", "has a tag", 1),
        ("a: 1\nb: !!map [x]\n", "has a tag", 1),
        ("a: !!set x\n", "has a tag", 0),
        ("!other {a: 1}\n", "has a tag", 0),
        ("a: 1\nb: [\n", "did not find expected node content", 2),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line(text, why, line):
    with pytest.raises(NotYaml) as error:
        Marked(text)

    assert why in error.value.problem
    assert error.value.problem_mark.line == line


def test_a_sign_that_is_no_text_is_refused():
    with pytest.raises(NotYaml, match="control characters are not allowed at sign 3"):
        Marked("a: \x01")


@pytest.mark.parametrize("text", ["- " * 60_000 + "a", "[" * 60_000])
def test_what_is_too_deep_is_refused_before_a_parser_calls_itself(text):
    with pytest.raises(RecursionError, match=str(DEEPEST)):
        Marked(text)


@pytest.mark.parametrize(("text", "why"), [("2026-02-30", "not a day: day is out"), ("9" * 5000, "not a number: ")])
def test_what_looks_like_a_value_and_is_none_is_refused_with_its_line(text, why):
    with pytest.raises(NoSuchValue) as error:
        Marked(f"a: 1\nb: {text}\n")

    assert error.value.problem.startswith(why)
    assert error.value.problem_mark.line == 1
