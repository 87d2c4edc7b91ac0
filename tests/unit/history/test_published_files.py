"""The publications on disk: whole or clearly damaged, small, and read back as they were written."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import WrongUse
from pipeline.history import shelf
from pipeline.history.publications import Basis, Place, Publication
from pipeline.model import Figure, Status
from pipeline.model.revisions import Published
from pipeline.periods import Days, Period

TIME = Days(False, date(2026, 1, 1), date(2026, 4, 30))
DAY = Days(True, date(2026, 4, 30), date(2026, 4, 30))
BASIS = Basis(
    Published(date(2026, 5, 12), Period.parse("2026T1")), "3f9a", "1.0", "s", {"share": "h"}, {"areas": '["Å, ä"]'},
    {"units": "u"}, {"units": date(2026, 5, 1)},
)  # fmt: skip
PUBLICATION = Publication(7, BASIS, frozenset({TIME, DAY}), frozenset())


def figure(place: Place, **measured: object) -> Figure:
    return Figure(place.key("stock" if place.time.is_stock else "flow"), place.time.ends, **measured)  # type: ignore[arg-type]


def place(org: str = "Nämnden", time: Days = TIME, statistic: str = "share") -> Place:
    return Place("share", statistic, time, 1, org, "", "")


def written(folder: Path, number: int = 1) -> Path:
    placed = {place(f"Enhet {n}"): figure(place(f"Enhet {n}"), denominator=n, value=n) for n in range(number)}
    shelf.write(folder, PUBLICATION, placed, {})
    (home,) = (folder / "published" / "2026T1").iterdir()
    return home


def test_a_publication_is_read_back_as_it_was_written(tmp_path: Path):
    measured = [
        figure(
            place('Nämnden, "Öst"\n'), numerator=2, denominator=3, value=0.666667, target=0.9, status=Status.NOT_MET
        ),
        figure(place("dagar", DAY, "mean"), denominator=7, value=97.41),
        figure(place("ören"), numerator=1.5, denominator=2.25, value=0.666667),
        figure(place("inget")),
        figure(place("noll"), denominator=0),
        figure(place("dold"), target=0.9, suppressed=True),
    ]
    placed = {
        Place("share", one.key.statistic, TIME if one.key.window == "flow" else DAY, 1, one.key.org, "", ""): one
        for one in measured
    }
    shelf.write(tmp_path, PUBLICATION, placed, {})
    assert shelf.read(tmp_path) == (PUBLICATION,)
    assert shelf.figures(tmp_path, PUBLICATION) == placed


def test_what_a_hidden_figure_holds_is_written_apart_alone(tmp_path: Path):
    secret = figure(
        place("dold"), numerator=73911, denominator=73912, value=0.73913, status=Status.MET, suppressed=True
    )
    shelf.write(tmp_path, PUBLICATION, {place("dold"): secret}, {place("dold"): secret})
    texts = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.csv")}
    apart = texts.pop("hidden.csv")
    assert "7391" not in "".join(texts.values())
    assert ",73911,73912,0.73913,0\n" in apart
    assert Status.MET.value not in "".join([apart, *texts.values()])
    (kept,) = shelf.hidden(tmp_path, PUBLICATION).values()
    assert (kept.suppressed, kept.numerator, kept.denominator, kept.value) == (True, 73911, 73912, 0.73913)


def test_a_large_publication_is_packed_and_the_same_bytes_each_time(tmp_path: Path):
    several = [written(tmp_path / name, 4000) for name in ("one", "two")]
    names = {file.name for file in several[0].iterdir()}
    assert names == {"publication.csv", "figures.csv.gz", "hidden.csv", "SHA256SUMS"}
    one, two = ({file.name: file.read_bytes() for file in home.iterdir()} for home in several)
    assert one == two
    assert len(one["figures.csv.gz"]) < shelf.LARGE
    assert len(shelf.figures(tmp_path / "one", PUBLICATION)) == 4000


def test_writing_the_same_again_does_not_touch_the_files(tmp_path: Path):
    home = written(tmp_path)
    os.utime(home / "figures.csv", (1, 1))
    written(tmp_path)
    assert (home / "figures.csv").stat().st_mtime == 1


def test_an_unfinished_publication_is_none(tmp_path: Path):
    home = written(tmp_path)
    home.rename(home.with_name(f".{home.name}.new-1"))
    assert shelf.read(tmp_path) == ()


def _read_all(folder: Path) -> None:
    for publication in shelf.read(folder):
        shelf.figures(folder, publication)
        shelf.hidden(folder, publication)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4])


@pytest.mark.parametrize("name", ["publication.csv", "figures.csv", "hidden.csv", "SHA256SUMS"])
@pytest.mark.parametrize("spoil", [_cut, Path.unlink, lambda file: file.write_bytes(b"\xff\x00")])
def test_a_damaged_file_stops_with_one_clear_sentence(tmp_path: Path, name: str, spoil):  # type: ignore[no-untyped-def]
    home = written(tmp_path)
    spoil(home / name)
    with pytest.raises(WrongUse) as stopped:
        _read_all(tmp_path)
    told = str(stopped.value)
    assert told.startswith(f"De publicerade siffrorna i {home} kan inte läsas")
    assert "säkerhetskopia" in told


def test_a_damaged_packed_file_stops_too(tmp_path: Path):
    home = written(tmp_path, 4000)
    _cut(home / "figures.csv.gz")
    with pytest.raises(WrongUse, match=r"figures\.csv\.gz är inte som den skrevs"):
        shelf.figures(tmp_path, PUBLICATION)


def test_a_moved_folder_is_seen(tmp_path: Path):
    home = written(tmp_path)
    home.rename(home.with_name("0001-2026-05-12-3f9a"))
    with pytest.raises(WrongUse, match="annat namn"):
        shelf.read(tmp_path)


def test_what_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "published").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(WrongUse, match="kan inte sparas"):
        shelf.write(tmp_path, PUBLICATION, {}, {})


# --- what is about to be published ----------------------------------------------------------------------------------


@pytest.mark.parametrize("stands", [True, False])
def test_what_was_announced_is_put_there_if_it_was_published(tmp_path: Path, stands: bool):
    asked = []

    def is_published(report: Path, run_id: str) -> bool:
        asked.append((report, run_id))
        return stands

    shelf.announce(tmp_path, PUBLICATION, {place("ett"): figure(place("ett"))}, {}, tmp_path / "reports" / "2026T1")
    assert shelf.read(tmp_path) == ()
    for _ in range(2):
        shelf.settle(tmp_path, is_published)
        assert shelf.read(tmp_path) == ((PUBLICATION,) if stands else ())
    assert asked == [(tmp_path / "reports" / "2026T1", PUBLICATION.basis.run_id)]
    assert {one.name for one in tmp_path.iterdir()} == ({"published"} if stands else set())


def test_what_was_announced_and_is_damaged_was_never_published(tmp_path: Path):
    shelf.announce(tmp_path, PUBLICATION, {place("ett"): figure(place("ett"))}, {}, tmp_path)
    (tmp_path / shelf.ANNOUNCED / "publication.csv").write_text("", encoding="utf-8")
    shelf.settle(tmp_path, lambda *_: True)
    assert list(tmp_path.iterdir()) == []
