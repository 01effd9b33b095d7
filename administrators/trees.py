"""The descendants of somebody as a tree that a page can show."""

from dataclasses import dataclass, field

from administrators.models import Administrator

SHOWN = 200


@dataclass
class Node:
    """A person and those directly below."""

    person: Administrator
    children: list["Node"] = field(default_factory=list)


def tree_below(person: Administrator) -> list[Node]:
    """The children of `person`, each with theirs: at most `SHOWN` people, the nearest first."""
    people = Administrator.objects.below(person).order_by("path", "search_key", "pk")[:SHOWN]
    nodes = {one.pk: Node(one) for one in people}
    top = []
    for node in nodes.values():
        siblings = nodes[node.person.parent_id].children if node.person.parent_id in nodes else top
        siblings.append(node)
    return top
