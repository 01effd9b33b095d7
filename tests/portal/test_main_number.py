"""Before the main number of a site is freed: that it is, and what becomes of its calls."""

import pytest

from permissions.features import FeatureCode as F
from sites.models import PhoneNumber, Service
from tests import visitors
from tests.portal import lists
from tests.world import World

SAID = "C’est le numéro principal du site Paris, celui que concerne le traitement des appels"


@pytest.mark.parametrize("main", [True, False])
@pytest.mark.parametrize("also", ["", F.SERVICES, F.DASHBOARD, F.PROFILE])
def test_a_main_number_is_named_before_it_is_freed(furnished: World, main: bool, also: str) -> None:
    service = Service.objects.get(site__name="Paris")
    number = PhoneNumber.objects.get(site__name="Paris")
    PhoneNumber.objects.filter(pk=number.pk).update(is_main=main, service=service)
    codes = [F.USER_ASSIGNMENTS, *([also] if also else [])]
    client = visitors.visitor(lists.holder(furnished, *codes))
    said = visitors.words(client.get(f"/assignments/numbers/{number.pk}/unassign/"))
    assert (SAID in said) is main
    assert ("Faire sonner un service – Accueil Paris" in said) is (
        main and also in {F.SERVICES, F.DASHBOARD}
    )
