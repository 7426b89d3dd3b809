"""How much one may ask: a bucket never gives more than it got, and says how long to wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketenraming.web import create_app
from ketenraming.web.api.limits import Buckets, Rate, client_of

asks = st.lists(st.tuples(st.floats(0, 20), st.integers(1, 10)), max_size=40)  # seconds since the last, and a cost


@given(asks=asks)
def test_a_bucket_gives_no_more_than_it_held_and_got_since(asks):
    buckets, now, given_out = Buckets(Rate(burst=10, per_second=2)), 0.0, 0.0

    for waited, cost in asks:
        now += waited
        if not buckets.take("me", cost, now):
            given_out += cost

        assert given_out <= 10 + 2 * now + 1e-6


@given(asks=asks)
def test_who_waits_as_long_as_told_is_served(asks):
    buckets, now = Buckets(Rate(burst=10, per_second=2)), 0.0

    for waited, cost in asks:
        now += waited
        if wait := buckets.take("me", cost, now):
            now += wait + 1e-6
            assert buckets.take("me", cost, now) == 0


def test_the_bucket_of_one_is_not_that_of_another_and_few_are_kept():
    buckets = Buckets(Rate(burst=1, per_second=0.1), most=2)

    waits = [bool(buckets.take(who, 1, 0.0)) for who in ("a", "b", "a", "c", "d", "a")]

    assert waits == [False, False, True, False, False, False]  # that of a was forgotten in the end


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),  # a client of IPv6 has a whole network to itself
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("testclient", "testclient", True),
    ],
)
def test_whose_bucket_it_is(one, other, same):
    assert (client_of({"client": (one, 1)}) == client_of({"client": (other, 2)})) is same


def test_who_asks_too_much_is_told_when_to_come_back_and_others_are_served(library, connect):
    app = create_app(library, Rate(burst=3, per_second=0.5))
    mine, yours = connect(app), connect(app, "192.0.2.2")

    answers = [mine.get("/api/v1/scenarios") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "2"
    assert (answers[-1].json()["code"], answers[-1].json()["limit"]) == ("too-many", 3)
    assert yours.get("/api/v1/scenarios").status_code == 200


def test_what_takes_more_costs_more(library, connect):
    client = connect(create_app(library, Rate(burst=9, per_second=0.1)))

    refused = client.post("/api/v1/check", files={"document": ("a.txt", b"1")})

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
