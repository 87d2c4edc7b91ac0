"""Rule 6: what is noticed in loaded rows and let through, counted with a few cases to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.database import Database
from pipeline.loading.staging import EXAMPLES
from pipeline.model import Warned
from pipeline.privacy import mask
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract, Outcome, Reference
from pipeline.sources.profiles import Headings, Profile

_REGISTER = "units"


def warnings(
    database: Database, profile: Profile, extracts: Sequence[Extract], columns: Mapping[str, frozenset[str]]
) -> list[Warned]:
    """The warnings on the loaded tables; `columns`: which columns of which extracts some file has."""
    found = _Warnings(database, profile, columns)
    return [warned for extract in extracts for warned in found.of(extract)]


class _Warnings:
    def __init__(self, database: Database, profile: Profile, columns: Mapping[str, frozenset[str]]) -> None:
        self._database = database
        self._columns = columns
        self._profile = profile

    def of(self, extract: Extract) -> Iterator[Warned]:
        """All warnings on one extract."""
        headings = self._profile.headings_of(extract.name, extract.names, extract.required)
        for reference in extract.references:
            if reference.extract in self._columns:
                yield from self._dangling(extract, reference, headings)
        for outcome in extract.outcomes:
            yield from self._without_day(extract, outcome, headings)
        for column in extract.expected:
            text = f"{headings.standard(column)} saknas; raden läses in och saknaden redovisas."
            yield from self._counted(extract, f"{column}_missing", text, f"{column} is null")
        if extract.name != _REGISTER and _REGISTER in self._columns:
            for column in ("unit", "provider_unit"):
                if column in self._columns[extract.name]:
                    yield from self._unregistered(extract, column, headings)

    def _dangling(self, extract: Extract, reference: Reference, headings: Headings) -> Iterator[Warned]:
        text = (
            f"{headings.standard(reference.column)} pekar på något som inte finns bland"
            f" {EXTRACTS[reference.extract].noun}."
        )
        condition = f"""{reference.column} is not null and not exists (
            select 1 from loaded.{reference.extract} as target
            where target.{reference.target} = source.{reference.column} and (
                target.source_system is null or source.source_system is null
                or lower(target.source_system) = lower(source.source_system)
            )
        )"""
        yield from self._counted(extract, f"{reference.column}_dangling", text, condition)

    def _without_day(self, extract: Extract, outcome: Outcome, headings: Headings) -> Iterator[Warned]:
        text = f"{headings.standard(outcome.column)} är ifyllt men {headings.standard(outcome.day)} saknas."
        condition = f"{outcome.column} is not null and {outcome.day} is null"
        yield from self._counted(extract, f"{outcome.column}_without_{outcome.day}", text, condition)

    def _unregistered(self, extract: Extract, column: str, headings: Headings) -> Iterator[Warned]:
        text = f"{headings.standard(column)} finns inte i enhetsregistret."
        condition = f"""{column} is not null and not exists (
            select 1 from loaded.{_REGISTER} as register where lower(register.unit) = lower(source.{column})
        )"""
        yield from self._counted(extract, f"{column}_not_in_register", text, condition, shown=column)

    def _counted(self, extract: Extract, rule: str, text: str, condition: str, shown: str = "") -> Iterator[Warned]:
        """The warning, if any row meets the condition, with the first cases (or the first of what is `shown`)."""
        rows = f"from loaded.{extract.name} as source where {condition}"
        count = self._database.value(f"select count(*) {rows}")
        if count:
            key = shown or f"concat_ws(' / ', {', '.join(extract.key)})"
            examples = self._database.rows(f"select distinct {key} as shown {rows} order by shown limit {EXAMPLES}")
            yield Warned(extract.name, rule, text, count, tuple(mask(example) for (example,) in examples))
