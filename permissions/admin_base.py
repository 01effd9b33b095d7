"""What every page of the Django admin shares: acts write, nothing is deleted or guessed."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from permissions.admin_filters import TYPED, AboutFilter
from permissions.audit_items import of_row
from permissions.confirming import Unconfirmed, sent_again
from permissions.models import AuditEntry
from sites.models import Enterprise
from sites.paging import CappedPaginator
from sites.text import SEARCH_LENGTH, help_of_search, labelled


def address(model: Any, page: str, **asked: Any) -> str:
    """Of the list of a model, or of the page that adds a row, with what is asked there."""
    return f"{reverse(admin_urlname(model._meta, page))}?{urlencode(asked)}"


def page_of(row: Model) -> str:
    """The address of its page."""
    return reverse(admin_urlname(row._meta, "change"), args=[row.pk])


def journal_of(row: Model) -> str:
    """The address of what was done to it; of a person and of a site, there and by them too."""
    asked = {AboutFilter.parameter_name: of_row(row)}
    if isinstance(row, Enterprise):
        asked = {"enterprise__id__exact": row.pk}
    return address(AuditEntry, "changelist", **asked)


def _parameter(list_filter: Any) -> str:
    """The name under which a filter stands in the address."""
    if isinstance(list_filter, tuple):
        return list_filter[0]
    return getattr(list_filter, "parameter_name", list_filter)


class OfferedLookups(admin.ModelAdmin):
    """Only the filters that the page offers: no column can be guessed letter by letter."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each choice of a filter would be counted
    has_history = False  # whether the Journal tells of these rows

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Headed by what is listed: Django's own words would name an object to choose."""
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Headed by what it is; which one stands below."""
        title = {"title": capfirst(str(self.opts.verbose_name))}
        return super().change_view(request, object_id, form_url, title | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        links = self.links(context["original"]) if context.get("original") else []
        return super().render_change_form(request, context | {"links": links}, *args, **kwargs)

    def links(self, row: Any) -> list[tuple[str, str]]:
        """What the page of a row leads to: labels and addresses."""
        return [(_("History"), journal_of(row))] if self.has_history else []

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The Journal: Django's own history knows no more than what was done on these pages."""
        row = self.get_object(request, unquote(object_id)) if self.has_history else None
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect(journal_of(row))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        offered = {_parameter(one) for one in self.get_list_filter(request)}
        for suffix in ("__exact", "__id", "__isempty"):
            lookup = lookup.removesuffix(suffix)
        lacking = {f"{one}__isnull" for one in offered if self._may_lack(one)}
        return lookup in offered | lacking | TYPED

    def _may_lack(self, name: str) -> bool:
        """Whether the page offers those that have nothing under that name, as Django does then."""
        field = next((one for one in self.opts.get_fields() if one.name == name), None)
        return field is not None and field.is_relation and field.null

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """No longer than a search of the portal's: each word makes the query deeper."""
        return super().get_search_results(request, queryset, search_term[:SEARCH_LENGTH])

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """A filter that the database cannot read is like any other that means nothing.

        Where nothing is searched or filtered, no link offers to show everything.
        """
        try:
            found = super().get_changelist_instance(request)
        except (DataError, OverflowError) as error:
            raise IncorrectLookupParameters from error
        if not (found.query or found.has_active_filters):
            found.full_result_count = found.result_count
        return found

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ticks that are no ids are a bad request, not a fault of ours."""
        try:
            for tick in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.clean(tick, None)
        except ValidationError as error:
            raise SuspiciousOperation from error
        return super().response_action(request, queryset)


class ActAdmin(OfferedLookups):
    """Rows that only acts write, and that nothing deletes."""

    has_history = True
    adding: Any = ""  # what adding a row is called: in Django's words French lacks an article

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        title = {"title": self.adding}
        return super().add_view(request, form_url, title | (extra_context or {}))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"adding": self.adding} | (extra_context or {}))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kw: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kw)
        form.actor = request.user
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Without Django's transaction: an act has its own, and leaves a trace if refused."""
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)
        except Unconfirmed as asked:
            return self.confirm(request, asked.form)

    def confirm(self, request: HttpRequest, form: Any) -> HttpResponse:
        """Whom saving reaches, before it does; what was typed is sent again with the yes."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": form.instance,
            "subtitle": form.instance,
            "posted": sent_again(request),
            "cancel_url": request.get_full_path(),
            **form.consequences(),
        }
        return TemplateResponse(request, form.confirm_template, context)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The act has written it; what it did is said in words of the screen."""
        done, details = form.done()
        link = format_html('<a href="{}">{}</a>', page_of(form.result), form.result)
        said = format_html(labelled("{}", "{}") + ". {}", done, link, details)
        messages.success(request, said)
        return form.result

    def message_user(
        self, request: HttpRequest, message: Any, level: Any = messages.INFO, *rest: Any, **how: Any
    ) -> None:
        """No success in Django's words, which name an object: `save_form` has said it."""
        if level != messages.SUCCESS:
            super().message_user(request, message, level, *rest, **how)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The act has written it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The act has written it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly:
    """What the carrier reads, and nobody edits there."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, OfferedLookups):
    """Rows that the carrier reads and nobody edits.

    There may be millions: they stand in the order of an index, and are counted as far as is shown.
    """

    paginator = CappedPaginator
    sortable_by = ()
    list_display_links = None


class FoldedSearch(admin.ModelAdmin):
    """Search that ignores case and accents, as on the portal's pages."""

    search_fields = ("search_key",)

    @property
    def search_help_text(self) -> str:
        return help_of_search(self.model)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return queryset.search(search_term), False
