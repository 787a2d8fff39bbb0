"""Addresses of databases without the passwords in them, for whatever is printed."""

from __future__ import annotations

import re
from urllib.parse import unquote

HIDDEN = "***"
_SECRET = ("password", "passwd", "pwd", "passcode", "secret", "token", "scram_")
_PERSON = re.compile(r"(://[^\s:/?#@]*):\S*@")  # up to the last @: a password may hold others
_SETTING = re.compile(r"([?&;][^\s=&;]+=)[^\s&]*")


def without_passwords(text: str) -> str:
    """The text, in which passwords in addresses are `***`, before the @ and behind the ?."""
    if "=" not in text and "://" not in text:
        return text
    text = _PERSON.sub(rf"\1:{HIDDEN}@", text)
    return _SETTING.sub(lambda m: f"{m[1]}{HIDDEN}" if is_secret(m[0]) else m[0], text)


def is_secret(setting: str) -> bool:
    """True if a setting in an address, or one inside of its value, is for nobody to read."""
    said = unquote(setting).lower()
    return any(word in said for word in _SECRET)
