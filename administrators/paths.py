"""The materialised path of the tree: the ids of all ancestors, 8 bytes each, big-endian.

"Below me" is then an index range, on both databases (DESIGN §7).
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BinaryField, Func

if TYPE_CHECKING:
    from administrators.models import Administrator

WIDTH = 8
# Those so near to the root have an index of their branch in the order of each list: theirs may be
# too large to be sorted whenever it is read. A root's is the whole enterprise (decisions/0016).
INDEXED_LEVELS = range(1, 5)


class Ancestor(Func):
    """The part of a path that says who is above at that level; the root is at level 0."""

    output_field = BinaryField()

    def __init__(self, level: int) -> None:
        super().__init__("path")
        self.level = level

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = f"SUBSTR(%(expressions)s, {WIDTH * self.level + 1}, {WIDTH})"
        return super().as_sql(compiler, connection, template=template, **context)


class Branch(NamedTuple):
    """All who are below somebody: their paths go from `first` to before `end`.

    `level` is that person's, `step` what the paths have there.
    """

    enterprise: int | None
    level: int
    step: bytes
    first: bytes
    end: bytes


def branch_below(person: "Administrator") -> Branch:
    """The strict descendants of somebody (rule 4)."""
    path = bytes(person.path)
    first, end = below(path, person.pk)
    return Branch(person.enterprise_id, len(path) // WIDTH, step(person.pk), first, end)


def step(pk: int) -> bytes:
    """One ancestor's part of a path."""
    return pk.to_bytes(WIDTH, "big")


def below(path: bytes, pk: int) -> tuple[bytes, bytes]:
    """First path below that person, and the first one that is no longer below."""
    first = bytes(path) + step(pk)
    return first, bytes(path) + step(pk + 1)


def ancestors(path: bytes) -> list[int]:
    """The ids in a path, from the root down."""
    raw = bytes(path)
    return [int.from_bytes(raw[at : at + WIDTH], "big") for at in range(0, len(raw), WIDTH)]
