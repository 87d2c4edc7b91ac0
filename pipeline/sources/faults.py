"""Why a file cannot be read whole: the readers say what is wrong and what to do, the door adds the file's name."""

from __future__ import annotations

import unicodedata

_LONGEST_SHEET = 80
DAMAGED_BOOK = (
    "kan inte läsas som en Excel-arbetsbok; den är skadad, ofullständig eller av annat slag, så hämta utdraget på nytt"
)
DAMAGED_SPREADSHEET = (
    "kan inte läsas som ett kalkylblad i OpenDocument; den är skadad, ofullständig eller av annat slag, så hämta"
    " utdraget på nytt"
)
PROTECTED = "är skyddad med lösenord; spara en kopia utan lösenord i mappen i stället"
CHANGED = "ändrades medan den lästes; vänta tills den är färdigskriven och kör igen"


class Unreadable(Exception):
    """A file that cannot be read whole. `text` goes on where the file's name ends, without a full stop.

    Given a sheet or a row, the text is a clause of its own and stands after a colon.
    """

    def __init__(self, text: str, *, sheet: str = "", row: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.sheet = sheet
        self.row = row

    def sentence(self, file: str) -> str:
        """The whole sentence for the user. No text that the file holds stands there, but for its sheets' names."""
        places = ([f"blad {self.sheet}"] if self.sheet else []) + ([f"rad {self.row}"] if self.row else [])
        start = ", ".join([f"Filen {file}", *places])
        return f"{start}{':' if places else ''} {self.text}."


def shown(sheet: str) -> str:
    """A sheet's name as it may be printed, at a length that can be."""
    name = printable(sheet[: _LONGEST_SHEET + 1])
    return name if len(name) <= _LONGEST_SHEET else f"{name[: _LONGEST_SHEET - 1]}…"


def printable(name: str) -> str:
    """A name composed (NFC), on one line and without signs that steer the screen or cannot be seen."""
    composed = unicodedata.normalize("NFC", name)
    if composed.isprintable():
        return composed
    return "".join("�" if _is_sign(letter) else letter for letter in composed)


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
