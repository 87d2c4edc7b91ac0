"""A proposal → the tables of a profile: sure guesses as lines that hold, others as comments, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from pipeline.inspection import codes, masking
from pipeline.inspection.days import DayForm
from pipeline.inspection.extract_text import left, of_extract
from pipeline.inspection.findings import Proposal, SheetProposal, StrangeSheet
from pipeline.inspection.lines import Line, Section, listed, percent, quoted
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.model import EXTRACT_NAMES
from pipeline.privacy import mask

_ORDERS = {
    DayForm.DAY_FIRST: "day first",
    DayForm.MONTH_FIRST: "month first",
    DayForm.SHORT_DAY_FIRST: "day first",
    DayForm.SHORT_MONTH_FIRST: "month first",
}
_UNTOLD = (DayForm.UNCLEAR, DayForm.SHORT_UNCLEAR, DayForm.MIXED)


def header(title: str, file: str) -> str:
    """What opens a new profile."""
    return (
        f"# Förslag från inspect, efter filen {mask(file)}. Procenttalen säger hur säker varje gissning är:\n"
        "# kontrollera alla. En rad som börjar med # gäller inte; ta bort tecknet på de rader som stämmer.\n"
        "# Vad som får stå i en profil beskrivs i docs/profiles.md.\n\n"
        f"name = {quoted(title)}\n"
        'about = "Föreslagen av inspect; kontrollera den innan den används."\n'
    )


def sections(proposal: Proposal, pattern: str, vocabulary: Vocabulary) -> list[Section]:
    """The profile's tables. `pattern`: what names of later files like this one match, empty where no name tells."""
    sure = [sheet for sheet in proposal.sheets if sheet.is_sure]
    others = [sheet for sheet in proposal.sheets if not sheet.is_sure]
    by_extract: dict[str, list[SheetProposal]] = {}
    for sheet in sure:
        by_extract.setdefault(sheet.extract.name, []).append(sheet)
    whole = [
        Section(("files",), list(_patterns(proposal.sheets, by_extract, pattern))),
        Section(("dates",), list(_order([*proposal.sheets, *proposal.strange]))),
        Section(("skip",), list(_skipped(proposal.sheets))),
        Section(("blank",), list(_blank(sure))),
    ]
    are_many = len(by_extract) > 1 or bool(proposal.unread or others)
    own = [part for sheets in by_extract.values() for part in of_extract(sheets, vocabulary, are_many=are_many)]
    doubtful = [part for sheet in others for part in _as_comments(sheet, vocabulary)]
    strange = [_skeleton(one) for one in proposal.strange]
    return [section for section in (*whole, *own, *doubtful, *strange) if section.lines]


def _patterns(sheets: Sequence[SheetProposal], sure: Collection[str], pattern: str) -> Iterator[Line]:
    for extract in dict.fromkeys(sheet.extract.name for sheet in sheets):
        if pattern:
            yield Line(extract, listed([pattern]), is_sure=extract in sure)
        else:
            why = "filens namn säger inte vad den är: byt namn på den och skriv mönstret här"
            yield Line(extract, listed(["…*"]), why, is_sure=False)


def _as_comments(sheet: SheetProposal, vocabulary: Vocabulary) -> list[Section]:
    guess = f"{EXTRACT_NAMES[sheet.extract.name]}, {percent(sheet.guess.sureness)}"
    lacking = ", ".join(gap.heading for gap in sheet.gaps)
    above = f"{_opening(sheet, 'Kanske')} {guess}{f'; saknar {lacking}' if lacking else ''}. Ta bort # om det stämmer."
    parts = [part for part in of_extract([sheet], vocabulary, are_many=bool(sheet.name)) if part.lines]
    return [replace(part, is_sure=False, above="" if place else above) for place, part in enumerate(parts)]


def _skeleton(sheet: StrangeSheet) -> Section:
    above = f"{_opening(sheet, 'Inga')} rubriker känns igen. Byt … i hakparentesen mot utdragets namn."
    return Section(("…", "headings"), left(sheet.holds), is_sure=False, above=above)


def _opening(sheet: SheetProposal | StrangeSheet, word: str) -> str:
    return f"Blad {masking.heading(sheet.name)}: {word.lower()}" if sheet.name else word


def _blank(sheets: Sequence[SheetProposal]) -> Iterator[Line]:
    texts = dict.fromkeys(one.text for sheet in sheets for several in sheet.codes.values() for one in several)
    if nothing := [text for text in texts if codes.says_nothing(text)]:
        yield Line("texts", listed(nothing), "står i stället för en tom cell")


def _order(sheets: Sequence[SheetProposal | StrangeSheet]) -> Iterator[Line]:
    """Which of day and month stands first, where some column needs to be told."""
    forms = [pair for sheet in sheets for pair in sheet.forms.items()]
    proofs = {_ORDERS[form]: (masking.heading(heading), form) for heading, form in forms if form in _ORDERS}
    if len(proofs) == 1:
        ((order, (heading, form)),) = proofs.items()
        yield Line("order", quoted(order), f"det visar datumen under {heading}: {form}")
    elif proofs or any(form in _UNTOLD for _, form in forms):
        why = "datumen visar inte om dag eller månad står först: fråga den som tog ut filen"
        yield Line("order", quoted("day first"), why, is_sure=False)


def _skipped(sheets: Sequence[SheetProposal]) -> Iterator[Line]:
    openings = dict.fromkeys(opening for sheet in sheets for opening in sheet.footers)
    if openings:
        yield Line("rows", listed(f"{opening}*" for opening in openings), "utskriftsrader som inte är uppgifter")
