"""What the audit is about: in words to the carrier, and by the code that a search finds."""

import pytest

from permissions import audit, audit_words, delegation
from permissions.errors import BeyondParent
from permissions.models import Act, AuditEntry
from tests.visitors import visitor, words
from tests.world import World


@pytest.mark.parametrize(
    ("act", "item", "said"),
    [
        (Act.GRANT, "feature:notes", "Remarques"),
        (Act.REVOKE, "all_sites", "Tous les sites, présents et à venir"),
        (Act.GRANT, "site:4", "Site"),
        (Act.GRANT, "sites:1200", "1\xa0200 sites"),
        (Act.EDIT, "email", "E-mail"),
        (Act.CREATE, "username", "Nom d’utilisateur"),
        (Act.EDIT, "device:7:name", "Appareil\u202f: nom"),
        (Act.REMOVE, "device:7", "Appareil"),
        (Act.EDIT, "enterprise:4:city", "Entreprise\u202f: ville"),
        (Act.ADD, "import:numbers", "Import\u202f: numéros"),
        (Act.GRANT, "feature:gone", "gone"),
        (Act.EDIT, "device:7:gone", "Appareil\u202f: gone"),
        (Act.EDIT, "gone", "Gone"),
        (Act.REFUSED, "form:sites", ""),
        (Act.EXPORT, "history", ""),
        (Act.EXPORT, "devices", ""),
        (Act.REFUSED, "404 /device:7/", ""),
        (Act.SIGN_IN, "", ""),
    ],
)
def test_the_carrier_reads_what_it_was_done_to(act: Act, item: str, said: str) -> None:
    target = 1 if act in {Act.EDIT, Act.CREATE} and ":" not in item else None
    assert audit_words.to_the_carrier(AuditEntry(act=act, item=item, target_id=target)) == said


def test_what_has_no_words_is_shown_as_it_is_found(world: World) -> None:
    audit.record(Act.EXPORT, by=world["A"], item="history")
    assert "history" in words(visitor(world["SU"]).get("/admin/permissions/auditentry/"))


def test_the_carrier_reads_why_it_was_refused(world: World) -> None:
    with pytest.raises(BeyondParent) as refused:
        delegation.change_sites(world["B"], add=[world.places["Nice"]], by=world["A"])
    entry = AuditEntry.objects.get(act=Act.REFUSED)
    page = words(visitor(world["SU"]).get(f"/admin/permissions/auditentry/{entry.pk}/change/"))
    assert refused.value.message in page
    assert "change_sites: BeyondParent" in page
