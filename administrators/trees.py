"""The descendants of somebody as a tree that a page can show."""

from dataclasses import dataclass, field

from administrators.models import Administrator

SHOWN = 200
LEVELS = 10  # within each other: a page shows a branch of 100 levels from its top on


@dataclass
class Node:
    """A person and those directly below."""

    person: Administrator
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """The children of somebody, each with theirs; `whole` if nobody is left out."""

    top: list[Node]
    whole: bool


def tree_below(person: Administrator) -> Tree:
    """At most `SHOWN` people of at most `LEVELS`, in the order of their branches."""
    below = Administrator.objects.below(person).order_by("path", "search_key", "pk")
    people = list(below[: SHOWN + 1])
    near = [one for one in people[:SHOWN] if one.level - person.level <= LEVELS]
    nodes = {one.pk: Node(one) for one in near}
    top: list[Node] = []
    for node in nodes.values():
        siblings = nodes[node.person.parent_id].children if node.person.parent_id in nodes else top
        siblings.append(node)
    return Tree(top, whole=len(near) == len(people))
