"""The analyst's own list of persons: who a pseudonym stands for, known to one run and written to no database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.loading.identities import tidied
from pipeline.model.cases import Named, Persons
from pipeline.privacy import Pseudonyms, is_mangled, is_person_number, load_key, may_lack_zero, person
from pipeline.sources import SourceFile, read
from pipeline.sources.wording import Wording

_NUMBER, _NAME = "number", "name"
_WORDING = Wording(
    profile="personlista",
    standard={
        _NUMBER: ("Personnummer", "Person-ID", "Personnr", "Pnr", "Person", "Klient-ID", "Samordningsnummer"),
        _NAME: ("Namn", "Personnamn", "Klientnamn", "Fullständigt namn", "Efternamn och förnamn"),
    },
    required=(_NUMBER,),
)


def read_persons(file: Path, config: Config, today: date) -> Persons:
    """Read a list with a personnummer a row and, if need be, a name; hashed as the extracts are, to be joined.

    Reserve numbers (ÅÅÅÅMMDD-T123, ÅÅÅÅMMDD-TF10) and a case system's own ids are matched as they are written. Raises
    WrongUse for a file that cannot be read; no number stands in its sentence.
    """
    pseudonyms = Pseudonyms(load_key(config.paths.key), today)
    by_pseudonym: dict[str, Named] = {}
    listed = unread = 0
    for table in read(_source(file), [_WORDING], config.reading).tables:
        for batch in table.batches:
            names = batch.columns.get(_NAME) or [""] * len(batch.numbers)
            for number, name in zip(batch.columns.get(_NUMBER, ()), names, strict=True):
                text = tidied(number)
                listed += 1
                if not text or is_mangled(text):
                    unread += 1
                    continue
                whole = f"0{text}" if may_lack_zero(text, today) else text
                # Nine digits may be an id of the case system's own, too.
                for form in (whole, text):
                    by_pseudonym.setdefault(pseudonyms.person(form)[0], Named(_written(form, today), tidied(name)))
    return Persons(by_pseudonym, listed, unread)


def _source(file: Path) -> SourceFile:
    try:
        stat = file.stat()
    except OSError:
        raise WrongUse(f"Personlistan {file.name} finns inte; kontrollera sökvägen efter --persons.") from None
    if not file.is_file():
        raise WrongUse(f"{file.name} är ingen fil; ange personlistan efter --persons.")
    return SourceFile(file, "persons", "", date.min, "", stat.st_size, stat.st_mtime_ns)


def _written(text: str, today: date) -> str:
    """Twelve digits with a hyphen, as authorities write it; another id as it stands."""
    identity, _ = person(text, today)
    return f"{identity[:8]}-{identity[8:]}" if is_person_number(text, today) else identity
