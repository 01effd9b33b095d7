"""The features, who was granted what, and what was done."""

from permissions.models.audit import Act, ActCount, AuditedSite, AuditEntry, IntegrityCheck
from permissions.models.grants import Feature, FeatureGrant, Grant, SiteGrant

__all__ = [
    "Act",
    "ActCount",
    "AuditEntry",
    "AuditedSite",
    "Feature",
    "FeatureGrant",
    "Grant",
    "IntegrityCheck",
    "SiteGrant",
]
