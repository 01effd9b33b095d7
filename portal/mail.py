"""Mail in the demo: a file for each, and the text on the terminal."""

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend


class FileAndTerminalBackend(EmailBackend):
    """Writes each mail to `EMAIL_FILE_PATH` and prints it."""

    def write_message(self, message: EmailMessage) -> None:
        super().write_message(message)
        body = message.body
        print(f"\n--- {message.subject} → {', '.join(message.to)}\n{body}", flush=True)  # noqa: T201
