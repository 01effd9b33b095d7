"""The form of the quick start that says what becomes of incoming calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from administrators.forms import phone_field
from permissions.errors import StaleVersion
from permissions.features import FeatureCode as F
from permissions.forms import VersionedForm
from permissions.scopes import Scope, scope_of
from portal.acts.quick import set_call_handling, version_of
from portal.forms.fields import service_label
from sites.models import CallHandling, Service, Site, Subscriber
from sites.templatetags.phones import phone
from sites.text import labelled


class ServiceChoice(forms.ModelChoiceField):
    """A service with its kind, for two kinds may have a service of one name."""

    def label_from_instance(self, service: Service) -> str:
        return service_label(service)


class HandlingForm(VersionedForm):
    """What happens to a call at a site in the situation that is its prefix."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    action = forms.ChoiceField(label=_("Action"), choices=CallHandling.Action)
    subscriber = forms.ModelChoiceField(None, label=_("User"), required=False)
    service = ServiceChoice(None, label=_("Service"), required=False)
    forward_to = phone_field(_("Forward to"))

    NEEDED = {"subscriber": "subscriber", "service": "service", "forward": "forward_to"}
    MISSING = {
        "subscriber": _("Choose the user to ring."),
        "service": _("Choose the service to ring."),
        "forward_to": _("Enter the number to which the call is forwarded."),
    }
    UNUSED = {
        "subscriber": _("This action uses no user: choose “Ring a user” or leave this empty."),
        "service": _("This action uses no service: choose “Ring a service” or leave this empty."),
        "forward_to": _(
            "This action uses no number: choose “Forward to another number” or leave this empty."
        ),
    }

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, actor=scope.actor, **kwargs)
        users, services = (
            scope.of(model, F.SERVICES).filter(site=self.target) for model in (Subscriber, Service)
        )
        present = getattr(self.initial.get("service"), "pk", None)
        answering = Q(kind__in=Service.ANSWERING) | Q(pk=present)
        self.fields["subscriber"].queryset = users
        self.fields["service"].queryset = services.filter(answering)
        for name in ("subscriber", "service"):
            self.fields[name].empty_label = _("None")

    @property
    def silent(self) -> Service | None:
        """The service that rings so far, if it is switched off and answers nobody."""
        service = self.initial.get("service")
        return None if service is None or service.is_active else service

    def clean(self) -> dict[str, Any]:
        """What the action needs is there; what it does not need is left out, unless just chosen."""
        given = self.cleaned_data
        needed = self.NEEDED.get(given.get("action", ""), "")
        if needed and not given.get(needed) and needed not in self.errors:
            self.add_error(needed, self.MISSING[needed])
        for name in self._unused():
            if self._just_chosen(name):
                self.add_error(name, self.UNUSED[name])
            given[name] = "" if name == "forward_to" else None
        return given

    def _unused(self) -> set[str]:
        """The fields that the chosen action does not need."""
        needed = self.NEEDED.get(self.cleaned_data.get("action", ""))
        return set(self.NEEDED.values()) - {needed}

    def _just_chosen(self, name: str) -> bool:
        """Whether a field holds what did not stand in it on a page that is still true."""
        given, shown = self.cleaned_data, self.initial
        old = given.get("version") != shown["version"] or "action" not in given
        return not old and bool(given.get(name)) and given[name] != shown[name]

    def show_current(self) -> None:
        """What was typed is taken up by the next save, but for what the action does not need."""
        unused = self._unused()
        super().show_current()
        for name in unused:
            self.data[self.add_prefix(name)] = ""

    def current(self) -> dict[str, Any]:
        rows = _handling(scope_of(self.actor), self.target)
        return _shown(self.target, rows.get(self.prefix))

    def said(self, name: str, value: Any) -> str:
        if not value:
            return "—"
        return phone(value) if name == "forward_to" else super().said(name, value)


class HandlingForms:
    """One form for each situation, saved together. `error` is why that was refused."""

    error = ""

    def __init__(self, data: Any, *, scope: Scope, site: Site) -> None:
        self.site, self.actor = site, scope.actor
        rows = _handling(scope, site)
        self.forms = {
            name: HandlingForm(
                data, scope=scope, target=site, prefix=name, initial=_shown(site, rows.get(name))
            )
            for name in CallHandling.Situation.values
        }

    def __iter__(self) -> Any:
        return iter((CallHandling.Situation(name).label, form) for name, form in self.forms.items())

    @property
    def summary(self) -> "Summary":
        """What is wrong with all of them, for the top of the page."""
        return Summary(self)

    def is_valid(self) -> bool:
        answers = [form.is_valid() for form in self.forms.values()]  # all of them show their errors
        return all(answers)

    def saved(self) -> bool:
        """Valid and written; else the forms say why, and what is there now."""
        if not self.is_valid():
            for form in self.forms.values():
                form.record_refusals()
            return False
        try:
            self.result = self.save()
        except StaleVersion as error:
            self.error = error.message
            for form in self.forms.values():
                form.show_current()
            return False
        return True

    def save(self) -> list[str]:
        wanted = {name: dict(form.cleaned_data) for name, form in self.forms.items()}
        versions = {name: fields.pop("version") for name, fields in wanted.items()}
        return set_call_handling(self.site, wanted, by=self.actor, versions=versions)


@dataclass(frozen=True)
class WrongField:
    """A field with an error, which says of which situation it is."""

    label: str
    errors: list[str]
    id_of_error: str
    is_hidden: bool = False


class Summary:
    """The errors of several forms, as the summary at the top of a page reads those of one."""

    def __init__(self, form_set: HandlingForms) -> None:
        self.non_field_errors = [form_set.error] if form_set.error else []
        self.is_stale = bool(form_set.error)  # nothing else is said of all situations together
        self.fields = [
            WrongField(labelled(label, field.label), field.errors, field.id_of_error)
            for label, form in form_set
            if form.is_bound
            for field in form
            if field.errors
        ]
        found = [error for field in self.fields for error in field.errors]
        self.errors = [*self.non_field_errors, *found]

    def __iter__(self) -> Iterator[WrongField]:
        return iter(self.fields)


def _handling(scope: Scope, site: Site) -> dict[str, CallHandling]:
    """What is said so far, by situation."""
    rows = scope.of(CallHandling, F.SERVICES).filter(site=site)
    return {row.situation: row for row in rows.select_related("subscriber", "service")}


def _shown(site: Site, row: CallHandling | None) -> dict[str, Any]:
    """What the fields of one situation begin with, and its version."""
    shown = row or CallHandling(action=CallHandling.Action.VOICEMAIL)
    return {
        "action": shown.action,
        "subscriber": shown.subscriber,
        "service": shown.service,
        "forward_to": shown.forward_to or "",
        "version": version_of(site, row),
    }
