"""`sql/comparisons.toml`: what is read of it, and every fault that it may have, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.comparison import pairs
from pipeline.comparison.reading import spelt
from pipeline.config import load
from pipeline.errors import WrongUse
from pipeline.model import Key
from pipeline.model.comparison import Comparisons, Source

WHOLE = """
[always]
kolada = ["Medelvärden är ovägda."]

[[pair]]
metric = "plan_current"
indicator = "U28129"
statistic = "share"
breakdown = "service"
category = "bostad med särskild service"
better = "higher"
similar = "LSS"
differences = ["Enkät."]

[[pair]]
metric = "plan_current"
source = "oppna_jamforelser"
area = "Äldreomsorg"
indicator = "Aktuell plan"
statistic = "share"
better = "higher"
differences = ["Egen enkät."]

[[pair]]
metric = "investigation_within_120_days"
indicator = "U33401"
statistic = "share"
better = "lower"
refused = "Dagar mot andel."

[[national]]
heading = "Bistånd"
indicators = ["N31814", "N31816"]
better = "lower"
"""


def read(folder: Path, text: str) -> pairs.Catalogue:
    (folder / "comparisons.toml").write_text(text, encoding="utf-8")
    return pairs.load(folder / "comparisons.toml")


def test_pairs_carry_their_own_differences_and_their_sources(tmp_path):
    found = read(tmp_path, WHOLE)
    ours, workbook, refused = found.pairs
    assert ours.differences == ("Enkät.", "Medelvärden är ovägda.")
    assert (workbook.source, workbook.indicator_id) == (Source.OPPNA_JAMFORELSER, "Äldreomsorg: Aktuell plan")
    assert workbook.differences == ("Egen enkät.",)
    assert (refused.refused, refused.differences) == ("Dagar mot andel.", ())


def test_what_is_wanted_is_told_once_by_source(tmp_path):
    found = read(tmp_path, WHOLE)
    assert [(one.indicator_id, one.better, one.similar) for one in found.of(Source.KOLADA)] == [
        ("U28129", "higher", "LSS"), ("U33401", "lower", ""), ("N31814", "lower", ""), ("N31816", "lower", ""),
    ]  # fmt: skip
    assert [(heading, len(under)) for heading, under in found.national] == [("Bistånd", 2)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('statistic = "share"', 'statistic = "andel"', "comparisons.toml:8: pair nr 1, statistic: är"),
        ('better = "higher"', "", "comparisons.toml:5: pair nr 1, better: saknas och måste anges."),
        ('similar = "LSS"', 'like = "LSS"', "comparisons.toml:12: pair nr 1, like: okänd nyckel."),
        ('category = "bostad med särskild service"', "", "breakdown och category anges tillsammans."),
        ('differences = ["Enkät."]', "", "differences saknas: säg vad som skiljer, eller varför paret"),
        ('area = "Äldreomsorg"', "", "area anges för Öppna jämförelser, och bara där."),
        ('"N31814", "N31816"', '"N31814", "U28129"', "U28129 står redan på en annan plats."),
        ('"U33401"\nstatistic = "share"', '"U28129"\nstatistic = "share"', "U28129 har ett annat better eller similar"),
        ('metric = "investigation_within_120_days"\nindicator = "U33401"',
         'metric = "plan_current"\nindicator = "U28129"', "paret plan_current och U28129 står två gånger."),
        ('[[pair]]\nmetric = "plan', "[[pair]\nmetric = plan", "raden går inte att läsa som TOML"),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_line(tmp_path, before, after, told):
    assert before in WHOLE
    with pytest.raises(WrongUse) as fault:
        read(tmp_path, WHOLE.replace(before, after, 1))
    assert told in str(fault.value)


def test_categories_are_spelt_as_the_figures_and_as_the_municipality_calls_them(tmp_path):
    ours = read(tmp_path, WHOLE).pairs[0]
    found = Comparisons(pairs={"plan_current": (ours,)})
    config = load()
    keys = [
        Key("plan_current", "share", "stock", 1, "Nämnden", "service", "Bostad med särskild service"),
        Key("plan_current", "share", "stock", 1, "Nämnden", "service", "Gruppbostad"),
    ]
    assert spelt(found, keys, config).pairs["plan_current"][0].category == "Bostad med särskild service"
    own = {"Bostad med särskild service": "gruppbostad"}
    renamed = config.model_copy(update={"comparison": config.comparison.model_copy(update={"categories": own})})
    assert spelt(found, keys, renamed).pairs["plan_current"][0].category == "Gruppbostad"
    assert spelt(found, [], config).pairs["plan_current"][0].category == "bostad med särskild service"
