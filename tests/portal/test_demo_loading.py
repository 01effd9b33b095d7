"""Loading the demo into an empty portal: all or nothing, and the same each time."""

from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from administrators import services
from administrators.models import Administrator
from sites import models
from sites.models import Enterprise

pytestmark = pytest.mark.django_db


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(services, "disable", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        call_command("load_demo")
    assert not Administrator.objects.exists()
    assert not Enterprise.objects.exists()


def test_it_is_refused_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MODE", "production")
    with pytest.raises(CommandError, match="PORTAL_MODE=demo"):
        call_command("load_demo")
    assert not Administrator.objects.exists()


def test_the_demo_is_the_same_each_time() -> None:
    def said() -> list[tuple[Any, ...]]:
        with transaction.atomic():
            call_command("load_demo", stdout=StringIO())
            rows = list(models.CallRecord.objects.values_list("reference", "at", "number", "peer"))
            rows += models.Device.objects.values_list("mac", "name", "model__name", "registration")
            transaction.set_rollback(True)
        return rows

    assert said() == said()
