"""What was called, what was recorded, and the trunks that carry it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from sites.models.inventory import Device, Subscriber
from sites.models.placed import Placed, assigned, at_one_site, of_same_site
from sites.querysets import PlacedQuerySet
from sites.text import SearchKeyField


class CallRecord(Placed):
    """One call. `reference` is the carrier's, so that the same file twice changes nothing."""

    class Direction(models.TextChoices):
        INCOMING = "incoming", _("Incoming")
        OUTGOING = "outgoing", _("Outgoing")
        INTERNAL = "internal", _("Internal")

    reference = models.CharField(_("reference"), max_length=40)
    at = models.DateTimeField(_("date"))
    direction = models.CharField(_("direction"), max_length=20, choices=Direction)
    number = PhoneNumberField(_("number"))
    peer = models.CharField(_("other party"), max_length=40, blank=True)
    seconds = models.PositiveIntegerField(_("length"), default=0)
    answered = models.BooleanField(_("answered"))

    class Meta(Placed.Meta):
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ("-at", "-pk")
        constraints = [
            *Placed.Meta.constraints,
            models.UniqueConstraint(fields=["enterprise", "reference"], name="call_reference"),
            models.CheckConstraint(
                condition=Q(answered=True) | Q(seconds=0), name="call_missed_has_no_length"
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "at"], name="call_at"),
            models.Index(fields=["enterprise", "site", "at"], name="call_site"),
        ]

    def __str__(self) -> str:
        return self.reference


class Recording(Placed):
    """What is known of a recorded call; the sound itself stays with the carrier.

    It stays at the site when the user moves to another one: `user_name` says who it was.
    """

    reference = models.CharField(_("reference"), max_length=40)
    at = models.DateTimeField(_("date"))
    subscriber = assigned(Subscriber, _("user"), related_name="recordings")
    user_name = models.CharField(
        _("user who has left the site"), max_length=201, default="", db_default="", editable=False
    )
    number = PhoneNumberField(_("number"))
    peer = models.CharField(_("other party"), max_length=40, blank=True)
    seconds = models.PositiveIntegerField(_("length"))
    search_key = SearchKeyField(
        sources=("number", "peer", "reference", "user_name"), help_text=_("Number or reference")
    )

    class Meta(Placed.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ("-at", "-pk")
        constraints = [
            *Placed.Meta.constraints,
            of_same_site("recording", "subscriber", "subscriber"),
            models.UniqueConstraint(fields=["enterprise", "reference"], name="recording_reference"),
        ]
        indexes = [
            models.Index(fields=["enterprise", "at", "id"], name="recording_at"),
            models.Index(fields=["enterprise", "site", "at", "id"], name="recording_site"),
        ]

    def __str__(self) -> str:
        return self.reference


class SipTrunk(Placed):
    """The line between a site's own exchange and the carrier."""

    class Registration(models.TextChoices):
        REGISTERED = Device.Registration.REGISTERED.value, _("Registered")
        UNREGISTERED = Device.Registration.UNREGISTERED.value, _("Unregistered")

    # In French a trunk is feminine, which the labels of the choices are not.
    STATES = (
        (Registration.REGISTERED.value, _("Connected")),
        (Registration.UNREGISTERED.value, _("Not connected")),
    )

    name = models.CharField(_("name"), max_length=100)
    capacity = models.PositiveIntegerField(_("capacity"))
    in_use = models.PositiveIntegerField(_("calls in progress"), default=0)
    registration = models.CharField(
        _("status"), max_length=20, choices=Registration, default=Registration.UNREGISTERED
    )
    search_key = SearchKeyField(sources=("name",), help_text=_("Name"))

    objects = PlacedQuerySet.as_manager()

    class Meta(Placed.Meta):
        verbose_name = _("SIP trunk")
        verbose_name_plural = _("SIP trunks")
        ordering = ("search_key", "pk")
        constraints = [
            *Placed.Meta.constraints,
            at_one_site("siptrunk"),
            models.UniqueConstraint(fields=["enterprise", "name"], name="trunk_name"),
            models.CheckConstraint(
                condition=Q(in_use__lte=F("capacity")), name="trunk_within_capacity"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_registration_display(self) -> str:
        """The state in the words of `STATES`."""
        return str(dict(self.STATES)[self.registration])
