"""The grants, rebuilt from nothing but the audit.

If they differ from the grants that are stored, something was written past the acts.
"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from permissions.audit_items import ALL_SITES, of_feature, of_site
from permissions.models import Act, AuditEntry, FeatureGrant, SiteGrant
from permissions.querysets import AuditQuerySet
from sites.chunks import in_chunks

Held = tuple[int, str]  # who, and the item as the audit writes it


@dataclass(frozen=True)
class Replay:
    """What the audit says is held, what is stored, and how many entries were read."""

    entries: int
    rebuilt: frozenset[Held]
    stored: frozenset[Held]

    @property
    def missing(self) -> list[Held]:
        """In the audit, but not stored."""
        return sorted(self.rebuilt - self.stored)

    @property
    def unexplained(self) -> list[Held]:
        """Stored, but not in the audit."""
        return sorted(self.stored - self.rebuilt)


def replay() -> Replay:
    """Read the whole audit, and everything that is stored."""
    given_and_taken = AuditEntry.objects.filter(act__in=[Act.GRANT, Act.REVOKE]).order_by()
    return Replay(given_and_taken.count(), _rebuilt(given_and_taken), _stored())


def _rebuilt(entries: AuditQuerySet) -> frozenset[Held]:
    """Held is what was given and not taken since, from the first act to the last."""
    held = set[Held]()
    for entry in in_chunks(entries.only("act", "target", "item", "site_ids").order_by("pk")):
        things = {(entry.target_id, item) for item in entry.items}
        if entry.act == Act.GRANT:
            held |= things
        else:
            held -= things
    return frozenset(held)


def _stored() -> frozenset[Held]:
    sites = SiteGrant.objects.values_list("user_id", "content_object_id")
    features = FeatureGrant.objects.values_list("user_id", "content_object_id")
    every = get_user_model().objects.filter(all_sites=True).values_list("pk", flat=True)
    return frozenset(
        [(user, of_site(site)) for user, site in sites]
        + [(user, of_feature(code)) for user, code in features]
        + [(user, ALL_SITES) for user in every]
    )
