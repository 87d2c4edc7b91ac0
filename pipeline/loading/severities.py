"""What a breach of each rule means: as the contract says, unless the configuration says otherwise until a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.config import Config, SeverityRule
from pipeline.config_faults import suggestion
from pipeline.errors import WrongUse
from pipeline.loading.noticing import noticed_rules
from pipeline.model import EXTRACT_NAMES, SeverityChange
from pipeline.schemas import EXTRACTS, rules
from pipeline.schemas.extract import Extract
from pipeline.schemas.judge import Judge
from pipeline.schemas.rules import Rule, Severity

_ANY_DAY = date(2000, 1, 1)  # which rules there are does not hang on the day


class Severities:
    """The severity of every rule in every extract on a day, and what was said in the configuration about them.

    Raises WrongUse, with a line for each, for settings of rules that do not exist or cannot be set so.
    """

    def __init__(self, config: Config, today: date) -> None:
        known = {extract.name: rules_of(extract) for extract in EXTRACTS.values()}
        if faults := [
            fault for number, said in enumerate(config.severity, 1) for fault in _faults(number, said, known)
        ]:
            raise WrongUse("\n".join(faults))
        self.changes = tuple(_change(said, known, today) for said in config.severity)
        self._known = known
        self._said = {(one.rule, one.extract): Severity(one.severity) for one in self.changes if not one.expired}

    def of(self, rule: Rule, extract: str) -> Severity:
        """What a breach means."""
        return self._of(rule.name, extract) or rule.severity

    def stops(self, rule: str, extract: str) -> bool:
        """Whether a breach of the rule by that name stops the run."""
        return self._of(rule, extract) is Severity.STOP

    def rejects(self, rule: str, extract: str) -> bool:
        """Whether a row that breaks the rule by that name is rejected; not by one that the extract has no more."""
        known = self._known.get(extract, {}).get(rule)
        return known is not None and self.of(known, extract) is not Severity.WARN

    def _of(self, rule: str, extract: str) -> Severity | None:
        return self._said.get((rule, extract)) or self._said.get((rule, ""))


def rules_of(extract: Extract) -> dict[str, Rule]:
    """Every rule that an extract's rows, columns or files may break, by name."""
    every = [
        *Judge(extract, _ANY_DAY).rules.values(),
        rules.CONFLICT,
        rules.SURPLUS,
        *noticed_rules(extract),
        *rules.OF_FILES,
    ]
    return {rule.name: rule for rule in every}


def _faults(number: int, said: SeverityRule, known: Mapping[str, Mapping[str, Rule]]) -> Iterator[str]:
    where = f"config.toml: severity nr {number}"
    if said.extract and said.extract not in known:
        yield f"{where}, extract: {said.extract} är inget utdrag. {suggestion(said.extract, list(known))}"
        return
    possible = (
        known[said.extract] if said.extract else {name: rule for own in known.values() for name, rule in own.items()}
    )
    elsewhere = [name for name, own in known.items() if said.rule in own]
    if said.rule not in possible and elsewhere:
        where_it_is = ", ".join(f"{name} ({EXTRACT_NAMES[name]})" for name in elsewhere)
        yield f"{where}, rule: regeln {said.rule} finns inte i {said.extract}, bara i {where_it_is}."
    elif said.rule not in possible:
        yield f"{where}, rule: {said.rule} är ingen regel. {suggestion(said.rule, list(possible))}"
    elif said.severity not in possible[said.rule].allowed:
        allowed = " eller ".join(possible[said.rule].allowed)
        yield f"{where}: regeln {said.rule} kan bara vara {allowed}, eftersom raderna annars inte går att använda."


def _change(said: SeverityRule, known: Mapping[str, Mapping[str, Rule]], today: date) -> SeverityChange:
    rule = next(own[said.rule] for own in known.values() if said.rule in own)
    return SeverityChange(
        rule=said.rule,
        extract=said.extract,
        severity=said.severity,
        default=rule.severity,
        reason=said.reason,
        until=said.until,
        expired=today > said.until,
    )
