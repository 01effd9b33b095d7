"""«Remarques»: by site, with author and date; edited by whoever reaches them; history kept."""

import pytest

from permissions.features import FeatureCode as F
from permissions.models import Act
from portal.acts.notes import add_note, edit_note
from sites.models import Note
from tests import factories, pages, visitors
from tests.portal import lists
from tests.portal.notes import UNKNOWN, URL, a_note, audited, edit_url
from tests.world import World


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.mark.parametrize(
    ("who", "sites"),
    [("R", "Lille Lyon Nantes Nice Paris"), ("B", "Lille Lyon Paris"), ("N", "Nantes Paris"),
     ("S", "Lille Lyon Nantes Nice Paris"), ("Y", "Metz")],
)  # fmt: skip
def test_only_the_notes_of_sites_held(world: World, who: str, sites: str) -> None:
    found = lists.shown(visitors.visitor(world[who]), URL, "site")
    assert sorted(str(site) for site in found) == sites.split()


def test_no_other_feature_opens_notes(world: World) -> None:
    client = visitors.visitor(lists.holder(world, *(code for code in F if code != F.NOTES)))
    note = a_note(world)
    urls = [URL, f"{URL}add/", f"{URL}{note.pk}/", edit_url(note)]
    assert [client.get(url).status_code for url in urls] == [403] * 4


@pytest.mark.parametrize(("site", "status"), [("Nantes", 200), ("Lyon", 404), ("Metz", 404)])
def test_a_note_out_of_scope_is_missing(world: World, site: str, status: int) -> None:
    client, note = visitors.visitor(world["N"]), a_note(world, site)
    assert client.get(f"{URL}{note.pk}/").status_code == status
    assert client.get(edit_url(note)).status_code == status


def test_a_long_text_is_shortened_in_the_list_and_whole_in_a_file(world: World) -> None:
    text = "Porte du fond. " * 30
    Note.objects.filter(site=world.places["Paris"]).update(text=text)
    client = visitors.visitor(lists.holder(world, F.NOTES))
    page = visitors.words(client.get(URL))
    assert "Porte du fond. Porte" in page
    assert text.strip() not in page
    assert lists.rows_of(client, URL, "csv")[1][0] == text


@pytest.mark.parametrize(("who", "known"), [("R", True), ("A", True), ("B", False)])
def test_an_author_is_named_to_who_may_know_them(world: World, who: str, known: bool) -> None:
    client, note = visitors.visitor(world[who]), a_note(world)
    expected = "User-R Durand" if known else UNKNOWN
    assert set(lists.shown(client, URL, "author")) == {expected}
    assert {row[2] for row in lists.rows_of(client, URL, "csv")[1:]} == {expected}
    text = visitors.words(client.get(f"{URL}{note.pk}/"))
    assert ("User-R" in text) == known
    assert expected in text


def test_a_note_outlives_its_author(world: World) -> None:
    Note.objects.filter(site=world.places["Paris"]).update(author=987654)
    client = visitors.visitor(lists.holder(world, F.NOTES))
    assert lists.shown(client, URL, "author") == [UNKNOWN]
    assert UNKNOWN in visitors.words(client.get(f"{URL}{a_note(world).pk}/"))


@pytest.mark.parametrize(("edited", "sites"), [("edited", ["Lyon"]), ("as_written", ["Lille"])])
def test_filter_edited_or_not(world: World, edited: str, sites: list[str]) -> None:
    empty = visitors.visitor(world["R"]).get(URL).context["filter"].form.fields["edited"]
    assert str(empty.empty_label) == "Toutes"
    client = visitors.visitor(lists.holder(world, F.NOTES, sites="Lyon Lille"))
    note = a_note(world, "Lyon")
    edit_note(note, "Autre texte", by=world["R"], version=1)
    assert [str(one) for one in lists.shown(client, URL, "site", edited=edited)] == sites
    yes_no = dict(zip(lists.shown(client, URL, "site"), lists.shown(client, URL, "edited"),
                      strict=True))  # fmt: skip
    assert {str(site): said for site, said in yes_no.items()} == {"Lyon": "Oui", "Lille": "Non"}


def test_search_in_the_text(world: World) -> None:
    found = lists.shown(visitors.visitor(world["R"]), URL, "site", q="REMARQUE lyon")
    assert [str(site) for site in found] == ["Lyon"]


def test_search_in_the_whole_of_a_long_text(world: World) -> None:
    """Longer than what an index of PostgreSQL could hold."""
    add_note(world.site("Nantes"), "Œuvre é " * 440 + "Clé chez Élodie", by=world["N"])
    client = visitors.visitor(world["N"])
    for query in ("ELODIE", "cle élodie", "œuvre elodie"):
        assert [str(site) for site in lists.shown(client, URL, "site", q=query)] == ["Nantes"]


