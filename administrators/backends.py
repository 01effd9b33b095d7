"""Who may sign in."""

from collections.abc import Mapping
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.exceptions import AxesBackendPermissionDenied
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from administrators.models import Administrator
from administrators.usernames import canonical_username
from permissions import rules
from permissions.models import FeatureGrant
from sites import prepared


class LockoutBackend(AxesStandaloneBackend):
    """Refuses a locked name, and takes as long over it as over a wrong password."""

    def authenticate(
        self,
        request: HttpRequest,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> None:
        try:
            super().authenticate(request, username=username, password=password, **kwargs)
        except AxesBackendPermissionDenied:
            make_password(password)
            raise


class AdministratorBackend(ModelBackend):
    """Administrators sign in while they are active and their enterprise is not suspended."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Administrator | None:
        """The person, if the password is theirs. A temporary one works once (rule 10)."""
        name = canonical_username(username or "")
        person = super().authenticate(request, username=name, password=password, **kwargs)
        if person is not None and person.must_change_password and not self._use_up(person):
            return None
        return person

    def user_can_authenticate(self, user: Administrator | None) -> bool:
        """Asked at sign-in and again at every request of a session."""
        if user is None or not user.is_active:
            return False
        if not _enterprise_works(user):
            return False
        expiry = user.password_expires_at
        return not user.must_change_password or (expiry is not None and expiry > timezone.now())

    def get_user(self, user_id: int) -> Administrator | None:
        """Whoever's session it is, with what is asked of them at every request, in one query."""

        def build(ids: Mapping[str, Any]) -> QuerySet:
            people = Administrator.objects.filter(pk=ids["pk"])
            return rules.with_features(people.annotate(enterprise_works=F("enterprise__is_active")))

        shape = ("user", FeatureGrant.permission_pk())
        who = {"pk": user_id}
        found = prepared.instances(Administrator, shape, build, who, planned_once=True)
        return found[0] if found and self.user_can_authenticate(found[0]) else None

    def _use_up(self, person: Administrator) -> bool:
        mine = Administrator.objects.filter(
            pk=person.pk, password=person.password, temporary_used=False
        )
        return bool(mine.update(temporary_used=True))


def _enterprise_works(user: Administrator) -> bool:
    """Whether it is not suspended: read with the person in a session, asked at sign-in."""
    if user.enterprise_id is None:
        return True
    works = getattr(user, "enterprise_works", None)
    return user.enterprise.is_active if works is None else bool(works)  # SQLite gives 0 or 1
