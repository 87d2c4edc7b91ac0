"""Printing: where the browser is found, what is said when there is none, and what is done to what it writes."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import cli
from pipeline.database import FILE_NAME
from pipeline.errors import WrongUse
from pipeline.publish import pdf

DAY = date(2026, 11, 22)
WRITTEN = (
    "%PDF-1.4 /CreationDate (D:20301231235959+00'00') /ModDate (D:20301231235959+00'00') /StructTreeRoot /Lang (sv)"
)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is all the path there is."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", os.fspath(folder))
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pdf, "_ON_MAC", ())
    return folder


def browser(folder: Path, script: str) -> Path:
    """A program in the browser's place."""
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def writing(text: str) -> str:
    return f'for one in "$@"; do case $one in --print-to-pdf=*) printf "%s" "{text}" > "${{one#*=}}";; esac; done'


def test_without_a_browser_it_says_how_to_get_one(alone: Path) -> None:
    assert pdf.browser() is None
    with pytest.raises(WrongUse) as fault:
        pdf.demanded()
    for word in ("Chromium", "Google Chrome", "Microsoft Edge", "sudo apt install chromium", "--pdf"):
        assert word in str(fault.value)


def test_a_report_with_pdf_stops_before_anything_is_read(alone: Path, tmp_path: Path) -> None:
    places = ["--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "p"), "--reports", str(tmp_path / "r")]
    done = CliRunner().invoke(cli.app, ["report", "--pdf", *places])
    assert isinstance(done.exception, WrongUse)
    assert str(done.exception) == pdf.HOW_TO_GET
    assert not (tmp_path / "p" / FILE_NAME).exists()  # the log of runs alone is there
    assert not (tmp_path / "r").exists()


def test_edge_is_found_where_windows_has_it(alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = tmp_path / "Program Files (x86)" / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path / "Program Files (x86)"))
    assert pdf.browser() == edge


@pytest.mark.skipif(os.name == "nt", reason="the browser's stand-in is a shell script")
class TestWriting:
    def test_the_day_is_the_runs_and_not_the_clocks(self, alone: Path, tmp_path: Path) -> None:
        browser(alone, writing(WRITTEN))
        pdf.write(tmp_path / "rapport.pdf", tmp_path / "rapport.html", DAY)
        made = (tmp_path / "rapport.pdf").read_bytes()
        assert made.count(b"D:20261122000000+00'00'") == 2
        assert len(made) == len(WRITTEN)

    def test_what_is_not_tagged_is_not_kept(self, alone: Path, tmp_path: Path) -> None:
        browser(alone, writing(WRITTEN.replace("/StructTreeRoot", "")))
        with pytest.raises(WrongUse, match="skärmläsare"):
            pdf.write(tmp_path / "rapport.pdf", tmp_path / "rapport.html", DAY)
        assert not (tmp_path / "rapport.pdf").exists()

    def test_what_the_browser_says_is_told(self, alone: Path, tmp_path: Path) -> None:
        browser(alone, "echo no room >&2; exit 1")
        with pytest.raises(WrongUse, match=r"skrev ingen PDF\. Den sade: no room\."):
            pdf.write(tmp_path / "rapport.pdf", tmp_path / "rapport.html", DAY)

    def test_a_browser_that_never_ends_is_given_up(
        self, alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pdf, "_PATIENCE_S", 1)
        browser(alone, "exec /bin/sleep 20")
        with pytest.raises(WrongUse, match="inte klar"):
            pdf.write(tmp_path / "rapport.pdf", tmp_path / "rapport.html", DAY)

    def test_it_is_asked_for_nothing_of_the_network_and_keeps_its_sandbox(
        self, alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        asked = tmp_path / "asked"
        browser(alone, f'printf "%s\\n" "$@" > {asked}; {writing(WRITTEN)}')
        pdf.write(tmp_path / "rapport.pdf", tmp_path / "rapport å.html", DAY)
        arguments = asked.read_text(encoding="utf-8").splitlines()
        assert "--host-resolver-rules=MAP * ~NOTFOUND" in arguments
        assert "--no-sandbox" not in arguments
        assert arguments[-1] == (tmp_path / "rapport å.html").as_uri()
