"""What stands in the cells of the list of administrators."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from administrators.models import Administrator
from administrators.templatetags.administrators import state_badge, with_list
from sites.paging import capped
from sites.templatetags.days import ago


def name(person: Administrator, request: HttpRequest) -> str:
    return format_html('<a href="{}">{}</a>', _page(person, request), person)


def edit(person: Administrator, request: HttpRequest) -> str:
    words = '<a href="{}">{}<span class="visually-hidden"> {}</span></a>'
    return format_html(words, _page(person, request), _("View/Edit"), person)


def state(person: Administrator, request: HttpRequest) -> str:
    return state_badge(person.state)


def parent(person: Administrator, request: HttpRequest) -> str:
    words = '<a href="{}?parent={}">{}<span class="visually-hidden"> – {}</span></a>'
    url, why = reverse("administrator_list"), _("see their child users")
    return format_html(words, url, person.parent_id, person.parent, why)


def sites(person: Administrator, request: HttpRequest) -> str:
    held = capped(person.site_count)  # type: ignore[attr-defined]
    return _("All (%(count)s)") % {"count": held} if person.all_sites else held


def last_login(person: Administrator, request: HttpRequest) -> str:
    return ago(person.last_login) if person.last_login else _("Never")


def _page(person: Administrator, request: HttpRequest) -> Any:
    return with_list(reverse("administrator_account", args=[person.pk]), request)
