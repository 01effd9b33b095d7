"""Editing remarks: who may, what is kept of it, and what a stale page may not do."""

import re

import pytest

from permissions.errors import OutOfScope, StaleVersion
from permissions.features import FeatureCode as F
from permissions.models import Act, FeatureGrant
from portal.acts.notes import add_note, edit_note
from sites.models import NoteVersion
from tests import pages, visitors
from tests.portal import lists
from tests.portal.notes import UNKNOWN, URL, a_note, audited, edit_url
from tests.world import World


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


def test_anybody_who_reaches_a_note_edits_it_and_its_history_is_kept(world: World) -> None:
    note, client = a_note(world), visitors.visitor(world["B"])
    first = note.text
    for text in ("Deuxième texte", "Troisième texte"):
        page = client.get(edit_url(note))
        answer = client.post(edit_url(note), pages.form(page, text=text))
        assert answer.headers["Location"] == f"{URL}{note.pk}/"
    note.refresh_from_db()
    assert (note.text, note.version, note.author_name) == ("Troisième texte", 3, "User-R Durand")
    kept = list(NoteVersion.objects.values_list("text", "editor", "editor_name"))
    by = (world.people["B"], "User-B Durand")
    assert kept == [("Deuxième texte", *by), (first, *by)]
    item, site = f"note:{note.pk}:text", world.places["Paris"]
    assert audited(Act.EDIT) == [
        (item, "Deuxième texte", "Troisième texte", site), (item, first, "Deuxième texte", site)
    ]  # fmt: skip
    text = visitors.words(client.get(f"{URL}{note.pk}/"))
    assert text.index("Troisième texte") < text.index("Deuxième texte") < text.index(first)
    assert re.search(r"Modifiée par User-B Durand, le \d{1,2}(er)? \w+ \d{4} à \d\d:\d\d", text)
    assert "Remarque : Paris" in text


def test_the_search_follows_the_new_text(world: World) -> None:
    edit_note(a_note(world), "Badge perdu", by=world["R"], version=1)
    found = lists.shown(visitors.visitor(world["R"]), URL, "site", q="badge")
    assert [str(site) for site in found] == ["Paris"]


def test_editors_are_named_one_by_one_to_who_may_know_them(world: World) -> None:
    note = a_note(world)
    edit_note(note, "De S", by=world["S"], version=1)
    edit_note(note, "De B", by=world["B"], version=2)
    page = visitors.visitor(world["A"]).get(f"{URL}{note.pk}/")
    assert [one["editor"] for one in page.context["versions"]] == ["User-B Durand", UNKNOWN]
    assert "User-S" not in visitors.words(page)


@pytest.mark.parametrize("editor", [None, 987654])
def test_an_editor_who_is_gone_is_not_named(world: World, editor: int | None) -> None:
    note = a_note(world)
    old = {"text": "Ancien", "editor_id": editor, "editor_name": "User-B Durand"}
    NoteVersion.objects.create(note=note, **old)
    edit_note(note, "Nouveau", by=world["B"], version=1)
    page = visitors.visitor(world["A"]).get(f"{URL}{note.pk}/")
    assert [one["editor"] for one in page.context["versions"]] == ["User-B Durand", UNKNOWN]


def test_the_same_text_again_leaves_no_trace(world: World) -> None:
    note = a_note(world)
    assert edit_note(note, note.text, by=world["R"], version=1) is False
    assert (a_note(world).version, NoteVersion.objects.count()) == (1, 0)
    assert not audited(Act.EDIT)


def test_a_stale_save_shows_both_texts_and_the_second_takes_it_up(world: World) -> None:
    note, client = a_note(world), visitors.visitor(world["A"])
    form = pages.form(client.get(edit_url(note)), text="Ce que A a écrit")
    edit_note(note, "Ce que B a écrit", by=world["B"], version=1)
    page = client.post(edit_url(note), form)
    assert page.status_code == 200
    text = visitors.words(page)
    assert "a été modifiée entre-temps par User-B Durand" in text
    assert "Ce que B a écrit" in pages.described_by(page, "text")
    assert pages.form(page)["text"] == ["Ce que A a écrit"]
    assert a_note(world).text == "Ce que B a écrit"
    assert client.post(edit_url(note), pages.form(page)).status_code == 302
    assert a_note(world).text == "Ce que A a écrit"


def test_who_was_quicker_is_not_named_to_who_may_not_know(world: World) -> None:
    note = a_note(world)
    edit_note(note, "De S", by=world["S"], version=1)
    with pytest.raises(StaleVersion) as refused:
        edit_note(note, "De B", by=world["B"], version=1)
    assert refused.value.name == "un autre administrateur"


def test_long_texts_are_shortened_in_the_audit(world: World) -> None:
    note = add_note(world.site("Paris"), "a" * 300, by=world["N"])
    edit_note(note, "b" * 300, by=world["N"], version=1)
    assert audited(Act.ADD)[0][1:3] == ("", "a" * 200)
    assert audited(Act.EDIT)[0][1:3] == ("a" * 200, "b" * 200)


@pytest.mark.parametrize(
    ("who", "site"), [("N", "Lyon"), ("N", "Metz"), ("Z", "Paris"), ("D", "Lille"), ("T", "Lyon"),
                      ("R", "Rennes"), ("SU", "Paris")],
)  # fmt: skip
def test_nobody_writes_out_of_scope(world: World, who: str, site: str) -> None:
    with pytest.raises(OutOfScope):
        add_note(world.site(site), "Bonjour", by=world[who])
    with pytest.raises(OutOfScope):
        edit_note(a_note(world, site), "Bonjour", by=world[who], version=1)


def test_the_feature_is_asked_afresh(world: World) -> None:
    person = lists.holder(world, F.NOTES)
    FeatureGrant.objects.filter(user=person).delete()
    with pytest.raises(OutOfScope):
        add_note(world.site("Paris"), "Bonjour", by=person)


def test_a_long_history_costs_no_more(world: World) -> None:
    note, client = a_note(world), visitors.visitor(world["R"])
    edit_note(note, "0", by=world["R"], version=1)
    few = lists.queries(lambda: client.get(f"{URL}{note.pk}/"))
    for number, who in enumerate("ABSN" * 3):
        edit_note(note, f"Texte {number}", by=world[who], version=2 + number)
    assert lists.queries(lambda: client.get(f"{URL}{note.pk}/")) == few
