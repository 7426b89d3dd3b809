"""Rules in words: every step can be said in both languages, and says where it stands."""

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import ketenraming
from ketenraming.reports.rules import law_text, numbered, quantity, step_text
from ketenraming.rules.explain import Law, Norm, Step
from ketenraming.rules.products import PRODUCTS

RULES = Path(ketenraming.__file__).parent / "rules"
WRITTEN = re.compile(
    r"(?:Step\(|\.step\(|norm, )\s*\"(\w+)\"|\"((?:penalty|court|housing|nat)_\w+)\" (?:if|else)"
    r"|\"((?:court|housing|nat)_\w+)\"[,}]"
)
BUILT = {  # by f-strings, or passed on
    "moratorium", "moratorium_after", "moratorium_in_all", "protection", "protection_longer",
    "regime_old", "regime_pact", "regime_as_old", "regime_as_pact", "nat_general", "nat_partner_or_stateless",
    "nat_ten_years", "nat_married", "nat_waived", "penalty_allowed", "penalty_excluded", "court_allowed",
    "court_excluded", "housing_supervised", "displaced_food", "displaced_food_minor", "displaced_clothing",
    "displaced_housing",
}  # fmt: skip


def keys_of_steps() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in RULES.glob("*.py"))
    return {next(filter(None, found)) for found in WRITTEN.findall(text)} | BUILT


def test_every_step_has_words_and_all_words_are_of_a_step(library):
    worded = {key.removeprefix("rule_") for key in library.messages if key.startswith("rule_")}

    assert worded == keys_of_steps()


def test_every_reason_of_a_rule_has_words_and_all_words_are_of_a_reason(library):
    text = "\n".join(path.read_text(encoding="utf-8") for path in RULES.glob("*.py"))
    written = set(re.findall(r"\"(\w+)\"", text))

    worded = {key.removeprefix("why_") for key in library.messages if key.startswith("why_")}

    assert set(re.findall(r"(?:doubted\(|why=)\"(\w+)\"", text)) <= worded <= written


def test_why_a_step_is_not_confirmed_is_told_in_the_language_of_the_reader(library):
    norm = Norm("x", 1, "month", Law("BWBR0011823", "artikel 42"), False, "Not read.", "Niet gelezen.")
    days = {"start": date(2026, 7, 1), "until": date(2026, 8, 1), "day": date(2026, 8, 1)}
    base, rest = norm.step("base", **days), norm.step("rest", **days).doubted("rest")
    steps = [base, rest, base, Step("no_notice")]

    nl, en = ([step_text(step, library, lang).why for step in steps] for lang in ("nl", "en"))

    assert (nl[0], en[0], nl[3]) == ("Niet gelezen.", "Not read.", "")
    assert nl[1].startswith("Of Verordening (EU) 2024/1348")
    assert nl[1].endswith(" Niet gelezen.")
    assert numbered([step_text(step, library, "nl") for step in steps]) == {nl[0]: 1, nl[1]: 2}


def test_a_note_without_dutch_is_told_in_english(library):
    assert step_text(Step("no_notice", confirmed=False, note="Not read."), library, "nl").why == "Not read."


def test_both_languages_ask_for_the_same_words(library):
    for key, both in library.messages.items():
        if key.startswith(("rule_", "rules_", "product_", "why_")):
            asked = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in both.values()]
            assert asked[0] == asked[1], key


def test_every_product_has_a_name(library):
    assert {f"product_{name}" for name in PRODUCTS} <= set(library.messages)


@pytest.mark.parametrize(
    ("amount", "unit", "nl", "en"),
    [
        (6, "month", "6 maanden", "6 months"),
        (1, "year", "1 jaar", "1 year"),
        (23, "EUR/day", "€ 23 per dag", "€ 23 per day"),
        (1442, "EUR", "€ 1.442", "€ 1,442"),
        (7500.5, "EUR", "€ 7.500,50", "€ 7,500.50"),
        (0.75, "share", "75%", "75%"),
        (10, "workday", "10 werkdagen", "10 working days"),
        (1, "1", "1", "1"),
    ],
)
def test_an_amount_has_its_unit(library, amount, unit, nl, en):
    assert (quantity(amount, unit, library, "nl"), quantity(amount, unit, library, "en")) == (nl, en)


def test_an_article_is_named_in_the_language_of_the_reader(library):
    law = Law("BWBR0003738", "artikel 8, lid 1, onder c")

    assert law_text(law, library, "nl").endswith("artikel 8, lid 1, onder c")
    assert law_text(law, library, "en").endswith("article 8, paragraph 1, point c")


def test_a_judgment_is_named_without_an_article(library):
    assert law_text(Law("rvs-2022-11-30", "judgment"), library, "nl") == library.sources["rvs-2022-11-30"].title


def test_days_are_written_out(library):
    step = Step("until", {"until": date(2026, 5, 1)})

    assert "1 mei 2026" in step_text(step, library, "nl").text
    assert "1 May 2026" in step_text(step, library, "en").text
