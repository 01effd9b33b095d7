"""What happened at the sites of the demo during the year before today: calls, orders, remarks."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from administrators.models import Administrator
from portal import demo_stories as stories
from portal.demo_inventory import Stand
from portal.demo_tables import holidays
from sites.models import (
    CallRecord,
    Device,
    EquipmentRequest,
    Note,
    NoteVersion,
    Order,
    OrderItem,
    OrderStep,
    PhoneNumber,
    Recording,
    Site,
    Subscriber,
)

DAYS = 365
KEPT_RECORDINGS = 65  # days
# Where callers are: the ranges kept for fiction, as in `portal.demo`.
RANGES = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")
DIRECTIONS = ("incoming", "outgoing", "internal")
Policy = Subscriber.RecordingPolicy


def happen(stands: list[Stand], today: date) -> None:
    """A year of calls at these sites, and the recordings of the last months."""
    calls, recordings = [], []
    for stand in stands:
        made = list(calls_of(stand, today))
        calls += made
        recordings += recordings_of(stand, made, today)
    CallRecord.objects.bulk_create(calls, batch_size=2000)
    Recording.objects.bulk_create(recordings)


def calls_of(stand: Stand, today: date) -> Iterator[CallRecord]:
    """In order of date; on days on which the site is closed, hardly anybody calls."""
    closed = {day for year in (today.year - 1, today.year) for day in holidays(year)}
    numbers = [one for one in stand.rows[PhoneNumber] if one.status != "suspended"]
    count = 0
    for day in (today - timedelta(days=back) for back in range(DAYS, 0, -1)):
        hours = () if day in closed else hours_of(stand, day)
        busy = stand.size.numbers if hours else 0
        for _turn in range(stand.random.randrange(busy + 1) if busy else day.toordinal() % 5 == 0):
            count += 1
            yield call_at(stand, moment(stand.random, day, hours), numbers, count)


def hours_of(stand: Stand, day: date) -> tuple[str, ...]:
    return next((spans for days, spans in stand.size.hours.items() if day.weekday() in days), ())


def moment(random: Random, day: date, hours: tuple[str, ...]) -> datetime:
    """Mostly in the middle of a span of opening hours, sometimes outside."""
    spans = hours if hours and random.random() < 0.94 else ("07:00 21:00",)
    opens, closes = (time.fromisoformat(part) for part in random.choice(spans).split())
    low, high = opens.hour * 3600 + opens.minute * 60, closes.hour * 3600 + closes.minute * 60
    seconds = int(random.triangular(low, high))
    at = datetime.combine(day, time(seconds // 3600, seconds // 60 % 60, seconds % 60))
    return timezone.make_aware(at)


def call_at(stand: Stand, at: datetime, numbers: list[PhoneNumber], count: int) -> CallRecord:
    random = stand.random
    direction = random.choices(DIRECTIONS, (62, 28, 10))[0]
    number = numbers[0] if random.random() < 0.35 else random.choice(numbers)
    answered = random.random() < (0.86 if is_open(stand, at) else 0.1)
    return CallRecord(
        site=stand.site, enterprise_id=stand.site.enterprise_id,
        reference=f"A{stand.rank}{stand.place:02}-{count:05}", at=at, direction=direction,
        number=number.number, peer=peer_of(random, direction), answered=answered,
        seconds=min(4 + int(random.expovariate(1 / 150)), 3600) if answered else 0,
    )  # fmt: skip


def is_open(stand: Stand, at: datetime) -> bool:
    spans = (span.split() for span in hours_of(stand, at.date()))
    return any(opens <= f"{at:%H:%M}" < closes for opens, closes in spans)


def peer_of(random: Random, direction: str) -> str:
    if direction == "internal":
        return str(random.randrange(201, 206))
    return f"{random.choice(RANGES)}{random.randrange(5000, 9999)}"


def recordings_of(stand: Stand, calls: list[CallRecord], today: date) -> Iterator[Recording]:
    """What the carrier still keeps, as each person's calls are recorded."""
    owners = {one.number: one.subscriber for one in stand.rows[PhoneNumber] if one.subscriber}
    since = timezone.make_aware(datetime.combine(today - timedelta(KEPT_RECORDINGS), time()))
    for call in calls:
        owner = owners.get(call.number)
        if owner and call.at >= since and call.seconds and is_recorded(owner, call):
            yield Recording(
                site=stand.site, enterprise_id=stand.site.enterprise_id, subscriber=owner,
                reference=f"E{call.reference[1:]}", at=call.at, number=call.number,
                peer=call.peer, seconds=call.seconds,
            )  # fmt: skip


def is_recorded(owner: Subscriber, call: CallRecord) -> bool:
    """On demand is one call in eight; nobody records a call inside the house."""
    asked = owner.recording == Policy.ON_DEMAND and int(call.reference[-5:]) % 8 == 0
    return call.direction != "internal" and (asked or owner.recording == Policy.ALWAYS)


def tell(stands: list[Stand], today: date) -> None:
    """Orders, remarks and requests, as `portal.demo_stories` has them for these sites."""
    stands_by_name = {stand.site.name: stand for stand in stands}
    for name, story in stories.ORDERS:
        if stand := stands_by_name.get(name):
            add_order(stand.site, story, today)
    for name, story in stories.NOTES:
        if stand := stands_by_name.get(name):
            add_note(stand.site, story)
    for name, story in stories.REQUESTS:
        if stand := stands_by_name.get(name):
            add_request(stand, story)


def add_order(site: Site, story: stories.Ordered, today: date) -> None:
    """Each step some days after the one before."""
    days = [today - timedelta(days=back) for back in story.days_ago]
    statuses = story.statuses[: len(days)]
    order = Order.objects.create(
        site=site, reference=story.reference, ordered_on=days[0], status=statuses[-1]
    )
    OrderItem.objects.bulk_create(
        OrderItem(order=order, label=label, quantity=quantity) for quantity, label in story.items
    )
    OrderStep.objects.bulk_create(
        OrderStep(order=order, status=status, on=day, comment=story.comments.get(status, ""))
        for status, day in zip(statuses, days, strict=True)
    )


def add_note(site: Site, story: stories.Noted) -> None:
    author = Administrator.objects.get(username=story.author)
    note = Note.objects.create(
        site=site, text=story.text, author=author, author_name=str(author),
        version=2 if story.before else 1,
    )  # fmt: skip
    Note.objects.filter(pk=note.pk).update(created_at=ago(story.days_ago, story.hour))
    if story.before:
        old = NoteVersion.objects.create(
            note=note, text=story.before, editor=author, editor_name=str(author)
        )
        NoteVersion.objects.filter(pk=old.pk).update(at=ago(story.days_ago - 1, story.hour))


def add_request(stand: Stand, story: stories.Asked) -> None:
    device = stand.rows[Device][story.device]
    asked = ago(story.days_ago, story.hour)
    answered = asked + timedelta(minutes=3) if story.state in ("done", "failed") else None
    request = EquipmentRequest.objects.create(
        site=stand.site, device=device, action="restart", state=story.state,
        asked_by=Administrator.objects.get(username=story.author),
        answered_at=answered, answer=story.answer,
    )  # fmt: skip
    EquipmentRequest.objects.filter(pk=request.pk).update(asked_at=asked)


def ago(days: int, hour: int) -> datetime:
    """At that hour so many days before today."""
    day = timezone.localdate() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, 20)))
