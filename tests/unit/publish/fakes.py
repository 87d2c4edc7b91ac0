"""An invented committee's figures for tests of what is published: small, fixed, and protected by the real rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from math import sin
from typing import Any

from pipeline.config import Committee, Config, Disclosure, Limits, Municipality, ReportCover, Target
from pipeline.disclosure import PublicFigures
from pipeline.judging import judge
from pipeline.model import (
    Citation,
    Figure,
    Figures,
    FileAccount,
    Key,
    Metric,
    Quality,
    Rejection,
    Rule,
    RunInfo,
    Statistic,
    Warned,
)
from pipeline.periods import Period, Window, windows
from pipeline.publish.report import Report
from pipeline.statistics import wilson
from tests.answers import protect

PERIOD = Period.parse("2026T2")
COMMITTEE = "Socialnämnden"
UNITS = {
    "Mottagningen": "Barn och familj",
    "Utredning Norr": "Barn och familj",
    "Utredning Söder": "Barn och familj",
    "Lilla enheten": "Barn och familj",
    "Daglig verksamhet Ängen": "Funktionsstöd",
    "Hemtjänsten Öst": "Vård och omsorg",
    "Särskilda boendet Solgläntan med korttidsplatser": "Vård och omsorg",
}
AREAS = {"Barn och familj": "Barn och unga", "Funktionsstöd": "Funktionshinder", "Vård och omsorg": "Äldreomsorg"}
SMALL_UNIT = "Lilla enheten"


def config(limits: Limits | None = None, disclosure: Disclosure | None = None, **cover: str) -> Config:
    """A configuration with two targets, one of them per area."""
    return Config(
        municipality=Municipality(name="Exempelköping", code="9999"),
        committee=Committee(name=COMMITTEE),
        report=ReportCover(**cover),
        limits=limits or Limits(),
        disclosure=disclosure or Disclosure(),
        targets=(
            Target(metric="investigation_within_120_days", value=90),
            Target(metric="investigation_days", value=90, area="Barn och unga"),
            Target(metric="plan_current", value=75),
            Target(metric="plan_in_force", value=95),
        ),
    )


def metric(metric_id: str = "investigation_within_120_days", **changes: object) -> Metric:
    """One metric by id, with fields replaced."""
    return replace(metrics()[metric_id], **changes)  # type: ignore[arg-type]


def metrics() -> dict[str, Metric]:
    """Metrics of every shape: share with target, demanded by law, lower is better, count, distribution, missing."""
    return {one.metric_id: one for one in _METRICS}


@cache
def figures() -> PublicFigures:
    """Judged and protected figures of all the metrics."""
    return protect(internal_figures(), metrics(), config())


@cache
def internal_figures() -> Figures:
    """The same figures, judged but not protected."""
    every = {window.window_id: window for window in windows(PERIOD)}
    grid = {figure.key: figure for one in _METRICS for figure in _figures_of(one, every)}
    found = Figures(
        period=PERIOD,
        windows=every,
        figures=grid,
        changes={},
        missing={"plan_in_force": "Ingen fil med genomförandeplaner har levererats."},
        omitted={"investigation_within_120_days": ("Utredningstyp (utredningar)",)},
        programmes={unit: frozenset({programme}) for unit, programme in UNITS.items()},
    )
    return judge(found, metrics(), config())


def quality() -> Quality:
    """Two files, one rejected row with a person value that must never be published, one warning."""
    return Quality(
        files=(
            _account("aktualiseringar_2026-09-03.csv", "referrals", 4210, 4171, 29, 8, 2, date(2026, 9, 3)),
            _account("utredningar_2026-08-28.xlsx", "investigations", 1804, 1790, 14, 0, 0, date(2026, 8, 28)),
        ),
        rejections=(
            Rejection(
                extract="investigations", file="utredningar_2026-08-28.xlsx", sheet="Blad1", row=17, column="closed",
                heading="Avslutad", value="2026-02-31", rule="date", reason="Datumet går inte att läsa.",
                key="UTR-HEMLIG-17", unit="Utredning Norr",
            ),
        ),
        warnings=(
            Warned("investigations", "unit", "Enheten finns inte i enhetsregistret.", 12, ("UTR-HEMLIG-18",)),
            Warned(
                "investigations", "not_final",
                "Utdraget med utredningar är från 2026-08-28, före periodens sista dag 2026-08-31.", 1,
            ),
        ),
        columns={},
    )  # fmt: skip


def run_info(demo: bool = False) -> RunInfo:
    """What identifies the run."""
    return RunInfo(
        run_id="3f9a0c2b71de", version="0.1.0", today=date(2026, 9, 10), demo=demo, config_sha256="ab" * 32,
        inputs=quality().files,
    )  # fmt: skip


def report(demo: bool = False, **changes: Any) -> Report:
    """What the committee's page and workbook are made of, with parts replaced."""
    given = {
        "figures": figures(), "metrics": metrics(), "config": config(), "quality": quality(), "run": run_info(demo),
    }  # fmt: skip
    return Report(**{**given, **changes})  # type: ignore[arg-type]


