"""Scenario files: what is in one, what is refused, and where the mistake stands."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ketenraming.base.errors import ScenarioInvalid
from ketenraming.evidence.library import Library
from ketenraming.scenarios.scenario import Change, schema
from ketenraming.scenarios.shelf import MOST_BYTES, load_scenarios, names

HEAD = """\
id: {id}
title: {{nl: Titel, en: Title}}
reason: {{nl: Stel dat., en: Suppose that.}}
source: {{id: a-report-of-mine, where: page 1}}
"""
CHANGES = """\
changes:
  - name: ind_asiel_capacity
    from: 2026-01-01
    scale: 1.2
"""
TOML = """\
id = "mine"
title = {nl = "Titel", en = "Title"}
reason = {nl = "Stel dat.", en = "Suppose that."}
source = {id = "a-report-of-mine", where = "page 1"}

[[changes]]
name = "ind_asiel_capacity"
from = 2026-01-01
scale = 1.2
"""


@pytest.fixture
def refused(library, tmp_path):
    """The mistakes for which a file with this text is refused."""

    def mistakes(text: str | bytes, ending: str = "yaml") -> tuple[str, ...]:
        path = tmp_path / f"mine.{ending}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(ScenarioInvalid) as error:
            load_scenarios([path], library)
        return error.value.mistakes

    return mistakes


def _write(folder: Path, name: str, changes: str = CHANGES, more: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(id=name) + more + changes, encoding="utf-8")
    return path


def _own_library(library: Library, root: Path, **after: str) -> Library:
    """A library whose scenarios build on each other as said."""
    (root / "scenarios").mkdir()
    for name, others in after.items():
        path = _write(root / "scenarios", name, more=f"after: [{others}]\n")
        path.write_text(path.read_text(encoding="utf-8").replace("a-report-of-mine", "mpp"), encoding="utf-8")
    return replace(library, root=root)


def test_yaml_and_toml_hold_the_same_scenario(library, tmp_path):
    (tmp_path / "mine.toml").write_text(TOML, encoding="utf-8")

    (one,) = load_scenarios([_write(tmp_path, "mine")], library)
    (other,) = load_scenarios([str(tmp_path / "mine.toml")], library)

    assert one.model_dump() == other.model_dump()
    assert (one.changes[0].how, one.changes[0].size) == ("scale", 1.2)


def test_a_change_knows_the_file_and_line_it_stands_on(library, tmp_path):
    (tmp_path / "mine.toml").write_text(TOML, encoding="utf-8")

    (shipped,) = load_scenarios(["ind-plus-20"], library)
    (yaml,) = load_scenarios([_write(tmp_path, "mine")], library)
    (toml,) = load_scenarios([tmp_path / "mine.toml"], library)

    assert shipped.changes[0].at == "scenarios/ind-plus-20.yaml:14"
    assert (yaml.changes[0].at, toml.changes[0].at) == ("mine.yaml:6", "mine.toml:6")


def test_what_is_given_per_year_is_a_twelfth_each_month():
    change = Change.model_validate({"name": "x", "from": "2026-01-01", "add": 6000, "per": "year"})

    assert change.size == 500


def test_every_mistake_is_said_with_its_line_and_all_at_once(refused):
    assert refused(
        HEAD.format(id="mine").replace("nl: Titel, ", "")
        + """\
colour: red
changes:
  - name: a
    from: 2026-01-02
    until: 2026-06-29
    set: 1
    add: 0
  - name: b
    from: 2026-03-01
    until: 2025-12-31
    scale: 1
    per: year
  - {name: c, from: 2026-01-01, set: -1}
  - {name: d, from: 2026-01-01}
  - {name: e, from: 2026-01-01, shift: 1.5}
  - {name: f, from: 2026-01-01, set: true}
  - {name: g, from: 2026-01-01, add: .nan}
