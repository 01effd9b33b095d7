"""What the portal holds and shows, and what the model says that it must be, in the same words."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.test import Client

from administrators.models import Administrator, OutgoingMail
from administrators.sessions import SessionStore
from permissions.models import AuditEntry, FeatureGrant, SiteGrant
from tests.model.portal import Portal
from tests.model.reference import STAFF
from tests.model.reference_passwords import Reference

PERSON = (
    "username", "parent__username", "enterprise__name", "is_active", "must_change_password",
    "all_sites", "version", "is_superuser", "is_staff",
)  # fmt: skip
Rows = Counter[tuple[Any, ...]]


def same(what: str, found: Any, expected: Any) -> None:
    """Sets or counts alike, or what is too much and what is lacking."""
    assert found == expected, f"{what}: too much {found - expected}, lacking {expected - found}"


def people_in_portal() -> set[tuple[Any, ...]]:
    return set(Administrator.objects.values_list(*PERSON))


def people_in_model(model: Reference) -> set[tuple[Any, ...]]:
    staff = (STAFF, None, None, True, False, False, 1, True, True)
    return {staff} | {
        (
            name, one.parent, one.enterprise, one.active, one.owes, one.all_sites, one.version,
            False, False,
        )
        for name, one in model.people.items()
    }  # fmt: skip


def grants_in_portal() -> Rows:
    """Every row of the two tables; one too many is as wrong as one too few."""
    sites = SiteGrant.objects.values_list(
        "user__username", "bound__username", "content_object__name", "permission__codename"
    )
    features = FeatureGrant.objects.values_list(
        "user__username", "bound__username", "content_object_id", "permission__codename"
    )
    return Counter([*sites, *features])


def grants_in_model(model: Reference) -> Rows:
    return Counter(
        (name, one.parent or name, thing, permission)
        for name, one in model.people.items()
        for things, permission in ((one.sites, "manage_site"), (one.features, "use_feature"))
        for thing in things
    )


def outbox_in_portal() -> Rows:
    """The mails that wait, by person; and how many there are in all."""
    waiting = OutgoingMail.objects.filter(sent_at=None)
    rows = Counter(waiting.values_list("person__username"))
    return rows + Counter({("in all",): OutgoingMail.objects.count()})


def outbox_in_model(model: Reference, sent: int) -> Rows:
    waiting = [(name,) for name, one in model.people.items() if one.mail_waits]
    return Counter(waiting) + Counter({("in all",): sent + len(waiting)})


def sessions_in_portal(portal: Portal, names: set[str]) -> set[tuple[str, int]]:
    """The sessions in which one of these is signed in, asked as each request asks."""
    return {
        session
        for session, browser in portal.browsers.items()
        if session[0] in names and _signed_in(browser)
    }


def sessions_in_model(model: Reference, names: set[str]) -> set[tuple[str, int]]:
    pairs = {(name, number) for name in names for number in model.people[name].sessions}
    return {(name, number) for name, number in pairs if model.live(name, number)}


def _signed_in(browser: Client) -> bool:
    cookie = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    if not cookie or not cookie.value:
        return False
    request = SimpleNamespace(session=SessionStore(cookie.value))
    return auth.get_user(request).is_authenticated


def holdings(model: Reference, portal: Portal) -> dict[str, tuple[bool, set[str]]]:
    """Who is active and holds what, as the audit names it."""
    found = {}
    for name, one in model.people.items():
        items = {f"site:{portal.sites[site]}" for site in one.sites}
        items |= {f"feature:{code}" for code in one.features}
        found[name] = (one.active, items | ({"all_sites"} if one.all_sites else set()))
    return found


def audit_of_difference(before: Any, after: Any, actor: str, target: str | None) -> Rows:
    """The rows that what became of everybody must have left: each change once.

    The last column says whether the row names somebody from whom the thing was taken.
    """
    rows: Rows = Counter()
    for name, (active, items) in after.items():
        was_active, had = before.get(name, (True, set()))
        if name not in before:
            rows["create", actor, name, "username", False] += 1
        for item in items - had:
            rows["grant", actor, name, item, False] += 1
        for item in had - items:
            rows["revoke", actor, name, item, name != target] += 1
        if active != was_active:
            rows["enable" if active else "disable", actor, name, "", False] += 1
    return rows


def audit_in_portal(portal: Portal, since: int) -> tuple[Rows, int]:
    """The rows written since; of a refused attempt only who tried."""
    rows: Rows = Counter()
    names, last = portal.names(), since
    for row in AuditEntry.objects.filter(pk__gt=since).order_by("pk"):
        last = row.pk
        actor, target = names.get(row.actor_id), names.get(row.target_id)
        known = [(target, item) for item in row.items] if row.act != "refused" else [(None, "")]
        rows.update((row.act, actor, *one, bool(row.cause_name)) for one in known)
    return rows, last
