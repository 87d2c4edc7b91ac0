"""Tests that need a program outside Python: skipped on a user's machine, failed on the build server."""

import shutil

import pytest

from tests.programs import REQUIRED, require_program


def test_the_first_program_that_is_there_is_used(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name == "soffice" else None)
    assert require_program("libreoffice", "soffice") == "/bin/soffice"


def test_a_missing_program_skips_and_says_so(monkeypatch):
    monkeypatch.delenv(REQUIRED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program is not installed"):
        require_program("no-such-program")


def test_a_missing_program_fails_where_it_must_be_there(monkeypatch):
    monkeypatch.setenv(REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception, match="no-such-program is not installed"):
        require_program("no-such-program")
