"""A few of the points of `make faults`, tried with every change: kills by chance, and each kind of failing call."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from tests.faults.harness import Account, Point, attempt, failures
from tests.faults.kinds import Kind
from tests.faults.scenes import Scene
from tests.faults.serving import Server, built
from tests.programs import require_program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the library stands between programs and Linux")


def test_whatever_is_cut_off_the_old_report_stands_and_the_next_run_succeeds(tmp_path: Path) -> None:
    require_program("cc")
    account, seed = Account(), 7
    with Server(tmp_path, built(tmp_path)) as server:
        scene = Scene(tmp_path / "scene", server, published=True)
        counted = scene.counted
        assert all(counted[kind] for kind in Kind), "a kind of call that is never made is never tried"
        last = [Point(Kind.ANY, counted[Kind.ANY] * part // 4) for part in (1, 2, 3)]
        moving = [Point(Kind.EXCHANGE, at) for at in range(1, counted[Kind.EXCHANGE] + 1)]
        for point in (*last, *moving, *failures(counted, 1, seed, [errno.ENOSPC])):
            attempt(scene, point, account)
        assert not account.broken, "\n".join(account.broken)
        # That the harness sees a fault at all: a report without one of its files is not whole.
        (scene.base / "reports" / "2025T2" / "committee" / "rapport.html").unlink()
        assert scene.faults() == ["the report is neither the old one nor the new one"]
