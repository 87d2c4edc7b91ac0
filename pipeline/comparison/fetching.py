"""`compare fetch`: ask Kolada for every indicator that is compared with, and keep what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.comparison import kolada, pairs
from pipeline.comparison.kolada import Asked, Content, Kept, NotKolada, Unfinished
from pipeline.comparison.places import KOLADA, UNFINISHED, below
from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.model.comparison import Source

if TYPE_CHECKING:
    from pipeline.comparison.kolada.client import Client, Clock

_GO_ON = (
    "Det som hann hämtas är sparat: kör python -m pipeline compare fetch igen i dag så fortsätter hämtningen. Rapporter"
    " görs så länge med det som hämtades tidigare."
)
_SHOWN = 5  # ids in a sentence


def fetch(
    history: Path,
    config: Config,
    today: date,
    alone: Callable[[], AbstractContextManager[None]],
    notify: Callable[[str], None] = lambda _: None,
    clock: Clock | None = None,
) -> tuple[str, ...]:
    """Fetch everything that is compared with, for the configured municipality, and keep it below the history's folder.

    `alone` holds other runs off while it is kept. Returns Swedish sentences on what came. Raises WrongUse when Kolada
    could not be asked to the end (what came is kept for the next try, and what was fetched before stands untouched),
    or does not know the municipality.
    """
    from pipeline.comparison.kolada.client import Client, GaveUp

    settings, code = config.comparison, config.municipality.code
    unfinished = Unfinished(below(history, UNFINISHED), settings.address, today)
    years = range(today.year - settings.years + 1, today.year + 1)
    try:
        with Client(settings.address, settings.seconds, clock) as client:
            asked = kolada.ask(
                _remembering(client, unfinished), wanted(config), years, lambda known: _groups(known, code), notify
            )
    except GaveUp as fault:
        raise WrongUse(f"{fault} {_GO_ON}") from None
    except NotKolada as fault:
        unfinished.clear()
        raise WrongUse(
            f"Ett svar från Kolada {fault}, så ingenting sparades. Rapporter görs med det som hämtades tidigare. Försök"
            " igen senare."
        ) from None
    with alone():
        kept = kolada.keep(below(history, KOLADA), asked.content, today, (asked.kpis, asked.years))
    unfinished.clear()
    return tuple(_told(asked, kept))


def wanted(config: Config) -> list[str]:
    """The ids of Kolada's indicators that are compared with: those of `sql/comparisons.toml` and of config.toml."""
    named = [one.indicator_id for one in pairs.load().of(Source.KOLADA)]
    return list(dict.fromkeys((*named, *config.comparison.kpis)))


def _remembering(client: Client, unfinished: Unfinished) -> Callable[[str], list[Any]]:
    """Ask only for what an earlier try of the same day did not get."""

    def ask(path: str) -> list[Any]:
        known = unfinished.get(path)
        if known is not None:
            return known
        found = client.every(path)
        unfinished.put(path, found)
        return found

    return ask


def _groups(known: Content, code: str) -> tuple[str, ...]:
    if code not in known.places:
        raise WrongUse(
            f"Kommunkoden {code} finns inte i Kolada. Rätta code under [municipality] i config.toml till kommunens"
            " egen, till exempel 1285 för Eslöv."
        )
    return kolada.groups_of(known, code)


def _told(asked: Asked, kept: Kept) -> Iterator[str]:
    content = asked.content
    numbers = sum(value is not None for value, _ in content.values.values())
    yield (
        f"Hämtade {_number(numbers)} värden för {len(asked.kpis)} nyckeltal, år {asked.years[0]}–{asked.years[-1]}."
        " Källa: Kolada."
    )
    ended = [one for one in asked.kpis if kolada.is_discontinued(kept.content.kpis[one])]
    if ended:
        yield f"{len(ended)} av dem har upphört i Kolada: {_listed(ended)}. De visas med sitt sista år."
    empty = sorted(set(asked.kpis) - {key[0] for key in content.values})
    if empty:
        yield f"{len(empty)} nyckeltal har inga värden för dessa år: {_listed(empty)}."
    if asked.unknown:
        yield (
            f"Kolada har inget nyckeltal {_listed(asked.unknown)}. Kontrollera kpis under [comparison] i config.toml,"
            " och sql/comparisons.toml."
        )


def _listed(ids: Iterable[str]) -> str:
    every = list(ids)
    more = f" och {len(every) - _SHOWN} till" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")
