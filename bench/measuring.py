"""Whole processes, measured by the operating system: wall and processor time, and the most memory held at once."""

from __future__ import annotations

import os
import resource
import signal
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_TOLD = 2_000  # so many of the last characters that a failed process wrote are told


@dataclass(frozen=True)
class Run:
    """One finished process: seconds of the clock and of the processors, peak memory in megabytes."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Command:
    """A process to measure; `before` puts things in order ahead of each run and is not measured."""

    name: str
    arguments: Sequence[str]
    before: Callable[[], None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)


class Failed(Exception):
    """A process that did not end well; the message tells how."""


def run(command: Command, log: Path, seconds: float) -> Run:
    """Run a command to its end, its output in `log`. Raises Failed when it fails or takes longer than `seconds`."""
    command.before()
    with log.open("wb") as output:
        began = time.monotonic()
        process = os.posix_spawn(
            command.arguments[0],
            list(command.arguments),
            {**os.environ, **command.environment},
            file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_DUP2, output.fileno(), 2)],
        )
        status, usage = _waited(process, began + seconds)
        wall = time.monotonic() - began
    if wall > seconds:
        raise Failed(f"took longer than {seconds:.0f} s")
    if code := os.waitstatus_to_exitcode(status):
        raise Failed(f"ended with code {code}: {log.read_text(encoding='utf-8', errors='replace')[-_TOLD:].strip()}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _waited(process: int, until: float) -> tuple[int, resource.struct_rusage]:
    while True:
        found, status, usage = os.wait4(process, os.WNOHANG)
        if found:
            return status, usage
        if time.monotonic() > until:
            os.kill(process, signal.SIGKILL)
            _, status, usage = os.wait4(process, 0)
            return status, usage
        time.sleep(0.01)


def in_turn(commands: Sequence[Command], repeat: int, folder: Path, seconds: float = 3600) -> dict[str, list[Run]]:
    """Every command `repeat` times, in turn (A B A B …), so that what disturbs the machine disturbs them all alike."""
    found: dict[str, list[Run]] = {command.name: [] for command in commands}
    for number in range(repeat):
        for command in commands:
            found[command.name].append(run(command, folder / f"{command.name}-{number}.log", seconds))
    return found


@dataclass(frozen=True)
class Spread:
    """The middle one of several numbers, and the least and the greatest."""

    median: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """The spread of numbers of which there is at least one."""
    return Spread(statistics.median(values), min(values), max(values))


def ratio(ours: Sequence[Run], theirs: Sequence[Run], of: Callable[[Run], float] = lambda run: run.wall) -> Spread:
    """How many times the other's, pair by pair of the runs that followed each other."""
    return spread([of(one) / of(other) for one, other in zip(ours, theirs, strict=True)])
