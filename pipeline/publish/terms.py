"""What the words of the report mean, and the limits of [limits] in config.toml that its definitions refer to."""

from __future__ import annotations

from pipeline.config import STRICT_SMALLEST_FOR_ALL_OR_NONE, Config, Limits, Together
from pipeline.language import later, say
from pipeline.publish import forms, signals, words

# What is done before anything is published, for whoever wonders whether the hidden can be found.
_PROVED = later(
    "Innan rapporten publiceras prövar programmet om någon skyddad siffra går att räkna ut av det som visas, också"
    " tillsammans med tidigare rapporter, och söker igenom de färdiga filerna efter det som inte får stå i dem. Hittas"
    " något publiceras ingenting."
)

_PROVED_OF_EACH = later(
    "Det som kommunerna visar är prövat för var och en: det som de skyddar går inte att räkna ut. Den här rapporten"
    " visar bara det som går att räkna ut av det. De färdiga filerna söks igenom efter det som inte får stå i dem."
    " Hittas något publiceras ingenting."
)

Explained = tuple[tuple[str, str], ...]  # word or limit, and what it means or is


def proved(config: Config) -> str:
    """What is done before the report is published."""
    return say(_PROVED_OF_EACH if isinstance(config.disclosure, Together) else _PROVED)


def hidden_groups(config: Config) -> str:
    """Which groups the public report hides, as `disclosure` hides them under the configured rule."""
    if isinstance(config.disclosure, Together):
        return say(
            "En kommuns siffra visas när kommunen själv visar den i sin rapport, och en siffra för alla tillsammans när"
            " varje kommun visar sin del av den. Allt annat är skyddat, hur stor gruppen än är. Därför går det som en"
            " kommun skyddar inte att räkna ut av de andras siffror."
        )
    few = forms.span(1, config.disclosure.smallest - 1)
    programmes = forms.inside(config.committee.programme_label)
    text = say(
        "Grupper på {few} visas inte för enheter, {programmes} eller i uppdelningar.", few=few, programmes=programmes
    )
    if config.disclosure.rule == "strict":
        text += say(
            " Där visas inte heller en andel när {few} har eller saknar det som mäts, eller när alla eller"
            " ingen av färre än {strict_smallest_for_all_or_none} har det.",
            few=few,
            strict_smallest_for_all_or_none=STRICT_SMALLEST_FOR_ALL_OR_NONE,
        )
    return say(
        "{text} Medelvärden och medianer på färre än {smallest} visas inte alls. Finns någon med"
        " skyddade personuppgifter i gruppen är gränsen {smallest_with_protected}. Så många fler siffror"
        " döljs att det skyddade inte går att räkna ut av summor, andra perioder eller andra mått;"
        " därför kan också en stor grupp, eller en nolla, vara skyddad.",
        text=text,
        smallest=config.disclosure.smallest,
        smallest_with_protected=config.disclosure.smallest_with_protected,
    )


def concepts(config: Config) -> Explained:
    """The words that a reader may wonder about, in the order that they are met."""
    near_points, near_percent = config.limits.near_points, config.limits.near_percent
    return (
        (
            say("n av N"),
            say(
                "N är alla som måttet gäller, n de som uppfyller det. En andel på färre än"
                " {fewest_for_percent_first} skrivs som n av N först, eftersom ett enda fall då ändrar den"
                " mycket.",
                fewest_for_percent_first=words.FEWEST_FOR_PERCENT_FIRST,
            ),
        ),
        (say("Osäkerhet, 95 %"), words.INTERVAL),
        (
            say("Statistiskt säkerställd"),
            say("En förändring eller skillnad som är större än vad slumpen rimligen ger, på 95 procents nivå."),
        ),
        (say("Median"), say("Hälften har ett lägre värde, hälften ett högre.")),
        (say("Nio av tio, högst"), say("Nio av tio har det värdet eller ett lägre.")),
        (
            say("Beräknad mediantid, pågående inräknade"),
            say(
                "Av dem som började under perioden var hälften klara efter så många dagar. De som ännu pågår"
                " räknas med så"
                " länge de har pågått (Kaplan–Meiers metod), så att de långa inte glöms bort."
            ),
        ),
        (
            say("Slumpens gränser"),
            say(
                "Det grå bandet i ett diagram visar hur mycket månaderna brukar variera av en slump"
                " (XmR-diagram). Fyllda fyrkanter är månader som avviker mer: utanför bandet, minst sju i rad på"
                " samma sida om medelvärdet, eller två av tre långt från det. Är månaderna små, i hälften av dem"
                " färre än {fewest_rows} fall, visas i stället tolv månader tillsammans. För läget på en dag"
                " räknas inga gränser, eftersom det till stor del är samma fall från månad till månad.",
                fewest_rows=signals.FEWEST_ROWS,
            ),
        ),
        (
            say("Stickprov"),
            say(
                "Är ett stickprov draget ur ett känt antal blir osäkerheten mindre ju större del som"
                " granskades, och ingen"
                " när alla granskades."
            ),
        ),
        (
            say("Samstämmighet (Krippendorffs alfa)"),
            say(
                "Hur lika handläggare bedömer samma påhittade fall, när den likhet som slumpen ger är"
                " borträknad: 1 är full"
                " enighet, 0 är som slumpen."
            ),
        ),
        (say("I år hittills"), say("Från årets första dag till och med periodens sista dag.")),
        (
            say("Läget"),
            say(
                "Som det var på periodens sista dag. Det som hände senare räknas inte med, inte heller i"
                " jämförelser med"
                " tidigare perioder."
            ),
        ),
        (say("Förändring"), say("Jämförs med samma del av året innan, eftersom mycket varierar med årstiden.")),
        (
            say("Lagkrav"),
            say("Det som lagen kräver är aldrig nästan uppfyllt: här står i hur många fall kravet är uppfyllt."),
        ),
        (
            say("Nästan uppfyllt"),
            say(
                "Högst {near_points} från målet för andelar, annars högst {percent} från målet.",
                near_points=forms.points(near_points / 100, sign=False),
                percent=_percent(near_percent),
            ),
        ),
        (say("Månadsvärden"), say("Varje månad räknas som det var på månadens sista dag.")),
    )


