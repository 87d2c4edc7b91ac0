"""What `inspect` says: tables of headings, codes and a few rows, with everything personal hidden."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from pipeline.inspection import Inspection, masking
from pipeline.inspection.matching import Match
from pipeline.inspection.profile_text import percent
from pipeline.inspection.proposal import SheetProposal
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.model import EXTRACT_NAMES
from pipeline.privacy import mask
from pipeline.schemas.extract import Kind
from pipeline.sources.wording import Making

_MADE = {Making.FILLED: "ja där det finns ett datum", Making.YEAR: "årtalet i datumet"}
_SEPARATORS = {";": "semikolon", ",": "komma", "\t": "tabb", "|": "lodstreck"}
_TOLD_BY = {"name": "enligt filnamnet", "given": "enligt --extract"}


def show(found: Inspection) -> None:
    """Tell what a file is taken for, and what to do next."""
    console = Console(markup=False, highlight=False)
    proposal = found.proposal
    sample = proposal.sample
    separator = f", {_SEPARATORS.get(sample.separator, sample.separator)} mellan fälten" if sample.separator else ""
    console.print(f"{mask(sample.file.name)}: {sample.encoding}{separator}")
    for note in sample.notes:
        console.print(f"Obs: {note}")
    for sheet in proposal.sheets:
        _show_sheet(console, sheet, proposal.told_by, found.vocabulary)
    if proposal.unread:
        names = ", ".join(masking.heading(name) for name in proposal.unread)
        console.print(f"\nBlad utan rubriker som känns igen: {names}")
    _show_end(console, found)


def _show_sheet(console: Console, sheet: SheetProposal, told_by: str, vocabulary: Vocabulary) -> None:
    console.print(f"\n{_title(sheet, told_by)}")
    if sheet.guess.others:
        others = ", ".join(EXTRACT_NAMES[extract.name] for extract in sheet.guess.others)
        console.print(f"Raderna kan också hålla {others}; ange --extract för att pröva.")
    _show_headings(console, sheet, vocabulary)
    _show_codes(console, sheet, vocabulary)
    _show_gaps(console, sheet)
    _show_notes(console, sheet, vocabulary)
    _show_rows(console, sheet)


def _title(sheet: SheetProposal, told_by: str) -> str:
    where = f"Blad {masking.heading(sheet.name)}: " if sheet.name else ""
    extract = EXTRACT_NAMES[sheet.extract.name]
    sure = _TOLD_BY.get(told_by) or f"gissning, {percent(sheet.guess.sureness)} säker"
    numbers = "–".join(map(str, dict.fromkeys(sheet.heading.rows)))
    rows = f"{sheet.rows:,}".replace(",", " ")
    size = f"{rows} rader" if sheet.is_whole else f"minst {rows} rader, bara de första lästes"
    return f"{where}{extract} ({sure}). Rubriker på rad {numbers}, {size}."


def _show_headings(console: Console, sheet: SheetProposal, vocabulary: Vocabulary) -> None:
    table = Table(title="Rubriker", title_justify="left")
    table.add_column("I filen")
    table.add_column("Uppgift")
    table.add_column("Säkerhet", justify="right")
    table.add_column("Anmärkning")
    for one in sheet.matches:
        standard = vocabulary.heading(sheet.extract.name, one.column.name)
        table.add_row(masking.heading(one.heading), standard, percent(one.confidence), _remark(one, sheet))
    console.print(table)
    if sheet.unmatched:
        console.print(f"Läses inte: {', '.join(masking.heading(heading) for heading in sheet.unmatched)}")


def _remark(one: Match, sheet: SheetProposal) -> str:
    told = [_MADE[one.making]] if one.making else []
    if one.column.kind is Kind.DATE and one.place in sheet.forms:
        told.append(sheet.forms[one.place])
    if one.doubt:
        told.append(one.doubt)
    if not one.is_sure:
        told.append("osäker: blir en kommentar i profilen")
    return "; ".join(told)


def _show_codes(console: Console, sheet: SheetProposal, vocabulary: Vocabulary) -> None:
    guesses = [(column, guess) for column, several in sheet.codes.items() for guess in several]
    if not guesses:
        return
    table = Table(title="Koder som behöver översättas", title_justify="left")
    table.add_column("Uppgift")
    table.add_column("I filen")
    table.add_column("Rader", justify="right")
    table.add_column("Kod")
    table.add_column("Säkerhet", justify="right")
    for column, guess in guesses:
        told = (guess.code, percent(guess.confidence)) if guess.code else ("okänd", "")
        standard = vocabulary.heading(sheet.extract.name, column)
        table.add_row(standard, masking.heading(guess.text), str(guess.times), *told)
    console.print(table)


def _show_gaps(console: Console, sheet: SheetProposal) -> None:
    for gap in sheet.gaps:
        text = f"Saknas: {gap.heading}."
        if gap.joined:
            text += f" Kan sättas samman av {' och '.join(map(masking.heading, gap.joined))}."
        elif gap.near:
            near = ", ".join(f"{masking.heading(heading)} {percent(share)}" for heading, share in gap.near)
            text += f" Mest lika är {near}."
        elif gap.constant:
            text += " Gäller samma alla rader skrivs den under constants."
        console.print(text)


def _show_notes(console: Console, sheet: SheetProposal, vocabulary: Vocabulary) -> None:
    titles = vocabulary.titles()
    if readers := sheet.read_by(titles):
        console.print(f"Profilen {titles[readers[0]]} läser redan de rubrikerna.")
    if sheet.is_hidden:
        console.print("Bladet är dolt i arbetsboken, men läses.")
    if sheet.doubled:
        doubled = ", ".join(masking.heading(heading) for heading in sheet.doubled)
        console.print(f"Samma rubrik står flera gånger: {doubled}. Byt namn på den ena i filen om den ska läsas.")
    if sheet.repeated:
        console.print(f"Samma id står på flera rader ({sheet.repeated} rader): se merge i docs/profiles.md.")
    if sheet.footers:
        console.print(f"Utskriftsrader hoppas över: {', '.join(sheet.footers)}")


def _show_rows(console: Console, sheet: SheetProposal) -> None:
    """The rows stand as columns: an export has many headings and a terminal is narrow."""
    if not sheet.shown:
        return
    table = Table(title="De första raderna, personuppgifter dolda", title_justify="left", box=None, pad_edge=False)
    table.add_column("Rubrik")
    for _ in sheet.shown:
        table.add_column("", overflow="ellipsis", no_wrap=True)
    headings = [text for text in sheet.heading.cells if text.strip()]
    for heading, *cells in zip(headings, *sheet.shown, strict=False):
        table.add_row(masking.heading(heading), *cells)
    console.print(table)


def _show_end(console: Console, found: Inspection) -> None:
    if found.saved is None:
        console.print("\nInget är sparat. Lägg till --save för att skriva förslaget som en profil.")
        return
    console.print(f"\nSparat i {found.saved}", soft_wrap=True)
    for text in found.by_hand:
        console.print(f"Lägg till för hand {text}")
    console.print("Läs igenom profilen, rätta det som är fel och kör sedan python -m pipeline check.")
