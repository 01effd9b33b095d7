"""The carrier's Django admin keeps the same rules as the portal's pages (rule 13)."""

from collections import Counter
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from guardian.models import GroupObjectPermission, UserObjectPermission

from administrators import services
from administrators.admin import AdministratorAdmin
from administrators.emails import send_due
from administrators.models import Administrator, OutgoingMail
from permissions import delegation, places
from permissions.errors import LastRoot, OutOfScope, Refused
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry, FeatureGrant, SiteGrant
from portal.admin_site import CarrierAdminSite
from sites.models import Enterprise, Site
from tests import factories
from tests.world import PEOPLE, SITES, World

ADMIN = "admin:administrators_administrator"
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
]
PLAIN_PAGES += ["admin:autocomplete", "admin:password_change_done"]
READ_ONLY = [SiteGrant, FeatureGrant, AuditEntry, OutgoingMail]
NEVER_DELETED = [Administrator, Enterprise, Site, *READ_ONLY]
FORBIDDEN = {
    "is_superuser", "is_staff", "is_active", "parent", "path", "password", "groups",
    "user_permissions", "all_sites", "session_epoch", "must_change_password", "bound",
}  # fmt: skip


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    """Carrier staff, signed in."""
    client.force_login(world["SU"], "administrators.backends.AdministratorBackend")
    return client


