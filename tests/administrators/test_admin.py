"""The carrier's Django admin: who comes in, and what nobody edits there (rule 13)."""

import os
from itertools import product
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from guardian.models import GroupObjectPermission, UserObjectPermission

from administrators import own
from administrators.models import Administrator, OutgoingMail
from permissions.admin_base import _parameter
from permissions.models import Act, AuditEntry, FeatureGrant, SiteGrant
from portal.admin_site import CarrierAdminSite
from sites.models import Enterprise, Site
from tests import visitors
from tests.administrators.carrier import url
from tests.world import World

CHANGELISTS = sorted(
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    for model in admin.site._registry
)
PLAIN_PAGES = [
    "admin:index",
    "admin:login",
    "admin:logout",
    "admin:password_change",
    "admin:jsi18n",
    "admin:import",
]
PLAIN_PAGES += ["admin:autocomplete", "admin:password_change_done"]
READ_ONLY = [SiteGrant, FeatureGrant, AuditEntry, OutgoingMail]
# A number that no column holds, no number, no text of a database.
ACTIONS = ["reset_password", "disable", "enable"]
UNREADABLE = [str(2**63), str(-(2**63) - 1), "9" * 30, "9" * 5000, "-1", "x", "\0", ""]
FEW_UNREADABLE = [str(2**63), "\0"]
RARE_SUFFIXES = ("__id__exact", "__isempty", "__isnull")
# Choices of the pages: carrier staff, and what was done for no enterprise.
OF_NO_ENTERPRISE = {(model, "enterprise__isnull") for model in (Administrator, AuditEntry)}
LONG = bool(os.environ.get("PORTAL_LONG"))
NEVER_DELETED = [Administrator, Enterprise, Site, *READ_ONLY]


def test_the_site_is_ours() -> None:
    assert type(admin.sites.site._wrapped) is CarrierAdminSite


def test_what_stands_in_the_admin() -> None:
    assert {model._meta.label for model in admin.site._registry} == {
        "administrators.Administrator",
        "administrators.OutgoingMail",
        "permissions.AuditEntry",
        "permissions.FeatureGrant",
        "permissions.IntegrityCheck",
        "permissions.SiteGrant",
        "sites.CallRecord",
        "sites.Device",
        "sites.DeviceModel",
        "sites.Enterprise",
        "sites.EquipmentRequest",
        "sites.Holiday",
        "sites.OpeningHours",
        "sites.Order",
        "sites.PhoneNumber",
        "sites.Recording",
        "sites.Service",
        "sites.SipTrunk",
        "sites.Site",
        "sites.Subscriber",
    }
    for model in (Group, Permission, UserObjectPermission, GroupObjectPermission):
        assert not admin.site.is_registered(model)


@pytest.mark.parametrize("name", ["R", "A", "N", "C", "X"])
@pytest.mark.parametrize("view", [*PLAIN_PAGES, *CHANGELISTS])
def test_an_administrator_finds_nothing_there(
    client: Client, world: World, view: str, name: str
) -> None:
    client.force_login(world[name], "administrators.backends.AdministratorBackend")
    assert client.get(reverse(view)).status_code == 404
    assert client.post(reverse(view)).status_code == 404


def test_an_administrator_finds_no_page_of_the_admin(client: Client, world: World) -> None:
    client.force_login(world["R"], "administrators.backends.AdministratorBackend")
    for model in admin.site._registry:
        for page in ("change", "delete", "history"):
            assert client.get(url(model, page, "1")).status_code == 404
            assert client.post(url(model, page, "1")).status_code == 404
        assert client.post(url(model, "add")).status_code == 404


@pytest.mark.parametrize("view", [*PLAIN_PAGES, *CHANGELISTS])
def test_anonymous_is_sent_to_the_sign_in_page(client: Client, db: None, view: str) -> None:
    target = reverse("admin:index" if view == "admin:login" else view)
    for ask in (client.get, client.post):
        chain = ask(reverse(view), follow=True).redirect_chain
        assert unquote(chain[-1][0]) == f"{reverse('sign_in')}?next={target}"


