"""The page, the workbook and `resultat.csv` of a whole run say the same, read back from the files as written."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import plotly.graph_objects
import pytest

from pipeline.lastcheck import written_page
from pipeline.metrics import catalogue
from pipeline.model import Metric, Statistic
from pipeline.publish import forms, words
from pipeline.publish.packing import unpacked
from tests.whole import figures_shown
from tests.whole.figures_shown import MARKS_OF_HIDDEN, MARKS_OF_NOTHING, Cell, Page, Table, number

WINDOWS = {"Tertial 2": "tertial", "I år hittills": "ytd", "Senaste 12 månaderna": "r12", "Läget": "stock"}
_LEVELS = {"niva2": "2", "niva3": "3"}
_SHARES = ("share", "agreement")
_OUTCOME_OF = {"mean": "medelvärdet är", "median": "medianen", "p90": "nio av tio låg på högst",
               "km_median": "den beräknade mediantiden är"}  # fmt: skip

Key = tuple[str, str, str, str, str, str, str]  # metric, statistic, window, level, org, breakdown, category
Row = Mapping[str, str]


@dataclass
class Held:
    """Shown figures held to the rows of `resultat.csv`: what differed, and how much was held, by file and place."""

    rows: dict[Key, Row]
    metrics: dict[str, Metric]
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    keys: dict[str, set[Key]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.committee = next(key[4] for key in self.rows if key[3] == "1")
        self._stocks = {key[0] for key in self.rows if key[2] == "stock"}
        self._categories: dict[tuple[str, str], dict[str, str]] = {}
        self._placed: dict[tuple[str, str, str], tuple[str, str]] = {}
        for metric, _, _, level, org, cut, category in self.rows:
            printed = self._categories.setdefault((metric, cut), {})
            printed[_same(category)] = printed[_same(words.category(self.metrics[metric], cut, category))] = category
            if cut and cut == self.metrics[metric].headline_by and level != "1":
                for label in (f"{org}: {category}", f"{category}: {org}"):
                    self._placed[metric, level, _same(label)] = (org, category)

    def judged_window(self, metric: str) -> str:
        return "stock" if metric in self._stocks else "ytd"

    def category(self, metric: str, breakdown: str, label: str) -> str:
        """The category that is printed so; the label itself where it is none, so that no row is found."""
        return self._categories.get((metric, breakdown), {}).get(_same(label), label)

    def placed(self, metric: str, level: str, label: str) -> tuple[str, str]:
        """The unit or programme and the category of a row that is headed by both."""
        return self._placed.get((metric, level, _same(label)), ("", label))

    def key(self, metric: str, window: str = "", level: str = "1", org: str = "", breakdown: str = "",
            category: str = "", statistic: str = "") -> Key:  # fmt: skip
        """The row's key; a measure that was delivered as a value goes by that."""
        org = org or (self.committee if level == "1" else "")
        judged = statistic or self.metrics[metric].judged.value
        found = (metric, judged, window or self.judged_window(metric), level, org, breakdown, category)
        if not statistic and Statistic.VALUE in self.metrics[metric].statistics:
            row, value = self.rows.get(found), (metric, "value", *found[2:])
            is_empty = row is None or not (row["suppressed"] == "true" or int(row["denominator"] or 0))
            return value if is_empty and value in self.rows else found
        return found

    def hold(self, where: str, key: Key, shown: Mapping[str, Cell]) -> None:
        """`shown` are texts or numbers by column of the file, or `base` (n av N), `outcome`, `interval`, `aim`."""
        row = self.rows.get(key)
        if row is None:
            self.faults.append(f"{where}: no row for {key}")
            return
        for name, cell in shown.items():
            fault = _fault(name, cell, row, self.metrics[key[0]])
            self.counts[where.split(" ", maxsplit=1)[0]] += 1
            if fault:
                self.faults.append(f"{where}: {key} {name}: shown {cell!r}, {fault}")
        self.keys.setdefault(where.split(" ", maxsplit=1)[0], set()).add(key)


def _fault(name: str, cell: Cell, row: Row, metric: Metric) -> str:
    if name == "aim":
        return _aim_fault(cell, row, metric)
    if (row["suppressed"] == "true") != (cell in MARKS_OF_HIDDEN):
        return f"suppressed = {row['suppressed']}"
    if cell in MARKS_OF_HIDDEN:
        return ""
    if row["statistic"] == "value" and name in ("base", "numerator", "denominator"):
        return "" if cell == "–" else "a value stands on no base"
    if name == "status":
        return _status_fault(str(cell), row, metric)
    if name == "interval":
        edges = [number(part) for part in str(cell).split("–")] if str(cell) not in MARKS_OF_NOTHING else [None, None]
        return "; ".join(filter(None, (_number_fault(row[n], e, row) for n, e in zip(_EDGES, edges, strict=True))))
    if name == "base" and row["statistic"] in _SHARES:
        return _base_fault(str(cell), row)
    if name == "outcome":
        return _outcome_fault(str(cell), row)
    column = "denominator" if name == "base" else name
    if not isinstance(cell, str):
        told = Decimal(repr(cell))
        want = row[column]
        rounded = told.quantize(Decimal(want), ROUND_HALF_UP) if "." in want else told
        is_same = bool(want) and rounded == Decimal(want)
        return "" if is_same else f"{column} = {want!r}"
    return _number_fault(row[column], None if cell in MARKS_OF_NOTHING else number(cell), row, column)


_EDGES = ("ci_low", "ci_high")


