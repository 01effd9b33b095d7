"""What was done: the audit, the checks of what is stored, and how many acts there were."""

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from permissions.audit_items import of_site
from permissions.querysets import AuditQuerySet
from sites.models import Site


class Act(models.TextChoices):
    """What can be done, as the audit names it."""

    CREATE = "create", _("Creation")
    EDIT = "edit", _("Edit")
    GRANT = "grant", _("Right given")
    REVOKE = "revoke", _("Right taken away")
    DISABLE = "disable", _("Deactivation")
    ENABLE = "enable", _("Reactivation")
    RESET = "reset", _("Password reset")
    PASSWORD = "password", _("Password change")
    ASSIGN = "assign", _("Item assigned")
    UNASSIGN = "unassign", _("Item freed")
    ADD = "add", _("Addition")
    REMOVE = "remove", _("Removal")
    REQUEST = "request", _("Request")
    SIGN_IN = "sign_in", _("Sign-in")
    SIGN_IN_FAILED = "sign_in_failed", _("Failed sign-in")
    SIGN_OUT = "sign_out", _("Sign-out")
    EXPORT = "export", _("Export")
    REFUSED = "refused", _("Refused attempt")


AT_SITE = models.Q(site__isnull=False)
OF_SEVERAL = models.Q(site_ids__gt="")


class AuditEntry(models.Model):
    """One thing that was done, or refused. Rows are only ever added; names are kept as text.

    `item` says what was touched ("site:12", "feature:notes", "email"), as in
    `permissions.audit_items`; no secret is ever here. Of several sites that were given or taken at
    once `item` says how many ("sites:3"), `site_ids` which (" 4 12 57 "), and `AuditedSite` their
    names.
    `site` is where, for what stands at a site ("phonenumber:7"): nobody is the target then.
    The rows of one act share `act_id`; `cause` names from whom a thing was taken, where that is why
    the target lost it too. `enterprise` is that of whom or what it was done to, else of who did it;
    what the carrier does for none of them has none. `path` is the `child_path` of the target or, of
    what was done to nobody, of the actor: the history of a branch is one range of it.
    """

    enterprise = models.ForeignKey(
        "sites.Enterprise",
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("enterprise"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    act = models.CharField(_("act"), max_length=20, choices=Act)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="acts",
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("actor"),
    )
    actor_name = models.CharField(_("actor’s name"), max_length=400, blank=True)
    target = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="audit",
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("target"),
    )
    target_name = models.CharField(_("target’s name"), max_length=400, blank=True)
    item = models.CharField(_("what"), max_length=200, blank=True)
    item_name = models.CharField(_("its name"), max_length=200, blank=True)
    site_ids = models.TextField(default="", db_default="", editable=False)
    path = models.BinaryField(default=b"", editable=False)
    site = models.ForeignKey(
        Site,
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("site"),
    )
    cause = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("because of"),
    )
    cause_name = models.CharField(_("name of the cause"), max_length=400, blank=True)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    act_id = models.UUIDField(_("act"), null=True)
    request_id = models.UUIDField(_("request"), null=True)
    address = models.GenericIPAddressField(_("network address"), null=True)

    first_ids: str  # of `AuditQuerySet.brief`

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-pk",)
        default_permissions = ()
        indexes = [
            models.Index(fields=["enterprise", "at", "id"], name="audit_of_enterprise"),
            models.Index(fields=["enterprise", "act", "at", "id"], name="audit_of_act"),
            models.Index(fields=["enterprise", "path", "act", "at"], name="audit_of_branch"),
            models.Index(fields=["enterprise", "actor"], name="audit_of_actor"),
            models.Index(fields=["enterprise", "item", "at", "id"], name="audit_of_item"),
            models.Index(
                fields=["enterprise", "site", "at", "id"], condition=AT_SITE, name="audit_of_site"
            ),
            models.Index(
                fields=["enterprise", "act_id"], condition=OF_SEVERAL, name="audit_of_sites"
            ),
        ]

    def __str__(self) -> str:
        what = f"{localtime(self.at):%Y-%m-%d %H:%M}", self.actor_name, self.get_act_display()
        return ", ".join(filter(None, (*what, self.target_name)))

    @property
    def first_sites(self) -> list[int]:
        """The first ids of several sites, where the query was `AuditQuerySet.brief`."""
        return [int(pk) for pk in self.first_ids.rpartition(" ")[0].split()]

    @property
    def items(self) -> list[str]:
        """What was touched, each of several sites by itself."""
        return [of_site(pk) for pk in self.site_ids.split()] or [self.item]


class AuditedSite(models.Model):
    """What a site was called when an act gave or took it together with others."""

    pk = models.CompositePrimaryKey("enterprise_id", "act_id", "site_id")
    enterprise = models.ForeignKey(
        "sites.Enterprise",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("enterprise"),
    )
    act_id = models.UUIDField(_("act"))
    site = models.ForeignKey(
        Site,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("site"),
    )
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("site in the audit")
        verbose_name_plural = _("sites in the audit")
        default_permissions = ()
        indexes = [models.Index(fields=["enterprise", "site"], name="audited_site")]

    def __str__(self) -> str:
        return self.name


class IntegrityCheck(models.Model):
    """One run of all the checks of `permissions.checks`, and what it found."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        verbose_name=_("run by"),
    )
    seconds = models.FloatField(_("seconds"))
    checks = models.PositiveIntegerField(_("checks"))
    faults = models.PositiveIntegerField(_("faults"))
    report = models.TextField(_("report"), blank=True)

    class Meta:
        verbose_name = _("integrity check")
        verbose_name_plural = _("integrity")
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{localtime(self.at):%Y-%m-%d %H:%M}"


class ActCount(models.Model):
    """How many acts of an enterprise were committed; `CARRIER` stands for those of the carrier.

    The rows of an enterprise are counted on by a trigger on the audit, each act on one that nobody
    else is counting on: so it waits for nobody. `permissions.replica` compares them.
    """

    CARRIER = 0

    enterprise = models.BigIntegerField(_("enterprise"))
    count = models.BigIntegerField(_("acts"))

    class Meta:
        verbose_name = _("count of acts")
        verbose_name_plural = _("counts of acts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "id"], name="acts_of_enterprise")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.count}"
