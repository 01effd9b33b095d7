"""When a list may be read from the replica; tests/faults/test_replica.py has a real one."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from administrators.views.lists import AdministratorList
from permissions import replica
from permissions.models import ActCount
from permissions.replica import REPLICA, Reading, ReplicaMiddleware
from tests import visitors
from tests.world import World

MINE, OTHERS = 7, 8
LOST = OperationalError("gone")


@pytest.fixture(autouse=True)
def _nobody_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reading, "left_until", 0.0)


class Told(Reading):
    """Both servers say what the test has them say; whom it asked is kept."""

    def __init__(self, here: Any, there: Any) -> None:
        super().__init__(MINE)
        self.said, self.order = {"here": here, "there": there}, []

    def counts_here(self) -> Any:
        return self._ask("here")

    def counts_there(self) -> Any:
        return self._ask("there")

    def _ask(self, which: str) -> Any:
        self.order.append(which)
        if isinstance(self.said[which], Exception):
            raise self.said[which]
        return self.said[which]


def test_the_same_counts_are_the_same_rows() -> None:
    """Asked here first: what is committed in between can only make them differ."""
    reading = Told({1: 2, 4: 1}, {1: 2, 4: 1})
    assert [reading.alias, reading.alias] == [REPLICA, REPLICA]
    assert reading.order == ["here", "there"]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({1: 3}, {1: 2}),
        ({1: 2}, {1: 3}),
        ({1: 2, 4: 1}, {1: 2}),
        ({1: 2, 4: 1}, {1: 3}),  # the same sum of other acts
        ({1: 2}, {}),
        ({}, {}),  # nothing was counted yet: nothing is known
    ],
)
def test_other_counts_are_not(here: dict[int, int], there: dict[int, int]) -> None:
    assert Told(here, there).alias == DEFAULT_DB_ALIAS


def test_ones_own_and_the_carriers_count(db: None) -> None:
    rows = [ActCount.objects.create(enterprise=of, count=3) for of in (MINE, OTHERS, 0)]
    assert Reading(MINE).counts_here() == {rows[0].pk: 3, rows[2].pk: 3}


@pytest.mark.parametrize("lost", [LOST, InterfaceError("closed")])
def test_a_replica_that_does_not_answer_is_left_for_a_while(
    monkeypatch: pytest.MonkeyPatch, lost: Exception
) -> None:
    now = 100.0
    monkeypatch.setattr(replica.time, "monotonic", lambda: now)
    assert Told({1: 1}, lost).alias == DEFAULT_DB_ALIAS
    next_one = Told({1: 1}, {1: 1})
    assert (next_one.alias, next_one.order) == (DEFAULT_DB_ALIAS, [])
    now += replica.PAUSE
    assert Told({1: 1}, {1: 1}).alias == REPLICA


def test_a_primary_that_does_not_answer_is_not_passed_over() -> None:
    with pytest.raises(OperationalError):
        _ = Told(LOST, {1: 1}).alias


def test_a_list_is_read_where_the_request_reads(world: World) -> None:
    request = RequestFactory().get("/administrators/")
    request.user, request.reads = world["R"], Told({1: 1}, {1: 1})
    page = AdministratorList()
    page.setup(request)
    page.object_list = page.get_queryset()
    assert page.get_table_data().db == REPLICA
    del request.reads
    assert page.get_table_data().db == DEFAULT_DB_ALIAS


@pytest.fixture
def middleware(monkeypatch: pytest.MonkeyPatch) -> ReplicaMiddleware:
    monkeypatch.setattr(replica, "settings", SimpleNamespace(DATABASES={REPLICA: {}}))
    return ReplicaMiddleware(lambda request: HttpResponse())


def test_without_a_replica_nothing_is_asked() -> None:
    with pytest.raises(MiddlewareNotUsed):
        ReplicaMiddleware(lambda request: HttpResponse())


@pytest.mark.parametrize(("method", "reads"), [("GET", True), ("HEAD", True), ("POST", False)])
def test_only_what_is_read(
    world: World, middleware: ReplicaMiddleware, method: str, reads: bool
) -> None:
    request = RequestFactory().generic(method, "/administrators/")
    request.user = world["R"]
    middleware.process_view(request, None, (), {})
    assert hasattr(request, "reads") is reads


def asking(world: World, reading: Reading) -> HttpRequest:
    """A request for a list, under way."""
    request = visitors.visitor(world["R"]).get("/administrators/").wsgi_request
    request.reads = reading
    return request


def test_a_page_is_made_again_without_the_replica(
    world: World, middleware: ReplicaMiddleware
) -> None:
    request = asking(world, Told({1: 1}, {1: 1}))
    assert request.reads.alias == REPLICA
    again = middleware.process_exception(request, LOST)
    assert "user-a" in again.content.decode()
    assert request.reads.alias == DEFAULT_DB_ALIAS
    assert middleware.process_exception(request, LOST) is None


def test_other_faults_are_not_hidden(world: World, middleware: ReplicaMiddleware) -> None:
    """Of the portal; of the primary, when the replica was not read, or not even asked."""
    request = asking(world, Told({1: 1}, {1: 1}))
    assert middleware.process_exception(request, LOST) is None
    assert request.reads.order == []
    assert request.reads.alias == REPLICA
    assert middleware.process_exception(request, ValueError()) is None
    request = asking(world, Told({1: 1}, {1: 2}))
    assert request.reads.alias == DEFAULT_DB_ALIAS
    assert middleware.process_exception(request, LOST) is None
