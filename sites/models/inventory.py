"""Phone numbers, devices, stations, and the people who use them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from sites.models.placed import Placed, assigned, at_one_site, of_same_site
from sites.querysets import SEPARATORS, DeviceQuerySet, NumberQuerySet
from sites.templatetags.phones import phone
from sites.text import SearchKeyField

EXTENSION = r"^[0-9]{2,8}$"
IS_EXTENSION = RegexValidator(EXTENSION)
MAC = r"^([0-9a-f]{2}:){5}[0-9a-f]{2}$"


class Station(Placed):
    """A place at which somebody is reached, paid for by the month; free until it is taken."""

    class Kind(models.TextChoices):
        STANDARD = "standard", _("Standard")
        PREMIUM = "premium", _("Premium")
        COMMON_AREA = "common_area", _("Common area")

    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("type"), max_length=20, choices=Kind, default=Kind.STANDARD)
    search_key = SearchKeyField(sources=("code",), help_text=_("Code"))

    class Meta(Placed.Meta):
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ("search_key", "pk")
        constraints = [
            *Placed.Meta.constraints,
            at_one_site("station"),
            models.UniqueConstraint(fields=["enterprise", "code"], name="station_code"),
        ]

    def __str__(self) -> str:
        return self.code


class Subscriber(Placed):
    """Somebody who telephones: a user of the service, not an administrator."""

    class RecordingPolicy(models.TextChoices):
        NEVER = "never", _("Never")
        ON_DEMAND = "on_demand", _("On demand")
        ALWAYS = "always", _("Always")

    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    email = models.EmailField(_("email"), blank=True)
    user_id = models.EmailField(_("user id"))
    extension = models.CharField(
        _("extension"), max_length=8, blank=True, validators=[IS_EXTENSION]
    )
    station = assigned(Station, _("station"), once=True, related_name="subscriber")
    recording = models.CharField(
        _("recording"), max_length=20, choices=RecordingPolicy, default=RecordingPolicy.NEVER
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    search_key = SearchKeyField(
        sources=("last_name", "first_name", "user_id", "email", "extension"),
        help_text=_("Name, user id, email or extension"),
    )

    class Meta(Placed.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("search_key", "pk")
        constraints = [
            *Placed.Meta.constraints,
            at_one_site("subscriber"),
            of_same_site("subscriber", "station", "station"),
            models.UniqueConstraint(fields=["enterprise", "user_id"], name="subscriber_user_id"),
            models.UniqueConstraint(
                fields=["enterprise", "site", "extension"],
                condition=~Q(extension=""),
                name="subscriber_extension",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "search_key", "id"], name="subscriber_search"),
            models.Index(fields=["enterprise", "site", "search_key", "id"], name="subscriber_site"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @staticmethod
    def spelt(user_id: str) -> str:
        """The one spelling of a user id, in which it is kept. Raises ValueError if it has none.

        A letter beyond ASCII may become two when it is lowered, or one that another has.
        """
        if not user_id.isascii():
            raise ValueError(user_id)
        return user_id.lower()


class DeviceModel(models.Model):
    """A model of telephone that the carrier has approved."""

    maker = models.CharField(_("maker"), max_length=60)
    name = models.CharField(_("model"), max_length=60)
    lines = models.PositiveSmallIntegerField(_("lines"))
    is_approved = models.BooleanField(_("approved"), default=True)

    class Meta:
        verbose_name = _("device model")
        verbose_name_plural = _("device models")
        ordering = ("maker", "name")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["maker", "name"], name="device_model_once"),
            models.CheckConstraint(condition=Q(lines__gte=1), name="device_model_has_lines"),
        ]

    def __str__(self) -> str:
        return f"{self.maker} {self.name}"


class Device(Placed):
    """A telephone. `registration` is what the network last said of it."""

    class Registration(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        AGED = "aged", _("Aged")
        UNREGISTERED = "unregistered", _("Unregistered")

    mac = models.CharField(_("MAC address"), max_length=17, unique=True)
    model = models.ForeignKey(
        DeviceModel, on_delete=models.PROTECT, related_name="+", verbose_name=_("model")
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    station = assigned(Station, _("station"), once=True, related_name="device")
    subscriber = assigned(Subscriber, _("user"), related_name="devices")
    registration = models.CharField(
        _("status"), max_length=20, choices=Registration, default=Registration.UNREGISTERED
    )
    search_key = SearchKeyField(
        sources=("mac", "name", "model"), help_text=_("MAC address, name or model")
    )

    objects = DeviceQuerySet.as_manager()

    class Meta(Placed.Meta):
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ("mac", "pk")
        constraints = [
            *Placed.Meta.constraints,
            at_one_site("device"),
            of_same_site("device", "station", "station"),
            of_same_site("device", "subscriber", "subscriber"),
            models.CheckConstraint(condition=Q(mac__regex=MAC), name="device_mac"),
        ]
        indexes = [
            models.Index(fields=["enterprise", "mac", "id"], name="device_mac_order"),
            models.Index(fields=["enterprise", "site", "mac", "id"], name="device_site"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.mac})" if self.name else self.mac


FREE_NUMBER = Q(subscriber=None, device=None, service=None, trunk=None)


class PhoneNumber(Placed):
    """A telephone number, assigned to one user, device, service or trunk, or to nobody."""

    class Kind(models.TextChoices):
        GEOGRAPHIC = "geographic", _("Geographic")
        NATIONAL = "national", _("National")
        MOBILE = "mobile", _("Mobile")
        FAX = "fax", _("Fax")
        TOLL_FREE = "toll_free", _("Toll-free")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PORTING = "porting", _("Being ported")
        SUSPENDED = "suspended", _("Suspended")

    ASSIGNEES = ("subscriber", "device", "service", "trunk")

    number = PhoneNumberField(_("number"), unique=True)
    kind = models.CharField(_("type"), max_length=20, choices=Kind, default=Kind.GEOGRAPHIC)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ACTIVE)
    is_main = models.BooleanField(_("main number of the site"), default=False)
    subscriber = assigned(Subscriber, _("user"), related_name="numbers")
    device = assigned(Device, _("device"), related_name="numbers")
    service = assigned("sites.Service", _("service"), related_name="numbers")
    trunk = assigned("sites.SipTrunk", _("SIP trunk"), related_name="numbers")
    search_key = SearchKeyField(sources=("spellings",), help_text=_("Digits of the number"))

    objects = NumberQuerySet.as_manager()

    class Meta(Placed.Meta):
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        ordering = ("number",)
        constraints = [
            *Placed.Meta.constraints,
            of_same_site("number", "subscriber", "subscriber"),
            of_same_site("number", "device", "device"),
            of_same_site("number", "service", "service"),
            of_same_site("number", "trunk", "siptrunk"),
            models.CheckConstraint(
                condition=Q(subscriber=None, device=None, service=None)
                | Q(subscriber=None, device=None, trunk=None)
                | Q(subscriber=None, service=None, trunk=None)
                | Q(device=None, service=None, trunk=None),
                name="number_assigned_once",
            ),
            models.UniqueConstraint(
                fields=["enterprise", "site"],
                condition=Q(is_main=True),
                name="number_main_of_site",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "number"], name="number_order"),
            models.Index(fields=["enterprise", "site", "number", "id"], name="number_site"),
            models.Index(
                fields=["enterprise", "site", "number", "id"],
                condition=FREE_NUMBER,
                name="number_free",
            ),
        ]

    def __str__(self) -> str:
        return phone(self.number)

    @property
    def spellings(self) -> str:
        """As one dials it in its country, and as the world does, both without separators."""
        return f"{self.number.as_national.translate(SEPARATORS)} {self.number.as_e164}"

    @property
    def assignee(self) -> models.Model | None:
        """To whom or what it is assigned."""
        return next((getattr(self, name) for name in self.ASSIGNEES if self._id(name)), None)

    def _id(self, name: str) -> int | None:
        return getattr(self, f"{name}_id")
