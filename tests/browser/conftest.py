"""A real Chromium before a real server, with the people of the demo."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from tests import chromium
from tests.browser.demo import Demo
from tests.browser.faults import Faults
from tests.browser.people import session_cookie

# Playwright keeps an event loop in this thread, and Django then refuses to read the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 30_000  # milliseconds; only a failing test waits that long
expect.set_options(timeout=PATIENCE)
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def own_connections(django_db_setup: None) -> dict[str, BaseDatabaseWrapper]:
    """This thread's connections to the database that the tests made."""
    return {alias: connections[alias] for alias in connections}


@pytest.fixture(scope="session")
def playwright(
    live_server: LiveServer,
    own_connections: dict[str, BaseDatabaseWrapper],
    playwright: Playwright,
) -> Playwright:
    """Under an event loop Django looks for connections elsewhere: it finds the same ones there.

    Others would not know the rows that a flush has to put back. The server is there before the
    browser, and after it: what they keep open between them ends first.
    """
    for alias, connection in own_connections.items():
        connections[alias] = connection
    return playwright


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium.command(), "args": chromium.ARGUMENTS}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Addresses in the tests begin with a slash."""
    return live_server.url


@pytest.fixture(scope="session")
def rows_of_the_demo() -> Demo:
    return Demo()


@pytest.fixture(autouse=True)
def demo(transactional_db: None, rows_of_the_demo: Demo) -> None:
    """The demo, anew for each test."""
    rows_of_the_demo.load()


@pytest.fixture
def faults() -> Iterator[Faults]:
    """Whatever the browser complains of during a test fails it."""
    found = Faults()
    yield found
    assert not found.seen, "\n".join(found.seen)


@pytest.fixture
def new_context(
    faults: Faults, new_context: Callable[..., BrowserContext]
) -> Callable[..., BrowserContext]:
    """A browser of somebody's own, watched for faults."""

    def make(**how: Any) -> BrowserContext:
        context = new_context(**how)
        context.set_default_timeout(PATIENCE)
        faults.watch(context)
        return context

    return make


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], base_url: str) -> Visit:
    """`visit("cmartin")` is a page of somebody who signed in; the sign-in is not what is tested."""

    def arrive(username: str = "", **how: Any) -> Page:
        context = new_context(**how)
        if username:
            context.add_cookies([session_cookie(username, base_url)])
        return context.new_page()

    return arrive


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Every page works without JavaScript: what is tested with it is tested without."""
    return request.param
