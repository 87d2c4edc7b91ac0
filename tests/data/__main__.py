"""`python -m tests.data --out FOLDER`: the corpus of bad files, to look at; `--store`: renew the texts in `files/`."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.data import corpus


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.data", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, metavar="FOLDER", help="a new folder for every file, workbooks too")
    what.add_argument("--store", action="store_true", help="renew the small texts that are stored with the tests")
    given = parser.parse_args()
    if given.store:
        sys.stdout.write(f"{_store()} files in {corpus.STORED}\n")
    elif given.out.exists():
        sys.stderr.write(f"{given.out} is there already: name a new folder\n")
        return 2
    else:
        sys.stdout.write(f"{corpus.write(given.out)} cases in {given.out}\n")
    return 0


def _store() -> int:
    shutil.rmtree(corpus.STORED, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = list(corpus.small_texts(folder))
        for path in paths:
            stored = corpus.STORED / path.relative_to(folder)
            stored.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, stored)
    return len(paths)


if __name__ == "__main__":
    sys.exit(main())
