"""The tables of a profile that are about one extract: headings, codes and what stands in for what is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.inspection import codes, masking
from pipeline.inspection.codes import CodeGuess
from pipeline.inspection.findings import SheetProposal
from pipeline.inspection.gaps import Gap
from pipeline.inspection.lines import Line, Section, listed, percent, quoted
from pipeline.inspection.matching import Match
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.privacy import MASK
from pipeline.schemas.extract import Column, Kind
from pipeline.sources.wording import Making, fold


def of_extract(sheets: Sequence[SheetProposal], vocabulary: Vocabulary, *, are_many: bool) -> Iterator[Section]:
    """The tables of one extract, of all its sheets; `are_many`: whether the file has other sheets than these."""
    extract = sheets[0].extract.name
    names = [sheet.name for sheet in sheets if sheet.name and masking.heading(sheet.name) == sheet.name]
    if are_many and names:
        yield Section((extract,), [Line("sheets", listed(names), "bara de här bladen")])
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
    taken: dict[str, str] = {}
    lines: dict[tuple[str, str], Line] = {}
    for one in _usable(sheets):
        if one.making is None and not (one.is_sure and vocabulary.is_standard(extract, one.column.name, one.heading)):
            line = _heading_line(one, vocabulary.heading(extract, one.column.name))
            if line.is_sure and taken.setdefault(fold(one.heading), line.key) != line.key:
                line = replace(line, is_sure=False)  # one heading is one column, also where sheets differ
            lines.setdefault((line.key, line.value), line)
    holds = {heading: told for sheet in sheets for heading, told in sheet.holds.items()}
    return _together(lines.values()) + left(holds)


def left(holds: Mapping[str, str]) -> list[Line]:
    """What is not read, for somebody to choose from."""
    shown = {heading: told for heading, told in holds.items() if masking.heading(heading) != MASK}
    if not shown:
        return []
    why = Line("", "Läses inte: ta bort # och byt … mot uppgiftens namn där någon behövs.", is_sure=False)
    return [why, *(Line("…", listed([heading]), told, is_sure=False) for heading, told in shown.items())]


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
    return Line(one.column.name, listed([one.heading]), f"{standard}, {percent(one.confidence)}{doubt}", one.is_sure)


def _usable(sheets: Sequence[SheetProposal]) -> Iterator[Match]:
    """The matches that may be written: a heading that may tell who somebody is stays out of any file."""
    return (one for sheet in sheets for one in sheet.matches if masking.heading(one.heading) != MASK)


def _merged_codes(sheets: Sequence[SheetProposal]) -> dict[str, list[CodeGuess]]:
    merged: dict[str, dict[str, CodeGuess]] = {}
    for sheet in sheets:
        sure = {one.column.name for one in sheet.matches if one.is_sure}
        for column, guesses in sheet.codes.items():
            if guesses and column in sure:
                told = {guess.text: guess for guess in guesses if not codes.says_nothing(guess.text)}
                merged.setdefault(column, {}).update(told)
    return {column: list(guesses.values()) for column, guesses in merged.items() if guesses}


def _codes(sheet: SheetProposal, column: str, guesses: Sequence[CodeGuess]) -> list[Line]:
    by_code: dict[str, list[CodeGuess]] = {}
    for guess in guesses:
        if guess.is_sure:
            by_code.setdefault(guess.code, []).append(guess)
    lines = [
        Line(
            quoted(code),
            listed(guess.text for guess in several),
            ", ".join(f"{guess.text} {percent(guess.confidence)}" for guess in several),
        )
        for code, several in by_code.items()
    ]
    allowed = ", ".join(sheet.extract[column].texts)
    return lines + [_unsure_code(guess, allowed) for guess in guesses if not guess.is_sure]


def _unsure_code(guess: CodeGuess, allowed: str) -> Line:
    why = f"kanske, {percent(guess.confidence)}" if guess.code else f"okänd: byt … mot en av {allowed}"
    return Line(quoted(guess.code or "…"), listed([guess.text]), why, is_sure=False)


def _shared_gaps(sheets: Sequence[SheetProposal]) -> list[Gap]:
    return list({gap.column.name: gap for sheet in sheets for gap in sheet.gaps}.values())


def _constants(gaps: Sequence[Gap]) -> Iterator[Line]:
    for gap in gaps:
        if gap.constant:
            allowed = f" ({', '.join(gap.codes)})" if gap.codes else ""
            why = f"{gap.heading} saknas{_near(gap)}; skriv vad som gäller alla rader{allowed}"
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
            value = f"{{ {one.making} = {quoted(one.heading)} }}"
            yield Line(one.column.name, value, f"{told[one.making]}, {percent(one.confidence)}", one.is_sure)


def _joins(gaps: Sequence[Gap]) -> Iterator[Line]:
    for gap in gaps:
        if gap.joined:
            why = f"{gap.heading} saknas; tillsammans är de olika i alla lästa rader"
            yield Line(gap.column.name, _made_of(gap.joined), why)
        elif gap.joinable:
            why = f"{gap.heading} saknas; tillsammans är de olika i alla lästa rader, kanske av en slump"
            yield from (Line(gap.column.name, _made_of(pair), why, is_sure=False) for pair in gap.joinable)
        elif not gap.constant:
            yield from _sources(gap)


def _made_of(parts: Sequence[str]) -> str:
    return f"{{ join = {listed(parts)} }}"


def _sources(gap: Gap) -> Iterator[Line]:
    """A line for each heading that the column might be read from."""
    alike = [heading for heading, _ in gap.near if masking.heading(heading) != MASK][:1]
    why = f"{gap.heading} saknas{_near(gap)}; ange rubriken som uppgiften kan hämtas från"
    for heading in dict.fromkeys((*alike, *gap.unused)) or ["…"]:
        yield Line(gap.column.name, f"{{ first = {listed([heading])} }}", why, is_sure=False)
        why = "eller"


def _merge(sheet: SheetProposal, repeated: int) -> list[Line]:
    text = f"{repeated} rader har samma id som en annan rad; ska de bli en, säg här hur (annars underkänns de)"
    ways = (Line(one.column.name, _way(one.column), is_sure=False) for one in sheet.matches if _is_merged(one.column))
    return [Line("", text, is_sure=False), *ways]


def _is_merged(column: Column) -> bool:
    """Days and codes differ between the rows of one case; its other columns are the same in them."""
    return column.kind is Kind.DATE or (column.kind is Kind.CODE and column.name != "gender")


def _way(column: Column) -> str:
    if column.kind is Kind.CODE:
        return listed(column.codes)
    return quoted("earliest" if column.required else "latest or open")
