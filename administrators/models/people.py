"""The people who sign in, and their tree."""

from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from administrators import paths
from administrators.querysets import AdministratorManager
from administrators.states import State, state_of
from administrators.usernames import username_validator
from sites.constraints import CompositeForeignKey
from sites.models import Enterprise, PostalAddress
from sites.text import SearchKeyField

TABLE = "administrators_administrator"
OUT, OWING = Q(is_active=False), Q(must_change_password=True)  # few, and filtered by


def _of_branches(name: str, order: str) -> list[models.Index]:
    """An order of those below somebody, for each of the levels that may have many below."""
    return [
        models.Index(paths.Ancestor(level), order, "id", name=f"admin_branch_{level}_{name}")
        for level in paths.INDEXED_LEVELS
    ]


class Administrator(AbstractBaseUser, PermissionsMixin, PostalAddress):
    """An administrator of an enterprise, or carrier staff (superuser, outside the tree).

    `parent` is who created them: set once, never edited, so that no cycle can exist (rule 8).
    """

    username = models.CharField(
        _("username"),
        max_length=64,
        unique=True,
        validators=[username_validator],
        error_messages={"unique": _("This username is not available.")},
    )
    first_name = models.CharField(_("First Name"), max_length=100)
    middle_name = models.CharField(_("Middle Name"), max_length=100, blank=True)
    last_name = models.CharField(_("Last Name"), max_length=100)
    email = models.EmailField(_("Email"))
    work_phone = PhoneNumberField(_("Work Phone"), blank=True)
    fax_number = PhoneNumberField(_("Fax Number"), blank=True)
    mobile_number = PhoneNumberField(_("Mobile Number"), blank=True)
    home_phone = PhoneNumberField(_("Home Phone"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("fr", "Français"), ("en", "English")], default="fr"
    )

    enterprise = models.ForeignKey(
        Enterprise,
        on_delete=models.PROTECT,
        related_name="administrators",
        null=True,
        editable=False,
        verbose_name=_("enterprise"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        editable=False,
        verbose_name=_("Parent User"),
    )
    path = models.BinaryField(default=b"", editable=False)
    # Who bounds the grants: the parent or, for a root, oneself. Superusers have none, so that no
    # grant of theirs can exist.
    bound = models.GeneratedField(
        expression=Case(When(is_superuser=False, then=Coalesce("parent_id", "id"))),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    all_sites = models.BooleanField(_("all sites, present and future"), default=False)
    all_sites_key = models.GeneratedField(
        expression=NullIf(F("all_sites"), models.Value(False)),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("carrier staff"), default=False)
    must_change_password = models.BooleanField(default=False)
    password_expires_at = models.DateTimeField(null=True, editable=False)
    temporary_used = models.BooleanField(default=False, editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    search_key = SearchKeyField(
        sources=("first_name", "middle_name", "last_name", "username", "email"),
        help_text=_("Name, username or email"),
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("email",)

    objects = AdministratorManager()

    class Meta:
        verbose_name = _("administrator")
        verbose_name_plural = _("administrators")
        ordering = ("search_key", "pk")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "id"], name="admin_of_enterprise"),
            models.UniqueConstraint(fields=["enterprise", "id", "bound"], name="admin_of_bound"),
            models.UniqueConstraint(
                fields=["enterprise", "id", "all_sites_key"], name="admin_of_all_sites"
            ),
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(parent=None), name="admin_one_root"
            ),
            CompositeForeignKey(
                name="admin_same_enterprise_as_parent",
                fields=["enterprise", "parent"],
                to_table=TABLE,
                to_fields=["enterprise_id", "id"],
                cascade=False,
            ),
            CompositeForeignKey(
                name="admin_all_sites_within_bound",
                fields=["enterprise", "bound", "all_sites_key"],
                to_table=TABLE,
                to_fields=["enterprise_id", "id", "all_sites_key"],
                cascade=False,
            ),
            models.CheckConstraint(
                condition=Q(is_superuser=True, enterprise=None, parent=None, all_sites=False)
                | Q(is_superuser=False, enterprise__isnull=False),
                name="admin_superusers_outside_the_tree",
            ),
            models.CheckConstraint(
                condition=Q(is_staff=F("is_superuser")), name="admin_staff_are_superusers"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="admin_not_their_own_parent"),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(is_superuser=True) | Q(all_sites=True),
                name="admin_root_holds_all_sites",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "path"], name="admin_path"),
            models.Index(fields=["enterprise", "search_key", "id"], name="admin_search"),
            models.Index(fields=["enterprise", "username", "id"], name="admin_username"),
            models.Index(fields=["enterprise", "path"], condition=OUT, name="admin_out"),
            models.Index(fields=["enterprise", "path"], condition=OWING, name="admin_owing"),
            *_of_branches("name", "search_key"),
            *_of_branches("username", "username"),
        ]

    def __str__(self) -> str:
        return self.named(self.username, self.first_name, self.middle_name, self.last_name)

    @staticmethod
    def named(username: str, *names: str) -> str:
        """How somebody of these names is called: `querysets.NAMES`, in their order."""
        return " ".join(name for name in names if name) or username

    @staticmethod
    def name_in(prefix: str = "") -> Combinable:
        """The same as `str`, in a query; `prefix` leads to the person, as in "user__"."""
        fields = (f"{prefix}{name}" for name in ("first_name", "middle_name", "last_name"))
        parts = [
            Case(When(Q(**{field: ""}), then=Value("")), default=Concat(field, Value(" ")))
            for field in fields
        ]
        whole = Trim(Concat(*parts, output_field=models.TextField()))
        return Coalesce(
            NullIf(whole, Value("")), f"{prefix}username", output_field=models.TextField()
        )

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.first_name or self.username

    @property
    def state(self) -> State:
        return state_of(self)

    @property
    def child_path(self) -> bytes:
        """The path of this person's children."""
        return paths.child_path(self.path, self.pk)

    @staticmethod
    def child_path_in(prefix: str = "") -> Combinable:
        """The same in a query; `prefix` leads to the person, as in "user__"."""
        return paths.ChildPath(f"{prefix}path", f"{prefix}pk")

    @property
    def branch(self) -> paths.Branch:
        """Where everybody below stands (rule 4)."""
        return paths.branch_below(self)

    @property
    def above(self) -> list[int]:
        """The ids of everybody above, from the root down."""
        return paths.ancestors(self.path)

    @property
    def level(self) -> int:
        """How many are above; a root is at level 0."""
        return len(self.above)

    def is_below(self, other: "Administrator") -> bool:
        """Whether `other` is an ancestor; nobody is below themselves."""
        same = self.enterprise_id is not None and self.enterprise_id == other.enterprise_id
        return same and other.pk in self.above

    def check_password(self, raw_password: str) -> bool:
        """As Django's, but a hash upgrade never undoes a reset that happened meanwhile."""

        def upgrade(raw: str) -> None:
            mine = Administrator.objects.filter(pk=self.pk, password=self.password)
            upgraded = make_password(raw)
            if mine.update(password=upgraded):
                self.password = upgraded

        return check_password(raw_password, self.password, upgrade)

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Sessions end with the password, and with every disable or reset (rules 9, 10)."""
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(
            "administrators.session", value, secret=secret, algorithm="sha256"
        ).hexdigest()
