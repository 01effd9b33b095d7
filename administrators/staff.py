"""The accounts of carrier staff: made and ended by commands, for nobody stands above them."""

from django.db import transaction
from django.db.models import F

from administrators.models import Administrator
from administrators.usernames import canonical_username
from permissions import audit
from permissions.models import Act


@transaction.atomic
def let_in(username: str, active: bool) -> bool:
    """Let a member of the staff sign in, or no longer, which ends their sessions.

    Returns whether that changed anything. Raises Administrator.DoesNotExist for anybody else.
    """
    staff = Administrator.objects.filter(is_superuser=True, username=canonical_username(username))
    person = staff.select_for_update(no_key=True).get()
    if person.is_active == active:
        return False
    staff.update(is_active=active, session_epoch=F("session_epoch") + 1)
    audit.record(Act.ENABLE if active else Act.DISABLE, by=None, to=person)
    return True
