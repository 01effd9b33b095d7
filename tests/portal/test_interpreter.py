"""What CPython costs a page by itself, and what spares it (docs/decisions/0023-interpreter.md)."""

import resource
import subprocess
import sys
from collections.abc import Callable

from django.conf import settings

from portal.interpreter import ROOM, YOUNG, with_room

FRAMES = 200  # more than a chunk holds, so that each loop crosses the end of one somewhere
SERVED = """
import gc, sys
from portal.wsgi import application
print(gc.get_threshold()[0], gc.get_freeze_count() > 10_000, application.__code__.co_stacksize)
print("portal.views.choices" in sys.modules)
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "SERVER_NAME": "localhost",
           "SERVER_PORT": "80", "wsgi.input": sys.stdin.buffer, "wsgi.url_scheme": "http",
           "CONTENT_TYPE": "text/plain; charset*=a''b"}
application(environ, lambda status, headers: print(status))
"""


def deep(frames: int, work: Callable[[], None]) -> None:
    if frames:
        deep(frames - 1, work)
    else:
        work()


def small() -> None:
    pass


def loop() -> None:
    for _turn in range(500):
        small()


def faults_of_a_loop() -> int:
    """Pages of memory that the system gave while the same loop ran at each depth."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for frames in range(FRAMES):
        deep(frames, loop)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_no_loop_asks_for_memory_at_each_turn() -> None:
    """One that does asks for 500 pages of it."""
    assert with_room(faults_of_a_loop)() < 250


def test_it_is_the_same_function() -> None:
    assert with_room(divmod)(7, 2) == (3, 1)
    assert with_room(int)("12", base=8) == 10


def test_the_server_has_both() -> None:
    """And answers, whatever the kind of a body is said to be."""
    command = [sys.executable, "-c", SERVED]
    said = subprocess.run(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True).stdout
    assert said.split() == [str(YOUNG), "True", str(ROOM), "True", "200", "OK"]
