"""What every row that stands at a site shares."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.constraints import CompositeForeignKey
from sites.models.places import Enterprise, Site
from sites.querysets import PlacedQuerySet


class Placed(models.Model):
    """A row at a site. The key (enterprise, site) keeps a customer's rows with that customer.

    Each key begins with the enterprise (docs/decisions/0017-tenancy.md).
    """

    enterprise = models.ForeignKey(
        Enterprise,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
        editable=False,
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        verbose_name=_("site"),
    )

    objects = PlacedQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()
        constraints = [
            CompositeForeignKey(
                name="%(class)s_of_enterprise",
                fields=["enterprise", "site"],
                to_table="sites_site",
                to_fields=["enterprise_id", "id"],
                cascade=False,
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The enterprise is the site's, never chosen."""
        self.enterprise_id = self.site.enterprise_id
        super().save(*args, **kwargs)


def at_one_site(model: str) -> models.UniqueConstraint:
    """What the key of an assignment refers to."""
    fields = ["enterprise", "site", "id"]
    return models.UniqueConstraint(fields=fields, name=f"{model}_at_one_site")


def of_same_site(model: str, field: str, to: str) -> CompositeForeignKey:
    """An assignment stays within one site, and so within one enterprise."""
    return CompositeForeignKey(
        name=f"{model}_{field}_of_same_site",
        fields=["enterprise", "site", field],
        to_table=f"sites_{to}",
        to_fields=["enterprise_id", "site_id", "id"],
        cascade=False,
    )


def assigned(to: str, label: Any, *, once: bool = False, related_name: str = "+") -> Any:
    """The column of an assignment, which `of_same_site` guards."""
    kind = models.OneToOneField if once else models.ForeignKey
    return kind(
        to,
        on_delete=models.DO_NOTHING,
        related_name=related_name,
        null=True,
        blank=True,
        db_constraint=False,
        verbose_name=label,
    )
