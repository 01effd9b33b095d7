"""Three people who hold the features of the inventory at different sites, and a stranger."""

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from permissions.models import Act, AuditEntry
from sites.models import Device, PhoneNumber, Placed
from tests import factories
from tests.inventory import rows_by_site
from tests.world import World

FEATURES = ("user_assignments", "services")
SEEN = {
    "R": {"Paris", "Lyon", "Lille", "Nantes", "Nice"},
    "A": {"Paris", "Lyon", "Lille", "Nantes"},
    "N": {"Paris", "Nantes"},
    "X": {"Metz", "Dijon"},
}
# Who, and a site whose rows do not exist for them.
OUT_OF_SCOPE = [("N", "Lyon"), ("A", "Nice"), ("R", "Metz"), ("X", "Paris"), ("R", "Rennes")]
Made = dict[str, dict[str, Placed]]


def settle(furnished: World, *codes: str) -> Made:
    """A and N hold `codes` too; the rows that stand at each site, by its name and their kind."""
    hold(furnished, *codes)
    return rows_by_site()


def hold(furnished: World, *codes: str) -> None:
    """A and N hold `codes` too, or else the features of the inventory."""
    for name in ("A", "N"):
        factories.hold(furnished[name], [], codes or FEATURES)


def audited(act: Act) -> list[tuple[str, str, str]]:
    """What the audit says of an act: what, before, after."""
    rows = AuditEntry.objects.filter(act=act).order_by("pk")
    return list(rows.values_list("item_name", "before", "after"))


def exported(response: HttpResponse) -> list[list[str]]:
    """The cells of an exported CSV, the head first."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [line.split(";") for line in text.splitlines()]


def queries(client: Client, url: str) -> int:
    """How many queries a page costs, once what lasts for the visit was read."""
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def device_of(made: Made, site: str) -> Device:
    return Device.objects.get(pk=made[site]["device"].pk)


def give_number(made: Made, site: str) -> PhoneNumber:
    number = PhoneNumber.objects.get(pk=made[site]["phonenumber"].pk)
    number.device = device_of(made, site)
    number.save()
    return number
