"""The audit in words, as far as its reader may see it.

Entries are in scope when the person concerned is below the reader, or when the reader or somebody
below did it at a site held or to the profile. In an entry, the name of somebody outside the
reader's scope, and the name of a site that the reader does not hold, are replaced by words that say
no more.
"""

from django.db.models import QuerySet
from django.db.models.functions import Left, Length
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from administrators.history_sites import SeenSites
from administrators.models import Administrator
from permissions import audit_words, rules
from permissions.audit_items import ENTERPRISE, SITE, SITES, site_count, site_of
from permissions.models import Act, AuditEntry
from sites.text import search_words

NAMED = 5  # sites of one entry, on a page
CHANGES = {Act.CREATE, Act.EDIT, Act.ASSIGN, Act.UNASSIGN, Act.ADD, Act.REMOVE}


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


def username(entry: AuditEntry, reader: Administrator) -> str:
    """That of who did it, if the reader knows it from the list; two people may share a name."""
    person = entry.actor
    mine = person is not None and (person == reader or person.is_below(reader))
    return person.username if mine else ""


def _name(person: Administrator, name: str, reader: Administrator) -> str:
    """As they were called then; who is called otherwise today can hide behind no other name."""
    if rules.may_know(reader, person):
        said = _("%(name)s (today: %(today)s)") % {"name": name, "today": person}
        return name if name == str(person) else said
    return _("The operator") if person.is_superuser else _("An administrator above you")


def what(entry: AuditEntry, seen: SeenSites) -> str:
    """What was touched: a field, a site, a feature; of a refused attempt, whether it came late."""
    item = entry.item
    if entry.act == Act.REFUSED:
        return audit_words.of_refusal(item)
    if words := audit_words.of_command(item):
        return f"{words} ({entry.item_name})" if entry.item_name else words
    if entry.site_id or item.startswith(ENTERPRISE):
        thing = audit_words.of_row(entry)
        return f"{thing}, {entry.site}" if entry.site_id else thing
    if item.startswith(SITES):
        return _several(entry, seen)
    if item.startswith(SITE):
        return entry.item_name if site_of(item) in seen.held else _("a site outside your scope")
    return audit_words.of_person(entry)


def each(entry: AuditEntry, seen: SeenSites) -> list[str]:
    """What was touched, each of several sites by itself."""
    if entry.pk not in seen.several:
        return [what(entry, seen)]
    names, ids = seen.of(entry), seen.several[entry.pk]
    return names + [_("a site outside your scope")] * (len(ids) - len(names))


def _several(entry: AuditEntry, seen: SeenSites) -> str:
    """How many sites, and the names of some; of a few, how many are outside the reader's scope."""
    count, names = site_count(entry.item), seen.of(entry)[:NAMED]
    if count > NAMED:
        named = {"count": number_format(count, force_grouping=True), "names": ", ".join(names)}
        text = _("%(count)s sites, among them %(names)s") if names else _("%(count)s sites")
        return text % named
    outside = count - len(names)
    words = ngettext("a site outside your scope", "%(n)s sites outside your scope", outside)
    return ", ".join([*names, words % {"n": outside}] if outside else names)


def change(entry: AuditEntry, reader: Administrator) -> str:
    """Before → after; or from whom the thing was taken, where that is why."""
    if entry.cause:
        name = _name(entry.cause, entry.cause_name, reader)
        return _("Taken away with what was taken from: %(name)s") % {"name": name}
    if entry.act not in CHANGES or not (entry.before or entry.after or entry.act == Act.EDIT):
        return ""
    before, after = (audit_words.value(entry, text) for text in (entry.before, entry.after))
    return f"{before or '—'} → {after or '—'}"
