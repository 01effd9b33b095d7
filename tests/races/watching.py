"""A connection of its own that asks, as often as it can, whether containment holds just now."""

import threading
from types import TracebackType
from typing import Self

from django.db import connection

PAUSE = 0.01  # seconds, so that what is watched gets the machine too
BEYOND = """
SELECT count(*) FROM {table} g JOIN administrators_administrator a ON a.id = g.user_id
WHERE a.is_superuser OR (a.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} p
WHERE p.user_id = a.parent_id AND p.content_object_id = g.content_object_id))"""
CONTAINMENT = f"""
SELECT ({BEYOND.format(table="permissions_sitegrant")})
+ ({BEYOND.format(table="permissions_featuregrant")})
+ (SELECT count(*) FROM administrators_administrator a
   JOIN administrators_administrator p ON p.id = a.parent_id
   WHERE a.enterprise_id <> p.enterprise_id OR (a.all_sites AND NOT p.all_sites))
+ (SELECT count(*) FROM permissions_sitegrant g JOIN sites_site s ON s.id = g.content_object_id
   JOIN administrators_administrator a ON a.id = g.user_id
   WHERE s.enterprise_id <> a.enterprise_id)
+ (SELECT count(*) FROM administrators_administrator a
   JOIN sites_site s ON s.enterprise_id = a.enterprise_id
   WHERE a.all_sites AND NOT EXISTS (SELECT 1 FROM permissions_sitegrant g
   WHERE g.user_id = a.id AND g.content_object_id = s.id))"""


class Watcher(threading.Thread):
    """Counts snapshots, and rows that break containment in any of them."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.snapshots = self.violations = 0
        self.ending = threading.Event()

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                while not self.ending.wait(PAUSE):
                    self.violations += cursor.execute(CONTAINMENT).fetchone()[0]
                    self.snapshots += 1
        finally:
            connection.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.ending.set()
        self.join()
