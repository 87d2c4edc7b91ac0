"""A proposal → the text of a profile: sure guesses as lines that hold, the others as comments, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.inspection import masking
from pipeline.inspection.cells import DayForm
from pipeline.inspection.codes import CodeGuess
from pipeline.inspection.gaps import Gap
from pipeline.inspection.matching import Match
from pipeline.inspection.proposal import Proposal, SheetProposal
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.privacy import MASK, mask
from pipeline.schemas.extract import Column, Kind
from pipeline.sources.wording import Making

_ORDERS = {DayForm.DAY_FIRST: "day first", DayForm.MONTH_FIRST: "month first"}


@dataclass(frozen=True)
class Line:
    """A line of a section: `key = value`; a guess that is not sure stands as a comment. `why` is its explanation."""

    key: str
    value: str
    why: str = ""
    is_sure: bool = True

    def written(self) -> str:
        """The line as it stands in the file."""
        text = f"{self.key} = {self.value}" if self.key else self.value
        return f"{'' if self.is_sure else '# '}{text}{f'  # {self.why}' if self.why else ''}"


@dataclass(frozen=True)
class Section:
    """A table of the profile, by the path in its brackets."""

    path: tuple[str, ...]
    lines: Sequence[Line]

    def written(self) -> str:
        """The table as it stands in the file."""
        return "\n".join([f"[{'.'.join(self.path)}]", *(line.written() for line in self.lines)]) + "\n"


def header(title: str, file: str) -> str:
    """What opens a new profile."""
    return (
        f"# Förslag från inspect, efter filen {mask(file)}. Procenttalen säger hur säker varje gissning är:\n"
        "# kontrollera alla. En rad som börjar med # gäller inte; ta bort tecknet på de rader som stämmer.\n"
        "# Vad som får stå i en profil beskrivs i docs/profiles.md.\n\n"
        f"name = {_text(title)}\n"
        'about = "Föreslagen av inspect; kontrollera den innan den används."\n'
    )


def sections(proposal: Proposal, patterns: Mapping[str, str], vocabulary: Vocabulary) -> list[Section]:
    """The profile's tables. `patterns`: extract → what names of its files match, where nothing says so already."""
    by_extract: dict[str, list[SheetProposal]] = {}
    for sheet in proposal.sheets:
        by_extract.setdefault(sheet.extract.name, []).append(sheet)
    whole = [
        Section(("files",), [_pattern(extract, pattern) for extract, pattern in patterns.items()]),
        Section(("dates",), list(_order(proposal.sheets))),
        Section(("skip",), list(_skipped(proposal.sheets))),
    ]
    are_many = len(by_extract) > 1 or bool(proposal.unread)
    own = [part for sheets in by_extract.values() for part in _of_extract(sheets, vocabulary, are_many=are_many)]
    return [section for section in (*whole, *own) if section.lines]


def _pattern(extract: str, pattern: str) -> Line:
    if pattern:
        return Line(extract, _list([pattern]))
    return Line(
        extract, _list(["…*"]), "filens namn säger inte vad den är: byt namn på den och skriv mönstret här", False
    )


def _order(sheets: Sequence[SheetProposal]) -> Iterator[Line]:
    """Which of day and month stands first, where some column needs to be told."""
    named = {place: one.heading for sheet in sheets for one in sheet.matches for place in [one.place]}
    forms = [(named[place], form) for sheet in sheets for place, form in sheet.forms.items()]
    proofs = {form: masking.heading(heading) for heading, form in forms if form in _ORDERS}
    if len(proofs) == 1:
        ((form, heading),) = proofs.items()
        yield Line("order", _text(_ORDERS[form]), f"det visar datumen under {heading}: {form}")
    elif proofs or any(form in (DayForm.UNCLEAR, DayForm.MIXED) for _, form in forms):
        why = "datumen visar inte om dag eller månad står först: fråga den som tog ut filen"
        yield Line("order", _text("day first"), why, is_sure=False)


def _skipped(sheets: Sequence[SheetProposal]) -> Iterator[Line]:
    openings = dict.fromkeys(opening for sheet in sheets for opening in sheet.footers)
    if openings:
        yield Line("rows", _list(f"{opening}*" for opening in openings), "utskriftsrader som inte är uppgifter")


def _of_extract(sheets: Sequence[SheetProposal], vocabulary: Vocabulary, *, are_many: bool) -> Iterator[Section]:
    extract = sheets[0].extract.name
    names = [sheet.name for sheet in sheets if sheet.name and masking.heading(sheet.name) == sheet.name]
    if are_many and names:
        yield Section((extract,), [Line("sheets", _list(names), "bara de här bladen")])
    yield Section((extract, "headings"), _headings(sheets, vocabulary))
    for column, guesses in _merged_codes(sheets).items():
        yield Section((extract, "codes", column), _codes(sheets[0], column, guesses))
    gaps = _shared_gaps(sheets)
    yield Section((extract, "constants"), [*_constants(gaps), _source_system()])
    yield Section((extract, "derived"), [*_made(sheets), *_joins(gaps)])
    if repeated := sum(sheet.repeated for sheet in sheets):
        yield Section((extract, "merge"), _merge(sheets[0], repeated))


def _headings(sheets: Sequence[SheetProposal], vocabulary: Vocabulary) -> list[Line]:
    extract = sheets[0].extract.name
    lines: dict[str, Line] = {}
    for one in _usable(sheets):
        if one.making is None and not (one.is_sure and vocabulary.is_standard(extract, one.column.name, one.heading)):
            lines.setdefault(
                f"{one.column.name}\0{one.heading}", _heading_line(one, vocabulary.heading(extract, one.column.name))
            )
    return _together(lines.values())


