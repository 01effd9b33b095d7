"""How lists of the Django admin are narrowed where there may be very many to choose from."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import DateTimeField, Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.scopes import OFFERED
from sites.models import Enterprise
from sites.text import fold, number, search_words

NAMED, SINCE, UNTIL = "enterprise_name", "since", "until"
TYPED = frozenset((NAMED, SINCE, UNTIL))  # what these filters read, beside the name of a column
LATELY = (7, 30)  # days


class TypedFilter(admin.FieldListFilter):
    """A filter in which one types: its form sends the other parameters of the list again."""

    own: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()

    def keep(self, changelist: Any) -> None:
        own = (*self.own, *self.expected_parameters(), "p")
        self.kept = tuple(pair for pair in changelist.params.items() if pair[0] not in own)


class EnterpriseFilter(TypedFilter, admin.RelatedFieldListFilter):
    """By enterprise; of more than are offered, those whose name has the words that are typed."""

    template = "admin/enterprise_filter.html"
    own = (NAMED,)
    are_many = False

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, *rest: Any, **how: Any
    ) -> None:
        self.named = params.pop(NAMED, [""])[-1]
        super().__init__(field, request, params, *rest, **how)
        self.title = _("enterprise")
        self.empty_value_display = _("No enterprise")

    def has_output(self) -> bool:
        return True

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        """All of them if they are few; else what was searched, or the one that is chosen."""
        every = Enterprise.objects.order_by("name").values_list("pk", "name")
        first = list(every[: OFFERED + 1])
        self.are_many = len(first) > OFFERED
        if not self.are_many:
            return first
        chosen = [number(value) for value in self.lookup_val or ()]
        return _having(self.named, every) if self.named else list(every.filter(pk__in=chosen))

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        self.keep(changelist)
        return super().choices(changelist)


def _having(text: str, every: QuerySet) -> list[tuple[int, str]]:
    """The first of those in whose name all words stand, whatever their case and accents."""
    words = search_words(text)
    found = (pair for pair in every.iterator() if all(word in fold(pair[1]) for word in words))
    return [pair for pair, _place in zip(found, range(OFFERED), strict=False)]


class DaysFilter(TypedFilter):
    """From a day to a day, both included. No day is looked for in the rows, as Django would."""

    template = "admin/days_filter.html"

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.since, self.until = self._day(SINCE), self._day(UNTIL)

    def expected_parameters(self) -> list[str]:
        return [SINCE, UNTIL]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.since:
            queryset = queryset.filter((f"{self.field_path}__gte", self._begin(self.since)))
        if self.until:
            after = self._begin(self.until + timedelta(days=1))
            queryset = queryset.filter((f"{self.field_path}__lt", after))
        return queryset

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """What has a time is in the past: its last days are offered."""
        self.keep(changelist)
        yield self._choice(changelist, _("All dates"), None)
        if isinstance(self.field, DateTimeField):
            today = timezone.localdate()
            yield self._choice(changelist, _("Today"), today)
            for days in LATELY:
                first = today - timedelta(days=days - 1)
                yield self._choice(changelist, _("Last %(n)d days") % {"n": days}, first)

    def _choice(self, changelist: Any, label: str, since: date | None) -> dict[str, Any]:
        """A link to all rows since that day."""
        params = {SINCE: since.isoformat()} if since else {}
        link = changelist.get_query_string(params, [UNTIL] if since else [SINCE, UNTIL])
        selected = since == self.since and self.until is None
        return {"selected": selected, "query_string": link, "display": label}

    def _day(self, name: str) -> date | None:
        """A day as a browser sends it; what is none, or at an end of the calendar, is refused."""
        text = self.used_parameters.get(name, [""])[-1]
        try:
            day = date.fromisoformat(text) if text else None
            return day if day is None or self._begin(day + timedelta(days=1)) else None
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters from error

    def _begin(self, day: date) -> date | datetime:
        if not isinstance(self.field, DateTimeField):
            return day
        return timezone.make_aware(datetime.combine(day, time()))


class AboutFilter(admin.ListFilter):
    """What one person, site or row lived through: asked by a link of its page, offered nowhere."""

    title = gettext_lazy("what it is about")
    parameter_name = "of"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        text = params.pop(self.parameter_name, [""])[-1]
        self.row = _row(text, model_admin.admin_site) if text else None

    def expected_parameters(self) -> list[str]:
        return [self.parameter_name]

    def has_output(self) -> bool:
        return self.row is not None

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.about(self.row)

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        every = changelist.get_query_string(remove=[self.parameter_name])
        yield {"selected": False, "query_string": every, "display": _("Everything")}
        here = changelist.get_query_string()
        yield {"selected": True, "query_string": here, "display": str(self.row)}


def _row(text: str, site: admin.AdminSite) -> Model:
    """The row that "device:7" names, of a model that the admin shows."""
    name, _colon, pk = text.partition(":")
    shown = (model for model in apps.get_models() if site.is_registered(model))
    model = {one._meta.model_name: one for one in shown}.get(name)
    row = model._default_manager.filter(pk=number(pk)).first() if model else None
    if row is None:
        raise IncorrectLookupParameters
    return row
