"""The register over several deliveries: what is new, seen again and mended, and what fell."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import history, swapping
from pipeline.errors import WrongUse
from pipeline.history import storage
from pipeline.model import FileAccount, Quality, Rejection, Seen, Snapshot

MAY, JUNE, SEPTEMBER, TODAY = date(2026, 5, 4), date(2026, 6, 8), date(2026, 9, 5), date(2026, 9, 8)


def account(extract: str, delivered: date, contents: str, loaded: int) -> FileAccount:
    return FileAccount(
        file=f"{extract}_{delivered}.csv", extract=extract, sha256=hashlib.sha256(contents.encode()).hexdigest(),
        delivered=delivered, encoding="UTF-8", sheets=(), read=loaded, loaded=loaded, rejected=0, duplicates=0,
        superseded=0, skipped=(), ignored_columns=(),
    )  # fmt: skip


def rejection(fault_id: str, extract: str = "investigations") -> Rejection:
    return Rejection(
        extract=extract, file="utredningar.csv", sheet="", row=7, column="closed", heading="Avslutad",
        value="Anna Andersson", rule="unreadable_date", reason="Avslutad (Anna Andersson) går inte att läsa.",
        key=f"U-{fault_id}", unit="Öst", fault_id=fault_id,
    )  # fmt: skip


def delivery(
    *faults: str,
    on: date = MAY,
    extract: str = "investigations",
    contents: str = "",
    rows: int = 100,
    filled: Mapping[str, int] | None = None,
) -> Quality:
    """One extract in one file; its contents are known by the day unless said otherwise."""
    return Quality(
        files=(account(extract, on, contents or f"{extract} {on}", rows),),
        rejections=tuple(rejection(fault, extract) for fault in faults),
        warnings=(),
        columns={extract: frozenset(filled or {})},
        snapshots=(Snapshot(extract, on, rows, filled or {}, {"closed": "Avslutad"}),),
    )


def together(*several: Quality) -> Quality:
    return Quality(
        files=tuple(one for quality in several for one in quality.files),
        rejections=tuple(one for quality in several for one in quality.rejections),
        warnings=(),
        columns={extract: names for quality in several for extract, names in quality.columns.items()},
        snapshots=tuple(one for quality in several for one in quality.snapshots),
    )


def every(_rule: str, _extract: str) -> bool:
    """All rules reject rows."""
    return True


def none(_rule: str, _extract: str) -> bool:
    """All rules only warn."""
    return False


def about_protected(quality: Quality) -> Quality:
    """The same delivery, of rows about persons with protected identity."""
    return replace(quality, rejections=tuple(replace(one, protected=True) for one in quality.rejections))


def run(folder: Path, quality: Quality, today: date = TODAY, rejects: Callable[[str, str], bool] = every) -> Seen:
    """As a run does: compare, and store when the reports are written."""
    seen = history.compare(folder, quality, today, rejects)
    history.store(folder, quality, today, rejects)
    return seen


def mended(seen: Seen) -> list[str]:
    return [one.key for one in seen.mended]


def rules(seen: Seen) -> list[str]:
    return [one.rule for one in seen.warnings]


# --- new, seen again, mended ----------------------------------------------------------------------------------------


def test_the_first_delivery_has_nothing_to_be_compared_with(tmp_path: Path):
    assert run(tmp_path, delivery("a")) == Seen()


def test_faults_are_new_seen_again_and_mended(tmp_path: Path):
    run(tmp_path, delivery("a", "b"))
    seen = run(tmp_path, delivery("b", "c", on=JUNE))
    assert seen.since == {"b": MAY}
    assert seen.earlier == {"investigations": MAY}
    (only,) = seen.mended
    assert (only.extract, only.key, only.heading, only.rule, only.unit, only.first_seen) == (
        "investigations", "U-a", "Avslutad", "unreadable_date", "Öst", MAY,
    )  # fmt: skip


def test_a_fault_is_known_since_the_first_delivery_that_had_it_not_the_last(tmp_path: Path):
    run(tmp_path, delivery("a"))
    run(tmp_path, delivery("a", "b", on=JUNE))
    seen = run(tmp_path, delivery("a", "b", on=SEPTEMBER))
    assert seen.since == {"a": MAY, "b": JUNE}


def test_what_was_mended_is_told_once(tmp_path: Path):
    run(tmp_path, delivery("a"))
    assert mended(run(tmp_path, delivery(on=JUNE))) == ["U-a"]
    assert mended(run(tmp_path, delivery(on=SEPTEMBER))) == []


def test_a_fault_that_comes_back_is_new(tmp_path: Path):
    run(tmp_path, delivery("a"))
    run(tmp_path, delivery(on=JUNE))
    assert run(tmp_path, delivery("a", on=SEPTEMBER)).since == {}
    assert mended(run(tmp_path, delivery(on=TODAY))) == ["U-a"]


@pytest.mark.parametrize("runs", [2, 3])
def test_a_second_run_on_the_same_delivery_says_the_same_and_changes_nothing(tmp_path: Path, runs: int):
    run(tmp_path, delivery("a", "b"))
    first = run(tmp_path, delivery("b", "c", on=JUNE))
    written = (tmp_path / "register" / "faults.csv").read_bytes()
    for _ in range(runs - 1):
        assert run(tmp_path, delivery("b", "c", on=JUNE), SEPTEMBER) == first
    assert (tmp_path / "register" / "faults.csv").read_bytes() == written
    # The copy is of the delivery before, not of the same once more.
    assert "mended_delivery" in (tmp_path / "register.previous" / "faults.csv").read_text(encoding="utf-8")
    assert "U-c" not in (tmp_path / "register.previous" / "faults.csv").read_text(encoding="utf-8")


def test_comparing_writes_nothing(tmp_path: Path):
    history.compare(tmp_path / "history", delivery("a"), TODAY, every)
    assert not (tmp_path / "history").exists()


def test_an_extract_that_did_not_come_is_neither_mended_nor_seen_again(tmp_path: Path):
    run(tmp_path, together(delivery("a"), delivery("r", extract="referrals")))
    seen = run(tmp_path, delivery(on=JUNE))
    assert mended(seen) == ["U-a"]
    assert run(tmp_path, delivery("r", extract="referrals", on=SEPTEMBER)).since == {"r": MAY}


def test_a_part_of_a_delivery_run_again_leaves_the_register_as_it_is(tmp_path: Path):
    run(tmp_path, together(delivery("a"), delivery("r", extract="referrals")))
    written = (tmp_path / "register" / "SHA256SUMS").read_bytes()
    run(tmp_path, delivery("a"))
    assert (tmp_path / "register" / "SHA256SUMS").read_bytes() == written
    assert not (tmp_path / "register.previous").exists()


def test_a_run_on_an_older_delivery_compares_with_what_came_before_it_and_changes_nothing(tmp_path: Path):
    run(tmp_path, delivery("a"))
    run(tmp_path, delivery("a", "b", on=JUNE))
    run(tmp_path, delivery("b", on=SEPTEMBER))
    assert run(tmp_path, delivery("a", "b", on=JUNE)).since == {"a": MAY}
    never_run_before = delivery("x", on=date(2026, 7, 1))
    seen = run(tmp_path, never_run_before)
    assert (seen.since, mended(seen), seen.earlier) == ({}, ["U-a", "U-b"], {"investigations": JUNE})
    assert run(tmp_path, delivery("b", on=TODAY)).since == {"b": JUNE}


def test_a_corrected_file_of_the_same_day_is_a_delivery_of_its_own(tmp_path: Path):
    run(tmp_path, delivery("a", "b", contents="first"))
    seen = run(tmp_path, delivery("b", contents="corrected"))
    assert (seen.since, mended(seen)) == ({"b": MAY}, ["U-a"])
    assert run(tmp_path, delivery("b", contents="corrected")) == seen


def test_the_same_files_with_a_new_day_are_the_same_delivery(tmp_path: Path):
    run(tmp_path, delivery("a"))
    run(tmp_path, delivery("a", on=JUNE, contents="june"))
    seen = run(tmp_path, delivery("a", on=SEPTEMBER, contents="june"))
    assert (seen.since, seen.earlier) == ({"a": MAY}, {"investigations": MAY})


def test_what_the_program_finds_later_in_the_same_files_takes_the_place_of_what_it_found(tmp_path: Path):
    run(tmp_path, delivery("a", "b"))
    run(tmp_path, delivery("a", on=JUNE))
    seen = run(tmp_path, delivery("b", "c", on=JUNE))
    assert (seen.since, mended(seen)) == ({"b": MAY}, ["U-a"])
    assert run(tmp_path, delivery("a", "b", "c", on=SEPTEMBER)).since == {"b": MAY, "c": JUNE}


def test_the_order_of_an_extracts_files_does_not_matter(tmp_path: Path):
    one, other = account("investigations", MAY, "1", 5), account("investigations", MAY, "2", 5)
    run(tmp_path, replace(delivery("a"), files=(one, other)))
    assert run(tmp_path, replace(delivery("a"), files=(other, one))) == Seen()


def test_an_extract_with_more_faults_than_are_listed_is_left_as_it_was(tmp_path: Path):
    run(tmp_path, delivery("a", "b"))
    assert run(tmp_path, replace(delivery("a", on=JUNE), unlisted={"investigations": 1})) == Seen()
    assert run(tmp_path, delivery("a", "b", on=SEPTEMBER)).since == {"a": MAY, "b": MAY}


# --- rules that are made softer -------------------------------------------------------------------------------------


def test_a_fault_whose_rule_only_warns_now_is_not_mended_and_stands(tmp_path: Path):
    run(tmp_path, delivery("a", "b"))
    seen = run(tmp_path, delivery(on=JUNE), rejects=none)
    assert (mended(seen), seen.since) == ([], {})
    # When the rule holds again, the one is where it was and the other is gone.
    seen = run(tmp_path, delivery("a", on=SEPTEMBER))
    assert (seen.since, mended(seen)) == ({"a": MAY}, ["U-b"])


def test_a_rule_is_asked_for_by_its_name_and_extract(tmp_path: Path):
    run(tmp_path, together(delivery("a"), delivery("r", extract="referrals")))
    later = together(delivery(on=JUNE), delivery(extract="referrals", on=JUNE))
    seen = run(tmp_path, later, rejects=lambda rule, extract: (rule, extract) == ("unreadable_date", "referrals"))
    assert mended(seen) == ["U-r"]


def test_a_rule_made_softer_between_two_runs_on_a_delivery_forgets_nothing_of_it(tmp_path: Path):
    run(tmp_path, delivery("a"))
    run(tmp_path, delivery("a", "b", on=JUNE))
    assert mended(run(tmp_path, delivery(on=JUNE), rejects=none)) == []
    assert run(tmp_path, delivery("a", "b", on=SEPTEMBER)).since == {"a": MAY, "b": JUNE}


# --- the same contents, and older ones ------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [JUNE, SEPTEMBER])
def test_the_same_contents_after_another_delivery_are_a_new_one(tmp_path: Path, day: date):
    run(tmp_path, delivery("a", contents="first"))
    run(tmp_path, delivery(contents="mended", on=JUNE))
    again = run(tmp_path, delivery("a", contents="first", on=day))
    assert (again.since, again.earlier, again.later) == ({}, {"investigations": JUNE}, {})
    assert run(tmp_path, delivery("a", contents="first", on=day)) == again
    assert len(storage.read(tmp_path).deliveries) == 3
    seen = run(tmp_path, delivery("a", on=TODAY))
    assert (seen.since, seen.earlier) == ({"a": day}, {"investigations": day})


def test_an_older_delivery_tells_that_later_ones_are_known(tmp_path: Path):
    run(tmp_path, delivery("a", contents="first"))
    run(tmp_path, delivery("a", on=SEPTEMBER))
    assert run(tmp_path, delivery("a", contents="first")) == Seen(later={"investigations": SEPTEMBER})
    assert run(tmp_path, delivery("a", on=SEPTEMBER)).later == {}


# --- several faults of one id ---------------------------------------------------------------------------------------


def test_rows_with_the_same_fault_of_the_same_key_count_one_by_one(tmp_path: Path):
    def apart(*faults: str, on: date) -> Quality:
        quality = delivery(*faults, on=on)
        return replace(quality, rejections=history.told_apart(quality.rejections))

    run(tmp_path, apart("a", "a", "a", "b", on=MAY))
    seen = run(tmp_path, apart("a", "b", "b", on=JUNE))
    assert seen.since == {"a": MAY, "b": MAY}
    assert len(seen.mended) == 2


def test_faults_without_an_id_get_none():
    assert [one.fault_id for one in history.told_apart((rejection(""), rejection("")))] == ["", ""]


def test_faults_without_an_id_are_left_out(tmp_path: Path):
    run(tmp_path, delivery(""))
    assert mended(run(tmp_path, delivery(on=JUNE))) == []


# --- what fell ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "fell"), [(51, []), (50, ["rows_halved"]), (0, ["rows_halved"]), (400, [])])
def test_half_the_rows_gone_is_warned_of(tmp_path: Path, rows: int, fell: list[str]):
    run(tmp_path, delivery(rows=100))
    seen = run(tmp_path, delivery(on=JUNE, rows=rows))
    assert rules(seen) == fell
    assert all("100" in one.text and "2026-05-04" in one.text for one in seen.warnings)


@pytest.mark.parametrize(
    ("before", "now", "fell"),
    [({"closed": 9}, {"closed": 0}, 1), ({"closed": 9}, {}, 1), ({"closed": 9}, {"closed": 1}, 0),
     ({"closed": 0}, {"closed": 0}, 0), ({}, {"closed": 0}, 0)],
)  # fmt: skip
def test_a_column_that_was_filled_and_is_empty_is_warned_of(
    tmp_path: Path, before: dict[str, int], now: dict[str, int], fell: int
):
    run(tmp_path, delivery(filled=before))
    assert rules(run(tmp_path, delivery(on=JUNE, filled=now))) == ["column_emptied"] * fell


def test_an_emptied_column_is_named_as_readers_know_it(tmp_path: Path):
    run(tmp_path, delivery(filled={"closed": 9}))
    (emptied,) = history.compare(tmp_path, delivery(on=JUNE, filled={"closed": 0}), TODAY, every).warnings
    assert emptied.text.startswith("Avslutad är tom på alla rader i utdraget med utredningar, men var ifylld på 9")
    (gone,) = history.compare(tmp_path, delivery(on=JUNE, filled={}), TODAY, every).warnings
    assert gone.text.startswith("Avslutad finns inte i utdraget med utredningar")


def test_an_extract_without_any_rows_has_fallen_but_its_columns_are_not_counted_up(tmp_path: Path):
    run(tmp_path, delivery(filled={"closed": 9}))
    assert rules(run(tmp_path, delivery(on=JUNE, rows=0, filled={"closed": 0}))) == ["rows_halved"]


# --- on disk --------------------------------------------------------------------------------------------------------


def test_no_values_and_no_reasons_are_kept_since_they_may_name_somebody(tmp_path: Path):
    run(tmp_path, delivery("a"))
    kept = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "register").iterdir())
    assert "U-a" in kept
    assert "Anna" not in kept


def test_the_files_are_plain_and_tell_days(tmp_path: Path):
    run(tmp_path, delivery("a", filled={"closed": 9}))
    run(tmp_path, delivery(on=JUNE))
    heading, *rows = (tmp_path / "register" / "faults.csv").read_bytes().decode("utf-8").splitlines()
    told = dict(zip(heading.split(","), rows[0].split(","), strict=True))
    assert (told["first_seen"], told["last_seen"], told["mended_on"]) == ("2026-05-04", "2026-05-04", "2026-06-08")
    columns = (tmp_path / "register" / "columns.csv").read_text(encoding="utf-8")
    assert columns.splitlines()[1].endswith(",closed,9")


def test_commas_quotes_and_letters_come_back_as_they_were(tmp_path: Path):
    strange = replace(rejection("a"), key='U-1 / "Åsgård", väst\nrad 2', unit="=1+1")
    first = replace(delivery(), rejections=(strange,))
    run(tmp_path, first)
    (fault,) = storage.read(tmp_path).faults
    assert (fault.key, fault.unit) == (strange.key, strange.unit)


def test_a_later_programs_columns_are_no_hindrance(tmp_path: Path):
    run(tmp_path, delivery("a"))
    file = tmp_path / "register" / "faults.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("".join(f"{more},{line}\n" for more, line in zip(("new", "1"), lines, strict=True)), "utf-8")
    sums = tmp_path / "register" / "SHA256SUMS"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    kept = [line for line in sums.read_text("ascii").splitlines() if "faults" not in line]
    sums.write_text("\n".join([*kept, f"{digest}  faults.csv"]) + "\n", "ascii")
    assert run(tmp_path, delivery("a", on=JUNE)).since == {"a": MAY}


@pytest.mark.parametrize("name", ["faults.csv", "deliveries.csv", "columns.csv", "SHA256SUMS"])
@pytest.mark.parametrize("harm", ["cut", "gone", "zeroes", "empty"])
def test_a_damaged_register_is_told_of_and_left_alone(tmp_path: Path, name: str, harm: str):
    run(tmp_path, delivery("a", "b", filled={"closed": 9}))
    run(tmp_path, delivery("b", on=JUNE, filled={"closed": 9}))
    file = tmp_path / "register" / name
    whole = file.read_bytes()
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes({"cut": whole[: len(whole) // 2], "zeroes": b"\0" * len(whole), "empty": b""}[harm])
    left = {one.name: one.read_bytes() for one in (tmp_path / "register").iterdir()}
    for attempt in (history.compare, history.store):
        with pytest.raises(WrongUse, match=r"Felregistret i .*register kan inte läsas.*kopian register\.previous"):
            attempt(tmp_path, delivery("c", on=SEPTEMBER), TODAY, every)
    assert {one.name: one.read_bytes() for one in (tmp_path / "register").iterdir()} == left
    # The cure that is told works.
    (tmp_path / "register").rename(tmp_path / "damaged")
    (tmp_path / "register.previous").rename(tmp_path / "register")
    assert run(tmp_path, delivery("b", on=JUNE)).since == {"b": MAY}


def test_a_damaged_register_without_a_copy_says_what_else_to_do(tmp_path: Path):
    run(tmp_path, delivery("a"))
    (tmp_path / "register" / "faults.csv").unlink()
    with pytest.raises(WrongUse, match=r"faults\.csv saknas.*säkerhetskopia"):
        history.compare(tmp_path, delivery("a"), TODAY, every)


def test_a_machine_that_stops_between_the_renames_loses_nothing(tmp_path: Path):
    run(tmp_path, delivery("a"))
    (tmp_path / "register").rename(tmp_path / "register.previous")
    assert run(tmp_path, delivery("a", on=JUNE)).since == {"a": MAY}
    assert (tmp_path / "register").exists()
    assert (tmp_path / "register.previous").exists()


def test_a_register_that_cannot_be_written_is_told_of(tmp_path: Path):
    (tmp_path / "history").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(WrongUse, match="kan inte skrivas"):
        history.store(tmp_path / "history", delivery("a"), TODAY, every)


def test_a_write_that_fails_leaves_the_old_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run(tmp_path, delivery("a"))
    before = (tmp_path / "register" / "faults.csv").read_bytes()

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(swapping.os, "fsync", full)
    with pytest.raises(WrongUse, match="disken inte är full"):
        history.store(tmp_path, delivery("b", on=JUNE), TODAY, every)
    assert (tmp_path / "register" / "faults.csv").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["register"]


# --- persons with protected identity --------------------------------------------------------------------------------


def test_no_key_of_a_protected_persons_row_is_noted_and_its_fault_is_mended_without_one(tmp_path: Path):
    run(tmp_path, about_protected(delivery("1")))
    assert "U-1" not in "".join(file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.csv"))
    (mended,) = run(tmp_path, delivery(on=JUNE)).mended
    assert (mended.key, mended.protected, mended.unit) == ("", True, "Öst")


def test_who_has_become_protected_since_is_not_told_of_either(tmp_path: Path):
    run(tmp_path, delivery("1", "2"))
    after = replace(delivery(on=JUNE), secret_cases=frozenset({("investigations", "U-1"), ("referrals", "U-2")}))
    assert [(one.key, one.protected) for one in run(tmp_path, after).mended] == [("", True), ("U-2", False)]


def test_a_fault_is_seen_again_though_its_person_is_protected_by_now(tmp_path: Path):
    run(tmp_path, delivery("1"))
    seen = run(tmp_path, about_protected(delivery("1", on=JUNE)))
    assert (seen.since, seen.mended) == ({"1": MAY}, ())
