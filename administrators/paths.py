"""The materialised path of the tree: the ids of all ancestors, 8 bytes each, big-endian.

"Below me" is then an index range, on both databases.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BinaryField, Func

if TYPE_CHECKING:
    from administrators.models import Administrator

WIDTH = 8
# People at these levels may have too many below to sort them for each page: each level has an index
# of its branches in the order of the list. A root uses the enterprise's (decisions/0016).
INDEXED_LEVELS = range(1, 5)
# No deeper: an index holds no path of a thousand ids, and no database takes a right back from
# a thousand levels at once (decisions/0021).
DEEPEST = 100


class Ancestor(Func):
    """The part of a path that says who is above at that level; the root is at level 0."""

    output_field = BinaryField()

    def __init__(self, level: int) -> None:
        super().__init__("path")
        self.level = level

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = f"SUBSTR(%(expressions)s, {WIDTH * self.level + 1}, {WIDTH})"
        return super().as_sql(compiler, connection, template=template, **context)


class ChildPath(Func):
    """The path that children of somebody have, in a query: of the path and the id of a person."""

    function = "child_path"  # SQLite is taught it, for it makes no bytes of numbers
    arity = 2
    output_field = BinaryField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        how = {"template": "(%(expressions)s))", "arg_joiner": " || int8send("}
        return self.as_sql(compiler, connection, **how, **context)


class Branch(NamedTuple):
    """Everybody below one person: paths from `first` up to, not including, `end`.

    `level` is the person's; `step` is what such paths hold at that level.
    """

    enterprise: int | None
    person: int
    is_root: bool
    level: int
    step: bytes
    first: bytes
    end: bytes


def branch_below(person: "Administrator") -> Branch:
    """The strict descendants of somebody (rule 4)."""
    path, own, after = bytes(person.path), step(person.pk), step(person.pk + 1)
    enterprise, level = person.enterprise_id, len(path) // WIDTH
    is_root = bool(enterprise) and not person.parent_id  # carrier staff have no enterprise
    return Branch(enterprise, person.pk, is_root, level, own, path + own, path + after)


def teach(connection: Any, **_: Any) -> None:
    """Give a connection to SQLite the function of `ChildPath`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("child_path", 2, child_path, deterministic=True)


def child_path(path: bytes, pk: int) -> bytes:
    """The path that children of the person with that path and id have."""
    return bytes(path) + step(pk)


def step(pk: int) -> bytes:
    """One ancestor's part of a path."""
    return pk.to_bytes(WIDTH, "big")


def ancestors(path: bytes) -> list[int]:
    """The ids in a path, from the root down."""
    raw = bytes(path)
    return [int.from_bytes(raw[at : at + WIDTH], "big") for at in range(0, len(raw), WIDTH)]