@pytest.mark.parametrize("view", ["admin:index", *CHANGELISTS])
def test_staff_reads_every_list(staff: Client, view: str) -> None:
    answer = staff.get(reverse(view), {"q": "durand"} if view != "admin:index" else {})
    assert answer.status_code == 200
    assert 'lang="fr"' in answer.text
    assert " style=" not in answer.text
    assert "<script>" not in answer.text


def test_staff_owing_a_password_change_is_sent_to_it(client: Client, world: World) -> None:
    Administrator.objects.filter(pk=world["SU"].pk).update(
        must_change_password=True, password_expires_at="2999-01-01T00:00Z"
    )
    client.force_login(world["SU"], "administrators.backends.AdministratorBackend")
    assert client.get(reverse("admin:index")).url == reverse("password_change")


def test_sign_in_sign_out_and_password_are_the_portals(staff: Client, world: World) -> None:
    login = staff.get(reverse("admin:login"))
    assert login.url == f"{reverse('sign_in')}?next=%2Fadmin%2F"
    assert staff.get(login.url).url == "/admin/"
    assert staff.get(reverse("admin:password_change")).url == reverse("password_change")
    assert staff.post(reverse("admin:logout")).url == reverse("sign_in")
    assert AuditEntry.objects.filter(act=Act.SIGN_OUT, actor=world["SU"].pk).count() == 1
    assert staff.get(reverse("admin:index")).status_code == 302


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Enterprise, "Ajouter une entreprise"),
        (Site, "Ajouter un site"),
        (Administrator, "Créer l’administrateur principal d’une entreprise"),
    ],
)
def test_adding_is_called_in_french(staff: Client, world: World, model: Any, words: str) -> None:
    """On its button, in the heading and in the way back."""
    assert words in visitors.words(staff.get(url(model, "changelist")))
    page = visitors.words(staff.get(url(model, "add")))
    assert page.count(words) >= 3
    assert f"Ajouter {model._meta.verbose_name}" not in page


def test_everything_is_offered_only_where_something_is_left_out(
    staff: Client, world: World
) -> None:
    page = url(Site, "changelist")
    assert "Tout afficher" not in staff.get(page).text
    for asked in ({"q": "paris"}, {"is_open__exact": "1"}):
        assert "Tout afficher" in staff.get(page, asked).text


@pytest.mark.parametrize("model", NEVER_DELETED)
def test_nothing_is_deleted(staff: Client, world: World, model: Any) -> None:
    world_before, row = world.grants(), _row(model, world)
    answers = [
        staff.get(url(model, "delete", row.pk)),
        staff.post(url(model, "delete", row.pk), {"post": "yes"}),
    ]
    sent = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    staff.post(url(model, "changelist"), sent)
    assert [answer.status_code for answer in answers] == [403, 403]
    assert model.objects.filter(pk=row.pk).count() == 1
    assert world.grants() == world_before


@pytest.mark.parametrize("model", READ_ONLY)
def test_traces_and_grants_are_only_read(staff: Client, world: World, model: Any) -> None:
    row = _row(model, world)
    before, world_before = model.objects.filter(pk=row.pk).values().get(), world.grants()
    sent = {
        "user": world["C"].pk,
        "content_object": world.places["Nice"],
        "tries": 9,
        "act": "edit",
    }
    assert staff.get(url(model, "change", row.pk)).status_code == 200
    assert staff.post(url(model, "change", row.pk), sent).status_code == 403
    assert staff.get(url(model, "add")).status_code == 403
    assert staff.post(url(model, "add"), sent).status_code == 403
    assert model.objects.filter(pk=row.pk).values().get() == before
    assert world.grants() == world_before


def test_the_outbox_shows_how_mails_fare_and_not_what_they_say(staff: Client, world: World) -> None:
    own.send_feedback("Un secret entre nous", by=world["A"])
    OutgoingMail.objects.update(tries=7, last_error="SMTPServerDisconnected")
    mail = OutgoingMail.objects.get()
    for page in (url(OutgoingMail, "changelist"), url(OutgoingMail, "change", mail.pk)):
        text = staff.get(page).text
        assert "SMTPServerDisconnected" in text
        assert "secret" not in text


