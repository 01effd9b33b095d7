"""The menus. Nothing is in a menu that its reader cannot open."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permissions.features import FeatureCode
from permissions.rules import features_read_with
from portal.frame import Frame, frame_for
from portal.pages import PAGES
from sites import paging
from sites.paging import capped

KEPT = 1024  # menus; there are so many sets of features, and few of them are given


@dataclass(frozen=True)
class Entry:
    """A line of a menu, by its URL name. `kind` is link, language or sign_out."""

    label: Promise
    name: str
    url: str
    icon: str
    current: bool = False
    kind: str = "link"
    count: str = ""


Features = frozenset[FeatureCode]


@dataclass(frozen=True)
class Menu:
    """The three menus of a page. Those with the same `key` look the same in the same language."""

    left: list[Entry]
    profile: list[Entry]
    orders: list[Entry]
    frame: Frame

    @property
    def key(self) -> str:
        shown = (*self.left, *self.profile, *self.orders)
        return " ".join(f"{one.url}{'*' * one.current}{one.count}" for one in shown)


def menu_for(request: HttpRequest) -> Menu | None:
    """The menus of whoever asks; none before sign-in or while a password is owed."""
    if not request.user.is_authenticated or request.user.must_change_password:
        return None
    if not hasattr(request, "features"):  # an address that no view answers
        request.features = features_read_with(request.user)
    frame = frame_for(request)
    known = _entries(request.features, request.user.is_superuser)
    return Menu(*([_now(one, request.path, frame) for one in part] for part in known), frame=frame)


def _now(entry: Entry, path: str, frame: Frame) -> Entry:
    """An entry as it stands on the page at that path."""
    current, count = path.startswith(entry.url), frame.badges.get(entry.name)
    if not current and count is None:
        return entry
    return replace(
        entry, current=current, count="" if count is None else capped(count, paging.MENU_CAP)
    )


def first_page(request: HttpRequest) -> str:
    """The dashboard, else the first page that opens, else one that says whom to ask."""
    if request.user.is_superuser:
        return "admin:index"
    for page in PAGES:
        if set(page.features) & request.features:
            return page.name
    manages = FeatureCode.MANAGE_ADMINISTRATORS in request.features
    return "administrator_list" if manages else "nothing_yet"


@lru_cache(KEPT)
def _entries(features: Features, staff: bool) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Left, profile and orders, of whoever holds these features."""
    opened = [page for page in PAGES if set(page.features) & features]
    left = [_entry(page.label, page.name, page.icon) for page in opened if page.left]
    orders = [_entry(page.label, page.name, page.icon) for page in opened if not page.left]
    return left if staff else _with_sites(left), _profile_menu(features, staff), orders


def _entry(label: Promise, name: str, icon: str, kind: str = "link") -> Entry:
    return Entry(label, name, reverse(name), icon, kind=kind)


def _with_sites(left: list[Entry]) -> list[Entry]:
    """Puts the line of sites before reports, notes and profile, as in the source."""
    last = {"reports", "notes", "profile"}
    at = next((i for i, entry in enumerate(left) if entry.name in last), len(left))
    return [*left[:at], _entry(_("Sites"), "site_list", "map-pin"), *left[at:]]


def _profile_menu(features: Features, staff: bool) -> list[Entry]:
    entries = [
        (FeatureCode.PROFILE in features, _("Company Profile"), "profile", "building-2"),
        (True, _("Sign-in Details"), "sign_in_details", "key-round"),
        (True, _("My Account"), "my_account", "user-round"),
        (
            FeatureCode.MANAGE_ADMINISTRATORS in features,
            _("Manage Admins"), "administrator_list", "users-round",
        ),
        (staff, _("Carrier administration"), "admin:index", "wrench"),
        (True, _("Send Feedback"), "feedback", "message-square"),
        (True, _("Documentation"), "help", "book-open"),
    ]  # fmt: skip
    return [
        *(_entry(label, name, icon) for may, label, name, icon in entries if may),
        _entry(_("Select Language"), "set_language", "languages", kind="language"),
        _entry(_("Privacy Statement"), "privacy", "shield"),
        _entry(_("Sign Out"), "sign_out", "log-out", kind="sign_out"),
    ]
