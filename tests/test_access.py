"""What the matrix of tests/matrix does not ask: odd ids, other representations, no rule at all."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from administrators.models import Administrator
from permissions.access import opened_by, public, signed_in, while_owing
from permissions.features import FeatureCode
from tests import visitors
from tests.world import World

ABSURD = ["-1", "0", "1" * 30, "1e3", "½", "%00", "1%00", "abc", "1/../1", "None", "*"]


def bare(request: HttpRequest) -> HttpResponse:
    """A view of which nobody said who may open it."""
    return HttpResponse("opened")


urlpatterns = [path("bare/", bare), path("", include("portal.urls"))]


def test_a_view_has_one_rule_however_many_routes_lead_to_it() -> None:
    """The rule stands on the view: a second one would open the first route too."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("opened")

    assert signed_in(signed_in(view)) is view
    for other in (public, while_owing, opened_by(FeatureCode.NOTES)):
        with pytest.raises(ImproperlyConfigured):
            other(view)
    assert getattr(view, "login_required", True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_view_without_a_rule_is_refused(world: World, settings: Any, method: str) -> None:
    settings.ROOT_URLCONF = __name__
    response = getattr(visitors.visitor(world["R"]), method)("/bare/")
    assert response.status_code == 403


def test_who_lacks_a_feature_is_told_which_and_whom_to_ask(world: World) -> None:
    """Z holds neither of two that would open it."""
    words = visitors.words(visitors.visitor(world["C"]).get("/assignments/services/"))
    assert "« Services » ou « Attributions des utilisateurs »" in words.replace("\u202f", " ")
    assert f"{world['B']} ({world['B'].email})" in words


def test_nobody_is_sent_to_who_has_left(world: World) -> None:
    Administrator.objects.filter(pk=world.people["B"]).update(is_active=False)
    words = visitors.words(visitors.visitor(world["C"]).get("/assignments/services/"))
    assert "adressez-vous à un administrateur placé au-dessus de vous." in words


@pytest.mark.parametrize("pattern", ["/administrators/{}/account/", "/sites/{}/"])
@pytest.mark.parametrize("pk", ABSURD)
def test_absurd_ids(world: World, pattern: str, pk: str) -> None:
    assert visitors.visitor(world["R"]).get(pattern.format(pk)).status_code == 404


@pytest.mark.parametrize("header", ["HX-Request", "X-Requested-With", "Accept"])
def test_other_representations_decide_like_the_page(world: World, header: str) -> None:
    value = {"HX-Request": "true", "X-Requested-With": "XMLHttpRequest"}.get(header, "text/csv")
    client, url = visitors.visitor(world["A"]), f"/administrators/{world.people['S']}/account/"
    assert client.get(url, headers={header: value}).status_code == 404
