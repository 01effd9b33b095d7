"""A file of sites: each is opened by the act, for all who hold all sites of the enterprise."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from administrators import services
from permissions.audit_items import of_site
from permissions.integrity import run_checks
from permissions.models import Act, AuditedSite, AuditEntry, SiteGrant
from permissions.replay import replay
from portal.imports.writing import BATCH
from sites.models import Enterprise, Site
from tests import factories
from tests.files import Files
from tests.world import CLOSED, World

pytestmark = pytest.mark.django_db

HOLD_ALL = ["R", "S", "S1"]
TWO = "name;city\nBrest;Brest\nQuimper;Quimper\n"


def grants(*names: str) -> set[tuple[str, str]]:
    """Who holds which of these sites."""
    held = SiteGrant.objects.filter(content_object__name__in=names)
    return set(held.values_list("user__username", "content_object__name"))


def opened() -> list[int]:
    """The ids of the two."""
    return list(Site.objects.filter(name__in=["Brest", "Quimper"]).values_list("pk", flat=True))


def test_they_appear_for_who_holds_all_sites_and_nobody_else(files: Files, world: World) -> None:
    done = files.give("sites", TWO)
    assert (done.problems.lines(), done.added) == ([], 2)
    holders = [world[name].username for name in HOLD_ALL]
    assert grants("Brest", "Quimper") == {
        (username, site) for username in holders for site in ("Brest", "Quimper")
    }
    assert files.owner.sites.filter(pk__in=opened()).count() == 2


def test_each_is_told_as_if_it_was_opened_by_hand(files: Files, world: World) -> None:
    files.give("sites", TWO, by=world["SU"])
    entries = AuditEntry.objects.filter(actor=world["SU"])
    created = entries.filter(act=Act.CREATE).values_list("item", flat=True)
    assert set(created) == {of_site(pk) for pk in opened()}
    given = entries.filter(act=Act.GRANT).values_list("target", "item")
    assert set(given) == {(world[name].pk, "sites:2") for name in HOLD_ALL}
    assert entries.get(act=Act.ADD).item == "import:sites"


def test_the_grants_are_as_if_they_were_given_by_hand(files: Files) -> None:
    files.give("sites", TWO)
    assert run_checks(by=None).faults == 0
    done, items = replay(), {of_site(pk) for pk in opened()}
    rebuilt = {held for held in done.rebuilt if held[1] in items}
    assert len(rebuilt) == len(HOLD_ALL) * len(items)
    assert rebuilt == {held for held in done.stored if held[1] in items}


def test_an_enterprise_gets_its_sites_before_its_root(files: Files, world: World) -> None:
    files.owner = Enterprise.objects.create(name="Neuve")
    assert files.give("sites", TWO, by=world["SU"]).added == 2
    assert not AuditedSite.objects.exists()
    assert not AuditEntry.objects.filter(act=Act.GRANT).exists()
    root = services.create_root(
        files.owner, details=factories.details("neuve"), features=[], by=world["SU"]
    )
    assert grants("Brest", "Quimper") == {(root.username, "Brest"), (root.username, "Quimper")}


def test_a_site_that_is_there_gets_what_the_file_says(files: Files) -> None:
    before = grants("Paris")
    done = files.give("sites", "name;city;country\nParis;Lutèce;be\nRennes;Condate;\n")
    assert (done.problems.lines(), done.added, done.changed) == ([], 0, 2)
    site = Site.objects.get(pk=files.site.pk)
    assert (site.city, site.country.code) == ("Lutèce", "BE")
    assert site.search_key.startswith("paris lutece")
    assert grants("Paris") == before
    assert not AuditEntry.objects.filter(act=Act.CREATE).exists()
    assert not Site.objects.get(name=CLOSED, enterprise=files.owner).is_open


def test_what_is_wrong_is_said_in_french(files: Files) -> None:
    lines = files.give("sites", "name;country\nBrest;Bretagne\nPARIS;\n").problems.lines()
    assert lines == [
        "ligne 2, colonne country\u202f: «\u202fBretagne\u202f» n’est pas un pays.",
        "ligne 3, colonne name\u202f: Cette entreprise a déjà un site appelé «\u202fParis\u202f».",
    ]


@pytest.mark.parametrize("cell", ["BE", "be", "Belgique", "belgium"])
def test_a_country_is_written_as_people_do(files: Files, cell: str) -> None:
    assert files.give("sites", f"name;country\nMons;{cell}\n").added == 1
    assert Site.objects.get(name="Mons").country.code == "BE"


def test_without_a_country_it_is_france(files: Files) -> None:
    files.give("sites", "name;country\nBrest;\n")
    files.give("sites", "name\nQuimper\n")
    assert {site.country.code for site in Site.objects.filter(pk__in=opened())} == {"FR"}


def test_another_customer_may_have_a_site_of_that_name(files: Files, world: World) -> None:
    theirs = Site.objects.get(name="Metz")
    assert files.give("sites", "name;city\nMetz;Metz\n").added == 1
    assert Site.objects.filter(name="Metz").count() == 2
    assert Site.objects.get(pk=theirs.pk).city == theirs.city


@pytest.mark.parametrize(
    ("text", "line"),
    [("PARIS", 2), ("Brest\nBrèst", 3), ("Quimper\nbrest\nBREST\nNantes", 4)],
    ids=["one there already", "two in the file", "among others"],
)
def test_no_site_is_called_like_another(files: Files, text: str, line: int) -> None:
    before = list(Site.objects.order_by("pk").values())
    assert files.said("sites", f"name\n{text}\n") == [(line, "name")]
    assert list(Site.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("country", "Brabant"),
        ("contact_email", "karine"),
        ("phone", "12"),
        ("postal_code", "7" * 13),
    ],
)
def test_what_is_wrong_is_said_of_its_column(files: Files, column: str, cell: str) -> None:
    assert files.said("sites", f"name;{column}\nBrest;{cell}\n") == [(2, column)]
    assert not Site.objects.filter(name="Brest").exists()


def test_a_trial_run_opens_nothing(files: Files) -> None:
    before = Site.objects.count(), SiteGrant.objects.count(), AuditEntry.objects.count()
    assert files.give("sites", TWO, dry_run=True).added == 2
    assert (Site.objects.count(), SiteGrant.objects.count(), AuditEntry.objects.count()) == before


def test_one_that_is_wrong_among_many_is_found(files: Files) -> None:
    """Its batch is halved until it stands alone, not tried line by line."""
    names = [f"Boutique {n:04d}" for n in range(300)]
    names[200:200] = ["boutique 0007"]
    assert len(names) < BATCH
    with CaptureQueriesContext(connection) as queries:
        done = files.give("sites", "name\n" + "\n".join(names))
    assert [(one.line, one.column) for one in done.problems.first] == [(202, "name")]
    assert done.added == 300
    assert len(queries) < 300


@pytest.mark.parametrize("name", ["\u3164", "\u200b \u200d", "\u00ad"])
def test_a_name_that_nobody_can_see_is_none(files: Files, name: str) -> None:
    assert files.said("sites", f"name\n{name}\n") == [(2, "name")]


@pytest.mark.parametrize("name", ["Br\u200best", "Br\u202eest", " Br  est "])
def test_a_name_is_kept_as_the_page_keeps_it(files: Files, name: str) -> None:
    assert files.give("sites", f"name\n{name}\n").added == 1
    assert Site.objects.filter(name="Br est").exists()
    assert files.give("sites", f"name\n{name}\n").unchanged == 1


def test_what_changes_is_told_as_if_it_was_changed_by_hand(files: Files, world: World) -> None:
    files.give("sites", "name;city;phone\nParis;Lutèce;01 99 00 00 01\n", by=world["SU"])
    edits = AuditEntry.objects.filter(act=Act.EDIT, actor=world["SU"])
    told = {edit.item: (edit.before, edit.after) for edit in edits.exclude(item="import:sites")}
    assert told == {
        f"site:{files.site.pk}:city": ("Paris", "Lutèce"),
        f"site:{files.site.pk}:phone": ("", "01 99 00 00 01"),
    }


def test_a_change_writes_nothing_of_the_key(files: Files) -> None:
    """Or PostgreSQL would keep everybody from naming the site until the file has ended."""
    with CaptureQueriesContext(connection) as queries:
        assert files.give("sites", "name;city\nParis;Lutèce\n").changed == 1
    (written,) = [one["sql"] for one in queries if "DO UPDATE SET" in one["sql"].upper()]
    after = written.partition("DO UPDATE SET")[2]
    assert '"city" = EXCLUDED' in after
    assert '"name" = EXCLUDED' not in after


def test_an_enterprise_leads_to_its_file(staff: Client, world: World) -> None:
    owner = world.enterprises["E"]
    page = staff.get(reverse("admin:sites_enterprise_change", args=[owner.pk])).text
    assert f"/admin/import/?kind=sites&amp;enterprise={owner.pk}" in page
    form = staff.get(f"/admin/import/?kind=sites&enterprise={owner.pk}").context["form"]
    assert (form["kind"].value(), str(form["enterprise"].value())) == ("sites", str(owner.pk))
