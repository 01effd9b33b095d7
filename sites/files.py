"""The kinds of the carrier's files, and what each row of them is."""

from django.db.models import Model

from sites import models

ROWS: dict[str, type[Model]] = {
    "sites": models.Site,
    "models": models.DeviceModel,
    "stations": models.Station,
    "users": models.Subscriber,
    "devices": models.Device,
    "services": models.Service,
    "members": models.ServiceMember,
    "trunks": models.SipTrunk,
    "numbers": models.PhoneNumber,
    "hours": models.OpeningHours,
    "holidays": models.Holiday,
    "handling": models.CallHandling,
    "orders": models.Order,
    "order_items": models.OrderItem,
    "order_steps": models.OrderStep,
    "calls": models.CallRecord,
    "recordings": models.Recording,
}


def label(kind: str) -> str:
    """A kind in words."""
    return str(ROWS[kind]._meta.verbose_name_plural)
