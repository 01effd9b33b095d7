"""What people do, and how often: lists most of all, then pages, then forms, then writing."""

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from permissions.features import FeatureCode as F
from portal.generating.names import FIRST_NAMES
from tests.bench.load.reading import Lost, read

if TYPE_CHECKING:  # the tests import this where locust is not installed
    from tests.bench.load.visiting import Visit

LIST, EDIT = "/administrators/", "/administrators/{child}/{section}/"
TOWNS = ("paris", "lyon", "nantes", "rennes", "lille", "metz", "agence", "boutique")
# Of a hundred choices: how many, the kind, the address, the feature behind it.
PAGES: tuple[tuple[float, str, str, str], ...] = (
    (12, "administrators", LIST, F.MANAGE_ADMINISTRATORS),
    (8, "administrators, another page", LIST + "?page={page}", F.MANAGE_ADMINISTRATORS),
    (8, "administrators, search", LIST + "?q={name}", F.MANAGE_ADMINISTRATORS),
    (5, "administrators, filter", LIST + "?{filter}", F.MANAGE_ADMINISTRATORS),
    (6, "numbers", "/assignments/numbers/", F.USER_ASSIGNMENTS),
    (4, "numbers, another page", "/assignments/numbers/?page={page}", F.USER_ASSIGNMENTS),
    (3, "numbers, search", "/assignments/numbers/?q=9900{digits}", F.USER_ASSIGNMENTS),
    (2, "numbers, filter", "/assignments/numbers/?use=free", F.USER_ASSIGNMENTS),
    (4, "sites", "/sites/", ""),
    (2, "sites, another page", "/sites/?page={page}", ""),
    (1, "sites, search", "/sites/?q={town}", ""),
    (8, "dashboard", "/dashboard/", F.DASHBOARD),
    (6, "reports", "/reports/", F.REPORTS),
    (6, "one’s account", "/account/", ""),
    (7, "edit, account", EDIT.replace("{section}", "account"), F.MANAGE_ADMINISTRATORS),
    (5, "edit, site picker", EDIT.replace("{section}", "sites"), F.MANAGE_ADMINISTRATORS),
)  # fmt: skip
BARE = ((60, "bare view", "/bare/", ""), (40, "bare view, another page", "/bare/?page={page}", ""))
FILTERS = ("state=disabled", "state=active", "state=owed", "feature=notes", "parent={child}")


def portal(visit: "Visit") -> Callable[[], None]:
    """What to do next, among what one's features opened when one came."""
    pages = [(share, _opening(visit, *page)) for share, *page in PAGES if _open_to(visit, page[2])]
    acts = [(3.0, search_in_picker), (3.0, rename), (2.0, change_sites), (2.0, change_features)]
    acts += [(1.5, disable_or_enable)]
    if F.NOTES in visit.visitor.features and visit.visitor.few_sites:
        acts += [(1.5, add_note)]
    shares = [share for share, _do in pages] + [share for share, _do in acts]
    doing = [do for _share, do in pages] + [partial(act, visit) for _share, act in acts]
    return visit.chance.choices(doing, shares)[0]


def bare(visit: "Visit") -> Callable[[], None]:
    """The same list again and again, on its first page or another."""
    shares = [share for share, *_page in BARE]
    return visit.chance.choices([_opening(visit, *page) for _share, *page in BARE], shares)[0]


def _open_to(visit: "Visit", feature: str) -> bool:
    return not feature or feature in visit.visitor.features


def _opening(visit: "Visit", kind: str, path: str, feature: str) -> Callable[[], None]:
    return lambda: visit.ask(kind, path.format(**_values(visit)), feature)


def _values(visit: "Visit") -> dict[str, Any]:
    chance, child = visit.chance, visit.chance.choice(visit.visitor.acted_on)
    return {
        "child": child,
        "page": chance.randint(1, max(1, min(20, visit.visitor.below // 10))),
        "name": quote(chance.choice(FIRST_NAMES)),
        "town": chance.choice(TOWNS),
        "digits": f"{chance.randrange(100):02}",
        "filter": chance.choice(FILTERS).format(child=child),
    }


def search_in_picker(visit: "Visit") -> None:
    """The button of the picker, which saves nothing."""
    path, shown = _form(visit, "sites", "edit, site picker")
    asked = {"picker-q": visit.chance.choice(TOWNS), "picker-go": "search"}
    visit.wait()
    visit.ask("edit, site picker, search", path, F.MANAGE_ADMINISTRATORS, shown | asked)


def rename(visit: "Visit") -> None:
    path, shown = _form(visit, "contact", "form of a name")
    named = {"first_name": visit.chance.choice(FIRST_NAMES)}
    visit.send("save a name", path, shown | named, F.MANAGE_ADMINISTRATORS)


def change_sites(visit: "Visit") -> None:
    """Ticks or unticks one of the sites shown."""
    path = EDIT.format(child=visit.chance.choice(visit.visitor.acted_on), section="sites")
    shown = read(visit.ask("edit, site picker", path, F.MANAGE_ADMINISTRATORS).content)
    if shown.data.get("all_sites") or not shown.choices.get("picker-tick"):
        raise Lost
    data = _toggled(visit, shown.data, "picker-tick", shown.choices["picker-tick"])
    visit.send("save sites", path, data, F.MANAGE_ADMINISTRATORS)


def change_features(visit: "Visit") -> None:
    """Ticks or unticks one feature."""
    path = EDIT.format(child=visit.chance.choice(visit.visitor.acted_on), section="features")
    shown = read(visit.ask("form of features", path, F.MANAGE_ADMINISTRATORS).content)
    if not shown.choices.get("features"):
        raise Lost
    data = _toggled(visit, shown.data, "features", shown.choices["features"])
    visit.send("save features", path, data, F.MANAGE_ADMINISTRATORS)


def disable_or_enable(visit: "Visit") -> None:
    """Whoever was disabled is enabled by the same person, the next time."""
    child, act = _whom_to_disable_or_enable(visit)
    path = f"{LIST}{child}/{act}/"
    shown = read(visit.ask(f"form to {act}", path, F.MANAGE_ADMINISTRATORS).content).data
    visit.absent.add(child)  # before they notice, if they visit as well
    visit.send(f"{act} somebody", path, shown, F.MANAGE_ADMINISTRATORS)
    if act == "enable":
        visit.absent.discard(child)


def add_note(visit: "Visit") -> None:
    """At one of the sites that the form offers."""
    shown = visit.ask("form of a note", "/notes/add/", F.NOTES).content
    sites = re.findall(r'<option value="(\d+)"', shown.decode())
    if not sites:
        raise Lost
    written = {"site": visit.chance.choice(sites), "text": "Vu avec le site ce matin."}
    visit.send("save a note", "/notes/add/", read(shown).data | written, F.NOTES)


def _whom_to_disable_or_enable(visit: "Visit") -> tuple[int, str]:
    if visit.disabled:
        return visit.disabled.pop(), "enable"
    visit.disabled.append(visit.chance.choice(visit.visitor.acted_on))
    return visit.disabled[-1], "disable"


def _form(visit: "Visit", section: str, kind: str) -> tuple[str, dict[str, Any]]:
    path = EDIT.format(child=visit.chance.choice(visit.visitor.acted_on), section=section)
    return path, read(visit.ask(kind, path, F.MANAGE_ADMINISTRATORS).content).data


def _toggled(visit: "Visit", data: dict[str, Any], name: str, offered: list[str]) -> dict[str, Any]:
    one = visit.chance.choice(offered)
    ticked = set(data.get(name, []))
    return data | {name: sorted(ticked ^ {one})}
