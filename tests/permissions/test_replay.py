"""The audit alone rebuilds the grants."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from administrators import services
from administrators.models import Administrator
from permissions import delegation
from permissions.features import FeatureCode
from permissions.models import AuditEntry, SiteGrant
from permissions.replay import replay
from sites.models import Enterprise, Site

DETAILS = {"first_name": "Zoé", "last_name": "Petit", "email": "zoe@martin.example"}
CHANGES = ["UPDATE permissions_auditentry SET item = 'x'", "DELETE FROM permissions_auditentry"]


@pytest.fixture
def lived(db: None) -> dict[str, Administrator]:
    """An enterprise that came about by acts alone, with gifts, cascades and a new site."""
    staff = Administrator.objects.create_superuser("operateur", "o@carrier.example", "x")
    place = Enterprise.objects.create(name="E")
    sites = [delegation.add_site(Site(enterprise=place, name=n), by=staff) for n in "abcd"]
    ids = [site.pk for site in sites]
    root = services.create_root(
        place, details=DETAILS | {"username": "root"}, features=list(FeatureCode), by=staff
    )
    Administrator.objects.filter(pk=root.pk).update(must_change_password=False)
    root.refresh_from_db()
    one = services.create_administrator(
        details=DETAILS | {"username": "one"}, all_sites=True, features=["notes", "orders"], by=root
    )
    two = services.create_administrator(
        details=DETAILS | {"username": "two"}, sites=ids[:2], features=["notes"], by=root
    )
    delegation.add_site(Site(enterprise=place, name="e"), by=staff)
    delegation.change_sites(one, remove=ids[:1], by=root)
    delegation.change_features(two, add=["orders"], remove=["notes"], by=root)
    return {"one": one, "two": two}


def test_the_replay_is_what_is_stored(lived: dict[str, Administrator]) -> None:
    result = replay()
    assert (result.missing, result.unexplained) == ([], [])
    assert (lived["two"].pk, "feature:orders") in result.rebuilt
    assert (lived["two"].pk, "feature:notes") not in result.rebuilt
    assert (lived["one"].pk, "all_sites") not in result.rebuilt


def test_a_grant_past_the_acts_is_found(lived: dict[str, Administrator]) -> None:
    row = SiteGrant.objects.filter(user=lived["two"]).first()
    row.delete()
    assert replay().missing == [(lived["two"].pk, f"site:{row.content_object_id}")]
    with pytest.raises(CommandError, match="1 grants differ"):
        call_command("replay_audit", stdout=StringIO())


def test_the_command_says_so(
    lived: dict[str, Administrator], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("replay_audit")
    assert "as stored" in capsys.readouterr().out


if connection.vendor == "postgresql":  # the real one protects it, the embedded one has no roles

    @pytest.mark.parametrize("change", CHANGES)
    def test_the_audit_can_only_be_added_to(lived: dict[str, Administrator], change: str) -> None:
        before = AuditEntry.objects.count()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(change)
        assert AuditEntry.objects.count() == before
