"""What every other tool is given: the same two extracts, the same rules as data, the same frame to judge.

Runs in the other tools' own environments, so it needs nothing but pandas, and that only where it is asked for a frame.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

EARLIEST, LAST = "1900-01-01", "2026-09-11"  # the day after the day that is said to be today
LAST_DAY = "2026-08-31"
WINDOWS = {"tertial": "2026-05-01", "ytd": "2026-01-01", "r12": "2025-09-01"}
CHILD_AREA = "Barn och unga"
NOT_CHILD_KINDS = (
    "ekonomiskt bistånd",
    "familjerätt",
    "vårdnad",
    "boende",
    "umgänge",
    "adoption",
    "faderskap",
    "familjehemsutredning",
    "yttrande",
    "lss",
)
_GENDERS = ("kvinna", "man", "okänt")
_YES_NO = ("ja", "nej", "j", "n", "1", "0", "true", "false")


@dataclass(frozen=True)
class Rules:
    """The rules of one extract that hold for single rows: what the program rejects a row for."""

    file: str
    key: str
    required: tuple[str, ...]
    days: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]
    orders: tuple[tuple[str, str], ...]  # the first must not lie before the second
    counts: tuple[str, ...] = ("Födelseår",)
    planned: tuple[str, ...] = ()  # days that may lie ahead


REFERRALS = Rules(
    file="aktualiseringar",
    key="Aktualiserings-ID",
    required=("Aktualiserings-ID", "Person-ID", "Enhet", "Verksamhetsområde", "Typ", "Inkommen"),
    days=("Inkommen", "Registrerad", "Skyddsbedömning datum", "Beslut förhandsbedömning datum"),
    codes={
        "Typ": (
            "anmälan",
            "ansökan",
            "information på annat sätt",
            "begäran om yttrande",
            "överflyttning",
            "övrigt",
        ),
        "Beslut förhandsbedömning": ("utredning inleds", "utredning inleds inte", "tillförd pågående utredning"),
        "Synnerliga skäl": _YES_NO,
        "Skyddade personuppgifter": _YES_NO,
        "Kön": _GENDERS,
    },
    orders=(("Beslut förhandsbedömning datum", "Inkommen"), ("Skyddsbedömning datum", "Inkommen")),
)
INVESTIGATIONS = Rules(
    file="utredningar",
    key="Utrednings-ID",
    required=("Utrednings-ID", "Person-ID", "Enhet", "Verksamhetsområde", "Inledd"),
    days=("Inledd", "Avslutad", "Förlängning beslutad", "Förlängd till"),
    codes={
        "Resultat": ("insats", "ingen insats", "avbruten", "övrigt"),
        "Skyddade personuppgifter": _YES_NO,
        "Kön": _GENDERS,
    },
    orders=(("Avslutad", "Inledd"), ("Förlängning beslutad", "Inledd")),
    planned=("Förlängd till",),
)
EXTRACTS = (REFERRALS, INVESTIGATIONS)


def path(raw: Path, rules: Rules) -> Path:
    """The one file of an extract."""
    (found,) = raw.glob(f"{rules.file}*.csv")
    return found


def readable(name: str) -> str:
    """The column that tells whether there is a value where there was text."""
    return f"{name} kan läsas"


def in_order(first: str, second: str) -> str:
    """The column that tells whether two days stand in their order."""
    return f"{first} efter {second}"


def frame(raw: Path, rules: Rules) -> pd.DataFrame:
    """The extract's rows as typed columns, exact copies once, with a column of yes or no for what must be readable.

    Codes are in lower case with nothing for what is empty; a row keeps its number in the file as index.
    """
    import pandas as pd

    texts = pd.read_csv(path(raw, rules), sep=";", dtype=str, keep_default_na=False, skip_blank_lines=True)
    texts = texts[texts.ne("").any(axis=1)].drop_duplicates()
    made: dict[str, Any] = {}
    for name in texts.columns:
        text = texts[name]
        if name in rules.days:
            made[name] = pd.to_datetime(text.str[:10], format="%Y-%m-%d", errors="coerce")
            made[readable(name)] = made[name].notna() | (text == "")
        elif name in rules.counts:
            is_count = text.str.fullmatch(r"\d{1,9}")
            made[name] = pd.to_numeric(text.where(is_count))
            made[readable(name)] = is_count | (text == "")
        else:
            made[name] = (text.str.lower() if name in rules.codes else text).where(text != "")
    for first, second in rules.orders:
        made[in_order(first, second)] = ~(made[first] < made[second])
    return pd.DataFrame(made, index=texts.index)


def yes_or_no(rules: Rules) -> list[str]:
    """The columns of a frame that must be true in every row."""
    return [readable(name) for name in (*rules.days, *rules.counts)] + [in_order(*pair) for pair in rules.orders]


def latest(rules: Rules, name: str) -> str:
    """The last day that a column may have."""
    return "2100-12-31" if name in rules.planned else LAST


def say(rejected: Mapping[str, Iterable[int]] | None = None, figures: Mapping[str, float] | None = None) -> None:
    """Write what was found where the benchmark looks for it: the file named last on the command line."""
    counted = {name: len(set(rows)) for name, rows in (rejected or {}).items()}
    Path(sys.argv[-1]).write_text(json.dumps({"rejected": counted, "figures": figures or {}}), encoding="utf-8")
