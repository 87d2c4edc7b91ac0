"""Files saved by hand: what each is told by its content, what is kept of it, and what is said of a bad one."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import comparison
from pipeline.comparison import kolada
from pipeline.comparison.places import KOLADA, below
from pipeline.config import load
from pipeline.errors import WrongUse
from tests.unit.comparison.stub import GROUPS, KPIS, NACKA, kpi, value

DAY = date(2026, 4, 20)


def bring_in(file: Path, history: Path) -> tuple[str, ...]:
    return comparison.bring_in(file, history, load(), {}, DAY, nullcontext)


def saved(folder: Path, rows: list[dict[str, object]], name: str = "svar.json", encoding: str = "utf-8") -> Path:
    document = {"count": len(rows), "next_url": None, "previous_url": None, "values": rows}
    (folder / name).write_text(json.dumps(document, ensure_ascii=False, indent=0), encoding=encoding)
    return folder / name


def test_every_kind_of_answer_that_was_saved_is_kept(tmp_path):
    history = tmp_path / "history"
    municipalities = [{"id": "0000", "title": "Riket", "type": "L"}, {"id": NACKA, "title": "Nacka", "type": "K"}]
    told = [
        bring_in(saved(tmp_path, list(KPIS.values())), history),
        bring_in(saved(tmp_path, municipalities), history),
        bring_in(saved(tmp_path, GROUPS, encoding="utf-8-sig"), history),
        bring_in(saved(tmp_path, [value("U28129", NACKA, 2025, 74.5)], name="data.txt"), history),
    ]
    assert told == [
        ("svar.json från Kolada: 5 nyckeltal.", "2 av nyckeltalen har upphört i Kolada."),
        ("svar.json från Kolada: 2 kommuner och regioner.",),
        ("svar.json från Kolada: 6 kommungrupper.",),
        ("data.txt från Kolada: 1 värde.",),
    ]
    content = kolada.stored(below(history, KOLADA)).content
    assert [len(part) for part in (content.kpis, content.places, content.groups, content.values)] == [5, 2, 6, 1]


def test_a_files_day_is_the_day_that_it_was_saved(tmp_path):
    file = saved(tmp_path, [value("U28129", NACKA, 2025, 74.5)])
    for then, kept in (
        (datetime(2026, 4, 2, 12, tzinfo=UTC), date(2026, 4, 2)),
        (datetime(2030, 1, 1, 12, tzinfo=UTC), DAY),
    ):
        os.utime(file, (then.timestamp(), then.timestamp()))
        history = tmp_path / str(then.year)
        bring_in(file, history)
        assert kolada.stored(below(history, KOLADA)).fetched == {"U28129": kept}


def test_values_that_nothing_is_compared_with_are_told(tmp_path):
    told = bring_in(saved(tmp_path, [kpi("N00945", "Titel"), value("N00945", NACKA, 2020, None)]), tmp_path / "history")
    assert told == (
        "svar.json från Kolada: 1 nyckeltal, 1 värde.",
        "Nyckeltal som ingenting jämförs med, men som sparas: N00945. Skriv dem under [comparison] i config.toml för"
        " att se dem i rapporten.",
        "Inget av värdena har någon siffra.",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"values": [', "är ingen hel JSON-fil. Spara svaret från Kolada igen, hela och som det är."),
        (b'{"values": "\xe5"}', "är ingen hel JSON-fil. Spara svaret från Kolada igen, hela och som det är."),
        (b"[" * 50_000, "är ingen hel JSON-fil. Spara svaret från Kolada igen, hela och som det är."),
        (b"[]", "är inget svar från Kolada: det saknar listan values. Spara ett svar från Koladas API (version 3)"),
        (
            b'{"a": 1}',
            "är inget svar från Kolada: det saknar listan values. Spara ett svar från Koladas API (version 3)",
        ),
        (b'{"values": []}', "är tom: listan values har inga poster. Spara ett svar från Koladas API (version 3)"),
        (b'{"values": [{"id": 1}]}', "har en post nr 1 som har ett id som inte går att använda. Spara ett svar från"),
        (b"namn;antal\n", "är varken JSON från Kolada, en arbetsbok från Öppna jämförelser eller en annan kommuns"),
        (b"", "är tom. Hämta eller spara den på nytt"),
        (b"\xef\xbb\xbf \n", "är tom. Hämta eller spara den på nytt"),
        (
            '{"values": []}'.encode("utf-16"),
            "är JSON i UTF-16, som inte läses. Spara svaret från Kolada igen, i UTF-8.",
        ),
        ('{"values": []}'.encode("utf-16-be"), "är JSON i UTF-16, som inte läses. Spara svaret från Kolada igen"),
        (b"%PDF-1.7", "är varken JSON från Kolada, en arbetsbok från Öppna jämförelser eller en annan kommuns"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence_and_nothing_is_kept(tmp_path, content, told):
    (tmp_path / "fil.json").write_bytes(content)
    with pytest.raises(WrongUse) as fault:
        bring_in(tmp_path / "fil.json", tmp_path / "history")
    assert str(fault.value).startswith(f"Filen fil.json {told}")
    assert not (tmp_path / "history").exists()


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(WrongUse, match=r"^Filen svar\.json finns inte\. Kontrollera sökvägen efter compare import\.$"):
        bring_in(tmp_path / "svar.json", tmp_path / "history")


def test_a_page_of_several_is_told(tmp_path):
    file = saved(tmp_path, [value("U28129", NACKA, 2025, 74.5)])
    file.write_text(file.read_text(encoding="utf-8").replace('"next_url": null', '"next_url": "https://x/?page=2"'))
    assert bring_in(file, tmp_path / "history")[-1].startswith("Svaret fortsätter på fler sidor")