def url(model: Any, view: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def typed(person: Administrator, **changes: Any) -> dict[str, Any]:
    """What the change page sends back, untouched but for `changes`."""
    fields = ("username", *services.CONTACT, *services.ADDRESS, "version")
    sent = {name: str(getattr(person, name) or "") for name in fields}
    if not person.parent_id:
        sent["features"] = sorted(granted_features(person))
    return {**sent, **changes}


def new_root(customer: Enterprise, **changes: Any) -> dict[str, Any]:
    every = {"features": FeatureCode.values, "enterprise": customer.pk, "country": "FR"}
    return {**factories.details("claire.martin"), **every, **changes}


def granted_features(person: Administrator) -> set[str]:
    return set(FeatureGrant.objects.given_to(person).values_list("content_object_id", flat=True))


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def act_on(staff: Client, action: str, *people: Administrator) -> Any:
    sent = {"action": action, "_selected_action": [p.pk for p in people], "confirmed": "1"}
    return staff.post(reverse(f"{ADMIN}_changelist"), sent, follow=True)


# Who comes in


def test_the_site_is_ours() -> None:
    assert type(admin.sites.site._wrapped) is CarrierAdminSite


def test_what_stands_in_the_admin() -> None:
    assert {model._meta.label for model in admin.site._registry} == {
        "administrators.Administrator",
        "administrators.OutgoingMail",
        "axes.AccessAttempt",
        "axes.AccessFailureLog",
        "axes.AccessLog",
        "permissions.AuditEntry",
        "permissions.FeatureGrant",
        "permissions.SiteGrant",
        "sites.Enterprise",
        "sites.Site",
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


# Nothing is deleted, grants and traces are only read


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
    services.send_feedback("Un secret entre nous", by=world["A"])
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
        services.send_feedback("Bonjour", by=world["A"])
    if model is Administrator:
        return world["A"]
    return model.objects.order_by("pk").first()


# Enterprises


def test_the_list_of_enterprises_counts(staff: Client, world: World) -> None:
    answer = staff.get(url(Enterprise, "changelist"))
    rows = {e.name: (e.sites_n, e.people_n) for e in answer.context["cl"].result_list}
    people = Counter(row[1] for row in PEOPLE)
    assert rows == {
        f"Enterprise {name}": (len(sites.split()), people[name]) for name, sites in SITES.items()
    }
    found = staff.get(url(Enterprise, "changelist"), {"q": "prise f"}).context["cl"].result_list
    assert [e.name for e in found] == ["Enterprise F"]


def test_an_enterprise_is_added_and_leaves_a_trace(staff: Client, world: World) -> None:
    sent = {"name": "Boulangeries  Martin", "is_active": "on", "city": "Lyon", "country": "FR"}
    assert staff.post(url(Enterprise, "add"), sent).status_code == 302
    made = Enterprise.objects.get(name="Boulangeries Martin")
    assert (made.city, made.is_active) == ("Lyon", True)
    trace = AuditEntry.objects.get(act=Act.CREATE)
    assert (trace.actor_id, trace.item) == (world["SU"].pk, f"enterprise:{made.pk}")


def test_a_name_is_taken_once(staff: Client, world: World) -> None:
    sent = {"name": "Enterprise E", "country": "FR"}
    answer = staff.post(url(Enterprise, "add"), sent)
    assert (answer.status_code, set(errors(answer))) == (200, {"name"})
    answer = staff.post(url(Enterprise, "change", world.enterprises["F"].pk), sent)
    assert (answer.status_code, set(errors(answer))) == (200, {"name"})
    assert set(Enterprise.objects.values_list("name", flat=True)) == {
        "Enterprise E",
        "Enterprise F",
    }


def test_suspending_an_enterprise_ends_its_sessions(staff: Client, world: World) -> None:
    person = Client()
    person.force_login(world["A"], "administrators.backends.AdministratorBackend")
    assert person.get(reverse("my_account")).status_code == 200
    page = url(Enterprise, "change", world.enterprises["E"].pk)
    assert staff.post(page, {"name": "Enterprise E", "country": "FR"}).status_code == 302
    assert person.get(reverse("my_account")).status_code == 302
    trace = AuditEntry.objects.get(act=Act.EDIT)
    assert trace.item == f"enterprise:{world.enterprises['E'].pk}:is_active"
    assert (trace.before, trace.after) == ("True", "False")


# Sites


def test_a_new_site_appears_for_holders_of_all_sites_at_every_depth(
    staff: Client, world: World
) -> None:
    before = world.grants()
    sent = {"enterprise": world.enterprises["E"].pk, "name": "Brest", "is_open": "on"}
    assert staff.post(url(Site, "add"), {**sent, "country": "FR"}).status_code == 302
    assert world.grants() - before == {"R:Brest", "S:Brest", "S1:Brest"}
    assert before - world.grants() == set()


def test_a_site_is_edited_field_by_field(staff: Client, world: World) -> None:
    site = world.site("Paris")
    before = world.grants()
    sent = {"name": "Paris", "city": "Paris", "country": "FR", "phone": "01 23 45 67 89"}
    answer = staff.post(url(Site, "change", site.pk), {**sent, "is_open": "on"})
    assert answer.status_code == 302
    traces = AuditEntry.objects.filter(act=Act.EDIT).values_list("item", "before", "after")
    assert list(traces) == [(f"site:{site.pk}:phone", "", "+33 1 23 45 67 89")]
    assert world.grants() == before


def test_saving_a_site_untouched_leaves_no_trace(staff: Client, world: World) -> None:
    sent = {"name": "Paris", "city": "Paris", "country": "FR", "is_open": "on"}
    assert staff.post(url(Site, "change", world.places["Paris"]), sent).status_code == 302
    assert AuditEntry.objects.filter(act=Act.EDIT).count() == 0


def test_closing_a_site_keeps_its_grants(staff: Client, world: World) -> None:
    before = world.grants()
    sent = {"name": "Paris", "city": "Paris", "country": "FR"}
    assert staff.post(url(Site, "change", world.places["Paris"]), sent).status_code == 302
    assert world.site("Paris").is_open is False
    assert world.grants() == before
    assert set(Site.objects.held_by(world["N"]).values_list("name", flat=True)) == {"Nantes"}


def test_a_site_stays_with_its_enterprise(staff: Client, world: World) -> None:
    sent = {"name": "Paris", "city": "Paris", "country": "FR", "is_open": "on"}
    forged = {**sent, "enterprise": world.enterprises["F"].pk, "search_key": "forged", "id": 999}
    assert staff.post(url(Site, "change", world.places["Paris"]), forged).status_code == 302
    site = world.site("Paris")
    assert (site.enterprise_id, site.search_key) == (world.enterprises["E"].pk, "paris paris")


def test_two_sites_of_an_enterprise_have_two_names(staff: Client, world: World) -> None:
    sent = {"name": "Lyon", "country": "FR", "enterprise": world.enterprises["E"].pk}
    added = staff.post(url(Site, "add"), sent)
    assert (added.status_code, set(errors(added))) == (200, {"__all__"})
    changed = staff.post(url(Site, "change", world.places["Paris"]), sent)
    with override("fr"):
        assert errors(changed) == {"name": [places.NameTaken().message]}
    assert world.site("Paris").name == "Paris"
    assert AuditEntry.objects.filter(act=Act.REFUSED, actor=world["SU"].pk).count() == 1


def test_sites_are_found_without_case_and_accents(staff: Client, world: World) -> None:
    delegation.add_site(
        Site(enterprise=world.enterprises["F"], name="Évry-Courcouronnes"), by=world["SU"]
    )
    found = staff.get(url(Site, "changelist"), {"q": "EVRY"}).context["cl"].result_list
    assert [site.name for site in found] == ["Évry-Courcouronnes"]
    of_f = {"enterprise__id__exact": world.enterprises["F"].pk}
    found = staff.get(url(Site, "changelist"), of_f).context["cl"].result_list
    assert {site.name for site in found} == {"Metz", "Dijon", "Évry-Courcouronnes"}


def test_places_are_written_by_staff_alone(world: World) -> None:
    enterprise, site = world.enterprises["E"], world.site("Paris")
    for refused in (
        lambda: places.add_enterprise(Enterprise(name="Ma société"), by=world["R"]),
        lambda: places.edit_enterprise(enterprise, {"name": "À moi"}, by=world["R"]),
        lambda: places.edit_site(site, {"is_open": False}, by=world["R"]),
        lambda: delegation.add_site(Site(enterprise=enterprise, name="Brest"), by=world["R"]),
    ):
        with pytest.raises(OutOfScope):
            refused()
    with pytest.raises(ValueError, match="enterprise"):
        places.edit_site(site, {"enterprise": world.enterprises["F"]}, by=world["SU"])
    assert Enterprise.objects.count() == 2
    assert Site.objects.count() == 8
    assert AuditEntry.objects.filter(act=Act.REFUSED, actor=world["R"].pk).count() == 4


# Roots


@pytest.fixture
def customer(world: World) -> Enterprise:
    made, _sites = factories.enterprise("Boulangeries Martin", "Nancy", "Tours")
    return made


def test_a_root_is_created_with_its_grants_and_a_mail(
    staff: Client, world: World, customer: Enterprise, mailoutbox: list[Any]
) -> None:
    before = world.grants()
    ticked = ["notes", "manage_administrators"]
    answer = staff.post(reverse(f"{ADMIN}_add"), new_root(customer, features=ticked))
    assert answer.status_code == 302
    root = Administrator.objects.get(username="claire.martin")
    assert (root.enterprise, root.parent, bytes(root.path)) == (customer, None, b"")
    assert (root.must_change_password, root.has_usable_password()) == (True, False)
    held = {"*", "Nancy", "Tours", *ticked}
    assert world.grants() - before == {f"claire.martin:{item}" for item in held}
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.person, mail.text) == (OutgoingMail.Kind.WELCOME, root, "")
    assert send_due() == 1
    assert [sent.to for sent in mailoutbox] == [["claire.martin@exemple.fr"]]


def test_a_root_gets_all_features_unless_unticked(staff: Client, customer: Enterprise) -> None:
    form = staff.get(reverse(f"{ADMIN}_add")).context["adminform"].form
    assert set(form["features"].value()) == set(FeatureCode.values)
    assert len(FeatureCode.values) == 11


def test_an_enterprise_has_one_root(staff: Client, world: World) -> None:
    answer = staff.post(reverse(f"{ADMIN}_add"), new_root(world.enterprises["E"]))
    assert (answer.status_code, set(errors(answer))) == (200, {"enterprise"})
    assert 'value="claire.martin"' in answer.text
    assert not Administrator.objects.filter(username="claire.martin").exists()
    assert OutgoingMail.objects.count() == 0
    assert AuditEntry.objects.get(act=Act.REFUSED).item == "create_root: RootExists"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "user-a"),
        ("username", "USER-A"),
        ("username", "é"),
        ("username", ""),
        ("features", ["notes", "everything"]),
        ("enterprise", "999999"),
        ("email", "nobody"),
        ("work_phone", "12"),
    ],
)
def test_what_is_typed_wrongly_is_said_beside_the_field(
    staff: Client, customer: Enterprise, field: str, value: Any
) -> None:
    answer = staff.post(reverse(f"{ADMIN}_add"), new_root(customer, **{field: value}))
    assert (answer.status_code, set(errors(answer))) == (200, {field})
    assert Administrator.objects.filter(enterprise=customer).count() == 0
    assert OutgoingMail.objects.count() == 0


