"""The audit in words, as far as its reader may see it.

Entries are in scope when the person concerned is below the reader, or when the reader or somebody
below did it at a site held or to the profile. In an entry, the name of somebody outside the
reader's scope, and the name of a site that the reader does not hold, are replaced by words that say
no more.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import QuerySet
from django.db.models.functions import Left, Length
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from administrators.models import Administrator
from permissions import audit_words, rules
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from permissions.querysets import OF_ENTERPRISE
from sites.text import search_words

SITE, FEATURE = "site:", "feature:"


def held_among(entries: Iterable[AuditEntry], reader: Administrator) -> set[int]:
    """The sites named in `entries` that the reader holds: one query for a page."""
    named = {_number(entry.item) for entry in entries if entry.item.startswith(SITE)}
    return set(rules.held_sites(reader).filter(pk__in=named).values_list("pk", flat=True))


def people_named(reader: Administrator, text: str) -> QuerySet[Administrator]:
    """Those whose names the reader may know, by their names and username: not by their email.

    The email stands last in the search key.
    """
    parent = Administrator.objects.filter(pk=reader.parent_id)
    found = Administrator.objects.branch_of(reader) | parent
    found = found.annotate(names=Left("search_key", Length("search_key") - Length("email")))
    for word in search_words(text):  # of the whole key there is an index
        found = found.filter(search_key__contains=word, names__contains=word)
    return found


def who(entry: AuditEntry, reader: Administrator) -> str:
    """Who did it: the reader, their parent, somebody below; or words for anybody else."""
    if entry.actor is None:
        return audit_words.nobody(entry.item)
    return _name(entry.actor, entry.actor_name, reader)


def _name(person: Administrator, name: str, reader: Administrator) -> str:
    if rules.may_know(reader, person):
        return name
    return _("The operator") if person.is_superuser else _("An administrator above you")


def what(entry: AuditEntry, held: set[int]) -> str:
    """What was touched: a field, a site, a feature; nothing more of a refused attempt."""
    item = entry.item
    if entry.act == Act.REFUSED:
        return ""
    if words := audit_words.of_command(item):
        return f"{words} ({entry.item_name})" if entry.item_name else words
    if entry.site_id or item.startswith(OF_ENTERPRISE):
        return f"{entry.item_name} ({field})" if (field := _field_of(item)) else entry.item_name
    if item.startswith(SITE):
        return entry.item_name if _number(item) in held else _("a site outside your scope")
    if item.startswith(FEATURE):
        return str(FeatureCode(item.removeprefix(FEATURE)).label)
    if item == "all_sites":
        return _("All sites, present and future")
    return capfirst(str(Administrator._meta.get_field(item).verbose_name)) if item else ""


def change(entry: AuditEntry, reader: Administrator) -> str:
    """Before → after; or from whom the thing was taken, where that is why."""
    if entry.cause:
        name = _name(entry.cause, entry.cause_name, reader)
        return _("Taken away with what was taken from: %(name)s") % {"name": name}
    if entry.act in {Act.CREATE, Act.ASSIGN, Act.ADD}:
        return entry.after
    if entry.act in {Act.UNASSIGN, Act.REMOVE}:
        return entry.before
    if entry.act != Act.EDIT:
        return ""
    return f"{entry.before or '—'} → {entry.after or '—'}"


def _field_of(item: str) -> str:
    """In words, the field in "device:7:name"."""
    model, _pk, field = [*item.split(":"), ""][:3]
    known = apps.get_model("sites", model) if field else None
    return str(known._meta.get_field(field).verbose_name) if known else ""


def _number(item: str) -> int:
    return int(item.removeprefix(SITE).partition(":")[0])
