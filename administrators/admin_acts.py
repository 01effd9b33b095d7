"""What carrier staff do to several people at once: who cannot be meant is said before the page
that asks, and afterwards what really happened."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from administrators import services
from administrators.models import Administrator
from administrators.obstacles import obstacles
from permissions.errors import LastRoot, Refused
from sites.paging import capped, count_to_cap
from sites.text import labelled

Said = Callable[[Administrator], str]


class ActionsOnPeople(admin.ModelAdmin):
    """The three acts that a list of people offers."""

    actions = ("reset_password", "disable", "enable")

    @admin.action(description=gettext_lazy("Reset Password"), permissions=["change"])
    def reset_password(self, request: HttpRequest, people: QuerySet) -> HttpResponse | None:
        warning = _(
            "Their passwords stop working at once and their sessions end. A temporary password is "
            "mailed to each of them."
        )
        if "confirmed" not in request.POST:
            able = _able(request, people, _no_reset)
            return self._confirm(request, able, "reset_password", _("Reset Password"), warning)
        return _perform(request, people, services.reset_password, _mail_to_come)

    @admin.action(description=gettext_lazy("Disable Admin"), permissions=["change"])
    def disable(self, request: HttpRequest, people: QuerySet) -> HttpResponse | None:
        warning = _("They can no longer sign in and are signed out at once.")
        if "confirmed" not in request.POST:
            able = _able(request, people, _no_disabling)
            title, listed = _("Disable Admin"), _with_below
            return self._confirm(request, able, "disable", title, warning, listed)
        return _perform(request, people, services.disable, _disabled, _no_disabling)

    @admin.action(description=gettext_lazy("Enable Admin"), permissions=["change"])
    def enable(self, request: HttpRequest, people: QuerySet) -> HttpResponse | None:
        return _perform(request, people, services.enable, _enabled, _no_enabling)

    def _confirm(
        self,
        request: HttpRequest,
        people: list[Administrator],
        action: str,
        title: str,
        warning: str,
        listed: Said | None = None,
    ) -> HttpResponse | None:
        """What will happen, and to whom, before it does; nothing is asked about nobody."""
        if not people:
            return None
        ticked = [(ACTION_CHECKBOX_NAME, person.pk) for person in people]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts, "title": title, "said": [warning],
            "listed": [(listed or _named)(person) for person in people],
            "posted": [("action", action), *ticked], "cancel_url": request.get_full_path(),
        }  # fmt: skip
        return TemplateResponse(request, "admin/confirm.html", context)


def _able(request: HttpRequest, people: Iterable[Any], no: Any) -> list[Administrator]:
    """Those whom the act can mean; of the others it is said why not."""
    able = []
    for person in people:
        if reason := no(person, request.user):
            _say(request, messages.WARNING, person, reason)
        else:
            able.append(person)
    return able


def _perform(
    request: HttpRequest, people: Iterable[Any], act: Any, done: Said, no: Any = None
) -> None:
    """The act on each of those ticked; what is refused, or was so already, is said of whom."""
    for person in people:
        try:
            changed = act(person, by=request.user)
        except Refused as refused:
            _say(request, messages.ERROR, person, refused.message)
        else:
            if changed == 0:
                _say(request, messages.WARNING, person, no(_now(person), request.user))
            else:
                messages.success(request, done(_now(person)))


def _say(request: HttpRequest, level: int, person: Administrator, reason: str) -> None:
    words = {"name": person, "reason": reason}
    messages.add_message(request, level, _("%(name)s: %(reason)s") % words)


def _now(person: Administrator) -> Administrator:
    """The person as the act left them."""
    return Administrator.objects.select_related("enterprise").get(pk=person.pk)


def _no_disabling(person: Administrator, by: Administrator) -> str:
    """Why somebody cannot be disabled (rules 9 and 13), if they cannot."""
    if person.pk == by.pk:
        return _("You cannot disable yourself.")
    if person.is_superuser:
        return _("Carrier staff are not managed here.")
    if not person.parent_id:
        return LastRoot().message
    return "" if person.is_active else _("disabled already.")


def _no_enabling(person: Administrator, by: Administrator) -> str:
    return _("enabled already.")


def _no_reset(person: Administrator, by: Administrator) -> str:
    """Why no temporary password can be mailed to somebody, if none can."""
    if person.is_superuser:
        return _("Carrier staff are not managed here.")
    return "" if person.is_active else _("disabled: enable this account first.")


def _mail_to_come(person: Administrator) -> str:
    """The mail waits until it is sent."""
    said = _("An email with a temporary password will be sent to %(email)s.")
    return labelled(person, said % {"email": person.email})


def _disabled(person: Administrator) -> str:
    return _("%(name)s was disabled.") % {"name": person}


def _enabled(person: Administrator) -> str:
    """And what still stands in the way, if anything does."""
    if rest := obstacles(person):
        said = _("%(name)s was enabled, but signing in is not possible yet: %(why)s.")
        return said % {"name": person, "why": ", ".join(rest)}
    return _("%(name)s can sign in again.") % {"name": person}


def _named(person: Administrator) -> str:
    return f"{person} ({person.username})"


def _with_below(person: Administrator) -> str:
    """Who that is, and how many below go on as before."""
    below = count_to_cap(Administrator.objects.below(person))
    if not below:
        return _named(person)
    kept = ngettext(
        "%(n)s administrator below keeps their access",
        "%(n)s administrators below keep their access",
        below,
    )
    return labelled(_named(person), kept % {"n": capped(below)})