def _account(
    file: str, extract: str, read: int, loaded: int, rejected: int, duplicates: int, superseded: int, delivered: date
) -> FileAccount:
    return FileAccount(
        file=file, extract=extract, sha256="0123456789abcdef" * 4, delivered=delivered, encoding="utf-8", sheets=(),
        read=read, loaded=loaded, rejected=rejected, duplicates=duplicates, superseded=superseded, skipped=(),
        ignored_columns=(),
    )  # fmt: skip


# --- metrics --------------------------------------------------------------------------------------------------------

_OLD, _NEW = "11 kap. 2 § socialtjänstlagen (2001:453)", "20 kap. 3 § socialtjänstlagen (2025:400)"
_CHILD_LAW = (
    Rule(
        "child_investigation_time",
        "Utredningen ska vara klar inom fyra månader.",
        (
            Citation(_OLD, valid_to=date(2025, 6, 30), source="allmän kännedom"),
            Citation(_NEW, valid_from=date(2025, 7, 1), source="Svensk författningssamling", verified=True),
        ),
    ),
)


def _metric(metric_id: str, title: str, section: str, question: str, **fields: object) -> Metric:
    given: dict[str, object] = {
        "numerator": "", "denominator": "", "unit": "andel", "kind": "process", "quality_area": "delaktighet",
        "better": "higher", "flow": True, "statistics": (Statistic.SHARE,), "judged": Statistic.SHARE,
        "breakdowns": ("area", "gender"), "demanded_by_law": False, "child_scope": False, "needs": {}, "refines": {},
        "law": (), "kpis": (), "owner": "Kvalitetsenheten", "choices": (), "per": "", "verb": "",
        "noun": ("utredning", "utredningar"), "nothing": "Det fanns inget att mäta under perioden.",
        "limit_days": None, "limit_name": "", "sql": "select 1", "sha256": "cd" * 32,
    }  # fmt: skip
    return Metric(metric_id=metric_id, title=title, section=section, question=question, **(given | fields))  # type: ignore[arg-type]


_REFERRALS, _INVESTIGATIONS = "Aktualiseringar och förhandsbedömningar", "Utredningar"
_PLANS, _DECISIONS = "Genomförandeplaner", "Beslut och verkställighet"
_METRICS = (
    _metric(
        "referrals", "Aktualiseringar", _REFERRALS, "Hur många aktualiseringar kommer in?",
        unit="antal", better="", statistics=(Statistic.COUNT, Statistic.PERSONS), judged=Statistic.COUNT,
        denominator="Aktualiseringar som kom in under perioden.", breakdowns=("area", "gender", "kind"),
        noun=("aktualisering", "aktualiseringar"), verb="kom in", nothing="Inga aktualiseringar kom in under perioden.",
    ),
    _metric(
        "preassessment_within_14_days", "Förhandsbedömningar inom 14 dagar", _REFERRALS,
        "Hur stor andel av anmälningarna bedöms inom 14 dagar?", child_scope=True, demanded_by_law=True,
        statistics=(Statistic.SHARE, Statistic.SPECIAL_REASONS), law=_CHILD_LAW, kpis=("U33401",),
        numerator="Beslut inom 14 dagar från att anmälan kom in.",
        denominator="Anmälningar om barn vars fjortonde dag infaller under perioden.",
        noun=("förhandsbedömning", "förhandsbedömningar"), verb="blev klara inom 14 dagar",
        nothing="Ingen förhandsbedömning skulle ha varit klar under perioden.",
    ),
    _metric(
        "investigation_within_120_days", "Barnutredningar avslutade inom 120 dagar", _INVESTIGATIONS,
        "Hur stor andel blir klara inom 120 dagar?", child_scope=True, verb="avslutades inom 120 dagar",
        numerator="Utredningar som avslutades inom 120 dagar.",
        denominator="Barnutredningar som avslutades under perioden.",
        breakdowns=("area", "gender", "age_group"), choices=("Samma dag räknas som 0 dagar.",),
    ),
    _metric(
        "investigation_days", "Utredningstid", _INVESTIGATIONS, "Hur lång tid tar en utredning?",
        unit="dagar", better="lower", statistics=(Statistic.MEAN, Statistic.MEDIAN, Statistic.P90),
        judged=Statistic.MEAN, verb="avslutades", limit_days=120, limit_name="120 dagar", headline_by="area",
        denominator="Utredningar som avslutades under perioden.",
    ),
    _metric(
        "investigation_open_over_allowed_time", "Barnutredningar öppna längre än lagen tillåter", _INVESTIGATIONS,
        "Hur stor andel av de öppna utredningarna är försenade?", flow=False, better="lower", demanded_by_law=True,
        child_scope=True, law=_CHILD_LAW, noun=("öppen barnutredning", "öppna barnutredningar"),
        verb="hade passerat den tillåtna tiden", nothing="Ingen barnutredning var öppen.",
    ),
    _metric(
        "plan_current", "Aktuella genomförandeplaner", _PLANS, "Hur stor andel har en aktuell plan?", flow=False,
        noun=("insats", "insatser"), verb="hade en aktuell plan",
        breakdowns=("area", "gender", "provider_type", "service"),
    ),
    _metric(
        "plan_in_force", "Gällande genomförandeplaner", _PLANS, "Hur stor andel har en gällande plan?", flow=False,
        noun=("insats", "insatser"), verb="hade en gällande plan",
    ),
    _metric(
        "decision_unexecuted_over_3_months", "Beslut som inte verkställts inom tre månader", _DECISIONS,
        "Hur stor andel av de väntande besluten har väntat för länge?", flow=False, better="lower",
        demanded_by_law=True, statistics=(Statistic.SHARE, Statistic.PERSONS, Statistic.LONGEST_WAIT),
        noun=("väntande beslut", "väntande beslut"),
        verb="hade väntat längre än tre månader", breakdowns=("area", "gender", "law", "wait"),
    ),
    _metric(
        "sip_participation", "Delaktighet i samordnad plan", _DECISIONS, "Deltar den enskilde?",
        noun=("plan", "planer"), nothing="Ingen samordnad plan upprättades under perioden.",
    ),
)  # fmt: skip

