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


def alone(actor: Administrator) -> Any:
    """The user with their rights."""
    user = AdministratorBackend().get_user(actor.pk)
    return user, features_read_with(user)


def with_menu(actor: Administrator) -> Any:
    """The user with their rights, and the menus, which count three kinds of rows."""
    request: Any = RequestFactory().get("/administrators/")
    request.session = {}
    request.user, request.features = alone(actor)
    return menu_for(request)
