"""What a rule says, in words: its steps with the law of each, and whether all of it was confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ketenraming.evidence.library import Library
from ketenraming.reports.numbers import Lang, day, number, percent
from ketenraming.reports.words import say, unit_in_words
from ketenraming.rules.explain import Law, Outcome, Step, norm_on

_IN_ENGLISH = (("artikel", "article"), ("lid", "paragraph"), ("onder", "point"))


@dataclass(frozen=True, slots=True)
class StepText:
    """A step in words: what, where it stands, whether a source confirms it, and if not, why not."""

    text: str
    law: str
    confirmed: bool
    why: str = ""


def step_text(step: Step, library: Library, lang: Lang) -> StepText:
    """A step with its words filled in."""
    filled = {name: _word(value, lang) for name, value in step.words.items() if name != "unit"}
    if isinstance(amount := step.words.get("amount"), int | float):
        filled["amount"] = quantity(amount, str(step.words.get("unit", "1")), library, lang)
    if "condition" in filled:
        filled["condition"] = say(library, f"condition_{filled['condition']}", lang)
    text = say(library, f"rule_{step.key}", lang, **filled)
    why = "" if step.confirmed else why_text(step, library, lang)
    return StepText(text[:1].upper() + text[1:], law_text(step.law, library, lang), step.confirmed, why)


def why_text(step: Step, library: Library, lang: Lang) -> str:
    """Why a step is not confirmed: by the rule, by its norm, or both; a note without Dutch is told in English."""
    note = (step.note_nl if lang == "nl" else "") or step.note
    return " ".join(part for part in (say(library, f"why_{step.why}", lang) if step.why else "", note) if part)


def numbered(steps: Iterable[StepText]) -> dict[str, int]:
    """The reasons for which steps are not confirmed, each once, with a number that the steps refer to."""
    return {why: i for i, why in enumerate(dict.fromkeys(step.why for step in steps if step.why), 1)}


def quantity(amount: float, unit: str, library: Library, lang: Lang) -> str:
    """An amount with its unit: `6 maanden`, `1 jaar`, `€ 23 per dag`, `75%`."""
    if unit == "share":
        return percent(100 * amount, lang, 0)
    above, _, below = unit.partition("/")
    if unit == "1":
        return _word(amount, lang)
    told = euros(amount, lang) if above == "EUR" else _word(amount, lang)
    if above == "EUR":
        return f"{told} {unit_in_words(f'1/{below}', library, lang)}".strip() if below else told
    return f"{told} {say(library, f'one_{above}', lang) if amount == 1 else unit_in_words(unit, library, lang)}"


def euros(amount: float, lang: Lang) -> str:
    """An amount to the cent, without cents where it has none."""
    return f"€ {number(amount, lang, 0 if float(amount).is_integer() else 2)}"


def _word(value: object, lang: Lang) -> str:
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, int | float):
        return number(value, lang, 0 if float(value).is_integer() else 2)
    return str(value)


def law_text(law: Law | None, library: Library, lang: Lang) -> str:
    """Where a step stands: the article, and the name of the law; empty where it stands nowhere."""
    if law is None:
        return ""
    where = law.where if law.article else ""
    if lang == "en":
        for dutch, english in _IN_ENGLISH:
            where = where.replace(dutch, english)
    return ", ".join(part for part in (library.sources[law.source].title, where) if part)


def not_advice(library: Library, lang: Lang) -> str:
    """That this is a computation of the rule as known on a day, and no advice."""
    return say(library, "rules_not_advice", lang, day=day(known_on(library), lang))


def known_on(library: Library) -> date:
    """The day up to which the law was read."""
    return norm_on(library.parameters, "recht_read_until", date.today()).day


def confirmed_text(steps: Iterable[Step], library: Library, lang: Lang) -> str:
    """That every step is confirmed, or how many are not."""
    count = sum(1 for step in steps if not step.confirmed)
    key = "rules_unconfirmed_all" if count else "rules_confirmed_all"
    return say(library, key, lang, count=count)


def steps_as_json(outcome: Outcome[Any], library: Library) -> list[dict[str, Any]]:
    """The steps of an outcome: their key, words in two languages, law, and whether it was confirmed."""
    return [_step_as_json(step, library) for step in outcome.steps]


def _step_as_json(step: Step, library: Library) -> dict[str, Any]:
    return {
        "key": step.key,
        "text_nl": step_text(step, library, "nl").text,
        "text_en": step_text(step, library, "en").text,
        "law": _law_as_json(step.law),
        "confirmed": step.confirmed,
        "note": step.note if step.confirmed else why_text(step, library, "en"),
        "note_nl": "" if step.confirmed else why_text(step, library, "nl"),
    }


def _law_as_json(law: Law | None) -> Mapping[str, str] | None:
    if law is None:
        return None
    return {
        "source": law.source,
        "bwb_id": law.bwb_id,
        "article": law.article,
        "paragraph": law.paragraph,
        "where": law.where,
    }


def notice_as_json(library: Library) -> dict[str, Any]:
    """The day up to which the law was read, and that this is no advice."""
    return {
        "known_on": known_on(library).isoformat(),
        "notice_nl": not_advice(library, "nl"),
        "notice_en": not_advice(library, "en"),
    }
