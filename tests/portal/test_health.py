"""`/healthz` and `/readyz`: what a balancer asks, by address, over plain HTTP, as nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import visitors
from tests.world import World

APPLIED = MigrationRecorder.Migration.objects
PROBES = {"/healthz": b"ok\n", "/readyz": b"ready\n"}
QUERIES = {"/healthz": 0, "/readyz": 2}


@pytest.mark.parametrize(("url", "words"), PROBES.items())
def test_it_answers_in_plain_words(db: None, client: Client, url: str, words: bytes) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.content) == (200, words)
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", PROBES)
def test_no_host_no_https_no_session(db: None, settings: Any, url: str) -> None:
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["portail.example"]
    answer = Client().get(url, headers={"Host": "10.1.2.3:8000"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize(("url", "queries"), QUERIES.items())
def test_it_is_cheap_even_for_who_is_signed_in(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, url: str, queries: int
) -> None:
    client = visitors.visitor(world["A"])
    client.get(url)
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


def test_a_missing_migration_is_said_without_its_name(db: None, client: Client) -> None:
    APPLIED.filter(app="permissions").order_by("-pk")[0].delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: migrations\n")


def test_a_migration_of_the_next_version_does_no_harm(db: None, client: Client) -> None:
    """It is applied first, while the workers of this version still serve."""
    APPLIED.create(app="permissions", name="9999_of_the_next_version")
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_lost_database_is_said_without_its_name(
    db: None, client: Client, error: type[Exception]
) -> None:
    with connection.execute_wrapper(_losing(error("could not connect to db.example"))):
        answers = {url: client.get(url) for url in PROBES}
    assert answers["/healthz"].status_code == 200
    ready = answers["/readyz"]
    assert (ready.status_code, ready.content) == (503, b"not ready: database\n")


def _losing(error: Exception) -> Callable[..., Any]:
    def lose(*_arguments: Any) -> Any:
        raise error

    return lose
