"""An enterprise that only acts have made, so that the audit explains every grant."""

from typing import Any

from django.utils import timezone

from administrators import services
from administrators.emails import LIFETIME
from administrators.models import Administrator, OutgoingMail
from permissions import delegation, places
from permissions.features import FeatureCode
from sites.models import Enterprise, Site
from tests import factories

MANAGE, NOTES = FeatureCode.MANAGE_ADMINISTRATORS, FeatureCode.NOTES


def open_office() -> None:
    """The root «racine», her children «chef» and «neuf», «parti» below «chef».

    All have the tests' password: «neuf» as a temporary one. The mail to «parti» still waits.
    """
    staff = factories.superuser()
    enterprise = places.add_enterprise(Enterprise(name="Office"), by=staff)
    held = [delegation.add_site(Site(enterprise=enterprise, name=n), by=staff) for n in "AB"]
    details, features = factories.details, [MANAGE, NOTES]
    root = services.create_root(enterprise, by=staff, details=details("racine"), features=features)
    chef = _child(_arrived(root), "chef", held, features)
    _lent(_child(root, "neuf", held[:1], [NOTES]))
    parti = _arrived(_child(_arrived(chef), "parti", held, [NOTES]))
    OutgoingMail.objects.exclude(person=parti).update(sent_at=timezone.now())


def _child(parent: Administrator, name: str, sites: list[Site], features: list[str]) -> Any:
    ids = [site.pk for site in sites]
    return services.create_administrator(
        by=parent, details=factories.details(name), sites=ids, features=features
    )


def _arrived(person: Administrator) -> Administrator:
    """They have chosen a password."""
    _now(person, must_change_password=False)
    return person


def _lent(person: Administrator) -> None:
    """Their mail has left with a temporary one."""
    _now(person, password_expires_at=timezone.now() + LIFETIME)


def _now(person: Administrator, **fields: Any) -> None:
    password = factories.password_hash()
    Administrator.objects.filter(pk=person.pk).update(password=password, **fields)
    person.refresh_from_db()
