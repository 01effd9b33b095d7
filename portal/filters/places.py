"""How the portal's lists are narrowed."""

from sites.filters import SearchFilter
from sites.models import Site


class SiteFilter(SearchFilter):
    """Search over name, city and postal code."""

    class Meta:
        model = Site
        fields = ()
