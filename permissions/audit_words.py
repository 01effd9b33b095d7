"""What the audit says, in words, whoever reads it."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Model
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.audit_items import ALL_SITES, RESTORE, feature_of, field_of, imported, site_count
from permissions.errors import StaleVersion
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from sites import files
from sites.text import labelled

LABELS = dict(FeatureCode.choices)
YES_NO = {"True": gettext_lazy("Yes"), "False": gettext_lazy("No")}


def of_command(item: str) -> str:
    """What a command of the carrier's did; nothing if `item` is no such thing."""
    return _("Restored from a backup") if item == RESTORE else _imported(imported(item))


def _imported(kind: str) -> str:
    """Of which kind a file was imported."""
    return _("Import: %(kind)s") % {"kind": files.label(kind)} if kind in files.ROWS else ""


def nobody(item: str) -> str:
    """Who acted where nobody was signed in: files are imported by a command, too."""
    return _("The operator, by a command") if of_command(item) else _("Nobody signed in")


def of_person(entry: AuditEntry) -> str:
    """What of a person was touched: a feature, all their sites, a field; of a site nothing."""
    if code := feature_of(entry.item):
        return str(LABELS.get(code, code))
    if entry.item == ALL_SITES:
        return _("All sites, present and future")
    of_fields = entry.target_id and entry.act in {Act.CREATE, Act.EDIT}
    return capfirst(_label(get_user_model(), entry.item)) if of_fields else ""


def kind_and_field(entry: AuditEntry) -> tuple[str, str]:
    """What kind of thing a row of the inventory is, and which field of it was touched."""
    name, field = field_of(entry.item)
    model = apps.all_models["sites"].get(name) if ":" in entry.item else None
    if model is None:
        return "", ""
    return capfirst(str(model._meta.verbose_name)), _label(model, field) if field else ""


def of_row(entry: AuditEntry) -> str:
    """What kind of thing it was done to, which one, and in which field."""
    kind, field = kind_and_field(entry)
    named = f"{entry.item_name} ({field})" if field else entry.item_name
    return labelled(kind, named) if kind else named


def of_refusal(item: str) -> str:
    """Nobody did wrong who saved a page that somebody else had overtaken."""
    return _("Page too old") if item.endswith(f": {StaleVersion.__name__}") else ""


def value(entry: AuditEntry, text: str) -> str:
    """What was there before or after; of a yes or no the code once stood in the audit."""
    name, field = field_of(entry.item)
    model = apps.all_models["sites"].get(name)
    known = {one.name: one for one in model._meta.fields} if model else {}
    return str(YES_NO.get(text, text)) if isinstance(known.get(field), BooleanField) else text


def to_the_carrier(entry: AuditEntry) -> str:
    """To who may read all of it; nothing of an export or a refusal, which have no words."""
    if several := site_count(entry.item):
        return _("%(count)s sites") % {"count": number_format(several, force_grouping=True)}
    kind, field = kind_and_field(entry)
    row = _("%(kind)s: %(field)s") % {"kind": kind, "field": field} if field else kind
    return of_command(entry.item) or of_person(entry) or row


def _label(model: type[Model], field: str) -> str:
    """Its name on the screen; the audit outlives fields, whose own name is all that is left."""
    known = {one.name: one for one in model._meta.fields}
    return str(known[field].verbose_name) if field in known else field
