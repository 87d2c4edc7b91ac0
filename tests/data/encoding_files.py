"""Bytes: encodings that are found out, and texts that are damaged on the way."""

from __future__ import annotations

import codecs
import unicodedata

from tests.data.case import Account, Case, Fault
from tests.data.rows import investigations
from tests.writers import text

_ROWS = text(investigations({"Utredningstyp": "utredning på begäran"}, {"Utredningstyp": "övrigt"}))
_BYTES = _ROWS.encode()
_UTF_16 = codecs.BOM_UTF16_LE + _ROWS.encode("utf-16-le")
_TWO = Account(2, 2)
_RENAMED = "; byt rubrik i filen, eller kör python -m pipeline inspect {} som föreslår en profil."


def _read(file: str, content: bytes, encoding: str) -> Case:
    return Case(file, content, account=_TWO, encoding=encoding)


def _damaged(file: str, content: bytes, encoding: str, what: str) -> Case:
    cure = "hämta utdraget på nytt, eller rätta raden och spara filen som UTF-8"
    return Case(file, content, stops=f"Filen {file} är skriven i {encoding} men skadad: {what}; {cure}.")


def _zeros(file: str, content: bytes, row: int) -> Case:
    cure = "hämta utdraget på nytt, eller spara det som .csv (UTF-8) i det program det kommer från"
    return Case(
        file,
        content,
        stops=f"Filen {file} innehåller nolltecken (rad {row}): den är skadad eller ingen textfil; {cure}.",
    )


def _misread(file: str, encoding: str, misread: str) -> Case:
    """A text in an encoding that is not looked for: its Swedish letters become others, also in the headings."""
    return Case(
        file,
        _ROWS.encode(encoding),
        stops=f"Filen {file}: rubriken Verksamhetsområde saknas i rubrikraden (rad 1); mest lika är {misread}"
        + _RENAMED.format(file),
    )


CASES = (
    _read("utredningar_utf8_med_bom.csv", _ROWS.encode("utf-8-sig"), "UTF-8 med BOM"),
    _read("utredningar_utf8_med_två_bom.csv", "\ufeff".encode() + _ROWS.encode("utf-8-sig"), "UTF-8 med BOM"),
    _read("utredningar_utf16_med_bom.csv", _UTF_16, "UTF-16"),
    _read("utredningar_utf16_omvänd_byteordning.txt", codecs.BOM_UTF16_BE + _ROWS.encode("utf-16-be"), "UTF-16"),
    _read("utredningar_utf16_utan_bom.csv", _ROWS.encode("utf-16-le"), "UTF-16 utan BOM"),
    _read("utredningar_windows_1252.csv", _ROWS.encode("cp1252"), "Windows-1252"),
    _read("utredningar_isärtagna_å_ä_ö.csv", unicodedata.normalize("NFD", _ROWS).encode(), "UTF-8"),
    _read("utredningar_radslut_från_gammal_mac.csv", _BYTES.replace(b"\r\n", b"\r"), "UTF-8"),
    _misread("utredningar_mac_roman.csv", "mac-roman", "VerksamhetsomrŒde"),
    _misread("utredningar_dos_850.csv", "cp850", "Verksamhetsomr†de"),
    Case(
        "utredningar_dubbelt_utf8.csv",
        _BYTES.decode("cp1252").encode(),
        stops="Filen utredningar_dubbelt_utf8.csv har svenska bokstäver som har gått sönder på vägen (Ã¥ i stället för"
        " å); hämta utdraget på nytt ur verksamhetssystemet.",
    ),
    _damaged(
        "utredningar_skadad_utf8.csv",
        _BYTES.replace("begäran".encode(), b"beg\xffran"),
        "UTF-8",
        "rad 2 innehåller tecken som inte går att tyda",
    ),
    _damaged(
        "utredningar_två_teckenkodningar_i_en_fil.csv",
        _BYTES + "U3;k-3;Familjerätten;Barn och unga;2026-03-02;råd\r\n".encode("cp1252"),
        "UTF-8",
        "rad 4 innehåller tecken som inte går att tyda",
    ),
    _damaged(
        "utredningar_avkortad_mitt_i_ett_tecken.csv",
        _BYTES[: _BYTES.rindex("övrigt".encode()) + 1],
        "UTF-8",
        "rad 3 slutar mitt i ett tecken",
    ),
    _damaged(
        "utredningar_utf16_avkortad.csv",
        _UTF_16[:-5],
        "UTF-16",
        "rad 3 slutar mitt i ett tecken",
    ),
    Case(
        "utredningar_avkortad_mitt_i_en_rad.csv",
        _BYTES[: _BYTES.rindex(b";Barn och")],
        account=Account(2, 1, 1),
        rejected=(Fault(3, "Verksamhetsområde", "Verksamhetsområde saknas."), Fault(3, "Inledd", "Inledd saknas.")),
    ),
    Case(
        "utredningar_tecken_utanför_windows_1252.csv",
        _ROWS.encode("cp1252").replace(b"\xf6vrigt", b"\x81vrigt"),
        stops="Filen utredningar_tecken_utanför_windows_1252.csv kan inte läsas som Windows-1252: rad 3 innehåller"
        " tecken som inte finns där; spara om filen som UTF-8 i det program den kommer från.",
    ),
    _zeros("utredningar_nolltecken.csv", _BYTES.replace(b"U2", b"U\x002"), 3),
    _zeros("utredningar_utf32.csv", codecs.BOM_UTF32_LE + _ROWS.encode("utf-32-le"), 1),
    _zeros("utredningar_slutar_med_nollor.csv", _BYTES + bytes(4096), 4),
)
