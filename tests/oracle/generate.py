"""Small random extracts that crowd around every limit of the catalogue: a seed gives the same folder every time.

The rows are clean (nothing that the row rules reject, except a few conflicting keys), so that every difference between
two implementations is a difference in the figures' definitions.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from .days import add_months, windows
from .extracts import HEADINGS, KEYS, REQUIRED
from .writing import write

TODAY = date(2026, 1, 2)
TOMORROW = TODAY + timedelta(days=1)
PERIODS = ("2024T1", "2025T2", "2025T3", "2025")

Record = dict[str, Any]

AREAS = ("Barn och unga", "Barn och unga", "Barn och unga", "Äldreomsorg", "Funktionsnedsättning", "Ekonomiskt bistånd")
SERVICES = (
    "hemtjänst",
    "hemtjänst",
    "boendestöd",
    "boendestöd",
    "daglig verksamhet",
    "Trygghetslarm",
    "matdistribution",
)
INVESTIGATION_KINDS = (None, "barnavårdsutredning", "barnavårdsutredning", "Vårdnad", "ekonomiskt bistånd", "LSS")
SOURCES = (None, "skola", "polis", "hälso- och sjukvård")
DELAYS = (None, "bostad saknas", "saknar personal")
UNITS = ("Barnenheten", "Familjeenheten Öst", "Vuxenenheten", "Hemtjänst Söder", "Åängens boende")
OUTSIDE_REGISTER = ("Nya mottagningen", "Resursteamet")
PROVIDERS = ("Hemtjänst Söder", "Åängens boende", "Omsorg & Trygghet AB")
PROGRAMMES = ("Individ och familj", "Vård och omsorg", "Stöd i vardagen")

# Days and months between the two dates that a limit compares.
Span = tuple[int, int]
SAME_DAY, A_YEAR = (0, 0), (0, 12)
MONTH_ENDS = (date(2024, 2, 29), date(2024, 2, 28), date(2025, 2, 28), date(2024, 10, 31), date(2025, 5, 31))
CARELESSLY_SPELT = (
    "unit",
    "area",
    "programme",
    "kind",
    "service",
    "source",
    "delay_reason",
    "gender",
    "outcome",
    "result",
)


def own_period(seed: int) -> str:
    """The period whose first and last days a seed's rows crowd around."""
    return PERIODS[seed // 4 % 4]


def generate(folder: Path, seed: int) -> None:
    """Write the seed's extracts to an existing, empty folder."""
    _Municipality(random.Random(seed), seed).write(folder)


class _Municipality:
    """One seed's world; `seed` besides decides which of the rarer troubles it has."""

    def __init__(self, chance: random.Random, seed: int) -> None:
        self.chance = chance
        self.seed = seed
        flows, stock = windows(own_period(seed))
        self.last_day = stock.ends
        # The last day of each window, the day before its first, and both a year earlier.
        self.edges = [
            day
            for window in (*flows, *(flow.a_year_back() for flow in flows))
            for day in (window.ends, window.starts - timedelta(days=1))
        ]
        self.persons = [f"P{number:03}" for number in range(1, chance.randint(8, 40))] + ["20150316-2381"]
        self.has_systems = seed % 6 == 1
        self.has_same_ids = seed % 12 == 1  # in both systems; else some rows do not tell their system
        self.plan_systems: dict[str, str | None] = {}

    def write(self, folder: Path) -> None:
        self.investigations = self.many(self.investigation)
        self.referrals = self.many(self.referral)
        self.decisions = self.many(self.decision) + [self.decision(number) for number in range(5 * self.has_same_ids)]
        self.plans: list[Record] = []
        for number in range(self.size()):
            self.plans += self.plan(number)
        tables = {
            "units": self.units(),
            "referrals": self.referrals,
            "investigations": self.investigations,
            "decisions": self.decisions,
            "plans": self.plans,
        }
        for extract, rows in tables.items():
            for row in rows:
                self.add_the_common(extract, row)
            self.spell_carelessly(extract, rows)
        left_out = self.left_out_extract()
        for extract, rows in tables.items():
            if extract != left_out:
                self.write_files(folder, extract, rows)

    # Files ------------------------------------------------------------------------------------------------------------

    def left_out_extract(self) -> str | None:
        return self.chance.choice(list(HEADINGS)) if self.seed % 7 == 3 else None

    def write_files(self, folder: Path, extract: str, rows: list[Record]) -> None:
        """One file, or two of which the later corrects rows of the earlier."""
        columns = self.columns(extract)
        # Rows that differ in no delivered column, or share a key, would be duplicates and conflicts by accident.
        keys = [column for column in (*KEYS[extract], "source_system") if column in columns]
        rows = list({tuple(str(row.get(column) or "").lower() for column in keys): row for row in rows}.values())
        if self.seed % 5 == 2 and len(rows) > 4:
            older = [dict(row) for row in self.chance.sample(rows, len(rows) // 3)]
            for row in older:
                for column in ("area", "gender"):
                    if column in row:
                        row[column] = self.chance.choice([row[column], "Äldreomsorg" if column == "area" else "man"])
            kept = [row for row in rows if self.chance.random() < 0.8]
            write(folder, extract, older, columns, "_2025-12")
            write(folder, extract, self.with_repeats(extract, kept), columns, "_2026-01")
        else:
            write(folder, extract, self.with_repeats(extract, rows), columns)

    def with_repeats(self, extract: str, rows: list[Record]) -> list[Record]:
        """Some rows twice (they count once); in large files one key twice with different contents (neither counts)."""
        rows = [*rows, *self.chance.sample(rows, min(2, len(rows)))]
        if len(rows) > 48 and extract in ("referrals", "investigations", "decisions"):
            conflict = dict(self.chance.choice(rows))
            conflict["area"] = "Funktionsnedsättning" if conflict["area"] != "Funktionsnedsättning" else "Äldreomsorg"
            rows.append(conflict)
        return rows

    def columns(self, extract: str) -> list[str]:
        """All columns, or without some optional ones. A key is never dropped: its rows would clash."""
        drop = 0.15 if self.seed % 4 == 3 else 0.0
        return [
            column
            for column in HEADINGS[extract]
            if not (column == "source_system" and not self.has_systems)
            if column in REQUIRED[extract] or column in KEYS[extract] or self.chance.random() >= drop
        ]

    # Values -----------------------------------------------------------------------------------------------------------

    def size(self) -> int:
        return self.chance.randint(5, 60)

    def many(self, make: Any) -> list[Record]:
        return [make(number) for number in range(self.size())]

    def edge(self) -> date:
        """The last day in some window, or the day after it."""
        way = self.chance.random()
        day = self.last_day if way < 0.55 else self.chance.choice(self.edges if way < 0.88 else MONTH_ENDS)
        return day + timedelta(days=self.chance.choice((0, 0, 1)))

    def day(self, *spans: Span) -> date:
        """A day from which one of the spans ends at an edge; now and then any day."""
        if self.chance.random() < 0.1:
            return date(2023, 1, 1) + timedelta(days=self.chance.randrange(3 * 365))
        days, months = self.chance.choice(spans)
        return self.past(add_months(self.edge() - timedelta(days=days), -months))

    def after(self, day: date, *spans: Span) -> date:
        """A day at one of the spans after another, or one off; or an edge. Never before it."""
        if self.chance.random() < 0.3:
            return max(day, self.edge())
        days, months = self.chance.choice(spans)
        return max(day, add_months(day, months) + timedelta(days=days + self.chance.choice((-1, 0, 0, 1))))

    def past(self, day: date) -> date:
        """No later than tomorrow, the last day that the row rules let a plain date have."""
        return min(day, TOMORROW)

    def maybe(self, share: float, value: Any) -> Any:
        return value if self.chance.random() < share else None

    def person(self) -> str:
        return self.chance.choice(self.persons)

    def unit(self) -> str:
        return self.chance.choice(UNITS if self.chance.random() < 0.9 else OUTSIDE_REGISTER)

    def area(self) -> str:
        return self.chance.choice(AREAS) if self.chance.random() < 0.97 else "Våld i nära relation"

    def answer(self) -> str | None:
        return self.chance.choice(("ja", "ja", "nej", None))

    def add_the_common(self, extract: str, row: Record) -> None:
        if self.has_systems:
            row["source_system"] = self.system(row.get("plan_id"))
        if extract != "units":
            row["gender"] = self.chance.choice(("kvinna", "kvinna", "man", "man", "okänt", None))
            row["birth_year"] = self.maybe(
                0.85, self.chance.choice((2024, 2019, 2018, 2017, 2013, 2012, 2007, 2006, 2004, 1985, 1960, 1959, 1940))
            )
            row["protected_identity"] = self.chance.choice(("ja", "nej", None))

    def system(self, plan_id: str | None) -> str | None:
        """A case system; the rows of one plan come from the same."""
        system = self.chance.choice(("Ett", "Två") if self.has_same_ids else ("Ett", "ETT", "Två", None))
        return self.plan_systems.setdefault(plan_id, system) if plan_id else system

    def spell_carelessly(self, extract: str, rows: list[Record]) -> None:
        """Other case and spaces here and there; each text's usual spelling stays the commonest in its column."""
        for column in CARELESSLY_SPELT:
            usual = Counter(row[column] for row in rows if row.get(column))
            spoilt: Counter[str] = Counter()
            for row in rows:
                text = row.get(column)
                if text and self.chance.random() < 0.08 and 2 * (spoilt[text] + 1) < usual[text]:
                    spoilt[text] += 1
                    row[column] = self.chance.choice((text.upper(), f" {text} ", text.replace(" ", "\u00a0 ")))
        crosses = self.seed % 8 == 5
        for column in ("participation", "ended_as_planned", "special_reasons", "partly_executed"):
            forms = {"ja": "x", "nej": ""} if crosses else {"ja": self.chance.choice(("ja", "J", "1", "true"))}
            for row in rows:
                if row.get(column):
                    row[column] = forms.get(row[column], row[column])

    # Rows -------------------------------------------------------------------------------------------------------------

    def units(self) -> list[Record]:
        """A register with a reorganisation, a unit that has closed, one that has not begun, and open ends."""
        rows: list[Record] = []
        reorganised = self.last_day + timedelta(days=self.chance.choice((-100, 0, 1)))
        for unit in UNITS:
            programme, area = self.chance.choice(PROGRAMMES), self.chance.choice(AREAS)
            row: Record = {"unit": unit, "programme": programme, "area": area, "provider_type": "egen"}
            way = self.chance.random()
            if way < 0.3:
                rows.append(row | {"valid_to": reorganised - timedelta(days=1)})
                rows.append(row | {"programme": self.chance.choice(PROGRAMMES), "valid_from": reorganised})
            elif way < 0.4:
                rows.append(row | {"valid_from": "2020-01-01", "valid_to": self.edge()})
            elif way < 0.5:
                rows.append(row | {"valid_from": self.edge()})
            else:
                rows.append(row | {"valid_from": "2019-01-01", "valid_to": self.maybe(0.3, "9999-12-31")})
        rows.append({"unit": "Vilande enheten", "programme": "Barn och unga", "area": "Barn och unga"})
        return rows

    def referral(self, number: int) -> Record:
        received = self.day(SAME_DAY, (1, 0), (14, 0), (14, 0), (15, 0))
        person = self.person()
        a_year_ago = add_months(self.last_day, -12)
        may_return = [row for row in self.investigations if row["closed"] and row["closed"] <= a_year_ago]
        if may_return and self.chance.random() < 0.3:
            before = self.chance.choice(may_return)
            person, received = before["person_id"], self.past(self.after(before["closed"], SAME_DAY, A_YEAR, A_YEAR))
        outcomes = ("utredning inleds", "utredning inleds", "utredning inleds inte", "tillförd pågående utredning")
        decided = self.maybe(0.8, self.past(self.after(received, (14, 0), (14, 0), (1, 0))))
        return {
            "referral_id": f"A{number:03}",
            "person_id": person,
            "unit": self.unit(),
            "area": self.area(),
            "kind": self.chance.choice(("anmälan", "anmälan", "anmälan", "ansökan", "ansökan", "övrigt")),
            "source": self.chance.choice(SOURCES),
            "received": received,
            "registered": received,
            "protection_assessed": self.maybe(0.7, self.past(received + timedelta(days=self.chance.choice((0, 1, 2))))),
            "decided": decided,
            "outcome": self.maybe(0.85 if decided else 0.15, self.chance.choice(outcomes)),
            "special_reasons": self.answer(),
        }

    def investigation(self, number: int) -> Record:
        opened = self.day(SAME_DAY, (120, 0), (121, 0), (0, 3), (0, 4), (0, 4), (0, 6), (0, 14))
        limit = add_months(opened, 4)
        person = self.person()
        if person.startswith("2015"):
            person = self.chance.choice(("20150316-2381", "201503162381", "150316-2381"))
        return {
            "investigation_id": f"U{number:03}",
            "referral_id": self.maybe(0.6, f"A{self.chance.randrange(60):03}"),
            "person_id": person,
            "unit": self.unit(),
            "area": self.area(),
            "kind": self.chance.choice(INVESTIGATION_KINDS),
            "opened": opened,
            "closed": self.maybe(0.75, self.past(self.after(opened, (120, 0), (120, 0), (0, 3), (0, 4), (0, 6)))),
            "extended": self.maybe(
                0.5, max(opened, self.past(limit + timedelta(days=self.chance.choice((-9, 0, 0, 1)))))
            ),
            "extended_until": self.maybe(0.5, self.after(opened, (0, 4), (0, 6))),
            "outcome": self.maybe(0.8, self.chance.choice(("insats", "ingen insats", "avbruten", "övrigt"))),
            "case_worker": self.maybe(0.85, self.chance.choice(("H1", "H2", "H3", "H4"))),
        }

    def decision(self, number: int) -> Record:
        referral = self.chance.choice(self.referrals)
        decided = self.day(SAME_DAY, (0, 3), (0, 3), (0, 6), A_YEAR, (0, 15))
        if self.chance.random() < 0.2:
            decided = self.past(referral["received"] + timedelta(days=self.chance.choice((-1, 0, 20))))
        executed = self.after(decided, SAME_DAY, (20, 0), (0, 3))
        if self.chance.random() < 0.5:
            executed = max(decided, self.day(SAME_DAY, (30, 0), (30, 0), A_YEAR))
        if self.chance.random() < 0.06:
            executed = decided - timedelta(days=3)
        interrupted = self.maybe(0.3, max(decided, self.day(SAME_DAY, (0, 3), (0, 3))))
        return {
            "decision_id": f"B{number:03}",
            "referral_id": self.maybe(
                0.6, self.chance.choice((referral["referral_id"], referral["referral_id"], "A999"))
            ),
            "person_id": self.person(),
            "unit": self.unit(),
            "area": self.area(),
            "law": self.chance.choice(("SoL", "SoL", "SoL", "SoL", "LSS", "LSS", "LSS", "LVU")),
            "service": self.chance.choice(SERVICES),
            "kind": self.chance.choice((None, "nytt", "nytt", "utökat", "förlängt")),
            "decided": decided,
            "result": self.chance.choice(("bifall", "bifall", "bifall", "bifall", "delvis bifall", "avslag")),
            "valid_to": self.maybe(0.2, self.after(decided, (0, 3), (0, 6))),
            "executed": self.maybe(0.75, executed),
            "partly_executed": self.chance.choice(("ja", "nej", "nej", "nej", None, None, None)),
            "interrupted": interrupted,
            "resumed": self.maybe(0.4, self.past(self.after(interrupted, (0, 3)))) if interrupted else None,
            "ended": self.maybe(0.2, self.after(decided, (20, 0), (0, 3), (0, 6))),
            "end_reason": self.maybe(0.2, "flyttat"),
            "delay_reason": self.chance.choice(DELAYS),
            "followed_up": self.maybe(0.7, self.day(SAME_DAY, A_YEAR, A_YEAR)),
            "provider_unit": self.maybe(0.4, self.chance.choice(PROVIDERS)),
            "provider_type": self.chance.choice(("egen", "privat", None)),
        }

    def plan(self, number: int) -> list[Record]:
        """A plan's rows: one a decision it names, or one that only tells the person and the service."""
        if self.plans and self.chance.random() < 0.35:
            return self.rival(number, self.chance.choice(self.plans))
        chosen = self.chance.sample(self.decisions, min(len(self.decisions), self.chance.choice((1, 1, 1, 2, 3))))
        first = chosen[0]
        executed = first["executed"] or first["decided"]
        established = self.day(SAME_DAY, (0, 6), A_YEAR, A_YEAR)
        if self.chance.random() < 0.4:
            established = self.past(self.after(executed, (30, 0), (30, 0), SAME_DAY))
        established = self.maybe(0.9, established)
        row = self.contents(number, established) | {
            "person_id": self.maybe(0.9, first["person_id"]),
            "service": self.maybe(0.9, first["service"]),
        }
        way = self.chance.random()
        if way < 0.3:
            return [row | {"decision_id": None}]
        if way < 0.36:
            return [row | {"decision_id": "B999"}]
        return [row | {"decision_id": decision["decision_id"], "service": decision["service"]} for decision in chosen]

    def contents(self, number: int, established: date | None) -> Record:
        since = established or date(2023, 1, 1)
        goals = self.maybe(0.8, self.chance.choice((0, 1, 2, 3)))
        return {
            "plan_id": f"G{number:03}",
            "kind": self.chance.choice(("genomförandeplan", "genomförandeplan", None)),
            "unit": self.unit(),
            "established": established,
            "revised": self.maybe(0.55, max(since, self.day(SAME_DAY, (0, 6), A_YEAR))),
            "followed_up": self.maybe(0.4, max(since, self.day(SAME_DAY, (0, 6), A_YEAR))),
            "next_follow_up": self.maybe(0.7, self.after(since, (0, 6), A_YEAR)),
            "participation": self.answer(),
            "cooperation": self.answer(),
            "goals": goals,
            "measurable_goals": self.maybe(0.8, self.chance.randint(0, goals or 0)),
            "subgoals": self.maybe(0.5, 2),
            "ended": self.maybe(0.25, self.after(since, (0, 6), A_YEAR)),
            "ended_as_planned": self.answer(),
        }

    def rival(self, number: int, plan: Record) -> list[Record]:
        """Another plan of the same decision, as late as the first; now and then established on another day."""
        dates = {column: plan[column] for column in ("established", "revised", "followed_up")}
        if dates["established"] and dates["revised"] and self.chance.random() < 0.5:
            dates["established"] -= timedelta(days=1)
        same = {column: plan[column] for column in ("person_id", "service", "decision_id", "ended")}
        return [self.contents(number, plan["established"]) | dates | same]
