"""A new key in the old one's place. Everything that was made with the old one goes first, so that nothing of it stays.

Cut off anywhere, it can be run again: until the very last step the old key stands, with less and less made by it.
"""

from __future__ import annotations

from datetime import date

from pipeline import database, history, loading, places, privacy, starting
from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.retention.folders import delete


def rotate(config: Config, today: date) -> None:
    """Change the key: the database and the register of faults hold pseudonyms of the old one, and are taken away.

    Raises WrongUse when there is no key to change, or the new one cannot be written; DatabaseBusy when a run is under
    way.
    """
    key, processed = config.paths.key, config.paths.processed
    if not key.exists():
        raise WrongUse(f"Det finns ingen nyckel i {key} att byta; den första körningen på riktiga utdrag skapar en.")
    with starting.only_run(config):
        new = privacy.prepare_new_key(key)
        for place in (
            *database.leftovers(processed),
            processed / database.FILE_NAME,
            processed / places.SHELL_HISTORY,
            processed / loading.memory.FOLDER,
        ):
            delete(place)
        history.forget_all(starting.history_folder(config))
        history.note_rotation(starting.history_folder(config), today)
        new.replace(key)
