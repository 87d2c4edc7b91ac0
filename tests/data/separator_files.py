"""What separates the fields of a text, and quotation marks that do not."""

from __future__ import annotations

from typing import Any

from tests.data.case import Account, Case, Fault
from tests.data.rows import investigations, measurements
from tests.writers import text

_KINDS = investigations(
    {"Utredningstyp": "barnavårdsutredning"}, {"Utredningstyp": "övrigt"}, {"Utredningstyp": "övrigt"}
)
_LINES = text(_KINDS)


def _read(file: str, content: str, **expected: Any) -> Case:
    return Case(file, content.encode(), account=Account(3, 3), **expected)


def _stray_quote(file: str, content: str, row: int) -> Case:
    return Case(
        file,
        content.encode(),
        stops=f'Filen {file}, rad {row}: ett citattecken (") öppnar ett fält som inte stängs rätt, så raderna efter går'
        " inte att skilja åt; ta bort eller dubblera citattecknet, eller spara om filen som .xlsx.",
    )


CASES = (
    _read("utredningar_komma_i_stället_för_semikolon.csv", text(_KINDS, ",")),
    _read("utredningar_lodstreck.txt", text(_KINDS, "|")),
    _read("utredningar_semikolon_i_tsv.tsv", _LINES),
    _read(
        "utredningar_sep_på_första_raden.csv",
        f"sep=;\r\n{_LINES}",
        notes=("första raden (sep=;) anger skiljetecknet och är ingen rad",),
    ),
    Case(
        "utredningar_sep_anger_fel_skiljetecken.csv",
        f"sep=,\r\n{_LINES}".encode(),
        stops="Filen utredningar_sep_anger_fel_skiljetecken.csv: ingen rubrikrad hittades bland de 50 första raderna"
        " (rubrikerna Utrednings-ID, Person-ID, Enhet, Verksamhetsområde, Inledd behövs); kontrollera att filen är rätt"
        " utdrag, eller kör python -m pipeline inspect utredningar_sep_anger_fel_skiljetecken.csv.",
    ),
    _read(
        "utredningar_allt_inom_citattecken.csv",
        "".join(f'"{line.replace(";", chr(34) + ";" + chr(34))}"\r\n' for line in _LINES.splitlines()),
    ),
    _read("utredningar_citattecken_inne_i_ett_fält.csv", _LINES.replace("övrigt", 'så kallad "övrig"')),
    _read("utredningar_dubblerat_citattecken.csv", _LINES.replace("övrigt", '"så kallad ""övrig"""')),
    _stray_quote("utredningar_förbannat_citattecken.csv", _LINES.replace("barna", '"barna'), 2),
    _stray_quote(
        "utredningar_två_citattecken_slukar_en_rad.csv", _LINES.replace("övrigt", '"övrigt', 1).replace("U3", 'U3"'), 3
    ),
    _stray_quote("utredningar_text_efter_citattecken.csv", _LINES.replace("övrigt", '"övrigt" enligt SoL', 1), 3),
    Case(
        "utredningar_radbrytning_i_fält.csv",
        text(
            investigations(
                {"Utredningstyp": "barn\nhela familjen\n\nsamtidigt"}, {"Utredningstyp": "barn"}, {"Inledd": "i våras"}
            )
        ).encode(),
        account=Account(3, 2, 1),
        rejected=(Fault(4, "Inledd", "Inledd (i våras) går inte att läsa som ett datum."),),
    ),
    Case(
        "utredningar_för_få_fält.csv",
        _LINES.replace("U2;k-2;Barn Väst;Barn och unga;2026-03-02;övrigt", "U2;k-2;Barn Väst").encode(),
        account=Account(3, 2, 1),
        rejected=(Fault(3, "Verksamhetsområde", "Verksamhetsområde saknas."), Fault(3, "Inledd", "Inledd saknas.")),
    ),
    Case(
        "utredningar_för_många_fält.csv",
        _LINES.replace("övrigt", "övrigt;Handläggare Ek;avvaktar", 1).encode(),
        account=Account(3, 2, 1),
        rejected=(Fault(3, "", "Raden har fler fält än rubrikraden."),),
    ),
    Case(
        "utredningar_semikolon_i_text_utan_citattecken.csv",
        _LINES.replace("Barn Väst", "Barn; Väst", 1).encode(),
        account=Account(3, 2, 1),
        rejected=(
            Fault(2, "", "Raden har fler fält än rubrikraden."),
            Fault(2, "Inledd", "Inledd (Barn och unga) går inte att läsa som ett datum."),
        ),
    ),
    _read("utredningar_tomma_fält_sist_på_varje_rad.csv", _LINES.replace("\r\n", ";;;\r\n")),
    Case(
        "utredningar_byter_skiljetecken_på_vägen.csv",
        (_LINES.partition("U3")[0] + "U3,k-3,Barn Väst,Barn och unga,2026-03-02,övrigt\r\n").encode(),
        account=Account(3, 2, 1),
        rejected=tuple(
            Fault(4, heading, f"{heading} saknas.") for heading in ("Person-ID", "Enhet", "Verksamhetsområde", "Inledd")
        ),
    ),
    Case(
        "mätvärden_decimalkomma_bland_kommatecken.csv",
        text(measurements({"Kommentar": "preliminärt"}), ",").replace('"12,5"', "12,5").encode(),
        account=Account(1, 0, 1),
        rejected=(Fault(2, "", "Raden har fler fält än rubrikraden."),),
    ),
)