FORGED = {
    "is_superuser": "on", "is_staff": "on", "path": "AAAA", "version": "77", "password": "x",
    "session_epoch": "9", "all_sites": "on", "must_change_password": "", "is_active": "",
    "groups": "1", "user_permissions": "1", "search_key": "x", "id": "1", "pk": "1",
}  # fmt: skip


def test_forged_fields_of_a_new_root_have_no_effect(
    staff: Client, world: World, customer: Enterprise
) -> None:
    forged = FORGED | {"parent": world["A"].pk}
    staff.post(reverse(f"{ADMIN}_add"), new_root(customer) | forged)
    root = Administrator.objects.get(username="claire.martin")
    assert (root.is_superuser, root.is_staff, root.is_active) == (False, False, True)
    assert (root.parent, bytes(root.path), root.version, root.session_epoch) == (None, b"", 1, 0)
    assert (root.must_change_password, root.has_usable_password()) == (True, False)
    assert (root.groups.count(), root.user_permissions.count()) == (0, 0)


# The others


def columns(person: Administrator) -> dict[str, Any]:
    return Administrator.objects.filter(pk=person.pk).values().get()


@pytest.mark.parametrize("name", ["A", "S1", "D"])
def test_forged_fields_of_somebody_have_no_effect(staff: Client, world: World, name: str) -> None:
    person, grants = world[name], world.grants()
    before = columns(person)
    del before["city"], before["version"], before["search_key"]
    forged = {**FORGED, "parent": world["C"].pk, "enterprise": world.enterprises["F"].pk}
    forged |= {"features": FeatureCode.values, "bound": world["C"].pk, "site_count": "9"}
    sent = forged | typed(person, city="Dax")
    assert staff.post(reverse(f"{ADMIN}_change", args=[person.pk]), sent).status_code == 302
    after = columns(person)
    assert (after["city"], after["version"]) == ("Dax", person.version + 1)
    assert {key: after[key] for key in before} == before
    assert world.grants() == grants