def _number_fault(want: str, shown: tuple[Decimal, int] | None, row: Row, column: str = "value") -> str:
    if shown is None or not want:
        is_empty = not want or (row["denominator"] in ("", "0"))
        return "" if shown is None and is_empty else f"{column} = {want!r}"
    is_share = row["statistic"] in _SHARES and column not in ("numerator", "denominator")
    scale = 100 if is_share else 1
    exponent = Decimal(want).as_tuple().exponent
    written = Decimal(5).scaleb(int(exponent) - 1) * scale if int(exponent) < 0 else Decimal(0)
    value, decimals = shown
    allowed = Decimal(5).scaleb(-decimals - 1) + written
    return "" if abs(Decimal(want) * scale - value) <= allowed else f"{column} = {want}"


def _base_fault(cell: str, row: Row) -> str:
    if cell in MARKS_OF_NOTHING:
        return "" if row["denominator"] in ("", "0") else f"denominator = {row['denominator']}"
    part, _, whole = cell.partition(" av ")
    faults = (_number_fault(row["numerator"], number(part), row, "numerator"),
              _number_fault(row["denominator"], number(whole), row, "denominator"))  # fmt: skip
    return "; ".join(filter(None, faults))


def _outcome_fault(cell: str, row: Row) -> str:
    """`93 %`, `1 av 2 (50 %)`, `97,4 dagar`, `126`, `–`."""
    if cell in MARKS_OF_NOTHING:
        return "" if row["value"] == "" else f"value = {row['value']}"
    both = re.fullmatch(r"(.+ av .+) \((.+)\)", cell)
    if both:
        return _base_fault(both[1], row) or _number_fault(row["value"], number(both[2]), row)
    return _number_fault(row["value"], number(cell), row)


def _aim_fault(cell: Cell, row: Row, metric: Metric) -> str:
    demanded = words.law_demands(metric, metric.judged)
    want = row["target"] if demanded is None else str(Decimal(demanded))
    if isinstance(cell, str):
        shown = None if cell in MARKS_OF_NOTHING else number(cell)
        return _number_fault(want, shown, {**row, "denominator": ""}, "target")
    return "" if want and Decimal(repr(cell)) == Decimal(want) else f"target = {want!r}"


def _status_fault(cell: str, row: Row, metric: Metric) -> str:
    word = re.sub(r"^[●◆■○–] ", "", cell).strip("| ")
    law = re.fullmatch(r"lagkravet uppfyllt i (.+) av (.+)", word)
    if law:
        n, whole = Decimal(row["numerator"]), Decimal(row["denominator"])
        lawful = whole - n if metric.better == "lower" else n
        told = number(law[1]), number(law[2])
        return "" if told == ((lawful, 0), (whole, 0)) else f"lawful {lawful} of {whole}"
    if word in MARKS_OF_NOTHING:
        return "" if row["value"] == "" else f"value = {row['value']}"
    return "" if word == row["status"] else f"status = {row['status']}"


@pytest.fixture(scope="module")
def committee(swedish_demo: Path) -> Path:
    return swedish_demo / "reports" / "2026T2" / "committee"


@pytest.fixture(scope="module")
def page(committee: Path) -> Page:
    return figures_shown.page(committee / "rapport-DEMODATA.html")


@pytest.fixture(scope="module")
def book(committee: Path) -> dict[str, Table]:
    return figures_shown.workbook(committee / "rapport-DEMODATA.xlsx")


@pytest.fixture(scope="module")
def rows(committee: Path) -> dict[Key, Row]:
    with (committee / "resultat-DEMODATA.csv").open(encoding="utf-8", newline="") as stream:
        names = ("metric", "statistic", "window", "level", "org", "breakdown", "category")
        return {tuple(row[name] for name in names): row for row in csv.DictReader(stream)}  # type: ignore[misc]


@pytest.fixture
def held(rows: dict[Key, Row]) -> Held:
    return Held(rows, catalogue.read())


def test_every_chart_is_one_that_the_library_can_draw(committee: Path) -> None:
    text = (committee / "rapport-DEMODATA.html").read_text(encoding="utf-8")
    packed = re.search(r'id="chart-data">(.*?)</script>', text, re.DOTALL)
    assert packed
    charts = json.loads(unpacked(packed[1]))
    assert len(charts) > 10
    for chart in charts.values():
        plotly.graph_objects.Figure(chart)  # raises ValueError for whatever it does not know


# --- labels ---------------------------------------------------------------------------------------------------------


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _window(label: str) -> str:
    return WINDOWS.get(re.split(r"[|(]", label)[0].strip(), label)


def _titled(held: Held, title: str) -> tuple[str, str] | None:
    """The metric and category of a title: its own, or `title: category`."""
    for name, metric in held.metrics.items():
        if _same(title) == _same(metric.title):
            return name, ""
        if metric.headline_by and _same(title).startswith(_same(f"{metric.title}: ")):
            return name, held.category(name, metric.headline_by, title[len(metric.title) + 2 :])
    return None


def _by_category(held: Held, metric: str, category: str) -> dict[str, str]:
    return {"breakdown": held.metrics[metric].headline_by, "category": category} if category else {}


# --- the workbook ---------------------------------------------------------------------------------------------------


_BANDS, _COURSE = "dagar", "kvar"
_ELSEWHERE = ("manad", _BANDS, _COURSE)  # no rows of the results file: held to the page


