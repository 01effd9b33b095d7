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


class FewFilter(django_filters.ModelChoiceFilter):
    """One of the things in scope; of many, the list offers only those that `kept` names."""

    @property
    def field(self) -> Any:
        field, request = super().field, self.get_request()
        many = self.are_many(request)
        offered = [] if many else self.offered(request)
        if many or len(offered) > OFFERED:
            field.help_text = self.help_text(request)
            kept = [pk for pk in self.kept(request) if pk]
            field.queryset = field.queryset.filter(pk__in=kept) if kept else field.queryset.none()
            offered = list(field.queryset)
        choices = [("", field.empty_label), *((one.pk, str(one)) for one in offered)]
        field.iterator = lambda _field: choices  # read once is enough
        return field

    def are_many(self, request: HttpRequest) -> bool:
        """Whether it is known already that there are more than are offered."""
        return False

    def offered(self, request: HttpRequest) -> list[Any]:
        """What there is, or one more than is offered."""
        return list(self.get_queryset(request)[: OFFERED + 1])

    def kept(self, request: HttpRequest) -> list[int]:
        raise NotImplementedError

    def help_text(self, request: HttpRequest) -> Any:
        raise NotImplementedError


class SiteChoiceFilter(FewFilter):
    """One of the sites that the reader holds; whoever holds many chooses it in the header first.

    Of many, the list offers the one of the header, and the one that stands in the address.
    """

    def __init__(self, **how: Any) -> None:
        offer = {"label": _("Site"), "empty_label": _("All sites")}
        super().__init__(queryset=Site.objects.none(), **offer, **how)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return rules.held_sites(request.user).only("name")

    def are_many(self, request: HttpRequest) -> bool:
        return request.holds_many_sites()

    def kept(self, request: HttpRequest) -> list[int]:
        return [request.scope.site or 0, number(request.GET.get("site", ""))]

    def help_text(self, request: HttpRequest) -> str:
        """A link to the choice of the header, which leads back here."""
        query = urlencode({"next": request.get_full_path()})
        text = _("You hold many sites: choose one first.")
        return format_html('<a href="{}?{}">{}</a>', reverse("site_choose"), query, text)


class ParentChoiceFilter(FewFilter):
    """The reader, or somebody below who has children: nobody else's name may show.

    The others are a link in the table, in the rows of their children.
    """

    def __init__(self, **how: Any) -> None:
        offer = {"label": _("Parent User"), "empty_label": _("All parents")}
        super().__init__(queryset=Administrator.objects.none(), **offer, **how)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Administrator.objects.branch_of(request.user).parents().named()

    def offered(self, request: HttpRequest) -> list[Any]:
        below = Administrator.objects.listed_below(request.user).named()
        parents = list(below.parents()[:OFFERED])
        return [request.user, *parents] if parents or below.exists() else []

    def kept(self, request: HttpRequest) -> list[int]:
        return [number(request.GET.get("parent", ""))]

    def help_text(self, request: HttpRequest) -> Any:
        return _("Or choose a name in the “Parent User” column below.")


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