@pytest.mark.parametrize("name", ["R", "A", "C", "SU"])
def test_no_page_has_a_field_for_what_is_not_edited(staff: Client, world: World, name: str) -> None:
    page = staff.get(reverse(f"{ADMIN}_change", args=[world[name].pk]))
    fields = set(page.context["adminform"].form.fields)
    details = {"username", *services.CONTACT, *services.ADDRESS, "version"}
    expected = {"R": details | {"features"}, "SU": set()}.get(name, details)
    assert fields == expected
    assert world[name].password not in page.text
    added = set(staff.get(reverse(f"{ADMIN}_add")).context["adminform"].form.fields)
    assert (fields | added) & FORBIDDEN == set()


def test_an_edit_is_traced_as_the_staffs(staff: Client, world: World) -> None:
    sent = typed(world["B"], last_name="Lefèvre", username="b.lefevre")
    assert staff.post(reverse(f"{ADMIN}_change", args=[world["B"].pk]), sent).status_code == 302
    traces = AuditEntry.objects.of(world["B"]).values_list("actor_id", "item", "before", "after")
    assert set(traces) == {
        (world["SU"].pk, "username", "user-b", "b.lefevre"),
        (world["SU"].pk, "last_name", "Durand", "Lefèvre"),
    }


def test_a_taken_username_is_refused(staff: Client, world: World) -> None:
    sent = typed(world["B"], username="user-x", city="Dax")
    answer = staff.post(reverse(f"{ADMIN}_change", args=[world["B"].pk]), sent)
    assert (answer.status_code, set(errors(answer))) == (200, {"username"})
    assert (world["B"].username, world["B"].city) == ("user-b", "")


def test_an_old_page_is_not_saved(staff: Client, world: World) -> None:
    old = typed(world["B"], city="Dax", street="1 rue du Port")
    services.update_details(world["B"], {"city": "Pau"}, by=world["A"])
    page = reverse(f"{ADMIN}_change", args=[world["B"].pk])
    answer = staff.post(page, old)
    assert (answer.status_code, set(errors(answer))) == (200, {"__all__", "city", "street"})
    assert (world["B"].city, world["B"].street) == ("Pau", "")
    again = typed(world["B"], city="Dax", street="1 rue du Port")
    assert staff.post(page, again).status_code == 302
    assert (world["B"].city, world["B"].street) == ("Dax", "1 rue du Port")


def test_taking_a_feature_from_a_root_takes_it_from_all_below(staff: Client, world: World) -> None:
    before = world.grants()
    kept = sorted(granted_features(world["R"]) - {"notes", "reports"})
    sent = typed(world["R"], features=kept)
    assert staff.post(reverse(f"{ADMIN}_change", args=[world["R"].pk]), sent).status_code == 302
    lost = {g for g in before if g.split(":")[1] in {"notes", "reports"} and g[0] not in "XY"}
    assert before - world.grants() == lost
    sent = typed(world["R"], features=[*kept, "notes"])
    staff.post(reverse(f"{ADMIN}_change", args=[world["R"].pk]), sent)
    assert before - world.grants() == lost - {"R:notes"}


