"""Where runs are cut off or given an error, and what must hold afterwards."""

from __future__ import annotations

import errno
import random
import signal
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.kinds import Kind
from tests.faults.scenes import Scene
from tests.faults.serving import Server

ERRORS = (errno.ENOSPC, errno.EIO)
# Few of them, and each changes what stands where: all are tried.
_OF_WEIGHT = (Kind.RENAME, Kind.EXCHANGE, Kind.MKDIR, Kind.UNLINK, Kind.RMDIR)
_USERS_FAULT = 2


@dataclass(frozen=True)
class Point:
    """A call by its number among those of a kind. `error` 0: the process ends there, as by SIGKILL."""

    kind: Kind
    at: int
    error: int = 0

    def __str__(self) -> str:
        return f"{errno.errorcode[self.error] if self.error else 'SIGKILL'} at {self.kind.name} {self.at}"


@dataclass
class Account:
    """How many points were tried, how the runs ended, and what did not hold."""

    tried: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def add(self, other: Account) -> None:
        """Lay another's numbers to these."""
        self.tried += other.tried
        self.ended += other.ended
        self.broken += other.broken


def kills(counted: dict[Kind, int], number: int, seed: int) -> list[Point]:
    """Where to end a run: some calls, chosen by chance among all of them, and every one that moves or removes."""
    every = range(1, counted[Kind.ANY] + 1)
    chosen = sorted(random.Random(seed).sample(every, min(number, len(every))))
    return [
        *(Point(Kind.ANY, at) for at in chosen),
        *(Point(kind, at) for kind in _OF_WEIGHT for at in range(1, counted[kind] + 1) if number >= len(_OF_WEIGHT)),
    ]


def failures(counted: dict[Kind, int], number: int, seed: int, errors: Iterable[int] = ERRORS) -> list[Point]:
    """Which calls fail: of every kind and error some, chosen by chance."""
    chance = random.Random(seed)
    points = []
    for kind in (one for one in Kind if one is not Kind.ANY):
        for error in errors:
            every = range(1, counted[kind] + 1)
            points += [Point(kind, at, error) for at in sorted(chance.sample(every, min(number, len(every))))]
    return points


def attempt(scene: Scene, point: Point, account: Account) -> None:
    """Run up to a point, look at what stands, run again, and look whether all is as if nothing had happened."""
    scene.begin()
    code, said = scene.run(point.kind, point.at, point.error)
    account.tried[f"{errno.errorcode[point.error] if point.error else 'SIGKILL'} {point.kind.name}"] += 1
    account.ended[str(code)] += 1
    told = scene.faults()
    if point.error:
        told += _badly_told(code, said)
    elif code not in (-signal.SIGKILL, 0):
        told.append(f"ended with {code}: {said[-300:]}")
    if code == 0 and (differing := scene.differences()) and not _are_left(differing):
        told.append(f"said to be done, but {differing}")
    code, said = scene.run()
    if code:
        told.append(f"the next run ended with {code}: {said[-300:]}")
    elif differing := scene.differences():
        told.append(f"the next run gave other {differing}")
    account.broken += [f"{point}: {one}" for one in told]


def _badly_told(code: int, said: str) -> list[str]:
    """An error of the disk is survived, or told in a sentence."""
    if code not in (0, _USERS_FAULT):
        return [f"ended with {code}: {said[-600:]}"]
    last = said.strip().splitlines()[-1]
    if code and ("Traceback" in said or "Errno" in last or not last.endswith(".")):
        return [f"said {said[-600:]}"]
    return []


def _are_left(differing: list[str]) -> bool:
    """Whether they are only what could not be removed, or kept to be quicker; the next run sees to it."""
    kept = ("processed/protection", "processed/history/publishing")
    return all("/." in name or name.startswith(kept) for name in differing)


def some(home: Path, library: Path, points: Iterable[tuple[bool, Point]]) -> Account:
    """Try points, each in the scene with an earlier report (true) or without."""
    account = Account()
    home.mkdir()
    with Server(home, library) as server:
        scenes: dict[bool, Scene] = {}
        for published, point in points:
            if published not in scenes:
                scenes[published] = Scene(home / str(published), server, published=published)
            attempt(scenes[published], point, account)
    return account
