"""Two costs of CPython that each page pays, and that a server can spare it.

docs/decisions/0023-interpreter.md has the figures.
"""

import gc
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

ROOM = 2**15  # slots of 8 bytes; a page needs a tenth, the deepest recursion not all of it
YOUNG = 50_000  # objects, of which a page makes some thousands that live as long as it


def with_room(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, with room for the frames of all that it calls.

    CPython keeps frames in chunks of 16 KB. Where a loop calls from the last frame of one into the
    next, that chunk is asked of the system and given back at each turn. A frame that is larger
    gets a chunk of its own, twice as large.
    """

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=ROOM)
    return call


def settle() -> None:
    """What was loaded stays, and is not searched for garbage again; the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
