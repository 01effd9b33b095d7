"""Why somebody cannot sign in is said on their page of the carrier's Django admin."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from administrators import services
from administrators.emails import send_due
from administrators.models import Administrator
from sites.models import Enterprise
from tests import visitors
from tests.administrators.carrier import ADMIN
from tests.administrators.signing import ELSEWHERE, admitted, attempt, fail
from tests.world import World


def said(staff: Client, world: World, name: str = "B") -> str:
    """The line «Connexion»."""
    page = staff.get(reverse(f"{ADMIN}_change", args=[world[name].pk]))
    return visitors.words(page).partition("Connexion : ")[2].partition(" ( Journal")[0]


def nothing(world: World) -> None:
    """As the world is."""


def disable(world: World) -> None:
    services.disable(world["B"], by=world["A"])


def suspend(world: World) -> None:
    Enterprise.objects.update(is_active=False)


def both(world: World) -> None:
    disable(world)
    suspend(world)


def reset(world: World) -> None:
    services.reset_password(world["B"], by=world["A"])


def mail(world: World) -> None:
    reset(world)
    send_due()


def expire(world: World) -> None:
    mail(world)
    late = F("password_expires_at") - timedelta(hours=24)
    Administrator.objects.filter(pk=world["B"].pk).update(password_expires_at=late)


def use(world: World) -> None:
    mail(world)
    Administrator.objects.filter(pk=world["B"].pk).update(temporary_used=True)


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (nothing, "possible"),
        (disable, "désactivé"),
        (suspend, "entreprise suspendue"),
        (both, "désactivé, entreprise suspendue"),
        (reset, "mot de passe temporaire pas encore envoyé"),
        (mail, "possible"),
        (expire, "mot de passe temporaire expiré"),
        (use, "mot de passe temporaire déjà utilisé"),
    ],
)
def test_what_stands_in_the_way_is_said(
    staff: Client, world: World, happened: Callable[[World], None], words: str
) -> None:
    happened(world)
    assert said(staff, world) == words


def test_a_lock_says_from_where_and_until_when(staff: Client, world: World) -> None:
    """Of five failures by two browsers the oldest is forgotten first."""
    fail("user-b", 2, HTTP_USER_AGENT="one")
    fail("USER-B ", 2, HTTP_USER_AGENT="other")
    assert said(staff, world) == "possible"
    fail("user-b", 1, HTTP_USER_AGENT="other")
    now = timezone.localtime()
    AccessAttempt.objects.filter(user_agent="one").update(attempt_time=now - timedelta(minutes=5))
    until = f"{now + timedelta(minutes=10):%H h %M}"
    assert said(staff, world) == f"bloquée jusqu’à {until} depuis l’adresse 192.0.2.1"
    assert said(staff, world, "A") == "possible"
    assert not admitted(attempt("user-b"))
    AccessAttempt.objects.update(attempt_time=now - timedelta(minutes=16))
    assert said(staff, world) == "possible"


def test_a_name_that_is_tried_from_everywhere_is_locked_too(
    staff: Client, world: World, settings
) -> None:
    settings.PORTAL_NAME_FAILURE_LIMIT = 3
    fail("user-b", 2)
    fail("user-b", 1, at=ELSEWHERE)
    words = said(staff, world)
    assert words.startswith("bloquée jusqu’à ")
    assert words.endswith(" depuis toute nouvelle adresse")


def test_it_leads_to_where_it_was_tried(staff: Client, world: World) -> None:
    fail("user-b", 1)
    page = staff.get(reverse(f"{ADMIN}_change", args=[world["B"].pk]))
    journal = f"{reverse('admin:permissions_auditentry_changelist')}?of=administrator%3A"
    assert f"{journal}{world['B'].pk}" in visitors.links(page)


def test_the_list_says_whose_enterprise_is_suspended(staff: Client, world: World) -> None:
    Enterprise.objects.filter(pk=world["X"].enterprise_id).update(is_active=False)
    text = visitors.words(staff.get(reverse(f"{ADMIN}_changelist")))
    assert text.count("Actif (entreprise suspendue)") == 2


def test_carrier_staff_have_no_enterprise(staff: Client, world: World) -> None:
    assert said(staff, world, "SU") == "possible"
