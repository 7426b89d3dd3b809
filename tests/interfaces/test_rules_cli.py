"""`ketenraming termijn` and `ketenraming dwangsom`, as somebody who types them sees them."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from ketenraming.cli import main

ASYLUM = ("asiel", "--received", "2024-04-10")


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    stdout: str
    stderr: str
    returncode: int


Speak = Callable[..., Said]


@pytest.fixture
def speak(library, capsys, monkeypatch) -> Speak:
    """Run the command line in this process, on the library that is loaded: a new one would cost a second each."""
    monkeypatch.setattr("ketenraming.evidence.library.load", lambda: library)

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["ketenraming", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        return Said(*capsys.readouterr(), int(left.value.code or 0))

    return run


def test_the_command_runs_as_a_program_of_its_own():
    program = "import sys; sys.argv[0] = 'ketenraming'; from ketenraming.cli import main; main()"
    command = [sys.executable, "-c", program, "termijn", *ASYLUM, "--on", "2025-06-21"]

    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("Beslistermijn: asiel")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ("te laat sinds 11 oktober 2024", "254 dagen", "artikel 42, lid 1", "ingetrokken", "10 juli 2025",
                "geen juridisch advies")),
        ("en", ("late since 11 October 2024", "254 days", "article 42, paragraph 1", "withdrawn", "10 July 2025",
                "not legal advice")),
    ],
)  # fmt: skip
def test_a_late_case_says_since_when_and_by_which_law(speak, lang, words):
    said = speak("termijn", *ASYLUM, "--on", "2025-06-21", "--lang", lang)

    assert said.returncode == 0, said.stderr
    assert [word for word in words if word not in said.stdout] == []


def test_as_json_a_term_has_its_day_its_state_its_steps_and_its_other_readings(speak):
    told = json.loads(speak("termijn", *ASYLUM, "--on", "2025-06-21", "--format", "json").stdout)

    assert (told["schema"], told["regime"], told["deadline"], told["late_since"], told["days_late"], told["state"]) == (
        "ketenraming/termijn/1", "old", "2024-10-10", "2024-10-11", 254, "overdue")  # fmt: skip
    assert told["steps"][1]["law"] == {
        "source": "BWBR0011823", "bwb_id": "BWBR0011823", "article": "42", "paragraph": "1",
        "where": "artikel 42, lid 1"}  # fmt: skip
    assert set(told["readings"]) == {"before_withdrawal", "other_law"}
    # Until now this was confirmed; but on which day of June 2025 the extension was withdrawn was not found.
    assert told["confirmed"] is False
    assert [step["note_nl"][:34] for step in told["steps"] if not step["confirmed"]] == [
        "De intrekking was in juni 2025; op"]  # fmt: skip
    assert "not legal advice" in told["notice_en"]


def test_what_leans_on_the_unconfirmed_says_so(speak):
    said = speak(
        "termijn", "asiel", "--received", "2026-07-07", "--extended", "first", "--on", "2027-02-01", "--lang", "en"
    )

    assert "unconfirmed 1" in said.stdout
    assert "  1  From memory; the paragraph was not read." in said.stdout
    assert "Unconfirmed (1)" in said.stdout


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ("niet bevestigd 1", "1  Rechters verschillen: een leest het als een pauze",
                "met het besluitmoratorium als pauze: laatste dag 5 september 2025")),
        ("en", ("unconfirmed 1", "1  Courts differ: one reads it as a pause",
                "with the moratorium as a pause: last day 5 September 2025")),
    ],
)  # fmt: skip
def test_why_something_is_not_confirmed_stands_below_the_steps(speak, lang, words):
    said = speak("termijn", "asiel", "--received", "2024-09-05", "--moratorium", "2024-12-14", "--on", "2026-02-05",
                 "--lang", lang)  # fmt: skip

    assert [word for word in words if word not in said.stdout] == []


def test_a_lawful_case_that_the_other_law_does_not_have_has_its_term(speak):
    said = speak("termijn", "asiel", "--received", "2025-04-10", "--extended", "second", "--on", "2026-01-01")

    assert said.returncode == 0, said.stderr
    assert "10 januari 2026" in said.stdout
    assert "onder het andere recht" not in said.stdout


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", ("€ 6.400", "64 dagen na 18 april 2025", "sluit deze dwangsom uit")),
     ("en", ("€ 6,400", "64 days after 18 April 2025", "excludes this penalty"))],
)  # fmt: skip
def test_a_penalty_says_what_has_run_up_under_which_rule(speak, lang, words):
    said = speak("dwangsom", *ASYLUM, "--notice", "2024-10-14", "--judgment", "2025-02-21", "--weeks", "8",
                 "--cap", "7500", "--day-price", "100", "--on", "2025-06-21", "--lang", lang)  # fmt: skip

    assert said.returncode == 0, said.stderr
    assert [word for word in words if word not in said.stdout] == []


def test_as_json_a_penalty_has_each_rule_apart_and_their_sum(speak):
    told = json.loads(speak("dwangsom", "regulier", "--received", "2024-01-02", "--notice", "2024-05-01",
                            "--judgment", "2024-08-01", "--on", "2024-09-01", "--format", "json").stdout)  # fmt: skip

    assert (told["administrative"]["euros"], told["administrative"]["state"]) == (1442, "maximum")
    assert (told["court"][0]["term_end"], told["court"][0]["days"]) == ("2024-08-15", 17)
    assert (told["euros_low"], told["euros_high"]) == (3_142, 3_142)
    assert told["route"] is None
    assert told["confirmed"] is False


def test_what_each_judgment_says_is_given_once_for_all_or_once_for_each(speak):
    told = json.loads(speak("dwangsom", *ASYLUM, "--judgment", "2025-02-21", "--judgment", "2025-09-21",
                            "--not-heard", "--heard", "--day-price", "100", "--cap", "7500.50", "--cap", "37500",
                            "--on", "2026-06-01", "--format", "json").stdout)  # fmt: skip

    assert [(each["term_end"], each["euros_high"]) for each in told["court"]] == [
        ("2025-06-13", 7_500.5), ("2025-11-16", 19_700)]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ("Maximum € 7.500,50, volgens de uitspraak", "Wetsvoorstel 35 749",
                "ingetrokken: laatste dag 10 juli 2025; samen € 7.500,50", "599 dagen te laat op 1 juni 2026")),
        ("en", ("Maximum € 7,500.50, by the judgment", "Bill 35 749", "last day 10 July 2025; together € 7,500.50",
                "599 days late on 1 June 2026")),
    ],
)  # fmt: skip
def test_a_penalty_tells_cents_other_readings_and_the_bill_that_is_pending(speak, lang, words):
    said = speak("dwangsom", *ASYLUM, "--judgment", "2025-02-21", "--cap", "7500.50", "--on", "2026-06-01",
                 "--lang", lang)  # fmt: skip

    assert [word for word in words if word not in said.stdout] == []


def test_each_applicant_is_told_an_equal_part(speak):
    said = speak("dwangsom", "regulier", "--received", "2024-01-02", "--notice", "2024-05-01", "--applicants", "4",
                 "--on", "2024-05-20")  # fmt: skip

    assert "Ieder van de 4 aanvragers krijgt € 34,50." in said.stdout


def test_after_a_notice_that_came_too_early_no_way_to_a_court_is_told(speak):
    said = speak("dwangsom", "regulier", "--received", "2024-01-02", "--notice", "2024-03-01", "--on", "2024-05-20")

    assert "Beroep kan vanaf" not in said.stdout
    assert "Een nieuwe is nodig om in beroep te kunnen gaan" in said.stdout


def test_before_a_judgment_the_way_to_a_court_is_told(speak):
    told = json.loads(speak("dwangsom", "regulier", "--received", "2024-01-02", "--notice", "2024-05-01",
                            "--on", "2024-05-20", "--format", "json").stdout)  # fmt: skip

    assert told["route"]["appeal_from"] == "2024-05-16"
    assert told["administrative"]["euros"] == 138


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("termijn", "asyl", "--received", "2024-04-10"), "Did you mean asiel?"),
        (("termijn", "asiel", "--received", "10-04-2024"), "Write it as 2024-04-10"),
        (("termijn", "asiel", "--received", "9999-12-31"), "Correct the year"),
        (("termijn", *ASYLUM, "--extended", "third"), "first or second"),
        (("termijn", *ASYLUM, "--protected-from", "2024-04-10"), "--protected-until"),
        (("termijn", *ASYLUM, "--decided", "2024-04-09"), "Correct one of them"),
        (("dwangsom", *ASYLUM, "--judgment", "2025-01-01", "--weeks", "8", "--weeks", "2"), "once for each --judgment"),
        (("dwangsom", *ASYLUM, "--cap", "7500"), "--judgment"),
        (("dwangsom", *ASYLUM, "--judgment", "2025-01-01", "--cap", "nan"), "more than nought"),
        (("dwangsom", "mvv", "--received", "2024-04-10", "--notice", "2024-09-01", "--applicants", "0"), "applicants"),
        (("dwangsom", *ASYLUM, "--notice", "2024-04-09"), "The day notice (2024-04-09) is before the day received"),
        (("termijn", "regulier", "--received", "2024-04-10", "--until", "2024-06-01"), "Add --extended first"),
        (("termijn", "asiel", "--received", "1999-12-31"), "The law that was read begins on 2000-01-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused_in_one_sentence_on_one_line(speak, arguments, words):
    # In English when asked: without `--lang` a refusal is in Dutch now, as all else that a command prints.
    said = speak(*arguments, "--lang", "en")

    assert said.returncode == 2
    assert words in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert said.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("termijn", "asiel", "--received", "10-04-2024"), "Bij ‘Aanvraag ontvangen op’ staat '10-04-2024'"),
        (("dwangsom", *ASYLUM, "--judgment", "2025-01-01", "--weeks", "8", "--weeks", "2"), "eenmaal voor elke"),
        (("termijn", "asiel", "--received", "1999-12-31"), "De wet die is gelezen, begint op 1 januari 2000"),
        (("termijn", *ASYLUM, "--protected-from", "2025-01-02", "--protected-until", "2025-01-01"),
         "Bij ‘Tijdelijke bescherming tot en met’ staat 1 januari 2025"),
    ],
)  # fmt: skip
def test_without_a_language_a_refusal_is_in_dutch(speak, arguments, words):
    said = speak(*arguments)

    assert (said.returncode, len(said.stderr.splitlines())) == (2, 1)
    assert words in said.stderr


def test_a_refusal_as_json_is_one_document(speak):
    said = speak("dwangsom", *ASYLUM, "--cap", "7500", "--format", "json")

    assert (said.returncode, json.loads(said.stdout)["code"]) == (2, "case-invalid")