# --- figures --------------------------------------------------------------------------------------------------------

# How often a case is a hit, and the cases a month, by metric; the course over the years is a slow wave.
_RATES = {
    "preassessment_within_14_days": (0.93, 40), "investigation_within_120_days": (0.72, 16),
    "investigation_open_over_allowed_time": (0.16, 60), "plan_current": (0.76, 420),
    "decision_unexecuted_over_3_months": (0.28, 24), "sip_participation": (0.9, 0), "referrals": (0.0, 170),
    "investigation_days": (0.0, 31),
}  # fmt: skip
_CATEGORIES = {
    "gender": (("kvinna", 0.47), ("man", 0.52), ("okänt", 0.01)),
    "age_group": (("0–6", 0.3), ("7–12", 0.35), ("13–17", 0.35)),
    "kind": (("anmälan", 0.6), ("begäran om familjehemsutredning", 0.4)),
    "provider_type": (("egen", 0.7), ("privat", 0.3)),
    "service": (("boendestöd", 0.35), ("hemtjänst", 0.64), ("ledsagning", 0.01)),
    "law": (("SoL", 0.6), ("LSS", 0.4)),
    "wait": (("avbruten", 0.25), ("ej påbörjad", 0.75)),
}
_UNIT_SHARES = (0.2, 0.33, 0.3, 0.01, 0.3, 0.4, 0.29)


def _figures_of(one: Metric, every: Mapping[str, Window]) -> Iterator[Figure]:
    for window in every.values():
        if (window.kind == "stock") == one.flow:
            continue
        if one.metric_id == "plan_in_force":
            if window.series == "report":
                yield Figure(Key(one.metric_id, one.judged, window.window_id, 1, COMMITTEE), window.ends)
            continue
        rate, cases = _RATES[one.metric_id]
        months = round(((window.ends - window.starts).days + 1) / 30.4) if one.flow else 1
        rows = cases * months
        rate += 0.05 * sin(window.ends.toordinal() / 130) + (0.09 if window.ends.year == 2026 and rate > 0.8 else 0)
        for *place, part in _places(one, window):
            yield from _cell(one, window, tuple(place), round(rows * part), rate + (part % 0.07))


def _places(one: Metric, window: Window) -> Iterator[tuple[int, str, str, str, float]]:
    programmes = ["Barn och familj"] if one.child_scope else list(AREAS)
    yield 1, COMMITTEE, "", "", 1.0
    for number, programme in enumerate(programmes):
        part = 1.0 if one.child_scope else (0.5, 0.2, 0.3)[number]
        if window.series in ("month", "part", "report", "last_year", "last_tertial"):
            yield 1, COMMITTEE, "area", AREAS[programme], part
        if window.series in ("report", "last_year"):
            yield 2, programme, "", "", part
    if window.series != "report":
        return
    for (unit, programme), part in zip(UNITS.items(), _UNIT_SHARES, strict=True):
        yield 3, unit, "", "", part if programme in programmes else 0.0
    for breakdown in one.breakdowns:
        for category, part in _CATEGORIES.get(breakdown, ()):
            yield 1, COMMITTEE, breakdown, category, part


def _cell(one: Metric, window: Window, place: tuple[Any, ...], n: int, rate: float) -> Iterator[Figure]:
    level, org, breakdown, category = place
    hits = min(n, round(n * min(rate, 1.0)))
    for statistic in one.statistics:
        key = Key(one.metric_id, statistic, window.window_id, level, org, breakdown, category)
        if statistic is Statistic.SHARE:
            low, high = wilson(hits, n) if n else (None, None)
            yield Figure(key, window.ends, hits, n, round(hits / n, 6) if n else None, low, high)
        elif statistic.is_count:
            count = n if statistic is Statistic.COUNT else round(n * 0.1)
            yield Figure(key, window.ends, denominator=count, value=float(count))
        else:
            days = {Statistic.MEAN: 97.4, Statistic.MEDIAN: 88.0, Statistic.P90: 141.0}.get(statistic, 412.0)
            value = round(days * (1 + rate), 2) if n else None
            yield Figure(key, window.ends, denominator=n, value=value, deviation=30.0)
