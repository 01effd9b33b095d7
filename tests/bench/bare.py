"""Each page as one would write it with Django alone: the same rows, and nothing around them.

The address is the portal's, behind "/bare". The views only show: no form is saved here. What
Django's admin has instead stands in tests/bench/guarded.py; both are asked at these addresses.
"""

from functools import cache
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path
from django.utils.functional import cached_property

from administrators.grant_forms import feature_choices
from administrators.models import Administrator
from administrators.querysets import NAMES, AdministratorQuerySet
from administrators.querysets import SHOWN as COLUMNS
from administrators.trees import SHOWN
from administrators.writing import ADDRESS, CONTACT
from permissions import rules
from permissions.models import AuditEntry
from permissions.scopes import Scope, items_opened
from portal.calls import COUNTS, since
from portal.tallies import stock
from portal.urls import urlpatterns as portal_urls
from portal.views import dashboard as portal_dashboard
from sites.models import FREE_NUMBER, CallRecord, Order, PhoneNumber
from sites.paging import count_to_cap
from sites.querysets import SiteQuerySet
from tests.bench import guarded

PAGE = """<!DOCTYPE html><html><head><title>{{ title }}</title></head><body>
{% if page.paginator %}<p>{{ page.start_index }}–{{ page.end_index }} of {{ page.paginator.count }}
{% endif %}{% for name, count in counts.items %}<p>{{ name }}: {{ count }}</p>{% endfor %}
{% if forms %}<form method="post">{% csrf_token %}{% for form in forms %}{{ form }}{% endfor %}
<button>Save</button></form>{% endif %}<table>{% for one in rows %}<tr>ROW</tr>
{% endfor %}</table>{% if page.has_next %}<a href="?page={{ page.next_page_number }}">Next</a>
{% endif %}</body></html>"""
# How a row of each table is written.
PERSON = """<td><a href="/{{ one.pk }}/">{{ one }}</a><td>{{ one.username }}
<td>{{ one.state.label }}<td>{{ one.parent }}<td>{{ one.site_count }}<td>{{ one.feature_count }}
<td>{{ one.last_login|date:"SHORT_DATETIME_FORMAT" }}<td><a href="/{{ one.pk }}/">Edit</a>"""
NAME = '<td><a href="/{{ one.pk }}/">{{ one }}</a>'
SITE = NAME + "<td>{{ one.city }}<td>{{ one.postal_code }}<td>{{ one.phone }}"
NUMBER = """<td>{{ one }}<td>{{ one.get_kind_display }}<td>{{ one.assignee|default:"" }}
<td>{{ one.site }}<td>{{ one.get_status_display }}<td><a href="/{{ one.pk }}/">Assign</a>"""
ENTRY = """<td>{{ one.at|date:"SHORT_DATETIME_FORMAT" }}<td>{{ one.actor_name }}
<td>{{ one.get_act_display }}<td>{{ one.target_name }}<td>{{ one.item_name }}
<td>{{ one.before }} → {{ one.after }}"""
ORDER = "<td>{{ one.reference }}<td>{{ one.site }}<td>{{ one.get_status_display }}"
SORTED = {
    "name": ("search_key", "pk"),
    "-name": ("-search_key", "-pk"),
    "username": ("username",),
    "-username": ("-username",),
}
OF_PARENT = [f"parent__{name}" for name in NAMES]
NARROWED = {
    "state": AdministratorQuerySet.in_state,
    "site": AdministratorQuerySet.holding_site,
    "feature": AdministratorQuerySet.holding_feature,
}


class Capped(Paginator):
    """Counts no further than the portal does."""

    @cached_property
    def count(self) -> int:
        return count_to_cap(self.object_list)


class Plain:
    """Written as Django writes a form, not as the portal does."""

    default_renderer = DjangoTemplates()


class AccountForm(Plain, forms.ModelForm):
    class Meta:
        model = Administrator
        fields = ("username",)


class NewForm(Plain, forms.ModelForm):
    class Meta:
        model = Administrator
        fields = ("username", *CONTACT, *ADDRESS)


class Ticks(Plain, forms.Form):
    """A box for each thing that is offered."""

    ticked = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, name: str, offered: list[tuple[Any, Any]], ticked: Any = ()) -> None:
        super().__init__(prefix=name, initial={"ticked": ticked})
        self.fields["ticked"].choices = offered


