"""docs/decisions/0017-tenancy.md names every table, and every key that lacks the enterprise."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import (
    CompositePrimaryKey,
    Field,
    ForeignKey,
    Model,
    UniqueConstraint,
)

from administrators.models import Administrator
from permissions.models import FeatureGrant, Grant, SiteGrant
from sites.constraints import CompositeForeignKey

OURS = ("sites", "permissions", "administrators", "portal")
MODELS = [
    model
    for app in OURS
    for model in apps.get_app_config(app).get_models(include_auto_created=True)
]
PAGE = (Path(settings.BASE_DIR) / "docs" / "decisions" / "0017-tenancy.md").read_text()
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE))
# A copy on every machine, or on one only: keys to and in these may be any.
NOT_SPREAD = {"sites_enterprise", "sites_devicemodel", "permissions_feature"}
NOT_SPREAD |= {"permissions_integritycheck"}
NOT_SPREAD |= {"auth_permission", "auth_group"}
TENANT = "enterprise"


def named(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))


def has_the_tenant(model: type[Model]) -> bool:
    return any(field.name == TENANT for field in model._meta.concrete_fields)


CARRYING = [model for model in MODELS if has_the_tenant(model)]


def constraints_without(model: type[Model]) -> set[str]:
    """Those over several columns, or under a condition, that do not begin with it."""
    kinds = (UniqueConstraint, CompositeForeignKey)
    found = [one for one in model._meta.constraints if isinstance(one, kinds)]
    return {one.name for one in found if one.fields[0] != TENANT}


def columns_alone(model: type[Model]) -> set[str]:
    """Columns that are unique over all, or refer to a table that would be spread."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return {field.name for field in fields if field.unique or _refers(field)}


def _refers(field: Field) -> bool:
    if not isinstance(field, ForeignKey) or not field.db_constraint:
        return False
    return field.related_model._meta.db_table not in NOT_SPREAD


def test_every_table_stands_on_the_page_once() -> None:
    told = re.findall(r"^\| `(\w+_\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(told) == sorted(model._meta.db_table for model in MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_its_keys_are_told(model: type[Model]) -> None:
    leads, change = ROWS[model._meta.db_table].split(" | ")
    if model._meta.db_table in NOT_SPREAD or "always empty" in leads:
        return
    assert constraints_without(model) | columns_alone(model) <= named(change)
    assert ("lacks it" in leads) is not has_the_tenant(model)
    assert ("primary key" in change) is not isinstance(model._meta.pk, CompositePrimaryKey)


@pytest.mark.parametrize("model", CARRYING, ids=lambda model: model._meta.db_table)
def test_every_key_of_a_table_that_has_the_enterprise_begins_with_it(model: type[Model]) -> None:
    assert constraints_without(model) == set()
    composite = [one for one in model._meta.constraints if isinstance(one, CompositeForeignKey)]
    assert {one.to_fields[0] for one in composite} <= {f"{TENANT}_id"}


@pytest.mark.parametrize("grants", [SiteGrant, FeatureGrant])
def test_grants_are_asked_by_the_columns_of_their_key(db: None, grants: type[Grant]) -> None:
    """With one enterprise no plan tells; with many, a key whose beginning is not named is none."""
    person = Administrator(pk=1, enterprise_id=2)
    for asked in (grants.objects.given_to(person), grants.objects.given_to_each()):
        named = {child.lhs.target.name for child in asked.query.where.children}
        assert named == {"enterprise", "user", "permission"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_what_leads_does(model: type[Model]) -> None:
    """What is said to begin with the enterprise does."""
    leads = ROWS[model._meta.db_table].split(" | ")[0]
    every = [*model._meta.indexes, *model._meta.constraints]
    first = {one.name: (*getattr(one, "fields", ()), "")[0] for one in every}
    assert {first[name] for name in named(leads)} <= {TENANT}
    assert named(leads) or TENANT not in first.values()
