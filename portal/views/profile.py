"""«Profil de l’entreprise»: account, address and contacts, each part with its own button."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from portal.forms.profile import (
    MainContactForm,
    ProfileAccountForm,
    ProfileAddressForm,
    ProfileForm,
    TechnicalContactForm,
)
from portal.views.acting import say_saved
from sites.models import Enterprise

SECTIONS: Mapping[str, tuple[Promise, type[ProfileForm]]] = {
    "account": (gettext_lazy("Account"), ProfileAccountForm),
    "address": (gettext_lazy("Address"), ProfileAddressForm),
    "main_contact": (gettext_lazy("Main contact"), MainContactForm),
    "technical_contact": (gettext_lazy("Technical contact"), TechnicalContactForm),
}


def profile(request: HttpRequest, section: str = "") -> HttpResponse:
    """The profile of the reader's enterprise; `section` is the part that is being saved."""
    enterprise = get_object_or_404(Enterprise, pk=request.user.enterprise_id)
    posted = section if request.method == "POST" else ""
    forms = {name: _form(request, enterprise, name, posted) for name in SECTIONS}
    if posted and forms[posted].saved():
        say_saved(request, forms[posted].result)
        return redirect("profile")
    part = SECTIONS[posted][0] if posted else ""
    shown = {"form": forms.get(posted), "part": part, "sections": _parts(forms)}
    context = {"enterprise": enterprise, **shown}
    return render(request, "portal/profile.html", context)


def _form(request: HttpRequest, enterprise: Enterprise, name: str, posted: str) -> ProfileForm:
    """A part of the page; ids are told apart by the name of the part."""
    data = request.POST if name == posted else None
    about: dict[str, Any] = {"target": enterprise, "actor": request.user}
    return SECTIONS[name][1](data, auto_id=f"id_{name}_%s", **about)


def _parts(forms: Mapping[str, ProfileForm]) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": SECTIONS[name][0], "form": form, "url": reverse(f"profile_{name}")}
        for name, form in forms.items()
    ]
