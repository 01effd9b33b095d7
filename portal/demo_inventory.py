"""Furnishes the sites of the demo, the same each time: people, numbers, devices, services.

The addresses of devices are from the range that no maker owns, the numbers as in `portal.demo`.
What stands around Paris was read from the example files before (`portal.demo_examples`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from itertools import islice
from random import Random
from typing import Any, TypeVar

from portal import demo_tables as tables
from portal.demo import PARIS_REGION
from sites.models import (
    CallHandling,
    Device,
    DeviceModel,
    Holiday,
    OpeningHours,
    PhoneNumber,
    Placed,
    Service,
    ServiceMember,
    SipTrunk,
    Site,
    Station,
    Subscriber,
)
from sites.text import fold

Row = TypeVar("Row", bound=Placed)
# What is referred to stands before what refers to it.
ORDER = (
    Station, Subscriber, Device, Service, SipTrunk, PhoneNumber, ServiceMember, CallHandling,
    OpeningHours, Holiday,
)  # fmt: skip
KINDS = tuple(Service.Kind)


@dataclass
class Stand:
    """A site that is being furnished, and the rows made for it so far."""

    site: Site
    rank: int
    place: int
    models: list[DeviceModel]
    random: Random = field(init=False)
    size: tables.Size = field(init=False)
    rows: dict[type[Placed], list[Any]] = field(default_factory=lambda: {one: [] for one in ORDER})

    def __post_init__(self) -> None:
        self.random = Random(self.site.name)  # noqa: S311 — the same demo each time
        self.size = tables.size_of(self.site.name, self.place)

    def add(self, kind: type[Row], /, **fields: Any) -> Row:
        """One more row, not saved yet."""
        row = kind(site=self.site, enterprise_id=self.site.enterprise_id, **fields)
        self.rows[kind].append(row)
        return row


def furnish(sites: list[Site], rank: int, today: date) -> list[Stand]:
    """Give each site of one enterprise what stands there; `rank` tells the enterprises apart."""
    models = approved_models()
    names = people_names(Random(rank))  # noqa: S311
    stands = [Stand(site, rank, place, models) for place, site in enumerate(sites, start=1)]
    for stand in stands:
        people = list(islice(names, stand.size.people - 1))
        if stand.site.name not in PARIS_REGION:
            fill(stand, people, today)
    for model in ORDER:
        model.objects.bulk_create([row for one in stands for row in one.rows[model]])
    for stand in stands:
        if stand.site.name in PARIS_REGION:
            read_back(stand)
    return stands


def read_back(stand: Stand) -> None:
    """What the year needs to know of a site that was read from files."""
    numbers = PhoneNumber.objects.filter(site=stand.site).select_related("subscriber")
    stand.rows[PhoneNumber] = list(numbers.order_by("pk"))
    stand.rows[Device] = list(Device.objects.filter(site=stand.site).order_by("pk"))


def approved_models() -> list[DeviceModel]:
    """Those of the tables, in their order; the example file has brought them."""
    found = {(one.maker, one.name): one for one in DeviceModel.objects.all()}
    return [found[model] for model in tables.MODELS]


def people_names(random: Random) -> Iterator[tuple[str, str]]:
    """First and last names, no pair twice."""
    pairs = [(first, last) for first in tables.FIRST_NAMES for last in tables.LAST_NAMES]
    random.shuffle(pairs)
    return iter(pairs)


def fill(stand: Stand, names: list[tuple[str, str]], today: date) -> None:
    contact = tuple(stand.site.contact_name.split(" ", 1))
    people = add_people(stand, [contact, *names])
    devices = add_devices(stand, people)
    welcome = add_services(stand, people)
    trunk = add_trunk(stand)
    add_numbers(stand, welcome, people, devices, trunk)
    add_handling(stand, welcome, people)
    add_hours(stand, today)


def add_people(stand: Stand, names: list[Any]) -> list[Subscriber]:
    """The local contact first; all but the last of a large site have a station."""
    for n in range(1, stand.size.people + 3):
        kind = "premium" if n == 1 else "standard" if n <= stand.size.people else "common_area"
        stand.add(Station, code=f"P{stand.place:02}-{n:02}", kind=kind)
    stations = stand.rows[Station]
    domain = stand.site.contact_email.split("@")[1]
    return [
        stand.add(
            Subscriber, first_name=first, last_name=last, extension=str(200 + n),
            user_id=(address := f"{fold(f'{first} {last}').replace(' ', '.')}@{domain}"),
            email=address, station=stations[n - 1] if n < 6 else None,
            recording=tables.RECORDED[(stand.place + n) % len(tables.RECORDED)],
        )
        for n, (first, last) in enumerate(names, start=1)
    ]  # fmt: skip


def add_devices(stand: Stand, people: list[Subscriber]) -> list[Device]:
    """One for each person, one for the fax, the others in the rooms."""
    common = stand.rows[Station][stand.size.people]
    for n in range(stand.size.devices):
        person = people[n] if n < len(people) else None
        stand.add(
            Device, mac=mac_of(stand, n), model=stand.models[model_of(stand, n)],
            name=device_name(stand, n), subscriber=person,
            station=person.station if person else common if n == len(people) + 1 else None,
            registration=stand.random.choices(tuple(Device.Registration), (86, 8, 6))[0],
        )  # fmt: skip
    return stand.rows[Device]


def mac_of(stand: Stand, n: int) -> str:
    return f"02:5e:{stand.rank:02x}:{stand.place:02x}:{stand.random.randrange(256):02x}:{n:02x}"


def model_of(stand: Stand, n: int) -> int:
    """Which of the models: the fax needs an adapter, an old telephone is left here and there."""
    if n == stand.size.people:
        return tables.ADAPTER
    if n == stand.size.devices - 1 and stand.place % 5 == 0:
        return tables.OLD
    return tables.MANAGER if n == 0 else (tables.DESK, tables.CORDLESS, tables.SHOP)[n % 3]


def device_name(stand: Stand, n: int) -> str:
    if n < stand.size.people:
        return f"Poste {201 + n}"
    if n == stand.size.people:
        return "Télécopieur"
    rooms = tables.ROOMS[stand.rank]
    again, room = divmod(n - stand.size.people - 1, len(rooms))
    return f"{rooms[room]} {again + 1}" if again else rooms[room]


def add_services(stand: Stand, people: list[Subscriber]) -> Service:
    """The welcome and the hours everywhere, more at large sites, a kind in turn elsewhere."""
    turn = {KINDS[stand.place % len(KINDS)], KINDS[(stand.place * 5 + stand.rank) % len(KINDS)]}
    usual = {Service.Kind.HUNT_GROUP, Service.Kind.SCHEDULES}
    chosen = set(KINDS) if stand.size.people > 5 else usual | turn
    for n, kind in enumerate(one for one in KINDS if one in chosen):
        service = stand.add(
            Service, kind=kind, name=tables.SERVICE_NAMES[kind], extension=str(600 + n),
            is_active=(stand.place + n) % 9 != 8,
        )  # fmt: skip
        if kind in tables.ANSWERED_BY_PEOPLE:
            for position, person in enumerate(people[:4], start=1):
                stand.add(ServiceMember, service=service, subscriber=person, position=position)
    return next(one for one in stand.rows[Service] if one.kind == Service.Kind.HUNT_GROUP)


def add_trunk(stand: Stand) -> SipTrunk | None:
    if not stand.size.trunk:
        return None
    registered = stand.place % 7 != 3
    return stand.add(
        SipTrunk, name=f"Jonction {stand.site.name}", capacity=stand.size.trunk,
        in_use=stand.random.randrange(stand.size.trunk // 2) if registered else 0,
        registration="registered" if registered else "unregistered",
    )  # fmt: skip


def add_numbers(
    stand: Stand, welcome: Service, people: list[Subscriber], devices: list[Device], trunk: Any
) -> None:
    """The main number first, then the fax, people, the trunk and a room; the last are free."""
    fax, room = devices[len(people)], devices[len(people) + 1]
    given: list[dict[str, Any]] = [{"service": welcome}, {"device": fax, "kind": "fax"}]
    given += [{"subscriber": person} for person in people[: stand.size.numbers - 3]]
    given += [{"trunk": trunk}] * 2 if trunk else []
    given += [{"device": room}] if stand.place % 2 else []
    for n in range(stand.size.numbers):
        stand.add(
            PhoneNumber, number=number_of(stand, n), is_main=n == 0,
            status=status_of(stand, n), **(given[n] if n < len(given) else {}),
        )  # fmt: skip


def number_of(stand: Stand, n: int) -> str:
    """The site's own number, then others of the same range."""
    local = stand.site.phone.as_national.replace(" ", "")
    return f"{local[:6]}{(stand.rank + 1) * 1000 + stand.place * 20 + n:04}" if n else local


def status_of(stand: Stand, n: int) -> str:
    """The last number of a few sites is not active."""
    last = n == stand.size.numbers - 1
    return {1: "porting", 4: "suspended"}.get(stand.place % 6, "active") if last else "active"


def add_handling(stand: Stand, welcome: Service, people: list[Subscriber]) -> None:
    outside: tuple[dict[str, Any], ...] = (
        {"action": "voicemail"},
        {"action": "announcement"},
        {"action": "forward", "forward_to": number_of(stand, 1)},
        {"action": "subscriber", "subscriber": people[0]},
    )
    stand.add(CallHandling, situation="open", action="service", service=welcome)
    stand.add(CallHandling, situation="closed", **outside[stand.place % 4])
    stand.add(CallHandling, situation="holiday", action="announcement")


def add_hours(stand: Stand, today: date) -> None:
    for days, spans in stand.size.hours.items():
        for weekday in days:
            for span in spans:
                opens, closes = (time.fromisoformat(part) for part in span.split())
                stand.add(OpeningHours, weekday=weekday, opens=opens, closes=closes)
    for year in (today.year, today.year + 1):
        for day, name in tables.holidays(year).items():
            stand.add(Holiday, day=day, name=name)
