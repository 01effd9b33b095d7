"""The list of mistakes is one that can be made, each of them in one place."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.mutants.catalogue import MUTANTS
from tests.mutants.mutant import ROOT, Mutant

AT_LEAST = 40


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_there_are_enough() -> None:
    assert len(MUTANTS) >= AT_LEAST


def test_no_id_stands_twice() -> None:
    assert [name for name, count in Counter(m.id for m in MUTANTS).items() if count > 1] == []


def test_no_mistake_stands_twice() -> None:
    made = Counter((m.file, m.old, m.new) for m in MUTANTS)
    assert [change for change, count in made.items() if count > 1] == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.id)
def test_the_mistake_can_be_made_in_one_place(mutant: Mutant) -> None:
    assert mutant.source().count(mutant.old) == 1
    assert mutant.old != mutant.new
    if mutant.file.endswith(".py"):
        ast.parse(mutant.source().replace(mutant.old, mutant.new))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.id)
def test_the_tests_that_should_notice_exist(mutant: Mutant) -> None:
    for chosen in mutant.tests.split():
        file, _, function = chosen.partition("[")[0].partition("::")
        assert function in functions(ROOT / file)
