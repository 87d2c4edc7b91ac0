"""Sentences of the quality reports: changed rules, how late rows are registered, and what was seen before."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.language import later, later_within, say
from pipeline.model import EXTRACT_NAMES, Lateness, Mended, Quality, Rejection, Seen, SeverityChange, Warned
from pipeline.periods import Period
from pipeline.publish import advice, forms

RULES_TITLE = later("Undantag från reglerna")
NEW = "ny"
GONE = (
    "Felen fanns i förra leveransen av utdraget men inte i den här: de är rättade, eller så är raden eller kolumnen"
    " inte längre med."
)
_DOES = {
    "stop": (later("stoppar körningen"), later("stoppa körningen")),
    "reject": (later("underkänner raden"), later("underkänna raden")),
    "warn": (later("ger bara en varning"), later("ge en varning")),
}


def warnings(quality: Quality, seen: Seen | None) -> list[Warned]:
    """What was noticed in the files, and against earlier deliveries."""
    return [*quality.warnings, *(seen.warnings if seen else ())]


def preliminary(quality: Quality, period: Period) -> str:
    """What must be said before anything else when a delivery of cases does not reach the period's last day."""
    days = [account.delivered for extract, account in quality.totals().items() if extract != "units"]
    delivered = min(days, default=period.ends)
    if delivered >= period.ends:
        return ""
    return say(
        "Siffrorna är preliminära: det äldsta utdraget är från {delivered}, men perioden slutar {ends}.",
        delivered=forms.day(delivered),
        ends=forms.day(period.ends),
    )


def unlisted(quality: Quality) -> list[str]:
    """A sentence for each extract with more faults than any report lists."""
    return [
        f"{forms.capital(EXTRACT_NAMES.get(extract, extract))} har ytterligare {forms.number(count)}{forms.NBSP}fel,"
        " som bara finns i databasens tabell quarantine."
        for extract, count in quality.unlisted.items()
    ]


def protected(quality: Quality) -> list[str]:
    """How many faults are left out of the listings since their rows are about persons with protected identity."""
    count = sum(one.protected for one in quality.rejections)
    if not count:
        return []
    return [
        f"{forms.number(count)}{forms.NBSP}fel gäller personer med skyddade personuppgifter. De är medräknade i antalen"
        " men står inte i listorna. Fil och rad finns i databasens tabell quarantine, där protected är true."
    ]


def listed_mended(seen: Seen) -> list[Mended]:
    """The faults that are gone, but for those of rows about persons with protected identity."""
    return [one for one in seen.mended if not one.protected]


def protected_mended(seen: Seen) -> list[str]:
    """How many of the faults that are gone may not be listed."""
    count = sum(one.protected for one in seen.mended)
    if not count:
        return []
    return [
        f"{forms.number(count)}{forms.NBSP}rättade fel gäller personer med skyddade personuppgifter och visas inte."
    ]


def exceptions(quality: Quality) -> list[str]:
    """The rules that the configuration changes, those in force first, each with its reason and its last day."""
    return [exception(change) for change in sorted(quality.severities, key=lambda one: one.expired)]


def exception(change: SeverityChange) -> str:
    """One such rule: what it is called, where, what it does instead of what, until when and why."""
    rule, extract = advice.of(change.rule).title, EXTRACT_NAMES.get(change.extract, change.extract)
    named = (
        say("{rule} i {extract}", rule=rule, extract=later_within("extract", extract))
        if extract
        else say("{rule} i alla utdrag", rule=rule)
    )
    does, _ = _DOES[change.severity]
    usually, instead = _DOES[change.default]
    reason = change.reason.strip().rstrip(".")
    if change.expired:
        return say(
            "{rule}: undantaget gällde till och med {until} och har upphört. Regeln {usually} som vanligt. Skälet var:"
            " {reason}.",
            rule=named,
            until=forms.day(change.until),
            usually=usually,
            reason=reason,
        )
    return say(
        "{rule}: {does} i stället för att {instead}, till och med {until}. Skäl: {reason}.",
        rule=named,
        does=does,
        instead=instead,
        until=forms.day(change.until),
        reason=reason,
    )


@dataclass(frozen=True)
class Late:
    """One month: how long after its end the delivery came, and how much is usually registered by then."""

    month: str
    days: str
    share: str
    sentence: str


def lateness(quality: Quality) -> list[Late]:
    """How final the newest months are, oldest first."""
    return [_late(one) for one in quality.lateness]


def reckoned_from(quality: Quality) -> str:
    """What the shares are reckoned from; empty where nothing was."""
    if not quality.lateness:
        return ""
    one = quality.lateness[0]
    return (
        f"Räknat på {forms.number(one.rows)}{forms.NBSP}{EXTRACT_NAMES[one.extract]} som kom in"
        f" {forms.month(one.since)}{forms.DASH}{forms.month(one.until)} och har både dagen då de kom in och dagen då de"
        " registrerades. Så sent som de registrerades väntas även de senaste månadernas registreras."
    )


def _late(one: Lateness) -> Late:
    month, share = forms.month(one.month), forms.percent(one.share)
    days = forms.days(one.days, forms.number(one.days))
    after = f"{days} efter månadens slut" if one.days else "samma dag som månaden slutar"
    name = forms.capital(EXTRACT_NAMES[one.extract])
    sentence = f"{name} i {month}: {share} av dem brukar vara registrerade {after}."
    return Late(month, days, share, sentence)


# --- what was seen before -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Since:
    """An extract's faults against those of its last earlier delivery; without one there are no numbers.

    The same contents delivered again are the same delivery, and compared with what came before them.
    """

    extract: str
    earlier: str
    new: int | None
    again: int | None
    mended: int | None


def since_last(quality: Quality, seen: Seen) -> list[Since]:
    """What came and went, extract by extract in the order they were read."""
    return [_since(quality, seen, extract) for extract in quality.totals()]


def nothing_before(seen: Seen) -> str:
    """Why no extract is compared; empty where some is."""
    if seen.earlier:
        return ""
    if seen.later:
        return "Ingen tidigare leverans är känd, så det finns inget att jämföra med."
    return "Det här är den första leveransen, så det finns inget att jämföra med."


def is_old(seen: Seen) -> str:
    """That later deliveries are known, and which; empty where this is the newest."""
    if not seen.later:
        return ""
    each = [f"{EXTRACT_NAMES.get(extract, extract)} {forms.day(day)}" for extract, day in seen.later.items()]
    return (
        f"Senare leveranser är kända: {forms.listed(each)}. Den äldre som har lästs nu jämförs med det som kom före"
        " den, och felregistret ändras inte av den."
    )


def first_seen(seen: Seen, rejection: Rejection) -> str:
    """`ny`, or `sedan 4 maj 2026`; a dash where the extract was never delivered before."""
    if rejection.extract not in seen.earlier:
        return forms.DASH
    day = seen.since.get(rejection.fault_id)
    return f"sedan {forms.day(day)}" if day else NEW


def _since(quality: Quality, seen: Seen, extract: str) -> Since:
    if extract not in seen.earlier:
        before = "ingen känd före den här" if extract in seen.later else "ingen tidigare leverans med annat innehåll"
        return Since(extract, before, None, None, None)
    own = [one for one in quality.rejections if one.extract == extract]
    again = sum(one.fault_id in seen.since for one in own)
    mended = sum(one.extract == extract for one in seen.mended)
    return Since(extract, forms.day(seen.earlier[extract]), len(own) - again, again, mended)
