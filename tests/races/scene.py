"""One committed world for all rounds of a race: put back as it was, and read, in few statements."""

from typing import Any

from django.db import connection

from administrators.models import Administrator, OutgoingMail
from permissions.models import AuditEntry, FeatureGrant, SiteGrant
from tests.world import World, build

PEOPLE = "administrators_administrator"
KEPT = (PEOPLE, "administrators_outgoingmail", "sites_site")
GRANTS = ("permissions_sitegrant", "permissions_featuregrant")
COLUMNS = (
    "username", "email", "city", "password", "is_active", "all_sites", "must_change_password",
    "password_expires_at", "temporary_used", "session_epoch", "version",
)  # fmt: skip
State = tuple[tuple[Any, ...], ...]


class Scene:
    """`people()` are read afresh; `restore()` undoes whatever a round did."""

    def __init__(self) -> None:
        self.world: World = build()
        self.keep()

    def keep(self) -> None:
        """From now on `restore()` leads back to this moment."""
        _execute(
            *(f"DROP TABLE IF EXISTS kept_{table}" for table in KEPT + GRANTS),
            *(f"CREATE TEMP TABLE kept_{table} AS TABLE {table}" for table in KEPT + GRANTS),
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
        found = Administrator.objects.select_related("parent", "enterprise").in_bulk()
        return {name: found[pk] for name, pk in self.world.people.items()}

    def state(self) -> State:
        """All that a reader can tell, the audit of the round included, without what always differs."""
        return _people(), _grants(), _mails(), self.audit()

    def audit(self) -> tuple[Any, ...]:
        """What the round wrote, in no order: rows of one moment may stand in either."""
        rows = AuditEntry.objects.filter(pk__gt=self.mark).values_list(
            "act", "actor_name", "target_name", "item", "item_name", "cause", "before", "after"
        )
        return tuple(sorted((row[:3] + _without_id(row[3]) + row[4:]) for row in rows))

    def _mark(self) -> None:
        self.mark = AuditEntry.objects.values_list("pk", flat=True).first() or 0


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


def _people() -> tuple[Any, ...]:
    told = [name for name in COLUMNS if name not in {"password", "password_expires_at"}]
    return tuple(Administrator.objects.order_by("username").values_list(*told))


def _grants() -> tuple[Any, ...]:
    sites = SiteGrant.objects.values_list("user__username", "content_object__name")
    features = FeatureGrant.objects.values_list("user__username", "content_object_id")
    return (*sorted(sites), *sorted(features))


def _mails() -> tuple[Any, ...]:
    waiting = OutgoingMail.objects.filter(sent_at=None)
    return tuple(sorted(waiting.values_list("kind", "person__username")))


def _without_id(item: str) -> tuple[str]:
    """The id of a site that a round added differs each time; its name stands beside."""
    kind, colon, name = item.partition(":")
    return (kind if colon and name.isdigit() else item,)
