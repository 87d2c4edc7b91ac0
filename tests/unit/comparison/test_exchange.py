"""Other municipalities' resultat.csv: our own writer's is taken, every fault is told, what is hidden stays so."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.comparison import exchange
from pipeline.comparison.exchange import Checked
from pipeline.config import Municipality, Reading
from pipeline.errors import WrongUse
from pipeline.model import Figure, Metric, Statistic, Status
from pipeline.model.comparison import Kind, Missing
from pipeline.model.exchange import COLUMNS
from pipeline.publish import results
from tests.unit.builders import config, count, figures, key, mean, metric, share

TODAY = date(2026, 9, 30)
OWN = "0182"
METRICS: dict[str, Metric] = {
    one.metric_id: one
    for one in (metric(), metric("anchor"), metric("days", statistics=(Statistic.MEAN,)),
                metric("number", statistics=(Statistic.COUNT,)))
}  # fmt: skip
ROW = ("1285", "2026T2", "share", "share", "ytd", "1", "Vård- och omsorgsnämnden", "", "",
       "97", "131", "0.740458", "0.659", "0.808", "0.9", "inte uppfyllt", "false", "2026-08-31")  # fmt: skip


def text(*rows: tuple[str, ...], headings: tuple[str, ...] = COLUMNS) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([headings, *rows])
    return written.getvalue()


def row(**changed: str) -> tuple[str, ...]:
    return tuple({**dict(zip(COLUMNS, ROW, strict=True)), **changed}.values())


EMPTY = dict.fromkeys(("numerator", "denominator", "value", "ci_low", "ci_high", "status"), "")


def hidden(**changed: str) -> tuple[str, ...]:
    return row(**{**EMPTY, "suppressed": "true", **changed})


def check(tmp_path: Path, content: str | bytes, name: str = "resultat.csv") -> Checked:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return exchange.check(file, OWN, METRICS, Reading())


def fault(tmp_path: Path, content: str | bytes) -> str:
    with pytest.raises(WrongUse) as raised:
        check(tmp_path, content)
    return str(raised.value)


def written(tmp_path: Path, *items: Figure, code: str = "1285") -> bytes:
    settings = config().model_copy(update={"municipality": Municipality(name="Eslöv", code=code)})
    results._write(tmp_path / "written.csv", figures(*items), settings)
    return (tmp_path / "written.csv").read_bytes()


def test_what_our_own_writer_writes_is_taken_and_read_back(tmp_path: Path):
    gone = replace(share(key(category="Äldreomsorg"), 1, 2), suppressed=True, target=0.9)
    items = (
        replace(share(key(), 97, 131), ci_low=0.659, ci_high=0.808, target=0.9, status=Status.NOT_MET),
        gone,
        replace(share(key(category="Barn, ”unga”"), 0, 0), status=Status.NO_DATA),
        Figure(key(window="r12"), date(2026, 8, 31), status=Status.NO_DATA),
        mean(key("days", statistic="mean"), 97.41, 131),
        count(key("number", statistic="count"), 1400),
        share(key(level=3, org="Enhet Öst"), 7, 9),
    )
    checked = check(tmp_path, written(tmp_path, *items))
    assert (checked.municipality, checked.period.code, checked.committee, checked.notes) == (
        "1285", "2026T2", "Socialnämnden", ())  # fmt: skip
    told = exchange.keep(tmp_path / "kept", checked, TODAY)
    assert told == ("Socialnämnden i kommun 1285, 2026T2: 7 siffror sparades, varav 1 skyddade.",)
    (delivery,), warnings = exchange.read(tmp_path / "kept", "2026T2", OWN, {"1285": "Eslöv"})
    assert warnings == ()
    assert (delivery.party.kind, delivery.party.code, delivery.party.name, delivery.imported) == (
        Kind.MUNICIPALITY, "1285", "Eslöv", TODAY)  # fmt: skip
    assert dict(delivery.figures) == {
        replace(key("anchor"), org=""): (0.5, None),
        replace(key(), org=""): (0.740458, None),
        replace(key(category="Äldreomsorg"), org=""): (None, Missing.HIDDEN),
        replace(key(category="Barn, ”unga”"), org=""): (None, Missing.NONE),
        replace(key(window="r12"), org=""): (None, Missing.NONE),
        replace(key("days", statistic="mean"), org=""): (97.41, None),
        replace(key("number", statistic="count"), org=""): (1400.0, None),
    }


def test_other_levels_are_checked_but_not_kept(tmp_path: Path):
    exchange.keep(tmp_path / "kept", check(tmp_path, written(tmp_path, share(key(level=3, org="Östra"), 7, 9))), TODAY)
    kept = b"".join(file.read_bytes() for file in (tmp_path / "kept").rglob("*") if file.is_file())
    assert "Östra".encode() not in kept


def test_a_byte_order_mark_and_other_line_ends_change_nothing(tmp_path: Path):
    plain = check(tmp_path, text(row()))
    assert check(tmp_path, b"\xef\xbb\xbf" + text(row()).replace("\n", "\r\n").encode()).rows == plain.rows


ASK = "Be kommunen om filen som programmet skrev den, utan att den har öppnats och sparats i Excel."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Filen resultat.csv är tom. Be kommunen om filen på nytt."),
        (text(), "Filen resultat.csv har rubriker men inga rader. Be kommunen om filen på nytt."),
        (text(row()).replace(",", ";"),
         f"Filen resultat.csv, rad 1: fälten skiljs åt med semikolon, men ska skiljas åt med komma. {ASK}"),
        (text(row()).encode("cp1252"), f"Filen resultat.csv är inte skriven i UTF-8 (rad 2). {ASK}"),
        (text(row()) + "\0", f"Filen resultat.csv är skadad: den innehåller nolltecken. {ASK}"),
        (text(row(), row()[:-1]), f"Filen resultat.csv, rad 3: raden har 17 fält, men ska ha 18. {ASK}"),
        (text(row()) + '1285,"öppen', f"Filen resultat.csv, rad 3: raden kan inte läsas som CSV. {ASK}"),
        (text(headings=(*COLUMNS[:-2], "as_of")),
         "Filen resultat.csv, rad 1: rubriken suppressed saknas. Be kommunen om en fil i utbytesformatet"
         " (docs/exchange-format.md)."),
        (text(headings=(*COLUMNS, "case_id")),
         "Filen resultat.csv, rad 1: rubriken case_id finns inte i utbytesformatet. Kommer filen från en nyare version"
         " av programmet: uppdatera programmet. Annars: be kommunen om en fil i formatet (docs/exchange-format.md)."),
        (text(headings=COLUMNS[::-1]),
         "Filen resultat.csv, rad 1: rubrikerna står i fel ordning eller flera gånger. De ska stå så här:"
         f" {','.join(COLUMNS)}."),
        ("namn,personnummer\nA,B\n",
         "Filen resultat.csv, rad 1: rubrikerna är inte utbytesformatets. Kontrollera att det är kommunens"
         " resultat.csv."),
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_refused_with_a_sentence(content: str | bytes, message: str, tmp_path: Path):
    assert fault(tmp_path, content) == message


@pytest.mark.parametrize(
    ("changed", "heading", "what"),
    [
        ({"municipality": "285"}, "municipality", "”285” är ingen kommunkod; den har fyra siffror"),
        ({"municipality": "0000"}, "municipality", "inget län har siffrorna 00, så koden 0000 är riket eller en"
         " påhittad kommun; sådana siffror jämförs inte"),
        ({"municipality": "9999"}, "municipality", "inget län har siffrorna 99, så koden 9999 är riket eller en"
         " påhittad kommun; sådana siffror jämförs inte"),
        ({"metric": "m199001011234"}, "metric", "texten ser ut som ett personnummer, och sådana får inte finnas i"
         " filen"),
        ({"metric": "m_19900101_1234"}, "metric", "texten ser ut som ett personnummer, och sådana får inte finnas i"
         " filen"),
        ({"status": "uppgift saknas"}, "status", "”uppgift saknas” står bredvid ett värde; det ena av dem är fel"),
        ({**EMPTY, "status": ""}, "status", "raden är tom men inte skyddad; skyddas den inte ska status vara ”uppgift"
         " saknas”"),
        ({**EMPTY, "status": "målet uppfyllt"}, "status", "”målet uppfyllt” står på en rad utan värde; utan värde är"
         " status ”uppgift saknas”"),
        ({"period": "2026t2"}, "period", "”2026t2” är ingen period; skriv som 2026T2, 2026H1 eller 2026"),
        ({"metric": "Andel"}, "metric", "”Andel” är inget måtts id (små bokstäver a–z, siffror och understreck)"),
        ({"statistic": "mode"}, "statistic", "”mode” är okänt; tillåtna är agreement, alpha, count, km_median,"
         " longest_wait, mean, median, p90, persons, share, special_reasons, value"),
        ({"window": "half"}, "window", "”half” är okänt; tillåtna är r12, stock, tertial, ytd"),
        ({"level": "4"}, "level", "”4” är okänt; tillåtna är 1, 2, 3"),
        ({"org": ""}, "org", "namnet på nämnden, verksamheten eller enheten saknas"),
        ({"org": "Hem 19990101-1234"}, "org", "texten ser ut som ett personnummer, och sådana får inte finnas i filen"),
        ({"org": "x" * 201}, "org", "texten är längre än 200 tecken"),
        ({"org": "Nämnd\nen"}, "org", "texten har osynliga tecken, radbrytning eller blanksteg i början eller slutet"),
        ({"breakdown": "gender"}, "category", "uppdelning och kategori ska båda stå där, eller ingen av dem"),
        ({"suppressed": "ja"}, "suppressed", "”ja” är okänt; tillåtna är false och true"),
        ({"status": "bra"}, "status", "”bra” är okänt; tillåtna är inte uppfyllt, mål saknas, målet uppfyllt, nästan"
         " uppfyllt, uppgift saknas och ingenting"),
        ({"as_of": "2026-08-30"}, "as_of", "”2026-08-30” är inte periodens sista dag, 2026-08-31"),
        ({"suppressed": "true"}, "numerator", "raden är skyddad (suppressed = true) men har ett innehåll här; filen"
         " röjer det som ska döljas"),
        ({"value": "0,74"}, "value", "”0,74” är inget tal; skriv siffror, med punkt före decimalerna"),
        ({"value": "nan"}, "value", "”nan” är inget tal; skriv siffror, med punkt före decimalerna"),
        ({"numerator": "-1"}, "numerator", "talet är mindre än 0"),
        ({"numerator": "", "denominator": ""}, "value", "det står ett tal här men ingen nämnare"),
        ({"ci_high": ""}, "ci_high", "intervallet ska ha båda gränserna, eller ingen"),
        ({"target": "90"}, "target", "90 ska vara mellan 0 och 1"),
        ({"value": "74.0458"}, "value", "74.0458 ska vara mellan 0 och 1"),
        ({"numerator": "132"}, "numerator", "täljaren är större än nämnaren"),
        ({"value": "0.75"}, "value", "andelen är inte täljaren delad med nämnaren"),
        ({"ci_low": "0.75"}, "value", "värdet ligger utanför sitt intervall"),
        ({"denominator": "0", "numerator": "0"}, "value", "nämnaren är 0, så det kan inte finnas något värde"),
        ({"statistic": "mean"}, "numerator", "täljare står bara för andelar"),
        ({"statistic": "mean", "numerator": "", "value": "-2"}, "value", "-2 ska vara minst 0"),
        ({"statistic": "mean", "numerator": "", "denominator": "4", "value": "0.7"}, "value",
         "värdet bygger på färre än 5 och ska vara skyddat; filen kan vara kommunens interna"),
        ({"statistic": "count", "numerator": "", "value": "130", "ci_low": "", "ci_high": ""}, "denominator",
         "för antal ska nämnaren vara lika med värdet"),
    ],
)  # fmt: skip
def test_a_row_s_first_fault_is_told_with_its_place(changed: dict[str, str], heading: str, what: str, tmp_path: Path):
    told = fault(tmp_path, text(row(**changed)))
    assert told == f"Filen resultat.csv, rad 2, rubriken {heading}: {what}. Be kommunen om en rättad fil."


@pytest.mark.parametrize("heading", ["numerator", "denominator", "value", "ci_low", "ci_high"])
def test_a_hidden_row_that_tells_anything_is_refused(heading: str, tmp_path: Path):
    told = fault(tmp_path, text(row(), hidden(window="r12", **{heading: "0"})))
    assert told.startswith(f"Filen resultat.csv, rad 3, rubriken {heading}: raden är skyddad")


def test_a_hidden_row_s_status_tells_too(tmp_path: Path):
    assert ", rubriken status: raden är skyddad" in fault(tmp_path, text(hidden(status="målet uppfyllt")))


def test_a_fault_s_sentence_never_shows_a_personnummer(tmp_path: Path):
    told = fault(tmp_path, text(row(value="19990101-1234")))
    assert "1234" not in told
    assert "19990101" not in told


@pytest.mark.parametrize("changed", [{"municipality": "0580"}, {"period": "2026T1", "as_of": "2026-04-30"}])
def test_a_file_is_of_one_municipality_and_one_period(changed: dict[str, str], tmp_path: Path):
    assert "en fil har en enda" in fault(tmp_path, text(row(), row(window="r12", **changed)))


def test_a_figure_stands_once(tmp_path: Path):
    assert "rad 3, rubriken category: raden gäller samma siffra som rad 2" in fault(tmp_path, text(row(), row()))


def test_a_file_is_of_one_committee_and_has_its_own_figures(tmp_path: Path):
    assert "här finns en till" in fault(tmp_path, text(row(), row(window="r12", org="Annan nämnd")))
    assert "har ingen rad på nivå 1" in fault(tmp_path, text(row(level="2")))


def test_our_own_is_refused(tmp_path: Path):
    assert fault(tmp_path, text(row(municipality=OWN))).startswith("Filen resultat.csv är er egen (kommunkod 0182)")


def test_an_invented_municipality_is_refused(tmp_path: Path):
    with pytest.raises(WrongUse, match="DEMODATA"):
        check(tmp_path, text(row()), "resultat-DEMODATA.csv")


def test_an_internal_file_is_refused_where_small_groups_are_shown_and_none_is_hidden(tmp_path: Path):
    few = {"breakdown": "gender", "category": "man", "numerator": "1", "denominator": "2", "value": "0.5",
           "ci_low": "", "ci_high": ""}  # fmt: skip
    told = fault(tmp_path, text(row(), row(**few)))
    assert "Det ser ut som kommunens interna resultat.csv" in told
    # Where some are hidden, one that equals a figure that must be shown may stand.
    assert check(tmp_path, text(row(), row(**few), hidden(window="r12"))).notes == ()


def test_what_this_version_does_not_know_is_kept_and_told(tmp_path: Path):
    rows = (row(), row(metric="newer"), row(window="r12", breakdown="planet", category="Mars"))
    checked = check(tmp_path, text(*rows))
    assert checked.notes == (
        "Jämförs inte, för den här versionen av programmet känner inte till måtten: newer.",
        "Jämförs inte, för den här versionen av programmet känner inte till uppdelningarna: share/planet.",
    )
    exchange.keep(tmp_path / "kept", checked, TODAY)
    (delivery,), _ = exchange.read(tmp_path / "kept", "2026T2", OWN)
    assert {one.metric for one in delivery.figures} == {"share", "newer"}


# --- kept -----------------------------------------------------------------------------------------------------------


def keep(tmp_path: Path, **changed: str) -> tuple[str, ...]:
    return exchange.keep(tmp_path / "kept", check(tmp_path, text(row(**changed))), TODAY)


def test_the_same_municipality_and_period_again_takes_its_place(tmp_path: Path):
    keep(tmp_path)
    assert keep(tmp_path, target="0.8") == (
        "Vård- och omsorgsnämnden i kommun 1285, 2026T2: 1 siffror ersatte de tidigare, varav 0 skyddade.",
    )
    keep(tmp_path, period="2026T1", as_of="2026-04-30")
    keep(tmp_path, municipality="0580")
    deliveries, _ = exchange.read(tmp_path / "kept", "2026T2", OWN)
    assert [(one.party.code, one.party.name) for one in deliveries] == [
        ("0580", "Kommun 0580"),
        ("1285", "Kommun 1285"),
    ]


def test_two_committees_of_one_municipality_are_told_apart(tmp_path: Path):
    keep(tmp_path)
    assert "båda är med" in keep(tmp_path, org="Barnnämnden")[1]
    deliveries, _ = exchange.read(tmp_path / "kept", "2026T2", OWN, {"1285": "Eslöv"})
    assert {one.party.name for one in deliveries} == {"Eslöv, Barnnämnden", "Eslöv, Vård- och omsorgsnämnden"}


def test_what_is_kept_of_ourselves_by_another_configuration_is_not_read(tmp_path: Path):
    keep(tmp_path)
    assert exchange.read(tmp_path / "kept", "2026T2", "1285") == ((), ())


@pytest.mark.parametrize(
    "damage",
    [
        lambda place: (place / "figures.csv").write_bytes(b"x"),
        lambda place: (place / "figures.csv").unlink(),
        lambda place: (place / "SHA256SUMS").unlink(),
        lambda place: place.rename(place.with_name("0580-12345678")),
    ],
)
def test_a_damaged_one_is_told_and_the_others_stand(damage: Callable[[Path], object], tmp_path: Path):
    keep(tmp_path)
    (place,) = (tmp_path / "kept" / "2026T2").iterdir()
    keep(tmp_path, municipality="2121")
    damage(place)
    deliveries, warnings = exchange.read(tmp_path / "kept", "2026T2", OWN)
    assert [one.party.code for one in deliveries] == ["2121"]
    assert len(warnings) == 1
    assert "Importera kommunens fil på nytt." in warnings[0]


def test_what_is_kept_is_for_the_user_alone_and_nothing_half_is_left(tmp_path: Path):
    keep(tmp_path)
    keep(tmp_path)
    every = list((tmp_path / "kept").rglob("*"))
    assert not [one for one in every if one.name.startswith(".")]
    assert all(one.stat().st_mode & 0o077 == 0 for one in every if one.parent.parent.name == "kept")


def test_a_large_delivery_is_packed_and_read_again(tmp_path: Path):
    names = (f"Område {number:04} {'x' * 80}" for number in range(1500))
    many = [row(breakdown="area", category=name) for name in names]
    exchange.keep(tmp_path / "kept", check(tmp_path, text(*many)), TODAY)
    assert len(list((tmp_path / "kept").rglob("figures.csv.gz"))) == 1
    (delivery,), _ = exchange.read(tmp_path / "kept", "2026T2", OWN)
    assert len(delivery.figures) == 1500


@pytest.mark.parametrize(
    ("content", "expected"),
    [(text(row()), True), (text(row()).replace(",", ";"), True), ('{"values": []}', False), ("Kommunkod;Kommun", False),
     ("", False)],
)  # fmt: skip
def test_the_first_line_tells_whether_it_is_meant_to_be_one(content: str, expected: bool, tmp_path: Path):
    file = tmp_path / "x.csv"
    file.write_text(content, encoding="utf-8")
    assert exchange.is_one(file) is expected


def test_a_number_too_large_to_print_is_refused(tmp_path: Path):
    changed = {"metric": "days", "statistic": "mean", "numerator": "", "ci_low": "", "ci_high": "", "target": ""}
    assert "rubriken value: 999" in fault(tmp_path, text(row(**changed, value="9" * 400)))