def _hold_book(held: Held, book: Mapping[str, Table]) -> None:
    by_length = sorted(held.metrics, key=len, reverse=True)
    for name, table in book.items():
        metric = next((one for one in by_length if name.startswith(f"{one}_")), "")
        region = name.removeprefix(f"{metric}_")
        if metric and region == "dartill":
            _hold_beside(held, metric, table)
        elif metric and region not in _ELSEWHERE:
            for row, _ in table.body():
                _hold_row(held, f"book:{region} {name}", metric, region, row)
    _hold_contents(held, book["innehall"])
    _hold_other_sheets(held, book)


def _hold_contents(held: Held, table: Table) -> None:
    for row, _ in table.body():
        metric = next(name for name, metric in held.metrics.items() if metric.title == row["Mått"])
        category = "" if row["Del av måttet"] == "–" else str(row["Del av måttet"])
        key = held.key(metric, **_by_category(held, metric, category))
        shown = {"value": row["Utfall"], "status": row["Status"]}
        if key[1] in _SHARES:
            shown |= {"numerator": row["n, täljare (antal)"], "denominator": row["N, nämnare (antal)"]}
        held.hold("book:contents innehall", key, shown)


def _hold_row(held: Held, where: str, metric: str, region: str, row: Mapping[str, Cell]) -> None:
    by, label = held.metrics[metric].headline_by, str(next(iter(row.values())))
    place: dict[str, str] = {}
    if region == "utfall":
        category, _, when = label.rpartition(". ") if by else ("", "", label)
        place = {"window": _window(when)}
        if by:
            place |= {"breakdown": by, "category": held.category(metric, by, category)}
    elif region in _LEVELS:
        place = {"level": _LEVELS[region], "org": label}
        if by not in ("", "area"):
            org, category = held.placed(metric, _LEVELS[region], label)
            place = {"level": _LEVELS[region], "org": org, "breakdown": by, "category": category}
    else:
        place = {"breakdown": region, "category": held.category(metric, region, label)}
    for statistic, shown in _measured(held.metrics[metric], row).items():
        held.hold(where, held.key(metric, statistic=statistic, **place), shown)


def _measured(metric: Metric, row: Mapping[str, Cell]) -> dict[str, dict[str, Cell]]:
    """What a row's columns tell, by statistic; none is passed over but those of change."""
    found: dict[str, dict[str, Cell]] = {"": {}}
    names = {f"{forms.capital(words.STATISTICS[s])} (": s.value for s in metric.statistics if s is not metric.judged}
    for heading, cell in list(row.items())[1:]:
        statistic = next((s for start, s in names.items() if heading.startswith(start)), "")
        column = next((c for start, c in _COLUMNS.items() if heading.startswith(start)), "value")
        if column:
            found.setdefault(statistic, {})["value" if statistic else column] = cell
    return {statistic: shown for statistic, shown in found.items() if shown}


_COLUMNS = {
    "n, ": "numerator", "N, ": "denominator", "Antal": "denominator", "Osäkerhet, 95 %, lägst": "ci_low",
    "Osäkerhet, 95 %, högst": "ci_high", "Mål": "aim", "Lagkrav": "aim", "Status": "status", "Året innan": "",
    "Förändring": "", "Vad förändringen": "",
}  # fmt: skip


def _hold_beside(held: Held, metric: str, table: Table) -> None:
    for row, _ in table.body():
        label = next(iter(row.values()))
        statistic = next(s.value for s in held.metrics[metric].statistics
                         if str(label).startswith(f"{forms.capital(words.STATISTICS[s])} ("))  # fmt: skip
        for heading, cell in list(row.items())[1:]:
            key = held.key(metric, window=_window(heading), statistic=statistic)
            held.hold(f"book:beside {table.name}", key, {"value": cell})


def _hold_other_sheets(held: Held, book: Mapping[str, Table]) -> None:
    for row, _ in book["mal"].body():
        _hold_goal(held, row)
    _hold_controls(held, book["internkontroll"])
    for row, _ in book["beslut_till_siffra"].body():
        _hold_activity(held, row)
    for row, _ in book["kravmatris"].body():
        _hold_required(held, row)
    for row, _ in book["uppfoljning_perioden"].body():
        _hold_planned(held, row)
    for row, _ in book["avvikelsematris"].body():
        _hold_matrix(held, "book:matrix avvikelsematris", list(row.values()))
    _hold_comparisons(held, book)


def _hold_comparisons(held: Held, book: Mapping[str, Table]) -> None:
    for row, _ in book["jamforelser_matt"].body():
        if row["Vem"] == "Vår siffra":
            names = {"Alla": "Alla", "Kvinnor": "Kvinnor eller flickor", "Män": "Män eller pojkar"}
            metric = next(name for name, one in held.metrics.items() if one.title == row["Mått"])
            _hold_beside_others(held, "book:others jamforelser_matt", metric, row, names)
    for row, _ in book["jamforelser_utbyte"].body():
        metric = next(name for name, one in held.metrics.items() if one.title == row["Mått"])
        if str(row["Vem"]).endswith("(vi)") and not held.metrics[metric].headline_by:
            held.hold("book:exchange jamforelser_utbyte", held.key(metric), {"value": row["Värde"]})


_SPANS = {"maj–augusti 2026": "tertial", "januari–augusti 2026": "ytd", "september 2025–augusti 2026": "r12",
          "31 augusti 2026": "stock"}  # fmt: skip


