"""Creating a child, in one flow."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from administrators.errors import TooDeep
from administrators.forms import CreateForm
from administrators.paths import DEEPEST


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
            return redirect("administrator_account", child.pk)
    context = {"form": form, "picker": form.picker.prepare()}
    return render(request, "administrators/create.html", context)
