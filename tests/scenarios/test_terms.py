"""The terms of the chain are those of the law: one implementation, and no table of them beside it."""

import ast
from datetime import date
from pathlib import Path

import ketenraming
from ketenraming.chain.stage import Queue
from ketenraming.rules.months import terms_by_month
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