def _hold_goal(held: Held, row: Mapping[str, Cell]) -> None:
    found = _titled(held, str(row["Mått"]))
    shown = {"value": row["Utfall"], "numerator": row["n, täljare (antal)"], "denominator": row["N, nämnare (antal)"],
             "status": row["Status"], "aim": row["Mål"]}  # fmt: skip
    if found is None or str(row["Status"]).startswith("– ") or row["Utfall"] == "–":
        return
    place = _whose(held, found, "" if row["Område eller enhet"] == "–" else str(row["Område eller enhet"]))
    key = held.key(found[0], **place)
    if key[1] not in _SHARES:
        del shown["numerator"]
    if held.metrics[found[0]].judged.is_count:
        del shown["denominator"]
    held.hold("book:goals mal", key, shown)


def _whose(held: Held, found: tuple[str, str], whose: str) -> dict[str, str]:
    """A goal's place: of a unit, of an area, or of the committee, and of a category where the title names one."""
    metric, category = found
    place = _by_category(held, metric, category)
    if any(key[3] == "3" and key[4] == whose for key in held.rows):
        return {**place, "level": "3", "org": whose}
    return place if not whose or category else {"breakdown": "area", "category": whose}


def _hold_controls(held: Held, table: Table) -> None:
    base = next(heading for heading in table.headings if heading.startswith("Avvikelser, n av N"))
    for row, _ in table.body():
        if row[base] not in MARKS_OF_NOTHING:
            category = f"{re.sub('^[0-9]+[.] ', '', str(row['Risk']))}: {row['Kontroll']}"
            key = held.key("control_deviation", breakdown="control", category=category)
            held.hold("book:controls internkontroll", key, {"base": row[base], "outcome": row["Andel"]})


def _hold_activity(held: Held, row: Mapping[str, Cell]) -> None:
    found, window = _titled(held, str(row["Mått"])), _SPANS.get(str(row["Tid nu"]))
    if found is not None and window is not None:
        key = held.key(found[0], window=window, **_by_category(held, *found))
        held.hold("book:activities beslut_till_siffra", key, {"outcome": row["Nu"]})


def _hold_line(held: Held, where: str, title: str, told: str, whose: str = "") -> None:
    found = _titled(held, title)
    if found is None or "redovisas var för sig" in told:
        return
    key, told = held.key(found[0], **_whose(held, found, whose)), told.partition(", ")[0]
    if told.partition(" (")[0] in MARKS_OF_HIDDEN:
        told = told.partition(" (")[0]  # the category of a hidden figure is named as that of a shown one
    if key in held.rows or told != "–":  # an area that has none of what is measured has no row
        held.hold(where, key, {"outcome": told})


def _hold_required(held: Held, row: Mapping[str, Cell]) -> None:
    """`Mått: 82 %, målet uppfyllt`, of the unit or the area that the requirement is for."""
    *_, whose = ["", *str(row["Gäller"]).split(", ")[:-1]]
    for line in str(row["Mått och senaste utfall"]).split("\n"):
        title, _, told = line.rpartition(": ")
        _hold_line(held, "book:requirements kravmatris", title, told, "" if whose == "Alla områden" else whose)


def _hold_planned(held: Held, row: Mapping[str, Cell]) -> None:
    """`Mått: 82 %`, of one unit or of all; `Mått: Norr 82 %, Söder ··` of several."""
    where, units = "book:plan uppfoljning_perioden", sorted({key[4] for key in held.rows if key[3] == "3"}, key=len)
    for line in str(row["Har kommit"]).split("\n"):
        title, _, told = re.sub(r" \((?:[^()]*\d{4}[^()]*)\)(?=: )", "", line).rpartition(": ")
        several = [(unit, told_of) for one in told.split(", ") for unit in units
                   for told_of in [one.removeprefix(f"{unit} ")] if told_of != one]  # fmt: skip
        for unit, told_of in several:
            _hold_line(held, where, title, told_of, unit)
        if not several:
            _hold_line(held, where, title, told, str(row["Enheter"]) if row["Enheter"] in units else "")


def _hold_beside_others(held: Held, where: str, metric: str, row: Mapping[str, Cell], names: Mapping[str, str]) -> None:
    for gender, heading in names.items():
        cell = row.get(heading, "–")
        if cell != "–":
            category = "" if gender == "Alla" else {"Kvinnor": "kvinna", "Män": "man"}[gender]
            place = {"breakdown": "gender", "category": category} if category else {}
            held.hold(where, held.key(metric, **place), {"outcome" if isinstance(cell, str) else "value": cell})
    if " av " in str(row["Underlag"]):
        held.hold(where, held.key(metric), {"base": row["Underlag"]})


def _hold_matrix(held: Held, where: str, row: list[Cell]) -> None:
    for column, cell in enumerate(row[1:], 1):
        category = held.category("incidents", "severity_recurrence", f"{str(row[0])[-1]} × {column}")
        told = re.sub(r"^\|?(låg|medel|hög):? ?", "", str(cell))
        if told != "–":
            key = held.key("incidents", breakdown="severity_recurrence", category=category)
            held.hold(where, key, {"outcome": told})


# --- the page -------------------------------------------------------------------------------------------------------


def _hold_page(held: Held, page: Page) -> None:
    for table in page.tables:
        if {"key", "aims"} & {*table.kinds}:
            _hold_aims(held, table)
        elif "levels" in table.kinds:
            _hold_levels(held, table)
        elif table.where == "avvikelsematris":
            for cells in table.rows[2:]:
                _hold_matrix(held, "page:matrix avvikelsematris", cells)
        elif table.where in held.metrics:
            _hold_of_metric(held, table)
            _hold_ours(held, table)
    for metric, heading, text in page.sentences:
        if metric in held.metrics:
            _hold_sentence(held, metric, heading, text)


