"""«Journal» in the carrier's Django admin: what was done, by whom, to whom, in all enterprises."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import Truncator, smart_split, unescape_string_literal
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from permissions import audit_words
from permissions.admin_base import ReadOnlyAdmin
from permissions.admin_filters import AboutFilter, DaysFilter, EnterpriseFilter
from permissions.audit_items import of_feature, site_of
from permissions.features import FeatureCode
from permissions.models import AuditedSite, AuditEntry
from permissions.querysets import of_site_like
from sites.arrays import AmongIds
from sites.text import SEARCH_LENGTH, fold, search_words

SHOWN = 1_000  # names of sites in one row of the audit
BRIEF = 60  # characters of a value in the list


class AuditEntryAdmin(ReadOnlyAdmin):
    """The last first, by the time, which stands in every index beside the enterprise."""

    ordering = ("-at", "-pk")
    list_display = ("when", "who", "act", "on", "subject", "change")
    list_display_links = ("when",)
    list_filter = (AboutFilter, ("at", DaysFilter), ("enterprise", EnterpriseFilter), "act")
    search_fields = ("actor_name", "target_name", "item", "item_name")
    search_help_text = _(
        "Name, username or email of who acted or to whom it was done; name of a site or of "
        "what was touched; its code"
    )
    fieldsets = (
        (None, {"fields": (
            "at", "who", "act", "on", "what", "item_name", "sites", "before", "after",
            "cause_name", "enterprise", "address",
        )}),
        (_("Technical details"), {
            "fields": ("code", "whole_act", "request_id"), "classes": ("collapse",),
        }),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).defer("site_ids")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Each word in one of the fields, or among the names or the ids of several sites."""
        for bit in smart_split(search_term[:SEARCH_LENGTH]):
            quoted = bit[0] in "\"'" and bit[0] == bit[-1]
            queryset = queryset.filter(self._said(unescape_string_literal(bit) if quoted else bit))
        return queryset, False

    def _said(self, word: str) -> Q:
        """As it was written then; of people, sites and features also as they are found now."""
        fields = [Q((f"{name}__icontains", word)) for name in self.search_fields]
        pk = site_of(word)
        of_site = [Q(site_ids__contains=f" {pk} ")] if pk is not None else []
        named = Q(pk__in=AuditEntry.objects.naming(word).order_by().values("pk"))
        found = _found_now(word) if search_words(word) else []
        return reduce(or_, [*fields, *of_site, named, *found])

    @admin.display(description=_("sites"))
    def sites(self, entry: AuditEntry) -> str:
        """The names of several, as they were at that time."""
        named = AuditedSite.objects.filter(enterprise=entry.enterprise_id, act_id=entry.act_id)
        names = named.filter(AmongIds(F("site_id"), [int(pk) for pk in entry.site_ids.split()]))
        first = names.order_by("name").values_list("name", flat=True)[: SHOWN + 1]
        return ", ".join([*first[:SHOWN], *(["…"] if len(first) > SHOWN else [])])

    @admin.display(description=_("actor"))
    def who(self, entry: AuditEntry) -> str:
        return entry.actor_name if entry.actor_id else audit_words.nobody(entry.item)

    @admin.display(description=_("when"))
    def when(self, entry: AuditEntry) -> str:
        """Shorter than on its own page: six columns stand beside the filters."""
        return date_format(localtime(entry.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("person"))
    def on(self, entry: AuditEntry) -> str:
        return entry.target_name

    @admin.display(description=_("what"))
    def what(self, entry: AuditEntry) -> str:
        """In words, where there are any; `code` is how a search finds it."""
        return audit_words.to_the_carrier(entry) or entry.item

    @admin.display(description=_("what"))
    def subject(self, entry: AuditEntry) -> str:
        """The same and its name, unless that says it already."""
        what, name = self.what(entry), entry.item_name
        return f"{what} ({name})" if name and name != what else what

    @admin.display(description=_("before → after"))
    def change(self, entry: AuditEntry) -> str:
        texts = [Truncator(text).chars(BRIEF) for text in (entry.before, entry.after)]
        return " → ".join(text or "—" for text in texts) if any(texts) else ""

    @admin.display(description=_("code"))
    def code(self, entry: AuditEntry) -> str:
        return entry.item

    @admin.display(description=_("number of the act"))
    def whole_act(self, entry: AuditEntry) -> Any:
        return entry.act_id


def _found_now(word: str) -> list[Q]:
    """What concerns people, sites and features that a search finds without case and accents."""
    people = get_user_model().objects.search(word).order_by().values("pk")
    features = [of_feature(code) for code in FeatureCode if fold(word) in fold(str(code.label))]
    found = [Q(target__in=people), Q(actor__in=people), Q(item__in=features)]
    return [*found, of_site_like(word)]
