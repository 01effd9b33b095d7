"""Editing a descendant: the five screens of the source document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from administrators.consequences import consequences, taken_below
from administrators.forms import AccountForm, AddressForm, ContactForm
from administrators.grant_forms import FeaturesForm, SitesForm, TakingForm
from administrators.models import Administrator
from administrators.templatetags.administrators import keeping_list, list_again
from administrators.trees import tree_below
from permissions.confirming import sent_again
from permissions.delegation import Changed
from permissions.forms import VersionedForm

SECTIONS: Mapping[str, tuple[Promise, type[VersionedForm]]] = {
    "account": (gettext_lazy("Account"), AccountForm),
    "contact": (gettext_lazy("Primary Contact"), ContactForm),
    "address": (gettext_lazy("Address"), AddressForm),
    "sites": (gettext_lazy("Site Permissions"), SitesForm),
    "features": (gettext_lazy("Feature Permissions"), FeaturesForm),
}


@dataclass(frozen=True)
class Tab:
    """A link to one screen of those about the same."""

    label: Promise
    url: str
    current: bool


def fetch(request: HttpRequest, pk: int) -> Administrator:
    """Somebody below the reader; anybody else does not exist (rule 5)."""
    people = Administrator.objects.below(request.user).select_related("parent")
    return get_object_or_404(people, pk=pk)


def edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One screen: show it, or save it and say what was saved."""
    target = fetch(request, pk)
    form = SECTIONS[section][1](request.POST or None, target=target, actor=request.user)
    picker = getattr(form, "picker", None)
    if request.method == "POST":
        if picker and picker.browsing:
            form = form.unsaved()
        elif isinstance(form, TakingForm) and form.to_confirm():
            return confirm_taking(request, form)
        elif form.saved():
            messages.success(request, saved_text(form))
            return redirect(request.get_full_path())
    context = {"form": form, **page_of(request, target, section)}
    if picker:
        context["picker"] = form.picker.prepare()
    return render(request, f"administrators/edit_{section}.html", context)


def confirm_taking(request: HttpRequest, form: TakingForm) -> HttpResponse:
    """Before something is taken from people below as well: what, and from whom."""
    context = {
        "posted": sent_again(request),
        "cancel_url": request.get_full_path(),
        **consequences(form),
    }
    return render(request, "administrators/confirm_taking.html", context)


def page_of(request: HttpRequest, target: Administrator, section: str) -> dict[str, Any]:
    """What every screen about one person shows around its form."""
    return {
        "person": target,
        "section": section,
        "tabs": tabs(request, target, section),
        "tree": tree_below(target) if section == "account" else None,
        "parent_visible": target.parent_id != request.user.pk,
        "cancel_url": list_again(reverse("administrator_list"), request),
    }


def tabs(request: HttpRequest, target: Administrator, current: str) -> list[Tab]:
    labels = {name: label for name, (label, form) in SECTIONS.items()}
    labels["history"] = gettext_lazy("History")
    return [
        Tab(
            label,
            keeping_list(reverse(f"administrator_{name}", args=[target.pk]), request),
            name == current,
        )
        for name, label in labels.items()
    ]


def saved_text(form: VersionedForm) -> str:
    """What was saved, in words."""
    if not form.result:
        return _("Nothing was changed.")
    details = [_("Your changes were saved.")]
    if isinstance(form, TakingForm):
        details += [counted(form.result), taken_below(form.losing_count)]
    else:
        details += [changed_fields(form.result)]
    return " ".join(filter(None, details))


def counted(changed: Changed) -> str:
    """How many were given and taken; what is zero goes without saying."""
    given = ngettext("%(n)d added", "%(n)d added", changed.added) % {"n": changed.added}
    taken = ngettext("%(n)d removed", "%(n)d removed", changed.removed) % {"n": changed.removed}
    parts = [given] * bool(changed.added) + [taken] * bool(changed.removed)
    return f"{', '.join(parts)}." if parts else ""


def changed_fields(names: list[str]) -> str:
    """The fields that changed, in the words of the form."""
    labels = [capfirst(str(Administrator._meta.get_field(name).verbose_name)) for name in names]
    text = ngettext("Changed field: %(names)s.", "Changed fields: %(names)s.", len(labels))
    return text % {"names": ", ".join(labels)}
