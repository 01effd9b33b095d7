"""The portal as in production, and beside it what one would use instead, over the same rows."""

import os

os.environ["PORTAL_MODE"] = "production"
os.environ["PORTAL_HTTPS"] = "0"  # nothing stands between the benchmark and the handler
os.environ.setdefault("SECRET_KEY", "of-a-benchmark-" * 5)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1")
os.environ.setdefault("DATABASE_PREPARE", "1")  # as docs/production.md says
os.environ.setdefault("PORTAL_URL", "http://127.0.0.1:8000")

from portal.settings import *  # noqa: F403

# Names of files with a digest need collectstatic; they cost as much as these.
STORAGES["staticfiles"]["BACKEND"] = PLAIN  # noqa: F405

# What somebody may not open is left out of the table; its refusal would stand in the middle of it.
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}  # noqa: F405
