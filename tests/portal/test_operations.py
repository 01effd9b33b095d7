"""docs/operations.md names every setting, metric and command that there is, and no other."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from portal import figures, metrics

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs" / "operations.md").read_text()
CODE = re.compile(r"`([^`]+)`")
METRIC = re.compile(r"\bportal_[a-z_]+\b")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
MACHINES = "Several workers, several machines"
LINK = re.compile(r"\]\(([\w./-]+)(?:#[\w-]+)?\)")


def section(head: str) -> str:
    """What stands below that head."""
    return PAGE.split(f"\n## {head}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """What is named at the beginning of each row of its tables."""
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in CODE.findall(row.split("|")[1])]


def read_from_the_environment() -> list[str]:
    """The first argument of every `env.…("NAME")` in the settings."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / "portal" / "settings.py").read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env."):
            found |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return sorted(found)


def test_every_setting_stands_on_the_page_once() -> None:
    assert len(read_from_the_environment()) > 10
    assert sorted(first_cells(section("Settings"))) == read_from_the_environment()


def test_settings_read_the_environment_in_no_other_way() -> None:
    """Else the test above would not see it."""
    source = (ROOT / "portal" / "settings.py").read_text()
    assert not re.findall(r"\bos\.|getenv|import os", source)


def test_every_metric_stands_on_the_page() -> None:
    counted = {family.name for family in metrics.OF_PROCESS.collect()}
    told = {name for name in first_cells(section(MACHINES)) if "/" not in name}
    assert {name.removesuffix("_total") for name in told} == counted | {
        f"portal_{name}" for name in figures.WORDS
    }


def test_what_is_watched_is_measured() -> None:
    named = set(METRIC.findall(section("What to watch"))) - set(get_commands())
    assert named
    assert named <= set(first_cells(section(MACHINES)))


@pytest.mark.parametrize("page", ["operations.md", "production.md"])
def test_every_command_that_is_named_exists(page: str) -> None:
    named = set(COMMAND.findall((ROOT / "docs" / page).read_text()))
    assert named
    assert named <= set(get_commands())


@pytest.mark.parametrize("page", ["docs/operations.md", "docs/production.md", "README.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    path = ROOT / page
    found = [link for link in LINK.findall(path.read_text()) if "://" not in link]
    assert found
    assert [link for link in found if not (path.parent / link).exists()] == []
