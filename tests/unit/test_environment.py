"""Building the environment: what is run, what is recovered from, and what is said when it cannot be built."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import environment


class Tools:
    """Stands for uv, venv and pip: records the commands, makes an interpreter's file, fails where told to."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.failing: dict[str, str] = {}

    def run(self, command, **_):
        self.commands.append(list(command))
        for word, output in self.failing.items():
            if word in command[:3]:
                raise subprocess.CalledProcessError(2, command, output)
        if "venv" in command[:3]:
            interpreter = environment._python()
            interpreter.parent.mkdir(parents=True)
            interpreter.touch()


@pytest.fixture
def tools(tmp_path, monkeypatch) -> Tools:
    """An empty project folder, uv on the machine, and no command really run."""
    tools = Tools()
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "tertial.stamp")
    monkeypatch.setattr(environment, "GUARD", tmp_path / ".venv.lock")
    monkeypatch.setattr(environment, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(subprocess, "run", tools.run)
    monkeypatch.setattr(shutil, "which", lambda _: "uv")
    monkeypatch.setattr(environment, "_run_in_environment", len)
    environment.LOCK.write_text("some==1 --hash=sha256:0\n", encoding="ascii")
    return tools


def test_uv_builds_where_it_is_there(tools):
    assert environment.run(["-m", "pipeline"]) == 2
    assert [command[:3] for command in tools.commands] == [["uv", "venv", "--quiet"]] + [["uv", "pip", "install"]] * 2
    assert {"--require-hashes", "--compile-bytecode"} <= set(tools.commands[1])


def test_pip_builds_where_uv_is_not(tools, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    environment.run([])
    assert tools.commands[0][:3] == [sys.executable, "-m", "venv"]
    assert tools.commands[1][1:4] == ["-m", "pip", "install"]
    assert "--require-hashes" in tools.commands[1]


def test_pip_builds_afresh_when_uv_fails(tools, capsys):
    tools.failing = {"uv": "Resolving …\nerror: no route\n"}
    assert environment.run([]) == 0
    assert tools.commands[1][:3] == [sys.executable, "-m", "venv"]
    assert "uv kunde inte bygga miljön (error: no route); försöker med pip" in capsys.readouterr().err


def test_a_built_environment_is_used_quietly(tools, capsys):
    environment.run([])
    built, _ = len(tools.commands), capsys.readouterr()
    environment.run([])
    assert len(tools.commands) == built
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("change", ["lock", "stamp", "garbage", "interpreter", "moved"])
def test_what_is_stale_or_half_built_is_built_afresh(tools, change, monkeypatch, tmp_path):
    environment.run([])
    tools.commands.clear()
    leftover = environment.ENVIRONMENT / "half-built"
    leftover.touch()
    match change:
        case "lock":
            environment.LOCK.write_text("some==2 --hash=sha256:0\n", encoding="ascii")
        case "stamp":
            environment.STAMP.unlink()
        case "garbage":
            environment.STAMP.write_bytes(b"\xff\x00")
        case "interpreter":
            environment._python().unlink()
        case "moved":
            monkeypatch.setattr(environment, "ROOT", tmp_path / "elsewhere")
    environment.run([])
    assert len(tools.commands) == 3
    assert not leftover.exists()


def test_a_failed_build_leaves_no_stamp(tools, capsys):
    tools.failing = {"pip": "ERROR: could not reach the index\n"}
    assert environment.run([]) == 2
    assert not environment.STAMP.exists()
    told = capsys.readouterr().err.splitlines()[-1]
    assert told == (
        "Miljön kunde inte byggas (ERROR: could not reach the index)."
        " Kontrollera nätet eller proxyn och kör kommandot igen."
    )
    tools.failing = {}
    assert environment.run([]) == 0


def test_a_tool_that_fails_without_a_word_is_named(tools, capsys):
    tools.failing = {"pip": "", "venv": ""}
    assert environment.run([]) == 2
    assert "slutade med kod 2" in capsys.readouterr().err


def test_a_missing_venv_module_is_told(tools, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    assert environment.run([]) == 2
    assert "python3-venv" in capsys.readouterr().err
    assert tools.commands == []


def test_a_missing_lock_is_told(tools, capsys):
    environment.LOCK.unlink()
    assert environment.run([]) == 2
    assert "requirements.lock saknas" in capsys.readouterr().err


def test_an_old_python_is_told(tools, monkeypatch, capsys):
    monkeypatch.setattr(environment, "OLDEST_PYTHON", (4, 0))
    assert environment.run([]) == 2
    assert capsys.readouterr().err.startswith("Python 4.0 eller senare behövs; detta är Python 3.")


def test_a_folder_that_cannot_be_written_is_told(tools, monkeypatch, capsys):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", str(environment.ENVIRONMENT))

    monkeypatch.setattr(environment, "_create", refuse)
    assert environment.run([]) == 2
    assert "kunde inte skrivas (Permission denied: " in capsys.readouterr().err


def test_an_interrupted_build_is_told_and_taken_up_again(tools, monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", interrupt)
        assert environment.run([]) == environment.INTERRUPTED
    assert "Avbrutet." in capsys.readouterr().err
    assert environment.run([]) == 0


def test_a_python_inside_it_mends_the_environment_in_place(tools, monkeypatch):
    environment.run([])
    tools.commands.clear()
    environment.STAMP.unlink()
    monkeypatch.setattr(sys, "prefix", str(environment.ENVIRONMENT))
    environment.run([])
    assert [command[:3] for command in tools.commands] == [["uv", "pip", "install"]] * 2


def test_a_python_inside_it_that_was_upgraded_finds_it_stale(tools, monkeypatch):
    environment.run([])
    made_of, _ = environment.STAMP.read_text(encoding="ascii").split()
    environment.STAMP.write_text(f"{made_of} 3.10", encoding="ascii")
    assert environment._is_current()
    monkeypatch.setattr(sys, "prefix", str(environment.ENVIRONMENT))
    assert not environment._is_current()


def test_enter_returns_inside_a_current_environment(tools, monkeypatch):
    environment.run([])
    monkeypatch.setattr(sys, "prefix", str(environment.ENVIRONMENT))
    environment.enter(["-m", "pipeline"])


def test_enter_ends_with_the_exit_code_of_the_run_inside(tools):
    with pytest.raises(SystemExit) as ended:
        environment.enter(["-m", "pipeline", "report"])
    assert ended.value.code == 3


def test_windows_keeps_its_interpreter_elsewhere(tools, monkeypatch):
    monkeypatch.setattr(environment.os, "name", "nt")
    python = environment._python()
    monkeypatch.undo()
    assert python.parts[-2:] == ("Scripts", "python.exe")


HOLDER = """
import sys, time
from pathlib import Path
from pipeline import environment
environment.GUARD = Path(sys.argv[1])
with environment._alone():
    print("held", flush=True)
    time.sleep(0.4)
    Path(sys.argv[1]).with_suffix(".done").touch()
"""


def test_a_second_process_waits_for_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "GUARD", tmp_path / "guard.lock")
    command = [sys.executable, "-c", HOLDER, str(environment.GUARD)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=environment.ROOT, env=dict(os.environ)) as first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == b"held"
        with environment._alone():
            assert Path(environment.GUARD.with_suffix(".done")).exists()
