"""What `inspect` says: tables of headings, codes and a few rows, with everything personal hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table

from pipeline.inspection import Inspection, masking
from pipeline.inspection.findings import SheetProposal, StrangeSheet
from pipeline.inspection.gaps import Gap
from pipeline.inspection.lines import percent
from pipeline.inspection.matching import Match
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
    for strange in proposal.strange:
        _show_strange(console, strange)
    if proposal.unread and proposal.sheets:
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
    _show_gaps(console, sheet, vocabulary)
    _show_notes(console, sheet, vocabulary)
    _show_rows(console, sheet)


def _title(sheet: SheetProposal, told_by: str) -> str:
    extract = EXTRACT_NAMES[sheet.extract.name]
    sure = _TOLD_BY.get(told_by) or f"gissning, {percent(sheet.guess.sureness)} säker"
    rows = f"{sheet.rows:,}".replace(",", " ")
    size = f"{rows} rader" if sheet.is_whole else f"minst {rows} rader, bara de första lästes"
    return f"{_where(sheet)}{extract} ({sure}). {_headings_at(sheet)}, {size}."


def _where(sheet: SheetProposal | StrangeSheet) -> str:
    return f"Blad {masking.heading(sheet.name)}: " if sheet.name else ""


def _headings_at(sheet: SheetProposal | StrangeSheet) -> str:
    return f"Rubriker på rad {'–'.join(map(str, dict.fromkeys(sheet.heading.rows)))}"


def _show_strange(console: Console, sheet: StrangeSheet) -> None:
    told = f"{_where(sheet)}inga rubriker känns igen. {_headings_at(sheet)}. Ange utdraget med --extract."
    console.print(f"\n{told[0].upper()}{told[1:]}")
    _show_held(console, sheet.holds, "Rubriker")


def _show_held(console: Console, holds: Mapping[str, str], title: str) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("I filen")
    table.add_column("Cellerna")
    for heading, told in holds.items():
        table.add_row(masking.heading(heading), told)
    console.print(table)


def _show_headings(console: Console, sheet: SheetProposal, vocabulary: Vocabulary) -> None:
    table = Table(title="Rubriker", title_justify="left")
    table.add_column("I filen")
    table.add_column("Uppgift")
    table.add_column("Säkerhet", justify="right")
    table.add_column("Anmärkning")
    for one in sheet.matches:
        standard = vocabulary.heading(sheet.extract.name, one.column.name)
        table.add_row(masking.heading(one.heading), standard, percent(one.confidence), _remark(one, sheet))
    if sheet.matches:
        console.print(table)
    if sheet.holds:
        _show_held(console, sheet.holds, "Läses inte")


def _remark(one: Match, sheet: SheetProposal) -> str:
    told = [_MADE[one.making]] if one.making else []
    if one.column.kind is Kind.DATE and one.heading in sheet.forms:
        told.append(sheet.forms[one.heading])
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


def _show_gaps(console: Console, sheet: SheetProposal, vocabulary: Vocabulary) -> None:
    for gap in sheet.gaps:
        console.print(" ".join([f"Saknas: {gap.heading}.", *_help(gap, sheet, vocabulary)]))


def _help(gap: Gap, sheet: SheetProposal, vocabulary: Vocabulary) -> Iterator[str]:
    """What may stand in for what is lacking, in sentences."""
    names = {column.name: vocabulary.heading(sheet.extract.name, column.name) for column in sheet.extract.columns}
    pairs = [gap.joined] if gap.joined else gap.joinable
    if pairs:
        told = (" och ".join(masking.heading(names.get(part, part)) for part in pair) for pair in pairs)
        yield f"Kan{'' if gap.joined else ' kanske'} sättas samman av {', eller av '.join(told)}."
    elif gap.near:
        near = ", ".join(f"{masking.heading(heading)} {percent(share)}" for heading, share in gap.near)
        yield f"Mest lika är {near}."
    elif gap.constant:
        yield "Gäller samma alla rader skrivs den under constants."
    if gap.unused:
        yield f"Datum som inte läses: {', '.join(map(masking.heading, gap.unused))}."


def _show_notes(console: Console, sheet: SheetProposal, vocabulary: Vocabulary) -> None:
    if sheet.readers:
        unread = [vocabulary.heading(sheet.extract.name, column) for column in sorted(sheet.unread)]
        left = f", men inte {', '.join(unread)}" if unread else ""
        console.print(f"Profilen {sheet.readers[0][0]} läser redan bladet{left}.")
    if not sheet.is_sure:
        console.print(
            "Osäkert: allt om bladet blir kommentarer i profilen. Ange utdraget med --extract om det stämmer."
        )
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
