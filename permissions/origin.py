"""Where an act comes from: one request, one network address."""

import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Origin:
    """What the audit keeps of a request; empty for commands."""

    request_id: uuid.UUID | None = None
    address: str | None = None


NOWHERE = Origin()
current: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def client_address(request: HttpRequest) -> str:
    """The address of the connection, or what the nearest of our own proxies says of it.

    `PORTAL_PROXIES` is how many proxies of ours stand before the portal: only what they added
    to X-Forwarded-For is believed, so a forged header does not help.
    """
    chain = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = settings.PORTAL_PROXIES
    if proxies and len(chain) >= proxies:
        try:
            return str(ip_address(chain[-proxies].strip()))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR") or "127.0.0.1"


class OriginMiddleware:
    """Gives the audit the id of the request and the address that it comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current.set(Origin(uuid.uuid4(), client_address(request)))
        try:
            return self.get_response(request)
        finally:
            current.reset(token)
