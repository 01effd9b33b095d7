"""Rows that tests begin with, written straight into the tables.

The composite keys of the database judge them like any other row, so that no test can begin in a
state that the rules forbid, and no fault of an act can hide behind the same fault here.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from administrators.models import Administrator
from permissions.models import FeatureGrant, SiteGrant
from sites.models import Enterprise, Site

PASSWORD = "Cheval-Agrafe-2026"


@cache
def password_hash() -> str:
    return make_password(PASSWORD)


def details(username: str = "nora.petit", **changes: Any) -> dict[str, Any]:
    """What a form hands to `create_administrator`."""
    return {
        "username": username,
        "first_name": "Nora",
        "last_name": "Petit",
        "email": f"{username}@exemple.fr",
        **changes,
    }


def person(username: str, *, parent: Administrator | None = None, **fields: Any) -> Administrator:
    """An unsaved administrator who signs in with `PASSWORD`."""
    tree: dict[str, Any] = {}
    if parent is not None:
        tree = {"parent": parent, "path": parent.child_path, "enterprise": parent.enterprise}
    filled = {
        "first_name": username.title(),
        "last_name": "Durand",
        "email": f"{username}@exemple.fr",
        "search_key": f"{username} durand",
        "password": password_hash(),
    }
    return Administrator(username=username, **filled, **tree, **fields)


def superuser(username: str = "operateur") -> Administrator:
    """Carrier staff."""
    staff = person(username, is_staff=True, is_superuser=True)
    staff.save()
    return staff


def enterprise(name: str, *site_names: str) -> tuple[Enterprise, list[Site]]:
    """An enterprise with open sites."""
    customer = Enterprise.objects.create(name=name)
    sites = [
        Site(enterprise=customer, name=site, city=site, search_key=site.casefold())
        for site in site_names
    ]
    return customer, Site.objects.bulk_create(sites)


def root(customer: Enterprise, username: str) -> Administrator:
    """The root of an enterprise, without any grant."""
    main = person(username, enterprise=customer, all_sites=True)
    main.save()
    return main


def children(parent: Administrator, count: int) -> list[Administrator]:
    """Many children without any grant."""
    people = [person(f"{parent.username}{number}", parent=parent) for number in range(count)]
    return Administrator.objects.bulk_create(people)


def site_grant(holder: Administrator, site: Site) -> SiteGrant:
    """An unsaved grant."""
    return SiteGrant(
        user=holder,
        permission_id=SiteGrant.permission_pk(),
        content_object=site,
        bound_id=holder.parent_id or holder.pk,
        enterprise_id=holder.enterprise_id,
    )


def feature_grant(holder: Administrator, code: str) -> FeatureGrant:
    """An unsaved grant."""
    return FeatureGrant(
        user=holder,
        permission_id=FeatureGrant.permission_pk(),
        content_object_id=code,
        bound_id=holder.parent_id or holder.pk,
        enterprise_id=holder.enterprise_id,
    )


def hold(holder: Administrator, sites: Iterable[Site] = (), features: Iterable[str] = ()) -> None:
    """Grant what the parent holds; the database refuses anything else."""
    SiteGrant.objects.bulk_create(site_grant(holder, site) for site in sites)
    FeatureGrant.objects.bulk_create(feature_grant(holder, code) for code in features)


def more_sites(holder: Administrator, count: int) -> list[Site]:
    """So many more sites of the holder's enterprise, held."""
    customer = holder.enterprise
    made = [Site(enterprise=customer, name=f"S{n}", search_key=f"s{n}") for n in range(count)]
    sites = Site.objects.bulk_create(made)
    hold(holder, sites)
    return sites