def _together(lines: Iterable[Line]) -> list[Line]:
    """Sheets may word a column differently: sure headings of one column stand in one line."""
    sure: dict[str, list[Line]] = {}
    for line in lines:
        sure.setdefault(line.key if line.is_sure else f"{line.key}\0{line.value}", []).append(line)
    return [
        several[0]
        if len(several) == 1
        else Line(several[0].key, f"[{', '.join(line.value[1:-1] for line in several)}]", several[0].why)
        for several in sure.values()
    ]


def _heading_line(one: Match, standard: str) -> Line:
    doubt = f": {one.doubt}" if one.doubt else ""
    return Line(one.column.name, _list([one.heading]), f"{standard}, {percent(one.confidence)}{doubt}", one.is_sure)


def _usable(sheets: Sequence[SheetProposal]) -> Iterator[Match]:
    """The matches that may be written: a heading that may tell who somebody is stays out of any file."""
    return (one for sheet in sheets for one in sheet.matches if masking.heading(one.heading) != MASK)


def _merged_codes(sheets: Sequence[SheetProposal]) -> dict[str, list[CodeGuess]]:
    merged: dict[str, dict[str, CodeGuess]] = {}
    for sheet in sheets:
        sure = {one.column.name for one in sheet.matches if one.is_sure}
        for column, guesses in sheet.codes.items():
            if guesses and column in sure:
                merged.setdefault(column, {}).update({guess.text: guess for guess in guesses})
    return {column: list(guesses.values()) for column, guesses in merged.items()}


def _codes(sheet: SheetProposal, column: str, guesses: Sequence[CodeGuess]) -> list[Line]:
    by_code: dict[str, list[CodeGuess]] = {}
    for guess in guesses:
        if guess.is_sure:
            by_code.setdefault(guess.code, []).append(guess)
    lines = [
        Line(
            _text(code),
            _list(guess.text for guess in several),
            ", ".join(f"{guess.text} {percent(guess.confidence)}" for guess in several),
        )
        for code, several in by_code.items()
    ]
    allowed = ", ".join(sheet.extract[column].texts)
    return lines + [_unsure_code(guess, allowed) for guess in guesses if not guess.is_sure]


def _unsure_code(guess: CodeGuess, allowed: str) -> Line:
    why = f"kanske, {percent(guess.confidence)}" if guess.code else f"okänd: byt … mot en av {allowed}"
    return Line(_text(guess.code or "…"), _list([guess.text]), why, is_sure=False)


def _shared_gaps(sheets: Sequence[SheetProposal]) -> list[Gap]:
    return list({gap.column.name: gap for sheet in sheets for gap in sheet.gaps}.values())


def _constants(gaps: Sequence[Gap]) -> Iterator[Line]:
    for gap in gaps:
        if gap.constant:
            codes = f" ({', '.join(gap.codes)})" if gap.codes else ""
            why = f"{gap.heading} saknas{_near(gap)}; skriv vad som gäller alla rader{codes}"
            yield Line(gap.column.name, '"…"', why, is_sure=False)


def _near(gap: Gap) -> str:
    near = [f"{masking.heading(heading)} {percent(confidence)}" for heading, confidence in gap.near]
    return f" (liknar: {', '.join(near)})" if near else ""


def _source_system() -> Line:
    why = "tar du bort # märks raderna med systemets namn, om filen saknar kolumnen Källsystem"
    return Line("source_system", '"…"', why, is_sure=False)


def _made(sheets: Sequence[SheetProposal]) -> Iterator[Line]:
    told = {Making.FILLED: "ja där det finns ett datum", Making.YEAR: "årtalet i datumet"}
    for one in _usable(sheets):
        if one.making:
            value = f"{{ {one.making} = {_text(one.heading)} }}"
            yield Line(one.column.name, value, f"{told[one.making]}, {percent(one.confidence)}", one.is_sure)


def _joins(gaps: Sequence[Gap]) -> Iterator[Line]:
    for gap in gaps:
        if gap.joined:
            why = f"{gap.heading} saknas; tillsammans är de olika i alla lästa rader"
            yield Line(gap.column.name, f"{{ join = {_list(gap.joined)} }}", why)
        elif not gap.constant:
            near = [heading for heading, _ in gap.near if masking.heading(heading) != MASK] or ["…"]
            why = f"{gap.heading} saknas{_near(gap)}; ange rubriken som uppgiften kan hämtas från"
            yield Line(gap.column.name, f"{{ first = {_list(near[:1])} }}", why, is_sure=False)


def _merge(sheet: SheetProposal, repeated: int) -> list[Line]:
    text = f"{repeated} rader har samma id som en annan rad; ska de bli en, säg här hur (annars underkänns de)"
    ways = (Line(one.column.name, _way(one.column), is_sure=False) for one in sheet.matches if _is_merged(one.column))
    return [Line("", text, is_sure=False), *ways]


def _is_merged(column: Column) -> bool:
    """Days and codes differ between the rows of one case; its other columns are the same in them."""
    return column.kind is Kind.DATE or (column.kind is Kind.CODE and column.name != "gender")


def _way(column: Column) -> str:
    if column.kind is Kind.CODE:
        return _list(column.codes)
    return _text("earliest" if column.required else "latest or open")


def percent(share: float) -> str:
    """`90 %`; nothing but a certainty is 100."""
    return f"{min(int(share * 100 + 0.5), 99) if share < 1 else 100} %"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    # A basic string of TOML is written as JSON writes one.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
