"""What stands before every page: who asks, what they may do, and the menus with their counts."""

from typing import Any

from django.test import RequestFactory

from administrators.backends import AdministratorBackend
from administrators.models import Administrator
from permissions.rules import features_read_with
from portal.navigation import menu_for


def load(actor: Administrator) -> Administrator:
    """The user alone, as Django's own backend loads them."""
    return Administrator.objects.get(pk=actor.pk)


def with_menu(actor: Administrator) -> Any:
    """The user with their rights, and the menus."""
    request: Any = RequestFactory().get("/administrators/")
    request.user, request.session = AdministratorBackend().get_user(actor.pk), {}
    request.features = features_read_with(request.user)
    return menu_for(request)
