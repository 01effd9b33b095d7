"""What stands in the cells of the list of administrators, and of the history."""

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from administrators import history
from administrators.models import Administrator
from administrators.querysets import NAMES
from administrators.templatetags.administrators import from_list, state_badge
from permissions.models import AuditEntry
from sites.cells import act_on, url
from sites.paging import capped
from sites.templatetags.days import ago, moment


def name(person: Administrator, request: HttpRequest) -> str:
    return format_html('<a href="{}">{}</a>', _page(person, request), person)


def username(person: Administrator, request: HttpRequest) -> str:
    return person.username


def features(person: Administrator, request: HttpRequest) -> str:
    return str(person.feature_count)  # type: ignore[attr-defined]


def edit(person: Administrator, request: HttpRequest) -> str:
    return act_on(person, _("View/Edit"), _page(person, request))


def state(person: Administrator, request: HttpRequest) -> str:
    return state_badge(person.state)


def parent(person: Administrator, request: HttpRequest) -> str:
    words = '<a href="{}?parent={}">{}<span class="visually-hidden"> – {}</span></a>'
    listed, why = url("administrator_list"), _("see their child users")
    named = Administrator.named(*(getattr(person, f"parent_{name}") for name in NAMES))
    return format_html(words, listed, person.parent_id, named, why)


def sites(person: Administrator, request: HttpRequest) -> str:
    held = capped(person.site_count)  # type: ignore[attr-defined]
    return _("All (%(count)s)") % {"count": held} if person.all_sites else held


def last_login(person: Administrator, request: HttpRequest) -> str:
    return ago(person.last_login) if person.last_login else _("Never")


def _page(person: Administrator, request: HttpRequest) -> str:
    """Where a person is edited; it leads back to the list as one left it."""
    return from_list(url("administrator_account", person.pk), request)


def at(entry: AuditEntry, request: HttpRequest) -> str:
    when = localtime(entry.at)
    exact = when.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', exact, moment(when))


def who(entry: AuditEntry, request: HttpRequest) -> str:
    return history.who(entry, request.user)


def act(entry: AuditEntry, request: HttpRequest) -> str:
    return entry.get_act_display()


def target(entry: AuditEntry, request: HttpRequest) -> str:
    return entry.target_name


def what(entry: AuditEntry, request: HttpRequest) -> str:
    """The table has read which sites of its page may be seen."""
    return history.what(entry, request.seen_sites)


def change(entry: AuditEntry, request: HttpRequest) -> str:
    return history.change(entry, request.user)
