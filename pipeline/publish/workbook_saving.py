"""The same contents as the same bytes: a finished workbook is written anew with times and names of our choosing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.language import say

_EARLIEST_IN_ZIP = 1980
TABLE_TEXT_URI = "{504A1905-F514-4f6f-8877-14C23A59335A}"  # the file format's own name for the texts of a table
_TABLE_TEXT = (
    f'<extLst><ext uri="{TABLE_TEXT_URI}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:table altText="{title}" altTextSummary="{summary}"/></ext></extLst></table>'
)
_TABLE_NAME = re.compile(r' displayName="([^"]+)"')


@dataclass(frozen=True)
class TableText:
    """What a screen reader says of a table before its cells: what it is of, and its rows and columns."""

    title: str
    summary: str


def save(
    written: BytesIO,
    file: Path,
    moment: datetime,
    chart_descriptions: Iterable[Sequence[str]],
    table_texts: Mapping[str, TableText],
) -> None:
    """Write the workbook's parts to the file, every time in it `moment`.

    `chart_descriptions` are the texts of the charts for who cannot see them, sheet by sheet of those with charts;
    `table_texts` those of the tables, by their names.
    """
    descriptions = iter(chart_descriptions)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            contents = source.read(name)
            if name == "docProps/core.xml":
                contents = _with_modified(contents, moment)
            if name.startswith("xl/drawings/drawing"):
                contents = _with_descriptions(contents, next(descriptions))
            if name.startswith("xl/tables/"):
                contents = _with_table_text(contents, table_texts)
            target.writestr(_entry(name, moment), contents, zipfile.ZIP_DEFLATED)


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(moment.year, _EARLIEST_IN_ZIP), moment.month, moment.day, 0, 0, 0))
    entry.create_system = 0  # else the system that wrote it would show in the bytes
    return entry


def _with_modified(core: bytes, moment: datetime) -> bytes:
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, core)


def _with_descriptions(drawing: bytes, descriptions: Sequence[str]) -> bytes:
    text = drawing.decode("utf-8")
    for number, description in enumerate(descriptions, 1):
        text = text.replace(
            f'name="Chart {number}"', f'name="{_quoted(say("Diagram"))} {number}" descr="{_quoted(description)}"'
        )
    return text.encode("utf-8")


def _with_table_text(table: bytes, texts: Mapping[str, TableText]) -> bytes:
    text = table.decode("utf-8")
    found = _TABLE_NAME.search(text)
    if found is None or found[1] not in texts:
        return table
    told = texts[found[1]]
    added = _TABLE_TEXT.replace("{title}", _quoted(told.title)).replace("{summary}", _quoted(told.summary))
    return f"{text.removesuffix('</table>')}{added}".encode()


def _quoted(text: str) -> str:
    """A text as an attribute's value; of its lines one, since a break in an attribute is a blank."""
    return escape(" ".join(text.split()), {'"': "&quot;"})
