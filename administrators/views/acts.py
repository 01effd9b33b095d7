"""Acts that take something away have a page of their own, which says what will happen, to whom."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from administrators import services
from administrators.forms import DisableForm
from administrators.models import Administrator
from administrators.templatetags.administrators import keeping_list
from administrators.views.edit import fetch
from permissions.errors import OutOfScope, Refused


def disable(request: HttpRequest, pk: int) -> HttpResponse:
    """End a sign-in, or a whole branch's, after saying whose."""
    target = fetch(request, pk)
    form = DisableForm(request.POST or None, target=target, actor=request.user)
    if request.method == "POST" and form.saved():
        text = ngettext("%(n)d account was disabled.", "%(n)d accounts were disabled.", form.result)
        messages.success(request, text % {"n": form.result})
        return back(request, target)
    below = Administrator.objects.below(target).filter(is_active=True)
    context = {"form": form, "below_count": below.count(), "below_first": below[:10]}
    return confirm(request, "disable", target, context)


def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody sign in again."""
    target = fetch(request, pk)
    if request.method == "POST":
        text = _("%(name)s can sign in again.") % {"name": target}
        _perform(services.enable, request, target, text)
        return back(request, target)
    return confirm(request, "enable", target, {})


def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a temporary password mailed to somebody."""
    target = fetch(request, pk)
    if request.method == "POST":
        text = _(
            "An email with a temporary password was sent to %(email)s. It must be changed at "
            "the next sign-in."
        )
        _perform(services.reset_password, request, target, text % {"email": target.email})
        return back(request, target)
    return confirm(request, "reset_password", target, {})


def back(request: HttpRequest, target: Administrator) -> HttpResponse:
    """To the person's page, with the list that one came from."""
    return redirect(keeping_list(reverse("administrator_account", args=[target.pk]), request))


def confirm(
    request: HttpRequest, act: str, target: Administrator, context: dict[str, Any]
) -> HttpResponse:
    """The page before the act."""
    url = keeping_list(reverse("administrator_account", args=[target.pk]), request)
    context |= {"person": target, "cancel_url": url}
    return render(request, f"administrators/confirm_{act}.html", context)


def _perform(act: Any, request: HttpRequest, target: Administrator, done: str) -> None:
    """Act, and say `done` or why not."""
    try:
        act(target, by=request.user)
    except OutOfScope as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
