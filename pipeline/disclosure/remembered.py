"""What protecting the last report took the most time to find, kept beside the database so that the next is quicker.

It holds hashes and row numbers, no figures; without it everything is found anew, and is the same.
"""

from __future__ import annotations

from pathlib import Path

from pipeline import plain_files
from pipeline.suppression import Answers

FOLDER = "protection"
_FILE = "answers.json"


def read(processed: Path) -> Answers:
    """The answers of the last run; none where there are none that are whole."""
    folder = processed / FOLDER
    try:
        return Answers.loads(plain_files.checked(folder, _FILE, plain_files.sums(folder)))
    except plain_files.UNREADABLE:
        return Answers()


def keep(processed: Path, answers: Answers) -> None:
    """Keep what this run asked for, instead of what the last one did. Raises OSError when it cannot be written."""
    plain_files.replace_all(processed / FOLDER, {_FILE: answers.dumps()})
