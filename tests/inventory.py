"""What stands at a site, for the tests: a row of each kind, told apart by its site."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Model

from administrators.models import Administrator
from sites import models
from sites.models import Placed, Site

# Each after those that it points to.
INVENTORY: list[type[Model]] = [
    models.DeviceModel, models.Station, models.Subscriber, models.Device, models.Service,
    models.SipTrunk, models.PhoneNumber, models.ServiceMember, models.EquipmentRequest,
    models.CallHandling, models.OpeningHours, models.Holiday, models.Order, models.OrderItem,
    models.OrderStep, models.Note, models.NoteVersion, models.CallRecord, models.Recording,
]  # fmt: skip
WEEK = "0=08:00:00-18:00:00"  # the opening hours of each site, as their page sends them back
AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def furnish(sites: Iterable[Site], *, author: Administrator) -> None:
    """One row of every kind at each site."""
    for site in sites:
        furnish_one(site, author=author)


def furnish_one(site: Site, *, author: Administrator) -> dict[str, Placed]:
    """One row of every kind at a site, by the name of its model."""
    code, made = f"{site.pk % 10_000:04}", {}  # sequences only grow, whatever is rolled back

    def add(kind: type[Placed], /, **fields: Any) -> Any:
        row = kind.objects.create(site=site, **fields)
        made[kind._meta.model_name] = row
        return row

    telephone, _ = models.DeviceModel.objects.get_or_create(
        maker="Exemple", name="T2", defaults={"lines": 2}
    )
    station = add(models.Station, code=f"P-{code}")
    user = add(
        models.Subscriber, first_name="Léa", last_name=f"Dupont {site.name}",
        user_id=f"lea{code}@exemple.fr", email=f"lea{code}@exemple.fr", extension="201",
        station=station,
    )  # fmt: skip
    device = add(
        models.Device, mac=f"00:15:65:00:{code[:2]}:{code[2:]}", model=telephone,
        name=f"Accueil {site.name}",
    )  # fmt: skip
    service = add(models.Service, kind=models.Service.Kind.HUNT_GROUP, name=f"Accueil {site.name}")
    add(models.ServiceMember, service=service, subscriber=user)
    add(models.SipTrunk, name=f"Jonction {site.name}", capacity=30, in_use=4)
    number = add(models.PhoneNumber, number=f"+3319900{code}")
    add(models.CallHandling, situation="open", action="service", service=service)
    add(models.OpeningHours, weekday=0, opens=time(8), closes=time(18))
    add(models.Holiday, day=date(2026, 12, 25), name="Noël")
    add(models.EquipmentRequest, device=device, action="restart", asked_by=author)
    add(models.Order, reference=f"C-{code}", ordered_on=date(2026, 3, 1), status="received")
    add(models.Note, text=f"Remarque de {site.name}", author=author, author_name=str(author))
    add(
        models.CallRecord, reference=f"A-{code}", at=AT, direction="incoming",
        number=number.number, peer="+33199009999", seconds=60, answered=True,
    )  # fmt: skip
    add(
        models.Recording, reference=f"E-{code}", at=AT, subscriber=user, number=number.number,
        peer="+33199009999", seconds=60,
    )  # fmt: skip
    return made


def rows_by_site() -> dict[str, dict[str, Placed]]:
    """What `furnish` wrote: by the name of the site, then by that of the model."""
    found: dict[str, dict[str, Placed]] = {site.name: {} for site in Site.objects.all()}
    for kind in INVENTORY:
        if issubclass(kind, Placed):
            for row in kind._default_manager.select_related("site"):
                found[row.site.name][kind._meta.model_name] = row
    return found


def clear() -> None:
    """Every row, in the order that the keys allow."""
    for model in reversed(INVENTORY):
        model._base_manager.all()._raw_delete("default")
