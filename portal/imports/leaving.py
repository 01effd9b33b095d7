"""What happens at the old site when a file moves a row to another one.

A record stays where it was made and names by text what it no longer refers to; an assignment keeps
the row at its site until it is taken back.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Greatest, Left, Lower, StrIndex, Trim
from django.utils.translation import gettext as _

from portal.acts.devices import give_up_requests
from sites.constraints import CompositeForeignKey
from sites.models import Device, Enterprise, EquipmentRequest, Recording, Subscriber
from sites.text import KEY_LENGTH

RECORDS = (Recording, EquipmentRequest)
# The folded name, which stands in the search key before the user id: that has no accent to fold.
NAME_WORDS = Left("search_key", Greatest(StrIndex("search_key", Lower("user_id")) - 1, 0))


def leave_recordings(users: Collection[int], *, by: Any) -> None:
    """They stay with those who hold the site, and keep the name of who was recorded.

    They are found by it, too.
    """
    owner = Subscriber.objects.filter(pk=OuterRef("subscriber"))
    name = Concat(F("first_name"), Value(" "), F("last_name"))
    kept = Recording.objects.filter(subscriber__in=users)
    words = Concat(F("search_key"), Value(" "), Subquery(owner.values_list(NAME_WORDS)))
    kept.update(search_key=Trim(Left(words, KEY_LENGTH)))
    kept.update(user_name=Subquery(owner.values_list(name)), subscriber=None)


def who_have_left(references: Collection[str], enterprise: Enterprise) -> set[str]:
    """The recordings that name by text a user of that time: an old file may name the user still."""
    kept = Recording.objects.filter(enterprise=enterprise, reference__in=references)
    return set(kept.exclude(user_name="").values_list("reference", flat=True))


def leave_requests(devices: Collection[int], *, by: Any) -> None:
    """As when a device is removed: what the carrier has not taken up fails."""
    waiting = EquipmentRequest.objects.filter(state=EquipmentRequest.State.WAITING)
    asked = Device.objects.filter(pk__in=waiting.filter(device__in=devices).values("device"))
    for device in asked:
        text = _("%(device)s is now at another site.") % {"device": device}
        give_up_requests(device, text, by=by)
    EquipmentRequest.objects.filter(device__in=devices).update(device=None)


def kept_by(row: Any) -> list[str]:
    """What keeps a row at its old site: what is assigned to it there, and it to what."""
    return [*_assigned_to(row), *_assigned(row)]


def _assigned_to(row: Any) -> Iterator[str]:
    """The kinds of rows that are assigned to this one, within its site."""
    for model in apps.get_app_config("sites").get_models():
        keys = [] if model in RECORDS else _within_a_site(model)
        names = [key.fields[-1] for key in keys if key.to_table == row._meta.db_table]
        if any(model._default_manager.filter(**{name: row.pk}).exists() for name in names):
            yield str(model._meta.verbose_name_plural)


def _assigned(row: Any) -> Iterator[str]:
    """The columns in which this row refers to one of another site than it is to stand at."""
    for key in _within_a_site(row):
        other = getattr(row, key.fields[-1])
        if other is not None and other.site_id != row.site_id:
            yield str(row._meta.get_field(key.fields[-1]).verbose_name)


def _within_a_site(model: Any) -> Iterator[CompositeForeignKey]:
    """The keys of assignments (sites/models/placed.py)."""
    for key in model._meta.constraints:
        if isinstance(key, CompositeForeignKey) and key.fields[:-1] == ["enterprise", "site"]:
            yield key