def limits(config: Config) -> Explained:
    """Every limit of the definitions, as it is set for this report; *inställningarna* in the texts are these."""
    return tuple((label, value) for label, value in _limits(config.limits).values())


def _limits(given: Limits) -> dict[str, tuple[str, str]]:
    """By the limit's name in config.toml: what it is called, and what it is."""
    return {
        "child_areas": (say("Områden där måtten om barn gäller"), _all(given.child_areas)),
        "not_child_kinds": (say("Utredningstyper som inte är barnutredningar"), _all(given.not_child_kinds)),
        "plan_grace_days": (
            say("Tid från verkställighet tills en insats ska ha en genomförandeplan"),
            forms.days(given.plan_grace_days, forms.number(given.plan_grace_days)),
        ),
        "plan_exempt_areas": (say("Områden som inte kräver genomförandeplan"), _all(given.plan_exempt_areas)),
        "plan_exempt_services": (say("Insatser som inte kräver genomförandeplan"), _all(given.plan_exempt_services)),
        "plan_current_months": (say("Så länge är en genomförandeplan aktuell"), _months(given.plan_current_months)),
        "execution_exempt_areas": (
            say("Områden som är undantagna från måtten om verkställighet"),
            _all(given.execution_exempt_areas),
        ),
        "care_level_services": (say("Insatser som ska ha en aktuell nivåbedömning"), _all(given.care_level_services)),
        "incident_days": (
            say("Tid som ett ärende om avvikelse eller synpunkt får vara öppet"),
            forms.days(given.incident_days, forms.number(given.incident_days)),
        ),
        "control_minor_percent": (
            say("Internkontroll: mindre avvikelse när andelen är högre än"),
            _percent(given.control_minor_percent),
        ),
        "control_major_percent": (
            say("Internkontroll: stor avvikelse från och med andelen"),
            _percent(given.control_major_percent),
        ),
        "risk_medium_from": (
            say("Risk: medel från och med sannolikhet gånger konsekvens"),
            forms.number(given.risk_medium_from),
        ),
        "risk_high_from": (
            say("Risk: hög från och med sannolikhet gånger konsekvens"),
            forms.number(given.risk_high_from),
        ),
        "near_points": (
            say("Nästan uppfyllt, andelar: längst från målet"),
            forms.points(given.near_points / 100, sign=False),
        ),
        "near_percent": (
            say("Nästan uppfyllt, annat: längst från målet"),
            say("{percent} av målets värde", percent=_percent(given.near_percent)),
        ),
        "rejected_percent": (
            say("Gräns för underkända rader"),
            say("{percent} av de lästa raderna i varje utdrag", percent=_percent(given.rejected_percent)),
        ),
    }


def _all(values: tuple[str, ...]) -> str:
    return forms.listed(values) or say("inga")


def _months(by_area: dict[str, int]) -> str:
    areas = [f"{area} {_in_months(months)}" for area, months in by_area.items() if area != "default"]
    return "; ".join([_in_months(by_area["default"]), *areas])


def _in_months(months: int) -> str:
    return forms.counted(months, "månad", "månader")


def _percent(value: float) -> str:
    return f"{forms.number(value, 1)}{forms.NBSP}%"
