"""A user id has one spelling in a file as on the pages, in its own column and where it is named."""

import pytest
from django.utils import translation

from sites import models
from tests import pages, visitors
from tests.files import Files
from tests.world import World

pytestmark = pytest.mark.django_db

HEAD = "site;user_id;first_name;last_name\n"
KARINE = "Karine.LOPEZ@exemple.fr"


def test_a_user_id_is_imported_in_small_letters(files: Files) -> None:
    assert files.give("users", f"{HEAD}Paris;{KARINE};Karine;Lopez\n").added == 1
    assert models.Subscriber.objects.filter(user_id=KARINE.lower()).count() == 1


def test_a_user_id_in_capitals_is_whoever_has_it(files: Files) -> None:
    user = files.rows["subscriber"]
    done = files.give("users", f"{HEAD}Paris;{user.user_id.upper()};Zoé;Nguyen\n")
    assert (done.added, done.changed) == (0, 1)
    twice = f"{HEAD}Paris;{KARINE};Karine;Lopez\nParis;{KARINE.lower()};Karine;Lopez\n"
    assert files.said("users", twice) == [(3, "")]


def test_the_same_file_after_the_user_was_saved_on_the_page(files: Files, world: World) -> None:
    content = f"{HEAD}Paris;{KARINE};Karine;Lopez\n"
    assert files.give("users", content).added == 1
    karine = models.Subscriber.objects.get(first_name="Karine")
    client, url = visitors.visitor(world["R"]), f"/assignments/users/{karine.pk}/"
    assert client.post(url, pages.form(client.get(url), email="k@exemple.fr")).status_code == 302
    assert files.give("users", content).unchanged == 1


def test_a_user_is_named_in_any_case(files: Files) -> None:
    user = files.rows["subscriber"]
    content = f"site;number;subscriber\nParis;0199001234;{user.user_id.upper()}\n"
    assert files.said("numbers", content) == []
    assert user.numbers.get().number.as_e164 == "+33199001234"


def test_letters_that_are_not_ascii_are_refused(files: Files) -> None:
    """The sign of the Kelvin, lowered, is a common k."""
    kelvin = "\u212aarine@exemple.fr"
    assert files.give("users", f"{HEAD}Paris;karine@exemple.fr;Karine;Lopez\n").added == 1
    assert files.said("users", f"{HEAD}Paris;{kelvin};Karine;Lopez\n") == [(2, "user_id")]
    named = f"site;number;subscriber\nParis;0199001234;{kelvin}\n"
    assert files.said("numbers", named) == [(2, "subscriber")]


@pytest.mark.parametrize("user_id", ["\u0130" * 200 + "@exemple.fr", "ren\u00e9@exemple.fr"])
def test_what_is_refused_says_of_which_form_it_must_be(files: Files, user_id: str) -> None:
    with translation.override("fr"):
        done = files.give("users", f"{HEAD}Paris;{user_id};A;B\n")
    said = "Saisissez un identifiant de la forme nom@exemple.fr."
    assert [one.message.endswith(said) for one in done.problems.first] == [True]
