"""The features, and who was granted what.

Both grant tables are guardian's direct-foreign-key permission tables, so guardian answers
`has_perm` from them. Each row carries `bound`, the administrator whose same grant bounds it: the
parent or, for a root, itself. Composite keys make containment a property of the database; each
begins with the enterprise, which no row ever leaves (docs/decisions/0017-tenancy.md).
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.utils.translation import gettext_lazy as _

from permissions.features import FeatureCode
from permissions.guardian import UserObjectPermissionBase
from permissions.querysets import GrantManager, permission_id
from sites.constraints import CompositeForeignKey
from sites.models import Site

USER_TABLE = settings.AUTH_USER_MODEL.lower().replace(".", "_")
SAME_GRANT = ["enterprise", "user", "permission", "content_object"]
SAME_OF_BOUND = ["enterprise", "bound", "permission", "content_object"]
SAME_COLUMNS = ["enterprise_id", "user_id", "permission_id", "content_object_id"]
TRUE_BOUND, BOUND_COLUMNS = ["enterprise", "user", "bound"], ["enterprise_id", "id", "bound"]


class Feature(models.Model):
    """One of the 11 functions of the portal; a row, so that it can be granted."""

    code = models.CharField(_("code"), max_length=30, primary_key=True, choices=FeatureCode)

    class Meta:
        verbose_name = _("feature")
        verbose_name_plural = _("features")
        ordering = ("code",)
        default_permissions = ()
        permissions = [("use_feature", _("Use this feature"))]

    def __str__(self) -> str:
        return str(FeatureCode(self.code).label)


class Grant(UserObjectPermissionBase):
    """What both grant tables have in common."""

    enterprise = models.ForeignKey(
        "sites.Enterprise",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    permission = models.ForeignKey(
        Permission,
        on_delete=models.CASCADE,
        db_index=False,  # it is the same in all rows of a table
    )
    bound = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    content_object_id: Any

    objects = GrantManager()

    class Meta:
        abstract = True

    @staticmethod
    def permission_pk() -> int:
        """The one permission that rows of this table give."""
        raise NotImplementedError


class SiteGrant(Grant):
    """An administrator holds a site."""

    content_object = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="grants")

    class Meta:
        verbose_name = _("site grant")
        verbose_name_plural = _("site grants")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=SAME_GRANT, name="site_grant_once"),
            CompositeForeignKey(
                name="site_grant_within_bound",
                fields=SAME_OF_BOUND,
                to_table="permissions_sitegrant",
                to_fields=SAME_COLUMNS,
            ),
            CompositeForeignKey(
                name="site_grant_true_bound",
                fields=TRUE_BOUND,
                to_table=USER_TABLE,
                to_fields=BOUND_COLUMNS,
            ),
            CompositeForeignKey(
                name="site_grant_same_enterprise",
                fields=["enterprise", "content_object"],
                to_table="sites_site",
                to_fields=["enterprise_id", "id"],
            ),
        ]
        indexes = [models.Index(fields=SAME_OF_BOUND, name="site_grant_bound")]

    @staticmethod
    def permission_pk() -> int:
        return permission_id("sites", "manage_site")


class FeatureGrant(Grant):
    """An administrator holds a feature."""

    content_object = models.ForeignKey(Feature, on_delete=models.CASCADE, related_name="grants")

    class Meta:
        verbose_name = _("feature grant")
        verbose_name_plural = _("feature grants")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=SAME_GRANT, name="feature_grant_once"),
            CompositeForeignKey(
                name="feature_grant_within_bound",
                fields=SAME_OF_BOUND,
                to_table="permissions_featuregrant",
                to_fields=SAME_COLUMNS,
            ),
            CompositeForeignKey(
                name="feature_grant_true_bound",
                fields=TRUE_BOUND,
                to_table=USER_TABLE,
                to_fields=BOUND_COLUMNS,
            ),
        ]
        indexes = [models.Index(fields=SAME_OF_BOUND, name="feature_grant_bound")]

    @staticmethod
    def permission_pk() -> int:
        return permission_id("permissions", "use_feature")
