"""Invented states of the data: what a good delivery, and one with many faults, looks like in the quality report."""

from __future__ import annotations

from datetime import date

from pipeline.model import FileAccount, Quality, Rejection, Warned


def rejection(row: int = 17, **changes: object) -> Rejection:
    """One fault, of a closed day that cannot be read unless said otherwise."""
    given: dict[str, object] = {
        "extract": "investigations", "file": "utredningar_2026-09-05.csv", "sheet": "", "row": row, "column": "closed",
        "heading": "Avslutad", "value": "2026-02-31", "rule": "unreadable_date",
        "reason": "Avslutad (2026-02-31) går inte att läsa som ett datum.", "key": f"U-{row}", "unit": "Utredning Norr",
    }  # fmt: skip
    return Rejection(**(given | changes))  # type: ignore[arg-type]


def account(**changes: object) -> FileAccount:
    """One file, whose rows add up."""
    given: dict[str, object] = {
        "file": "utredningar_2026-09-05.csv", "extract": "investigations", "sha256": "ab" * 32,
        "delivered": date(2026, 9, 5), "encoding": "Windows-1252", "sheets": (), "read": 1000, "loaded": 960,
        "rejected": 30, "duplicates": 6, "superseded": 4, "skipped": (), "ignored_columns": (),
    }  # fmt: skip
    return FileAccount(**(given | changes))  # type: ignore[arg-type]


def quality(faults: int = 30) -> Quality:
    """Two files: one with as many rejected rows as told of the thousand, one without any."""
    units = ("Utredning Norr", "Utredning Söder", "Öst", "")
    unreadable = [rejection(row, unit=units[row % 4]) for row in range(2, 2 + faults)]
    others = [
        rejection(
            5, column="closed", rule="closed_before_opened", heading="Avslutad", value="2026-01-02",
            reason="Avslutad (2026-01-02) ligger före Inledd (2026-02-01).",
        ),
        rejection(
            9, column="kind", rule="unknown_code", heading="=Resultat", value='=HYPERLINK("x")',
            reason="Resultat är inte ett känt värde. Tillåtna värden: avbruten, ingen insats, insats, övrigt.",
        ),
    ]  # fmt: skip
    referrals = account(
        file="aktualiseringar_2026-09-05.xlsx", extract="referrals", encoding="", sheets=("Blad1", "Blad2"), read=2200,
        loaded=2200, rejected=0, duplicates=0, superseded=0, ignored_columns=("Anteckning", "Skapad av"),
        skipped=("Blad1: 3 rader ovanför rubrikerna (rad 1–3)", "Blad1: summa i sidfoten (rad 2204)"),
    )  # fmt: skip
    return Quality(
        files=(referrals, account(loaded=990 - faults, rejected=faults)),
        rejections=(*unreadable, *others),
        warnings=(Warned("investigations", "unit", "Enheten finns inte i enhetsregistret.", 12, ("U-12", "U-90")),),
        columns={},
    )
