"""`compare import FILE`: told from its content which kind it is, checked and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path

from pipeline.comparison import exchange, kolada, oppna_jamforelser, pairs
from pipeline.comparison.fetching import wanted
from pipeline.comparison.kolada import Content, NotKolada
from pipeline.comparison.places import EXCHANGE, KOLADA, OPPNA_JAMFORELSER, below
from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.model import Metric
from pipeline.model.comparison import Source
from pipeline.sources import content
from pipeline.sources.faults import printable
from pipeline.sources.files import not_opened

_MEGABYTE = 1_000_000
_START = 4_096
_MORE = (
    "Svaret fortsätter på fler sidor än den som sparades: spara och importera också den sida som next_url i filen"
    " anger."
)
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
_BOOKS = (content.Kind.ARCHIVE, content.Kind.OLD_BOOK, content.Kind.ENCRYPTED_BOOK)


def bring_in(
    file: Path,
    history: Path,
    config: Config,
    metrics: Mapping[str, Metric],
    today: date,
    alone: Callable[[], AbstractContextManager[None]],
) -> tuple[str, ...]:
    """Take in one file below the history's folder: Kolada's JSON, a workbook of Öppna jämförelser, or a result file.

    `alone` holds other runs off while it is kept. Returns Swedish sentences on what was taken in; raises WrongUse with
    one that says what is wrong with the file and what to do.
    """
    if not file.is_file():
        raise WrongUse(f"Filen {printable(file.name)} finns inte. Kontrollera sökvägen efter compare import.")
    if _kind(file) in _BOOKS:
        book = oppna_jamforelser.read_workbook(file, config.reading, _codes(below(history, KOLADA)))
        with alone():
            return oppna_jamforelser.keep(below(history, OPPNA_JAMFORELSER), book, today, _of_workbooks())
    _demand_text(file)
    if _looks_like_json(file):
        found, has_more = _kolada(file, config)
        with alone():
            kolada.keep(below(history, KOLADA), found, _saved(file, today))
        more = (_MORE,) if has_more else ()
        return (*_told(file, found, config), *more)
    if exchange.is_one(file):
        checked = exchange.check(file, config.municipality.code, metrics, config.reading)
        with alone():
            return exchange.keep(below(history, EXCHANGE), checked, today)
    raise WrongUse(
        f"Filen {printable(file.name)} är varken JSON från Kolada, en arbetsbok från Öppna jämförelser eller en annan"
        " kommuns resultat.csv. Kontrollera att det är rätt fil, och spara en arbetsbok som .xlsx."
    )


def _of_workbooks() -> tuple[str, ...]:
    """The ids of the indicators of Öppna jämförelser that something is compared with."""
    return tuple(one.indicator_id for one in pairs.load().of(Source.OPPNA_JAMFORELSER))


def _codes(folder: Path) -> dict[str, str]:
    """The municipalities' codes by name, as far as Kolada's list has been brought in."""
    try:
        places = kolada.stored(folder).content.places
    except WrongUse:
        return {}
    return {place.title: code for code, place in places.items()}


def _kind(file: Path) -> content.Kind:
    try:
        return content.kind(file)
    except OSError:
        raise WrongUse(not_opened(printable(file.name))) from None


def _demand_text(file: Path) -> None:
    """Raises WrongUse for a file that nothing stands in, or JSON in two bytes a sign, as some programs save it."""
    start = _start(file)
    if not start.strip():
        raise WrongUse(
            f"Filen {printable(file.name)} är tom. Hämta eller spara den på nytt, och kontrollera dess storlek."
        )
    if start.startswith(_BYTE_ORDER) or b"\0" in start[:2]:
        plain = start.removeprefix(_BYTE_ORDER[0]).removeprefix(_BYTE_ORDER[1]).replace(b"\0", b"")
        if _opens_json(plain):
            raise WrongUse(
                f"Filen {printable(file.name)} är JSON i UTF-16, som inte läses. Spara svaret från Kolada igen, i"
                " UTF-8."
            )


def _start(file: Path) -> bytes:
    with file.open("rb") as handle:
        return handle.read(_START).removeprefix(b"\xef\xbb\xbf")


def _looks_like_json(file: Path) -> bool:
    return _opens_json(_start(file))


def _opens_json(start: bytes) -> bool:
    return start.lstrip()[:1] in (b"{", b"[")


def _kolada(file: Path, config: Config) -> tuple[Content, bool]:
    """What a saved answer holds, and whether there are more pages of it.

    Raises WrongUse for one that is too large, no JSON, or none of Kolada's.
    """
    name = printable(file.name)
    if file.stat().st_size > config.reading.unpacked_mb * _MEGABYTE:
        raise WrongUse(f"Filen {name} är större än {config.reading.unpacked_mb} MB och läses inte.")
    try:
        document = json.loads(file.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise WrongUse(
            f"Filen {name} är ingen hel JSON-fil. Spara svaret från Kolada igen, hela och som det är."
        ) from None
    try:
        rows = kolada.records(document)
        if not rows:
            raise NotKolada("är tom: listan values har inga poster")
        return kolada.parse(rows), bool(document.get("next_url"))
    except NotKolada as fault:
        raise WrongUse(f"Filen {name} {fault}. Spara ett svar från Koladas API (version 3) som det är.") from None


def _saved(file: Path, today: date) -> date:
    """The day that the file was saved, which is the day that Kolada was asked, as far as anybody knows."""
    return min(today, datetime.fromtimestamp(file.stat().st_mtime).astimezone().date())


def _told(file: Path, found: Content, config: Config) -> Iterator[str]:
    counted = (
        (len(found.kpis), "nyckeltal", "nyckeltal"),
        (len(found.places), "kommun eller region", "kommuner och regioner"),
        (len(found.groups), "kommungrupp", "kommungrupper"),
        (len(found.values), "värde", "värden"),
    )
    told = (f"{count} {one if count == 1 else many}" for count, one, many in counted if count)
    yield f"{printable(file.name)} från Kolada: {', '.join(told)}."
    ended = sum(kolada.is_discontinued(one) for one in found.kpis.values())
    if ended:
        yield f"{ended} av nyckeltalen har upphört i Kolada."
    strange = sorted({key[0] for key in found.values} - set(wanted(config)))
    if strange:
        yield (
            f"Nyckeltal som ingenting jämförs med, men som sparas: {', '.join(strange[:5])}. Skriv dem under"
            " [comparison] i config.toml för att se dem i rapporten."
        )
    if found.values and all(value is None for value, _ in found.values.values()):
        yield "Inget av värdena har någon siffra."
