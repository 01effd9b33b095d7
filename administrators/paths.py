"""The materialised path of the tree: the ids of all ancestors, 8 bytes each, big-endian.

"Below me" is then an index range, on both databases (DESIGN §7).
"""

WIDTH = 8


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
