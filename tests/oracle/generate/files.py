"""How the rows come as files: careless spelling, corrections in a later file, rows twice, columns left out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ..contract import ANSWERS, HEADINGS, KEYS, REQUIRED
from ..writing import FILE_NAMES, write
from .chance import Chance, Record

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
    "category",
    "feedback",
    "review",
    "survey",
    "question",
    "vignette",
    "answer",
    "measure",
    "goal",
    "activity",
    "status",
    "risk",
    "control",
)
CASEWORK = ("units", "referrals", "investigations", "decisions", "plans")
# What an older file says otherwise than the newer one that corrects it.
CORRECTED = {
    "area": "Äldreomsorg",
    "gender": "man",
    "answer": "nej",
    "status": "ej genomfört",
    "level": 4,
}


class Files:
    """Writes one seed's tables to a folder."""

    def __init__(self, chance: Chance, folder: Path) -> None:
        self.chance = chance
        self.folder = folder
        self.plan_systems: dict[str, str | None] = {}

    def write(self, tables: dict[str, list[Record]]) -> None:
        """All tables but those that this municipality does not deliver."""
        for extract, rows in tables.items():
            for row in rows:
                self.add_the_common(extract, row)
            self.spell_carelessly(rows)
        left_out = self.left_out()
        for extract, rows in tables.items():
            if extract not in left_out:
                self.write_extract(extract, rows)

    def left_out(self) -> list[str]:
        """Most municipalities deliver what tells of persons' cases, and a third of the others: reading takes time."""
        others = [extract for extract in HEADINGS if extract not in CASEWORK]
        missing = self.chance.sample(others, 2 * len(others) // 3) if self.chance.seed % 12 else []
        return [*missing, *self.chance.sample(CASEWORK, int(self.chance.seed % 7 == 3))]

    # Rows -------------------------------------------------------------------------------------------------------------

    def add_the_common(self, extract: str, row: Record) -> None:
        """The case system, and what is told of persons."""
        if self.chance.has_systems:
            row["source_system"] = self.system(row.get("plan_id"))
        if "gender" in HEADINGS[extract]:
            row["gender"] = self.chance.choice(("kvinna", "kvinna", "man", "man", "okänt", None))
            years = (2024, 2019, 2018, 2017, 2013, 2012, 2007, 2006, 2004, 1985, 1960, 1959, 1940)
            row["birth_year"] = self.chance.maybe(0.85, self.chance.choice(years))
            row["protected_identity"] = self.chance.choice(("ja", "nej", None))

    def system(self, plan_id: str | None) -> str | None:
        """A case system; the rows of one plan come from the same."""
        system = self.chance.choice(("Ett", "Två") if self.chance.has_same_ids else ("Ett", "ETT", "Två", None))
        return self.plan_systems.setdefault(plan_id, system) if plan_id else system

    def spell_carelessly(self, rows: list[Record]) -> None:
        """Other case and spaces here and there; each text's usual spelling stays the commonest in its column."""
        for column in CARELESSLY_SPELT:
            usual = Counter(row[column] for row in rows if row.get(column))
            spoilt: Counter[str] = Counter()
            for row in rows:
                text = row.get(column)
                if text and self.chance.is_so(0.08) and 2 * (spoilt[text] + 1) < usual[text]:
                    spoilt[text] += 1
                    row[column] = self.chance.choice((text.upper(), f" {text} ", text.replace(" ", "\u00a0 ")))
        crosses = self.chance.seed % 8 == 5
        for column in ANSWERS:
            forms = {"ja": "x", "nej": ""} if crosses else {"ja": self.chance.choice(("ja", "J", "1", "true"))}
            for row in rows:
                if row.get(column):
                    row[column] = forms.get(row[column], row[column])

    # Files ------------------------------------------------------------------------------------------------------------

    def write_extract(self, extract: str, rows: list[Record]) -> None:
        """The extract's files; incidents of some municipalities come in one file a pattern, with ids of its own."""
        columns = self.columns(extract)
        if extract == "incidents" and self.chance.seed % 3 == 1:
            complaints = [row for row in rows if row["kind"].strip().lower() == "synpunkt"]
            others = [row for row in rows if row not in complaints] + complaints[:4]
            self.write_files(extract, others, columns, "avvikelser")
            self.write_files(extract, complaints, columns, "synpunkter")
        else:
            self.write_files(extract, rows, columns, FILE_NAMES[extract])

    def write_files(self, extract: str, rows: list[Record], columns: list[str], name: str) -> None:
        """One file, or two of which the later corrects rows of the earlier."""
        # Rows that differ in no delivered column, or share a key, would be duplicates and conflicts by accident.
        keys = [column for column in (*KEYS[extract], "source_system") if column in columns]
        rows = list({tuple(_folded(row.get(column)) for column in keys): row for row in rows}.values())
        if self.chance.seed % 5 == 2 and len(rows) > 4:
            older = [dict(row) for row in self.chance.sample(rows, len(rows) // 3)]
            for row in older:
                for column, otherwise in CORRECTED.items():
                    if row.get(column):
                        row[column] = self.chance.choice([row[column], otherwise])
            kept = [row for row in rows if self.chance.is_so(0.8)]
            write(self.folder, extract, older, columns, f"{name}_2025-12")
            write(self.folder, extract, self.with_repeats(extract, kept), columns, f"{name}_2026-01")
        else:
            write(self.folder, extract, self.with_repeats(extract, rows), columns, name)

    def with_repeats(self, extract: str, rows: list[Record]) -> list[Record]:
        """Some rows twice (they count once); in large files one key twice with different contents (neither counts)."""
        rows = [*rows, *self.chance.sample(rows, 2)]
        if len(rows) > 48 and extract in ("referrals", "investigations", "decisions"):
            conflict = dict(self.chance.choice(rows))
            conflict["area"] = "Funktionsnedsättning" if conflict["area"] != "Funktionsnedsättning" else "Äldreomsorg"
            rows.append(conflict)
        return rows

    def columns(self, extract: str) -> list[str]:
        """All columns, or without some optional ones. A key is never dropped: its rows would clash."""
        drop = 0.15 if self.chance.seed % 4 == 3 else 0.0
        return [
            column
            for column in HEADINGS[extract]
            if not (column == "source_system" and not self.chance.has_systems)
            if column in REQUIRED[extract] or column in KEYS[extract] or not self.chance.is_so(drop)
        ]


def _folded(value: object) -> str:
    return " ".join(str(value or "").split()).lower()
