"""What goes wrong in the invented municipality, and what people think of it: numbers and texts, no code that draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.demo.story import Area, Role

MILD, SERIOUS = (38, 40, 18, 4), (4, 22, 46, 28)  # weights of the degrees 1 to 4


@dataclass(frozen=True)
class CategoryStory:
    """What a category of incidents is put down to, and what is done about it."""

    weight: float
    causes: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class IncidentStory:
    """A kind of incident: how many come in a year, a unit of a small municipality, and what they are about."""

    a_year: float
    growth: float  # a year, as a share of the first
    categories: Mapping[str, CategoryStory]
    submitters: Mapping[str, float]
    areas: tuple[Area, ...] = tuple(Area)
    roles: tuple[Role, ...] = tuple(Role)
    feedback: Mapping[str, float] = field(default_factory=dict)
    external: float | None = None  # share from outside; None = not asked
    severity: tuple[float, ...] = ()  # empty = not graded
    serious: float | None = None  # share that is a serious one; None = not asked


LATE = CategoryStory(
    3,
    ("Hög arbetsbelastning under hösten", "Byte av handläggare", "Väntan på yttrande från annan myndighet"),
    (
        "Ärendet fördelat på två handläggare",
        "Avstämning med arbetsledare varje vecka",
        "Läkarutlåtande begärt; påminnelse skickad",
    ),
)
DOCUMENTATION = CategoryStory(
    3,
    ("Otydlig rutin", "Ny personal", "Systemet låg nere"),
    ("Rutinen genomgången på arbetsplatsträff", "Anteckningen kompletterad i efterhand"),
)
MISSED = CategoryStory(
    4,
    ("Frånvaro utan vikarie", "Fel i planeringen", "Nyckel saknades"),
    ("Samtal med den enskilde; insatsen gavs senare samma dag", "Planeringen ändrad", "Ny bemanningsrutin"),
)
TREATMENT = CategoryStory(
    2,
    ("Tidspress", "Missförstånd om vad som var bestämt"),
    ("Samtal med medarbetaren", "Den enskilde har fått en ursäkt"),
)
SECRECY = CategoryStory(
    1,
    ("Brev till fel adress", "Utskrift kvar i skrivaren"),
    ("Berörda informerade; händelsen anmäld till dataskyddsombudet", "Utskrift kräver numera kort"),
)
MEDICINE = CategoryStory(
    5,
    ("Signering missades", "Dosett fylld fel", "Delegering hade gått ut"),
    ("Delegeringen förnyad", "Kontroll av två personer införd", 'Läkemedelslistan märkt "ändrad"'),
)
COOPERATION = CategoryStory(
    3,
    ("Vårdplanen kom för sent", "Oklart vem som ansvarade"),
    ("Avstämt med vårdcentralen", "Frågan tagen till samverkansgruppen"),
)
FALL = CategoryStory(4, ("Halt golv", "Hjälpmedel saknades"), ("Riskbedömning gjord", "Hjälpmedel förskrivet"))
THREAT = CategoryStory(2, ("Ensamarbete", "Känt riskbeteende"), ("Handlingsplan upprättad", "Dubbelbemanning"))
NEGLECT = CategoryStory(2, ("Brister i tillsyn", "Rutinen var okänd"), ("Utredning och åtgärdsplan klar",))
ECONOMY = CategoryStory(1, ("Pengar saknades i kassan",), ("Kassarutinen ändrad; två personer kvitterar",))
INFORMATION = CategoryStory(4, ("Svar dröjde", "Svårt att nå handläggaren"), ("Kontakt tagen", "Telefontiden utökad"))
INSPECTION = CategoryStory(1, ("Planerad tillsyn", "Anmälan till tillsynsmyndigheten"), ("Svar lämnat i tid",))

PERFORMING = (Role.PERFORMS,)
AT_HAND = (Area.DISABILITY, Area.ELDERLY)

INCIDENTS: Mapping[str, IncidentStory] = {
    "avvikelse": IncidentStory(
        a_year=9,
        growth=0.05,
        categories={
            "Utebliven insats": MISSED,
            "Dokumentation": DOCUMENTATION,
            "Handläggningstid": LATE,
            "Bemötande": TREATMENT,
            "Sekretess": SECRECY,
        },
        submitters={"personal": 88, "brukare": 4, "anhörig": 5, "annan": 3},
        severity=MILD,
    ),
    "synpunkt": IncidentStory(
        a_year=6,
        growth=0.04,
        categories={"Information": INFORMATION, "Bemötande": TREATMENT, "Utebliven insats": MISSED, "": DOCUMENTATION},
        submitters={"brukare": 42, "anhörig": 42, "personal": 3, "annan": 10, "": 3},
        feedback={"klagomål": 56, "beröm": 16, "förslag": 13, "fråga": 9, "annan": 6},
    ),
    "vårdavvikelse": IncidentStory(
        a_year=9,
        growth=0.02,
        categories={"Läkemedel": MEDICINE, "Samverkan": COOPERATION, "Fall": FALL},
        submitters={"personal": 96, "annan": 4},
        areas=AT_HAND,
        roles=PERFORMING,
        external=0.3,
        severity=MILD,
    ),
    "lex Sarah": IncidentStory(
        a_year=0.9,
        growth=0.06,
        categories={"Brister i omsorgen": NEGLECT, "Bemötande": TREATMENT, "Ekonomiskt övergrepp": ECONOMY},
        submitters={"personal": 1},
        severity=SERIOUS,
        serious=0.24,
    ),
    "lex Maria": IncidentStory(
        a_year=0.12,
        growth=0,
        categories={"Läkemedel": MEDICINE, "Fall": FALL},
        submitters={"personal": 1},
        areas=AT_HAND,
        roles=PERFORMING,
        severity=SERIOUS,
    ),
    "tillbud": IncidentStory(
        a_year=1.4,
        growth=0.03,
        categories={"Hot och våld": THREAT, "Fall": FALL},
        submitters={"personal": 1},
        severity=MILD,
    ),
    "skada": IncidentStory(
        a_year=0.7,
        growth=0,
        categories={"Fall": FALL, "Hot och våld": THREAT},
        submitters={"personal": 1},
        severity=SERIOUS,
    ),
    "tillsyn": IncidentStory(
        a_year=0.15, growth=0, categories={"Tillsyn": INSPECTION}, submitters={"annan": 1}, external=1
    ),
}

OVERRUN_DAYS = 120  # an investigation of a child that takes longer is to be recorded
OVERRUN_RECORDED = (0.48, 0.82)
EXPLAINED, FORGOTTEN = 0.85, 0.03  # closed with cause and action; never closed
REPORTED_TO_IVO = 0.93
