"""The forms of enterprises and sites in the Django admin, which say whom saving reaches."""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from permissions import delegation, places
from permissions.admin_forms import ShownForm
from permissions.forms import LineField
from permissions.models import SiteGrant
from sites.models import Enterprise, Site
from sites.paging import capped, count_to_cap
from sites.text import labelled

STANDING = ("phonenumber", "device", "subscriber", "service", "siptrunk")  # what a site is for


class PlaceForm(ShownForm):
    """An enterprise or a site: once its `flag` is unticked, it is there for nobody."""

    flag = ""
    edited: list[str] | None = None  # the fields that changed; none of them of a new one
    name = LineField(label=gettext_lazy("Name"), max_length=200)

    @property
    def ends(self) -> bool:
        """Whether saving takes the place from all who have it."""
        return self.instance.pk is not None and self.changes().get(self.flag) is False

    def to_confirm(self) -> bool:
        return self.ends and "confirmed" not in self.data

    def done(self) -> tuple[str, str]:
        if self.edited is None:
            return self.added(), ""
        if self.flag in self.edited:
            return self.ended() if self.ends else self.begun()
        return (_("Changes saved") if self.edited else _("Nothing changed")), ""

    def added(self) -> str:
        raise NotImplementedError

    def ended(self) -> tuple[str, str]:
        """What was done, and who lost what by it."""
        raise NotImplementedError

    def begun(self) -> tuple[str, str]:
        """The same of who has it back."""
        raise NotImplementedError


class EnterpriseForm(PlaceForm):
    flag = "is_active"

    @cached_property
    def people(self) -> int:
        """How many sign in as long as the enterprise is not suspended."""
        everybody = get_user_model().objects.filter(enterprise=self.instance.pk)
        return everybody.filter(is_active=True).count()

    def save(self) -> Enterprise:
        if self.instance.pk is None:
            return places.add_enterprise(self.instance, by=self.actor)
        self.edited = places.edit_enterprise(self.instance, self.changes(), by=self.actor)
        return self.instance

    def consequences(self) -> dict[str, Any]:
        kept = _("Sites, rights and inventory are kept, and open again once it is resumed.")
        said = ngettext(
            "%(n)d administrator will no longer be able to sign in.",
            "%(n)d administrators will no longer be able to sign in.",
            self.people,
        )
        ended = _("Whoever is signed in is signed out at once.")
        return {
            "title": _("Suspend the enterprise"),
            "said": [said % {"n": self.people}, ended, kept],
        }

    def added(self) -> str:
        return _("Enterprise added")

    def ended(self) -> tuple[str, str]:
        said = ngettext(
            "%(n)d administrator can no longer sign in.",
            "%(n)d administrators can no longer sign in.",
            self.people,
        )
        return _("Enterprise suspended"), said % {"n": self.people}

    def begun(self) -> tuple[str, str]:
        said = ngettext(
            "%(n)d administrator can sign in again.",
            "%(n)d administrators can sign in again.",
            self.people,
        )
        return _("Enterprise resumed"), said % {"n": self.people}


class SiteForm(PlaceForm):
    flag = "is_open"

    def clean(self) -> dict[str, Any]:
        """Said here as well as by the act, or Django would say it first, of no field."""
        cleaned = super().clean()
        owner = cleaned.get("enterprise") or getattr(self.instance, "enterprise", None)
        one = Site(pk=self.instance.pk, enterprise=owner)
        is_new = one.pk is None or self._is_changed("name")
        if owner and "name" in cleaned and is_new and places.is_called(cleaned["name"], one):
            self.add_error("name", _("This enterprise already has a site of this name."))
        return cleaned

    @cached_property
    def holders(self) -> int:
        """How many see the site as long as it is not closed."""
        return SiteGrant.objects.filter(content_object=self.instance.pk).count()

    def save(self) -> Site:
        if self.instance.pk is None:
            return delegation.add_site(self.instance, by=self.actor)
        self.edited = places.edit_site(self.instance, self.changes(), by=self.actor)
        return self.instance

    def consequences(self) -> dict[str, Any]:
        held = ngettext(
            "%(n)d administrator holds this site and will no longer see it.",
            "%(n)d administrators hold this site and will no longer see it.",
            self.holders,
        )
        kept = _("Their rights are kept, and so is what stands there:")
        said = [held % {"n": self.holders}, kept]
        return {"title": _("Close the site"), "said": said, "listed": self._standing()}

    def added(self) -> str:
        return _("Site added")

    def ended(self) -> tuple[str, str]:
        said = ngettext(
            "%(n)d administrator no longer sees it.",
            "%(n)d administrators no longer see it.",
            self.holders,
        )
        return _("Site closed"), said % {"n": self.holders}

    def begun(self) -> tuple[str, str]:
        said = ngettext(
            "%(n)d administrator sees it again.",
            "%(n)d administrators see it again.",
            self.holders,
        )
        return _("Site reopened"), said % {"n": self.holders}

    def _standing(self) -> list[str]:
        """What stands there: how many of each."""
        models = [apps.get_model("sites", name) for name in STANDING]
        rows = [model.objects.filter(site=self.instance.pk) for model in models]
        counts = [capped(count_to_cap(found)) for found in rows]
        names = [capfirst(str(model._meta.verbose_name_plural)) for model in models]
        return [labelled(name, count) for name, count in zip(names, counts, strict=True)]
