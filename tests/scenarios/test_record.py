"""Records: a run that is made again is the same to the byte, and what is not says where."""

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError

from ketenraming.base.errors import RecordUnreadable
from ketenraming.scenarios.record import MOST_BYTES, Record, read_record, record_of, results_hash, verify, write_record
from ketenraming.scenarios.run import run

OWN = """
id: eigen
title: {nl: Meer woningen, en: More homes}
reason: {nl: Stel dat., en: Suppose that.}
source: {id: mine, where: my desk}
after: [ind-plus-20]
changes:
  - {name: huisvesting_capacity, from: 2026-01-01, add: 5000, per: year}
"""


@pytest.fixture(scope="module")
def recorded(library, tmp_path_factory):
    """A record of a run with a file of one's own, which is gone afterwards."""
    folder = tmp_path_factory.mktemp("own")
    own = folder / "eigen.yaml"
    own.write_text(OWN, encoding="utf-8")
    record = record_of(run(library, draws=40, scenarios=[str(own)]))
    own.unlink()
    path = folder / "run.json"
    write_record(record, path)
    return path


def changed(path, into, **parts):
    document = json.loads(path.read_text(encoding="utf-8"))
    document |= parts
    into.write_text(json.dumps(document), encoding="utf-8")
    return into


def test_a_run_made_again_is_the_same_to_the_byte(recorded, library):
    verified = verify(read_record(recorded), library)

    assert verified.is_same
    assert not verified.library_differs
    assert (verified.versions, verified.moved) == ({}, ())


def test_a_file_of_ones_own_travels_in_the_record(recorded):
    scenarios = read_record(recorded).scenarios

    assert [one.id for one in scenarios] == ["ind-plus-20", "eigen"]
    assert scenarios[1].changes[0].size == pytest.approx(5000 / 12)


def test_a_record_says_what_it_was_made_with(recorded, library):
    document = json.loads(recorded.read_text(encoding="utf-8"))

    assert (document["schema"], document["library"]) == ("ketenraming/record/1", library.digest)
    assert set(document["made"]) == {"ketenraming", "python", "numpy", "llvmlite"}
    assert (document["known_on"], document["draws"], document["seed"]) == ("2025-09-16", 40, 7)
    assert document["needed"]["37.4/zbo/coa"]["2025"] > 1e9


def test_other_draws_are_another_outcome_though_the_amounts_for_reading_are_alike(recorded, library, tmp_path):
    verified = verify(read_record(changed(recorded, tmp_path / "seed.json", seed=8)), library)

    assert not verified.is_same
    assert verified.moved == ()


def test_an_amount_that_is_not_that_of_the_run_is_found_and_the_largest_comes_first(recorded, library, tmp_path):
    needed = json.loads(recorded.read_text(encoding="utf-8"))["needed"]
    needed["37.4/zbo/nidos"]["2027"] += 1000.0
    needed["37.4/zbo/coa"]["2026"] += 0.01
    del needed["37.1"]["2030"]

    verified = verify(read_record(changed(recorded, tmp_path / "needed.json", needed=needed)), library)

    assert [(one.address, one.year) for one in verified.moved] == [
        ("37.1", "2030"), ("37.4/zbo/nidos", "2027"), ("37.4/zbo/coa", "2026"),
    ]  # fmt: skip
    assert verified.moved[0].recorded is None
    assert not verified.is_same


def test_another_library_and_other_versions_are_named(recorded, library, tmp_path):
    record = read_record(recorded)
    older = record.model_copy(update={"made": record.made.model_copy(update={"numpy": "2.0.0"})})

    verified = verify(older, replace(library, digest="0" * 16))

    assert verified.is_same
    assert verified.library_differs
    assert verified.versions == {"numpy": ("2.0.0", record.made.numpy)}


def test_a_library_that_cannot_run_the_record_says_which_it_was(recorded, library):
    gone = read_record(recorded).model_copy(update={"edition": "begroting-2019-xx", "library": "f" * 16})

    with pytest.raises(RecordUnreadable, match=f"it was made with {'f' * 16}") as refusal:
        verify(gone, library)
    assert library.digest in str(refusal.value)


def test_the_hash_is_of_every_draw(outcome):
    row = next(row for row in outcome.rows.values() if row.needed.quantity.amount.size > 1)
    before = results_hash(outcome)

    amount = row.needed.quantity.amount.copy()
    amount[-1] += 1e-6
    other = replace(row, needed=replace(row.needed, quantity=replace(row.needed.quantity, amount=amount)))
    after = results_hash(replace(outcome, rows={**outcome.rows, (row.address, row.year): other}))

    assert before != after


def test_writing_replaces_whole_and_leaves_nothing_beside(recorded, tmp_path):
    path = tmp_path / "run.json"
    path.write_text("an earlier one", encoding="utf-8")

    write_record(read_record(recorded), path)

    assert path.read_bytes() == recorded.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["run.json"]


def test_a_record_that_cannot_be_written_leaves_nothing(recorded, tmp_path):
    with pytest.raises(OSError, match="No such file"):
        write_record(read_record(recorded), tmp_path / "nowhere" / "run.json")


BAD = {
    "empty": (b"", "Invalid JSON"),
    "a list": (b"[]", "should be an object"),
    "another document": (b'{"ok": true, "schema": "ketenraming/run/1"}', "and [0-9]+ more"),
    "deep": (b"[" * 100_000, "recursion limit"),
    "no text": (b"\xff\xfe\x00", "Invalid JSON"),
    "large": (b" " * (MOST_BYTES + 1), "larger than 1,048,576 bytes"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_record_is_refused_in_one_sentence(tmp_path, kind):
    data, said = BAD[kind]
    path = tmp_path / "x.json"
    path.write_bytes(data)

    with pytest.raises(RecordUnreadable, match=said) as refusal:
        read_record(path)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "parts",
    [{"draws": 0}, {"draws": 100_001}, {"draws": "40"}, {"draws": True}, {"seed": -1}, {"results": "abc"},
     {"extra": 1}, {"needed": {"37": {"2027": float("nan")}}}, {"known_on": "yesterday"}, {"unit": "kEUR"}],
    ids=str,
)  # fmt: skip
def test_a_record_is_strict(recorded, tmp_path, parts):
    with pytest.raises(RecordUnreadable, match=next(iter(parts)) + "|Invalid JSON"):
        read_record(changed(recorded, tmp_path / "x.json", **parts))


def test_no_more_scenarios_than_a_person_would_stack(recorded):
    document = json.loads(recorded.read_text(encoding="utf-8"))

    with pytest.raises(ValidationError, match="at most 50 items"):
        Record.model_validate({**document, "scenarios": document["scenarios"][:1] * 51})
