"""The menus. Nothing is in a menu that its reader cannot open."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permissions.features import FeatureCode
from permissions.rules import features_read_with
from portal.frame import Frame, frame_for
from portal.pages import PAGES, FeaturePage
from sites.paging import capped


@dataclass(frozen=True)
class Entry:
    """A line of a menu. `kind` is link, language or sign_out; `post` is a button of a form."""

    label: Promise
    url: str
    icon: str
    current: bool = False
    kind: str = "link"
    count: str = ""

    @property
    def post(self) -> bool:
        return self.kind == "sign_out"


@dataclass(frozen=True)
class Menu:
    """The three menus of a page."""

    left: list[Entry]
    profile: list[Entry]
    orders: Entry | None
    frame: Frame


def menu_for(request: HttpRequest) -> Menu | None:
    """The menus of whoever asks; none before sign-in or while a password is owed."""
    if not request.user.is_authenticated or request.user.must_change_password:
        return None
    if not hasattr(request, "features"):  # an address that no view answers
        request.features = features_read_with(request.user)
    frame = frame_for(request)
    opened = [page for page in PAGES if set(page.features) & request.features]
    left = [_page_entry(request, page, frame) for page in opened if page.left]
    orders = [_page_entry(request, page, frame) for page in opened if page.name == "orders"]
    return Menu(
        left=left if request.user.is_superuser else _with_sites(request, left),
        profile=_profile_menu(request),
        orders=orders[0] if orders else None,
        frame=frame,
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


def _page_entry(request: HttpRequest, page: FeaturePage, frame: Frame) -> Entry:
    entry = _entry(request, page.label, page.name, page.icon)
    count = frame.badges.get(page.name)
    return entry if count is None else replace(entry, count=capped(count))


def _entry(request: HttpRequest, label: Promise, name: str, icon: str, kind: str = "link") -> Entry:
    url = reverse(name)
    return Entry(label, url, icon, current=request.path.startswith(url), kind=kind)


def _with_sites(request: HttpRequest, left: list[Entry]) -> list[Entry]:
    """ "Sites" stands before reports, notes and profile, as in the source."""
    last = {reverse(name) for name in ("reports", "notes", "profile")}
    at = next((i for i, entry in enumerate(left) if entry.url in last), len(left))
    return [*left[:at], _entry(request, _("Sites"), "site_list", "map-pin"), *left[at:]]


def _profile_menu(request: HttpRequest) -> list[Entry]:
    features = request.features
    entries = [
        (FeatureCode.PROFILE in features, _("Company Profile"), "profile", "building-2"),
        (True, _("Sign-in Details"), "sign_in_details", "key-round"),
        (True, _("My Account"), "my_account", "user-round"),
        (
            FeatureCode.MANAGE_ADMINISTRATORS in features,
            _("Manage Admins"), "administrator_list", "users-round",
        ),
        (request.user.is_superuser, _("Carrier administration"), "admin:index", "wrench"),
        (True, _("Send Feedback"), "feedback", "message-square"),
        (True, _("Documentation"), "help", "book-open"),
    ]  # fmt: skip
    return [
        *(_entry(request, label, name, icon) for may, label, name, icon in entries if may),
        _entry(request, _("Select Language"), "set_language", "languages", kind="language"),
        _entry(request, _("Privacy Statement"), "privacy", "shield"),
        _entry(request, _("Sign Out"), "sign_out", "log-out", kind="sign_out"),
    ]
