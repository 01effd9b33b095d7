"""«Jonction SIP»: the trunks of the sites in scope, with what they carry."""

from django.db.models import BigIntegerField, OuterRef, QuerySet
from django.db.models.functions import Cast, Coalesce, NullIf

from permissions.features import FeatureCode
from permissions.scopes import Scope
from portal.filters.trunks import TrunkFilter
from portal.tables.trunks import TrunkTable
from portal.views.scoped import ScopedList
from sites.models import PhoneNumber, SipTrunk
from sites.paging import RowCount

FEATURE = FeatureCode.SIP_TRUNKING
# Half a hundredth counts as one; a trunk that can carry nothing is not used.
CAPACITY = Cast("capacity", BigIntegerField())
PERCENT = Coalesce(
    (200 * Cast("in_use", BigIntegerField()) + CAPACITY) / (2 * NullIf(CAPACITY, 0)), 0
)


class TrunkList(ScopedList):
    """Each trunk with how many of the numbers in scope it carries."""

    model, feature, page_name = SipTrunk, FEATURE, "sip_trunks"
    always_sorted = True  # few sites have more than one
    table_class = TrunkTable
    filterset_class = TrunkFilter

    def rows(self, scope: Scope) -> QuerySet:
        numbers = scope.of(PhoneNumber, FEATURE).filter(trunk=OuterRef("pk"))
        return super().rows(scope).annotate(number_count=RowCount(numbers), percent=PERCENT)
