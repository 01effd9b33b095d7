"""What must be true of the audit, for pages read it by no other way."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Length, Replace

from permissions.audit_items import SITES
from permissions.faults import Fault, faults
from permissions.hexadecimal import HexPath, HexStep
from permissions.models import AuditedSite, AuditEntry


def paths_of_audit() -> Iterator[Fault]:
    """What is read of the audit hangs from these paths alone."""
    about = AuditEntry.objects.annotate(who=Coalesce("target", "actor"), found=HexPath("path"))
    place = Concat(HexPath("path"), HexStep("pk"), output_field=TextField())
    own = get_user_model().objects.filter(pk=OuterRef("who")).values_list(place)
    rows = about.filter(who__isnull=False).exclude(found=Subquery(own))
    words = "not where whom it concerns stands"
    return faults("audit_path", words, rows, entry="pk", administrator="who")


def sites_of_audit() -> Iterator[Fault]:
    """What a row says of several sites is found by their names alone.

    Rows that a cascade left have no more sites than the one of whom it began with.
    """
    spaces = Length("site_ids") - Length(Replace("site_ids", Value(" ")))
    told = Concat(Value(SITES), Cast(spaces - 1, TextField()), output_field=TextField())
    several = AuditEntry.objects.filter(site_ids__gt="").annotate(told=told, ids=spaces - 1)
    yield from faults(
        "audit_sites", "not as many sites as it says", several.exclude(item=F("told")), entry="pk"
    )
    of_act = AuditedSite.objects.filter(
        enterprise=OuterRef("enterprise"), act_id=OuterRef("act_id")
    )
    counted = of_act.order_by().values("act_id").annotate(n=Count("site_id")).values("n")
    begun = several.filter(cause=None).exclude(ids__lte=Coalesce(Subquery(counted), 0))
    rows = begun | several.exclude(Exists(of_act))
    yield from faults("audit_sites", "names of its sites are missing", rows, entry="pk")
