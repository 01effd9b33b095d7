"""The title of a page says where one is, and first that something went wrong."""

import pytest

from tests import visitors
from tests.world import World

# Where a form is refused, by whom and with what.
REFUSED = {
    "/sign-in/": ("", {"x": ""}, "Connexion"),
    "/feedback/": ("A", {"x": ""}, "Envoyer l’avis"),
    "/administrators/create/": ("A", {"x": ""}, "Créer un administrateur"),
    "/administrators/{B}/contact/": ("A", {"x": ""}, "Contact principal – User-B Durand"),
    "/profile/main-contact/": ("R", {"main_phone": "x"}, "Profil Entreprise"),
    "/sites/{Paris}/hours/": ("R", {"monday_0": "x"}, "Heures d’ouverture – Paris"),
    "/sites/{Paris}/holidays/": ("R", {"x": ""}, "Heures d’ouverture – Paris"),
}


@pytest.mark.parametrize("url", REFUSED)
def test_a_refused_form_is_an_error_in_the_title(furnished: World, url: str) -> None:
    who, typed, expected = REFUSED[url]
    for name in ("B", "Paris"):
        url = url.replace(f"{{{name}}}", str({**furnished.people, **furnished.places}[name]))
    client = visitors.visitor(furnished[who] if who else None)
    assert visitors.title(client.get(url)) == expected
    page = client.post(url, typed)
    assert page.status_code == 200
    assert visitors.title(page) == f"Erreur : {expected}"
