"""The one module that talks to django-guardian.

guardian is asked about one object at a time; lists come from our own scopes, which a test
compares with guardian's answers (docs/decisions/0002-guardian.md).
"""

from typing import Any

from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

__all__ = ["UserObjectPermissionBase", "UserObjectPermissionManager", "holds"]

MANAGE_SITE = "sites.manage_site"
USE_FEATURE = "permissions.use_feature"
OF_MODEL = {"site": MANAGE_SITE, "feature": USE_FEATURE}


def holds(administrator: Any, thing: Any) -> bool:
    """Whether guardian says that this administrator has been granted a site or a feature.

    Superusers hold nothing: they are outside the tree (rule 13), though Django would say yes.
    """
    permission = OF_MODEL[thing._meta.model_name]
    return not administrator.is_superuser and administrator.has_perm(permission, thing)
