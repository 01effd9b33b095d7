"""The features, who was granted what, and what was done."""

from permissions.models.audit import Act, ActCount, AuditEntry, IntegrityCheck
from permissions.models.grants import Feature, FeatureGrant, Grant, SiteGrant

__all__ = [
    "Act",
    "ActCount",
    "AuditEntry",
    "Feature",
    "FeatureGrant",
    "Grant",
    "IntegrityCheck",
    "SiteGrant",
]
