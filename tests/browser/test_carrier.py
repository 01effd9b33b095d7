"""Carrier staff in the Django admin."""

from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from sites.models import Site
from tests.browser import test_session_notice
from tests.browser.conftest import Visit
from tests.browser.people import heading, names, press, sign_in
from tests.browser.test_accessibility import COLOURS, JUDGE, RULES

pytestmark = pytest.mark.browser
JUDGED = [
    "", "import/?kind=users", "administrators/administrator/", "administrators/administrator/add/",
    "sites/enterprise/", "sites/site/add/", "sites/callrecord/", "permissions/auditentry/",
]  # fmt: skip
LOOKS = {"light": RULES, "dark": COLOURS}


def test_a_site_that_the_carrier_adds_appears_at_once(visit: Visit) -> None:
    """For whoever holds all sites, present and future; and for nobody else."""
    page = visit()
    sign_in(page, "operateur")
    expect(page.get_by_role("link", name="Administration de l’opérateur")).to_be_visible()
    expect(heading(page)).to_have_text("Entreprises, sites et administrateurs")
    page.get_by_role("link", name="Entreprises", exact=True).first.click()
    page.get_by_role("link", name="Boulangeries Martin").click()
    page.get_by_role("link", name="Ajouter un site").click()
    page.get_by_label("Nom :").fill("Boutique Nice Port")
    page.get_by_label("Ville :").fill("Nice")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Boutique Nice Port").first).to_be_visible()
    for username in ("cmartin", "jwagner"):
        theirs = visit(username)
        theirs.goto("/sites/?q=nice")
        assert names(theirs) == ["Boutique Nice Port"]
    for username in ("mkievit", "plefevre"):
        theirs = visit(username)
        theirs.goto("/sites/?q=nice")
        expect(theirs.get_by_text("Aucun résultat pour « nice ».")).to_be_visible()


def test_what_the_carrier_types_outlives_the_session(visit: Visit) -> None:
    page, site = visit("operateur"), Site.objects.get(name="Boutique Vannes")
    page.clock.install()
    page.goto(f"/admin/sites/site/{site.pk}/change/")
    page.get_by_label("Ville").fill("Auray")
    test_session_notice.after(page, 55)
    test_session_notice.told(page, "Votre session prend fin dans moins de 5 minutes")
    press(page, "Rester connecté")
    expect(test_session_notice.notice(page)).to_have_count(0)
    test_session_notice.ended(page)
    test_session_notice.another_tab(page, "operateur")
    expect(test_session_notice.notice(page)).to_have_count(0)
    press(page, "Enregistrer")
    expect(page.get_by_text("Modifications enregistrées")).to_be_visible()
    site.refresh_from_db()
    assert site.city == "Auray"


def test_axe_finds_nothing_in_the_lists_and_forms(visit: Visit) -> None:
    """The targets of the filters, too; light and dark. Colours do not fade while it looks."""
    page, found = visit("operateur", reduced_motion="reduce"), []
    for path, (colours, rules) in product(JUDGED, LOOKS.items()):
        page.emulate_media(color_scheme=colours)
        page.goto(f"/admin/{path}")
        page.evaluate(AXE_SCRIPT)
        found += [
            f"{path} ({colours}): {fault['help']}: {node['html'][:160]}"
            for fault in page.evaluate(JUDGE, rules)
            for node in fault["nodes"][:3]
        ]
    assert found == []


def test_a_file_is_tried_mended_and_imported(visit: Visit, tmp_path: Path) -> None:
    """A day that does not exist, then the same file mended, which one sees at the site."""
    page, file = visit(), tmp_path / "fermetures.csv"
    sign_in(page, "operateur")
    page.get_by_role("link", name="Importer un fichier").click()
    page.get_by_label("Type de fichier").select_option("Jours fériés")
    page.get_by_label("Entreprise").select_option("Boulangeries Martin")
    file.write_text("site;day;name\nBoutique Vannes;2031-02-30;Travaux\n", "utf-8")
    page.get_by_label("Fichier\u202f:", exact=True).set_input_files(file)
    page.get_by_role("button", name="Vérifier").click()
    result = page.locator("#result tbody tr")
    expect(result).to_have_count(1)
    expect(result.locator("td")).to_contain_text(["2", "day", "2031-02-30"])
    file.write_text("site;day;name\nBoutique Vannes;2031-02-28;Travaux\n", "utf-8")
    page.get_by_label("Fichier\u202f:", exact=True).set_input_files(file)
    page.get_by_role("button", name="Importer").click()
    expect(page.get_by_text("Le fichier a été importé")).to_be_visible()
    theirs = visit("cmartin")
    theirs.goto("/sites/?q=vannes")
    theirs.get_by_role("link", name="Boutique Vannes").first.click()
    theirs.goto(f"{theirs.url}holidays/")
    expect(theirs.get_by_text("Travaux")).to_be_visible()
