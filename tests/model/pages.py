"""What pages show to somebody, and what the model says that they must show."""

import html
import re
from collections.abc import Callable
from random import Random
from typing import Any

from django.http import HttpResponse

from tests import pages
from tests.model.portal import Portal
from tests.model.reference import MANAGE, Person
from tests.model.reference_passwords import Reference

LIST = "/administrators/"
BODY = re.compile(r'<tbody role="rowgroup">(.*?)</tbody>', re.DOTALL)
ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
HIDDEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')
LINK = re.compile(r'<a class="(?:menu-link|header-link)"\s+href="([^"]*)"')
# Which pages each feature opens, written down from the documentation, not from the portal.
OPENS = {
    "analytics": {"/analytics/"},
    "call_recording": {"/recordings/"},
    "dashboard": {"/dashboard/"},
    MANAGE: {LIST},
    "notes": {"/notes/"},
    "orders": {"/orders/"},
    "profile": {"/profile/"},
    "reports": {"/reports/"},
    "services": {"/services/", "/assignments/services/"},
    "sip_trunking": {"/sip-trunks/"},
    "user_assignments": {
        f"/assignments/{kind}/" for kind in ("numbers", "devices", "users", "services")
    },
}
ALL_PAGES = set().union(*OPENS.values())
STATES = {
    "disabled": "Désactivé",
    "mail_pending": "E-mail en attente",
    "expired": "Mot de passe expiré",
    "owed": "Mot de passe à changer",
    "active": "Actif",
}


def opened(features: set[str]) -> set[str]:
    return set().union(*(OPENS[code] for code in features))


def state(one: Person) -> str:
    """In which state the list shows somebody."""
    if not one.active or not one.owes:
        return "active" if one.active else "disabled"
    if not one.password:
        return "mail_pending"
    return "expired" if one.spent or one.expired else "owed"


def rows(response: HttpResponse) -> list[tuple[str, ...]]:
    """The cells of the page's table, as words."""
    body = BODY.search(response.content.decode())
    found = ROW.findall(body[1]) if body else []
    return [tuple(_words(cell) for cell in CELL.findall(row)) for row in found]


def _words(markup: str) -> str:
    """What is seen."""
    return " ".join(html.unescape(TAG.sub(" ", HIDDEN.sub("", markup))).split())


def check_menu(model: Reference, who: str, response: HttpResponse) -> None:
    """The menus hold what opens, and nothing else."""
    shown = set(LINK.findall(response.content.decode())) & ALL_PAGES
    assert shown == opened(model.people[who].features), f"menu of {who}"


def turned_away(model: Reference, who: str, session: int, response: HttpResponse) -> bool:
    """Whether `who` is not signed in, or owes a password: then no page shows anything."""
    if model.live(who, session) and not model.people[who].owes:
        return False
    url = response.headers.get("Location", "")
    begins = "/password/" if model.live(who, session) else "/sign-in/?next="
    assert (response.status_code, url.startswith(begins)) == (302, True), (who, url)
    return True


def check_list(model: Reference, portal: Portal, who: str, session: int) -> None:
    """The list of `who`: exactly those below, each row true; or 403, or the sign-in page."""
    response = portal.get(who, session, LIST, per_page="100")
    if turned_away(model, who, session, response):
        return
    if MANAGE not in model.people[who].features:
        assert response.status_code == 403, who
        return
    assert response.status_code == 200, who
    expected = sorted(_row(model, name) for name in model.below(who))
    assert sorted(row[1:6] for row in rows(response)) == expected, f"list of {who}"
    check_menu(model, who, response)
    _check_filters(model, who, response)


def _row(model: Reference, name: str) -> tuple[str, ...]:
    one = model.people[name]
    count = str(len(model.held(name)))
    sites = f"Tous ({count})" if one.all_sites else count
    parent = f"{one.parent.title()} Durand"
    return name, STATES[state(one)], parent, sites, str(len(one.features))


def _check_filters(model: Reference, who: str, response: HttpResponse) -> None:
    """What a filter offers tells nothing out of scope either."""
    offered = pages.read(response).choices
    below = model.below(who)
    parents = {model.people[name].parent for name in below}
    assert set(offered["parent"][1:]) == {f"{name.title()} Durand" for name in parents}, who
    assert set(offered["site"][1:]) == model.held(who), f"sites offered to {who}"


