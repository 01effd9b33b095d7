"""`/metrics`: closed to the world, by the name of a URL, and figures that the database has."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families as parse
from pytest_django import DjangoAssertNumQueries

from administrators import own
from administrators.models import OutgoingMail
from permissions import audit
from permissions.integrity import run_checks
from permissions.models import Act, AuditEntry, IntegrityCheck
from permissions.replica import REPLICA, Reading
from portal import metrics
from portal.figures import figures
from tests import visitors
from tests.world import World

TOKEN = "jeton-42"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
WRONG = ["", TOKEN, f"bearer {TOKEN}", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer é{TOKEN}"]
Sample = tuple[str, tuple[tuple[str, str], ...]]


@pytest.fixture
def open_to_token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def scrape(client: Client | None = None) -> dict[Sample, float]:
    """Every sample by its name and labels."""
    answer = (client or Client()).get("/metrics", headers=BEARER)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    samples = (sample for one in parse(answer.content.decode()) for sample in one.samples)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for one in samples}


def grown(work: Callable[[], Any]) -> dict[Sample, float]:
    """By how much each sample of requests has grown; what the process counts never falls."""
    before = scrape()
    work()
    after = scrape()
    changes = {key: value - before.get(key, 0) for key, value in after.items()}
    return {key: by for key, by in changes.items() if by and key[1] and "created" not in key[0]}


def said(name: str) -> float | None:
    return scrape().get((f"portal_{name}", ()))


@pytest.mark.parametrize("sent", WRONG)
def test_without_the_token_there_is_no_such_page(
    world: World, open_to_token: None, sent: str
) -> None:
    client = visitors.visitor(world["SU"])
    answer = client.get("/metrics", headers={"Authorization": sent})
    missing = client.get("/metrixx")
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert visitors.body(answer) == visitors.body(missing).replace("metrixx", "metrics")


@pytest.mark.parametrize("sent", ["Bearer ", "Bearer", "", f"Bearer {TOKEN}"])
def test_without_the_setting_there_is_no_such_page(db: None, sent: str) -> None:
    assert Client().get("/metrics", headers={"Authorization": sent}).status_code == 404


def test_any_host_over_plain_http(db: None, settings: Any, open_to_token: None) -> None:
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["portail.example"]
    answer = Client().get("/metrics", headers={**BEARER, "Host": "10.1.2.3:8000"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert Client().get("/metrics", headers={"Host": "10.1.2.3:8000"}).status_code != 200


def test_requests_are_counted_by_the_name_of_their_url(world: World, open_to_token: None) -> None:
    client, site = visitors.visitor(world["A"]), world.places["Paris"]
    found = grown(lambda: [client.get(f"/sites/{pk}/") for pk in (site, site, 999_999)])
    view = (("view", "site"),)
    assert found["portal_answers_total", (("status", "2xx"), *view)] == 2
    assert found["portal_answers_total", (("status", "4xx"), *view)] == 1
    asked = (("method", "GET"), *view)
    assert found["portal_request_seconds_count", asked] == 3
    assert found["portal_request_seconds_sum", asked] > found["portal_query_seconds_total", view]
    assert found["portal_query_seconds_total", view] > 0


def test_the_statements_of_a_request_are_counted(
    world: World, open_to_token: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = visitors.visitor(world["A"])
    client.get("/sites/")
    found = grown(lambda: client.get("/sites/"))
    with django_assert_num_queries(int(found["portal_queries_total", (("view", "site_list"),)])):
        client.get("/sites/")


def test_lists_are_counted_by_where_they_were_read(db: None, open_to_token: None) -> None:
    def ask() -> None:
        for alias in (REPLICA, DEFAULT_DB_ALIAS, None):  # nowhere: a page without a list
            request: Any = RequestFactory().get("/sites/")
            request.resolver_match = resolve("/sites/")
            request.reads = Reading(None)
            if alias:
                request.reads.alias = alias
            metrics.count(request, 200, 0.1, metrics.Meter())

    counted = {key: by for key, by in grown(ask).items() if key[0] == "portal_lists_total"}
    names = [dict(labels)["database"] for _name, labels in counted]
    assert (sorted(names), set(counted.values())) == (["default", "replica"], {1})


def test_labels_are_bounded(world: World, open_to_token: None) -> None:
    """Whatever is asked, by whatever method."""
    client = Client()
    for number in range(3):
        client.generic(f"HACK{number}", f"/missing-{number}/")
        client.get(f"/sites/{number}00/?q={number}")
    labels = {value for _name, pairs in scrape() for _label, value in pairs}
    assert {"other", "none", "site"} <= labels
    assert not {one for one in labels if "/" in one or "HACK" in one or "missing" in one}


def test_nothing_is_counted_that_nobody_can_ask_for(world: World, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    watching = Client()
    before = scrape(watching)
    settings.METRICS_TOKEN = ""
    Client().get("/privacy/")
    settings.METRICS_TOKEN = TOKEN
    key = ("portal_request_seconds_count", (("method", "GET"), ("view", "privacy")))
    assert scrape(watching).get(key) == before.get(key)


def test_mails_that_wait(world: World, open_to_token: None) -> None:
    assert (said("mails_waiting"), said("oldest_mail_seconds")) == (0, 0)
    for text in ("Un", "Deux", "Trois"):
        own.send_feedback(text, by=world["A"])
    first, second, _third = OutgoingMail.objects.order_by("pk")
    first.sent_at, second.created_at = timezone.now(), timezone.now() - timedelta(hours=2)
    first.save()
    second.save()
    assert said("mails_waiting") == 2
    assert 7200 <= said("oldest_mail_seconds") < 7260


def test_refused_and_failed_of_the_last_minutes(world: World, open_to_token: None) -> None:
    for act in (Act.REFUSED, Act.REFUSED, Act.SIGN_IN_FAILED, Act.SIGN_IN, Act.REFUSED):
        audit.record(act, by=world["A"])
    old = audit.entry(Act.REFUSED, by=world["A"], to=None)
    now = timezone.now()
    old.save()
    assert said("refused_attempts") == 4
    later = figures(now + timedelta(minutes=6))
    assert (later["refused_attempts"], later["failed_sign_ins"]) == (0, 0)
    assert said("failed_sign_ins") == 1
    assert AuditEntry.objects.count() == 6


def test_the_last_integrity_check(world: World, open_to_token: None) -> None:
    assert said("integrity_faults") is None
    IntegrityCheck.objects.create(seconds=1, checks=1, faults=7)
    assert said("integrity_faults") == 7
    assert 0 <= said("integrity_check_age_seconds") < 60
    run_checks(by=None)
    assert said("integrity_faults") == 0


def test_sessions(world: World, open_to_token: None) -> None:
    now = timezone.now()
    for number, hours in enumerate((-1, 1, 2)):
        expiry = now + timedelta(hours=hours)
        Session.objects.create(session_key=f"k{number}", session_data="", expire_date=expiry)
    assert said("sessions") == 2


def test_sessions_are_counted_up_to_a_point(
    world: World, open_to_token: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.figures.CAP", 2)
    for name in "RABC":
        visitors.visitor(world[name])
    assert said("sessions") == 3


def test_the_figures_are_four_queries(
    world: World, open_to_token: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    scrape(client)
    with django_assert_num_queries(4):
        scrape(client)


def test_a_lost_database_is_a_figure_too(db: None, open_to_token: None) -> None:
    def lose(*_arguments: Any) -> Any:
        raise OperationalError

    with connection.execute_wrapper(lose):
        found = scrape()
    assert found["portal_database_up", ()] == 0
    assert ("portal_mails_waiting", ()) not in found
    assert said("database_up") == 1
