"""Every URL of the portal, found in the URL resolver, and what it answers once it opens.

Which rule opens a URL is read from the URL itself and compared with rules_of_urls.py; a URL that is
not in `KINDS` and there fails the build.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from permissions.access import Access, Who
from tests.matrix.people import DISABLED, STAFF, Visitor

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE")
READS = {"GET", "HEAD"}
SAFE = READS | {"OPTIONS"}
OF_AN_OBJECT = re.compile("<(path:object_id|(int|path):content_type_id)>")
PAGE, LIST, FORM, BUTTON, AWAY = "page", "list", "form", "button", "away"
ENTRANCE, LAST, CHOICE = "entrance", "last", "choice"
PROBE, HIDDEN = "probe", "hidden"
# A page answers any method alike; a list only reads; a form sends on whoever has saved, and shows
# itself to any other method; a choice is a list whose rows are buttons; a button is only pressed.
# The quick starts send those who hold several sites to choose one: nobody here holds just one.
# The last resort is for whom no feature opens anything else, the entrance for whom has not come in.
# A probe answers whoever reads, before they are known; what is hidden is there for nobody who lacks
# its token.
KINDS = {
    "home": AWAY,
    "nothing_yet": LAST,
    "sign_in": ENTRANCE,
    "sign_out": BUTTON,
    "password_change": FORM,
    "stay": PAGE,
    "close_notice": BUTTON,
    "my_account": FORM,
    "sign_in_details": PAGE,
    "feedback": FORM,
    "administrator_list": LIST,
    "administrator_create": FORM,
    "administrator_disable": FORM,
    "administrator_enable": FORM,
    "administrator_reset_password": FORM,
    "administrator_account": FORM,
    "administrator_contact": FORM,
    "administrator_address": FORM,
    "administrator_sites": FORM,
    "administrator_features": FORM,
    "administrator_history": LIST,
    "history": LIST,
    "history_export": PAGE,
    "dashboard": PAGE,
    "numbers": LIST,
    "number_assign": CHOICE,
    "number_unassign": FORM,
    "quick_user": AWAY,
    "quick_phone": AWAY,
    "quick_calls": AWAY,
    "quick_hours": AWAY,
    "devices": LIST,
    "device": PAGE,
    "device_add": FORM,
    "device_remove": FORM,
    "device_restart": FORM,
    "device_assign": CHOICE,
    "device_unassign": FORM,
    "users": LIST,
    "subscriber_add": FORM,
    "subscriber_edit": FORM,
    "service_list": LIST,
    "services": LIST,
    "service": PAGE,
    "service_add": FORM,
    "service_edit": FORM,
    "service_member_add": CHOICE,
    "member_remove": FORM,
    "sip_trunks": LIST,
    "recordings": LIST,
    "recording_policies": LIST,
    "analytics": PAGE,
    "reports": LIST,
    "notes": LIST,
    "note": PAGE,
    "note_add": FORM,
    "note_edit": FORM,
    "profile": PAGE,
    "profile_account": FORM,
    "profile_address": FORM,
    "profile_main_contact": FORM,
    "profile_technical_contact": FORM,
    "orders": LIST,
    "order": PAGE,
    "site_list": LIST,
    "site": PAGE,
    "site_hours": FORM,
    "site_holidays": FORM,
    "holiday_remove": FORM,
    "site_choose": LIST,
    "choose_site": BUTTON,
    "help": PAGE,
    "help_page": PAGE,
    "privacy": PAGE,
    "set_language": BUTTON,
    "theme": BUTTON,
    "healthz": PROBE,
    "readyz": PROBE,
    "metrics": HIDDEN,
}

# What the name of a URL begins with, and of which row at a site its id is.
ROWS = {
    "number": "phonenumber",
    "device": "device",
    "subscriber": "subscriber",
    "service": "service",
    "member": "servicemember",
    "note": "note",
    "order": "order",
    "holiday": "holiday",
}


@dataclass(frozen=True)
class Page:
    """One URL: its name, its parameters, and the rule declared on it (None if it has none)."""

    name: str
    parameters: frozenset[str]
    access: Access | None

    @property
    def of_person(self) -> bool:
        return self.name.startswith("administrator_") and "pk" in self.parameters

    @property
    def of_site(self) -> bool:
        return self.name.startswith("site") and "pk" in self.parameters

    @property
    def of_row(self) -> str:
        """The model of the row at a site that it is about."""
        return ROWS.get(self.name.split("_")[0], "") if "pk" in self.parameters else ""


def pages() -> list[Page]:
    """All of them but the Django admin's."""
    return _own(get_resolver().url_patterns)


