"""What every page of the Django admin shares: acts write, nothing is deleted or guessed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from permissions import audit
from permissions.acts import changed_meanwhile
from permissions.forms import ActForm
from sites.paging import CappedPaginator
from sites.text import SEARCH_LENGTH, help_of_search


class ActModelForm(ActForm, forms.ModelForm):
    """A form of the Django admin that one act saves; its own look is kept."""

    actor: Any = None  # given by ActAdmin.get_form
    default_renderer = TemplatesSetting

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.EmailInput):
                field.widget.attrs["class"] = "vTextField"

    def _post_clean(self) -> None:
        """Saved as the last part of being valid: the Django admin says no refusal later."""
        super()._post_clean()
        self.saved()


class ShownForm(ActModelForm):
    """Knows what the page showed: it writes what was changed there, and nothing else (rule 11).

    A field that somebody else changed meanwhile too is refused once, and shown (rule 12).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = self.instance.pk is not None

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if self._is_changed(name)}

    def clean(self) -> dict[str, Any]:
        """What was not changed stays as it is, whatever the page showed."""
        cleaned = super().clean()
        if self.instance.pk is not None:
            changed = [name for name in self.fields if self._is_changed(name)]
            self._show([name for name in changed if self._is_old(name)])
            for name in set(self.fields) & set(cleaned) - set(changed):
                cleaned[name] = getattr(self.instance, name)
        return cleaned

    def _show(self, names: list[str]) -> None:
        """What these fields are now, to be overwritten only by who has seen it."""
        if names:
            last = audit.last_edit_of(self.instance)
            self.stale(changed_meanwhile(last, reader=self.actor))
            self.data = self.data.copy()
        for name in names:
            self.show_what_is_now(name, self.initial[name])
            self.data[self[name].html_initial_name] = str(self.initial[name] or "")

    def _is_changed(self, name: str) -> bool:
        """Whether it is sent otherwise than it was shown; or than it is, if that was not sent."""
        field, sent = self.fields[name], self[name].data
        return field.has_changed(self._shown(name, self.initial.get(name)), sent)

    def _is_old(self, name: str) -> bool:
        field, now = self.fields[name], self.initial.get(name)
        return field.has_changed(field.to_python(now), self._shown(name, now))

    def _shown(self, name: str, otherwise: Any) -> Any:
        """What the page showed in a field, which it sends back."""
        kept = self[name].html_initial_name
        if self.instance.pk is None or kept not in self.data:
            return otherwise
        return self.fields[name].to_python(self.data[kept])


def _parameter(list_filter: Any) -> str:
    """The name under which a filter stands in the address."""
    if isinstance(list_filter, tuple):
        return list_filter[0]
    return getattr(list_filter, "parameter_name", list_filter)


class OfferedLookups(admin.ModelAdmin):
    """Only the filters that the page offers: no column can be guessed letter by letter."""

    show_full_result_count = False

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

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        offered = {_parameter(one) for one in self.get_list_filter(request)}
        for suffix in ("__exact", "__id", "__isempty"):
            lookup = lookup.removesuffix(suffix)
        return lookup in offered | {f"{one}__isnull" for one in offered if self._may_lack(one)}

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
        """A filter that the database cannot read is like any other that means nothing."""
        try:
            return super().get_changelist_instance(request)
        except (DataError, OverflowError) as error:
            raise IncorrectLookupParameters from error

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

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        title = _("Add: %(name)s") % {"name": self.opts.verbose_name}
        return super().add_view(request, form_url, {"title": title} | (extra_context or {}))

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
        return self._changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return form.result

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The act has written it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The act has written it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(OfferedLookups):
    """Rows that the carrier reads and nobody edits.

    There may be millions: they stand in the order of an index, and are counted as far as is shown.
    """

    paginator = CappedPaginator
    sortable_by = ()
    list_display_links = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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
