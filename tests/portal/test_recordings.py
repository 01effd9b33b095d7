"""«Enregistrement des appels»: the recorded calls, and what is recorded for whom."""

from datetime import UTC, datetime

import pytest

from permissions.features import FeatureCode as F
from sites.models import Recording, Subscriber
from tests import visitors
from tests.portal import lists
from tests.world import World

URL, USERS = "/recordings/", "/recordings/users/"


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


def add(world: World, count: int = 1, **fields: object) -> Recording:
    """More recordings at Paris."""
    start = Recording.objects.count()
    base = {"at": datetime(2026, 1, 1, tzinfo=UTC), "number": "+33199001234", "peer": "",
            "seconds": 1}  # fmt: skip
    made = [
        Recording.objects.create(site=world.site("Paris"), reference=f"N-{n}", **(base | fields))
        for n in range(start, start + count)
    ]
    return made[-1]


@pytest.mark.parametrize("url", [URL, USERS])
@pytest.mark.parametrize(
    ("who", "sites"), [("R", "Lille Lyon Nantes Nice Paris"), ("X", "Dijon Metz")]
)
def test_only_the_sites_held(world: World, url: str, who: str, sites: str) -> None:
    found = lists.shown(visitors.visitor(world[who]), url, "site")
    assert sorted(str(site) for site in found) == sites.split()


@pytest.mark.parametrize("url", [URL, USERS])
def test_no_other_feature_opens_it(world: World, url: str) -> None:
    others = [code for code in F if code != F.CALL_RECORDING]
    assert visitors.visitor(lists.holder(world, *others)).get(url).status_code == 403


@pytest.mark.parametrize(
    ("seconds", "length"),
    [(0, "0 s"), (488, "8 min 08 s"), (59, "59 s"), (60, "1 min 00 s"), (3725, "62 min 05 s")],
)
def test_the_length_in_minutes_and_seconds(world: World, seconds: int, length: str) -> None:
    add(world, seconds=seconds, at=datetime(2026, 5, 1, tzinfo=UTC))
    assert lists.shown(visitors.visitor(world["R"]), URL, "seconds")[0] == length


def test_a_recording_of_nobody_says_so(world: World) -> None:
    add(world)
    page = visitors.visitor(world["R"]).get(f"{URL}?q=N-")
    (row,) = page.context["table"].paginated_rows
    assert (row.get_cell("subscriber"), row.get_cell_value("subscriber")) == ("—", "")


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2026-03-13", "", 0), ("2026-03-12", "2026-03-12", 5), ("", "2026-03-11", 1),
        ("2026-01-01", "2026-01-01", 1), ("pas une date", "", 6), ("0001-01-01", "9999-12-31", 6),
    ],
)  # fmt: skip
def test_between_two_days(world: World, since: str, until: str, found: int) -> None:
    add(world, at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))  # the first of January in Paris
    client = visitors.visitor(world["R"])
    assert len(lists.shown(client, URL, "site", since=since, until=until)) == found


@pytest.mark.parametrize("query", ["01 99 00 12 34", "+33199001234", "0199001234", "N-"])
def test_search_by_number_or_reference(world: World, query: str) -> None:
    made = add(world)
    page = visitors.visitor(world["R"]).get(URL, {"q": query})
    assert [row.record for row in page.context["table"].paginated_rows] == [made]


def test_search_by_the_other_party(world: World) -> None:
    made = add(world, peer="+33199005555")
    page = visitors.visitor(world["R"]).get(URL, {"q": "01 99 00 55 55"})
    assert [row.record for row in page.context["table"].paginated_rows] == [made]


def test_what_is_recorded_for_whom(world: World) -> None:
    Subscriber.objects.filter(site=world.places["Lyon"]).update(recording="always")
    client = visitors.visitor(world["R"])
    assert [str(site) for site in lists.shown(client, USERS, "site", policy="always")] == ["Lyon"]
    assert lists.shown(client, USERS, "name", q="paris") == ["Léa Dupont Paris"]
    always, never = Subscriber.RecordingPolicy.ALWAYS.label, Subscriber.RecordingPolicy.NEVER.label
    assert set(lists.shown(client, USERS, "recording")) == {str(always), str(never)}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("secret", False), ("prive.exemple", False), ("privé", False), ("fr4321", False),
        ("lea.paris@exemple.fr", True), ("dupont", True), ("4321", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("email", ["secret@prive.exemple", "secret@privé.exemple"])
def test_nobody_guesses_an_email_that_is_not_shown(
    world: World, email: str, query: str, found: bool
) -> None:
    user = Subscriber.objects.get(site=world.places["Paris"])
    user.user_id, user.email, user.extension = "lea.paris@exemple.fr", email, "4321"
    user.save()
    shown = lists.shown(visitors.visitor(world["R"]), USERS, "name", q=query)
    assert ("Léa Dupont Paris" in shown) == found


@pytest.mark.parametrize("as_file", ["csv", "xlsx"])
@pytest.mark.parametrize(("url", "column", "at"), [(URL, "seconds", 3), (USERS, "name", 0)])
def test_the_file_is_the_list(world: World, url: str, column: str, at: int, as_file: str) -> None:
    add(world, 12, seconds=75)
    client = visitors.visitor(world["R"])
    _head, *rows = lists.rows_of(client, url, as_file)
    assert [row[at] for row in rows] == [str(one) for one in lists.shown(client, url, column)]


@pytest.mark.parametrize("as_file", ["csv", "xlsx"])
def test_a_file_says_the_time_of_the_site(world: World, as_file: str) -> None:
    client = visitors.visitor(lists.holder(world, F.CALL_RECORDING))
    assert lists.rows_of(client, URL, as_file)[1][0].startswith("2026-03-12 10:30:00")


@pytest.mark.parametrize("url", [URL, USERS])
def test_as_many_queries_for_three_rows_as_for_thirty(world: World, url: str) -> None:
    client = visitors.visitor(lists.holder(world, F.CALL_RECORDING, sites="Paris Lyon Lille"))
    few = lists.queries(lambda: client.get(url, {"per_page": "50"}))
    for number in range(27):
        user = Subscriber.objects.create(
            site=world.site("Paris"), first_name="Jim", last_name="Fennell",
            user_id=f"jim{number}@exemple.fr",
        )  # fmt: skip
        add(world, subscriber=user)
    assert len(lists.shown(client, url, "site")) == 30
    assert lists.queries(lambda: client.get(url, {"per_page": "50"})) == few
