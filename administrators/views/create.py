"""Creating a child, in one flow."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from administrators.errors import TooDeep
from administrators.forms import CreateForm
from administrators.models import Administrator
from administrators.paths import DEEPEST
from permissions import rules


def create(request: HttpRequest) -> HttpResponse:
    """Username, contact, address, sites, features; nothing is written before all is right.

    Whoever can have nobody below is told so before they fill it in.
    """
    if request.user.level >= DEEPEST:
        messages.error(request, TooDeep().message)
        return redirect("administrator_list")
    form = CreateForm(request.POST or None, actor=request.user)
    if request.method == "POST":
        if form.picker.browsing:
            form = form.unsaved()
        elif form.saved():
            text = _("%(name)s was created. An email with a temporary password goes to %(email)s.")
            child = form.result
            messages.success(request, text % {"name": child, "email": child.email})
            _warn_of_nothing(request, child)
            return redirect("administrator_account", child.pk)
    context = {"form": form, "picker": form.picker.prepare()}
    return render(request, "administrators/create.html", context)


def _warn_of_nothing(request: HttpRequest, child: Administrator) -> None:
    """Whoever holds no feature opens nothing, and without a site most features show nothing."""
    if not rules.held_features(child):
        text = _("%(name)s has no feature yet, and can open nothing.")
    elif not rules.held_sites(child).exists():
        text = _("%(name)s has no site yet, and will see nothing of any.")
    else:
        return
    messages.warning(request, text % {"name": child})
