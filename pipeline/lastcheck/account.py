"""The analyst's report of what the last check found: where, of what kind and what to do; never the secret itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from pipeline import language
from pipeline.config import Config
from pipeline.errors import ProtectionFailed
from pipeline.lastcheck.findings import Finding, Kind
from pipeline.model import RunInfo
from pipeline.publish import comments, forms, html
from pipeline.publish.folder import replacing_file

NAME = "skydd.html"
MOST_LISTED = 200
_TEMPLATE = "protection.html.j2"
_REWRITE = "Ta bort det ur kommentaren i mappen comments, under rapporternas mapp, och kör rapporten igen."
_ADVICE = {
    Kind.HIDDEN: "Felet är programmets. Publicera inget, och anmäl felet till den som förvaltar programmet.",
    Kind.UNKNOWN_ROW: "Felet är programmets. Publicera inget, och anmäl felet till den som förvaltar programmet.",
    Kind.MISSING_ROW: "Felet är programmets. Publicera inget, och anmäl felet till den som förvaltar programmet.",
    Kind.UNOPENED: "Publicera inget, och anmäl felet till den som förvaltar programmet.",
    Kind.NOT_ON_PAGE: "Kör igen utan --pdf, och anmäl felet till den som förvaltar programmet.",
    Kind.UNDRAWN: "Kör igen när datorn har mindre att göra, eller utan --pdf.",
}
_OTHERWISE = (
    "Sök efter texten på den platsen i utdragen och i kommentarerna, rätta den där den kommer ifrån och kör igen. Står"
    " den inte där är felet programmets; anmäl det då till den som förvaltar programmet."
)


@dataclass(frozen=True)
class Line:
    """A finding as it is told."""

    place: str
    kind: str
    todo: str


def stop_if_any(findings: Sequence[Finding], folder: Path, config: Config, run: RunInfo) -> None:
    """Raise ProtectionFailed when the last check has found something, after writing of it in a folder.

    `folder` is for the analyst alone; an earlier report in it is removed when nothing was found.
    """
    file = folder / NAME
    if not findings:
        file.unlink(missing_ok=True)
        return
    with replacing_file(file) as new:
        write(new, findings, config, run)
    first = findings[0]
    others = len(findings) - 1
    rest = f" och på {'ett ställe' if others == 1 else forms.number(others) + ' ställen'} till" if others else ""
    where = _comment_said(first)
    raise ProtectionFailed(
        f"Skyddet brister: i {first.file} ({first.place}){rest} står {first.kind.value}{where}. Inget har publicerats."
        f" Se {file} för alla ställen och vad som ska göras."
    )


def write(file: Path, findings: Sequence[Finding], config: Config, run: RunInfo) -> None:
    """Write the page: one file that asks nothing of the network."""
    listed = sorted(findings)[:MOST_LISTED]
    text = html.render(
        _TEMPLATE,
        files=[(name, [_line(one) for one in found]) for name, found in groupby(listed, key=lambda one: one.file)],
        count=len(findings),
        rest=len(findings) - len(listed),
        config=config,
        run=run,
        period_name="Skydd",
    )
    file.write_text(text, encoding="utf-8", newline="\n")


def _line(finding: Finding) -> Line:
    return Line(forms.capital(finding.place), forms.capital(finding.kind.value), advice(finding))


def advice(finding: Finding) -> str:
    """What to do about a finding."""
    if finding.kind in _ADVICE:
        return _ADVICE[finding.kind]
    return _REWRITE if is_in_comment(finding) else _OTHERWISE


def is_in_comment(finding: Finding) -> bool:
    """Whether it stands in what the analyst has written."""
    return any(place in finding.place for place in _places_of_comments())


@cache
def _places_of_comments() -> frozenset[str]:
    """What a place in the analyst's words is called, whatever the report's language."""
    found = {"analytikerns kommentar"}
    for one in language.LANGUAGES:
        with language.speaking(one):
            found |= {f"bladet {comments.SHEET}", str(comments.PROPOSAL)}
    return frozenset(found)


def _comment_said(finding: Finding) -> str:
    return "; det kommer ur en kommentar i mappen comments" if is_in_comment(finding) else ""
