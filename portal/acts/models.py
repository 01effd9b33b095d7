"""The act on the models of devices: carrier staff alone, for they are every enterprise's."""

from typing import Any

from django.utils.translation import gettext as _

from permissions import audit, audit_items
from permissions.acts import act, carrier_only
from permissions.models import Act
from sites.models import DeviceModel


@act
def approve_model(model: DeviceModel, approved: bool, *, by: Any) -> None:
    """Whether devices of this model may be added; those that stand somewhere stay.

    Raises OutOfScope.
    """
    carrier_only(by)
    fresh = DeviceModel.objects.select_for_update(no_key=True).get(pk=model.pk)
    if fresh.is_approved == approved:
        return
    words = {"before": _said(fresh.is_approved), "after": _said(approved)}
    fresh.is_approved = approved
    fresh.save(update_fields=["is_approved"])
    item = audit_items.of_field(fresh, "is_approved")
    audit.record(Act.EDIT, by=by, item=item, item_name=str(fresh), **words)


def _said(approved: bool) -> str:
    return _("approved") if approved else _("not approved")
