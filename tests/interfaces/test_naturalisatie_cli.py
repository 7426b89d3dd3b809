"""`ketenraming naturalisatie`, as somebody who types it sees it."""

import json
import sys
from typing import NamedTuple

import pytest

from ketenraming.cli import main
from ketenraming.rules.naturalisatie import CONDITIONS


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def speak(library, capsys, monkeypatch):
    """Run the command line in this process, on the library that is loaded."""
    monkeypatch.setattr("ketenraming.evidence.library.load", lambda: library)

    def run(*arguments: str) -> Said:
        given = ["ketenraming", "naturalisatie", "--received", "2026-03-02", "--on", "2026-11-23", *arguments]
        monkeypatch.setattr(sys, "argv", given)
        with pytest.raises(SystemExit) as left:
            main()
        return Said(*capsys.readouterr(), int(left.value.code or 0))

    return run


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ("verzoek van 2 maart 2026", "meerderjarig", "voldaan", "nog te beantwoorden", "een uitzondering geldt",
                "13 april 2026", "€ 1.023", "€ 1.073", "20 maart 2027", "geen juridisch advies")),
        ("en", ("request of 2 March 2026", "of age", "still to be answered", "an exception holds", "13 April 2026",
                "€ 1,023", "€ 1,073", "20 March 2027", "not legal advice")),
    ],
)  # fmt: skip
def test_a_request_is_told_in_two_languages(speak, lang, words):
    asked = ("--met", "adult", "--waived", "gives_up_nationality", "--paid", "2026-03-20", "--index", "112.4:117.9")

    said = speak(*asked, "--lang", lang)

    assert said.returncode == 0, said.stderr
    assert [word for word in words if word not in said.stdout] == []


def test_no_condition_is_told_by_its_name_in_the_code(speak):
    for lang in ("nl", "en"):
        assert [name for name in CONDITIONS if "_" in name and name in speak("--lang", lang).stdout] == []


def test_without_a_payment_it_says_where_the_term_is_asked_for(speak):
    assert "ketenraming termijn naturalisatie" in speak().stdout


@pytest.mark.parametrize(
    ("arguments", "all_met"),
    [
        ([one for name in CONDITIONS for one in ("--met", name)], True),
        (["--not-met", "adult"], False),
        (["--met", "adult"], None),
    ],
)
def test_the_document_says_whether_all_conditions_are_met(speak, arguments, all_met):
    said = json.loads(speak(*arguments, "--format", "json").stdout)

    assert said["all_met"] is all_met
    assert [each["name"] for each in said["conditions"]] == list(CONDITIONS)
    assert (said["pay_by"]["day"], said["fee"]["confirmed"], said["term"]) == ("2026-04-13", False, None)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--met", "rich"), "no such condition"),
        (("--met", "adult", "--not-met", "adult"), "both met and not met"),
        (("--waived", "adult"), "no such condition"),
        (("--residence", "long"), "Choose one of general"),
        (("--fee", "gratis"), "Choose one of"),
        (("--index", "5"), "112.4:117.9"),
        (("--index", "0:5"), "above nought"),
        (("--paid", "tomorrow"), "no day"),
        (("--paid", "2025-01-01"), "before"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(speak, arguments, why):
    said = speak(*arguments, "--lang", "en")

    assert (said.returncode, said.stdout) == (2, "")
    assert why in said.stderr
