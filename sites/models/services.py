"""The services of a site, who belongs to them, and what becomes of incoming calls."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from sites.models.inventory import IS_EXTENSION, Subscriber
from sites.models.placed import Placed, assigned, at_one_site, of_same_site
from sites.text import SearchKeyField, labelled


class Service(Placed):
    """One of the 12 kinds of service, set up at a site."""

    class Kind(models.TextChoices):
        HUNT_GROUP = "hunt_group", _("Hunt group")
        CALL_CENTER = "call_center", _("Call center")
        CALL_QUEUE = "call_queue", _("Call queue")
        AUTO_ATTENDANT = "auto_attendant", _("Auto attendant")
        SCHEDULES = "schedules", _("Time schedules")
        OUTGOING_CALLS = "outgoing_calls", _("Outgoing calls")
        MUSIC_ON_HOLD = "music_on_hold", _("Music on hold")
        RECEPTIONIST = "receptionist", _("Receptionist")
        GROUP_PAGING = "group_paging", _("Group paging")
        CONFERENCE = "conference", _("Conference")
        PICKUP = "pickup", _("Call park and pickup")
        COLLABORATION = "collaboration", _("Collaboration bridge")

    # What a call can end at, and what users belong to.
    ANSWERING = (
        Kind.HUNT_GROUP, Kind.CALL_CENTER, Kind.CALL_QUEUE, Kind.AUTO_ATTENDANT,
        Kind.RECEPTIONIST, Kind.GROUP_PAGING, Kind.CONFERENCE, Kind.COLLABORATION,
    )  # fmt: skip
    JOINED = (
        Kind.HUNT_GROUP, Kind.CALL_CENTER, Kind.CALL_QUEUE, Kind.RECEPTIONIST,
        Kind.GROUP_PAGING, Kind.CONFERENCE, Kind.PICKUP, Kind.COLLABORATION,
    )  # fmt: skip

    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    extension = models.CharField(
        _("extension"), max_length=8, blank=True, validators=[IS_EXTENSION]
    )
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    search_key = SearchKeyField(sources=("name", "extension"), help_text=_("Name or extension"))

    class Meta(Placed.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("search_key", "pk")
        constraints = [
            *Placed.Meta.constraints,
            at_one_site("service"),
            models.UniqueConstraint(
                fields=["enterprise", "site", "kind", "name"], name="service_name"
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "search_key", "id"], name="service_search"),
            models.Index(fields=["enterprise", "site", "search_key", "id"], name="service_site"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_members(self) -> bool:
        """Whether users belong to a service of this kind."""
        return self.kind in self.JOINED

    @property
    def kind_and_state(self) -> str:
        """«Groupe de recherche», and whether it is switched off."""
        state = [] if self.is_active else [str(_("inactive"))]
        return ", ".join([self.get_kind_display(), *state])

    @property
    def answers(self) -> bool:
        """Whether a call can end at a service of this kind."""
        return self.kind in self.ANSWERING


class ServiceMember(Placed):
    """Somebody who belongs to a service, in the order in which it rings."""

    LAST = 32_767  # position that both databases hold

    service = models.ForeignKey(
        Service,
        on_delete=models.CASCADE,
        related_name="members",
        db_constraint=False,
        verbose_name=_("service"),
    )
    subscriber = models.ForeignKey(
        Subscriber,
        on_delete=models.CASCADE,
        related_name="memberships",
        db_constraint=False,
        verbose_name=_("user"),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, validators=[MaxValueValidator(LAST)]
    )

    class Meta(Placed.Meta):
        verbose_name = _("member of a service")
        verbose_name_plural = _("members of services")
        ordering = ("position", "pk")
        constraints = [
            *Placed.Meta.constraints,
            of_same_site("member", "service", "service"),
            of_same_site("member", "subscriber", "subscriber"),
            models.UniqueConstraint(
                fields=["enterprise", "service", "subscriber"], name="member_once"
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.service, self.subscriber)


class CallHandling(Placed):
    """What happens when the main number of a site is called, at one kind of time."""

    class Situation(models.TextChoices):
        OPEN = "open", _("During opening hours")
        CLOSED = "closed", _("Outside opening hours")
        HOLIDAY = "holiday", _("On holidays")

    class Action(models.TextChoices):
        SUBSCRIBER = "subscriber", _("Ring a user")
        SERVICE = "service", _("Ring a service")
        VOICEMAIL = "voicemail", _("Voicemail of the site")
        ANNOUNCEMENT = "announcement", _("Play the announcement, then hang up")
        FORWARD = "forward", _("Forward to another number")

    situation = models.CharField(_("when"), max_length=20, choices=Situation)
    action = models.CharField(_("action"), max_length=20, choices=Action)
    subscriber = assigned(Subscriber, _("user"))
    service = assigned(Service, _("service"))
    forward_to = PhoneNumberField(_("forward to"), blank=True)

    class Meta(Placed.Meta):
        verbose_name = _("handling of incoming calls")
        verbose_name_plural = _("handling of incoming calls")
        ordering = ("pk",)
        constraints = [
            *Placed.Meta.constraints,
            of_same_site("handling", "subscriber", "subscriber"),
            of_same_site("handling", "service", "service"),
            models.UniqueConstraint(
                fields=["enterprise", "site", "situation"], name="handling_situation"
            ),
            models.CheckConstraint(
                condition=Q(action="subscriber", subscriber__isnull=False)
                | Q(~Q(action="subscriber"), subscriber__isnull=True),
                name="handling_rings_a_user",
            ),
            models.CheckConstraint(
                condition=Q(action="service", service__isnull=False)
                | Q(~Q(action="service"), service__isnull=True),
                name="handling_rings_a_service",
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.get_situation_display(), self.get_action_display())
