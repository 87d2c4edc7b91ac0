"""Rows that nothing is wrong with, to spoil one cell at a time: `investigations({"Avslutad": "2025-01-01"})`.

Each function gives a heading row and a row for each of the given ones, or one alone. Cells that a row does not speak
of are sound; columns that no sound row has come last, in the order in which they are spoken of.
"""

from __future__ import annotations

Cells = dict[str, object]
Table = list[list[object]]

_PERSON = {"Person-ID": "k-{n}", "Enhet": "Barn Väst"}
_CASE = {**_PERSON, "Verksamhetsområde": "Barn och unga"}


def units(*rows: Cells) -> Table:
    """The register of units."""
    return _table(
        {"Enhet": "Barn Väst", "Verksamhetsuppdrag": "Myndighetsutövning", "Verksamhetsområde": "Barn och unga"}, rows
    )


def referrals(*rows: Cells) -> Table:
    """Aktualiseringar."""
    return _table({"Aktualiserings-ID": "A{n}", **_CASE, "Typ": "anmälan", "Inkommen": "2026-03-02"}, rows)


def investigations(*rows: Cells) -> Table:
    """Utredningar."""
    return _table({"Utrednings-ID": "U{n}", **_CASE, "Inledd": "2026-03-02"}, rows)


def decisions(*rows: Cells) -> Table:
    """Beslut."""
    decided = {"Lag": "SoL", "Insats": "kontaktfamilj", "Beslutsdatum": "2026-03-02", "Beslut": "bifall"}
    return _table({"Beslut-ID": "B{n}", **_CASE, **decided}, rows)


def plans(*rows: Cells) -> Table:
    """Genomförandeplaner."""
    return _table({"Plan-ID": "P{n}", "Enhet": "Barn Väst", "Upprättad": "2026-03-02"}, rows)


def care_levels(*rows: Cells) -> Table:
    """Nivåbedömningar."""
    assessed = {"Insats": "hemtjänst", "Bedömningsdatum": "2026-03-02", "Omsorgsnivå": "2"}
    return _table({"Bedömnings-ID": "N{n}", **_PERSON, **assessed}, rows)


def incidents(*rows: Cells) -> Table:
    """Avvikelser och synpunkter."""
    return _table({"Ärende-ID": "Å{n}", "Enhet": "Barn Väst", "Typ": "avvikelse", "Inkommen": "2026-03-02"}, rows)


def surveys(*rows: Cells) -> Table:
    """Enkäter."""
    asked = {"Undersökning": "Brukare 2026", "Enhet": "Barn Väst", "Fråga": "Fråga {n}", "Datum": "2026-03-02"}
    return _table({**asked, "Antal svar": "20"}, rows)


def measurements(*rows: Cells) -> Table:
    """Mätvärden."""
    return _table({"Mått": "Mått {n}", "Enhet": "Barn Väst", "Datum": "2026-03-02", "Värde": "12,5"}, rows)


def controls(*rows: Cells) -> Table:
    """Internkontroll."""
    return _table({"Risk": "Risk {n}", "Kontrollmoment": "Stickprov", "Datum": "2026-03-02"}, rows)


def _table(sound: dict[str, str], rows: tuple[Cells, ...]) -> Table:
    headings = list(dict.fromkeys([*sound, *(heading for row in rows for heading in row)]))
    body = [
        [({heading: text.format(n=n) for heading, text in sound.items()} | row).get(heading) for heading in headings]
        for n, row in enumerate(rows or ({},), 1)
    ]
    return [list(headings), *body]
