"""Every field that somebody can send is declared in fields.py, with the act that it feeds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.forms import BaseForm
from django.test import RequestFactory
from django.utils.module_loading import import_string
from django_filters import FilterSet

import portal.urls
from administrators.models import Administrator
from permissions.admin_base import ActAdmin
from sites.models import DeviceModel, Enterprise, Site
from tests.matrix.fields import BY_HAND, CARRIER, FILTERS, FORMS, IN_PAGES, PARTS
from tests.world import World

APPS = ("sites", "permissions", "administrators", "portal")
READ_FROM = {"POST", "GET", "data", "request_data"}
READING = {"get", "getlist", "pop", "setdefault"}
CONTROL = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\sname="([^"{]+)"', re.DOTALL)


def classes(base: type) -> Iterator[type]:
    """All our classes that derive from `base`; those of the Django admin come from its site."""
    assert portal.urls.urlpatterns
    for one in base.__subclasses__():
        if one.__module__.split(".")[0] in APPS:
            yield one
        yield from classes(one)


def source(pattern: str) -> Iterator[Path]:
    for app in APPS:
        yield from (settings.BASE_DIR / app).rglob(pattern)


def read_by_hand(tree: ast.AST) -> Iterator[str]:
    """`request.POST.get("x")`, `data["x"]`, `"x" in data`."""
    for node in ast.walk(tree):
        key, of = _key_and_source(node)
        name = getattr(of, "attr", getattr(of, "id", ""))
        if name in READ_FROM and isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value


def _key_and_source(node: ast.AST) -> tuple[Any, Any]:
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in READING and node.args:
        return node.args[0], node.func.value
    if isinstance(node, ast.Subscript):
        return node.slice, node.value
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        return node.left, node.comparators[0]
    return None, None


def test_every_field_of_every_form_is_declared() -> None:
    declared = {name: fields for name, (_act, fields) in FORMS.items()} | PARTS
    found = {one.__name__: sorted(one.base_fields) for one in classes(BaseForm)}
    assert found == {name: sorted(fields.split()) for name, fields in declared.items()}


@pytest.mark.parametrize("path", sorted({act for act, _fields in FORMS.values()}))
def test_every_act_exists(path: str) -> None:
    assert callable(import_string(path))


def test_every_filter_is_declared() -> None:
    found = {one.__name__: sorted(one.base_filters) for one in classes(FilterSet)}
    assert found == {name: sorted(fields.split()) for name, fields in FILTERS.items()}


def test_every_field_of_the_carriers_forms_is_declared(world: World) -> None:
    """To add, and to change an example of each."""
    request = RequestFactory().get("/admin/")
    request.user = world["SU"]
    examples = {Enterprise: world.enterprises["E"], Site: world.site("Paris")}
    examples[Administrator] = world["B"]
    examples[DeviceModel] = DeviceModel(maker="Exemple", name="T2", lines=2)
    writable = {model for model, one in admin.site._registry.items() if isinstance(one, ActAdmin)}
    assert {model.__name__ for model in writable} == set(CARRIER)
    for model in writable:
        forms = [admin.site._registry[model].get_form(request, o, change=bool(o)) for o in
                 (None, examples[model])]  # fmt: skip
        found = tuple(sorted(form.base_fields) for form in forms)
        assert found == tuple(sorted(fields.split()) for fields in CARRIER[model.__name__])


def test_every_parameter_that_is_read_by_hand_is_declared() -> None:
    found = {name for path in source("*.py") for name in read_by_hand(ast.parse(path.read_text()))}
    assert found == set(BY_HAND)


def test_every_control_in_a_template_is_declared() -> None:
    pages = (settings.BASE_DIR / "templates").rglob("*.html")
    found = {name for page in pages for name in CONTROL.findall(page.read_text())}
    fields = " ".join(fields for _act, fields in FORMS.values()).split()
    assert found <= {*BY_HAND, *IN_PAGES, *fields}
    assert {"picker-tick", "language", "theme"} <= found