"""
    ) == (
        "mine.yaml:2: title.nl: field required",
        "mine.yaml:8: changes.0.from: 2026-01-02 is not the first day of a month; choose 2026-01-01",
        "mine.yaml:9: changes.0.until: 2026-06-29 is not the last day of a month",
        "mine.yaml:7: changes.0.name: give exactly one of set, add, scale and shift, not set and add",
        "mine.yaml:11: changes.0.add: add 0 changes nothing; leave the change out",
        "mine.yaml:14: changes.1.until: ends on 2025-12-31, before it starts on 2026-03-01",
        "mine.yaml:16: changes.1.per: only what is set or added can be per year; leave it out",
        "mine.yaml:15: changes.1.scale: scale 1 changes nothing; leave the change out",
        "mine.yaml:17: changes.2.set: input should be greater than or equal to 0",
        "mine.yaml:18: changes.3.name: give exactly one of set, add, scale and shift, not none of them",
        "mine.yaml:19: changes.4.shift: input should be a valid integer",
        "mine.yaml:20: changes.5.set: input should be a valid number",
        "mine.yaml:21: changes.6.add: input should be a finite number",
        "mine.yaml:5: colour: extra inputs are not permitted",
    )


def test_a_number_of_too_many_digits_is_refused_in_yaml_and_in_toml(refused):
    assert "not a number: Exceeds the limit" in refused("id: mine\nage: " + "9" * 5000)[0]
    assert "not TOML: Exceeds the limit" in refused("age = " + "9" * 5000, "toml")[0]


def test_mistakes_in_toml_have_their_line_too(refused):
    text = TOML + '\n[[changes]]\nname = "b"\nfrom = 2026-01-15\nscale = "2"\n\n[[changes]]\nname = "c"\nset = 1\n'

    assert refused(text, "toml") == (
        "mine.toml:14: changes.1.scale: input should be a valid number",
        "mine.toml:16: changes.2.from: field required",
    )


@pytest.mark.parametrize("missing", ["title", "reason", "source"])
def test_a_scenario_without_words_or_source_is_refused(refused, missing):
    head = "".join(line for line in HEAD.splitlines(keepends=True) if not line.startswith(missing))

    assert refused(head.format(id="mine") + CHANGES) == (f"mine.yaml:1: {missing}: field required",)


def test_a_scenario_without_changes_is_refused(refused):
    assert refused(HEAD.format(id="mine") + "changes: []\n") == (
        "mine.yaml:5: changes: value error, give at least one change",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [", "not YAML"),
        ("a: *nothing", "not YAML"),
        ("id: mine\nid: yours\n", "duplicate key"),
        (HEAD.format(id="mine") + CHANGES.replace("1.2", "!!bool maybe"), "mine.yaml:8: not YAML: has a tag"),
        (HEAD.format(id="mine") + CHANGES.replace("1.2", "!!python/name:os.system x"), "not YAML: has a tag"),
        (HEAD.format(id="mine") + CHANGES.replace("2026-01-01", "2026-02-30"), "mine.yaml:7: not a day"),
        (HEAD.format(id="mine").encode("utf-16"), "is not UTF-8"),
        (HEAD.format(id="mine").replace("Titel", "Ti\x00el"), "mine.yaml:2: holds '\\x00', which is no text"),
        ("a: " + "[" * 1000 + "]" * 1000, "more than 10 lists in each other"),
        ("- " * 5000 + "a", "mine.yaml:1: cannot be read as YAML: more than 100 parts"),
        (HEAD.format(id="mine") + CHANGES + "#" * MOST_BYTES, "larger than 65,536 bytes"),
        ("just words", "valid dictionary"),
    ],
)
def test_what_is_no_scenario_is_refused_in_one_line(refused, text, why):
    (mistake,) = refused(text)

    assert why in mistake


# Ten lists of ten of the one before: a page that stands for ten thousand million words.
BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(10 * [f'*{old}'])}]\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


# The same with merges, which leave no anchor on what they copy.
MERGES = "m0: {<<: &a {k: [x, x]}}\n" + "".join(
    f"m{new}: {{<<: &{new} {{k1: {{<<: *{old}}}, k2: {{<<: *{old}}}}}}}\n"
    for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        MERGES,
        CHANGES.replace("1.2", "&much 1.2"),
        CHANGES.replace("- name", "- &change\n    name"),
        CHANGES + "  - {name: &n x, from: 2026-01-01, set: 1}\n  - {name: *n, from: 2026-01-01, set: 1}\n",
    ],
    ids=["bomb", "merges", "number", "change", "name"],
)
def test_anchors_and_aliases_are_refused(refused, text):
    (mistake,) = refused(HEAD.format(id="mine") + text)

    assert mistake.endswith("has an anchor (&) or an alias (*); write out what it stands for")


def test_a_file_that_is_not_there_is_refused(library, tmp_path):
    for path in (tmp_path / "mine.yaml", tmp_path):
        with pytest.raises(ScenarioInvalid, match="it is not there, or not a file"):
            load_scenarios([path], library)


def test_a_mistyped_id_is_met_with_the_nearest(library):
    with pytest.raises(ScenarioInvalid, match=r"There is no scenario 'ind-plus-2'\. Did you mean ind-plus-20"):
        load_scenarios(["ind-plus-2"], library)


def test_the_id_is_the_name_of_the_file(refused):
    assert refused(HEAD.format(id="yours") + CHANGES) == ("mine.yaml:1: the id is 'yours', the file is called 'mine'",)


def test_a_file_of_ones_own_does_not_take_the_id_of_a_shipped_one(library, tmp_path):
    path = _write(tmp_path, "ind-plus-20")

    with pytest.raises(ScenarioInvalid, match="a shipped scenario is called 'ind-plus-20'"):
        load_scenarios([path], library)
    with pytest.raises(ScenarioInvalid, match="there is another scenario 'ind-plus-20'"):
        load_scenarios(["ind-plus-20", path], library)


def test_a_shipped_scenario_may_be_called_by_its_path(library):
    path = library.root / "scenarios" / ".." / "scenarios" / "ind-plus-20.yaml"

    assert load_scenarios([path, "ind-plus-20"], library) == load_scenarios(["ind-plus-20"], library)


def test_a_scenario_comes_behind_those_it_builds_on_and_each_comes_once(library, tmp_path):
    one = _write(tmp_path, "one", more="after: [ind-plus-20]\n")
    two = _write(tmp_path, "two", more="after: [huisvesting-stagneert, one]\n")

    loaded = load_scenarios([one, two, "ind-plus-20", one], library)

    assert [scenario.id for scenario in loaded] == ["ind-plus-20", "one", "huisvesting-stagneert", "two"]


def test_what_it_builds_on_must_be_there(library, tmp_path):
    path = _write(tmp_path, "mine", more="after:\n  - ind-plus-20\n  - huisvesting-stagnatie\n")

    with pytest.raises(
        ScenarioInvalid, match=r"mine\.yaml:7: There is no scenario .* Did you mean huisvesting-stagneert"
    ):
        load_scenarios([path], library)


def test_nothing_builds_on_itself(library, tmp_path):
    circle = _own_library(library, tmp_path, one="two", two="three", three="one", four="")

    with pytest.raises(ScenarioInvalid, match="one after two after three after one: nothing builds on itself"):
        load_scenarios(["one"], circle)
    assert [scenario.id for scenario in load_scenarios(["four"], circle)] == ["four"]


def test_the_name_of_a_file_cannot_be_built_on(refused):
    (mistake,) = refused(HEAD.format(id="mine") + "after: [../secret.yaml]\n" + CHANGES)

    assert mistake.startswith("mine.yaml:5: after.0: string should match pattern")


def test_the_mistakes_of_all_files_are_said_together(library, tmp_path):
    one = _write(tmp_path, "one", CHANGES.replace("1.2", "much"))
    two = _write(tmp_path, "two", CHANGES.replace("01-01", "01-02"))

    with pytest.raises(ScenarioInvalid) as error:
        load_scenarios([one, two, "three"], library)

    assert [mistake.split(":")[0] for mistake in error.value.mistakes] == [
        "one.yaml",
        "two.yaml",
        "There is no scenario 'three'.",
    ]


def test_a_shipped_scenario_names_a_source_of_the_library(library, tmp_path):
    own = _own_library(library, tmp_path, one="")
    path = tmp_path / "scenarios" / "one.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("mpp", "hearsay"), encoding="utf-8")

    with pytest.raises(ScenarioInvalid, match=r"scenarios/one\.yaml:4: 'hearsay' is not in library/sources"):
        names(own)


def test_the_schema_for_editors_is_that_of_the_model(library):
    """When this fails: uv run python scripts/schema.py."""
    text = (library.root / "schema" / "scenario.json").read_text(encoding="utf-8")

    assert text == schema()
    assert json.loads(text)["$defs"]["Change"]["required"] == ["name", "from"]
