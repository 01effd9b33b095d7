"""What may be read of the grants."""

from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import OuterRef, Q

from permissions.guardian import UserObjectPermissionManager
from sites.models import Site

OF_ENTERPRISE = "enterprise:"


@cache
def permission_id(app_label: str, codename: str) -> int:
    """The id of a permission, constant for the life of a database: it keeps plans simple."""
    return Permission.objects.values_list("pk", flat=True).get(
        content_type__app_label=app_label, codename=codename
    )


class GrantQuerySet(models.QuerySet):
    """Rows of one of the two grant tables."""

    def given_to(self, administrator: AbstractBaseUser | OuterRef) -> "GrantQuerySet":
        """What `administrator` has been granted; nothing for a superuser, who is outside."""
        return self.filter(user=administrator, permission_id=self.model.permission_pk())


class GrantManager(UserObjectPermissionManager.from_queryset(GrantQuerySet)):  # type: ignore[misc]
    """guardian's manager, with our scopes."""


class AuditQuerySet(models.QuerySet):
    """The audit; rows are added, never changed."""

    def of(self, target: AbstractBaseUser) -> "AuditQuerySet":
        """What was done to `target`."""
        return self.filter(target=target)

    def concerning(self, people: models.QuerySet) -> "AuditQuerySet":
        """What was done to these people, and what they did at sites or to the profile."""
        elsewhere = Q(site__isnull=False) | Q(item__startswith=OF_ENTERPRISE)
        return self.filter(Q(target__in=people) | Q(elsewhere, actor__in=people))

    def readable_by(self, reader: AbstractBaseUser) -> "AuditQuerySet":
        """What was done to those below the reader (rule 4), and what these did.

        What they did at a site is read by who holds it; the enterprise's profile is everybody's.
        """
        below = get_user_model().objects.below(reader)
        at_sites = Q(actor__in=below, site__in=Site.objects.held_by(reader).values("pk"))
        profile = Q(actor__in=below, item__startswith=OF_ENTERPRISE)
        found = self.filter(Q(target__in=below) | at_sites | profile)
        return found.select_related("actor", "cause")

    def on_site(self, site: models.Model) -> "AuditQuerySet":
        """Grants and revocations of that site, and what was done there."""
        return self.filter(Q(item=f"site:{site.pk}") | Q(site=site))

    def on_feature(self, code: str) -> "AuditQuerySet":
        """Grants and revocations of that feature."""
        return self.filter(item=f"feature:{code}")
