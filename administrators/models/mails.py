"""The mail that people are owed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from administrators.models.people import Administrator


class OutgoingMail(models.Model):
    """The outbox: what is to be mailed, written in the transaction that wants it mailed.

    A password is made when its mail is sent, so none stands here (rule 10).
    """

    class Kind(models.TextChoices):
        WELCOME = "welcome", _("Welcome")
        RESET = "reset", _("Password reset")
        FEEDBACK = "feedback", _("Feedback")
        ADDRESS = "address", _("Address changed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    person = models.ForeignKey(
        Administrator, on_delete=models.CASCADE, related_name="mails", verbose_name=_("person")
    )
    address = models.EmailField(
        _("address, if not the person’s"), blank=True, default="", db_default=""
    )
    text = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    due_at = models.DateTimeField(_("next try"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("pk",)
        default_permissions = ()
        indexes = [models.Index(fields=["due_at"], condition=Q(sent_at=None), name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} — {self.person}"
