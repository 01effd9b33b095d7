"""People at their browsers, and what a page may not have changed."""

import html
import re
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from administrators.models import Administrator, OutgoingMail
from permissions.models import Act, AuditEntry, FeatureGrant, SiteGrant

BACKEND = settings.AUTHENTICATION_BACKENDS[1]
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|data-left="\d+"')
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')


def visitor(person: Administrator | None = None) -> Client:
    """A browser, in which `person` is signed in; an error of the server is the test's own."""
    client = Client(raise_request_exception=True)
    if person is not None:
        client.force_login(person, backend=BACKEND)
    return client


def everything() -> list[Any]:
    """All that a refused write must leave as it was."""
    models = (Administrator, SiteGrant, FeatureGrant, OutgoingMail)
    return [list(model.objects.order_by("pk").values()) for model in models]


def refusals() -> int:
    """How many refused attempts the audit holds."""
    return AuditEntry.objects.filter(act=Act.REFUSED).count()


def body(response: HttpResponse) -> str:
    """The page without the tokens that differ each time, and the seconds that are left."""
    return VARYING.sub("", response.content.decode())


def words(response: HttpResponse) -> str:
    """What somebody reads: no tags, one space between words."""
    return " ".join(html.unescape(TAG.sub(" ", response.content.decode())).split())


def title(response: HttpResponse) -> str:
    """What the browser shows above the page, but for the name of the portal."""
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    text = html.unescape(found[1]) if found else ""
    return " ".join(text.split()).removesuffix(" – Portail d’administration")


def messages(response: HttpResponse) -> list[str]:
    """What the page that came after a redirect says happened."""
    return [str(message) for message in response.context["messages"]]


def columns(response: HttpResponse, name: str) -> list[Any]:
    """One column of the shown page of a list."""
    return [row.get_cell_value(name) for row in response.context["table"].paginated_rows]


def options(response: HttpResponse, field: str) -> list[str]:
    """What the list of a filter offers, without the empty choice."""
    choices = response.context["filter"].form.fields[field].choices
    return [str(label) for value, label in choices if value]


def links(response: HttpResponse) -> list[str]:
    """Where the links of a page lead."""
    return [html.unescape(url) for url in LINK.findall(response.content.decode())]
