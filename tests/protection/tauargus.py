"""pytauargus as an outside oracle: one table of units within programmes × categories, by its optimal method."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = tuple[str, str, str]  # programme, unit, category
Cell = tuple[int, str, str]  # level, programme or unit ("" on level 1), category ("" = all)

_SMALL = "FREQ(5,20)"  # one to four are unsafe; each must stay unsure by a fifth at least
_HIDDEN = ("U", "M")


def hidden_by_tauargus(rows: Sequence[Row]) -> set[Cell]:
    """The cells that it hides of a table of rows."""
    from pytauargus import protect

    programmes, units, categories = (sorted({row[n] for row in rows}) for n in range(3))
    code_of_unit = {unit: f"U{n:02}" for n, unit in enumerate(units)}
    code_of_programme = {programme: f"P{n:02}" for n, programme in enumerate(programmes)}
    code_of_category = {category: f"C{n:02}" for n, category in enumerate(categories)}
    homes: Mapping[str, str] = {unit: programme for programme, unit, _ in rows}
    with tempfile.TemporaryDirectory() as folder:
        hierarchy = Path(folder) / "units.hrc"
        lines = []
        for programme in programmes:
            lines.append(code_of_programme[programme])
            lines += [f"@{code_of_unit[unit]}" for unit in units if homes[unit] == programme]
        hierarchy.write_text("\n".join(lines) + "\n", encoding="utf-8")
        data = {
            "unit": [code_of_unit[unit] for _, unit, _ in rows],
            "category": [code_of_category[category] for _, _, category in rows],
            "one": [1.0] * len(rows),
        }
        before = Path.cwd()
        os.chdir(folder)  # it leaves its logs where it stands
        try:
            result = protect(
                data, ["unit", "category"], response="one", safety_rules=_SMALL, suppress="OPT(1)",
                hrc={"unit": str(hierarchy)}, hierleadstring="@", workdir=folder,
            )  # fmt: skip
            found = result.tables[0].rows
        finally:
            os.chdir(before)
    names: dict[str, tuple[int, str]] = {"": (1, ""), "Total": (1, "")}
    names |= {code: (2, programme) for programme, code in code_of_programme.items()}
    names |= {code: (3, unit) for unit, code in code_of_unit.items()}
    told = {"": "", "Total": ""} | {code: category for category, code in code_of_category.items()}
    return {
        (*names[str(row["unit"]).strip()], told[str(row["category"]).strip()])
        for row in found
        if row["status"] in _HIDDEN
    }
