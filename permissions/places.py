"""The acts on enterprises and sites that give nobody anything: carrier staff alone (rule 13)."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from permissions import audit, audit_items
from permissions.acts import act, carrier_only
from permissions.errors import Refused
from permissions.locks import lock_people
from permissions.models import Act
from sites.models import Enterprise, Site
from sites.text import KEY_LENGTH, fold

ADDRESS = ("street", "street_extra", "postal_code", "city", "country")
CONTACT = ("contact_name", "contact_email", "phone")
# Not the enterprise of a site: the grants of the site are held by that enterprise's people.
EDITABLE: dict[type[Enterprise | Site], frozenset[str]] = {
    Enterprise: frozenset(("name", "is_active", *ADDRESS)),
    Site: frozenset(("name", "is_open", *CONTACT, *ADDRESS)),
}


class NameTaken(Refused):
    """Another enterprise, or another site of the same enterprise, has that name."""

    field = "name"

    def __init__(self, site: str = "") -> None:
        """`site` is how that one is called, if it is a site and known."""
        super().__init__(site)
        self.site = site

    @property
    def message(self) -> str:
        if self.site:
            said = _("This enterprise already has a site called “%(name)s”.")
            return said % {"name": self.site}
        return _("This name is already taken.")


@act
def add_enterprise(enterprise: Enterprise, *, by: Any) -> Enterprise:
    """The carrier takes on a customer. Raises NameTaken, OutOfScope."""
    carrier_only(by)
    refuse_imitation(enterprise)
    write(enterprise, force_insert=True)
    words = {"item": audit_items.of_row(enterprise), "item_name": str(enterprise)}
    audit.record(Act.CREATE, by=by, of=enterprise, **words)
    return enterprise


@act
def edit_enterprise(enterprise: Enterprise, changes: Mapping[str, Any], *, by: Any) -> list[str]:
    """Change fields of `EDITABLE`; returns those that really changed. Raises as `add_enterprise`.

    An enterprise that is not active is suspended: none of its administrators can sign in, and
    their sessions end.
    """
    carrier_only(by)
    fresh = Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    people = get_user_model().objects.filter(enterprise=fresh)
    if not changes.get("is_active", True):
        lock_people(people)  # before the enterprise is written, for which its creators would wait
    changed = edit(fresh, changes, EDITABLE[Enterprise], by=by)
    if "is_active" in changed and not fresh.is_active:
        people.update(session_epoch=F("session_epoch") + 1)
    return changed


@act
def edit_site(site: Site, changes: Mapping[str, Any], *, by: Any) -> list[str]:
    """Change fields of `EDITABLE`; returns those that really changed. Raises as `add_enterprise`.

    A site that is not open is closed: it disappears for everybody, its grants are kept.
    """
    carrier_only(by)
    fresh = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    return edit(fresh, changes, EDITABLE[Site], by=by)


def edit(
    place: Enterprise | Site, changes: Mapping[str, Any], allowed: Collection[str], *, by: Any
) -> list[str]:
    """Write the fields of `allowed` that differ, with a trace of each; returns their names.

    Raises NameTaken. For acts only, which locked the place and judged `by`.
    """
    if not set(changes) <= set(allowed):
        raise ValueError(set(changes) - set(allowed))
    before = place.name
    entries = audit.edits_of(place, changes, by=by)
    if entries:
        if isinstance(place, Enterprise):
            place.version += 1  # an open page of the profile is now old
        if place.name != before:
            refuse_imitation(place)
        write(place)
        audit.record_all(entries)
    return audit.fields_of(entries)


def write(place: Enterprise | Site, **how: Any) -> None:
    """Save a place. Raises NameTaken."""
    try:
        place.save(**how)
    except IntegrityError as error:
        if "name" in str(error):
            raise NameTaken from error
        raise


def refuse_imitation(place: Enterprise | Site) -> None:
    """Raises NameTaken if another customer, or another site of the same, is called so."""
    if is_called(place.name, place):
        raise NameTaken


def refuse_imitations(sites: Collection[Site], *, enterprise: int) -> None:
    """Raises NameTaken if one of these new sites is called like another, or like one that is."""
    names = Site.objects.filter(enterprise=enterprise).order_by().values_list("name", flat=True)
    known = {fold(name): name for name in names.iterator()}
    for site in sites:
        if other := known.get(key := fold(site.name)):
            raise NameTaken(other)
        known[key] = site.name


def is_called(name: str, place: Enterprise | Site) -> bool:
    """Whether one beside this place has that name, whatever its case and accents."""
    key = fold(name)
    names = _beside(place, key).order_by().values_list("name", flat=True)
    return key in map(fold, names.iterator())


def _beside(place: Enterprise | Site, key: str) -> QuerySet:
    """The other customers; of the other sites of one, which are many, those that begin so."""
    if isinstance(place, Enterprise):
        return Enterprise.objects.exclude(pk=place.pk)
    sites = Site.objects.filter(enterprise=place.enterprise_id).exclude(pk=place.pk)
    return sites.filter(search_key__startswith=key[:KEY_LENGTH])
