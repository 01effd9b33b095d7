"""The ledger against the database: everything acknowledged is there, once, and nothing is half."""

from collections import Counter
from typing import Any

from tests.faults.clerks import Ledger
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import manage

CREATED = """
SELECT a.username,
 (SELECT count(*) FROM permissions_auditentry WHERE act = 'create' AND target_id = a.id),
 (SELECT count(*) FROM administrators_outgoingmail WHERE person_id = a.id),
 (SELECT count(*) FROM permissions_featuregrant WHERE user_id = a.id),
 (SELECT count(*) FROM permissions_sitegrant WHERE user_id = a.id)
FROM administrators_administrator a WHERE a.username LIKE 'new-%'"""
CITIES = """SELECT before, after FROM permissions_auditentry WHERE act = 'edit' AND item = 'city'
ORDER BY id"""
TICKS = """SELECT target_id::text, act FROM permissions_auditentry
WHERE item = 'feature:notes' AND cause_id IS NULL AND actor_name LIKE 'User-R %%'
AND target_id = ANY(%s) ORDER BY id"""
ROWS = """SELECT target_id, act FROM permissions_auditentry WHERE item = 'feature:notes'
AND act IN ('grant', 'revoke') ORDER BY id"""
HOLDERS = "SELECT user_id FROM permissions_featuregrant WHERE content_object_id = 'notes'"


class Books:
    """Reads the database as it is now."""

    def __init__(self, cluster: Cluster, ledger: Ledger) -> None:
        self.cluster, self.ledger = cluster, ledger
        self.lost: list[Any] = []
        self.doubled: list[Any] = []
        self.half: list[Any] = []
        self.saved_all_the_same = 0

    def balance(self, people: dict[str, int], before: set[int]) -> None:
        self._created()
        self._moved()
        self._ticked([people[name] for name in "ABC"])
        self._replayed(before)

    def sound(self) -> bool:
        """What the portal itself says of every row."""
        return "no fault" in manage(self.cluster.url(DATABASE), "check_delegation")

    def holders(self) -> set[int]:
        return {pk for (pk,) in self._query(HOLDERS)}

    def _query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return self.cluster.query(DATABASE, sql, *parameters)

    def _marks(self, kind: str, marks: list[tuple[str, ...]]) -> list[str]:
        return [mark[1] for mark in marks if mark[0] == kind]

    def _created(self) -> None:
        """Each with one audit row, one mail, one feature and one site."""
        found = {row[0]: row[1:] for row in self._query(CREATED)}
        self._compare("create", Counter(list(found)))
        self.half += [(name, counts) for name, counts in found.items() if set(counts) != {1}]

    def _moved(self) -> None:
        """Each value comes from the one before: no step is missing, none is there twice."""
        rows = self._query(CITIES)
        self._compare("city", Counter(after for _before, after in rows))
        steps = zip(rows, rows[1:], strict=False)
        self.half += [(one, next_) for one, next_ in steps if one[1] != next_[0]]

    def _compare(self, kind: str, found: Counter[str]) -> None:
        acknowledged = self._marks(kind, self.ledger.acknowledged)
        self.lost += [mark for mark in acknowledged if mark not in found]
        self.doubled += [mark for mark, times in found.items() if times > 1]
        unsaved = self._marks(kind, self.ledger.said_unsaved)
        self.saved_all_the_same += sum(mark in found for mark in unsaved)

    def _ticked(self, targets: list[int]) -> None:
        """A tick and its contrary take turns; as many as were acknowledged, or left open."""
        rows = self._query(TICKS, targets)
        for target in map(str, targets):
            for act in ("grant", "revoke"):
                mark = ("tick", target, act)
                done, told = rows.count((target, act)), self.ledger.acknowledged.count(mark)
                unknown = self.ledger.open.count(mark) + self.ledger.said_unsaved.count(mark)
                self.lost += [mark] * max(told - done, 0)
                self.doubled += [mark] * max(done - told - unknown, 0)

    def _replayed(self, before: set[int]) -> None:
        """The audit leads from who held the feature before to who holds it now."""
        held = set(before)
        for target, act in self._query(ROWS):
            (held.add if act == "grant" else held.discard)(target)
        self.half += [("not as the audit says", held ^ self.holders())] * (held != self.holders())
