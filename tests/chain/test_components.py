"""Parts of a chain that never meet: run by themselves they give what the whole gives, to the byte."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.chain.components import components
from ketenraming.chain.inputs import amounts_of
from ketenraming.chain.run import simulate
from ketenraming.chain.stage import Chain, Dwell, Exit, Inflow, Queue, Route, Server
from ketenraming.scenarios.people import KEPT, inputs, run_chain
from ketenraming.scenarios.run import baseline_of

TWO = Chain(
    "two",
    (
        Inflow("a", 10.0),
        Queue("decide", "clerk"),
        Inflow("b", "many"),
        Dwell("stay", exits=(Exit("leave", (0.5,)),), lives="there"),
    ),
    (Route("a", to="decide"), Route("b", to="stay")),
    (Server("clerk", 8.0),),
    ages=12,
)


def test_stages_meet_by_a_route_a_server_or_a_place():
    apart = components(TWO)
    by_place = Chain(
        "place",
        (*TWO.stages, Dwell("more", exits=(Exit("leave", (1.0,)),), lives="there")),
        TWO.routes,
        TWO.servers,
        12,
    )

    assert [[stage.name for stage in part.stages] for part in apart] == [["a", "decide"], ["b", "stay"]]
    assert [len(part.servers) for part in apart] == [1, 0]
    assert [len(part.stages) for part in components(by_place)] == [2, 3]


@given(many=st.lists(st.floats(0, 1e4), min_size=6, max_size=6))
def test_parts_give_to_the_byte_what_the_whole_gives(many):
    whole = simulate(TWO, 6, {"many": np.array(many)})

    for part in components(TWO):
        given = {"many": np.array(many)} if part.stages[0].name == "b" else {}
        for name, values in simulate(part, 6, given).months.items():
            assert (values == whole[name]).all()


def test_the_dutch_chain_in_parts_is_the_dutch_chain(library):
    base = baseline_of(library)
    known = inputs(base.paths)
    given = {name: known[name] for part in components(base.chain) for name in _amounts(part)}

    whole = simulate(base.chain, base.horizon.months, given, by_month=(), by_year=KEPT)
    parts = run_chain(base.paths, base.horizon, base.chain)

    assert len(components(base.chain)) > 1
    assert all((whole.yearly(name) == parts.yearly(name)).all() for name in KEPT)


def test_a_part_that_was_run_before_is_not_taken_for_one_with_other_inputs(library):
    base = baseline_of(library)
    more = base.paths | {
        "naturalisatie_inflow": base.paths["naturalisatie_inflow"].with_values(
            2 * base.paths["naturalisatie_inflow"].values
        )
    }

    before, after, again = (run_chain(paths, base.horizon, base.chain) for paths in (base.paths, more, base.paths))

    assert (after.yearly("naturalisatie_outflow") > before.yearly("naturalisatie_outflow")).all()
    assert (again.yearly("naturalisatie_outflow") == before.yearly("naturalisatie_outflow")).all()
    assert (after.yearly("coa_stock_avg") == before.yearly("coa_stock_avg")).all()


def _amounts(chain: Chain) -> list[str]:
    return [name for name in dict.fromkeys(amounts_of(chain)) if isinstance(name, str)]
