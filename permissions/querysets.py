"""What may be read of the grants, and of the audit."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Exists, F, IntegerField, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat, Left, StrIndex, Substr
from django.db.models.lookups import In

from permissions.audit_items import ENTERPRISE, SITE, of_feature, of_field, of_row, of_site
from permissions.guardian import UserObjectPermissionManager
from sites.arrays import ArrayOf, IsAnyOf
from sites.models import Site

FEW = 1_000  # people who are asked first
BRIEF = 400  # characters of ids: 50 and more


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
        return self._at(target).filter(target=target)

    def concerning(self, person: Any) -> "AuditQuerySet":
        """What was done to that person, and what they did at sites or to the profile."""
        elsewhere = Q(site__isnull=False) | Q(item__startswith=ENTERPRISE)
        return self._at(person).filter(Q(target=person) | elsewhere)

    def _at(self, person: Any) -> "AuditQuerySet":
        """What stands at that place in the tree."""
        return self.filter(enterprise=person.enterprise_id, path=person.child_path)

    def of_or_by(self, people: models.QuerySet) -> "AuditQuerySet":
        """What was done to these people, and what they did themselves."""
        people = people.order_by()
        few = list(people.only("path")[: FEW + 1])
        if len(few) > FEW:
            return self.filter(
                Exists(people.filter(pk=OuterRef("target")))
                | Exists(people.filter(pk=OuterRef("actor")))
            )
        done_to = Q(path__in=[person.child_path for person in few])
        return self.filter(done_to | Q(actor__in=[person.pk for person in few]))

    def brief(self) -> "AuditQuerySet":
        """Of several sites only the first ids, for pages: all of them may be 100,000."""
        return self.defer("site_ids").annotate(first_ids=Left("site_ids", BRIEF))

    def about(self, row: Any) -> "AuditQuerySet":
        """Of a person what they did, and what was done to them; of a site also what was done there.

        Carrier staff act in all enterprises, so that no index finds their acts.
        """
        if isinstance(row, get_user_model()):
            people = get_user_model().objects.filter(pk=row.pk)
            found = self.filter(enterprise=row.enterprise_id) if row.enterprise_id else self
            return found.of_or_by(people)
        items = [of_row(row), *(of_field(row, field.name) for field in row._meta.fields)]
        owner = getattr(row, "enterprise_id", None)
        done = self.filter(enterprise=owner, item__in=items)
        there = self.filter(enterprise=owner).on_site(row.pk, owner)
        return done | there if isinstance(row, Site) else done

    def readable_by(self, reader: Any, opened: Iterable[str]) -> "AuditQuerySet":
        """What was done to those below the reader (rule 4), what these did, and the reader's acts.

        What was done at a site, or to the enterprise's profile, is read by who holds the site and
        a feature that opens it: `opened` says how such items begin (`scopes.items_opened`). What
        was done to the reader is not among it.
        """
        of_these = Q(pk__in=[])
        for beginning in opened:
            of_these |= Q(item__startswith=beginning)
        to_others = Q(target__isnull=False) & ~Q(target=reader)
        readable = to_others | (Q(target=None) & of_these & _where_held(reader))
        found = self._in_branch_of(reader).filter(readable).brief()
        return found.select_related("actor", "cause", "site")

    def _in_branch_of(self, reader: Any) -> "AuditQuerySet":
        """What concerns the reader and those below: one range of paths."""
        branch = reader.branch
        of_enterprise = self.filter(enterprise=branch.enterprise)
        return of_enterprise.filter(path__gte=branch.first, path__lt=branch.end)

    def on_site(self, site_id: int | str, enterprise: int | None) -> "AuditQuerySet":
        """Grants and revocations of that site, and what was done there.

        Together with others it is found by the acts that named it, which are asked first: joined
        to the audit, each of its rows was compared to each of theirs.
        """
        named = _names().filter(site=site_id)
        acts = named.filter(enterprise=enterprise).values("act_id")
        among = Q(site_ids__gt="", site_ids__contains=f" {site_id} ")
        together = among & Q(IsAnyOf(F("act_id"), ArrayOf(acts)))
        return self.filter(Q(item=of_site(site_id)) | Q(site=site_id) | together)

    def naming(self, word: str) -> "AuditQuerySet":
        """Rows of several sites, of which one has that word in the name that it had, or has."""
        parts = Value(" "), Cast("site_id", TextField()), Value(" ")
        text = Concat(*parts, output_field=TextField())
        place = StrIndex(OuterRef("site_ids"), text, output_field=IntegerField())
        of_act = _names().filter(enterprise=OuterRef("enterprise"), act_id=OuterRef("act_id"))
        called = Q(name__icontains=word) | Q(site__in=Site.objects.search(word).values("pk"))
        named = of_act.filter(called).alias(place=place).filter(place__gt=0)
        return self.filter(Exists(named), site_ids__gt="")

    def on_feature(self, code: str) -> "AuditQuerySet":
        """Grants and revocations of that feature."""
        return self.filter(item=of_feature(code))


def of_site_like(word: str) -> Q:
    """A condition: about a single site ("site:12", "site:12:name") that a search finds by name."""
    rest = Substr("item", len(SITE) + 1)
    end = StrIndex(Concat(rest, Value(":")), Value(":"), output_field=IntegerField())
    keys = Site.objects.search(word).order_by().values(text=Cast("pk", TextField()))
    return Q(item__startswith=SITE) & Q(In(Left(rest, end - 1), keys))


def _names() -> models.QuerySet:
    """What sites were called when they were given or taken together with others."""
    return apps.get_model("permissions", "AuditedSite").objects.all()


def _where_held(reader: Any) -> Q:
    """A condition: done at an open site that the reader holds, or at none.

    Who holds all sites holds whichever is not closed, and these are few.
    """
    if reader.all_sites:
        return ~Q(site__in=Site.objects.closed_in(reader.enterprise_id).values("pk"))
    return Q(site=None) | Q(site__in=Site.objects.held_by(reader).order_by().values("pk"))
