"""What a national indicator tells: whose values there are, of which year, how they are written, and their source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.language import later, outside, say
from pipeline.model.comparison import Indicator, Kind, Mean, Missing, Observation, Party, Source
from pipeline.publish import forms, ranks
from pipeline.publish.forms import DASH
from pipeline.publish.ranks import Ranked

# The order of reading; the municipalities of a group are not listed one by one.
ORDER = (Kind.OWN, Kind.SIMILAR, Kind.GROUP, Kind.COUNTY, Kind.NATION)
ALL, WOMEN, MEN = "T", "K", "M"
PER_CENT = "%"
_COUNT = "antal"  # no unit to stand after a number
_EXACT_BELOW = 10
_DECIMALS = 10  # those after are the arithmetic's own
_OF_COUNTY = "Kommunerna i "


class Observed:
    """An indicator's observations, found by party, year and gender."""

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator
        self._found: dict[tuple[Kind, str, int, str], Observation] = {}
        self._named: dict[tuple[Kind, str], Party] = {}
        for one in sorted(indicator.observations, key=lambda one: one.year):
            party = one.party
            self._found[party.kind, party.code, one.year, one.gender] = one
            if party.kind is not Kind.MUNICIPALITY:
                self._named[party.kind, party.code] = party  # as it was last known

    @property
    def years(self) -> list[int]:
        """The years with a value for all of anybody that is set beside us, or of ours."""
        return sorted({one.year for one in self._told() if one.gender == ALL})

    @property
    def latest_year(self) -> int | None:
        """The last year with our municipality's value; where it has none, the last with anybody's."""
        years = [one.year for one in self._told() if one.party.kind is Kind.OWN]
        return max(years or [one.year for one in self._told()], default=None)

    def parties(self, year: int | None = None) -> list[Party]:
        """Our municipality and the many that it is set beside, in a year or ever, in the order of reading.

        In a year each is as it was then: with the mean that we made, if we made any of that year's.
        """
        if year is None:
            found = dict(self._named)
        else:
            of_year = [one for (_, _, at, _), one in self._found.items() if at == year]
            of_year.sort(key=lambda one: (one.party.mean is Mean.OURS, one.gender == ALL))
            found = {(one.party.kind, one.party.code): one.party for one in of_year}
        named = [party for key, party in found.items() if key in self._named]
        return sorted(named, key=lambda party: (ORDER.index(party.kind), party.name))

    def genders(self, year: int) -> tuple[str, ...]:
        """All; women and men too where the source tells them apart that year."""
        is_apart = any(one.year == year and one.gender in (WOMEN, MEN) for one in self._told())
        return (ALL, WOMEN, MEN) if is_apart else (ALL,)

    def value(self, party: Party, year: int, gender: str = ALL) -> Observation | None:
        """One observation; None where the source says nothing at all."""
        return self._found.get((party.kind, party.code, year, gender))

    def amount(self, party: Party, year: int, gender: str = ALL) -> float | None:
        """One value; None where there is none."""
        found = self.value(party, year, gender)
        return None if found is None else found.value

    @property
    def is_share(self) -> bool:
        """Whether the values are per cent."""
        return self.indicator.unit == PER_CENT

    def scaled(self, party: Party, year: int, gender: str = ALL) -> float | None:
        """One value, of per cent as a share from 0 to 1; None where there is none."""
        amount = self.amount(party, year, gender)
        return amount if amount is None or not self.is_share else round(amount / 100, _DECIMALS)

    def written(self, party: Party, year: int, gender: str = ALL) -> str:
        """A value with its unit, or the word for why there is none."""
        found = self.value(party, year, gender)
        if found is None or found.value is None:
            return ((found and found.missing) or Missing.NONE).value
        return quantity(self.indicator, found.value)

    def rank(self, year: int) -> Ranked | None:
        """Where our municipality is among the similar ones that year; among all known where none are named."""
        own = next((self.amount(party, year) for party in self.parties(year) if party.kind is Kind.OWN), None)
        members = {code for party in self.parties(year) if party.kind is Kind.SIMILAR for code in party.members}
        each = {
            code: one.value
            for (kind, code, at, gender), one in self._found.items()
            if (kind, at, gender) == (Kind.MUNICIPALITY, year, ALL)
        }
        values = [amount for code, amount in each.items() if amount is not None and (not members or code in members)]
        return ranks.ranked(
            values,
            own,
            self.indicator.better,
            say("kommuner, den egna och de liknande") if members else say("kommuner"),
        )

    def _told(self) -> Iterator[Observation]:
        return (one for one in self._found.values() if one.value is not None and one.party.kind in ORDER)


