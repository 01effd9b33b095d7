"""Acts that take something away have a page of their own, which says what will happen, to whom."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from administrators.forms import DisableForm, EnableForm, ResetForm
from administrators.models import Administrator
from administrators.templatetags.administrators import keeping_list
from administrators.views.edit import fetch
from permissions.forms import VersionedForm


def disable(request: HttpRequest, pk: int) -> HttpResponse:
    """End a sign-in, or a whole branch's, after saying whose."""
    target = fetch(request, pk)
    form = DisableForm(posted(request), target=target, actor=request.user)
    if form.is_bound and form.saved():
        return done(request, target, _disabled(form))
    below = Administrator.objects.below(target).filter(is_active=True)
    return confirm(request, form, "disable", below_count=below.count(), below_first=below[:10])


def _disabled(form: DisableForm) -> str:
    """What was done; of one person by name."""
    if form.cleaned_data["branch"]:
        text = ngettext("%(n)d account was disabled.", "%(n)d accounts were disabled.", form.result)
        return text % {"n": form.result}
    if form.result:
        return _("%(name)s can no longer sign in.") % {"name": form.target}
    said = _("%(name)s was disabled already, and stays so when a branch above is enabled.")
    return said % {"name": form.target}


def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody sign in again, or with them those whom the same act disabled."""
    target = fetch(request, pk)
    form = EnableForm(posted(request), target=target, actor=request.user)
    together = Administrator.objects.disabled_with(target)
    others = together.exclude(pk=target.pk).order_by("path", "search_key", "pk")
    if form.is_bound and form.saved():
        return done(request, target, _enabled(request, form, others))
    return confirm(
        request, form, "enable",
        with_count=others.count(), with_first=others[:10],
        owing=together.filter(must_change_password=True).exists(),
    )  # fmt: skip


def _enabled(request: HttpRequest, form: EnableForm, others: QuerySet) -> str:
    """What was done; of one person by name, with the way to others of the same act."""
    if form.cleaned_data["branch"]:
        text = ngettext("%(n)d account was enabled.", "%(n)d accounts were enabled.", form.result)
        return text % {"n": form.result}
    said = _("%(name)s can sign in again.") % {"name": form.target}
    left = others.count()
    if not left:
        return said
    offer = ngettext(
        "Enable the administrator disabled at the same time",
        "Enable the %(n)d administrators disabled at the same time",
        left,
    )
    return format_html('{} <a href="{}">{}</a>', said, request.get_full_path(), offer % {"n": left})


def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a temporary password mailed to somebody."""
    target = fetch(request, pk)
    form = ResetForm(posted(request), target=target, actor=request.user)
    if form.is_bound and form.saved():
        text = _(
            "An email with a temporary password was sent to %(email)s. It must be changed at "
            "the next sign-in."
        )
        return done(request, target, text % {"email": target.email})
    return confirm(request, form, "reset_password")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it was nothing but the button."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, target: Administrator, text: str) -> HttpResponse:
    """Say what was done, on the person's page, with the list that one came from."""
    messages.success(request, text)
    return redirect(keeping_list(reverse("administrator_account", args=[target.pk]), request))


def confirm(request: HttpRequest, form: VersionedForm, act: str, **context: Any) -> HttpResponse:
    """The page before the act, or after a refusal."""
    account = reverse("administrator_account", args=[form.target.pk])
    context |= {"form": form, "person": form.target, "cancel_url": keeping_list(account, request)}
    return render(request, f"administrators/confirm_{act}.html", context)
