"""Invented states of the data: what a good delivery, and one with many faults, looks like in the quality report."""

from __future__ import annotations

from datetime import date

from pipeline.model import FileAccount, Lateness, Mended, Quality, Rejection, Seen, SeverityChange, Warned


def rejection(row: int = 17, **changes: object) -> Rejection:
    """One fault, of a closed day that cannot be read unless said otherwise."""
    given: dict[str, object] = {
        "extract": "investigations", "file": "utredningar_2026-09-05.csv", "sheet": "", "row": row, "column": "closed",
        "heading": "Avslutad", "value": "2026-02-31", "rule": "unreadable_date",
        "reason": "Avslutad (2026-02-31) går inte att läsa som ett datum.", "key": f"U-{row}", "unit": "Utredning Norr",
        "fault_id": f"fault-{row}",
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
        notes=("Läst med profilen Procapita.", "Blad2 var dolt och har lästs."),
    )  # fmt: skip
    return Quality(
        files=(referrals, account(loaded=990 - faults, rejected=faults)),
        rejections=(*unreadable, *others),
        warnings=(Warned("investigations", "unit", "Enheten finns inte i enhetsregistret.", 12, ("U-12", "U-90")),),
        columns={},
        severities=(severity(), severity(rule="too_late", extract="", severity="stop", expired=True)),
        lateness=(
            Lateness("referrals", date(2026, 7, 1), 36, 1.0, 1240, date(2025, 6, 1), date(2026, 5, 31)),
            Lateness("referrals", date(2026, 8, 1), 5, 0.934, 1240, date(2025, 6, 1), date(2026, 5, 31)),
        ),
    )


def severity(**changes: object) -> SeverityChange:
    """A rule of investigations that the configuration makes milder."""
    given: dict[str, object] = {
        "rule": "unknown_code", "extract": "investigations", "severity": "warn", "default": "reject",
        "reason": "Koderna ses över tillsammans med leverantören", "until": date(2026, 12, 31), "expired": False,
    }  # fmt: skip
    return SeverityChange(**(given | changes))  # type: ignore[arg-type]


def seen() -> Seen:
    """The investigations were delivered in May too: ten of the unreadable days were there, and two faults are gone."""
    gone = ("missing", "U-901", "Utredning Norr", date(2026, 5, 4)), ("too_late", "U-902", "", date(2025, 9, 3))
    return Seen(
        since={f"fault-{row}": date(2026, 5, 4) for row in range(2, 12)},
        mended=tuple(Mended("investigations", unit, key, "Inledd", rule, day) for rule, key, unit, day in gone),
        warnings=(
            Warned(
                "referrals", "rows_halved",
                "Utdraget har 2200 inlästa rader, mot 4600 i det förra, levererat 2026-05-04.", 1,
            ),
        ),
        earlier={"investigations": date(2026, 5, 4)},
    )  # fmt: skip
