"""The terms of the chain are those of the law: one implementation, and no table of them beside it."""

import ast
from datetime import date
from pathlib import Path

import ketenraming
from ketenraming.chain.stage import Queue
from ketenraming.rules.doorstroom import Placement, running_costs
from ketenraming.rules.months import terms_by_month
from ketenraming.rules.oda import months_that_count
from ketenraming.rules.ontheemden import municipal_norm
from ketenraming.scenarios.run import baseline_of

CHAIN = Path(ketenraming.__file__).parent / "chain" / "dutch.py"


def test_every_queue_with_a_law_has_the_term_that_the_rules_give(library):
    base = baseline_of(library)
    law = terms_by_month(library.parameters, date(2025, 1, 1), range(-60, 72), base.known_on, base.known_on)

    known = {stage.name: stage.term for stage in base.chain.stages if isinstance(stage, Queue)}

    assert {name: known[name] for name in law} == law
    assert all(term is None for name, term in known.items() if name not in law)


def test_the_declaration_of_the_chain_holds_no_term_of_its_own():
    tree = ast.parse(CHAIN.read_text(encoding="utf-8"))

    terms = [word.value for word in ast.walk(tree) if isinstance(word, ast.keyword) and word.arg == "term"]

    assert terms
    assert all(isinstance(term, ast.Call) and ast.unparse(term.func) == "terms.get" for term in terms)


def test_what_a_place_is_paid_by_the_rules_is_what_the_estimate_pays_for_it(library, outcome):
    day = date(2026, 6, 1)
    terms = outcome.terms["2026"]

    transit = running_costs(library.parameters, Placement(day, day, False, date(2026, 1, 1)))
    displaced = municipal_norm(library.parameters, 1, day, day)

    assert transit.value == terms["doorstroom_price"].central
    assert displaced.value == terms["oekraine_norm_price"].central


def test_the_year_in_which_the_chain_counts_a_resident_for_development_assistance_is_that_of_the_rules(library):
    base = baseline_of(library)
    counted = {stage.name: stage.cap for stage in base.chain.stages if getattr(stage, "cap", 0)}
    first_year = ("aanmelding", "dublin", "kort", "asielbesluit", "overig")  # those of `opvang_first_year_stock_avg`

    assert {counted[name] for name in first_year} == {months_that_count(library.parameters, date(2026, 1, 1))}


def test_what_a_first_year_costs_is_said_in_one_place():
    package = CHAIN.parents[1]

    saying = [
        path.name for path in package.rglob("*.py") if "opvang_first_year_euros" in path.read_text(encoding="utf-8")
    ]

    assert saying == ["attribution.py"]


def test_only_the_rules_know_how_a_penalty_of_the_court_grows():
    """The chain gets days that run up a penalty, finance a price for each; neither knows a cap or a first month."""
    package = CHAIN.parents[1]
    others = [path for room in ("chain", "finance", "scenarios", "reports") for path in (package / room).rglob("*.py")]

    naming = [path.name for path in others if "dwangsom_low_cap" in path.read_text(encoding="utf-8")]

    assert naming == []