def test_who_holds_many_sites_chooses_one_first(world: World) -> None:
    sites = factories.more_sites(world["X"], 49)
    client = visitors.visitor(world["X"])
    answer = client.get(f"{URL}add/")
    assert answer.headers["Location"].startswith("/sites/choose/?next=%2Fnotes%2Fadd")
    assert client.post(f"{URL}add/", {"text": "Bonjour"}).headers == answer.headers
    client.post("/sites/chosen/", {"site": sites[0].pk})
    page = pages.read(client.get(f"{URL}add/"))
    assert page.choices["site"] == ["Choisir un site", sites[0].name]
    assert page.data["site"] == [str(sites[0].pk)]


def test_add_a_note(world: World) -> None:
    client = visitors.visitor(world["N"])
    answer = client.post(
        f"{URL}add/", {"site": world.places["Nantes"], "text": "Clé\r\nchez le gardien"}
    )
    note = Note.objects.latest("pk")
    assert answer.headers["Location"] == f"{URL}{note.pk}/"
    assert (note.text, note.author_id, note.author_name, note.site.name, note.version) == (
        "Clé\nchez le gardien", world.people["N"], "User-N Durand", "Nantes", 1
    )  # fmt: skip
    assert audited(Act.ADD) == [
        (f"note:{note.pk}", "", "Clé\nchez le gardien", world.places["Nantes"])
    ]


@pytest.mark.parametrize(
    ("site", "text", "field", "said"),
    [
        ("Nantes", "", "text", "Ce champ est obligatoire : renseignez-le."),
        ("Nantes", "  \r\n ", "text", "Ce champ est obligatoire : renseignez-le."),
        ("Nantes", "x" * 4001, "text", "au plus 4000 caractères"),
        ("Lyon", "Bonjour", "site", "Sélectionnez un choix valide."),
        ("", "Bonjour", "site", "Ce champ est obligatoire : faites un choix."),
    ],
)
def test_a_bad_note_is_said_beside_the_field(
    world: World, site: str, text: str, field: str, said: str
) -> None:
    before = Note.objects.count()
    data = {"site": world.places.get(site, ""), "text": text}
    page = visitors.visitor(world["N"]).post(f"{URL}add/", data)
    assert page.status_code == 200
    assert said in pages.described_by(page, field)
    assert Note.objects.count() == before
    assert not audited(Act.ADD)


def test_line_breaks_count_as_one_character(world: World) -> None:
    text = "x\r\n" * 1999 + "xx"
    data = {"site": world.places["Nantes"], "text": text}
    assert visitors.visitor(world["N"]).post(f"{URL}add/", data).status_code == 302


def test_the_sites_offered_are_those_in_scope_and_the_chosen_one_is_ticked(world: World) -> None:
    client = visitors.visitor(world["N"])
    page = pages.read(client.get(f"{URL}add/"))
    assert page.choices["site"] == ["Choisir un site", "Nantes", "Paris"]
    client.post("/sites/chosen/", {"site": world.places["Nantes"]})
    page = pages.read(client.get(f"{URL}add/"))
    assert page.choices["site"] == ["Choisir un site", "Nantes"]
    assert page.data["site"] == [str(world.places["Nantes"])]


@pytest.mark.parametrize("as_file", ["csv", "xlsx"])
def test_the_file_is_the_list(world: World, as_file: str) -> None:
    for number in range(12):
        add_note(world.site("Paris"), f"=1+{number}", by=world["N"])
    client = visitors.visitor(world["R"])
    _head, *rows = lists.rows_of(client, URL, as_file, sort="created_at")
    found = [row[0].removeprefix("'") for row in rows]
    assert found == lists.shown(client, URL, "text", sort="created_at")
    assert len(rows) == 17


def test_as_many_queries_for_three_rows_as_for_thirty(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.NOTES, sites="Paris Lyon Lille"))
    few = lists.queries(lambda: client.get(URL, {"per_page": "50"}))
    for person in factories.children(world["N"], 27):
        Note.objects.create(
            site=world.site("Paris"), text="x", author=person, author_name=str(person)
        )
    assert len(lists.shown(client, URL, "site")) == 30
    assert lists.queries(lambda: client.get(URL, {"per_page": "50"})) == few


def test_a_button_pressed_twice_writes_one_note(world: World) -> None:
    client = visitors.visitor(world["R"])
    data = {"site": world.places["Paris"], "text": "Le quai est en travaux."}
    for text in (data["text"], data["text"], "Autre chose."):
        assert client.post(f"{URL}add/", data | {"text": text}).status_code == 302
    notes = Note.objects.filter(site=world.places["Paris"]).values_list("text", flat=True)
    assert sorted(notes)[:2] == ["Autre chose.", "Le quai est en travaux."]
    assert len(notes) == 3


def test_a_note_has_no_character_that_nobody_sees(world: World) -> None:
    text = "Le quai\x0b est\u200b en\ttravaux.\r\nJusqu\u2019en mai.\ufffe"
    data = {"site": world.places["Paris"], "text": text}
    visitors.visitor(world["R"]).post(f"{URL}add/", data)
    assert Note.objects.latest("pk").text == "Le quai est en\ttravaux.\nJusqu\u2019en mai."
