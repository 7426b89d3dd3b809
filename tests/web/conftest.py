"""Asking the web app without a network: one application for all who only ask, and fresh ones for who uses it up."""

import warnings
from collections.abc import Callable, Iterator

import pytest
from starlette.types import ASGIApp

from ketenraming.evidence.library import Library
from ketenraming.web import create_app
from ketenraming.web.api.limits import Rate

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")
    from starlette.testclient import TestClient

Connect = Callable[..., TestClient]
PLENTY = Rate(1e9, 1e9)


@pytest.fixture(scope="session")
def connect() -> Connect:
    """Makes a client of an application, at an address of its own where that matters."""

    def made(app: ASGIApp, address: str = "192.0.2.1") -> TestClient:
        return TestClient(app, client=(address, 50000))

    return made


@pytest.fixture(scope="session")
def api(library: Library, connect: Connect) -> Iterator[TestClient]:
    """A client of an application that nobody wears out."""
    with connect(create_app(library, PLENTY)) as client:
        yield client
