"""What is said with words to fill in: English as a string, and the same after it went through JSON."""

import json
from datetime import date

import pytest

from ketenraming.base.errors import OR, KetenramingError, did_you_mean
from ketenraming.base.wording import Joined, Wording, as_json, of_json

WHY = Wording("This takes more than {seconds} seconds.", {"seconds": 30})
NESTED = Wording("{name} cannot be checked: {why}", {"name": "artikel {37}.txt", "why": WHY})


def through_json(word):
    return of_json(json.loads(json.dumps(as_json(word))))


def test_words_stand_in_their_places():
    assert str(NESTED) == "artikel {37}.txt cannot be checked: This takes more than 30 seconds."


@pytest.mark.parametrize("text", ["Write {a: 1}.", "A brace { too many"])
def test_without_words_braces_are_left(text):
    assert str(Wording(text)) == text
    assert str(KetenramingError(text)) == text


def test_a_refusal_says_its_wording():
    error = KetenramingError("{count} half-years cannot be missed.", count=-1)

    assert error.wording == Wording("{count} half-years cannot be missed.", {"count": -1})
    assert str(error) == "-1 half-years cannot be missed."


def test_parts_have_the_same_between_each_two():
    assert str(Joined(("Ede", WHY, 37), OR)) == f"Ede or {WHY} or 37"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Utrect", " Did you mean Utrecht?"),
        ("Bergen", " Did you mean Bergen (L.) or Bergen (NH.)?"),
        ("zzzzz", ""),
    ],
)
def test_the_nearest_names_are_asked_for(name, said):
    assert str(did_you_mean(name, ["Utrecht", "Bergen (L.)", "Bergen (NH.)"])) == said


@pytest.mark.parametrize("word", [WHY, NESTED, Wording("{a}", {"a": NESTED}), Wording("{}"), "text", 3, 0.25])
def test_a_wording_is_the_same_after_it_went_through_json(word):
    assert through_json(word) == word


def test_what_is_no_number_comes_through_json_as_text():
    word = Wording("{day}: {names}", {"day": date(2026, 5, 1), "names": Joined(("Ede", "Epe"), OR)})

    assert through_json(word) == Wording("{day}: {names}", {"day": "2026-05-01", "names": "Ede or Epe"})
    assert str(through_json(word)) == str(word)
