"""The demo, anew for each test without making it each time."""

from django.db import connection, transaction
from django.db.models import Model

from administrators.models import Administrator
from permissions.models import AuditedSite, AuditEntry, FeatureGrant, SiteGrant
from portal.management.commands import load_demo
from sites import models as sites
from tests.inventory import INVENTORY

# Each after those that it points to.
PEOPLE: list[type[Model]] = [Administrator, SiteGrant, FeatureGrant, AuditEntry, AuditedSite]
MODELS = [sites.Enterprise, sites.Site, *PEOPLE, *INVENTORY]
CALLS_KEPT = 500  # a year of them would be put back for each test


class Demo:
    """Its rows: made once by the acts of the portal, then put back from copies of the tables."""

    def __init__(self) -> None:
        self.kept = False

    def load(self) -> None:
        if self.kept:
            _execute("INSERT INTO {0} ({1}) SELECT {1} FROM kept_{0}")
        else:
            load_demo.load()
            newest = sites.CallRecord.objects.values_list("pk", flat=True)[:CALLS_KEPT]
            sites.CallRecord.objects.exclude(pk__in=list(newest)).delete()
            _execute("CREATE TABLE kept_{0} AS SELECT {1} FROM {0}")
            self.kept = True


def _execute(statement: str) -> None:
    """For each table and its columns, but for those that the database computes."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in MODELS:
            fields = model._meta.concrete_fields
            columns = ", ".join(f'"{field.column}"' for field in fields if not field.generated)
            cursor.execute(statement.format(model._meta.db_table, columns))
