"""What the three forms of the quarter's report say in words, the same in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.model import Citation
from pipeline.model.cases import Persons, Reported, Unexecuted, UnexecutedDecision
from pipeline.periods import Period
from pipeline.publish import forms, method

SUBJECT = "Beslut som inte har verkställts inom tre månader"
WHAT = (
    "Rapporten gäller gynnande beslut enligt socialtjänstlagen och LSS om en ny eller utökad insats som inte hade"
    " verkställts inom tre månader från beslutet, och insatser som hade avbrutits och inte återupptagits inom tre"
    " månader från avbrottet.",
    "Är ett beslut delvis verkställt gäller rapporten den del som saknas.",
    "Ett beslut som har avslutats, eller vars giltighetstid har gått ut, väntar inte längre.",
    "Beslut enligt andra lagar, till exempel LVU och LVM, ingår inte. Inte heller områden som är undantagna i"
    " inställningarna, till exempel ekonomiskt bistånd.",
)
STATES = (
    (Reported.NEW, "har passerat tre månader under kvartalet"),
    (Reported.WAITING, "rapporterades också förra kvartalet"),
    (Reported.EXECUTED, "har verkställts under kvartalet, efter mer än tre månader"),
    (Reported.RESUMED, "har återupptagits under kvartalet, efter mer än tre månader"),
    (Reported.ENDED, "har avslutats under kvartalet utan att verkställas, efter mer än tre månader"),
)
_COUNTED = {
    Reported.NEW: ("nytt", "nya"),
    Reported.WAITING: ("som väntar sedan förra kvartalet", "som väntar sedan förra kvartalet"),
    Reported.EXECUTED: ("verkställt", "verkställda"),
    Reported.RESUMED: ("återupptaget", "återupptagna"),
    Reported.ENDED: ("avslutat", "avslutade"),
}
UNLISTED = "finns inte i personlistan"
NO_FLAG = (
    "Utdraget med beslut visar inte vilka som har skyddade personuppgifter. Kontrollera det innan något lämnas vidare."
)


def quarter(period: Period) -> str:
    """`Kvartal 3 2026, juli–september`."""
    return forms.period(period)


def reporting(found: Unexecuted) -> str:
    """When the supervisor wants the report."""
    return f"Kvartalet rapporteras till Inspektionen för vård och omsorg (IVO) {_time(found)}."


def _time(found: Unexecuted) -> str:
    """`1–31 oktober 2026`, `1 juli–31 augusti 2026`."""
    first, last = found.reported_from, found.reported_to
    until = forms.day(last)
    if first.month == last.month:
        return f"{first.day}{forms.DASH}{until}"
    return f"{forms.day(first).removesuffix(f' {first.year}')}{forms.DASH}{until}"


def summary(found: Unexecuted) -> str:
    """How many are reported, and as what: one sentence."""
    last = forms.day(found.period.ends)
    if not found.rows:
        return (
            f"Inget att rapportera: inget beslut hade väntat mer än tre månader den {last}, och inget som rapporterades"
            " förra kvartalet har verkställts, återupptagits eller avslutats."
        )
    counts = Counter(row.state for row in found.rows)
    waiting = forms.counted(len(found.waiting), "beslut hade", "beslut hade")
    parts = [forms.counted(counts[state], *_COUNTED[state]) for state, _ in STATES if counts[state]]
    return f"{waiting} väntat mer än tre månader den {last}. Rapporten har {forms.listed(parts)}."


def preliminary(found: Unexecuted) -> str:
    """What must be said when the extract does not reach the quarter's last day; else nothing."""
    if found.is_final:
        return ""
    return (
        f"Uppgifterna är preliminära: utdraget med beslut är från {forms.day(found.delivered)}, men kvartalet slutar"
        f" {forms.day(found.period.ends)}. Gör om rapporten på ett senare utdrag."
    )


def closing(found: Unexecuted, persons: Persons | None) -> list[str]:
    """What the terminal tells: no person stands in it, only numbers."""
    told = [summary(found)]
    if found.rows:
        told.append(reporting(found))
    else:
        told.append("Ingen individrapport har skrivits, eftersom inget ska skickas.")
    told += filter(None, (preliminary(found), "" if found.has_flag else NO_FLAG))
    protected = sum(row.is_protected for row in found.rows)
    if protected:
        told.append(f"Skyddade personuppgifter: {forms.number(protected)} beslut står bara i den manuella listan.")
    return [*told, *(of_persons(found, persons) if persons else ())]


def of_persons(found: Unexecuted, persons: Persons) -> list[str]:
    """How many decisions the list of persons named, in numbers alone."""
    open_rows = [row for row in found.rows if not row.is_protected]
    unmatched = sum(row.person not in persons.by_pseudonym for row in open_rows)
    told = [f"Personnummer är hämtade ur en personlista med {forms.counted(persons.listed, 'rad', 'rader')}."]
    if unmatched:
        told.append(f"{forms.counted(unmatched, 'beslut saknar', 'beslut saknar')} personnummer: {UNLISTED}.")
    if persons.unread:
        told.append(f"{forms.counted(persons.unread, 'rad', 'rader')} i personlistan har inget läsbart personnummer.")
    return told


def concerns(row: UnexecutedDecision) -> str:
    """What of the decision is reported."""
    if row.is_interruption:
        return "avbrott"
    return "den del som saknas" if row.is_partly else "hela beslutet"


def cited(citations: Iterable[Citation]) -> str:
    """The provisions of a row, without their validity."""
    return "; ".join(one.text for one in citations)


def law(citations: Iterable[Citation]) -> list[str]:
    """The provisions with their validity, a sentence each, and whether they have been checked."""
    return [method.citation(one) for one in dict.fromkeys(citations)]
