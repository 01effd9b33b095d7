"""The people who sign in, their tree, and the mail that they are owed."""

from administrators.models.mails import OutgoingMail
from administrators.models.people import Administrator

__all__ = ["Administrator", "OutgoingMail"]
