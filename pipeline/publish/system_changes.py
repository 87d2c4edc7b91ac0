"""A change of case system in mid-series, in words: by the chart, in its table and for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language import say
from pipeline.model import Break
from pipeline.periods import Window
from pipeline.publish import forms


def name(one: Break) -> str:
    """What the line in a chart is called: `Byte till Treserva`."""
    return say("Byte till {after}", after=one.after)


def in_month(breaks: Sequence[Break], month: Window) -> str:
    """What is to be said of a month in a table: `byte till Treserva`; empty for most months."""
    own = [one for one in breaks if (one.day.year, one.day.month) == (month.ends.year, month.ends.month)]
    return forms.listed([forms.inside(name(one)) for one in own])


def told(breaks: Sequence[Break]) -> str:
    """The changes and what they mean for who reads the series; empty without any."""
    if not breaks:
        return ""
    each = [
        say("från {before} till {after} i {day}", before=one.before, after=one.after, day=forms.month(one.day))
        for one in breaks
    ]
    return say(
        "Verksamhetssystemet byttes {each}. Siffror före och efter bytet kan skilja sig bara för att"
        " uppgifterna registreras på olika sätt.",
        each=forms.listed(each),
    )
