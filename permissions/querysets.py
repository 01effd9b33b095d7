"""What may be read of the grants."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import OuterRef, Q

from permissions.guardian import UserObjectPermissionManager
from sites.models import Site

OF_ENTERPRISE = "enterprise:"
FEW = 1_000  # people whose ids are asked first


@cache
def permission_id(app_label: str, codename: str) -> int:
    """The id of a permission, constant for the life of a database: it keeps plans simple."""
    return Permission.objects.values_list("pk", flat=True).get(
        content_type__app_label=app_label, codename=codename
    )


class GrantQuerySet(models.QuerySet):
    """Rows of one of the two grant tables."""

    def given_to(self, administrator: Any) -> "GrantQuerySet":
        """What `administrator` has been granted; nothing for a superuser, who is outside."""
        return self._given(administrator.enterprise_id, administrator.pk)

    def given_to_each(self) -> "GrantQuerySet":
        """What has been granted to each person of the query around this one."""
        return self._given(OuterRef("enterprise"), OuterRef("pk"))

    def _given(self, enterprise: int | OuterRef | None, user: int | OuterRef) -> "GrantQuerySet":
        """The columns of the key, all of them and in its order."""
        of_kind = self.filter(permission_id=self.model.permission_pk())
        return of_kind.filter(enterprise=enterprise, user=user)


class GrantManager(UserObjectPermissionManager.from_queryset(GrantQuerySet)):  # type: ignore[misc]
    """guardian's manager, with our scopes."""


class AuditQuerySet(models.QuerySet):
    """The audit; rows are added, never changed. Each of its indexes begins with the enterprise."""

    def of(self, target: Any) -> "AuditQuerySet":
        """What was done to `target`."""
        return self.filter(enterprise=target.enterprise_id, target=target)

    def concerning(self, person: Any) -> "AuditQuerySet":
        """What was done to that person, and what they did at sites or to the profile."""
        elsewhere = Q(site__isnull=False) | Q(item__startswith=OF_ENTERPRISE)
        return self.filter(Q(target=person) | Q(elsewhere, actor=person))

    def of_or_by(self, people: models.QuerySet) -> "AuditQuerySet":
        """What was done to these people, and what they did themselves."""
        found = _named_if_few(people)
        return self.filter(Q(target__in=found) | Q(actor__in=found))

    def readable_by(self, reader: Any, opened: Iterable[str]) -> "AuditQuerySet":
        """What was done to those below the reader (rule 4), what these did, and the reader's acts.

        What was done at a site, or to the enterprise's profile, is read by who holds the site and
        a feature that opens it: `opened` says how such items begin (`scopes.items_opened`). What
        was done to the reader is not among it.
        """
        below = _below(reader)
        theirs = below("actor") | Q(actor=reader)
        held = Q(site__in=Site.objects.held_by(reader).values("pk")) | Q(site=None)
        of_these = Q(pk__in=[])
        for beginning in opened:
            of_these |= Q(item__startswith=beginning)
        found = self.filter(below("target") | (theirs & held & of_these))
        return found.filter(enterprise=reader.enterprise_id).select_related("actor", "cause")

    def on_site(self, site_id: int | str) -> "AuditQuerySet":
        """Grants and revocations of that site, and what was done there."""
        return self.filter(Q(item=f"site:{site_id}") | Q(site=site_id))

    def on_feature(self, code: str) -> "AuditQuerySet":
        """Grants and revocations of that feature."""
        return self.filter(item=f"feature:{code}")


def _below(reader: Any) -> Callable[[str], Q]:
    """A condition: that the person in a column of the audit is below the reader (rule 4).

    Whoever reads the history of many has it filled soon, from its newest entry on."""
    people = get_user_model().objects
    if reader.enterprise_id and not reader.parent_id:  # below a root is everybody else
        others = people.filter(Q(enterprise=None) | Q(pk=reader.pk)).values("pk")
        return lambda one: Q(**{f"{one}__isnull": False}) & ~Q(**{f"{one}__in": others})
    below = _named_if_few(people.below(reader))
    return lambda one: Q(**{f"{one}__in": below})


def _named_if_few(people: models.QuerySet) -> list[int] | models.QuerySet:
    """Few people have few entries among very many: indexes find these by ids, which are asked."""
    ids = list(people.order_by().values_list("pk", flat=True)[: FEW + 1])
    return ids if len(ids) <= FEW else people.order_by().values("pk")
