"""Rows of care levels, SIP, incidents, reviews, surveys and vignettes."""

from __future__ import annotations

from datetime import date, timedelta

from .chance import A_YEAR, SAME_DAY, SERVICES, Chance, Record

KINDS = (
    "avvikelse",
    "avvikelse",
    "avvikelse",
    "synpunkt",
    "synpunkt",
    "lex Sarah",
    "lex Sarah",
    "tillbud",
    "lex Maria",
)
CATEGORIES = (None, "bemötande", "dokumentation", "Utebliven insats")
LEVELS = (1, 2, 2, 3, 3, 10)
SCALE = (None, 1, 2, 2, 3, 4)


def care_levels(chance: Chance, decisions: list[Record]) -> list[Record]:
    """Few persons and services, often assessed on the same day; the ids follow neither the days nor their numbers."""
    rows: list[Record] = []
    for number in chance.sample(range(120), chance.size(50)):
        assessed = chance.day(SAME_DAY, (0, 3), (0, 3), A_YEAR, A_YEAR)
        known = chance.choice(decisions)
        row = {"person_id": known["person_id"], "service": known["service"], "assessed": assessed}
        if rows and chance.is_so(0.55):
            row = {column: chance.choice(rows)[column] for column in row} if chance.is_so(0.1) else rows[-1] | {}
            row["assessed"] = chance.past(chance.after(row["assessed"], SAME_DAY, SAME_DAY, (0, 3), (0, 3), A_YEAR))
        elif chance.is_so(0.3):
            row |= {"person_id": chance.person(), "service": chance.choice(SERVICES)}
        rows.append(
            row
            | {
                "assessment_id": f"N{number}",
                "unit": chance.unit(),
                "level": chance.choice(LEVELS),
                "preliminary": chance.choice(("ja", "ja", "nej", None)),
                "joint": chance.answer(),
            }
        )
    return rows


def coordinated_plans(chance: Chance) -> list[Record]:
    """SIP."""
    return [
        {
            "sip_id": f"S{number}",
            "person_id": chance.person(),
            "unit": chance.unit(),
            "established": chance.day(SAME_DAY),
            "participation": chance.answer(),
            "followed_up": None,
        }
        for number in range(chance.size(30))
    ]


def incidents(chance: Chance, investigations: list[Record]) -> list[Record]:
    """Some refer to investigations, mostly to ones that took long; some kinds share an id."""
    rows = []
    long = [row for row in investigations if row["closed"] and (row["closed"] - row["opened"]).days >= 120]
    for number in range(chance.size()):
        received = chance.day(SAME_DAY, SAME_DAY, (90, 0), (91, 0))
        kind = chance.choice(KINDS)
        if kind == "avvikelse" and chance.is_so(0.4):
            received = chance.past(chance.last_day + timedelta(days=chance.choice((0, 1))))
        of = chance.choice(long if long and chance.is_so(0.8) else investigations)["investigation_id"]
        rows.append(
            {
                "incident_id": f"Ä{number if kind != 'tillbud' else 0}",
                "unit": chance.unit(),
                "kind": kind,
                "feedback": chance.choice(("beröm", "klagomål", "klagomål", None)) if kind == "synpunkt" else None,
                "submitter": chance.choice((None, "brukare", "anhörig", "personal")),
                "external": chance.answer(),
                "category": chance.choice(CATEGORIES),
                "received": received,
                "severity": chance.choice(SCALE),
                "recurrence": chance.choice(SCALE),
                "serious": chance.answer(),
                "reported_to_ivo": chance.maybe(0.6, chance.past(chance.after(received, SAME_DAY, (30, 0)))),
                "closed": chance.maybe(0.6, chance.past(chance.after(received, SAME_DAY, (90, 0)))),
                "investigation_id": chance.maybe(0.7 if kind == "avvikelse" else 0.5, chance.choice((of, of, "U999"))),
            }
        )
    return rows


def reviews(chance: Chance) -> list[Record]:
    """Files of some units, all drawn from as many: not told, fewer than the sample, it, a few more, many."""
    rows = []
    for review in ("Barnets bästa", "Delaktighet i planen"):
        for unit in sorted({chance.unit() for _ in range(3)}):
            items = chance.size(8)
            population = chance.choice((None, 0, 1, items - 1, items, items, items + 1, 3 * items, 400))
            days = (chance.day(SAME_DAY), chance.day(SAME_DAY))
            told = chance.choice((0.0, 0.5, 1.0, 1.0))
            rows += [
                {
                    "review": review,
                    "unit": unit,
                    "item_id": f"{item}",
                    "question": question,
                    "answer": chance.choice(("ja", "ja", "nej", "delvis", "ej aktuellt")),
                    "reviewed": chance.choice(days),
                    "population": chance.maybe(told, population and population - chance.choice((0, 0, 1))),
                }
                for item in range(items)
                for question in ("Framgår barnets röst?", "Finns mål?")
                if chance.is_so(0.9)
            ]
    return rows


def surveys(chance: Chance) -> list[Record]:
    """Questions asked again on another day, some with a row an option, some without a number of asked."""
    rows = []
    for survey in ("Brukarenkäten", "Medarbetarenkäten"):
        for unit in sorted({chance.unit() for _ in range(3)}):
            days = {chance.day(SAME_DAY), chance.day(SAME_DAY)}
            for day in sorted(days):
                for question in ("Är du nöjd?", "Får du vara med och bestämma?"):
                    rows += _survey_question(
                        chance, {"survey": survey, "unit": unit, "question": question, "date": day}
                    )
    return rows


def _survey_question(chance: Chance, row: Record) -> list[Record]:
    answered = chance.choice((0, 1, 3, 9, 10, 11, 24))
    row = row | {
        "invited": chance.maybe(0.7, answered + chance.choice((0, 0, 1, 7))),
        "answered": answered,
        "positive": chance.maybe(0.8, chance.random.randint(0, answered)),
        "mean": chance.maybe(0.8, chance.choice(("1", "2,5", "3,75", "4,1", "2,33", "3,005"))),
        "scale": 5,
    }
    if chance.is_so(0.6):
        return [row]
    options = [row | {"option": option, "option_count": 1} for option in ("ja", "nej", "vet inte")]
    if chance.is_so(0.5):
        for option in options[1:]:
            option.update({"positive": None, "mean": None, "invited": None})
    if chance.is_so(0.2):
        options[0]["answered"] = chance.random.randint(row["positive"] or 0, answered)
    return options


def vignettes(chance: Chance) -> list[Record]:
    """Raters alone, alike and not; of one unit or several; some answers after the window or long ago."""
    rows = []
    for vignette in ("Elva år och ensam hemma", "Mats, 43"):
        days = [chance.day(SAME_DAY), chance.edge(), chance.edge()]
        for question in ("Inleds utredning?", "Finns det oro?", "Vilken nivå?"):
            answers = chance.choice((("ja",), ("ja", "nej"), ("ja", "nej", "nej"), ("1", "2", "3")))
            rows += [_judgement(chance, vignette, question, answers, days) | rater for rater in _raters(chance)]
    return rows


def _raters(chance: Chance) -> list[Record]:
    raters = [{"rater": f"H{number}", "unit": chance.unit()} for number in range(1, 6)]
    return chance.sample(raters, chance.choice((0, 1, 2, 4, 5)))


def _judgement(chance: Chance, vignette: str, question: str, answers: tuple[str, ...], days: list[date]) -> Record:
    return {
        "vignette": vignette,
        "question": question,
        "answer": chance.choice(answers),
        "date": chance.past(chance.choice(days)),
    }
