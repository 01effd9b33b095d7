"""The benchmark is not run with the tests; that it can begin is seen here."""

from importlib import import_module

import pytest

PARTS = ["actors", "acts", "asking", "rights", "server"]
OF_LOAD = ["load.doing", "load.people", "load.tally", "load.visiting"]


@pytest.mark.parametrize("name", PARTS + OF_LOAD)
def test_each_part_can_be_imported(name: str) -> None:
    assert import_module(f"tests.bench.{name}").__doc__
