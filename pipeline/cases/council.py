"""The council's statistics on decisions not executed: how many, of what kind, for how long; small groups hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from pipeline.cases import small_groups
from pipeline.cases.small_groups import Sum
from pipeline.config import Config
from pipeline.model import Citation, swedish_order
from pipeline.model.cases import CouncilStatistics, Counted, CountTable, Unexecuted, UnexecutedDecision

_GENDERS = {"kvinna": "Kvinnor", "man": "Män", "okänt": "Okänt kön"}
_LAWS = ("SoL", "LSS")
_WAITS = {False: "Ej påbörjade", True: "Avbrutna"}
# A count's name: which division it belongs to, and its label there.
Name = tuple[str, str]
_TOTAL: Name = ("", "")
_GENDER, _LAW, _SERVICE, _DAYS, _WAIT = "gender", "law", "service", "days", "wait"
_TITLES = {
    _GENDER: ("Kvinnor och män", "Kön"),
    _SERVICE: ("Typ av insats", "Insats"),
    _DAYS: ("Tid sedan beslutet", "Tid"),
    _LAW: ("Lag", "Lag"),
    _WAIT: ("Ej påbörjade och avbrutna", "Slag"),
}


def council(found: Unexecuted, config: Config) -> CouncilStatistics:
    """Statistics on the decisions that still waited on the quarter's last day; nothing else of them is let through."""
    counts = _counts(found.waiting, config)
    secret = _with_protected(counts, found.waiting, config)
    hidden = small_groups.hidden(counts, _sums(counts), {_TOTAL}, config.disclosure.smallest, secret)
    return CouncilStatistics(
        period=found.period,
        total=counts[_TOTAL],
        before=found.before,
        tables=tuple(_table(division, counts, hidden) for division in _TITLES) if counts[_TOTAL] else (),
        citations=_citations(found),
        smallest=config.disclosure.smallest,
        delivered=found.delivered,
        is_final=found.is_final,
    )


def _counts(rows: tuple[UnexecutedDecision, ...], config: Config) -> dict[Name, int]:
    """Every count by name, in reading order; also the zeros of what is always told."""
    bands = _bands(config.ivo.bands)
    known = [(_GENDER, label) for key, label in _GENDERS.items() if key != "okänt"]
    names: list[Name] = [_TOTAL, *known, *((_LAW, law) for law in _LAWS), *((_DAYS, label) for label in bands.values())]
    names += [(_WAIT, label) for label in _WAITS.values()]
    counted = Counter(name for row in rows for name in (_TOTAL, *_names(row, bands)))
    services = sorted(
        (name for name in counted if name[0] == _SERVICE), key=lambda name: (-counted[name], swedish_order(name[1]))
    )
    return {name: counted[name] for name in dict.fromkeys((*names, *services, *sorted(counted)))}


def _with_protected(counts: Mapping[Name, int], rows: tuple[UnexecutedDecision, ...], config: Config) -> set[Name]:
    """The counts that persons with protected identity are among, and that are too small for that."""
    bands = _bands(config.ivo.bands)
    names = {name for row in rows if row.is_protected for name in _names(row, bands)}
    return {name for name in names if counts[name] < config.disclosure.smallest_with_protected}


def _names(row: UnexecutedDecision, bands: Mapping[int, str]) -> tuple[Name, ...]:
    band = max((first for first in bands if first <= row.days), default=min(bands))
    return (
        (_GENDER, _GENDERS[row.gender]),
        (_LAW, row.law),
        (_SERVICE, f"{row.service} ({row.law})"),
        (_DAYS, bands[band]),
        (_WAIT, _WAITS[row.is_interruption]),
    )


def _sums(counts: Mapping[Name, int]) -> list[Sum[Name]]:
    """What is the sum of what: every division of the total, and the services of a law of that law."""
    divisions = [(_TOTAL, [name for name in counts if name[0] == division]) for division in _TITLES]
    of_law = [((_LAW, law), [name for name in counts if name[0] == _SERVICE and _is_of(name, law)]) for law in _LAWS]
    return [*divisions, *((total, parts) for total, parts in of_law if parts)]


def _is_of(service: Name, law: str) -> bool:
    return service[1].endswith(f"({law})")


def _bands(firsts: tuple[int, ...]) -> dict[int, str]:
    """First day → how the band is called."""
    closed = {first: f"{first}–{after - 1} dagar" for first, after in pairwise(firsts)}
    return closed | {firsts[-1]: f"mer än {firsts[-1] - 1} dagar"}


def _table(division: str, counts: Mapping[Name, int], hidden: frozenset[Name]) -> CountTable:
    title, heading = _TITLES[division]
    own = [name for name in counts if name[0] == division]
    if all(name in hidden for name in own if counts[name]):
        return CountTable(title, heading, ())
    shown = [Counted(name[1], None if name in hidden else counts[name]) for name in own]
    return CountTable(title, heading, tuple(_merged(shown) if division == _SERVICE else shown))


def _merged(rows: list[Counted]) -> list[Counted]:
    """Without the names of what is hidden: that somebody waits for a rare service may tell who."""
    shown = [row for row in rows if row.count is not None]
    return shown if len(shown) == len(rows) else [*shown, Counted("Övriga insatser", None)]


def _citations(found: Unexecuted) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citation for row in found.rows for citation in row.citations))
