"""Writing a proposal as a profile: a new file, or new sections of one that exists. Nothing that stands is changed."""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import WrongUse
from pipeline.inspection.lines import Section
from pipeline.inspection.profile_text import header
from pipeline.model import EXTRACT_NAMES
from pipeline.schemas import contract
from pipeline.sources import profiles


def save(folder: Path, name: str, file: str, sections: Sequence[Section]) -> tuple[Path, list[str]]:
    """Write the sections to the profile `name`; the file, and what must be added to it by hand (Swedish).

    Raises WrongUse when the profile already has a section for one of the extracts, or says the opposite of dates.
    """
    target = folder / f"{name}.toml"
    if not target.exists():
        text, by_hand = "\n".join([header(name, file), *(section.written() for section in sections)]), list[str]()
    else:
        text, by_hand = _extended(target, sections)
    _demand_readable(name, text)
    folder.mkdir(parents=True, exist_ok=True)
    _replace(target, text)
    return target, by_hand


def _extended(target: Path, sections: Sequence[Section]) -> tuple[str, list[str]]:
    text = target.read_text(encoding="utf-8")
    document = tomllib.loads(text)
    _demand_no_conflict(target, document, sections)
    new, by_hand = list[str](), list[str]()
    for section in sections:
        if not section.is_sure or section.path[0] not in document:
            new.append(section.written())
        elif lines := [line for line in section.lines if line.is_sure and line.key not in document[section.path[0]]]:
            heading = re.search(rf"^\[{section.path[0]}\][^\n]*\n", text, re.MULTILINE)
            written = "".join(f"{line.written()}\n" for line in lines)
            if heading:
                text = text[: heading.end()] + written + text[heading.end() :]
            else:
                by_hand.append(f"under {section.path[0]}: {written.strip()}")
    return "\n".join([text.rstrip("\n") + "\n", *new]), by_hand


def _demand_no_conflict(target: Path, document: dict[str, object], sections: Sequence[Section]) -> None:
    for extract in dict.fromkeys(section.path[0] for section in sections if section.is_sure):
        if extract in EXTRACT_NAMES and extract in document:
            raise WrongUse(
                f"Profilen {target.name} säger redan hur {EXTRACT_NAMES[extract]} läses; ta bort avsnittet [{extract}]"
                " ur den, eller spara förslaget under ett annat namn med --profile."
            )
    order = next((line.value for section in sections if section.path == ("dates",) for line in section.lines), None)
    dates = document.get("dates")
    stands = dates.get("order") if isinstance(dates, dict) else None
    if order and stands and order.strip('"') != stands:
        raise WrongUse(
            f'Profilen {target.name} säger order = "{stands}" om datum, men filens datum är skrivna tvärtom; spara'
            " förslaget under ett annat namn med --profile."
        )


def _demand_readable(name: str, text: str) -> None:
    """Raise WrongUse if the loading could not read the text as a profile, before anything is written."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{name}.toml").write_text(text, encoding="utf-8")
        try:
            profiles.load_all(Path(folder), contract())
        except WrongUse as fault:
            raise WrongUse(f"Profilen kan inte sparas. {str(fault).replace(f'{folder}{os.sep}', '')}") from None


def _replace(target: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{target.stem}", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
