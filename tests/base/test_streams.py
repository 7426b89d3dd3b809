import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.base.streams import normals, uniforms

seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds, draws=st.integers(1, 50), more=st.integers(0, 50), each=st.integers(1, 5))
def test_adding_draws_leaves_the_first_as_they_were(seed, draws, more, each):
    few, many = normals("inflow", seed, draws, each), normals("inflow", seed, draws + more, each)

    assert few.tobytes() == np.ascontiguousarray(many[:draws]).tobytes()


@given(seed=seeds)
def test_variables_have_streams_of_their_own(seed):
    assert (normals("inflow", seed, 5) != normals("grants", seed, 5)).all()


@given(seed=seeds)
def test_the_same_name_and_seed_give_the_same_bytes(seed):
    assert uniforms("inflow", seed, 5).tobytes() == uniforms("inflow", seed, 5).tobytes()
