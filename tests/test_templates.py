"""No template is forgotten, and none asks for a variable that nobody gives it."""

import ast
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib import admin
from django.template import engines

from tests import factories, visitors
from tests.test_markup import SHOWN
from tests.world import World

FOLDER = Path(project.BASE_DIR)
TEMPLATES = {
    path.relative_to(FOLDER / "templates").as_posix()
    for path in (FOLDER / "templates").rglob("*")
    if path.is_file()
}
APPS = ["sites", "permissions", "administrators", "portal"]
# Named nowhere: Django looks for them itself.
DJANGOS = {"400.html", "403.html", "404.html", "500.html", "django/forms/widgets/select.html"}
IN_ADMIN = Path(admin.__file__).parent / "templates/admin"


def in_code() -> list[str]:
    """A regular expression for each string in the code that may name templates."""
    patterns = []
    for app in APPS:
        for path in (FOLDER / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                patterns.append(_pattern(node))
    return [pattern for pattern in patterns if pattern.endswith((r"\.html", r"\.txt"))]


def _pattern(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (_pattern(part) if isinstance(part, ast.Constant) else r"[\w/-]+"
                 for part in node.values)  # fmt: skip
        return "".join(parts)
    return ""


def in_templates() -> list[str]:
    named = []
    for name in TEMPLATES:
        text = (FOLDER / "templates" / name).read_text(encoding="utf-8")
        named += [re.escape(part) for part in re.findall(r"[\w/]+\.html", text) if part != name]
    return named


def overrides_the_admin(name: str) -> bool:
    """Whether Django's admin looks for it, for all pages or under the name of a model."""
    models = {f"admin/{m._meta.app_label}/{m._meta.model_name}" for m in admin.site._registry}
    folder, _slash, last = name.rpartition("/")
    return folder in {"admin", *models} and (IN_ADMIN / last).exists()


USED = [re.compile(pattern) for pattern in {*in_code(), *in_templates()}]


@pytest.mark.parametrize("name", sorted(TEMPLATES - DJANGOS))
def test_every_template_is_used(name: str) -> None:
    used = any(pattern.fullmatch(name) for pattern in USED)
    assert used or overrides_the_admin(name)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_days_are_written_by_the_portal(name: str) -> None:
    """«1er novembre»: Django's own filter is for what machines read."""
    text = (FOLDER / "templates" / name).read_text(encoding="utf-8")
    assert set(re.findall(r"\|date:(\S+?)\s*}}|\|date:(\w+)", text)) <= {('"c"', "")}


def test_the_points_to_correct_are_those_that_are_listed() -> None:
    template = engines["django"].from_string("{% load fields %}{{ errors|points }}")
    of_a_form, of_several = {"one": ["short", "common"], "other": ["missing"]}, ["late", "early"]
    assert template.render({"errors": of_a_form}) == "3"
    assert template.render({"errors": of_several}) == "2"


@pytest.fixture
def strict(settings: Any) -> None:
    """A variable that nobody gives shows."""
    changed = deepcopy(settings.TEMPLATES)
    changed[0]["OPTIONS"]["string_if_invalid"] = "(nobody gave %s)"
    settings.TEMPLATES = changed


OURS = {url: who for url, who in SHOWN.items() if not url.startswith("/admin/")}
OTHERS = {
    "/sign-in/": "", "/privacy/": "", "/missing/": "A", "/orders/": "A", "/password/": "T",
    "/administrators/?feature=notes&state=active": "A", "/administrators/?q=personne": "A",
    "/documentation/mots-de-passe/": "A", "/welcome/": "Z", "/administrators/?per_page=x": "R",
}  # fmt: skip


@pytest.mark.parametrize(("url", "who"), [*OURS.items(), *OTHERS.items()])
def test_no_variable_is_missing(world: World, strict: None, url: str, who: str) -> None:
    factories.children(world["B"], 15)
    for name, pk in {**world.people, **world.places}.items():
        url = url.replace(f"{{{name}}}", str(pk))
    page = visitors.visitor(world[who] if who else None).get(url).content.decode()
    assert sorted(set(re.findall(r"\(nobody gave [^)]*\)", page))) == []


def test_a_missing_variable_would_show(settings: Any, strict: None) -> None:
    assert engines["django"].from_string("{{ x.y }}").render() == "(nobody gave x.y)"
