"""How the list of administrators is narrowed; everything is in the address."""

from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from administrators import history
from administrators.models import Administrator
from administrators.prepared import Choice, first_parents
from administrators.querysets import AdministratorQuerySet
from administrators.states import State
from permissions import rules, scopes
from permissions.features import FeatureCode
from permissions.models import Act
from permissions.querysets import AuditQuerySet
from permissions.scopes import OFFERED
from sites import filters
from sites.filters import BaseFilter, SearchFilter
from sites.text import number

NOT_ONE = forms.ModelChoiceField.default_error_messages["invalid_choice"]


class FewFilter(django_filters.ChoiceFilter):
    """One of the things in scope; of many, the list offers only those that `kept` names."""

    def __init__(self, **how: Any) -> None:
        super().__init__(error_messages={"invalid_choice": NOT_ONE}, **how)

    @property
    def field(self) -> Any:
        request = self.parent.request
        many = self.are_many(request)
        offered = [] if many else self.offered(request)
        if many or len(offered) > OFFERED:
            self.extra["help_text"] = self.help_text(request)
            offered = self.kept(request)
        self.extra["choices"] = [(str(pk), name) for pk, name in offered]
        return super().field

    def are_many(self, request: HttpRequest) -> bool:
        """Whether it is known already that there are more than are offered."""
        return False

    def offered(self, request: HttpRequest) -> list[Choice]:
        """What there is, or one more than is offered."""
        raise NotImplementedError

    def kept(self, request: HttpRequest) -> list[Choice]:
        raise NotImplementedError

    def help_text(self, request: HttpRequest) -> Any:
        raise NotImplementedError


class SiteChoiceFilter(FewFilter):
    """One of the sites that the reader holds; whoever holds many chooses it in the header first.

    Of many, the list offers the one of the header, and the one that stands in the address.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(label=_("Site"), empty_label=_("All sites"), **how)

    def are_many(self, request: HttpRequest) -> bool:
        return request.holds_many_sites()

    def offered(self, request: HttpRequest) -> list[Choice]:
        return scopes.first_sites(request.user, OFFERED + 1)

    def kept(self, request: HttpRequest) -> list[Choice]:
        named = {request.scope.site or 0, number(request.GET.get("site", ""))} - {0}
        if not named:
            return []
        held = rules.held_sites(request.user).filter(pk__in=named)
        return list(held.values_list("pk", "name"))

    def help_text(self, request: HttpRequest) -> str:
        """A link to the choice of the header, which leads back here."""
        choice = reverse("site_choose", query={"next": request.get_full_path()})
        text = _("You hold many sites: choose one first.")
        return format_html('<a href="{}">{}</a>', choice, text)


class ParentChoiceFilter(FewFilter):
    """The reader, or somebody below who has children: nobody else's name may show.

    The others are a link in the table, in the rows of their children.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(label=_("Parent User"), empty_label=_("All parents"), **how)

    def offered(self, request: HttpRequest) -> list[Choice]:
        reader = request.user
        parents = first_parents(reader, OFFERED)
        anybody = parents or Administrator.objects.below(reader).exists()
        return [(reader.pk, str(reader)), *parents] if anybody else []

    def kept(self, request: HttpRequest) -> list[Choice]:
        pk = number(request.GET.get("parent", ""))
        if not pk:
            return []
        parents = Administrator.objects.branch_of(request.user).parents().named()
        return [(one.pk, str(one)) for one in parents.filter(pk=pk)]

    def help_text(self, request: HttpRequest) -> Any:
        return _("Or choose a name in the “Parent User” column below.")


class FeatureFilter(django_filters.ChoiceFilter):
    """One of the 11 features."""

    def __init__(self, **how: Any) -> None:
        offer = {"label": _("Feature"), "empty_label": _("All features")}
        super().__init__(choices=FeatureCode, **offer, **how)


class AdministratorFilter(SearchFilter):
    """Search over names, username and email; state, parent, site, feature."""

    state = django_filters.ChoiceFilter(
        choices=State, method="in_state", label=_("State"), empty_label=_("All states")
    )
    parent = ParentChoiceFilter()
    site = SiteChoiceFilter(method="with_site")
    feature = FeatureFilter(method="with_feature")

    def in_state(self, people: AdministratorQuerySet, name: str, value: str) -> Any:
        return people.in_state(State(value))

    def with_site(self, people: AdministratorQuerySet, name: str, value: str) -> Any:
        return people.holding_site(value)

    def with_feature(self, people: AdministratorQuerySet, name: str, value: str) -> Any:
        """Nobody below holds what the reader does not: then no row needs to be looked at."""
        code = FeatureCode(value)
        return people.holding_feature(code) if code in self.request.features else people.none()


class HistoryFilter(BaseFilter):
    """Who, what kind of act, between which days, which site or feature."""

    person = django_filters.CharFilter(
        method="with_person", label=_("Person"), help_text=_("Name or username")
    )
    act = django_filters.ChoiceFilter(
        choices=[(act.value, act.label) for act in Act if act != Act.EXPORT],  # no row tells of it
        label=_("Action"),
        empty_label=_("All acts"),
    )
    since, until = filters.since("at"), filters.until("at")
    site = SiteChoiceFilter(method="on_site")
    feature = FeatureFilter(method="on_feature")

    class Meta:
        form = filters.PeriodForm

    def with_person(self, entries: AuditQuerySet, name: str, value: str) -> Any:
        return entries.of_or_by(history.people_named(self.request.user, value))

    def on_site(self, entries: AuditQuerySet, name: str, value: str) -> Any:
        return entries.on_site(value, self.request.user.enterprise_id)

    def on_feature(self, entries: AuditQuerySet, name: str, value: str) -> Any:
        return entries.on_feature(value)
