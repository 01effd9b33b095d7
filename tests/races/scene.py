"""One committed world for all rounds of a race: put back as it was, and read, in few statements."""

from typing import Any

from django.db import connection

from administrators.models import Administrator
from tests.world import World, build

PEOPLE = "administrators_administrator"
KEPT = (PEOPLE, "administrators_outgoingmail", "sites_site")
GRANTS = ("permissions_sitegrant", "permissions_featuregrant")
COLUMNS = (
    "username", "email", "city", "password", "is_active", "all_sites", "must_change_password",
    "password_expires_at", "temporary_used", "session_epoch", "version",
)  # fmt: skip
TOLD = ", ".join(column for column in COLUMNS if not column.startswith("password"))
NAMES = """(SELECT string_agg(s.name, ', ' ORDER BY s.name) FROM permissions_auditedsite s
WHERE s.act_id = e.act_id AND strpos(e.site_ids, ' ' || s.site_id || ' ') > 0)"""
# The id of a site that a round added differs each time; its name stands beside.
STATE = f"""
SELECT 'person', ({TOLD})::text FROM {PEOPLE}
UNION ALL SELECT 'site', (p.username, s.name)::text FROM permissions_sitegrant g
JOIN {PEOPLE} p ON p.id = g.user_id JOIN sites_site s ON s.id = g.content_object_id
UNION ALL SELECT 'feature', (p.username, g.content_object_id)::text FROM permissions_featuregrant g
JOIN {PEOPLE} p ON p.id = g.user_id
UNION ALL SELECT 'mail waits', (m.kind, p.username)::text FROM administrators_outgoingmail m
JOIN {PEOPLE} p ON p.id = m.person_id WHERE m.sent_at IS NULL
UNION ALL SELECT 'audit', (act, actor_name, target_name, regexp_replace(item, '[0-9]+$', ''),
item_name, {NAMES}, cause_name, before, after)::text FROM permissions_auditentry e WHERE id > %s
ORDER BY 1, 2"""
State = tuple[tuple[str, Any], ...]


class Scene:
    """`people()` are read afresh; `restore()` undoes whatever a round did."""

    def __init__(self) -> None:
        self.world: World = build()
        self.keep()

    def keep(self) -> None:
        """From now on `restore()` leads back to this moment."""
        _execute(
            *(f"DROP TABLE IF EXISTS kept_{table}" for table in KEPT + GRANTS),
            *(f"CREATE UNLOGGED TABLE kept_{table} AS TABLE {table}" for table in KEPT + GRANTS),
        )
        self.restored = f"BEGIN; {'; '.join(_restoring())}; COMMIT"
        self._mark()

    def restore(self) -> None:
        _execute(self.restored)
        self._mark()

    def close(self) -> None:
        _execute(*(f"DROP TABLE IF EXISTS kept_{table}" for table in KEPT + GRANTS))

    def people(self) -> dict[str, Administrator]:
        """Everybody by name, as pages that were just opened hold them."""
        found = Administrator.objects.in_bulk()
        return {name: found[pk] for name, pk in self.world.people.items()}

    def state(self) -> State:
        """All that a reader can tell, with the audit of the round, without what always differs."""
        with connection.cursor() as cursor:
            return tuple(cursor.execute(STATE, [self.mark]).fetchall())

    def _mark(self) -> None:
        with connection.cursor() as cursor:
            newest = "SELECT coalesce(max(id), 0) FROM permissions_auditentry"
            (self.mark,) = cursor.execute(newest).fetchone()


def _restoring() -> list[str]:
    """Only rows that differ are written: a round changes few."""
    columns = ", ".join(COLUMNS)
    same = "k.user_id = g.user_id AND k.content_object_id = g.content_object_id"
    kept = ", ".join(f"k.{column}" for column in COLUMNS)
    return [
        "DELETE FROM axes_accessattempt",
        "DELETE FROM administrators_outgoingmail",
        *(
            f"DELETE FROM {table} g WHERE NOT EXISTS (SELECT 1 FROM kept_{table} k WHERE {same})"
            for table in GRANTS
        ),
        f"DELETE FROM {PEOPLE} WHERE id NOT IN (SELECT id FROM kept_{PEOPLE})",
        "DELETE FROM sites_site WHERE id NOT IN (SELECT id FROM kept_sites_site)",
        f"UPDATE {PEOPLE} p SET ({columns}) = ({kept}) FROM kept_{PEOPLE} k WHERE k.id = p.id"
        f" AND ({', '.join(f'p.{column}' for column in COLUMNS)}) IS DISTINCT FROM ({kept})",
        *(f"INSERT INTO {t} SELECT * FROM kept_{t} ON CONFLICT DO NOTHING" for t in GRANTS),
        "INSERT INTO administrators_outgoingmail SELECT * FROM kept_administrators_outgoingmail",
    ]


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))
