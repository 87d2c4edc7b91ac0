"""The same contents as the same bytes: a finished workbook is written anew with times and names of our choosing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

_EARLIEST_IN_ZIP = 1980


def save(written: BytesIO, file: Path, moment: datetime, chart_descriptions: Iterable[Sequence[str]]) -> None:
    """Write the workbook's parts to the file, every time in it `moment`.

    `chart_descriptions` are the texts of the charts for who cannot see them, sheet by sheet of those with charts.
    """
    descriptions = iter(chart_descriptions)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            contents = source.read(name)
            if name == "docProps/core.xml":
                contents = _with_modified(contents, moment)
            if name.startswith("xl/drawings/drawing"):
                contents = _with_descriptions(contents, next(descriptions))
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
        quoted = escape(description, {'"': "&quot;"})
        text = text.replace(f'name="Chart {number}"', f'name="Diagram {number}" descr="{quoted}"')
    return text.encode("utf-8")
