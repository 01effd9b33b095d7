"""What may be read of the grants."""

from collections.abc import Iterable
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

    def of_or_by(self, people: models.QuerySet) -> "AuditQuerySet":
        """What was done to these people, and what they did themselves."""
        return self.filter(Q(target__in=people) | Q(actor__in=people))

    def readable_by(self, reader: AbstractBaseUser, opened: Iterable[str]) -> "AuditQuerySet":
        """What was done to those below the reader (rule 4), what these did, and the reader's acts.

        What was done at a site, or to the enterprise's profile, is read by who holds the site and
        a feature that opens it: `opened` says how such items begin (`scopes.items_opened`). What
        was done to the reader is not among it.
        """
        below = get_user_model().objects.below(reader)
        theirs = Q(actor__in=below) | Q(actor=reader)
        held = Q(site__in=Site.objects.held_by(reader).values("pk")) | Q(site=None)
        of_these = Q(pk__in=[])
        for beginning in opened:
            of_these |= Q(item__startswith=beginning)
        found = self.filter(Q(target__in=below) | (theirs & held & of_these))
        return found.select_related("actor", "cause")

    def on_site(self, site_id: int | str) -> "AuditQuerySet":
        """Grants and revocations of that site, and what was done there."""
        return self.filter(Q(item=f"site:{site_id}") | Q(site=site_id))

    def on_feature(self, code: str) -> "AuditQuerySet":
        """Grants and revocations of that feature."""
        return self.filter(item=f"feature:{code}")
