"""A file → the reader of its content. The name's suffix says what it should be, the first bytes what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.config import Reading as Limits
from pipeline.sources import csv, excel, ods, xls
from pipeline.sources.archive import Archive, sound
from pipeline.sources.content import Kind, kind
from pipeline.sources.faults import DAMAGED_BOOK, DAMAGED_SPREADSHEET, PROTECTED, Unreadable
from pipeline.sources.sheet import Source

Score = Callable[[Sequence[str]], int]
_BOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".txt", ".tsv")
SUFFIXES = (*_BOOKS, ".xls", ".ods", *_TEXTS)
_NOT_READ = {
    Kind.ENCRYPTED_BOOK: PROTECTED,
    Kind.WEB_PAGE: "är en webbsida (HTML) fast den inte heter så; öppna den i Excel och spara den som .xlsx",
    Kind.XML: "är skriven i XML, som inte läses; öppna den i Excel och spara den som .xlsx",
    Kind.FOREIGN: "är varken en arbetsbok eller en textfil; spara utdraget som .xlsx eller .csv",
    Kind.EMPTY: "är tom; hämta utdraget på nytt eller flytta bort filen",
}


def opened(path: Path, score: Score, limits: Limits) -> Source:
    """Open a file by its content. Raises Unreadable, now or while it is read, for what cannot be read whole."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Unreadable(
            f"kan inte läsas: filtypen {suffix or '(ingen)'} stöds inte. Spara den som .xlsx eller .csv och lägg den i"
            " mappen i stället"
        )
    found = kind(path)
    if found in _NOT_READ:
        raise Unreadable(_NOT_READ[found])
    if found is Kind.ARCHIVE:
        return _archive(path, suffix, limits)
    if found is Kind.OLD_BOOK:
        return _noted(xls.read(path, limits), suffix, (".xls",), "en arbetsbok av äldre slag (.xls)")
    if found is Kind.BYTES and suffix not in _TEXTS:
        raise Unreadable(DAMAGED_SPREADSHEET if suffix == ".ods" else DAMAGED_BOOK)
    return _noted(csv.read(path, score, limits), suffix, _TEXTS, "en textfil")


def _noted(source: Source, suffix: str, expected: Sequence[str], what: str) -> Source:
    if suffix in expected:
        return source
    note = f"filen heter {suffix} men är {what} och lästes som en sådan"
    return replace(source, notes=(*source.notes, note))


def _archive(path: Path, suffix: str, limits: Limits) -> Source:
    with sound(DAMAGED_SPREADSHEET if suffix == ".ods" else DAMAGED_BOOK):
        archive = Archive(path, limits)
    try:
        source = _book(archive, suffix, limits)
    except BaseException:
        archive.close()
        raise
    return replace(source, close=archive.close)


def _book(archive: Archive, suffix: str, limits: Limits) -> Source:
    if "_rels/.rels" in archive:
        return _noted(excel.read(archive, limits), suffix, _BOOKS, "en Excel-arbetsbok (.xlsx)")
    if "content.xml" in archive:
        return _noted(ods.read(archive, limits), suffix, (".ods",), "ett kalkylblad i OpenDocument (.ods)")
    if suffix in _TEXTS or any(part.endswith(SUFFIXES) for part in archive):
        raise Unreadable("är ett packat arkiv (zip); packa upp det och lägg filerna i mappen i stället")
    raise Unreadable(DAMAGED_SPREADSHEET if suffix == ".ods" else DAMAGED_BOOK)
