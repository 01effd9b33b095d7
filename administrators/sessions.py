"""Django's sessions in the database, read by a query that is built once."""

from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from sites import prepared


class SessionStore(db.SessionStore):
    """Each request reads one: Django takes longer to build that query than to answer it."""

    def load(self) -> dict[str, Any]:
        """What it holds; nothing, and no key either, if there is no such session any more."""
        found = _found(self.session_key)
        if not found:
            self._session_key = None
        return self.decode(found[0]["session_data"]) if found else {}


def _found(key: str) -> list[dict[str, Any]]:
    def build(values: Mapping[str, Any]) -> QuerySet:
        alive = Session.objects.filter(session_key=values["key"], expire_date__gt=Now())
        return alive.values("session_data")

    return prepared.rows(("session",), build, {"key": key}, planned_once=True)
