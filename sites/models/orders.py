"""Orders, notes, and what is asked of the carrier's own systems."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.models.inventory import Device
from sites.models.placed import Placed, of_same_site
from sites.text import SearchKeyField, labelled


class Order(Placed):
    """Something that the enterprise ordered for a site."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        IN_PROGRESS = "in_progress", _("In progress")
        SHIPPED = "shipped", _("Shipped")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    CURRENT = (Status.RECEIVED, Status.IN_PROGRESS, Status.SHIPPED)

    reference = models.CharField(_("order number"), max_length=40)
    ordered_on = models.DateField(_("date"))
    status = models.CharField(_("status"), max_length=20, choices=Status)
    search_key = SearchKeyField(sources=("reference",), help_text=_("Order number"))

    class Meta(Placed.Meta):
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ("-ordered_on", "-pk")
        constraints = [
            *Placed.Meta.constraints,
            models.UniqueConstraint(fields=["enterprise", "reference"], name="order_reference"),
        ]
        indexes = [
            models.Index(fields=["enterprise", "ordered_on", "id"], name="order_date"),
            models.Index(fields=["enterprise", "site", "ordered_on", "id"], name="order_site"),
        ]

    def __str__(self) -> str:
        return self.reference


class OrderItem(models.Model):
    """One line of an order."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    label = models.CharField(_("item"), max_length=200)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)

    class Meta:
        verbose_name = _("item of an order")
        verbose_name_plural = _("items of orders")
        ordering = ("pk",)
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["order", "label"], name="order_item_once")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.label}"


class OrderStep(models.Model):
    """A status that an order reached, and when."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(_("status"), max_length=20, choices=Order.Status)
    on = models.DateField(_("date"))
    comment = models.CharField(_("comment"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("step of an order")
        verbose_name_plural = _("steps of orders")
        ordering = ("on", "pk")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["order", "status"], name="order_step_once")]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.on})"


class Note(Placed):
    """A remark on a site. `author_name` survives its author."""

    text = models.TextField(_("text"), max_length=4000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        verbose_name=_("author"),
    )
    author_name = models.CharField(_("author’s name"), max_length=400)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    search_key = SearchKeyField(  # searched, never sorted by
        sources=("text",), max_length=None, help_text=_("Words of the note")
    )

    class Meta(Placed.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["enterprise", "created_at", "id"], name="note_date"),
            models.Index(fields=["enterprise", "site", "created_at", "id"], name="note_site"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class NoteVersion(models.Model):
    """What a note said before it was edited, who changed it, and when.

    `editor_name` survives its editor.
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField(_("text"))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        verbose_name=_("changed by"),
    )
    editor_name = models.CharField(_("changed by"), max_length=400)
    at = models.DateTimeField(_("changed"), auto_now_add=True)

    class Meta:
        verbose_name = _("earlier version of a note")
        verbose_name_plural = _("earlier versions of notes")
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:60]


class EquipmentRequest(Placed):
    """What somebody asked of a device; the carrier's own system reads it and answers.

    It stays when the device goes: `mac` says of which it was.
    """

    class Action(models.TextChoices):
        RESTART = "restart", _("Restart")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    OPEN = (State.WAITING, State.SENT)

    reference = models.UUIDField(_("reference"), default=uuid.uuid4, unique=True)
    device = models.ForeignKey(
        Device,
        on_delete=models.SET_NULL,
        related_name="requests",
        null=True,
        verbose_name=_("device"),
    )
    mac = models.CharField(_("MAC address"), max_length=17, editable=False)
    action = models.CharField(_("action"), max_length=20, choices=Action)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=200, blank=True)

    class Meta(Placed.Meta):
        verbose_name = _("request to a device")
        verbose_name_plural = _("requests to devices")
        ordering = ("-pk",)
        constraints = [
            *Placed.Meta.constraints,
            of_same_site("request", "device", "device"),
            models.UniqueConstraint(
                fields=["enterprise", "device", "action"],
                condition=models.Q(state__in=("waiting", "sent")),
                name="request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.get_action_display(), self.device or self.mac)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The address is the device's, as long as there is one."""
        self.mac = self.device.mac if self.device else self.mac
        super().save(*args, **kwargs)
