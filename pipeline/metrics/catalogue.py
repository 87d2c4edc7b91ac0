"""The metric catalogue: the headers of sql/metrics/*.sql, read strictly, as the nouns of `model`.

A header is YAML in the file's leading comment. What its keys mean is told at `Header`; how its words become sentences:

    share         {hit} av {n} {noun} ({share}) {verb}.   97 av 131 utredningar (74 %) avslutades inom 120 dagar.
    count         {n} {noun} {verb}.                      1 400 aktualiseringar kom in.
    distribution  {n} {noun} {verb}.                      131 utredningar avslutades.   (then mean, median, p90)
    nothing       {nothing}                               Ingen förhandsbedömning skulle ha varit klar under perioden.

So a verb stands in the past tense (a stock is of a day that has passed), in a form that fits one and many.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationError, model_validator

from pipeline import config_faults
from pipeline.errors import WrongUse
from pipeline.language import later
from pipeline.metrics import citations
from pipeline.model import Metric, PartOf, Statistic

FOLDER = Path(__file__).resolve().parents[2] / "sql" / "metrics"
SECTIONS = (
    "Aktualiseringar och förhandsbedömningar",
    "Utredningar",
    "Genomförandeplaner",
    "Beslut och verkställighet",
    "Nivåbedömningar och samordnade planer",
    "Avvikelser och synpunkter",
    "Granskningar, enkäter och bedömningar",
    "Internkontroll, aktiviteter och egna mått",
)
QUALITY_AREAS = (
    "samverkan",
    "delaktighet",
    "personcentrerat arbetssätt",
    "personalens kompetens",
    "kunskapsbaserad verksamhet",
    "ledning och styrning",
)
# The loader written in C reads the catalogue ten times faster; both are safe.
_YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FILE = re.compile(r"\A/\* ---\n(?P<yaml>.*?)^--- \*/\n(?P<sql>.*)\Z", re.DOTALL | re.MULTILINE)
UNWRITTEN = "ÄNDRA"  # how the texts of a skeleton begin, see `pipeline.adding`
# What is printed, in the language of the report.
_SAID = (
    "title", "section", "question", "numerator", "denominator", "unit", "kind", "quality_area", "owner", "choices",
    "noun", "verb", "nothing", "limit_name",
)  # fmt: skip
_NOT_IN_METRIC = ("id", "order", "law")


def _written_as(pattern: str, demand: str) -> AfterValidator:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text, re.DOTALL):
            raise ValueError(f"är ”{text}”; {demand}")
        return text

    return AfterValidator(check)


Text = Annotated[str, Field(pattern=r"\S")]
Sentence = Annotated[str, _written_as(r".+[.!?]", "ska vara en hel mening")]
Question = Annotated[str, _written_as(r".+\?", "ska vara en fråga")]
Identifier = Annotated[str, _written_as(r"[a-z][a-z0-9_]*", "ska skrivas med små bokstäver, siffror och _")]
Kpi = Annotated[str, _written_as(r"[NU]\d{5}", "ska vara ett nyckeltals-id i Kolada, till exempel U28129")]
Columns = dict[Text, tuple[Text, ...]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _PartOf(_Strict):
    metric: Identifier
    breakdown: Text
    category: Text


class Header(_Strict):
    """What stands above a metric's statement. Texts are Swedish and end up in the report; keys are English.

    `order` places the metric in its section. `headline_by` is the breakdown that is told instead of a misleading total.
    `law` names rules of sql/law.toml.
    `needs` and `refines` name the contract's tables and columns, the rows' own table first; a needed entry `revised or
    followed_up` asks for either. `choices` are whole sentences on what the definition leaves open, shown under *Så
    räknar vi*. What a row is, besides a case: `per` names the column whose distinct values are counted instead of rows;
    with `summed` a row stands for `n` cases, of which `hits` are in the numerator; with `finite_population` its
    `population_part` sums to the number that the rows were drawn from; the categories of the breakdown `outcome` are
    shares of the total. `yearly` measures every calendar year in the data too, and what stands on fewer rows than
    `fewest` is not published. `bands` are the last days of the bands that the report draws durations in, the longest
    left open, and `bands_limit` the one of them that is drawn as a limit. `part_of` names the category of another
    metric that all rows of this one are.
    """

    id: Identifier
    order: Annotated[int, Field(ge=1)]
    title: Text
    section: Literal[*SECTIONS]  # type: ignore[valid-type]
    question: Question
    numerator: str
    denominator: Text
    unit: Text
    kind: Literal["struktur", "process", "resultat"]
    quality_area: Literal[*QUALITY_AREAS]  # type: ignore[valid-type]
    better: Literal["higher", "lower", ""]
    flow: StrictBool
    statistics: Annotated[tuple[Statistic, ...], Field(min_length=1)]
    judged: Statistic
    breakdowns: Annotated[tuple[Text, ...], Field(min_length=1)]
    headline_by: str = ""
    demanded_by_law: StrictBool
    child_scope: StrictBool
    needs: Annotated[Columns, Field(min_length=1)]
    refines: Columns = {}
    law: tuple[Text, ...]
    kpis: tuple[Kpi, ...] = ()
    owner: Text
    choices: tuple[Sentence, ...]
    per: str = ""
    noun: tuple[Text, Text]
    verb: Text
    nothing: Sentence
    limit_days: Annotated[int, Field(ge=1)] | None = None
    limit_name: str = ""
    outcome: str = ""
    summed: StrictBool = False
    finite_population: StrictBool = False
    yearly: StrictBool = False
    fewest: Annotated[int, Field(ge=0)] = 0
    bands: tuple[Annotated[int, Field(ge=0)], ...] = ()
    bands_limit: int | None = None
    part_of: _PartOf | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Header:
        if self.judged not in self.statistics:
            raise ValueError(f"judged är {self.judged}, som inte står bland statistics")
        if self.breakdowns[0] != "area":
            raise ValueError("breakdowns ska börja med area")
        for name in ("headline_by", "outcome"):
            if getattr(self, name) not in ("", *self.breakdowns):
                raise ValueError(f"{name} är {getattr(self, name)}, som inte står bland breakdowns")
        unknown = [rule for rule in self.law if rule not in citations.read()]
        if unknown:
            raise ValueError(f"law nämner {', '.join(unknown)}, som inte står i sql/law.toml")
        if any(statistic.is_share for statistic in self.statistics) and not self.numerator:
            raise ValueError("numerator ska anges för en andel")
        if (self.limit_days is None) != (not self.limit_name):
            raise ValueError("limit_days och limit_name ska anges tillsammans")
        return self

    @model_validator(mode="after")
    def _has_bands_in_order(self) -> Header:
        if any(statistic.is_spread for statistic in self.statistics):
            raise ValueError("statistics kan inte ha by_days eller cohort; ange bands")
        if list(self.bands) != sorted(set(self.bands)):
            raise ValueError("bands ska stå i stigande ordning")
        if self.bands and Statistic.MEAN not in self.statistics:
            raise ValueError("bands kan bara anges för ett mått med mean")
        if self.bands_limit is not None and self.bands_limit not in self.bands:
            raise ValueError("bands_limit ska vara en av bands")
        return self


def read(folder: Path = FOLDER) -> dict[str, Metric]:
    """All metrics by id, in the order of the report: section by section, then by `order`.

    Raises WrongUse with every fault of every header (file, key, what is wrong), in Swedish.
    """
    faults: list[str] = []
    headed: list[tuple[Header, Metric]] = []
    for file in sorted(folder.glob("*.sql")):
        try:
            headed.append(_read_file(file))
        except _HeaderFault as fault:
            faults += [f"{file.name}: {text}" for text in fault.faults]
    faults += _shared_places(header for header, _ in headed)
    if faults:
        raise WrongUse("Måttkatalogen har fel som måste rättas:\n" + "\n".join(faults))
    headed.sort(key=lambda pair: _place(pair[0]))
    return {metric.metric_id: metric for _, metric in headed}


def places(folder: Path = FOLDER) -> dict[str, set[int]]:
    """The places that are taken in each section, also by metrics whose words are not written yet."""
    taken: dict[str, set[int]] = {}
    for file in folder.glob("*.sql"):
        found = _FILE.match(_normal(file))
        header = yaml.load(found["yaml"], _YamlLoader) if found else {}  # noqa: S506 (both loaders are safe)
        if isinstance(header, dict) and isinstance(header.get("order"), int):
            taken.setdefault(str(header.get("section")), set()).add(header["order"])
    return taken


class _HeaderFault(Exception):
    """What is wrong in one file, a sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def _read_file(file: Path) -> tuple[Header, Metric]:
    text = _normal(file)
    found = _FILE.match(text)
    if not found:
        raise _HeaderFault(["filen ska börja med raden /* --- och huvudet sluta med raden --- */"])
    header = _read_header(found["yaml"])
    if header.id != file.stem:
        raise _HeaderFault([f"id: är {header.id}; ska vara filens namn, {file.stem}."])
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return header, _metric(header, found["sql"].strip().rstrip(";"), sha256)