def _own(patterns: list[Any]) -> list[Page]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            parameters = frozenset(pattern.pattern.converters)
            access = getattr(pattern.callback, "access", None)
            found.append(Page(str(pattern.name), parameters, access))
        elif isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            found += _own(pattern.url_patterns)
    return found


def carriers_pages() -> list[str]:
    """Every URL of the Django admin."""
    roots = [one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin"]
    return sorted({url for root in roots for url in _carriers(root.url_patterns, "/admin/")})


def _carriers(patterns: list[Any], before: str) -> Iterator[str]:
    """With an id where one is asked."""
    for pattern in patterns:
        route = OF_AN_OBJECT.sub("1", str(pattern.pattern))
        for regex, example in ((r"^(?P<app_label>", "sites/"), ("(?P<url>", "anything/")):
            route = example if route.startswith(regex) else route
        if isinstance(pattern, URLResolver):
            yield from _carriers(pattern.url_patterns, before + route)
        else:
            yield before + route


def let_in(page: Page, visitor: Visitor) -> bool:
    """Not sent elsewhere for not being signed in, or for owing a password."""
    if KINDS[page.name] == PROBE:
        return True
    if visitor.gone:
        return page.access.who is Who.PUBLIC
    return not visitor.owes or page.access.who is Who.OWING


def expected(page: Page, visitor: Visitor, method: str, target: str) -> int:
    """The status that the rules of docs/rules.md give."""
    if not let_in(page, visitor):
        return 302
    if page.access.features and not page.access.features & visitor.features:
        return 403
    if page.of_person and not visitor.reaches_person(target):
        return 404
    if (page.of_site or page.of_row) and not visitor.reaches_site(target):
        return 404
    return opened(page, visitor, method, target)


def opened(page: Page, visitor: Visitor, method: str, target: str) -> int:
    """What the page answers to whom it is open; a complete form was sent."""
    kind = KINDS[page.name]
    if kind == HIDDEN:
        return 404
    if kind == PROBE:
        return 200 if method in READS else 405
    if kind == LIST:
        return 200 if method in SAFE else 405
    if kind == CHOICE:
        return 302 if method == "POST" else 200 if method in SAFE else 405
    if kind == BUTTON:
        return 302 if method == "POST" else 405
    if kind == LAST:
        return 302 if visitor.features or visitor.name == STAFF else 200
    if kind == ENTRANCE and visitor.gone:
        return 405 if method == "DELETE" else 200  # a wrong password was sent
    in_vain = resets_the_disabled(page, target) or (page.name == "note_add" and not visitor.sites)
    done = kind == FORM and method == "POST" and not in_vain
    return 302 if done or kind in {AWAY, ENTRANCE} else 200


def resets_the_disabled(page: Page, target: str) -> bool:
    """Whom no mail with a password may reach: the page stays, and the audit has the refusal."""
    return page.name == "administrator_reset_password" and target == DISABLED


def writes(page: Page, visitor: Visitor, method: str, target: str) -> bool:
    """Whether something may be written: only by POST, only where nothing is refused."""
    status = expected(page, visitor, method, target)
    return method == "POST" and let_in(page, visitor) and status in {200, 302}


def refused(page: Page, visitor: Visitor, method: str, target: str) -> bool:
    """Whether the audit says so: who is signed in tried to write what they may not."""
    owing = visitor.owes and not let_in(page, visitor)
    status = expected(page, visitor, method, target)
    no = status in {403, 404} or (status == 200 and resets_the_disabled(page, target))
    return method == "POST" and not visitor.gone and (owing or no)
