"""Carrier staff in the Django admin."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.people import heading, names, sign_in

pytestmark = pytest.mark.browser


def test_a_site_that_the_carrier_adds_appears_at_once(visit: Visit) -> None:
    """For whoever holds all sites, present and future; and for nobody else."""
    page = visit()
    sign_in(page, "operateur")
    expect(page.get_by_role("link", name="Administration de l’opérateur")).to_be_visible()
    expect(heading(page)).to_have_text("Entreprises, sites et administrateurs")
    page.get_by_role("link", name="Sites", exact=True).first.click()
    page.get_by_role("link", name="Ajouter site").last.click()
    page.get_by_label("Entreprise :").select_option("Boulangeries Martin")
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
