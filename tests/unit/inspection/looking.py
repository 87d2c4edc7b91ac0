"""Short ways to ask what was found."""

from __future__ import annotations

from pipeline.inspection.findings import Proposal, SheetProposal

PERSON = "19900101-1239"


def columns(sheet: SheetProposal) -> dict[str, str]:
    """Heading → column, of the sure matches."""
    return {one.heading: one.column.name for one in sheet.matches if one.is_sure}


def only(proposal: Proposal) -> SheetProposal:
    (sheet,) = proposal.sheets
    return sheet


def guessed_codes(sheet: SheetProposal, column: str) -> dict[str, str]:
    """Text → code ("" = unknown)."""
    return {guess.text: guess.code for guess in sheet.codes.get(column, ())}
