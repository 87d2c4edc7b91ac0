"""Rule 6: what is noticed of rows that have passed the other rules; they stay, unless the configuration says otherwise.

Looks over all extracts at once, so it comes after each has been judged: a reference must find its row among those that
are loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.loading.quarantine import passed
from pipeline.schemas import EXTRACTS, rules
from pipeline.schemas.extract import Extract, Outcome, Reference
from pipeline.schemas.rules import Rule

REGISTER = "units"
_NAMES_OF_UNITS = ("unit", "provider_unit")
# Extracts whose unit says whom a row is for: it may be a programme, an area or all units.
_FOR_MANY = frozenset({"followup_plan", "requirements", "goals"})


@dataclass(frozen=True)
class Notice:
    """A rule about rows that pass; `condition` is SQL on the typed table, called `source`.

    `other`: the column that is missing beside it. `shown`: the column whose values are told as examples; "" = the key.
    """

    rule: Rule
    column: str
    condition: str
    other: str = ""
    shown: str = ""


def noticed_rules(extract: Extract) -> tuple[Rule, ...]:
    """Every rule of this kind that rows of an extract may break."""
    return tuple(notice.rule for notice in _notices(extract))


def notices(extract: Extract, columns: Mapping[str, frozenset[str]]) -> Iterator[Notice]:
    """The rules to look for; `columns`: which columns of which extracts some file has."""
    referred = {reference.column: reference.extract for reference in extract.references}
    for notice in _notices(extract):
        has_target = notice.column not in referred or referred[notice.column] in columns
        has_register = notice.shown not in _NAMES_OF_UNITS or REGISTER in columns
        # A reference or unit that no file has breaks nothing; a day that should be there does.
        if has_target and has_register and (notice.column in columns[extract.name] or not notice.shown):
            yield notice


def _notices(extract: Extract) -> Iterator[Notice]:
    for reference in extract.references:
        yield _dangling(reference)
    for outcome in extract.outcomes:
        yield _without_day(outcome)
    for column in extract.expected:
        yield Notice(rules.lacking(column), column, f"{column} is null")
    if extract.name != REGISTER:
        for column in _NAMES_OF_UNITS:
            if column in extract.names:
                yield _not_in_register(column, extract.name in _FOR_MANY)


def _dangling(reference: Reference) -> Notice:
    target = EXTRACTS[reference.extract]
    same_system = """and (
        target.source_system is null or source.source_system is null
        or lower(target.source_system) = lower(source.source_system)
    )"""
    condition = f"""{reference.column} is not null and not exists (
        select 1 from {passed(target)} as target
        where target.{reference.target} = source.{reference.column} {same_system if reference.same_system else ""}
    )"""
    return Notice(rules.dangling(reference.column, target.noun), reference.column, condition)


def _without_day(outcome: Outcome) -> Notice:
    condition = f"{outcome.column} is not null and {outcome.day} is null"
    return Notice(rules.without_day(outcome.column, outcome.day), outcome.column, condition, other=outcome.day)


def _not_in_register(column: str, may_be_for_many: bool) -> Notice:
    names = ("unit", "programme", "area") if may_be_for_many else ("unit",)
    known = " or ".join(f"lower(register.{name}) = lower(source.{column})" for name in names)
    for_all = f" and not regexp_matches(lower(source.{column}), '^(alla|hela)( |$)')" if may_be_for_many else ""
    condition = f"""{column} is not null{for_all} and not exists (
        select 1 from {passed(EXTRACTS[REGISTER])} as register where {known}
    )"""
    return Notice(rules.not_in_register(column), column, condition, shown=column)