def check_features_tab(model: Reference, portal: Portal, who: str, session: int, on: str) -> None:
    """What may be given is what the parent of `on` holds; ticked is what `on` holds."""
    response = portal.get(who, session, f"{LIST}{portal.pk(on)}/features/")
    if _closed(model, who, session, on, response):
        return
    read = pages.read(response)
    offered = set(read.choices.get("features", []))
    assert offered == model.people[model.people[on].parent].features, f"offered to {on} by {who}"
    assert set(read.data.get("features", [])) == model.people[on].features, f"ticked of {on}"
    assert read.data["version"] == [str(model.people[on].version)]


def check_sites_tab(model: Reference, portal: Portal, who: str, session: int, on: str) -> None:
    response = portal.get(who, session, f"{LIST}{portal.pk(on)}/sites/")
    if _closed(model, who, session, on, response):
        return
    read, parent = pages.read(response), model.people[on].parent
    offered, ticked = read.choices.get("picker-tick", []), read.data.get("picker-tick", [])
    assert sorted(offered) == sorted(portal.site_ids(model.held(parent))), f"offered to {on}"
    assert sorted(ticked) == sorted(portal.site_ids(model.held(on))), f"ticked of {on}"
    assert ("all_sites" in read.controls) == model.people[parent].all_sites
    assert ("all_sites" in read.data) == model.people[on].all_sites
    assert read.data["version"] == [str(model.people[on].version)]


def _closed(model: Reference, who: str, session: int, on: str, response: HttpResponse) -> bool:
    """Whether the page about `on` does not open to `who`, as it must not."""
    if turned_away(model, who, session, response):
        return True
    why = model.refusal(who, on, session)
    status = {"": 200, "forbidden": 403, "missing": 404}[why]
    assert response.status_code == status, f"{who} on {on}: {why}"
    return bool(why)


def check_create_page(model: Reference, portal: Portal, who: str, session: int, on: str) -> None:
    """A new child may be given what its creator holds."""
    response = portal.get(who, session, f"{LIST}create/")
    if turned_away(model, who, session, response):
        return
    one = model.people[who]
    assert response.status_code == (200 if MANAGE in one.features else 403), who
    if response.status_code == 200:
        read = pages.read(response)
        assert set(read.choices["features"]) == one.features, who
        assert sorted(read.choices.get("picker-tick", [])) == sorted(
            portal.site_ids(model.held(who))
        )
        assert ("all_sites" in read.controls) == one.all_sites


def check_sites_held(model: Reference, portal: Portal, who: str, session: int, on: str) -> None:
    """The list of sites: those held and open; none ticked means none (rule 1)."""
    response = portal.get(who, session, "/sites/", per_page="100")
    if not turned_away(model, who, session, response):
        assert {row[0] for row in rows(response)} == model.held(who), f"sites of {who}"
        check_menu(model, who, response)


def check_feature_page(model: Reference, portal: Portal, who: str, session: int, on: str) -> None:
    """A page that features open, and on it no site that is not held: never one for the other."""
    path = Random(on + who).choice(sorted(ALL_PAGES - {LIST}))
    response = portal.get(who, session, path, per_page="100")
    if turned_away(model, who, session, response):
        return
    opens = path in opened(model.people[who].features)
    assert response.status_code == (200 if opens else 403), f"{path} to {who}"
    shown = {cell for row in rows(response) for cell in row} & set(model.sites)
    assert shown <= (model.held(who) if opens else set()), f"{path} of {who}"


def check_family(model: Reference, portal: Portal, who: str, session: int, on: str) -> None:
    """The page of a person names those below them, and their parent."""
    response = portal.get(who, session, f"{LIST}{portal.pk(on)}/account/")
    if _closed(model, who, session, on, response):
        return
    found = re.findall(rf"{LIST}(\d+)/account/", response.content.decode())
    seen = {name for name, pk in portal.people.items() if str(pk) in found}
    above = {model.people[on].parent} - {who}
    assert seen - {on} == set(model.below(on)) | above, f"family of {on} to {who}"


Check = Callable[[Reference, Portal, str, int, str], None]
CHECKS: list[Check] = [
    check_features_tab,
    check_sites_tab,
    check_features_tab,
    check_sites_tab,
    check_create_page,
    check_sites_held,
    check_feature_page,
    check_family,
]


def look(model: Reference, portal: Portal, chance: Random) -> Any:
    """Somebody looks at their list, and at one other page about somebody."""
    who, other = chance.choice(list(model.people)), chance.choice(list(model.people))
    session = chance.choice(sorted(model.people[who].sessions) or [0])
    check_list(model, portal, who, session)
    on = chance.choice([*(model.below(other) or [other]), other])
    chance.choice(CHECKS)(model, portal, other, chance.choice([0, 0, 1]), on)