def _row(model: Any, world: World) -> Any:
    if model is AuditEntry:
        return AuditEntry.objects.create(act=Act.EDIT, actor=world["A"])
    if model is OutgoingMail:
        own.send_feedback("Bonjour", by=world["A"])
    if model is Administrator:
        return world["A"]
    return model.objects.order_by("pk").first()


def _asked_by(model: Any) -> list[tuple[str, str]]:
    """Every name under which the page of a list takes a filter, and some that all pages take.

    Django reads a value alike under each of the rarer names: a few tell.
    """
    offered = [_parameter(one) for one in admin.site._registry[model].list_filter]
    rare = [f"{name}{suffix}" for name in offered for suffix in RARE_SUFFIXES]
    usual = [*offered, *(f"{name}__exact" for name in offered), "q", "p", "o", "pk"]
    return [*product(usual, UNREADABLE), *product(rare, UNREADABLE if LONG else FEW_UNREADABLE)]


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_a_filter_that_cannot_be_read_is_no_fault_of_ours(
    staff: Client, world: World, model: Any
) -> None:
    """A list without rows, a bad request, or the list without filters, as Django answers."""
    page = url(model, "changelist")
    for name, value in _asked_by(model):
        answer = staff.get(page, {name: value}, follow=True)
        empty = name.endswith("__isnull") and (model, name) not in OF_NO_ENTERPRISE
        refused = name == "pk" or empty
        assert answer.status_code == (400 if refused else 200), (name, value)
        assert answer.redirect_chain in ([], [(f"{page}?e=1", 302)])
        assert AuditEntry.objects.count() == 0, "the database goes on answering"


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_a_search_of_thousands_of_words_is_answered(
    staff: Client, world: World, model: Any
) -> None:
    answer = staff.get(url(model, "changelist"), {"q": "x " * 1900})
    assert answer.status_code == 200


FILTERED = [model for model, one in admin.site._registry.items() if one.list_filter]


@pytest.mark.parametrize("model", FILTERED, ids=lambda model: model.__name__)
def test_each_choice_of_a_filter_opens(staff: Client, furnished: World, model: Any) -> None:
    page = url(model, "changelist")
    changelist = staff.get(page).context_data["cl"]
    for offered in changelist.filter_specs:
        for choice in offered.choices(changelist):
            answer = staff.get(f"{page}{choice['query_string']}")
            assert answer.status_code == 200, choice


def test_people_alone_have_actions(staff: Client, world: World) -> None:
    """Of all lists; the tests of ticks below ask each of these."""
    found = {
        (model, action)
        for model, one in admin.site._registry.items()
        for action in one.get_actions(staff.get(url(model, "changelist")).wsgi_request)
    }
    assert found == {(Administrator, action) for action in ACTIONS}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("tick", UNREADABLE)
def test_a_tick_that_is_no_id_is_a_bad_request(
    staff: Client, world: World, action: str, tick: str
) -> None:
    sent = {"action": action, "_selected_action": [tick]}
    answer = staff.post(url(Administrator, "changelist"), sent)
    assert answer.status_code == (302 if tick == "-1" else 400), "nothing is asked of nobody"


@pytest.mark.parametrize("tick", [str(2**63), "x"])
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "1"}, {"index": "0"}])
def test_no_act_is_asked_about_a_tick_that_is_no_id(
    staff: Client, world: World, action: str, confirmed: dict[str, str], tick: str
) -> None:
    sent = {"action": action, "_selected_action": [world["A"].pk, tick], **confirmed}
    assert staff.post(url(Administrator, "changelist"), sent).status_code == 400
    assert world["A"].is_active
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("path", ["/admin/", "/admin/sites/", "/admin/nothing/"])
def test_who_is_no_staff_reads_the_very_same_answer_as_of_nothing(world: World, path: str) -> None:
    """The menus too: it must not look as if one's rights had been lost."""
    client = visitors.visitor(world["S"])
    missing, hidden = client.get("/nothing/"), client.get(path)
    assert visitors.words(hidden) == visitors.words(missing)
    assert "Gérer les administrateurs" in visitors.words(hidden)
