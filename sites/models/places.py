"""Enterprises and sites."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from phonenumber_field.modelfields import PhoneNumberField

from sites.querysets import SiteQuerySet
from sites.text import SearchKeyField


class PostalAddress(models.Model):
    """A street or postal address; every part may be left out."""

    street = models.CharField(_("street and number"), max_length=200, blank=True)
    street_extra = models.CharField(_("additional address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = CountryField(_("country"), default="FR", blank=True)

    class Meta:
        abstract = True

    @property
    def address_lines(self) -> list[str]:
        """The address as it is written on an envelope, without empty lines."""
        town = f"{self.postal_code} {self.city}".strip()
        lines = [self.street, self.street_extra, town, str(self.country.name)]
        return [line for line in lines if line] if town or self.street else []


class Enterprise(PostalAddress):
    """A customer of the carrier; a tenant."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Untick to suspend the enterprise: none of its administrators can sign in."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    account_id = models.CharField(_("account number"), max_length=40, blank=True)
    billing_account = models.CharField(_("billing account"), max_length=40, blank=True)
    sales_owner = models.CharField(_("sales contact"), max_length=200, blank=True)
    main_contact_name = models.CharField(_("main contact"), max_length=200, blank=True)
    main_contact_email = models.EmailField(_("email"), blank=True)
    main_contact_phone = PhoneNumberField(_("phone"), blank=True)
    technical_contact_name = models.CharField(_("technical contact"), max_length=200, blank=True)
    technical_contact_email = models.EmailField(_("email"), blank=True)
    technical_contact_phone = PhoneNumberField(_("phone"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Site(PostalAddress):
    """A place of an enterprise: an office, a shop, a group of remote workers."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="sites", verbose_name=_("enterprise")
    )
    name = models.CharField(_("name"), max_length=200)
    contact_name = models.CharField(_("local contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact’s email"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    is_open = models.BooleanField(
        _("open"),
        default=True,
        help_text=_("Untick to close the site: it disappears for everyone, grants are kept."),
    )
    search_key = SearchKeyField(
        sources=("name", "city", "postal_code"), help_text=_("Name, city or postal code")
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ("search_key", "pk")
        # guardian answers for one permission on a site, and no other can be granted.
        default_permissions = ()
        permissions = [("manage_site", _("Manage this site"))]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "id"], name="site_of_enterprise"),
            models.UniqueConstraint(
                fields=["enterprise", "name"],
                name="site_name",
                violation_error_message=_("This enterprise already has a site of this name."),
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "search_key", "id"], name="site_search"),
            models.Index(fields=["enterprise"], condition=Q(is_open=False), name="site_closed"),
        ]

    def __str__(self) -> str:
        return self.name
