"""A file of each kind, as the carrier would write it: offered in the admin, loaded by the demo."""

from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "portal" / "examples"


def example(kind: str) -> Path:
    """The example file of this kind."""
    return FOLDER / f"{kind}.csv"