def _hold_aims(held: Held, table: Table) -> None:
    where = f"page:{'summary' if 'key' in table.kinds else 'goals'} {table.name}"
    for row, _ in table.body():
        title, _, whose = str(row["Mått"]).partition("|")
        _hold_titled(held, where, title, whose.strip(" |"), row)


def _hold_titled(held: Held, where: str, title: str, whose: str, row: Mapping[str, Cell]) -> None:
    found = _titled(held, title)
    if found is None or row["Status"] == "–":
        return
    shown: dict[str, Cell] = {"outcome": str(row["Utfall"]).strip("|").partition("|")[0], "status": row["Status"]}
    if " av " in str(row["n av N"]):
        shown["base"] = row["n av N"]
    held.hold(where, held.key(found[0], **_whose(held, found, whose)), shown)


def _hold_levels(held: Held, table: Table) -> None:
    for (first, committee, programmes, *_), metric in list(zip(table.rows, table.links, strict=True))[1:]:
        assert first == held.metrics[metric].title
        outcome, _, status = str(committee).strip("|").partition("|")
        held.hold("page:levels nivaer", held.key(metric), {"outcome": outcome, "status": status})
        for line in str(programmes).strip("|").split("|"):
            org, _, told = line.rpartition(": ")
            if org:
                held.hold("page:levels nivaer", held.key(metric, level="2", org=org), {"outcome": told.strip()})


def _hold_ours(held: Held, table: Table) -> None:
    """Our own figure where it stands beside those of others."""
    metric = table.where
    for row, _ in table.body() if {"others", "exchange"} & {*table.kinds} else ():
        who = str(next(iter(row.values())))
        if who.endswith("(vi)") and not held.metrics[metric].headline_by:
            held.hold(f"page:exchange {table.name}", held.key(metric), {"outcome": row["Utfall"]})
        elif who.startswith("Vår siffra|"):
            names = {"Alla": "Alla", "Kvinnor": "Kvinnor", "Män": "Män"}
            _hold_beside_others(held, f"page:others {table.name}", metric, row, names)


