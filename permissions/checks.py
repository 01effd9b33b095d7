"""What must be true of every row, asked again of what is stored.

The database's keys keep most of it at every write. These checks find what was written past them:
keys switched off, a dump restored in part, a hand in the tables. Each is one statement on either
database, so that it sees one moment, and gives only the rows that are wrong.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Coalesce, Concat

from permissions.checks_of_audit import paths_of_audit, sites_of_audit
from permissions.faults import Fault, faults
from permissions.features import FeatureCode
from permissions.hexadecimal import HexPath, HexStep
from permissions.models import (
    Feature,
    FeatureGrant,
    Grant,
    SiteGrant,
)
from sites.models import Site

GRANTS: tuple[type[Grant], ...] = (SiteGrant, FeatureGrant)
# guardian's generic tables, which must stay empty: their rows outlive the object that they name.
GENERIC = ("UserObjectPermission", "GroupObjectPermission")


def find_faults() -> Iterator[Fault]:
    """The faults that all checks find, one check after the other."""
    for check in CHECKS:
        yield from check()


def parents_exist() -> Iterator[Fault]:
    rows = _people().filter(parent__isnull=False).exclude(_parent_exists())
    return _of_people("parent_missing", "the parent does not exist", rows)


def paths_true() -> Iterator[Fault]:
    """With the parents there, this also says that every id in a path exists."""
    first = _people().filter(parent=None).exclude(path=b"")
    yield from _of_people("path", "a path without a parent", first)
    expected = Concat(HexPath("parent__path"), HexStep("parent_id"), output_field=TextField())
    below = _children().annotate(found=HexPath("path"), expected=expected)
    rows = below.exclude(found=F("expected"))
    yield from _of_people("path", "not the parent's path and the parent's id", rows)


def enterprises_of_parents() -> Iterator[Fault]:
    rows = _children().exclude(enterprise=F("parent__enterprise"))
    return _of_people("enterprise", "not the enterprise of the parent", rows)


def bounds_of_administrators() -> Iterator[Fault]:
    rows = _people().exclude(is_superuser=True).exclude(bound=Coalesce("parent_id", "id"))
    return _of_people("bound", "neither the parent nor, for a root, oneself", rows)


def roots_hold_all_sites() -> Iterator[Fault]:
    rows = _people().filter(parent=None, is_superuser=False, all_sites=False)
    return _of_people("root_all_sites", "a root that does not hold all sites", rows)


def all_sites_within_parents() -> Iterator[Fault]:
    rows = _children().filter(all_sites=True, parent__all_sites=False)
    return _of_people("all_sites_beyond_parent", "the parent does not hold all sites", rows)


def all_sites_complete() -> Iterator[Fault]:
    """Who holds all sites has a row for every site of the enterprise, closed ones too."""
    pairs = Site.objects.annotate(
        holder=F("enterprise__administrators"), holds=F("enterprise__administrators__all_sites")
    ).filter(holds=True)
    row = SiteGrant.objects.filter(
        enterprise=OuterRef("enterprise"),
        user=OuterRef("holder"),
        permission_id=SiteGrant.permission_pk(),
        content_object=OuterRef("pk"),
    )
    words = "holds all sites, but has no row for this one"
    rows = pairs.exclude(Exists(row))
    return faults("all_sites_incomplete", words, rows, administrator="holder", site="pk")


def superusers_outside_the_tree() -> Iterator[Fault]:
    staff = _people().filter(is_superuser=True)
    inside = staff.exclude(enterprise=None, parent=None, all_sites=False)
    yield from _of_people("superuser_in_tree", "a superuser inside the tree", inside)
    outside = _people().filter(is_superuser=False, enterprise=None)
    yield from _of_people("no_enterprise", "an administrator without enterprise", outside)


def superusers_hold_nothing() -> Iterator[Fault]:
    for model in GRANTS:
        rows = model.objects.filter(user__is_superuser=True)
        yield from _of_grants("superuser_grant", "granted to a superuser", model, rows)


def staff_are_superusers() -> Iterator[Fault]:
    rows = _people().exclude(is_staff=F("is_superuser"))
    return _of_people("staff", "staff without being superuser, or the reverse", rows)


def no_groups() -> Iterator[Fault]:
    rows = get_user_model().groups.through.objects.all()
    columns = {"administrator": "administrator_id", "group": "group_id"}
    return faults("group", "nobody is in a group", rows, **columns)


def no_user_permissions() -> Iterator[Fault]:
    rows = get_user_model().user_permissions.through.objects.all()
    columns = {"administrator": "administrator_id", "permission": "permission_id"}
    return faults("user_permission", "nobody has a permission of their own", rows, **columns)


def no_generic_permissions() -> Iterator[Fault]:
    for name in GENERIC:
        rows = apps.get_model("guardian", name).objects.all()
        words = "a row in guardian's generic table"
        columns = {name: "pk", "permission": "permission_id", "object": "object_pk"}
        yield from faults("generic_permission", words, rows, **columns)


def grants_refer_to_something() -> Iterator[Fault]:
    for model in GRANTS:
        thing = model._meta.get_field("content_object").related_model
        there = (
            Exists(_people().filter(pk=OuterRef("user_id")))
            & Exists(Permission.objects.filter(pk=OuterRef("permission_id")))
            & Exists(thing.objects.filter(pk=OuterRef("content_object_id")))
        )
        rows = model.objects.exclude(there)
        words = "the person, the permission or the thing does not exist"
        yield from _of_grants("grant_dangling", words, model, rows)


def permissions_of_grants() -> Iterator[Fault]:
    for model in GRANTS:
        known = Exists(Permission.objects.filter(pk=OuterRef("permission_id")))
        rows = model.objects.filter(known).exclude(permission_id=model.permission_pk())
        yield from _of_grants("grant_permission", "a permission of another kind", model, rows)


def bounds_of_grants() -> Iterator[Fault]:
    for model in GRANTS:
        rows = model.objects.exclude(bound_id=Coalesce("user__parent_id", "user__id"))
        words = "bound neither to the parent nor, for a root, to oneself"
        yield from _of_grants("grant_bound", words, model, rows)


def enterprises_of_grants() -> Iterator[Fault]:
    of_person = Q(enterprise=F("user__enterprise"))
    of_site = of_person & Q(enterprise=F("content_object__enterprise"))
    for model, same in ((SiteGrant, of_site), (FeatureGrant, of_person)):
        rows = model.objects.filter(user__is_superuser=False).exclude(same)
        words = "not the enterprise of the person and of the site"
        yield from _of_grants("grant_enterprise", words, model, rows)


def grants_within_parents() -> Iterator[Fault]:
    """A grant of another kind is a fault of `permissions_of_grants` alone."""
    for model in GRANTS:
        right = model.objects.filter(permission_id=model.permission_pk())
        of_parent = right.filter(
            enterprise=OuterRef("user__enterprise_id"),
            user=OuterRef("user__parent_id"),
            content_object=OuterRef("content_object_id"),
        )
        rows = right.filter(user__parent__isnull=False).exclude(Exists(of_parent))
        words = "the parent does not hold it"
        yield from _of_grants("grant_beyond_parent", words, model, rows)


def features_as_listed() -> Iterator[Fault]:
    stored = set(Feature.objects.values_list("code", flat=True))
    listed = set(FeatureCode.values)
    for code in sorted(listed - stored):
        yield Fault("feature", {"feature": code}, "has no row")
    for code in sorted(stored - listed):
        yield Fault("feature", {"feature": code}, "is none of the features of the portal")


CHECKS = (
    parents_exist,
    paths_true,
    paths_of_audit,
    sites_of_audit,
    enterprises_of_parents,
    bounds_of_administrators,
    roots_hold_all_sites,
    all_sites_within_parents,
    all_sites_complete,
    superusers_outside_the_tree,
    superusers_hold_nothing,
    staff_are_superusers,
    no_groups,
    no_user_permissions,
    no_generic_permissions,
    grants_refer_to_something,
    permissions_of_grants,
    bounds_of_grants,
    enterprises_of_grants,
    grants_within_parents,
    features_as_listed,
)


def _people() -> QuerySet:
    return get_user_model().objects.all()


def _parent_exists() -> Exists:
    return Exists(_people().filter(pk=OuterRef("parent_id")))


def _children() -> QuerySet:
    """Those whose parent is there, to be compared with."""
    return _people().filter(_parent_exists())


def _of_people(kind: str, words: str, rows: QuerySet) -> Iterator[Fault]:
    return faults(kind, words, rows, administrator="pk", parent="parent_id")


def _of_grants(kind: str, words: str, model: type[Grant], rows: QuerySet) -> Iterator[Fault]:
    columns = {model._meta.model_name: "pk", "administrator": "user_id"}
    return faults(kind, words, rows, **columns, thing="content_object_id", bound="bound_id")
