"""Validation by frictionless, straight from the text file: the same rules, every failing row found."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import shared
from frictionless import Checklist, Dialect, Resource, Schema, fields
from frictionless.checks import row_constraint
from frictionless.formats import CsvControl
from shared import Rules

_DAYS = {"days": date.fromisoformat}


def _field(rules: Rules, name: str) -> fields.StringField:
    constraints: dict[str, object] = {"required": True} if name in rules.required else {}
    if name in rules.days:
        bounds = {"minimum": shared.EARLIEST, "maximum": shared.latest(rules, name)}
        if name == "Registrerad":  # has a time of day
            bounds = {limit: f"{day} 23:59" for limit, day in bounds.items()}
            return fields.DatetimeField(name=name, format="%Y-%m-%d %H:%M", constraints=constraints | bounds)
        return fields.DateField(name=name, format="%Y-%m-%d", constraints=constraints | bounds)
    if name in rules.counts:
        return fields.IntegerField(name=name, constraints=constraints | {"minimum": 0})
    if name in rules.codes:
        spelt = [way for code in rules.codes[name] for way in (code, code.capitalize())]
        constraints["enum"] = sorted(set(spelt))
    return fields.StringField(name=name, constraints=constraints)


def main(raw: Path) -> None:
    """Every extract."""
    rejected = {}
    for rules in shared.EXTRACTS:
        file = shared.path(raw, rules)
        with file.open(encoding="utf-8-sig") as handle:
            names = handle.readline().rstrip("\r\n").split(";")
        schema = Schema(fields=[_field(rules, name) for name in names])
        dialect = Dialect(controls=[CsvControl(delimiter=";")])
        resource = Resource(path=file.name, basepath=str(file.parent), encoding="utf-8-sig", dialect=dialect)
        resource.schema = _renamed(schema)
        plain = {name: f"c{number}" for number, name in enumerate(names)}
        orders = [
            row_constraint(
                formula=f"{plain[first]} is None or {plain[second]} is None or {plain[first]} >= {plain[second]}"
            )
            for first, second in rules.orders
        ]
        report = resource.validate(
            Checklist(checks=orders, skip_errors=["blank-row", "incorrect-label", "missing-label"]), limit_errors=10**9
        )
        rows = report.flatten(["rowNumber", "type"])
        rejected[rules.file] = [row for row, kind in rows if row]
    shared.say(rejected)


def _renamed(schema: Schema) -> Schema:
    """Formulas know only plain names."""
    for number, field in enumerate(schema.fields):
        field.name = f"c{number}"
    return schema


if __name__ == "__main__":
    main(Path(sys.argv[1]))