def _page_shown(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """What a row of a metric's part tells; the base of a share or a distribution stands before the outcome."""
    names = {"n av N": "base", "Antal": "base", "Utfall": "outcome", "Osäkerhet, 95 %": "interval", "Mål": "aim",
             "Status": "status"}  # fmt: skip
    return {names[heading]: cell for heading, cell in list(row.items())[1:] if heading in names}


def _hold_of_metric(held: Held, table: Table) -> None:
    metric, by = table.where, held.metrics[table.where].headline_by
    title, programme = held.metrics[metric].title, "verksamhetsuppdrag"
    for row, _ in table.body() if {"facts", "compare"} & {*table.kinds} and "exchange" not in table.kinds else ():
        label = str(next(iter(row.values())))
        if "listing" in table.kinds:
            category = held.category(metric, by, label)
            place = {"breakdown": by, "category": category}
            if held.key(metric, **place) not in held.rows:
                org, category = held.placed(metric, "3", label)
                place = {"level": "3", "org": org, "breakdown": by, "category": category}
        elif "facts" in table.kinds:
            category = table.name.removeprefix(title).removeprefix(", ").rpartition(": utfall")[0].strip()
            place = {"window": _window(label)}
            if by:
                place |= {"breakdown": by, "category": held.category(metric, by, category.removeprefix(": "))}
        else:
            cut = table.name.removeprefix(f"{title}: ").rpartition(", ")[0]
            levels = {programme: "2", "enheter": "3"}
            if cut in levels:
                place = {"level": levels[cut], "org": label}
            else:
                breakdown = next((b for b in held.metrics[metric].breakdowns if _same(
                    words.breakdown_title(held.metrics[metric], b)) == _same(cut)), cut)  # fmt: skip
                place = {"breakdown": breakdown, "category": held.category(metric, breakdown, label)}
        kind = next(kind for kind in ("listing", "facts", "compare") if kind in table.kinds)
        held.hold(f"page:{kind} {table.name}", held.key(metric, **place), _page_shown(row))


def _hold_sentence(held: Held, metric: str, heading: str, text: str) -> None:
    by = held.metrics[metric].headline_by
    where = f"page:sentences {metric}"
    if by and not heading:
        for category, base, share in re.findall(r"”([^”]+)” \(([\d ]+ av [\d ]+), ([^)]+)\)", text):
            place = {"breakdown": by, "category": held.category(metric, by, category)}
            held.hold(where, held.key(metric, **place), {"base": base, "outcome": share})
        return
    key = held.key(metric, **_by_category(held, metric, held.category(metric, by, heading) if by else ""))
    row = held.rows.get(key)
    if row is None:
        held.faults.append(f"{where}: no row for {key}")
        return
    if row["suppressed"] == "true":
        held.hold(where, key, {"outcome": "skyddad" if text == words.TOO_FEW else text})
        return
    if not int(float(row["denominator"] or 0)):
        held.hold(where, key, {"outcome": "–" if not re.search(r"\d %|\d av \d", text) else text})
        return
    _hold_told(held, where, key, row, text)


_SHARES_TOLD = (
    r"(?:Andelen är )?(?P<base>[\d ,]+ av [\d ,]+) .*?\((?P<share>[\d,]+ %)\)",
    r"Andelen är (?P<share>[\d,]+ %) \((?P<base>[^)]+)\)",
)


def _hold_told(held: Held, where: str, key: Key, row: Row, text: str) -> None:
    if row["statistic"] == "share":
        found = next(filter(None, (re.match(pattern, text) for pattern in _SHARES_TOLD)), None)
        shown: dict[str, Cell] = {"base": found["base"], "outcome": found["share"]} if found else {"base": text}
        held.hold(where, key, shown)
    elif row["statistic"] in ("count", "persons"):
        held.hold(where, key, {"outcome": text.split(". ", maxsplit=1)[0]})
    for statistic, start in _OUTCOME_OF.items():
        found = re.search(rf"{start} ([\d ,]+)", text)
        if found:
            held.hold(where, (key[0], statistic, *key[2:]), {"outcome": found[1].strip(" ,")})
    target = re.search(r"Målet på (.+?) är ((?:inte |nästan )?uppfyllt)\.", text)
    if target:
        status = "målet uppfyllt" if target[2] == "uppfyllt" else target[2]
        held.hold(where, key, {"aim": target[1], "status": status})
    law = re.search(r"Lagkravet är uppfyllt i (\S+ av \S+) fall", text)
    if law:
        held.hold(where, key, {"status": f"lagkravet uppfyllt i {law[1]}"})


# --- what is in no results file: months, which page, workbook and charts tell each in its own way -------------------


def _month_faults(held: Held, page: Page, book: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Every month on the page with what is wrong with it against the workbook, if anything."""
    for table in page.tables:
        if table.where not in held.metrics or table.kinds != ("numbers",):
            continue
        metric, months = held.metrics[table.where], book.get(f"{table.where}_manad")
        body = months.body() if months else ()
        told = {" ".join(str(row["Månad"]).lower().split()[-2:]): row for row, _ in body}
        category = table.name.removeprefix(metric.title).removeprefix(", ").rpartition(": månad")[0]
        for row, _ in table.body():
            month = str(row.get("Tid", "")).partition("|")[0]
            if month in told:
                yield f"{table.name}, {month}", _month_fault(metric, category.strip(": "), row, told[month])


def _month_fault(metric: Metric, category: str, row: Mapping[str, Cell], told: Mapping[str, Cell]) -> str:
    base, outcome = str(row.get("n av N", row.get("Antal", ""))), row["Utfall"]
    if category:
        value = next(cell for heading, cell in told.items() if heading.startswith(f"{category} ("))
        return _shown_fault(outcome, value, metric)
    faults = [_shown_fault(outcome, _judged(metric, told), metric)]
    if "n, täljare (antal)" in told:
        n, _, whole = base.partition(" av ")
        faults += [_shown_fault(n, told["n, täljare (antal)"]), _shown_fault(whole or n, told["N, nämnare (antal)"])]
    return "; ".join(filter(None, faults))


def _judged(metric: Metric, told: Mapping[str, Cell]) -> Cell:
    if metric.judged.is_count:
        return list(told.values())[1]
    start = "Andel (" if metric.judged is Statistic.SHARE else f"{forms.capital(words.STATISTICS[metric.judged])} ("
    return next(cell for heading, cell in told.items() if heading.startswith(start))


def _shown_fault(text: Cell, value: Cell, metric: Metric | None = None) -> str:
    """A text of the page against a cell of the workbook."""
    fault = f"{text!r} and {value!r}"
    if isinstance(value, str):
        is_none = text in MARKS_OF_NOTHING and value in MARKS_OF_NOTHING
        return "" if is_none or (text in MARKS_OF_HIDDEN and value in MARKS_OF_HIDDEN) else fault
    shown = number(str(text))
    if shown is None:
        # Of nothing the page tells nothing, where the workbook tells that n and N are 0.
        return "" if value == 0 and text in MARKS_OF_NOTHING else fault
    scale = 100 if metric and metric.judged in (Statistic.SHARE, Statistic.AGREEMENT) else 1
    allowed = Decimal(5).scaleb(-shown[1] - 1) + Decimal("0.000001")
    return "" if abs(Decimal(repr(value)) * scale - shown[0]) <= allowed else fault


def _drawn_faults(held: Held, drawn: written_page.Page, book: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Every month that the page's charts draw, against the rows behind the workbook's charts."""
    lines = {(str(row[0]), str(row[1])): row for row in book["diagramunderlag"].rows[1:]}
    months = book["diagramunderlag"].headings
    for chart_id, (metric, heading) in drawn.drawn.items():
        line = lines.get((held.metrics[metric].title, heading or "Utfall")) if metric in held.metrics else None
        if line is None or not re.fullmatch(rf"{metric}-\d+", chart_id):
            continue
        for trace in drawn.charts[chart_id]["data"]:
            for day, value in zip(trace["x"], trace["y"], strict=True) if "markers" in trace.get("mode", "") else ():
                behind = line[months.index(day[:7])]
                is_same = behind == "" if value is None else behind != "" and abs(float(behind) - value) <= _DRAWN
                yield f"{chart_id} {day}", "" if is_same else f"drawn {value}, behind the chart {behind!r}"


_DRAWN = 0.00501  # points are drawn with two decimals, shares with four


# --- changes, and days in bands -------------------------------------------------------------------------------------


def _changes(held: Held, book: Mapping[str, Table]) -> dict[tuple[str, str, str], dict[str, Cell]]:
    """The workbook's rows that tell of a change, by metric, category and window; short names for their columns."""
    found = {}
    for metric, header in held.metrics.items():
        table = book.get(f"{metric}_utfall")
        for row, _ in table.body() if table else ():
            label = str(next(iter(row.values())))
            category, _, when = label.rpartition(". ") if header.headline_by else ("", "", label)
            named = {name: cell for start, name in (("Året innan", "before"), ("Förändring", "change"))
                     for heading, cell in row.items() if heading.startswith(start)}  # fmt: skip
            if named:
                found[metric, _same(category), _window(when)] = {**row, **named}
    return found


def _change_faults(held: Held, page: Page, book: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Every change: of a count against the two rows' numbers; as the page tells it; of a day against its month."""
    changes, told = _changes(held, book), _told_changes(held, page)
    for key, row in changes.items():
        metric, change = held.metrics[key[0]], row["change"]
        if metric.judged.is_count and not isinstance(change, str):
            now = list(row.values())[1]
            assert isinstance(now, int | float)
            assert isinstance(row["before"], int | float)
            yield f"{key}: counted", "" if now - row["before"] == change else f"{now} − {row['before']} is not {change}"
        if key in told:
            yield f"{key}: page", _told_fault(told[key], row)
        if key[2] == "stock" and not metric.headline_by and not isinstance(change, str):
            yield f"{key}: day", _day_fault(metric, row, book[f"{key[0]}_manad"])


def _told_changes(held: Held, page: Page) -> dict[tuple[str, str, str], str]:
    found = {}
    for table in page.tables:
        if table.where in held.metrics and "facts" in table.kinds and "Förändring" in table.headings:
            title = held.metrics[table.where].title
            category = table.name.removeprefix(title).removeprefix(", ").rpartition(": utfall")[0].strip(": ")
            for row, _ in table.body():
                window = _window(str(next(iter(row.values()))))
                found[table.where, _same(category), window] = str(row["Förändring"])
    return found


def _told_fault(text: str, row: Mapping[str, Cell]) -> str:
    first, change = text.strip("| ").partition("|")[0], row["change"]
    fault = f"{first!r} and {change!r}"
    shown = number(first.replace("ett år", ""))
    if isinstance(change, str) or shown is None:
        is_none = first.strip() in ("–", "går inte att jämföra", "")
        return "" if (isinstance(change, str) and is_none) or (first.strip() == "oförändrat" and change == 0) else fault
    is_relative = "%" in first
    wanted = Decimal(repr(change)) / Decimal(repr(row["before"])) * 100 if is_relative else Decimal(repr(change))
    return "" if abs(wanted - shown[0]) <= Decimal(5).scaleb(-shown[1] - 1) + Decimal("0.0001") else fault


def _day_fault(metric: Metric, row: Mapping[str, Cell], months: Table) -> str:
    """A change on a day is against that day a year ago, which is a row of the table of days."""
    then = next(one for one, _ in months.body() if str(one["Månad"]).endswith("augusti 2025"))
    value, now = _judged(metric, then), _judged(metric, row)
    if isinstance(value, str):
        return ""
    scale = 100 if metric.judged in (Statistic.SHARE, Statistic.AGREEMENT) else 1
    change = (Decimal(repr(now)) - Decimal(repr(value))) * scale
    return "" if abs(change - Decimal(repr(row["change"]))) <= Decimal("0.01") else f"{change} and {row['change']}"


def _band_faults(held: Held, page: Page, book: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Every band and remaining share on the page against the workbook's; all bands together against the base."""
    for metric, header in held.metrics.items():
        for region in (_BANDS, _COURSE):
            table = book.get(f"{metric}_{region}")
            rows = [list(row.values()) for row, _ in table.body()] if table else []
            labelled = rows if header.headline_by else [["", *row] for row in rows]
            shown = _bands_of_page(page, metric, region)
            yield f"{metric} {region}: rows", "" if len(shown) == len(rows) else f"{len(shown)} and {len(rows)}"
            for (of, label, *texts), (area, name, *values) in zip(shown, labelled, strict=False):
                same = (_same(of), label) == (_same(str(area)), str(name) if region == _BANDS else f"{name} dagar")
                share = "" if _shown_fault(texts[-1], values[-1], held.metrics["plan_current"]) == "" else texts[-1]
                fault = (_shown_fault(texts[0], values[0]) if region == _BANDS else "") or share
                yield f"{metric} {region} {of} {label}", fault if same else f"{of} {label} is {area} {name}"
            if region == _BANDS:
                yield from _whole_faults(held, metric, labelled)


def _bands_of_page(page: Page, metric: str, region: str) -> list[list[str]]:
    question = {_BANDS: "hur fördelar sig antalet dagar?", _COURSE: "hur stor andel återstår efter så många dagar?"}
    return [
        [table.name.partition("? ")[2], *map(str, cells)]
        for table in page.tables
        if table.where == metric and "bands" in table.kinds and question[region] in table.name
        for cells in table.rows[1:]
    ]


def _whole_faults(held: Held, metric: str, rows: list[list[Cell]]) -> Iterator[tuple[str, str]]:
    for area in dict.fromkeys(str(row[0]) for row in rows):
        numbers = [row[2] for row in rows if row[0] == area]
        by = held.metrics[metric].headline_by
        whole = held.rows[
            held.key(metric, **({"breakdown": by, "category": held.category(metric, by, area)} if by else {}))
        ]
        if not any(isinstance(one, str) for one in numbers):
            same = sum(map(int, numbers)) == int(whole["denominator"])
            yield f"{metric} {area}: all bands", "" if same else f"{numbers} and {whole['denominator']}"


# --- the tests ------------------------------------------------------------------------------------------------------


def test_every_figure_of_the_workbook_is_that_of_the_results(held: Held, book: dict[str, Table]):
    _hold_book(held, book)
    assert not held.faults, "\n".join(held.faults[:40])
    assert sum(held.counts.values()) > 9000, held.counts
    fewest = {"goals": 80, "plan": 25, "requirements": 10, "activities": 10, "controls": 8}
    assert all(held.counts[f"book:{sheet}"] >= number for sheet, number in fewest.items()), held.counts


def test_every_figure_of_the_page_is_that_of_the_results(held: Held, page: Page):
    _hold_page(held, page)
    assert not held.faults, "\n".join(held.faults[:40])
    assert sum(held.counts.values()) > 2500, held.counts


def test_every_figure_that_must_stand_in_the_workbook_does(held: Held, book: dict[str, Table]):
    """All totals in all windows and statistics; each breakdown, programme and unit in the judged window."""
    _hold_book(held, book)
    told = set().union(*held.keys.values())
    lacking = [key for key, row in held.rows.items() if _must_stand(held, key, row) and key not in told]
    assert not lacking, lacking[:20]


def _must_stand(held: Held, key: Key, row: Row) -> bool:
    metric, statistic, window, level, _, breakdown, _ = key
    header = held.metrics[metric]
    if header.headline_by or not (row["suppressed"] == "true" or row["denominator"] not in ("", "0")):
        return False
    if level == "1" and not breakdown:
        return True
    is_judged = statistic == header.judged.value and window == held.judged_window(metric)
    return is_judged and (not breakdown if level != "1" else breakdown in header.breakdowns)


def test_every_total_stands_on_the_page_in_every_window(held: Held, page: Page):
    _hold_page(held, page)
    told = set().union(*held.keys.values())
    totals = [key for key in held.rows if key[3] == "1" and not key[5] and not held.metrics[key[0]].headline_by]
    judged = [key for key in totals if key[1] == held.metrics[key[0]].judged.value and held.rows[key]["denominator"]]
    assert [key for key in judged if key not in told and held.rows[key]["denominator"] != "0"] == []
    assert len(judged) > 80


def test_months_are_the_same_on_the_page_and_in_the_workbook(held: Held, page: Page, book: dict[str, Table]):
    found = dict(_month_faults(held, page, book))
    assert not any(found.values()), [f"{where}: {fault}" for where, fault in found.items() if fault][:20]
    assert len(found) > 500


def test_charts_draw_the_months_behind_those_of_the_workbook(held: Held, committee: Path, book: dict[str, Table]):
    drawn = written_page.read((committee / "rapport-DEMODATA.html").read_text(encoding="utf-8"))
    found = dict(_drawn_faults(held, drawn, book))
    assert not any(found.values()), [f"{where}: {fault}" for where, fault in found.items() if fault][:20]
    assert len(found) > 500


def test_changes_follow_from_the_rows_and_are_the_same_on_the_page(held: Held, page: Page, book: dict[str, Table]):
    found = dict(_change_faults(held, page, book))
    assert not any(found.values()), [f"{where}: {fault}" for where, fault in found.items() if fault][:20]
    counts = Counter(where.rpartition(": ")[2] for where in found)
    assert all(counts[way] > fewest for way, fewest in (("counted", 15), ("page", 80), ("day", 10))), counts


def test_days_in_bands_are_the_same_and_make_up_the_whole(held: Held, page: Page, book: dict[str, Table]):
    found = dict(_band_faults(held, page, book))
    assert not any(found.values()), [f"{where}: {fault}" for where, fault in found.items() if fault][:20]
    assert len(found) > 60
    assert sum(where.endswith("all bands") for where in found) > 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("mal", "Utfall"),
        ("jamforelser_matt", "Alla"),
        ("innehall", "n, täljare (antal)"),
        ("investigation_within_120_days_utfall", "Osäkerhet, 95 %, högst (%)"),
        ("plan_current_niva3", "Andel (%)"),
        ("referrals_gender", "Aktualiseringar (antal)"),
        ("investigation_days_utfall", "Median (dagar)"),
    ],
)
def test_a_cell_that_differs_is_found(held: Held, book: dict[str, Table], table: str, column: str):
    given = book[table]
    at = given.headings.index(column)
    changed = [list(row) for row in given.rows]
    row = next(row for row in changed[1:] if isinstance(row[at], int | float))
    row[at] = float(row[at]) + 0.01
    _hold_book(held, {**book, table: replace(given, rows=changed)})
    assert len(held.faults) == 1


def test_a_hidden_figure_that_is_told_is_found(held: Held, page: Page):
    table = next(one for one in page.tables if "compare" in one.kinds and any("skyddad" in row for row in one.rows))
    row = next(row for row in table.rows if "skyddad" in row)
    changed = [["17" if cell == "skyddad" else cell for cell in one] if one is row else one for one in table.rows]
    others = [replace(table, rows=changed) if one is table else one for one in page.tables]
    _hold_page(held, Page(others, page.sentences))
    assert held.faults


def test_a_sentence_that_differs_is_found(held: Held, page: Page):
    metric, heading, text = next(one for one in page.sentences if re.match(r"\d+ av \d+ ", one[2]))
    _hold_page(held, Page([], [(metric, heading, re.sub(r"^\d+", lambda found: str(int(found[0]) + 1), text))]))
    assert held.faults
