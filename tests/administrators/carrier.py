"""What the tests of the Django admin share."""

from typing import Any

from django.urls import reverse

from administrators.models import Administrator
from permissions.models import FeatureGrant

ADMIN = "admin:administrators_administrator"
# What no form of the admin has, and what sending it all the same must not change.
FORGED = {
    "is_superuser": "on", "is_staff": "on", "path": "AAAA", "version": "77", "password": "x",
    "session_epoch": "9", "all_sites": "on", "must_change_password": "", "is_active": "",
    "groups": "1", "user_permissions": "1", "search_key": "x", "id": "1", "pk": "1",
}  # fmt: skip


def url(model: Any, view: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def granted_features(person: Administrator) -> set[str]:
    return set(FeatureGrant.objects.given_to(person).values_list("content_object_id", flat=True))


def columns(person: Administrator) -> dict[str, Any]:
    return Administrator.objects.filter(pk=person.pk).values().get()
