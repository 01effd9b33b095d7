"""What the page of a site shows of what stands there: each block with a feature that opens it."""

from datetime import date, time
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Concat
from django.utils import timezone
from phonenumber_field.phonenumber import to_python

from permissions.features import FeatureCode
from permissions.scopes import Scope
from portal.acts.hours import hours_of, said
from portal.frame import Frame
from portal.pages import BY_NAME, FeaturePage
from portal.tallies import HOLDERS, rows_at
from sites.joined import Joined, lines_of
from sites.models import CallHandling, Holiday, OpeningHours, Site, Subscriber
from sites.querysets import SiteQuerySet
from sites.templatetags.phones import phone

SHOWN = 10
HOLIDAYS_SHOWN = 5
# The features whose pages name people; the others open figures alone.
NAMING = {FeatureCode.USER_ASSIGNMENTS, FeatureCode.SERVICES, FeatureCode.CALL_RECORDING}
ON, OFF = "on", "off"
SERVICE_STATE = Case(When(service__is_active=False, then=Value(OFF)), default=Value(ON))


def with_schedule(sites: SiteQuerySet, scope: Scope) -> QuerySet:
    """The same sites, each with its hours, its next holidays and what becomes of its calls.

    Each of them only if the reader may know it.
    """
    sites = with_handling(sites, scope)
    hours, holidays = (rows_at(OuterRef("pk"), one, scope) for one in (OpeningHours, Holiday))
    if hours is None or holidays is None:
        return sites
    coming = holidays.filter(day__gte=timezone.localdate()).order_by("day")[: HOLIDAYS_SHOWN + 1]
    return sites.annotate(
        hour_lines=Joined(hours, _line("weekday", "opens", "closes")),
        holiday_lines=Joined(coming, _line("day", "name")),
    )


def with_handling(sites: QuerySet, scope: Scope) -> QuerySet:
    """The same sites, each with what becomes of its calls, if the reader may know it."""
    handling = rows_at(OuterRef("pk"), CallHandling, scope)
    if handling is None:
        return sites
    return sites.annotate(handling_lines=Joined(handling, _handling_line(scope)))


def _line(*columns: str) -> Concat:
    spaced = [part for column in columns for part in (Value(" "), F(column))]
    return Concat(*spaced[1:], output_field=TextField())


def _handling_line(scope: Scope) -> Concat:
    """When, what, whether it is on, and what rings then.

    A person by name for those who read names here.
    """
    person = ["subscriber__first_name", " ", "subscriber__last_name"]
    rings = [*(person if NAMING & scope.features else []), "service__name", "forward_to"]
    parts = ["situation", " ", "action", " ", SERVICE_STATE, " ", *rings]
    return Concat(*map(_part, parts), output_field=TextField())


def _part(of_line: Any) -> Any:
    if isinstance(of_line, str):
        return Value(of_line) if of_line == " " else F(of_line)
    return of_line


def blocks_of(site: Site, scope: Scope, frame: Frame) -> dict[str, Any]:
    """All blocks of the page of `site`, which was read `with_schedule`."""
    counts = {name: count for name, count in frame.tally.items() if name != HOLDERS}
    alone = scope.only(site.pk)
    coming = _holidays(site)
    people = rows_at(site.pk, Subscriber, alone) if NAMING & scope.features else None
    return {
        "holder_count": frame.tally.get(HOLDERS, 0),
        "inventory": [_counted(name, count, scope.features) for name, count in counts.items()],
        "people": None if people is None else people[:SHOWN],
        "people_count": counts.get("users", 0),
        "week": _week(site),
        "holidays": coming[:HOLIDAYS_SHOWN],
        "more_holidays": len(coming) > HOLIDAYS_SHOWN,
        "edits_hours": FeatureCode.PROFILE in scope.features,
        "handling": handling_of(site),
        "edits_handling": FeatureCode.SERVICES in scope.features,
    }


def _counted(name: str, count: int, features: frozenset[FeatureCode]) -> dict[str, Any]:
    """A count, with a way to the list for those who may open it."""
    page: FeaturePage = BY_NAME[name]
    opens = bool(set(page.features) & features)
    return {"label": page.label, "count": count, "page": page.name if opens else ""}


def _week(site: Site) -> list[str] | None:
    """The seven days in words; none as long as nobody has said when the site is open."""
    if not hasattr(site, "hour_lines"):
        return None
    hours = hours_of(_period(line) for line in lines_of(site.hour_lines))
    return [said(day, hours.get(day, [])) for day in OpeningHours.Weekday] if hours else []


def _period(line: str) -> OpeningHours:
    day, opens, closes = line.split()
    hours = {"opens": time.fromisoformat(opens), "closes": time.fromisoformat(closes)}
    return OpeningHours(weekday=int(day), **hours)


def handling_of(site: Site) -> list[tuple[str, str, bool]] | None:
    """Each situation, what happens then, in words, and whether what rings then is off.

    None if the site was not read `with_handling`.
    """
    if not hasattr(site, "handling_lines"):
        return None
    known = dict(line.split(" ", 1) for line in lines_of(site.handling_lines))
    situations = CallHandling.Situation
    return [(str(one.label), *_what_happens(known.get(one.value, ""))) for one in situations]


def _what_happens(line: str) -> tuple[str, bool]:
    if not line:
        return "", False
    action, state, rings = line.split(" ", 2)
    known = CallHandling.Action(action)
    rings = phone(to_python(rings)) if known == CallHandling.Action.FORWARD else rings.strip()
    return " – ".join(filter(None, [str(known.label), rings])), state == OFF


def _holidays(site: Site) -> list[Holiday]:
    """The next ones, and one more if there is; what is past interests nobody here."""
    parts = (line.split(" ", 1) for line in lines_of(getattr(site, "holiday_lines", None)))
    return [Holiday(day=date.fromisoformat(day), name=name) for day, name in parts]
