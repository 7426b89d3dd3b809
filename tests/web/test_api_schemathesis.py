"""
The API against its own description: whatever is sent, the answer is one that is described.

What costs a run is tried with fewer inputs than what is looked up. Three things are left to the other tests, because a
description cannot say them: which names and days go together (so a body that fits may still be refused, with its
place), that an address may be too long, and what is in a document.
"""

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from ketenraming.web import create_app
from ketenraming.web.api.jobs import Room
from ketenraming.web.api.limits import Rate

DESCRIPTION = "/api/v1/openapi.json"
REJECTED = ["400", "401", "403", "404", "405", "406", "409", "413", "414", "415", "422", "428", "429", "5xx"]
COSTLY = ["/run", "/compare", "/trace", "/check", "/jobs"]
SAYS_ALL = {"GET /run", "GET /findings", "GET /parameters", "GET /scenarios", "GET /backtest"}

app = create_app(rate=Rate(1e9, 1e9), room=Room(at_once=0))  # jobs wait for ever: what they do is tested elsewhere


def described(every_boundary: bool) -> schemathesis.BaseSchema:
    """The description, tried at every boundary of every input or by chance alone."""
    checks = {"negative_data_rejection": {"expected-statuses": REJECTED}}
    phases = {"coverage": {"enabled": every_boundary}}
    config = SchemathesisConfig.from_dict({"checks": checks, "phases": phases})
    return schemathesis.openapi.from_asgi(DESCRIPTION, app, config=config)


def tried(examples):
    return settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def assert_as_described(case):
    excluded = [] if f"{case.method} {case.operation.path}" in SAYS_ALL else [positive_data_acceptance]
    case.call_and_validate(excluded_checks=excluded)


@described(every_boundary=True).exclude(path=COSTLY).parametrize()
@tried(10)
def test_what_is_looked_up_is_answered_as_described(case):
    assert_as_described(case)


@described(every_boundary=False).include(path=COSTLY).exclude(path="/check").parametrize()
@tried(10)
def test_what_is_made_is_answered_as_described(case):
    assert_as_described(case)


@described(every_boundary=False).include(path="/check").parametrize()
@tried(3)
def test_what_is_sent_to_be_checked_is_answered_as_described(case):
    assert_as_described(case)
