"""Refusals in words: Dutch where the catalogue has them, each word as a reader is used to, and else English."""

from dataclasses import replace
from datetime import date

import pytest

from ketenraming.base.errors import ChainInvalid, KetenramingError, LibraryInvalid, NotInLibrary
from ketenraming.base.wording import Joined, Wording
from ketenraming.reports.refused import in_words, refused
from ketenraming.scenarios.run import run

DAY = date(2026, 5, 1)
TOO_MANY_LEAVE = """\
id: iedereen-vertrekt
title: {nl: Iedereen vertrekt, en: All leave}
source: {id: test, where: here, because: to see}
reason: {nl: Om het te zien., en: To see.}
changes:
  - {name: terugkeer_zelfstandig_rate, from: 2027-01-01, set: 0.7}
  - {name: terugkeer_gedwongen_rate, from: 2027-01-01, set: 0.7}
"""


@pytest.fixture
def say(library):
    """Says one word by a Dutch template of our own."""

    def said(dutch: str, word: object) -> str:
        return in_words(Wording("{word}", {"word": word}), replace(library, refusals={"nl": {"{word}": dutch}}), "nl")

    return said


@pytest.mark.parametrize(
    ("dutch", "word", "said"),
    [
        ("op {word}", DAY, "op 1 mei 2026"),
        ("in {word:month}", DAY, "in mei 2026"),
        ("{word:,} plaatsen", 1234567, "1.234.567 plaatsen"),
        ("{word:,} euro", 1234.5, "1.234,5 euro"),
        ("{word:g}", 0.25, "0,25"),
        ("het jaar {word}", 2027, "het jaar 2027"),
        ("u schreef {word!r}", "1.5 {x}", "u schreef '1.5 {x}'"),
        ("‘{word:lever_}’", "instroom", "‘Asielaanvragen’"),
        ("‘{word:late_}’", "received", "‘Aanvraag ontvangen op’"),
        ("‘{word:path_}’", "asiel_pact_start", "‘Dag vanaf welke het EU-pact geldt’"),
        ("‘{word:lever_}’", "none_such", "‘none_such’"),
        ("geen woord", 3, "geen woord"),
    ],
)
def test_a_word_is_said_as_a_dutch_reader_is_used_to(say, dutch, word, said):
    assert say(dutch, word) == said


def test_a_wording_inside_another_is_said_in_dutch_too(library):
    error = KetenramingError(
        "{why} Try again in {seconds} seconds.",
        why=Wording("{many} {what} are being made already.", {"many": 2, "what": Wording("checks of documents")}),
        seconds=10,
    )

    assert refused(error, library, "nl") == ("Er lopen al 2 toetsen van stukken. Probeer het over 10 seconden opnieuw.")


def test_names_in_a_question_are_joined_in_dutch(library):
    error = NotInLibrary("scenario", "tien", ["teen", "tin"])

    assert str(error).endswith("Did you mean tin or teen?")
    assert "Bedoelt u tin of teen?" in refused(error, library, "nl")


def test_what_is_between_parts_stays_where_the_catalogue_does_not_have_it(say):
    assert say("{word}", Joined((DAY, 0.5, "x"), "; ")) == "1 mei 2026; 0,5; x"


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        (Wording("{count} of nothing like it", {"count": 1000.5}), "1000.5 of nothing like it"),
        (Wording("nothing {like} it"), "nothing {like} it"),
        (Wording("There is no {kind} {name!r}.{near}", {"kind": Wording("unicorn"), "name": "x", "near": ""}),
         "Er is geen unicorn 'x'. Kies uit wat er is."),
    ],
)  # fmt: skip
def test_what_the_catalogue_does_not_have_is_said_in_english(library, wording, said):
    assert in_words(wording, library, "nl") == said


def test_english_is_what_the_code_says(library):
    error = KetenramingError("{day} is outside the run, which is from {first} until {last}", day=DAY, first=1, last=2)

    assert refused(error, library, "en") == str(error) == "2026-05-01 is outside the run, which is from 1 until 2"


def test_a_chain_that_cannot_be_is_told_in_dutch_by_the_names_of_its_stages(library, tmp_path):
    path = tmp_path / "iedereen-vertrekt.yaml"
    path.write_text(TOO_MANY_LEAVE, encoding="utf-8")

    with pytest.raises(ChainInvalid) as refusal:
        run(library, draws=1, scenarios=[path])

    first, *mistakes = refused(refusal.value, library, "nl").split("\n")
    assert first.startswith("Zo kan de keten niet worden doorgerekend.")
    assert len(mistakes) == len(refusal.value.mistakes)
    assert mistakes[0].startswith("‘terugkeer")
    assert "na 0 maanden verblijf is de kans om te vertrekken" in mistakes[0]


def test_mistakes_of_a_library_stand_as_they_are_below_a_dutch_line(library):
    said = refused(LibraryInvalid(["a.csv:1: {x} is no number", "b.csv:2: gone"]), library, "nl")

    assert said.split("\n")[1:] == ["a.csv:1: {x} is no number", "b.csv:2: gone"]
    assert "zitten 2 fouten" in said