def quantity(indicator: Indicator, amount: float) -> str:
    """A value in the indicator's own unit: `81,3 %`, `97 dagar`, `0,35`."""
    decimals = 1 if indicator.unit == PER_CENT or abs(amount) >= _EXACT_BELOW else 2
    if indicator.unit == PER_CENT:
        return forms.per_cent(forms.number(amount, decimals))
    unit = "" if indicator.unit == _COUNT else say(indicator.unit)
    return f"{forms.number(amount, decimals)}{forms.NBSP}{unit}".rstrip()


def made_of(party: Party) -> str:
    """How the value of many is made of theirs: `ovägt medelvärde av 7 kommuner`; a dash for one municipality's own.

    What we made is of those members that have a value, and so without their number.
    """
    if party.mean is Mean.NONE:
        return DASH
    is_of_all = party.members and party.mean is not Mean.OURS
    if not is_of_all:
        return say(party.mean.value)
    of = forms.counted(len(party.members), "kommun", "kommuner")
    return say("{mean} av {of}", mean=later(party.mean.value), of=of)


def means_differ(several: Iterable[Party]) -> str:
    """That means made in different ways stand beside each other; empty where none are unweighted, or all are."""
    by_mean: dict[Mean, dict[str, None]] = {}
    for party in several:
        mean = Mean.UNWEIGHTED if party.mean is Mean.OURS else party.mean
        by_mean.setdefault(mean, {})[in_text(party)] = None
    weighted, unknown, unweighted = (
        forms.listed(list(by_mean.get(mean, ()))) for mean in (Mean.WEIGHTED, Mean.UNKNOWN, Mean.UNWEIGHTED)
    )
    if not unweighted or not (weighted or unknown):
        return ""
    told = (
        say("Värdet för {weighted} är ett vägt medelvärde, där stora kommuner väger mer.", weighted=weighted)
        if weighted
        else "",
        say("Källan säger inte hur medelvärdet för {unknown} är vägt.", unknown=unknown) if unknown else "",
        say(
            "För {unweighted} är det ovägt: alla kommuner väger lika. De ska inte jämföras rakt av.",
            unweighted=unweighted,
        ),
    )
    return " ".join(filter(None, told))


def in_text(party: Party) -> str:
    """A party inside a sentence: `riket`, `liknande kommuner, IFO`; names of places keep their capital."""
    # The nation is a word in Swedish (riket) and a name elsewhere.
    is_words = party.kind is Kind.SIMILAR or (party.kind is Kind.NATION and not outside())
    return forms.inside(party.name) if is_words or party.name.startswith(_OF_COUNTY) else str(party.name)


def processed(source: Source, several: Iterable[Party], *, is_ranked: bool) -> str:
    """What of that which is told is our own work on a source's data: means that we made, and ranks; empty for none."""
    ours = [say("medelvärdet för {in_text}", in_text=in_text(party)) for party in several if party.mean is Mean.OURS]
    what = [*([say("rangen")] if is_ranked else []), *ours]
    return (
        say(
            "{what} är egen bearbetning av data från {source}.",
            what=forms.capital(forms.listed(what)),
            source=source.value,
        )
        if what
        else ""
    )


def discontinued(indicator: Indicator) -> str:
    """That the indicator has ended, and when; empty for one that is alive."""
    if not indicator.discontinued:
        return ""
    if not indicator.last_year:
        return say("Nyckeltalet är nedlagt.")
    return say("Nyckeltalet är nedlagt. Det sista året är {year}.", year=indicator.last_year)


def source_line(told: Observed) -> str:
    """Where it is from, which years and when it was fetched: `Källa: Kolada, 2021–2024. Hämtat 3 november 2026.`"""
    indicator, years = told.indicator, told.years
    which = f", {year_span(years)}" if years else ""
    when = f" {_when(indicator.source, forms.day(indicator.fetched))}" if indicator.fetched else ""
    return say("Källa: {credit}{which}.{when}", credit=credit(indicator.source), which=which, when=when)


def year_span(years: list[int]) -> str:
    """`2021–2024`; of one year alone `2024`."""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}{DASH}{years[-1]}"


def credit(source: Source) -> str:
    """Whom to credit."""
    return say("Socialstyrelsen, {source}", source=source.value) if source is Source.OPPNA_JAMFORELSER else source.value


def _when(source: Source, day: str) -> str:
    return say("Hämtat {day}.", day=day) if source is Source.KOLADA else say("Inläst {day}.", day=day)
