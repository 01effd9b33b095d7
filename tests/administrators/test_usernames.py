"""Usernames have one spelling, so that no two look alike."""

from types import SimpleNamespace

import pytest
from django.test import Client

from administrators import services, usernames
from administrators.errors import UsernameInvalid, UsernameTaken
from administrators.models import Administrator
from administrators.usernames import canonical_username
from tests.factories import details
from tests.permissions.acting import state
from tests.world import World

REFUSED = {
    "empty": "",
    "only spaces": "   ",
    "only unseen signs": "\u200b\u200e\u200f",
    "too short": "ab",
    "too long": "a" * 65,
    "a Cyrillic a": "n\u043era.petit",
    "a Greek o": "n\u03bfra.petit",
    "dotless i": "nora.pet\u0131t",
    "an accent": "élodie",
    "a direction mark inside": "nora\u202epetit",
    "a zero-width space inside": "nora\u200bpetit",
    "a soft hyphen inside": "nora\u00adpetit",
    "a space inside": "nora petit",
    "a line break inside": "nora\npetit",
    "NUL inside": "nora\x00petit",
    "an emoji": "nora😀",
    "an e-mail address": "user-b@exemple.fr",
    "markup": "<b>nora</b>",
    "a dot first": ".nora",
    "a slash": "nora/petit",
    "digits of another script": "nora\u0661\u0662\u0663\u0665\u0bf0",
}
THE_SAME = {
    "as it is": "nora.petit",
    "capitals": "NORA.Petit",
    "spaces around": "  nora.petit\t",
    "a mark at the end": "nora.petit\u200f",
    "full width": "\uff4eora\uff0epetit",
    "a mathematical letter": "\U0001d427ora.petit",
}


@pytest.mark.parametrize("username", REFUSED.values(), ids=REFUSED)
def test_not_a_username(world: World, username: str):
    before = state(world), Administrator.objects.count()
    with pytest.raises(UsernameInvalid):
        services.create_administrator(by=world["A"], details=details() | {"username": username})
    with pytest.raises(UsernameInvalid):
        services.update_details(world["B"], {"username": username}, by=world["A"])
    assert (state(world), Administrator.objects.count()) == before


@pytest.mark.parametrize("username", THE_SAME.values(), ids=THE_SAME)
def test_spellings_of_one_name(world: World, username: str):
    named = details() | {"username": username}
    child = services.create_administrator(by=world["A"], details=named)
    assert child.username == "nora.petit"
    assert Administrator.objects.get_by_natural_key("NORA.petit") == child
    with pytest.raises(UsernameTaken):
        services.create_administrator(by=world["X"], details=details("nora.petit"))


@pytest.mark.parametrize("username", ["user-y", "USER-Y", "user-b"])
def test_a_name_that_somebody_has(world: World, username: str):
    """One answer, whoever has it: this enterprise or another."""
    with pytest.raises(UsernameTaken) as refused:
        services.update_details(world["C"], {"username": username}, by=world["A"])
    assert refused.value.field == "username"
    assert world["C"].username == "user-c"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("STRASSE", "strasse"), ("straße", "strasse"), ("\u212aelvin", "kelvin"), (" a ", "a")],
)
def test_canonical(typed: str, kept: str):
    assert canonical_username(typed) == kept


def test_of_a_long_text_only_the_beginning_is_read(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody may send one, and what Python does with a long row of accents takes minutes."""
    read: list[int] = []

    def normalize(form: str, text: str) -> str:
        read.append(len(text))
        return text

    monkeypatch.setattr(usernames, "unicodedata", SimpleNamespace(normalize=normalize))
    typed = "a" + "\u0301\u0323" * 10_000
    assert client.post("/sign-in/", {"username": typed, "password": typed}).status_code == 200
    assert read
    assert max(read) <= usernames.READ
