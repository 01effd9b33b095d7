"""The page of a service shows what there is, or may be, for its type."""

import pytest

from permissions.features import FeatureCode as F
from sites.models import Service
from tests import visitors
from tests.portal import lists
from tests.world import World


@pytest.mark.parametrize("member", [True, False])
@pytest.mark.parametrize("kind", Service.Kind.values)
def test_members_are_shown_where_there_are_or_may_be_some(
    furnished: World, kind: str, member: bool
) -> None:
    """A file may have brought members to a service of any type."""
    service, joined = Service.objects.get(site__name="Paris"), kind in Service.JOINED
    Service.objects.filter(pk=service.pk).update(kind=kind)
    if not member:
        service.members.all().delete()
    page = visitors.visitor(lists.holder(furnished, F.SERVICES)).get(f"/services/{service.pk}/")
    said = visitors.words(page)
    assert ("Membres" in said) is (member or joined)
    assert ("Ce service n’a aucun membre pour le moment." in said) is (joined and not member)


@pytest.mark.parametrize("kind", Service.Kind.values)
def test_time_schedules_lead_to_the_hours_of_their_site(furnished: World, kind: str) -> None:
    service = Service.objects.get(site__name="Paris")
    Service.objects.filter(pk=service.pk).update(kind=kind)
    client = visitors.visitor(lists.holder(furnished, F.SERVICES))
    links = visitors.links(client.get(f"/services/{service.pk}/"))
    hours = f"/sites/{service.site_id}/#hours"
    assert (hours in links) is (kind == "schedules")
    assert 'id="hours"' in visitors.body(client.get(hours))