def test_a_root_saved_with_a_refused_part_is_not_saved_at_all(staff: Client, world: World) -> None:
    before = world.grants()
    sent = typed(world["R"], username="user-a", features=["notes"])
    answer = staff.post(reverse(f"{ADMIN}_change", args=[world["R"].pk]), sent)
    assert (answer.status_code, set(errors(answer))) == (200, {"username"})
    assert world.grants() == before


def test_staff_is_only_looked_at(staff: Client, world: World) -> None:
    page = reverse(f"{ADMIN}_change", args=[world["SU"].pk])
    assert staff.get(page).status_code == 200
    before = columns(world["SU"])
    assert staff.post(page, {"username": "intrus", "first_name": "I"}).status_code == 403
    assert columns(world["SU"]) == before


def test_people_are_found_without_case_and_accents(staff: Client, world: World) -> None:
    services.update_details(world["C"], {"first_name": "Élodie"}, by=world["SU"])
    found = staff.get(reverse(f"{ADMIN}_changelist"), {"q": "elodie DURAND"})
    assert [one.pk for one in found.context["cl"].result_list] == [world["C"].pk]


@pytest.mark.parametrize(("state", "names"), [("disabled", {"D"}), ("owed", {"T"})])
def test_people_are_filtered_by_state(
    staff: Client, world: World, state: str, names: set[str]
) -> None:
    found = staff.get(reverse(f"{ADMIN}_changelist"), {"state": state}).context["cl"].result_list
    assert {world.name_of(one.pk) for one in found} == names


def test_the_page_of_somebody_says_where_they_stand(staff: Client, world: World) -> None:
    services.update_details(world["R"], {"first_name": "Rachel"}, by=world["SU"])
    text = staff.get(reverse(f"{ADMIN}_change", args=[world["C"].pk])).text
    assert "Rachel Durand › User-A Durand › User-B Durand" in text


# Acts


def test_a_reset_asks_first_then_mails(staff: Client, world: World) -> None:
    sent = {"action": "reset_password", "_selected_action": [world["A"].pk, world["R"].pk]}
    asked = staff.post(reverse(f"{ADMIN}_changelist"), sent)
    assert asked.status_code == 200
    assert "user-a" in asked.text
    assert OutgoingMail.objects.count() == 0
    act_on(staff, "reset_password", world["A"], world["R"])
    mails = OutgoingMail.objects.values_list("kind", "person")
    assert set(mails) == {("reset", world["A"].pk), ("reset", world["R"].pk)}
    assert world["A"].must_change_password is True
    assert AuditEntry.objects.filter(act=Act.RESET, actor=world["SU"].pk).count() == 2


def test_not_everybody_is_ticked_at_once(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AdministratorAdmin, "list_per_page", 2)
    text = staff.get(reverse(f"{ADMIN}_changelist")).text
    assert 'class="action-counter"' in text
    assert 'class="question' not in text


def test_disable_and_enable(staff: Client, world: World) -> None:
    act_on(staff, "disable", world["A"])
    assert (world["A"].is_active, world["B"].is_active) == (False, True)
    act_on(staff, "enable", world["A"])
    assert world["A"].is_active is True


REFUSED = [
    ("R", "disable", LastRoot),
    ("SU", "disable", OutOfScope),
    ("SU", "enable", OutOfScope),
    ("SU", "reset_password", OutOfScope),
    ("D", "reset_password", Refused),
]


@pytest.mark.parametrize(("name", "action", "reason"), REFUSED)
def test_a_refused_act_is_said_and_changes_nothing(
    staff: Client, world: World, name: str, action: str, reason: type[Refused]
) -> None:
    before = columns(world[name])
    answer = act_on(staff, action, world[name])
    with override("fr"):
        words = {"name": str(world[name]), "reason": reason().message}
        assert told(answer) == [gettext("%(name)s: %(reason)s") % words]
    assert columns(world[name]) == before
    assert OutgoingMail.objects.count() == 0
    trace = AuditEntry.objects.get(act=Act.REFUSED)
    assert (trace.target_id, trace.item) == (world[name].pk, f"{action}: {reason.__name__}")
