"""`reports/comments/PERIOD.md`: the analyst's words, in Markdown, one heading a metric, goal or part of the report."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.comments import markdown
from pipeline.comments.markdown import Fault, Section
from pipeline.comments.persons import lines_with_persons
from pipeline.errors import WrongUse
from pipeline.model import Metric
from pipeline.model.comments import Comment, Comments
from pipeline.periods import Period
from pipeline.privacy import MASK, mask

SUMMARY, PROPOSAL = "Sammanfattning", "Förslag till beslut"
_METRIC, _GOAL, _PART = "metric", "goal", "part"


@dataclass(frozen=True)
class _Subject:
    """What a heading names: a metric by id, a goal by name, or a part of the report."""

    kind: str
    name: str


def fingerprint(folder: Path, period: Period) -> str:
    """Hash of a period's comments, for the run's identity; empty where there are none.

    Raises WrongUse when the file cannot be read.
    """
    content = _content(_file(folder, period))
    return "" if content is None else hashlib.sha256(content).hexdigest()


def read(folder: Path, period: Period, metrics: Mapping[str, Metric], goals: Collection[str]) -> Comments:
    """The comments on a period; empty where the file is missing.

    A heading names a metric by id or title, one of `goals`, or a part of the report; case and blanks aside. Raises
    WrongUse with one line for every fault in the file. No message repeats a personnummer.
    """
    file = _file(folder, period)
    content = _content(file)
    if content is None:
        return Comments()
    text = _text(file, content)
    sections, faults = markdown.sections(text)
    faults = [*faults, *_persons(text)]
    subjects = _subjects(metrics, goals)
    found: dict[_Subject, Section] = {}
    for section in sections:
        subject = subjects.get(_plain(section.heading))
        if subject is None:
            faults.append(Fault(section.line, _unknown(section.heading, metrics, goals)))
        elif subject in found:
            faults.append(Fault(section.line, _twice(section, found[subject])))
        else:
            found[subject] = section
    if faults:
        raise WrongUse(_told(file, faults))
    written = {subject: Comment(section.blocks) for subject, section in found.items() if section.blocks}
    return Comments(
        metrics={one.name: comment for one, comment in written.items() if one.kind == _METRIC},
        goals={one.name: comment for one, comment in written.items() if one.kind == _GOAL},
        summary=written.get(_Subject(_PART, SUMMARY)),
        proposal=written.get(_Subject(_PART, PROPOSAL)),
    )


def _file(folder: Path, period: Period) -> Path:
    return folder / f"{period.code}.md"


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise WrongUse(f"Kommentarerna i {file} kan inte läsas: {fault.strerror}.") from None


def _text(file: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise WrongUse(f"{file} är inte sparad som UTF-8. Öppna den i en textredigerare och spara om den som UTF-8.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _subjects(metrics: Mapping[str, Metric], goals: Collection[str]) -> dict[str, _Subject]:
    """Heading → what it names; of two things of the same name the report's part comes first, then the metric."""
    return {
        **{_plain(goal): _Subject(_GOAL, goal) for goal in goals},
        **{_plain(metric.title): _Subject(_METRIC, metric.metric_id) for metric in metrics.values()},
        **{_plain(metric_id): _Subject(_METRIC, metric_id) for metric_id in metrics},
        **{_plain(part): _Subject(_PART, part) for part in (SUMMARY, PROPOSAL)},
    }


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()


# --- faults ---------------------------------------------------------------------------------------------------------


def _persons(text: str) -> Iterator[Fault]:
    """Both in the source, parts that are not printed too, and in what is printed, where no markup stands between."""
    source = (number for number, line in enumerate(text.split("\n"), start=1) if mask(line) != line)
    printed = (first + line for first, block in markdown.texts(text) for line in lines_with_persons(block))
    for number in {*source, *printed}:
        yield Fault(number, "raden innehåller något som ser ut som ett personnummer. Ta bort det")


def _unknown(heading: str, metrics: Mapping[str, Metric], goals: Collection[str]) -> str:
    if not heading:
        return "rubriken är tom. Skriv måttets eller målets namn efter #"
    named = [*(metric.title for metric in metrics.values()), *goals, SUMMARY, PROPOSAL, *metrics]
    spelt = {_plain(name): name for name in reversed(named)}
    near = difflib.get_close_matches(_plain(heading), spelt, n=1)
    cure = f"Menade du {spelt[near[0]]}?" if near else "Måttens namn står i rapporten"
    return f"rubriken ”{_shown(heading)}” är inget mått, inget mål och ingen del av rapporten. {cure}"


def _twice(section: Section, first: Section) -> str:
    return (
        f"rubriken ”{_shown(section.heading)}” gäller samma sak som rubriken på rad {first.line}. Skriv ihop texterna"
        " under en av dem"
    )


def _shown(heading: str) -> str:
    return MASK if lines_with_persons(heading) else heading


def _told(file: Path, faults: Sequence[Fault]) -> str:
    lines = (f"{file} rad {fault.line}: {_sentence(fault.text)}" for fault in sorted(set(faults)))
    return "\n".join(lines)


def _sentence(text: str) -> str:
    return text if text.endswith("?") else f"{text}."