def administrators(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    below = Administrator.objects.listed_below(request.user).select_related("parent")
    found = below.only(*NAMES, *COLUMNS, *OF_PARENT).with_grant_counts().search(asked.get("q", ""))
    for name, narrow in NARROWED.items():
        if asked.get(name):
            found = narrow(found, asked[name])
    if asked.get("parent"):
        found = found.filter(parent=asked["parent"])
    return listed(request, PERSON, found.order_by(*SORTED[asked.get("sort", "name")]))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The username, and as many of those below as the portal shows."""
    person = fetch(request, pk)
    below = Administrator.objects.below(person).order_by("path", "search_key", "pk")[:SHOWN]
    return answer(request, NAME, title=person, forms=[AccountForm(instance=person)], rows=below)


def site_picker(request: HttpRequest, pk: int) -> HttpResponse:
    """What the parent holds, ten at a time, and how many of all are ticked."""
    person = fetch(request, pk)
    held = rules.held_sites(person)
    page = offered(request, rules.grantable_sites(person))
    ticked = held.filter(pk__in=[site.pk for site in page]).values_list("pk", flat=True)
    form = Ticks("sites", named(page), list(ticked))
    return answer(request, title=person, forms=[form], page=page, counts={"ticked": held.count()})


def features(request: HttpRequest, pk: int) -> HttpResponse:
    person = fetch(request, pk)
    choices = feature_choices(rules.grantable_features(person))
    form = Ticks("features", choices, rules.held_features(person))
    return answer(request, title=person, forms=[form])


def create(request: HttpRequest) -> HttpResponse:
    """All fields, the first ten sites and the features, with nothing ticked."""
    page = offered(request, rules.held_sites(request.user))
    choices = feature_choices(rules.held_features(request.user))
    filled_in = [NewForm(), Ticks("sites", named(page)), Ticks("features", choices)]
    return answer(request, title="New", forms=filled_in, page=page)


def dashboard(request: HttpRequest) -> HttpResponse:
    """The same counts, the first orders, and the calls of each day."""
    scope = Scope(request.user, rules.held_features(request.user))
    of_day = since(scope.of(CallRecord, portal_dashboard.BY), portal_dashboard.DAYS)
    calls = of_day.annotate(day=TruncDate("at")).order_by("day").values_list("day")
    counts: dict[Any, Any] = {name: count_to_cap(rows) for name, rows in stock(scope).items()}
    counts |= {day: numbers for day, *numbers in calls.annotate(**COUNTS)}
    orders = scope.of(Order, portal_dashboard.BY).filter(status__in=Order.CURRENT)
    first = orders.select_related("site")[: portal_dashboard.ORDERS_SHOWN]
    return answer(request, ORDER, title="Dashboard", counts=counts, rows=first)


def sites(request: HttpRequest) -> HttpResponse:
    return listed(request, SITE, rules.held_sites(request.user).order_by("search_key", "pk"))


def history(request: HttpRequest) -> HttpResponse:
    opened = items_opened(rules.held_features(request.user))
    found = AuditEntry.objects.readable_by(request.user, opened).order_by("-at", "-pk")
    if act := request.GET.get("act"):
        found = found.filter(act=act)
    if since := request.GET.get("since"):
        found = found.filter(at__date__gte=since, at__date__lte=request.GET["until"])
    return listed(request, ENTRY, found)


def numbers(request: HttpRequest) -> HttpResponse:
    found = PhoneNumber.objects.at(rules.held_sites(request.user))
    found = found.search(request.GET.get("q", ""))
    if request.GET.get("use") == "free":
        found = found.filter(FREE_NUMBER)
    return listed(request, NUMBER, found.select_related("site", *PhoneNumber.ASSIGNEES))


def fetch(request: HttpRequest, pk: int) -> Administrator:
    """Somebody below the reader."""
    below = Administrator.objects.below(request.user)
    return get_object_or_404(below.select_related("parent"), pk=pk)


def offered(request: HttpRequest, sites: SiteQuerySet) -> Page:
    """One page of the sites that can be given, all of them counted, as the portal does here."""
    found = sites.search(request.GET.get("q", "")).order_by("search_key", "pk")
    return Paginator(found, 10).get_page(request.GET.get("page"))


def named(page: Page) -> list[tuple[int, str]]:
    return [(site.pk, site.name) for site in page]


def listed(request: HttpRequest, row: str, found: QuerySet) -> HttpResponse:
    """One page of a list, and how many rows there are."""
    pages = Capped(found, int(request.GET.get("per_page", 10)))
    page = pages.get_page(request.GET.get("page"))
    return answer(request, row, title="List", page=page, rows=page)


def answer(request: HttpRequest, row: str = "", **shown: Any) -> HttpResponse:
    return HttpResponse(_template(row).render(shown, request))


@cache
def _template(row: str) -> Any:
    return engines["django"].from_string(PAGE.replace("ROW", row))


VIEWS = {
    "": administrators,  # where the load looks for it
    "administrators/": administrators,
    "administrators/<int:pk>/account/": edit,
    "administrators/<int:pk>/sites/": site_picker,
    "administrators/<int:pk>/features/": features,
    "administrators/create/": create,
    "administrators/history/": history,
    "dashboard/": dashboard,
    "sites/": sites,
    "assignments/numbers/": numbers,
}
urlpatterns = [path(f"bare/{address}", view) for address, view in VIEWS.items()]
urlpatterns += guarded.urlpatterns + portal_urls
