"""The pages that are measured: where each is in the portal, and where in Django's admin."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils import timezone

LIST, ADMIN = "/administrators/", "/admin/administrators/administrator/"
PERSON, NUMBERS = "/administrators/{child}/", "/assignments/numbers/"
OF_FEATURES = "/admin/permissions/feature/of/{child}/"
OF_SITES, OF_NUMBERS = "/admin/sites/site/of/{child}/", "/admin/sites/phonenumber/"
HISTORY, ENTRIES = "/administrators/history/", "/admin/permissions/auditentry/"
WEEK = "?since={}&until={}".format(*(timezone.localdate() - timedelta(days) for days in (100, 94)))
FREE = "?subscriber__isnull=1&device__isnull=1&service__isnull=1&trunk__isnull=1"
MIDDLE = "page 500"
FROM = 5_000  # people below, for that page


@dataclass(frozen=True)
class Measured:
    """One page of the portal, and what the admin has instead, if it has anything.

    The bare view has the portal's address; where that is `sent` a form, `query` says the same.
    """

    ours: str
    admin: str = ""
    sent: dict[str, str] = field(default_factory=dict)
    query: str = ""

    @property
    def bare(self) -> str:
        return f"/bare{self.ours}{self.query}"

    def of(self, values: Mapping[str, int]) -> "Measured":
        """The same page of one actor."""
        ours, admin = (address.format(**values) for address in (self.ours, self.admin))
        return replace(self, ours=ours, admin=admin)


PEOPLE = {
    "list": Measured(LIST, ADMIN),
    MIDDLE: Measured(f"{LIST}?page=500", f"{ADMIN}?p=500"),
    "last page": Measured(f"{LIST}?page=1000", f"{ADMIN}?p={{last}}"),
    "100 rows": Measured(f"{LIST}?per_page=100", "/admin/hundred/administrators/administrator/"),
    "search, few": Measured(f"{LIST}?q=zoe+zimmermann", f"{ADMIN}?q=zoe+zimmermann"),
    "search, many": Measured(f"{LIST}?q=marie", f"{ADMIN}?q=marie"),
    "search, none": Measured(f"{LIST}?q=xyzxyz", f"{ADMIN}?q=xyzxyz"),
    "disabled": Measured(f"{LIST}?state=disabled", f"{ADMIN}?state=disabled"),
    "active": Measured(f"{LIST}?state=active", f"{ADMIN}?state=active"),
    "owed": Measured(f"{LIST}?state=owed", f"{ADMIN}?state=owed"),
    "feature": Measured(f"{LIST}?feature=notes", f"{ADMIN}?featuregrant__content_object=notes"),
    "parent": Measured(f"{LIST}?parent={{parent}}", f"{ADMIN}?parent={{parent}}"),
    "site": Measured(f"{LIST}?site={{site}}", f"{ADMIN}?sitegrant__content_object={{site}}"),
    "by username": Measured(f"{LIST}?sort=username", f"{ADMIN}?o=1"),
    "by name, reversed": Measured(f"{LIST}?sort=-name", f"{ADMIN}?o=-0"),
    "by username, reversed": Measured(f"{LIST}?sort=-username", f"{ADMIN}?o=-1"),
    "edit": Measured(f"{PERSON}account/", f"{ADMIN}{{child}}/change/"),
    "site picker": Measured(f"{PERSON}sites/", OF_SITES),
    "site picker, search": Measured(
        f"{PERSON}sites/",
        f"{OF_SITES}?q=lyon",
        sent={"picker-q": "lyon", "picker-go": "search"},
        query="?q=lyon",
    ),
    "features": Measured(f"{PERSON}features/", OF_FEATURES),
    "create": Measured("/administrators/create/", f"{ADMIN}add/"),
    "dashboard": Measured("/dashboard/"),
    "sites": Measured("/sites/", "/admin/sites/site/"),
    "history": Measured(HISTORY, ENTRIES),
    "history, last page": Measured(f"{HISTORY}?page=1000", f"{ENTRIES}?p={{last_entries}}"),
    "history, rights taken": Measured(f"{HISTORY}?act=revoke", f"{ENTRIES}?act__exact=revoke"),
    "history, one week": Measured(f"{HISTORY}{WEEK}"),
}
INVENTORY = {
    "numbers": Measured(NUMBERS, OF_NUMBERS),
    "numbers, last page": Measured(f"{NUMBERS}?page=1000", f"{OF_NUMBERS}?p={{last}}"),
    "numbers, search": Measured(f"{NUMBERS}?q=990012", f"{OF_NUMBERS}?q=990012"),
    "numbers, free": Measured(f"{NUMBERS}?use=free", f"{OF_NUMBERS}{FREE}"),
}
