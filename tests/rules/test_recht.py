"""The laws of the library: no gap and no overlap between their states, a place for each, and one implementation."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import ketenraming
from ketenraming.evidence.parameter import Parameter
from ketenraming.rules.explain import Law
from ketenraming.rules.products import PRODUCTS

SOURCE = Path(ketenraming.__file__).parent
ONE_DAY = timedelta(days=1)

# Of fees only some years were found.
WITH_GAPS = {f"leges_{name}_price" for name in (
    "naturalisatie_enkel", "naturalisatie_samen", "naturalisatie_enkel_verlaagd", "naturalisatie_samen_verlaagd",
    "naturalisatie_kind", "optie_enkel", "optie_samen", "optie_kind",
)}  # fmt: skip


# Norms that the estimate reads too, which stand among its parameters.
OTHERS = ("oekraine_", "doorstroom_price", "doorstroom_capacity", "dwangsom_", "tijdelijke_bescherming_end")


def laws(library) -> dict[str, Parameter]:
    return {name: library.parameters[name] for name in library.laws}


def norms(library) -> dict[str, Parameter]:
    return laws(library) | {name: one for name, one in library.parameters.items() if name.startswith(OTHERS)}


def test_norms_that_stand_among_other_parameters_are_looked_at_too(library):
    assert {"oekraine_norm_price", "oekraine_particulier_price", "doorstroom_price", "doorstroom_capacity",
            "dwangsom_day_price", "dwangsom_low_cap", "tijdelijke_bescherming_end"} <= set(norms(library))  # fmt: skip


def gaps(parameter: Parameter, known_on: date) -> Iterator[tuple[date, date]]:
    """Days between two states that no state holds, as known on a day."""
    states = sorted((v.from_, v.until) for v in parameter.values if v.known_since <= known_on)
    reached = states[0][1]
    for begins, ends in states[1:]:
        if reached < date.max and begins > reached + ONE_DAY:
            yield reached + ONE_DAY, begins - ONE_DAY
        reached = max(reached, ends)


def test_between_the_states_of_a_law_there_is_no_gap_on_any_day_of_knowledge(library):
    found = {
        name
        for name, parameter in norms(library).items()
        for known_on in {value.known_since for value in parameter.values}
        if list(gaps(parameter, known_on))
    }

    assert found == WITH_GAPS


def test_no_two_states_of_a_law_hold_on_one_day_in_one_publication(library):
    assert [overlap for parameter in norms(library).values() for overlap in parameter.overlaps()] == []


def test_the_states_of_one_product_follow_each_other_without_gap_or_overlap(library):
    for product in PRODUCTS.values():
        states = sorted((v.from_, v.until) for name in product.bases for v in library.parameters[name].values)
        assert all(then == until + ONE_DAY for (_, until), (then, _) in zip(states, states[1:], strict=False))


def test_every_value_of_a_law_names_its_article(library):
    acts = ("BWBR", "verordening-")
    values = [v for parameter in laws(library).values() for v in parameter.values if v.source.id.startswith(acts)]

    assert len(values) > 80
    assert [v.source.where for v in values if not Law(v.source.id, v.source.where).article] == []
    assert all(library.sources[v.source.id].bwb_id for v in values if v.source.id.startswith("BWBR"))


def test_what_is_not_confirmed_says_why(library):
    unsure = [v for parameter in laws(library).values() for v in parameter.values if not v.is_sure]

    assert len(unsure) > 10
    assert all(v.note for v in unsure)


def test_what_is_not_confirmed_of_terms_and_penalties_says_why_in_dutch_too(library):
    named = {name: one for name, one in laws(library).items() if name.startswith(("termijn_", "dwangsom_"))}

    assert [name for name, one in named.items() for v in one.values if not v.is_sure and not v.note_nl] == []


def test_a_citation_is_read_by_its_parts():
    law = Law("BWBR0005537", "artikel 4:17, lid 2")

    assert (law.bwb_id, law.article, law.paragraph) == ("BWBR0005537", "4:17", "2")
    assert (Law("wbv-2023-26", "as cited by courts").bwb_id, Law("x", "judgment").article) == ("", "")


def test_no_amount_of_a_penalty_or_of_doorstroom_is_written_outside_the_library():
    """The rules are one implementation: nobody else has their numbers, so nobody else can compute them."""
    amounts = re.compile(r"\b(1_?442|1_?260|7_?500|8_?500|21_?900)\b")

    found = [path.name for path in SOURCE.rglob("*.py") if amounts.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_only_the_rules_divide_a_maximum_by_what_a_day_costs():
    """The chain and the hindcast read `days_by_months_late`; a second court rule would need both parameters."""
    readers = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        if "low_cap" in path.read_text(encoding="utf-8")
    }

    assert readers == {"rules"}


def test_what_doorstroom_pays_and_holds_stands_once(library):
    named = {name for name in library.parameters if name.startswith("doorstroom_")}

    assert {"doorstroom_price", "doorstroom_capacity"} <= named - library.laws  # those that the estimate reads
