"""Every bad file of the corpus, loaded alone: the whole sentence that stops the run, or every reason and every row."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import database, loading
from pipeline.config import Config, Reading
from pipeline.errors import WrongUse
from pipeline.model import Quality, Rejection
from pipeline.privacy import KEY_BYTES, mask
from pipeline.schemas import contract
from pipeline.sources import profiles
from tests.data import corpus
from tests.data.case import SHEET, WITHOUT_REGISTER, Account, Case, Fault

TODAY = date(2026, 9, 8)
FEWEST = 60
MOST_SECONDS = 20  # of work, writing included; nearly all take a tenth of one
ENGLISH = re.compile(r"\b(?:the|is|not|file|row|sheet|error|line|could|cannot|invalid|failed|expected|None)\b", re.I)
PATH = re.compile(r"(?:^|\s)/\w|[A-Z]:\\|\\\\|\.py\b|Traceback")


@pytest.fixture(scope="module", autouse=True)
def _profiles_are_read_once():
    known = profiles.load_all(profiles.FOLDER, contract())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profiles, "load_all", lambda *_: known)
        yield


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "utdrag"


@pytest.fixture
def config(tmp_path):
    key = tmp_path / "pseudonym.key"
    key.write_text("00" * KEY_BYTES, encoding="ascii")  # pseudonyms are the same in every run
    return Config.model_validate(
        {
            "municipality": {"name": "Exempelköping", "code": "9999"},
            "committee": {"name": "Socialnämnden"},
            "paths": {"key": key},
        }
    )


def cases(*, stopping: bool):
    return [pytest.param(case, id=case.file) for case in corpus.CASES if bool(case.stops) is stopping]


def load(case: Case, folder: Path, config: Config) -> Quality:
    case.write(folder)
    limited = config.model_copy(update={"reading": Reading(**case.limits)})
    with database.in_memory() as db:
        return loading.load(db, limited, TODAY, folder)


@pytest.mark.parametrize("case", cases(stopping=True))
def test_a_file_that_cannot_be_read_stops_the_run_with_one_sentence(case, folder, config):
    started = time.process_time()
    with pytest.raises(WrongUse) as fault:
        load(case, folder, config)
    assert str(fault.value) == case.stops.format(folder=folder)
    assert fault.value.exit_code == 2
    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize("case", cases(stopping=False))
def test_a_file_that_is_read_is_told_of_row_by_row(case, folder, config):
    quality = load(case, folder, config)
    total = quality.totals()[_extract(case, quality)]
    own = next(account for account in quality.files if account.file == case.file)
    assert Account(total.read, total.loaded, total.rejected, total.duplicates, total.superseded) == case.account
    assert [_fault(found, case) for found in quality.rejections if found.extract == own.extract] == list(case.rejected)
    assert [warned.text for warned in quality.warnings if warned.text != WITHOUT_REGISTER] == list(case.warned)
    assert list(own.notes) == list(case.notes)
    assert list(own.skipped) == list(case.skipped)
    assert list(own.ignored_columns) == list(case.ignored)
    assert own.encoding == case.read_as
    assert [text for text in _told(quality) if mask(text) != text] == [], "a personnummer is told"


def _told(quality: Quality) -> list[str]:
    """Every text that reports may show; hashes look like anything."""
    told = [replace(found, fault_id="") for found in quality.rejections]
    accounts = [replace(account, sha256="") for account in quality.files]
    return [*map(repr, told), *map(repr, accounts), *map(repr, quality.warnings), repr(quality.snapshots)]


def _extract(case: Case, quality: Quality) -> str:
    return next(account.extract for account in quality.files if account.file == case.file)


def _fault(found: Rejection, case: Case) -> Fault:
    """A rejection as the cases write it: sheet and file only where they are not the case's own."""
    sheet = None if found.sheet in ("", SHEET) else found.sheet
    return Fault(found.row, found.heading, found.reason, sheet, "" if found.file == case.file else found.file)


class TestTheCorpus:
    def test_there_are_enough_cases_and_each_has_a_name_of_its_own(self):
        names = [case.file.casefold() for case in corpus.CASES]
        assert len(set(names)) == len(names) >= FEWEST

    def test_each_case_is_either_read_or_stops(self):
        told = [
            case
            for case in corpus.CASES
            if case.stops and (case.rejected or case.warned or case.notes or case.skipped or case.ignored)
        ]
        assert told == []

    def test_the_expected_accounts_add_up(self):
        for case in corpus.CASES:
            account = case.account
            parts = account.loaded + account.rejected + account.duplicates + account.superseded
            assert account.read == parts, case.file
            assert len({(fault.file, fault.sheet, fault.row) for fault in case.rejected}) == account.rejected, case.file

    def test_no_sentence_tells_a_personnummer_a_path_or_speaks_english(self):
        for case in corpus.CASES:
            reasons = [fault.reason for fault in case.rejected]
            for sentence in (case.stops, *reasons, *case.warned, *case.notes, *case.skipped, *case.ignored):
                words = sentence.replace(case.file, "")
                assert mask(words) == words, sentence
                assert not PATH.search(words), sentence
                assert not ENGLISH.search(re.sub(r"python -m pipeline inspect|under \[\w+\] i", "", words)), sentence

    @pytest.mark.parametrize("case", cases(stopping=True))
    def test_a_sentence_that_stops_a_run_says_what_to_do(self, case):
        assert case.stops.count("\n") == 0
        assert case.stops.endswith(".")
        cures = "hämta|spara|byt|ta bort|lägg|flytta|vänta|korta|packa upp|öppna den|höj|ta fram|kontrollera|kör"
        assert re.search(rf"\b(?:{cures})\b", case.stops)

    def test_the_stored_texts_are_those_that_are_written(self, tmp_path):
        written = {path.relative_to(tmp_path): path.read_bytes() for path in corpus.small_texts(tmp_path)}
        stored = {
            path.relative_to(corpus.STORED): path.read_bytes() for path in corpus.STORED.rglob("*") if path.is_file()
        }
        assert stored == written, "renew them with `python -m tests.data --store`"
        assert len(stored) >= FEWEST
