"""MAC addresses in their one spelling."""

import re

SEPARATORS = re.compile(r"[\s.:-]+")
DIGITS = re.compile(r"[0-9a-f]{12}")


def canonical_mac(text: str) -> str:
    """`text` as aa:bb:cc:dd:ee:ff, however its digits are grouped; "" if it is no MAC address."""
    digits = SEPARATORS.sub("", text).lower()
    if not DIGITS.fullmatch(digits):
        return ""
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))
