"""Writes the planned people, and what they hold.

The rows do not pass through the acts, whose audit would be longer than all the rest: the
database's keys refuse what would break containment all the same.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from administrators import paths
from administrators.models import Administrator
from permissions.features import FeatureCode
from permissions.models import FeatureGrant, SiteGrant
from portal.generating import names, rows
from portal.generating.rows import Columns
from portal.generating.trees import Planned
from sites.models import Enterprise, Site
from sites.text import fold

DISABLED, OWING, NEVER_CAME = 0.03, 0.04, 0.2
GIVE_SITES = """
INSERT INTO {grants} (user_id, permission_id, content_object_id, bound_id, enterprise_id)
WITH planned (person, bound, first, last) AS (VALUES {rows})
SELECT person, %s, site.id, bound, site.enterprise_id
FROM planned JOIN {sites} site ON site.id BETWEEN first AND last AND site.enterprise_id = %s
"""
GIVE_FEATURES = """
INSERT INTO {grants} (user_id, permission_id, content_object_id, bound_id, enterprise_id)
WITH planned (person, bound, features) AS (VALUES {rows}),
     feature (bit, code) AS (VALUES {features})
SELECT person, %s, code, bound, %s
FROM planned JOIN feature ON features & bit <> 0
"""


class People:
    """The people of one enterprise; the n-th of the plan gets the n-th of the ids kept for them.

    `sites` are the ids of the enterprise's sites in order, of which people hold stretches.
    """

    def __init__(self, enterprise: Enterprise, sites: list[int], amount: int, chance: Random):
        self.enterprise, self.sites, self.chance = enterprise, sites, chance
        self.first = rows.reserve_ids(Administrator, amount)
        self.now = timezone.now()

    def add(self, planned: list[Planned], columns: Columns) -> None:
        """All of them, whole or not at all."""
        with transaction.atomic():
            rows.insert(Administrator, columns, enterprise=self.enterprise)
            self._give_sites(planned)
            self._give_features(planned)

    def invented(self, plan: Iterable[Planned]) -> Iterator[tuple[list[Planned], Columns]]:
        """Some of the plan at a time, with the columns of their rows; asks no database."""
        for planned in rows.batches(plan):
            each = [self._person(one) for one in planned]
            yield planned, {name: [person[name] for person in each] for name in each[0]}

    def _person(self, planned: Planned) -> dict[str, Any]:
        named = names.person(planned.number, self.chance, planned.stretch)
        username = f"{named.username}.{self.enterprise.pk}"[-64:]
        email = f"{named.username}@entreprise.example"
        return {
            "id": self.first + planned.number,
            "username": username,
            "password": "!",  # the mark of no password at all
            "first_name": named.first,
            "last_name": named.last,
            "email": email,
            "parent_id": self.first + planned.parent.number if planned.parent else None,
            "path": self._path(planned),
            "all_sites": planned.all_sites,
            "search_key": fold(f"{named.first}  {named.last} {username} {email}"),
            **self._state(leaf=not planned.size),
        }

    def _path(self, planned: Planned) -> bytes:
        above = planned.parent
        return self._path(above) + paths.step(self.first + above.number) if above else b""

    def _state(self, *, leaf: bool) -> dict[str, Any]:
        """Most are active; those who have others below them always are."""
        drawn = self.chance.random() if leaf else 1.0
        owing = DISABLED <= drawn < DISABLED + OWING
        return {
            "is_active": drawn >= DISABLED,
            "must_change_password": owing,
            "password_expires_at": self.now + timedelta(days=7) if owing else None,
            "last_login": None if owing else self._last_login(),
        }

    def _last_login(self) -> datetime | None:
        if self.chance.random() < NEVER_CAME:
            return None
        return self.now - timedelta(days=self.chance.uniform(0, 300))

    def _holder(self, planned: Planned) -> tuple[int, int]:
        """Whose grant it is, and who bounds it: the parent or, for a root, oneself."""
        return self.first + planned.number, self.first + (planned.parent or planned).number

    def _give_sites(self, planned: list[Planned]) -> None:
        stretches = [
            (*self._holder(one), self.sites[one.first], self.sites[one.first + one.sites - 1])
            for one in planned
            if one.sites
        ]
        tables = {"grants": SiteGrant._meta.db_table, "sites": Site._meta.db_table}
        others = [SiteGrant.permission_pk(), self.enterprise.pk]
        rows.execute_with(GIVE_SITES, stretches, others, **tables)

    def _give_features(self, planned: list[Planned]) -> None:
        held = [(*self._holder(one), one.features) for one in planned if one.features]
        codes = ", ".join(f"({1 << nth}, '{code.value}')" for nth, code in enumerate(FeatureCode))
        table = FeatureGrant._meta.db_table
        others = [FeatureGrant.permission_pk(), self.enterprise.pk]
        rows.execute_with(GIVE_FEATURES, held, others, grants=table, features=codes)
