"""MAC addresses in their one spelling."""

import re

SEPARATORS = re.compile(r"[\s.:-]+")
DIGITS = re.compile(r"[0-9a-f]{12}")
FRAGMENT = re.compile(r"[0-9a-f]{3,12}")


def canonical_mac(text: str) -> str:
    """`text` as aa:bb:cc:dd:ee:ff, however its digits are grouped; "" if it is no MAC address."""
    digits = SEPARATORS.sub("", text).lower()
    if not DIGITS.fullmatch(digits):
        return ""
    return _paired(digits)


def spellings(text: str) -> list[str]:
    """How the digits of a part of a MAC address may stand in one; none if `text` is no such part.

    Nobody can tell whether "015" begins in the middle of a pair: "01:5" and "0:15" are possible.
    """
    digits = SEPARATORS.sub("", text).lower()
    if not FRAGMENT.fullmatch(digits):
        return []
    return [_paired(digits), f"{digits[0]}:{_paired(digits[1:])}"]


def _paired(digits: str) -> str:
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
