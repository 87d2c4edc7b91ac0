"""Rows of the register, referrals, investigations, decisions and plans."""

from __future__ import annotations

from datetime import date, timedelta

from ..days import add_months
from .chance import A_YEAR, AREAS, SAME_DAY, SERVICES, UNITS, Chance, Record

INVESTIGATION_KINDS = (None, "barnavårdsutredning", "barnavårdsutredning", "Vårdnad", "ekonomiskt bistånd", "LSS")
SOURCES = (None, "skola", "polis", "hälso- och sjukvård")
DELAYS = (None, "bostad saknas", "saknar personal")
PROVIDERS = ("Hemtjänst Söder", "Åängens boende", "Omsorg & Trygghet AB")
PROGRAMMES = ("Individ och familj", "Vård och omsorg", "Stöd i vardagen")


class Casework:
    """The extracts that tell of persons' cases, which refer to each other."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.investigations = [self.investigation(number) for number in range(chance.size())]
        self.referrals = [self.referral(number) for number in range(chance.size())]
        self.decisions = [self.decision(number) for number in range(chance.size())]
        self.decisions += [self.decision(number) for number in range(5 * chance.has_same_ids)]
        self.plans: list[Record] = []
        for number in range(chance.size()):
            self.plans += self.plan(number)

    def tables(self) -> dict[str, list[Record]]:
        """All of them by extract."""
        return {
            "units": self.units(),
            "referrals": self.referrals,
            "investigations": self.investigations,
            "decisions": self.decisions,
            "plans": self.plans,
        }

    def units(self) -> list[Record]:
        """A register with a reorganisation, a unit that has closed, one that has not begun, and open ends."""
        rows: list[Record] = []
        reorganised = self.chance.last_day + timedelta(days=self.chance.choice((-100, 0, 1)))
        for unit in UNITS:
            programme, area = self.chance.choice(PROGRAMMES), self.chance.choice(AREAS)
            row: Record = {"unit": unit, "programme": programme, "area": area, "provider_type": "egen"}
            way = self.chance.random.random()
            if way < 0.3:
                rows.append(row | {"valid_to": reorganised - timedelta(days=1)})
                rows.append(row | {"programme": self.chance.choice(PROGRAMMES), "valid_from": reorganised})
            elif way < 0.4:
                rows.append(row | {"valid_from": "2020-01-01", "valid_to": self.chance.edge()})
            elif way < 0.5:
                rows.append(row | {"valid_from": self.chance.edge()})
            else:
                rows.append(row | {"valid_from": "2019-01-01", "valid_to": self.chance.maybe(0.3, "9999-12-31")})
        rows.append({"unit": "Vilande enheten", "programme": "Barn och unga", "area": "Barn och unga"})
        return rows

    def referral(self, number: int) -> Record:
        received = self.chance.day(SAME_DAY, (1, 0), (14, 0), (14, 0), (15, 0))
        person = self.chance.person()
        a_year_ago = add_months(self.chance.last_day, -12)
        may_return = [row for row in self.investigations if row["closed"] and row["closed"] <= a_year_ago]
        if may_return and self.chance.is_so(0.3):
            before = self.chance.choice(may_return)
            person, received = (
                before["person_id"],
                self.chance.past(self.chance.after(before["closed"], SAME_DAY, A_YEAR, A_YEAR)),
            )
        outcomes = ("utredning inleds", "utredning inleds", "utredning inleds inte", "tillförd pågående utredning")
        decided = self.chance.maybe(0.8, self.chance.past(self.chance.after(received, (14, 0), (14, 0), (1, 0))))
        return {
            "referral_id": f"A{number:03}",
            "person_id": person,
            "unit": self.chance.unit(),
            "area": self.chance.area(),
            "kind": self.chance.choice(("anmälan", "anmälan", "anmälan", "ansökan", "ansökan", "övrigt")),
            "source": self.chance.choice(SOURCES),
            "received": received,
            "registered": received,
            "protection_assessed": self.chance.maybe(
                0.7, self.chance.past(received + timedelta(days=self.chance.choice((0, 1, 2))))
            ),
            "decided": decided,
            "outcome": self.chance.maybe(0.85 if decided else 0.15, self.chance.choice(outcomes)),
            "special_reasons": self.chance.answer(),
        }

    def investigation(self, number: int) -> Record:
        opened = self.chance.day(SAME_DAY, (120, 0), (121, 0), (0, 3), (0, 4), (0, 4), (0, 6), (0, 14))
        limit = add_months(opened, 4)
        person = self.chance.person()
        if person.startswith("2015"):
            person = self.chance.choice(("20150316-2381", "201503162381", "150316-2381"))
        return {
            "investigation_id": f"U{number:03}",
            "referral_id": self.chance.maybe(0.6, f"A{self.chance.random.randrange(60):03}"),
            "person_id": person,
            "unit": self.chance.unit(),
            "area": self.chance.area(),
            "kind": self.chance.choice(INVESTIGATION_KINDS),
            "opened": opened,
            "closed": self.chance.maybe(
                0.75, self.chance.past(self.chance.after(opened, (120, 0), (120, 0), (0, 3), (0, 4), (0, 6)))
            ),
            "extended": self.chance.maybe(
                0.5, max(opened, self.chance.past(limit + timedelta(days=self.chance.choice((-9, 0, 0, 1)))))
            ),
            "extended_until": self.chance.maybe(0.5, self.chance.after(opened, (0, 4), (0, 6))),
            "outcome": self.chance.maybe(0.8, self.chance.choice(("insats", "ingen insats", "avbruten", "övrigt"))),
            "case_worker": self.chance.maybe(0.85, self.chance.choice(("H1", "H2", "H3", "H4"))),
        }

    def decision(self, number: int) -> Record:
        referral = self.chance.choice(self.referrals)
        decided = self.chance.day(SAME_DAY, (0, 3), (0, 3), (0, 6), A_YEAR, (0, 15))
        if self.chance.is_so(0.2):
            decided = self.chance.past(referral["received"] + timedelta(days=self.chance.choice((-1, 0, 20))))
        executed = self.chance.after(decided, SAME_DAY, (20, 0), (0, 3))
        if self.chance.is_so(0.5):
            executed = max(decided, self.chance.day(SAME_DAY, (30, 0), (30, 0), A_YEAR))
        if self.chance.is_so(0.06):
            executed = decided - timedelta(days=3)
        interrupted = self.chance.maybe(0.3, max(decided, self.chance.day(SAME_DAY, (0, 3), (0, 3))))
        return {
            "decision_id": f"B{number:03}",
            "referral_id": self.chance.maybe(
                0.6, self.chance.choice((referral["referral_id"], referral["referral_id"], "A999"))
            ),
            "person_id": self.chance.person(),
            "unit": self.chance.unit(),
            "area": self.chance.area(),
            "law": self.chance.choice(("SoL", "SoL", "SoL", "SoL", "LSS", "LSS", "LSS", "LVU")),
            "service": self.chance.choice(SERVICES),
            "kind": self.chance.choice((None, "nytt", "nytt", "utökat", "förlängt")),
            "decided": decided,
            "result": self.chance.choice(("bifall", "bifall", "bifall", "bifall", "delvis bifall", "avslag")),
            "valid_to": self.chance.maybe(0.2, self.chance.after(decided, (0, 3), (0, 6))),
            "executed": self.chance.maybe(0.75, executed),
            "partly_executed": self.chance.choice(("ja", "nej", "nej", "nej", None, None, None)),
            "interrupted": interrupted,
            "resumed": self.chance.maybe(0.4, self.chance.past(self.chance.after(interrupted, (0, 3))))
            if interrupted
            else None,
            "ended": self.chance.maybe(0.2, self.chance.after(decided, (20, 0), (0, 3), (0, 6))),
            "end_reason": self.chance.maybe(0.2, "flyttat"),
            "delay_reason": self.chance.choice(DELAYS),
            "followed_up": self.chance.maybe(0.7, self.chance.day(SAME_DAY, A_YEAR, A_YEAR)),
            "provider_unit": self.chance.maybe(0.4, self.chance.choice(PROVIDERS)),
            "provider_type": self.chance.choice(("egen", "privat", None)),
        }

    def plan(self, number: int) -> list[Record]:
        """A plan's rows: one a decision it names, or one that only tells the person and the service."""
        if self.plans and self.chance.is_so(0.35):
            return self.rival(number, self.chance.choice(self.plans))
        chosen = self.chance.sample(self.decisions, self.chance.choice((1, 1, 1, 2, 3)))
        first = chosen[0]
        executed = first["executed"] or first["decided"]
        established = self.chance.day(SAME_DAY, (0, 6), A_YEAR, A_YEAR)
        if self.chance.is_so(0.4):
            established = self.chance.past(self.chance.after(executed, (30, 0), (30, 0), SAME_DAY))
        established = self.chance.maybe(0.9, established)
        row = self.contents(number, established) | {
            "person_id": self.chance.maybe(0.9, first["person_id"]),
            "service": self.chance.maybe(0.9, first["service"]),
        }
        way = self.chance.random.random()
        if way < 0.3:
            return [row | {"decision_id": None}]
        if way < 0.36:
            return [row | {"decision_id": "B999"}]
        return [row | {"decision_id": decision["decision_id"], "service": decision["service"]} for decision in chosen]

    def contents(self, number: int, established: date | None) -> Record:
        since = established or date(2023, 1, 1)
        goals = self.chance.maybe(0.8, self.chance.choice((0, 1, 2, 3)))
        return {
            "plan_id": f"G{number:03}",
            "kind": self.chance.choice(("genomförandeplan", "genomförandeplan", None)),
            "unit": self.chance.unit(),
            "established": established,
            "revised": self.chance.maybe(0.55, max(since, self.chance.day(SAME_DAY, (0, 6), A_YEAR))),
            "followed_up": self.chance.maybe(0.4, max(since, self.chance.day(SAME_DAY, (0, 6), A_YEAR))),
            "next_follow_up": self.chance.maybe(0.7, self.chance.after(since, (0, 6), A_YEAR)),
            "participation": self.chance.answer(),
            "cooperation": self.chance.answer(),
            "goals": goals,
            "measurable_goals": self.chance.maybe(0.8, self.chance.random.randint(0, goals or 0)),
            "subgoals": self.chance.maybe(0.5, 2),
            "ended": self.chance.maybe(0.25, self.chance.after(since, (0, 6), A_YEAR)),
            "ended_as_planned": self.chance.answer(),
        }

    def rival(self, number: int, plan: Record) -> list[Record]:
        """Another plan of the same decision, as late as the first; now and then established on another day."""
        dates = {column: plan[column] for column in ("established", "revised", "followed_up")}
        if dates["established"] and dates["revised"] and self.chance.is_so(0.5):
            dates["established"] -= timedelta(days=1)
        same = {column: plan[column] for column in ("person_id", "service", "decision_id", "ended")}
        return [self.contents(number, plan["established"]) | dates | same]
