"""How the list of administrators is narrowed; everything is in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from administrators import history
from administrators.models import Administrator
from administrators.querysets import AdministratorQuerySet
from administrators.states import State
from permissions import rules
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from permissions.querysets import AuditQuerySet
from permissions.scopes import OFFERED
from sites.filters import BaseFilter, DayInput, SearchFilter
from sites.models import Site
from sites.text import number


def parents_in_scope(request: HttpRequest) -> QuerySet:
    """The reader, and those below who have children: nobody else's name may show."""
    parents = Administrator.objects.below(request.user).values("parent")
    return Administrator.objects.filter(pk__in=parents)


class SiteChoiceFilter(django_filters.ModelChoiceFilter):
    """One of the sites that the reader holds; whoever holds many chooses it in the header first.

    Of many, the list offers the one of the header, and the one that stands in the address.
    """

    def __init__(self, **how: Any) -> None:
        offer = {"label": _("Site"), "empty_label": _("All sites")}
        super().__init__(queryset=Site.objects.none(), **offer, **how)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        held = rules.held_sites(request.user)
        if request.scope.everywhere().lists_sites():
            return held
        self.extra["help_text"] = _to_the_choice(request)
        return held.filter(pk__in=[request.scope.site or 0, number(request.GET.get("site", ""))])


class ParentChoiceFilter(django_filters.ModelChoiceFilter):
    """A parent of somebody below the reader; of many, the list offers the one in the address.

    The others are a link in the table, in the rows of their children.
    """

    def __init__(self, **how: Any) -> None:
        offer = {"label": _("Parent User"), "empty_label": _("All parents")}
        super().__init__(queryset=parents_in_scope, **offer, **how)

    @property
    def field(self) -> Any:
        field, request = super().field, self.get_request()
        parents = list(field.queryset[: OFFERED + 1])
        if len(parents) > OFFERED:
            field.help_text = _("Or choose a name in the “Parent User” column below.")
            field.queryset = field.queryset.filter(pk=number(request.GET.get("parent", "")))
        else:
            choices = [("", field.empty_label), *((one.pk, str(one)) for one in parents)]
            field.iterator = lambda _field: choices  # read once is enough
        return field


def _to_the_choice(request: HttpRequest) -> str:
    """A link to the choice of the header, which leads back here."""
    query = urlencode({"next": request.get_full_path()})
    text = _("You hold many sites: choose one first.")
    return format_html('<a href="{}?{}">{}</a>', reverse("site_choose"), query, text)


class AdministratorFilter(SearchFilter):
    """Search over names, username and email; state, parent, site, feature."""

    state = django_filters.ChoiceFilter(
        choices=State, method="in_state", label=_("State"), empty_label=_("All states")
    )
    parent = ParentChoiceFilter()
    site = SiteChoiceFilter(method="with_site")
    feature = django_filters.ChoiceFilter(
        choices=FeatureCode,
        method="with_feature",
        label=_("Feature"),
        empty_label=_("All features"),
    )

    class Meta:
        model = Administrator
        fields = ()

    def in_state(self, people: AdministratorQuerySet, name: str, value: str) -> Any:
        return people.in_state(State(value))

    def with_site(self, people: AdministratorQuerySet, name: str, value: Site) -> Any:
        return people.holding_site(value)

    def with_feature(self, people: AdministratorQuerySet, name: str, value: str) -> Any:
        return people.holding_feature(FeatureCode(value))


class HistoryFilter(BaseFilter):
    """Who, what kind of act, between which days, which site or feature."""

    person = django_filters.CharFilter(method="with_person", label=_("Person"))
    act = django_filters.ChoiceFilter(choices=Act, label=_("Action"), empty_label=_("All acts"))
    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=_("From"), widget=DayInput
    )
    until = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label=_("To"), widget=DayInput
    )
    site = SiteChoiceFilter(method="on_site")
    feature = django_filters.ChoiceFilter(
        choices=FeatureCode,
        method="on_feature",
        label=_("Feature"),
        empty_label=_("All features"),
    )

    class Meta:
        model = AuditEntry
        fields = ()

    def with_person(self, entries: AuditQuerySet, name: str, value: str) -> Any:
        return entries.of_or_by(history.people_named(self.request.user, value))

    def on_site(self, entries: AuditQuerySet, name: str, value: Site) -> Any:
        return entries.on_site(value)

    def on_feature(self, entries: AuditQuerySet, name: str, value: str) -> Any:
        return entries.on_feature(value)
