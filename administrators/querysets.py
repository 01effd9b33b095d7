"""What may be read of the administrators."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone

from administrators import paths
from administrators.states import State, in_state
from administrators.usernames import canonical_username
from permissions import audit
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry, FeatureGrant, SiteGrant
from sites import paging
from sites.models import Site
from sites.paging import CappedCount
from sites.text import SearchQuerySet

if TYPE_CHECKING:
    from administrators.models import Administrator

NAMES = ("username", "first_name", "middle_name", "last_name")
# What a list shows, or tells the state from, beside the names.
SHOWN = (
    "enterprise", "parent", "all_sites", "last_login", "is_active", "must_change_password",
    "password_expires_at", "temporary_used",
)  # fmt: skip


class AdministratorQuerySet(SearchQuerySet):
    """Administrators; every page reads them through one of these scopes."""

    def below(self, actor: "Administrator") -> "AdministratorQuerySet":
        """The strict descendants of `actor`, at any depth (rule 4)."""
        return self.inside(paths.branch_below(actor))

    def inside(self, branch: paths.Branch) -> "AdministratorQuerySet":
        """Those of a branch, found by the range of their paths."""
        of_enterprise = self.filter(enterprise=branch.enterprise)
        return of_enterprise.filter(path__gte=branch.first, path__lt=branch.end)

    def listed_below(self, actor: "Administrator") -> "AdministratorQuerySet":
        """The same as `below`, for reading in the order of a list; `below` counts faster."""
        return self.listed_in(paths.branch_below(actor))

    def listed_in(self, branch: paths.Branch) -> "AdministratorQuerySet":
        """Those of a branch, found by the index of their order, if its level has one.

        Beside the range of paths, which says the same, PostgreSQL would multiply both, expect too
        few rows, and sort the branch for each page (docs/decisions/0016-lists.md). Below the root
        of an enterprise, who is the only one, is everybody else: no path needs to be read.
        """
        people = self.filter(enterprise=branch.enterprise)
        if branch.is_root:
            return people.exclude(pk=branch.person)
        if branch.level not in paths.INDEXED_LEVELS:
            return self.inside(branch)
        return people.alias(above=paths.Ancestor(branch.level)).filter(above=branch.step)

    def branch_of(self, person: "Administrator") -> "AdministratorQuerySet":
        """`person` and all descendants."""
        branch = paths.branch_below(person)
        inside = Q(path__gte=branch.first, path__lt=branch.end) | Q(pk=person.pk)
        return self.filter(inside, enterprise=person.enterprise_id)

    def disabled_with(self, person: "Administrator") -> "AdministratorQuerySet":
        """`person`, and those below whom the same act disabled; of them, who still is.

        Who was disabled before that, or enabled and disabled again since, was by another act.
        """
        done = AuditEntry.objects.filter(enterprise=person.enterprise_id, act=Act.DISABLE)
        disabled = self.branch_of(person).filter(is_active=False)
        times = done.filter(path=person.child_path).values_list("pk", "at", "act_id")
        if not times:
            return disabled.filter(pk=person.pk)
        pk, at, act = max(times)  # clocks may differ, the rows about one person are in order
        branch = paths.branch_below(person)
        below = done.filter(path__gte=branch.first, path__lt=branch.end)
        together = done.filter(at=at, act_id=act).values("target")
        again = below.filter(pk__gt=pk).exclude(act_id=act).values("target")
        # Written so that both are read once: joined, all would be compared with all, for right
        # after the act PostgreSQL expects one row of each.
        return disabled.exclude(~Q(pk__in=together) | Q(pk__in=again))

    def in_state(self, state: State) -> "AdministratorQuerySet":
        """Those who are in that state now."""
        return self.filter(in_state(state, timezone.now()))

    def holding_site(self, site: Site | int | str) -> "AdministratorQuerySet":
        """Those who hold that site."""
        return self.filter(Exists(SiteGrant.objects.given_to_each().filter(content_object=site)))

    def holding_feature(self, code: FeatureCode) -> "AdministratorQuerySet":
        """Those who hold that feature."""
        return self.filter(Exists(FeatureGrant.objects.given_to_each().filter(content_object=code)))

    def holding_any(
        self, *, sites: Collection[int] = (), features: Collection[str] = ()
    ) -> "AdministratorQuerySet":
        """Those who hold at least one of these sites or features."""
        of_sites = SiteGrant.objects.given_to_each().filter(content_object__in=sites)
        of_features = FeatureGrant.objects.given_to_each().filter(content_object__in=features)
        return self.filter(Exists(of_sites) | Exists(of_features))

    def parents(self) -> "AdministratorQuerySet":
        """Those who have children."""
        return self.filter(Exists(self.model._default_manager.filter(parent=OuterRef("pk"))))

    def named(self) -> "AdministratorQuerySet":
        """Read with nothing but what is needed to name them."""
        return self.only(*NAMES)

    def shown(self) -> "AdministratorQuerySet":
        """With all that a list shows of them, the names of their parents too, and nothing else."""
        parents = {f"parent_{name}": F(f"parent__{name}") for name in NAMES}
        return self.only(*NAMES, *SHOWN).with_grant_counts().annotate(**parents)

    def with_grant_counts(self) -> "AdministratorQuerySet":
        """Adds `site_count` (open sites, counted as far as a list is) and `feature_count`.

        All that is held stands in an index, and closed sites are few: nothing else is read.
        """
        held = SiteGrant.objects.given_to_each()
        of_closed = held.filter(content_object__is_open=False)
        counted = self.alias(held_count=CappedCount(held), closed_count=CappedCount(of_closed))
        return counted.annotate(
            site_count=Case(
                When(held_count__gt=paging.CAP, then="held_count"),
                default=F("held_count") - F("closed_count"),
            ),
            feature_count=CappedCount(FeatureGrant.objects.given_to_each()),
        )


class AdministratorManager(BaseUserManager.from_queryset(AdministratorQuerySet)):  # type: ignore[misc]
    """Finds people by canonical username; they are created by `administrators.services`."""

    def get_by_natural_key(self, username: str | None) -> "Administrator":
        return self.get(username=canonical_username(username or ""))

    def create_superuser(self, username: str, email: str, password: str) -> "Administrator":
        """Carrier staff: outside every enterprise and every tree (rule 13), but in the audit."""
        person = self.model(
            username=canonical_username(username), email=email, is_staff=True, is_superuser=True
        )
        person.set_password(password)
        with transaction.atomic():
            person.save()
            audit.record(Act.CREATE, by=None, to=person)
        return person
