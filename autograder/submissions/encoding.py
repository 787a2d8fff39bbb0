"""From the bytes of a file to its text, as the file declares it or else as it seems to be."""

from __future__ import annotations

import codecs
import re

from autograder.errors import IntakeError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As Python reads it, in one of the first two lines.
_DECLARED = re.compile(
    rb"\A(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)"
)
# Alphabets. Python has other codecs too, and some of them are slow, or read anything at all.
_ALPHABETS = re.compile(
    r"ascii|latin|iso8859|cp\d+|mac|koi8|gb|big5|shift_jis|euc_|johab|hz|ptcp|tis|viscii"
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UNDEFINED = {0x81: "\x81", 0x8D: "\x8d", 0x8F: "\x8f", 0x90: "\x90", 0x9D: "\x9d"}


def decoded(data: bytes, name: str, notes: list[str]) -> str:
    """The text of the file `name`; what deserves to be said is appended to `notes`.

    A mark at the beginning decides, then what the file declares (``# coding: cp1252``), then
    UTF-8, and where none of them fits it is Windows' own alphabet. `IntakeError` when it is
    no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding, name, notes)
    for encoding in filter(None, (declared_encoding(data), "utf-8-sig")):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            # "utf-8-sig" counts from behind its mark of three bytes.
            start = error.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
    if _CONTROLS.search(data):
        raise IntakeError(
            f"{name} is not a text file.",
            hint="Check that this is the file in which you wrote your code.",
        )
    line = data.count(b"\n", 0, start) + 1
    notes.append(
        f"{name} is not UTF-8 text: byte {start}, in line {line}, is {data[start]:#04x}. "
        "It was read as Latin-1; save it as UTF-8 in your editor."
    )
    return in_windows_alphabet(data)


def declared_encoding(data: bytes) -> str:
    """The alphabet that a script declares, by Python's own name for it; "" for UTF-8."""
    found = _DECLARED.match(data)
    if found is None or data.startswith(codecs.BOM_UTF8):
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError, ValueError):
        return ""
    return (
        name if _ALPHABETS.match(name.replace("-", "_").replace("iso_8859", "iso8859")) else ""
    )


def in_windows_alphabet(data: bytes) -> str:
    """The text of bytes in cp1252, which is Latin-1 and a few more; every byte is a letter."""
    return "".join(
        part.decode("cp1252") if index % 2 == 0 else _UNDEFINED[part[0]]
        for index, part in enumerate(re.split(rb"([\x81\x8d\x8f\x90\x9d])", data))
    )


def _marked(data: bytes, encoding: str, name: str, notes: list[str]) -> str:
    known = encoding.upper()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{name} is not readable as text: it begins as {known} but breaks at "
            f"byte {error.start}.",
            hint="Save it as UTF-8 in your editor.",
        ) from None
    notes.append(f"{name} is saved as {known}; it was read, but save it as UTF-8.")
    return text
