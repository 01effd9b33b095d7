"""The rules of delegation (docs/rules.md), each once, each in one sentence.

An enterprise's administrators form a tree. Nothing here writes; nothing here is cached.
"""

from typing import TYPE_CHECKING, Any, Protocol

from permissions.features import FeatureCode
from permissions.guardian import holds
from permissions.models import Feature, FeatureGrant
from sites.joined import Joined, lines_of
from sites.models import Site

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sites.querysets import SiteQuerySet


class Person(Protocol):
    """What the rules read of an administrator."""

    pk: Any
    is_active: Any
    is_superuser: Any
    must_change_password: Any
    parent: Any
    parent_id: Any

    def is_below(self, other: Any) -> bool: ...


def may_act(actor: Person) -> bool:
    """Only somebody active who does not owe a password change may act (rule 1)."""
    return bool(actor.is_active and not actor.must_change_password)


def is_carrier(actor: Person) -> bool:
    """Carrier staff, and nobody else, act on enterprises, sites, roots and files (rule 13)."""
    return may_act(actor) and bool(actor.is_superuser)


def held_features(administrator: Person) -> frozenset[FeatureCode]:
    """The features that an administrator holds are those that were granted, and no others."""
    codes = FeatureGrant.objects.given_to(administrator).values_list("content_object_id", flat=True)
    return frozenset(FeatureCode(code) for code in codes)


def with_features(people: "QuerySet") -> "QuerySet":
    """The same people; `features_read_with` tells their features without another query."""
    held = FeatureGrant.objects.given_to_each()
    return people.annotate(held_codes=Joined(held, "content_object_id"))


def features_read_with(administrator: Person) -> frozenset[FeatureCode]:
    """The features that somebody held when they were read themselves, as at each request."""
    if not hasattr(administrator, "held_codes"):
        return held_features(administrator)
    return frozenset(FeatureCode(code) for code in lines_of(administrator.held_codes))


def held_sites(administrator: Person) -> "SiteQuerySet":
    """The sites that an administrator holds are the open ones granted; none ticked means none."""
    return Site.objects.held_by(administrator)  # type: ignore[arg-type]


def may_open(actor: Person, site: Site, feature: FeatureCode) -> bool:
    """A page about a site opens to those who hold the site and the feature, never one of them."""
    may = may_act(actor) and site.is_open
    return may and holds(actor, site) and holds(actor, Feature(code=feature))


def manages(actor: Person, target: Person) -> bool:
    """Who holds `manage_administrators` manages their strict descendants, and nobody else."""
    return (
        may_act(actor)
        and target.is_below(actor)
        and FeatureCode.MANAGE_ADMINISTRATORS in held_features(actor)
    )


def may_change(actor: Person, target: Person) -> bool:
    """Administrators change whom they manage; carrier staff any administrator (rule 13)."""
    if is_carrier(actor):
        return not target.is_superuser
    return manages(actor, target)


def may_know(reader: Person, person: Person) -> bool:
    """One knows the names of oneself, of one's parent and of everybody below."""
    return person.pk in {reader.pk, reader.parent_id} or person.is_below(reader)


def grantable_sites(target: Person) -> "SiteQuerySet":
    """What may be granted is what the target's parent holds, whoever acts; a root holds all."""
    return held_sites(target.parent if target.parent_id else target)


def grantable_features(target: Person) -> frozenset[FeatureCode]:
    """What may be granted is what the target's parent holds; to a root, all 11."""
    return held_features(target.parent) if target.parent_id else frozenset(FeatureCode)


def may_hold_all_sites(target: Person) -> bool:
    """ "All sites, present and future" may be held by whose parent holds it, always by a root."""
    return bool(not target.parent_id or target.parent.all_sites)
