"""Names of files made of names in the data: allowed by every system, and never two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 255  # bytes of a file's name, the least that systems in use allow
_NOT_ALLOWED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
# What Windows keeps for devices, whatever follows after a full stop.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)
_NAMELESS = "utan namn"


def file_names(names: Iterable[str], ending: str) -> dict[str, str]:
    """A file name for each name, ending included; those that would be alike are numbered in the order given."""
    taken = set[str]()
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        number = 1
        while (file := _file_name(name, number, ending)).casefold() in taken:
            number += 1
        taken.add(file.casefold())
        found[name] = file
    return found


def _file_name(name: str, number: int, ending: str) -> str:
    mark = f" ({number})" if number > 1 else ""
    safe = " ".join(_NOT_ALLOWED.sub(" ", unicodedata.normalize("NFC", name)).split())
    safe = _printable(safe).lstrip(".~$ ").rstrip(". ") or _NAMELESS
    if _RESERVED.match(safe):
        safe = f"{safe[:1]}_{safe[1:]}"
    return f"{_cut(safe, _LONGEST - len(f'{mark}{ending}'.encode()))}{mark}{ending}"


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())


def _cut(text: str, room: int) -> str:
    """The text in at most so many bytes, no letter halved."""
    return text.encode()[:room].decode(errors="ignore").rstrip(". ")
