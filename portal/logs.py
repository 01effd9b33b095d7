"""What is written to the log."""

import logging

SERVER_ERROR = 500


class Brief(logging.Filter):
    """A request that was refused is one line; only faults of the portal's own show where."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True
