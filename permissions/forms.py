"""What all forms share: their look, and saving as one act whose refusal the form says."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions import audit
from permissions.audit_items import FORM
from permissions.errors import OutOfScope, Refused, StaleVersion
from permissions.models import Act
from sites.templatetags.phones import PhoneNumber, phone
from sites.text import printable


class LineField(forms.CharField):
    """One line of text: line breaks and invisible characters become spaces."""

    def to_python(self, value: Any) -> str:
        return printable(super().to_python(value))


class MailField(forms.EmailField):
    """An address without the invisible characters that a quoted name may hold."""

    default_error_messages = {
        "invalid": gettext_lazy("Enter an email address such as name@example.com.")
    }

    def to_python(self, value: Any) -> str:
        return printable(super().to_python(value))


class PortalBoundField(BoundField):
    """A field with Bootstrap's class on its widget."""

    @property
    def id_of_error(self) -> str:
        """Where the summary of errors leads: of several choices to the first."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        kind = getattr(widget or self.field.widget, "input_type", "text")
        css = {"checkbox": "form-check-input", "radio": "form-check-input", "select": "form-select"}
        return {**built, "class": css.get(kind, "form-control")}


class PortalRenderer(TemplatesSetting):
    """Every form looks the same, without a word in the templates that use it."""

    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField


def what_to_do(field: forms.Field) -> str:
    """About a field that was left empty, unless it says something of its own."""
    said = field.error_messages["required"]
    if said != forms.Field.default_error_messages["required"]:
        return said
    if isinstance(field, forms.ChoiceField):
        return _("This field is required: choose an answer.")
    return _("This field is required: fill it in.")


class ActForm(forms.Form):
    """A form whose `save` is one act; what the act refuses becomes an error of the form."""

    is_stale = False  # whether somebody was quicker; nothing that was typed is wrong then

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = what_to_do(field)

    def save(self) -> Any:
        raise NotImplementedError

    def saved(self) -> bool:
        """Valid and written. Out of scope is 404; another refusal is said in the form."""
        if not self.is_valid():
            self.record_refusals()
            return False
        try:
            self.result = self.save()
        except OutOfScope as error:
            raise Http404 from error
        except StaleVersion as error:
            self.stale(error)
            return False
        except Refused as error:
            for reason in error.reasons or (error,):
                self.add_error(self.field_of(reason), reason.message)
            return False
        return True

    def record_refusals(self) -> None:
        """Whoever sends an id that was not offered, or no longer is, leaves a trace."""
        actor = getattr(self, "actor", None)
        for field in self.errors if actor is not None else ():
            if self.has_error(field, "invalid_choice"):
                audit.record(Act.REFUSED, by=actor, item=f"{FORM}{field}")

    def unsaved(self) -> "ActForm":
        """The same form with what was typed and no error: a button of it was pressed, not Save."""
        self.errors.clear()
        return self

    def field_of(self, error: Refused) -> str | None:
        """The field beside which a refusal is said."""
        return error.field if error.field in self.fields else None

    def stale(self, error: StaleVersion) -> None:
        """Say who was quicker; saving once more takes up what was typed."""
        self.is_stale = True
        self.add_error(None, error.message)

    def said(self, name: str, value: Any) -> str:
        """A current value in the words of the form."""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, PhoneNumber):
            return phone(value) or "—"
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(str(value), value)) if str(value) else "—"

    def show_what_is_now(self, name: str, value: Any) -> None:
        """Beside the field, what it is now."""
        shown = self.said(name, value)
        self.add_error(name, _("Current value: %(value)s") % {"value": shown})


class VersionedForm(ActForm):
    """A form about one row, saved only from the version that was shown (rule 12)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, target: Any, actor: Any, **kw: Any) -> None:
        self.target, self.actor = target, actor
        super().__init__(*args, **kw)
        self.initial.setdefault("version", getattr(target, "version", None))

    def current(self) -> dict[str, Any]:
        """What the fields and the version are now; what is no column is nothing that changed."""
        fresh = self.target._meta.default_manager.get(pk=self.target.pk)
        stored = {field.name for field in fresh._meta.concrete_fields}
        return {name: getattr(fresh, name) for name in self.fields if name in stored}

    def stale(self, error: StaleVersion) -> None:
        super().stale(error)
        self.show_current()

    def show_current(self) -> None:
        """Say beside each field what is there now, and let the next save take up what was typed."""
        now = self.current()
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(now.pop("version"))
        for name, current in now.items():
            if current != self.cleaned_data.get(name, current):
                self.show_what_is_now(name, current)


class DetailsForm(VersionedForm):
    """Saves its fields, and says which of them changed."""

    names: tuple[str, ...] = ()

    def __init__(self, *args: Any, target: Any, **kw: Any) -> None:
        initial = {name: getattr(target, name) for name in self.names}
        super().__init__(*args, target=target, initial=initial, **kw)

    def save(self) -> list[str]:
        changes = {name: self.cleaned_data[name] for name in self.names}
        return self.write(changes, self.cleaned_data["version"])

    def write(self, changes: dict[str, Any], version: int) -> list[str]:
        """The act that saves."""
        raise NotImplementedError
