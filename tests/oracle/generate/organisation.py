"""Rows of measurements, activities, controls and the plans of the organisation itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .chance import SAME_DAY, Chance, Record

STATUSES = ("genomfört", "genomfört", "delvis genomfört", "ej genomfört", "ej bedömt")
OUTCOMES = (None, "ingen avvikelse", "ingen avvikelse", "mindre avvikelse", "stor avvikelse", "ej utförd")


def measurements(chance: Chance) -> list[Record]:
    """Parts of a whole, plain values, and some of both; in one unit or several, once or on several days."""
    rows = []
    for measure, share_of_parts in (("Brukartid", 1.0), ("Platser i kö", 0.0), ("Sjukfrånvaro", 0.5), ("Tomt", 0.0)):
        for unit in sorted({chance.unit() for _ in range(chance.choice((1, 1, 2, 3)))}):
            for day in _days(chance):
                row: Record = {"measure": measure, "unit": unit, "date": day}
                if chance.is_so(share_of_parts):
                    row["numerator"] = chance.maybe(0.9, chance.choice((0, 3, 7, "12,5", "0,3", 40, "33,4")))
                    row["denominator"] = chance.maybe(0.9, chance.choice((0, 10, 12, "12,5", "33,3")))
                row["value"] = chance.maybe(0.6 if measure != "Tomt" else 0, chance.choice((0, 8, "-2,5", "17,345")))
                rows.append(row)
    return rows


def activities(chance: Chance) -> list[Record]:
    """Several dated rows each; some belong to no unit."""
    rows = []
    for goal in ("Kortare utredningstid", "Fler delaktiga"):
        for activity in ("Nya rutiner", "Utbildning", "Kollegial granskning"):
            for unit in _units_or_none(chance):
                rows += [
                    {
                        "goal": goal,
                        "activity": activity,
                        "metrics": chance.choice((None, "plan_current")),
                        "responsible": "enhetschefen",
                        "unit": unit,
                        "due": chance.last_day + timedelta(days=30),
                        "status": chance.choice(STATUSES),
                        "goal_status": chance.maybe(0.2, chance.choice(STATUSES)),
                        "date": day,
                    }
                    for day in _days(chance)
                ]
    return rows


def controls(chance: Chance) -> list[Record]:
    """Samples without a number of deviations, with none, and no samples; some belong to no unit."""
    rows = []
    for risk, control in (("Fel behörighet", "Loggar"), ("Fel behörighet", "Listor"), ("Fel delegat", "Beslut")):
        for unit in _units_or_none(chance):
            for day in _days(chance):
                sampled = chance.choice((None, 0, 1, 5, 24, 76))
                deviating = chance.maybe(0.6, chance.random.randint(0, sampled or 0))
                rows.append(
                    {
                        "risk": risk,
                        "control": control,
                        "unit": unit,
                        "date": day,
                        "probability": 3,
                        "consequence": chance.maybe(0.8, 2),
                        "sampled": sampled,
                        "deviating": deviating,
                        "outcome": chance.choice(OUTCOMES),
                    }
                )
    return rows


def followup_plan(chance: Chance) -> list[Record]:
    """Follow-ups, of which one is by a unit that stands nowhere else."""
    return [
        {
            "area": "Delaktighet",
            "unit": unit,
            "definition": f"Uppföljning {number}",
            "method": "Aktgranskning",
            "level": "individ",
            "responsible": "Kvalitetsenheten",
            "schedule": "T1, T2, T3",
            "kind": "process",
        }
        for number, unit in enumerate(("Kvalitetsenheten", chance.unit()))
    ]


def requirements(chance: Chance) -> list[Record]:
    """Requirements of all units, and of one that stands nowhere else."""
    return [
        {
            "regulation": "SOSFS 2011:9",
            "requirement": f"Krav {number}",
            "unit": unit,
            "revised": chance.day(SAME_DAY),
            "next_revision": chance.edge(),
        }
        for number, unit in enumerate((None, "Juridiska enheten"))
    ]


def goals(chance: Chance) -> list[Record]:
    """Targets of all units, and of one that stands nowhere else."""
    return [
        {
            "delivery": f"Leveransmål {number}",
            "metric": "plan_current",
            "statistic": "andel",
            "unit": unit,
            "target": chance.choice((90, "92,5")),
            "better": "högre",
        }
        for number, unit in enumerate((None, "Planenheten"))
    ]


def _days(chance: Chance) -> list[date]:
    return sorted({chance.day(SAME_DAY) for _ in range(chance.choice((1, 1, 2, 3)))})


def _units_or_none(chance: Chance) -> Iterator[str | None]:
    if chance.is_so(0.5):
        yield None
    yield from sorted({chance.unit() for _ in range(chance.choice((0, 1, 2)))})
