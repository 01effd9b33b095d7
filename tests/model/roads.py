"""The two roads by which an act reaches the portal: a form posted by a browser, and the function
that the Django admin, an import or a command would call."""

from collections.abc import Callable
from typing import Any

from administrators import services
from administrators.errors import UsernameTaken
from administrators.models import Administrator
from permissions import delegation
from permissions.errors import BeyondParent, OutOfScope, Refused, StaleVersion
from tests.factories import details
from tests.model.portal import Portal

What = dict[str, Any]

# What no form offers, or not to these people; sending it all the same changes nothing.
FORGED = {
    "id": "1", "pk": "1", "parent": "1", "enterprise": "1", "path": "AAAA", "bound": "1",
    "is_superuser": "on", "is_staff": "on", "is_active": "on", "must_change_password": "",
    "session_epoch": "0", "password": "Cheval-Agrafe-2026", "groups": "1", "user_permissions": "1",
    "temporary_used": "", "password_expires_at": "2099-01-01", "actor": "1", "by": "1",
}  # fmt: skip


def features_form(portal: Portal, what: What) -> What:
    """Ticks now, and ticks when the page was shown; the portal saves the difference."""
    shown = (what["shown"] | what["remove"]) - what["add"]
    ticked = (what["shown"] | what["add"]) - what["remove"]
    return {
        "version": what["version"],
        "shown": ",".join(sorted(shown)),
        "features": sorted(ticked),
        **({"confirmed": "on"} if what["confirmed"] else {}),
    }


def sites_form(portal: Portal, what: What) -> What:
    """The picker without JavaScript: what was ticked on the page, and what is."""
    shown = (what["shown"] | what["remove"]) - what["add"]
    ticked = (what["shown"] | what["add"]) - what["remove"]
    box = {"all_sites": "on"} if what["ticked_all"] else {}
    box |= {"confirmed": "on"} if what["confirmed"] else {}
    return {
        "version": what["version"],
        "picker-was": ",".join(portal.site_ids(shown)),
        "picker-tick": portal.site_ids(ticked),
        "save": "",
        **box,
    }


def create_form(portal: Portal, what: What) -> What:
    box = {"all_sites": "on"} if what["ticked_all"] else {}
    return {
        **person_details(what["name"]),
        "country": "FR",
        "features": sorted(what["features"]),
        "picker-tick": portal.site_ids(what["sites"]),
        "save": "",
        **box,
    }


def branch_form(portal: Portal, what: What) -> What:
    return {"version": what["version"], "branch": "branch" if what["branch"] else "person"}


def version_form(portal: Portal, what: What) -> What:
    return {"version": what["version"]}


FORMS: dict[str, tuple[str, Callable[[Portal, What], What]]] = {
    "create": ("administrators/create/", create_form),
    "change_features": ("administrators/{}/features/", features_form),
    "change_sites": ("administrators/{}/sites/", sites_form),
    "disable": ("administrators/{}/disable/", branch_form),
    "enable": ("administrators/{}/enable/", branch_form),
    "reset": ("administrators/{}/reset-password/", version_form),
}


def person_details(name: str) -> What:
    return details(name, first_name=name.title(), last_name="Durand")


def by_page(portal: Portal, act: str, actor: str, target: str, session: int, what: What) -> Any:
    """What the portal answers to the form."""
    path, form = FORMS[act]
    sent = {**what["forged"], **form(portal, what)}
    return portal.post(actor, session, f"/{path.format(portal.pk(target))}", sent)


def by_call(portal: Portal, act: str, actor: str, target: str, what: What) -> type | None:
    """What the function raised. The actor that it is given says that everything is in order."""
    by = portal.person(actor)
    by.is_active, by.must_change_password = True, False
    on = None if act == "create" else portal.person(target)
    try:
        CALLS[act](portal, by, on, what)
    except Refused as refused:
        return type(refused)
    return None


def _call_create(portal: Portal, by: Administrator, on: None, what: What) -> None:
    ids = [int(pk) for pk in portal.site_ids(what["sites"])]
    given = {"sites": ids, "all_sites": what["all_sites"], "features": sorted(what["features"])}
    services.create_administrator(by=by, details=person_details(what["name"]), **given)


def _call_features(portal: Portal, by: Administrator, on: Administrator, what: What) -> None:
    change = {"add": sorted(what["add"]), "remove": sorted(what["remove"])}
    delegation.change_features(on, by=by, version=what["version"], **change)


def _call_sites(portal: Portal, by: Administrator, on: Administrator, what: What) -> None:
    change = {key: [int(pk) for pk in portal.site_ids(what[key])] for key in ("add", "remove")}
    change["all_sites"] = what["all_sites"]
    delegation.change_sites(on, by=by, version=what["version"], **change)


def _call_disable(portal: Portal, by: Administrator, on: Administrator, what: What) -> None:
    services.disable(on, by=by, branch=what["branch"], version=what["version"])


def _call_enable(portal: Portal, by: Administrator, on: Administrator, what: What) -> None:
    services.enable(on, by=by, branch=what["branch"], version=what["version"])


def _call_reset(portal: Portal, by: Administrator, on: Administrator, what: What) -> None:
    services.reset_password(on, by=by, version=what["version"])


CALLS: dict[str, Callable[..., Any]] = {
    "create": _call_create,
    "change_features": _call_features,
    "change_sites": _call_sites,
    "disable": _call_disable,
    "enable": _call_enable,
    "reset": _call_reset,
}
RAISED = {
    "": None,
    "anonymous": OutOfScope,
    "owes": OutOfScope,
    "forbidden": OutOfScope,
    "missing": OutOfScope,
    "stale": StaleVersion,
    "beyond": BeyondParent,
    "taken": UsernameTaken,
    "refused": Refused,
}
# The reason, the answer's status, and the beginning of the address that it leads to.
ANSWERED = {
    "": (302, "/"),
    "anonymous": (302, "/sign-in/?next="),
    "owes": (302, "/password/"),
    "forbidden": (403, ""),
    "missing": (404, ""),
    "stale": (200, ""),
    "beyond": (200, ""),
    "taken": (200, ""),
    "refused": (200, ""),
    "form": (200, ""),
    "unconfirmed": (200, ""),
    "wrong": (200, ""),
    "guess": (200, ""),
    "guessed too often": (302, "/sign-in/"),
    "already": (302, "/"),
}
# Not refused attempts: nobody was signed in, or the form has to be sent again.
UNRECORDED = {
    "",
    "anonymous",
    "form",
    "unconfirmed",
    "guess",
    "guessed too often",
    "wrong",
    "already",
}


def answered(response: Any, why: str) -> bool:
    """Whether this is how the portal answers for that reason, and for no other."""
    status, begins = ANSWERED[why]
    url = response.headers.get("Location", "")
    elsewhere = any(url.startswith(ANSWERED[other][1]) for other in ("anonymous", "owes"))
    right = url.startswith(begins) and (elsewhere == (why in {"anonymous", "owes"}))
    return response.status_code == status and right


def said(response: Any) -> str:
    """The answer in a line, with the errors of its form."""
    form = (response.context or {}).get("form")
    errors = form.errors.get_json_data() if form is not None else ""
    return f"{response.status_code} {response.headers.get('Location', '')} {errors}"
