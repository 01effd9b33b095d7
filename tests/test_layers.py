"""Four apps, one direction: sites ← permissions ← administrators ← portal."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ORDER = ("sites", "permissions", "administrators", "portal")
GUARDIAN = "permissions/guardian.py"
MODULES = sorted(
    path.relative_to(ROOT).as_posix() for app in ORDER for path in (ROOT / app).rglob("*.py")
)


def imported(source: str) -> set[str]:
    """Every module that is imported, in functions, in `if TYPE_CHECKING` and by name too."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
        elif isinstance(node, ast.Call) and _imports_by_name(node.func):
            found |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return found


def forbidden(module: str, source: str) -> set[str]:
    """What `module` imports although it must not: a later app, guardian, a relative name."""
    app = module.split("/")[0]
    later = set(ORDER[ORDER.index(app) + 1 :])
    talks = set() if module == GUARDIAN else {"guardian"}
    return {name for name in imported(source) if name.split(".")[0] in later | talks | {""}}


def _imports_by_name(function: ast.expr) -> bool:
    name = getattr(function, "attr", getattr(function, "id", ""))
    return name in {"import_module", "import_string", "__import__"}


def test_there_are_modules_of_every_app():
    assert {module.split("/")[0] for module in MODULES} == set(ORDER)
    assert GUARDIAN in MODULES


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str):
    assert forbidden(module, (ROOT / module).read_text()) == set()


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("sites/models.py", "from permissions import rules"),
        ("sites/models.py", "import administrators.models"),
        ("permissions/rules.py", "def f():\n    from administrators.models import Administrator"),
        ("permissions/rules.py", "if TYPE_CHECKING:\n    from administrators import models"),
        ("permissions/rules.py", "importlib.import_module('portal.urls')"),
        ("permissions/rules.py", "from guardian.shortcuts import assign_perm"),
        ("permissions/rules.py", "from . import models"),
        ("administrators/views/edit.py", "from portal import navigation"),
        ("portal/views/places.py", "import guardian"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str):
    assert forbidden(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (GUARDIAN, "from guardian.models import UserObjectPermissionBase"),
        ("permissions/models/grants.py", "from permissions.guardian import holds"),
        ("portal/urls.py", "from administrators.models import Administrator"),
        ("administrators/models/people.py", "from sites.models import Site"),
        ("sites/models/places.py", "from django.contrib import admin"),
    ],
)
def test_an_allowed_import_is_not(module: str, source: str):
    assert forbidden(module, source) == set()


def test_the_people_are_named_by_setting_alone_in_the_lower_apps():
    """A string names a model as well as an import does."""
    lower = [module for module in MODULES if module.split("/")[0] in ORDER[:2]]
    source = {module: (ROOT / module).read_text().lower() for module in lower}
    named = {module for module in lower if "administrators.administrator" in source[module]}
    assert named == set()


def test_django_contrib_sites_is_never_installed():
    """Its label is `sites` too."""
    assert not [app for app in settings.INSTALLED_APPS if app.startswith("django.contrib.sites")]


def test_guardian_does_not_change_the_user_model():
    assert settings.GUARDIAN_MONKEY_PATCH_USER is False
    assert settings.ANONYMOUS_USER_NAME is None
