"""The demo, anew for each test without making it each time."""

from typing import Any

from django.db import transaction
from django.db.models import Model

from administrators.models import Administrator
from permissions.models import AuditEntry, FeatureGrant, SiteGrant
from portal.management.commands import load_demo
from sites import models as sites
from tests.inventory import INVENTORY

# Each after those that it points to.
PEOPLE: list[type[Model]] = [Administrator, SiteGrant, FeatureGrant, AuditEntry]
MODELS = [sites.Enterprise, sites.Site, *PEOPLE, *INVENTORY]
CALLS_KEPT = 500  # a year of them would be put back for each test


class Demo:
    """Its rows: made once by the acts of the portal, then put back as they were."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Any]] = {}

    def load(self) -> None:
        if self.rows:
            self._put_back()
        else:
            load_demo.load()
            newest = sites.CallRecord.objects.values_list("pk", flat=True)[:CALLS_KEPT]
            sites.CallRecord.objects.exclude(pk__in=list(newest)).delete()
            self.rows = {model: list(model._base_manager.order_by("pk")) for model in MODELS}

    def _put_back(self) -> None:
        with transaction.atomic():
            for model, rows in self.rows.items():
                model._base_manager.bulk_create(rows)
