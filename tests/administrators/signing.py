"""Signing in over HTTP, from an address."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests import visitors
from tests.factories import PASSWORD
from tests.world import World

HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"
SIGN_IN = "/sign-in/"
WRONG = "not-the-password"
LIMIT = 5  # wrong ones for a name from an address


def attempt(
    username: str, password: str = PASSWORD, *, at: str = HOME, client: Client | None = None,
    **extra: Any,
) -> HttpResponse:  # fmt: skip
    """What the sign-in page answers."""
    typed = {"username": username, "password": password}
    return (client or Client()).post(SIGN_IN, typed, REMOTE_ADDR=at, **extra)


def fail(username: str, times: int, **how: Any) -> None:
    """Wrong passwords for a name."""
    for _ in range(times):
        attempt(username, WRONG, **how)


def lock(world: World) -> None:
    """B, from home."""
    fail(world["B"].username, LIMIT)


def admitted(response: HttpResponse) -> bool:
    """Whether somebody was let in; any other answer must be the sign-in page."""
    if response.status_code == 302:
        return True
    assert response.status_code == 200
    return False


def seen(response: HttpResponse, username: str) -> tuple[int, str]:
    """The whole answer, without the name that was typed."""
    return response.status_code, visitors.body(response).replace(username, "…")


def signed_in(username: str) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    assert admitted(attempt(username, client=client))
    return client