def _normal(file: Path) -> str:
    return file.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _read_header(text: str) -> Header:
    try:
        written = yaml.load(text, _YamlLoader)  # noqa: S506 (both loaders are safe)
        if isinstance(written, dict) and (unwritten := [key for key, told in written.items() if _is_unwritten(told)]):
            raise _HeaderFault([f"{', '.join(unwritten)}: texten ur mallen står kvar. Skriv måttets egen."])
        return Header.model_validate(written)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (rad {mark.line + 2})" if mark else ""
        raise _HeaderFault([f"huvudet går inte att läsa som YAML{line}."]) from None
    except ValidationError as error:
        faults = config_faults.of(error, Header)
        raise _HeaderFault(f"{_key(fault.path)}{fault.text}." for fault in faults) from None


def _is_unwritten(value: object) -> bool:
    """Whether a text of the skeleton stands where the metric's own should."""
    if isinstance(value, list):
        return any(map(_is_unwritten, value))
    return isinstance(value, str) and value.startswith(UNWRITTEN)


def _key(path: tuple[str | int, ...]) -> str:
    """`law nr 2, text: `; empty for what concerns the whole header."""
    name = ", ".join(f"nr {part + 1}" if isinstance(part, int) else part for part in path).replace(", nr", " nr")
    return f"{name}: " if name else ""


def _metric(header: Header, sql: str, sha256: str) -> Metric:
    values: dict[str, Any] = {name: getattr(header, name) for name in Header.model_fields if name not in _NOT_IN_METRIC}
    values = {name: _said_later(value) if name in _SAID else value for name, value in values.items()}
    law = tuple(citations.read()[rule] for rule in header.law)
    part_of = header.part_of and PartOf(**header.part_of.model_dump())
    return Metric(**{**values, "metric_id": header.id, "law": law, "part_of": part_of, "sql": sql, "sha256": sha256})


def _said_later(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return later(value) if isinstance(value, str) else tuple(map(later, value))


def _place(header: Header) -> tuple[int, int]:
    return SECTIONS.index(header.section), header.order


def _shared_places(headers: Iterable[Header]) -> list[str]:
    places = Counter((header.section, header.order) for header in headers)
    return [f"order: {order} står på flera mått i {section}." for (section, order), n in places.items() if n > 1]
