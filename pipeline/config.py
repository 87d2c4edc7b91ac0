"""config.toml → typed objects; every fault is reported at once, with line, key, what is wrong and what is allowed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from pipeline import config_faults, config_laying, places
from pipeline.config_faults import Fault
from pipeline.errors import WrongUse
from pipeline.model import Statistic

ROOT, DEFAULT_FILE = places.ROOT, places.CONFIG_FILE
SQL = ROOT / "sql"
LAW_FILE = SQL / "law.toml"
COMPARISONS_FILE = SQL / "comparisons.toml"
DEFAULT_FILES: dict[str, tuple[str, ...]] = {
    "units": ("enheter*",),
    "referrals": ("aktualiseringar*",),
    "investigations": ("utredningar*",),
    "decisions": ("beslut*",),
    "plans": ("genomförandeplaner*", "genomforandeplaner*"),
    "care_levels": ("nivåbedömningar*", "nivabedomningar*"),
    "coordinated_plans": ("sip*",),
    "incidents": ("avvikelser*", "synpunkter*"),
    "reviews": ("granskningar*",),
    "surveys": ("enkäter*", "enkater*"),
    "vignettes": ("vinjetter*",),
    "measurements": ("mätvärden*", "matvarden*"),
    "activities": ("aktiviteter*",),
    "controls": ("internkontroll*",),
    "followup_plan": ("uppföljningsplan*", "uppfoljningsplan*"),
    "requirements": ("kravmatris*",),
    "goals": ("mål*", "mal*"),
}

# What TOML's reader gives is checked as it stands ("90" is no number); only lists and paths change their type.
Text = Annotated[str, Field(pattern=r"\S")]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Folder = Annotated[Path, Field(strict=False)]
Count = Annotated[int, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


# Metric id → the statistic that is judged; None where only the ids are known.
Judged = Mapping[str, str | None]
_Kind = TypeVar("_Kind", bound=_Section)


class Municipality(_Section):
    """Whose figures these are."""

    name: Text
    code: Annotated[str, Field(pattern=r"^[0-9]{4}$")]


class Committee(_Section):
    """The body that the report is made for: level 1 of every figure."""

    name: Text
    programme_label: Text = "Verksamhetsuppdrag"
    areas: Texts = ()


class ReportCover(_Section):
    """What the cover of the report says besides the figures."""

    reference: str = ""
    decided_by: str = ""
    process_owner: str = ""
    approved: str = ""
    contact: str = ""
    language: Literal["sv", "en"] = "sv"  # of the committee's page, workbook and PDF


class Paths(_Section):
    """Folders and the key file, absolute once loaded."""

    raw: Folder = Path("data/raw")
    processed: Folder = places.PROCESSED
    reports: Folder = Path("reports")
    key: Folder = Path("data/pseudonym.key")
    profiles: Folder = ROOT / "profiles"


class Limits(_Section):
    """Limits of the definitions; names as in the metric catalogue."""

    child_areas: Texts = ("Barn och unga",)
    not_child_kinds: Texts = (
        "ekonomiskt bistånd",
        "familjerätt",
        "vårdnad",
        "boende",
        "umgänge",
        "adoption",
        "faderskap",
        "familjehemsutredning",
        "yttrande",
        "LSS",
    )
    plan_grace_days: Count = 0
    plan_exempt_areas: Texts = ("Ekonomiskt bistånd",)
    plan_exempt_services: Texts = ("trygghetslarm", "matdistribution")
    plan_current_months: dict[Text, Annotated[int, Field(ge=1)]] = {"default": 12, "Äldreomsorg": 6}
    execution_exempt_areas: Texts = ("Ekonomiskt bistånd",)
    care_level_services: Texts = ("daglig verksamhet", "bostad med särskild service")
    incident_days: Count = 90
    control_minor_percent: Percent = 0
    control_major_percent: Percent = 10
    risk_medium_from: Count = 4
    risk_high_from: Count = 9
    near_points: Percent = 5
    near_percent: Percent = 5
    rejected_percent: Percent = 5

    @field_validator("plan_current_months")
    @classmethod
    def _one_number_an_area(cls, months: dict[str, int]) -> dict[str, int]:
        if "default" not in months:
            raise ValueError("saknar default, månaderna för områden som inte nämns")
        if len({area.casefold() for area in months}) < len(months):
            raise ValueError("nämner ett område två gånger; stora och små bokstäver är lika")
        return months


class Reading(_Section):
    """How much of a file is read before it is refused: real extracts are far below, and what is above is a trap."""

    unpacked_mb: Annotated[int, Field(ge=1)] = 2_000
    workbook_cells: Annotated[int, Field(ge=1)] = 50_000_000
    columns: Annotated[int, Field(ge=1)] = 1_000
    cell_characters: Annotated[int, Field(ge=1)] = 100_000


# Under the strict rule a share of 0 or 1 is hidden on fewer rows than this (the protection contract).
STRICT_SMALLEST_FOR_ALL_OR_NONE = 10


class Disclosure(_Section):
    """How small groups are hidden in what is public."""

    rule: Literal["default", "strict"] = "default"
    smallest: Annotated[int, Field(ge=2)] = 5
    smallest_with_protected: Annotated[int, Field(ge=2)] = 10


class Together(Disclosure):
    """Of several municipalities in one report: what each shows of its own, and nothing else; no file can say so."""


class Watch(_Section):
    """How many days before a limit a case is listed for the unit's manager (`bevakning/`); 0 = once it has passed.

    `reopened_days` is no such time: within it a new investigation after a closed one is listed.
    """

    preassessment_days: Count = 5
    protection_days: Count = 1
    investigation_days: Count = 30
    decision_days: Count = 30
    plan_days: Count = 30
    follow_up_days: Count = 30
    incident_days: Count = 14
    care_level_days: Count = 30
    reopened_days: Count = 30


_A_LEAP_YEAR = 2000  # has every day that some year has


class Ivo(_Section):
    """The quarter's report on decisions not executed.

    `Q1` to `Q4`: the first and last day (month-day) when each quarter is reported, the first such days after its end.
    `bands`: the first day, counted from the decision, of each band in the statistics; those before the first belong
    to it.
    """

    Q1: Texts = ("04-01", "04-30")
    Q2: Texts = ("07-01", "08-31")
    Q3: Texts = ("10-01", "10-31")
    Q4: Texts = ("01-01", "01-31")
    bands: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(strict=False)] = (91, 181, 366)

    @field_validator("Q1", "Q2", "Q3", "Q4")
    @classmethod
    def _first_and_last(cls, days: tuple[str, ...]) -> tuple[str, ...]:
        for day in days:
            try:
                date.fromisoformat(f"{_A_LEAP_YEAR}-{day}")
            except ValueError:
                raise ValueError(f"nämner {day}; skriv månad och dag, till exempel 04-30") from None
        if len(days) != 2 or days[0] > days[1]:
            raise ValueError('ska vara första och sista dagen, till exempel ["04-01", "04-30"]')
        return days

    @field_validator("bands")
    @classmethod
    def _rising(cls, bands: tuple[int, ...]) -> tuple[int, ...]:
        if not bands or list(bands) != sorted(set(bands)):
            raise ValueError("ska vara minst en dag, och varje dag senare än den förra, till exempel [91, 181, 366]")
        return bands


class Engine(_Section):
    """Where metrics are counted: in this computer's database, or on a Spark server that is handed its tables as files.

    `address`: Spark Connect's (sc://…). `folder`: where the files are written meanwhile, if not beside the database;
    `seen_as`: what the cluster calls that folder, where it has another name for it. None of it changes a figure.
    """

    kind: Literal["duckdb", "spark"] = "duckdb"
    address: Annotated[str, Field(pattern=r"^(sc://\S+)?$")] = ""
    folder: Annotated[Path | None, Field(strict=False)] = None
    seen_as: str = ""


class Comparison(_Section):
    """Comparison with others: what is fetched from Kolada besides what `sql/comparisons.toml` names, and from where.

    `similar`: the kind of similar municipalities (Kolada's word) for indicators that name none. `categories`: what the
    municipality calls the areas and services that are compared, where the words differ from those of that file.
    """

    similar: Text = "IFO"
    years: Annotated[int, Field(ge=1, le=25)] = 6
    kpis: Annotated[tuple[Annotated[str, Field(pattern=r"^[A-Z][0-9]{5}$")], ...], Field(strict=False)] = ()
    address: Annotated[str, Field(pattern=r"^https?://\S+$")] = "https://api.kolada.se/v3/"
    seconds: Annotated[int, Field(ge=1, le=600)] = 30
    categories: dict[Text, Text] = {}


class SeverityRule(_Section):
    """A rule that is made milder or harder than the contract says, for a reason and until a day (included).

    An empty extract means all; which rules there are, the rules themselves know.
    """

    rule: Text
    extract: str = ""
    severity: Literal["stop", "reject", "warn"]
    reason: Text
    until: date


class Target(_Section):
    """A target of one metric; shares in per cent as written, see `judging` for 0–1.

    An empty statistic is the metric's judged one; empty area and unit mean the committee as a whole. A `category` is
    one of the breakdown that the metric is told by (`headline_by`: a measure, a question). `better` says which
    direction is better where the metric itself says none.
    """

    metric: Text
    statistic: str = ""
    value: Annotated[float, Field(ge=0)]
    area: str = ""
    unit: str = ""
    category: str = ""
    better: Literal["", "higher", "lower"] = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @field_validator("metric")
    @classmethod
    def _is_in_the_catalogue(cls, metric: str, info: ValidationInfo) -> str:
        known = _known_metrics(info)
        if known is not None and metric not in known:
            raise ValueError(f"”{metric}” finns inte i måttkatalogen. {config_faults.suggestion(metric, known)}")
        return metric

    @field_validator("statistic")
    @classmethod
    def _is_a_statistic(cls, statistic: str) -> str:
        known = [str(one) for one in Statistic if not one.is_spread]
        if statistic and statistic not in known:
            raise ValueError(f"”{statistic}” är okänt. {config_faults.suggestion(statistic, known)}")
        return statistic

    @field_validator("value")
    @classmethod
    def _share_is_in_per_cent(cls, value: float, info: ValidationInfo) -> float:
        if value > 100 and _statistic(info.data, _known_metrics(info) or {}) == Statistic.SHARE:
            raise ValueError(f"är {value:g}, men en andel anges i procent och ska vara 0–100")
        return value

    @field_validator("valid_to")
    @classmethod
    def _ends_after_it_starts(cls, ends: date | None, info: ValidationInfo) -> date | None:
        starts = info.data.get("valid_from")
        if starts and ends and ends < starts:
            raise ValueError(f"är {ends}, före valid_from {starts}; ska vara samma dag eller senare")
        return ends


class Config(_Section):
    """The whole of config.toml."""

    municipality: Municipality
    committee: Committee
    report: ReportCover = ReportCover()
    paths: Paths = Paths()
    files: dict[str, Texts] = DEFAULT_FILES
    limits: Limits = Limits()
    reading: Reading = Reading()
    disclosure: Disclosure = Disclosure()
    watch: Watch = Watch()
    ivo: Ivo = Ivo()
    comparison: Comparison = Comparison()
    engine: Engine = Engine()
    profiles: dict[Text, Text] = {}
    severity: Annotated[tuple[SeverityRule, ...], Field(strict=False)] = ()
    targets: Annotated[tuple[Target, ...], Field(strict=False)] = ()

    @field_validator("files")
    @classmethod
    def _laid_over_the_defaults(cls, files: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return DEFAULT_FILES | files


def load(file: Path | None = None, known_metrics: Judged | None = None, common: Path | None = None) -> Config:
    """Read a configuration (the project's own unless said); its paths become absolute, from the file's folder.

    A municipality's own settings (`municipalities/<code>.toml`) are laid over the configuration that it shares with
    others (`common`, or else config.toml in the folder above); its folders are below theirs, its key beside theirs.
    `known_metrics` are the metrics that targets may name, each with its judged statistic, so that a target of a share
    is held to 0–100 also where it names none. Unless given, they are the files of sql/metrics, whose headers are not
    read.
    Raises WrongUse with one line for every fault in the file.
    """
    file = file or DEFAULT_FILE
    text = config_faults.read(file)
    own = config_faults.parse(text, file)
    known_metrics = _catalogue() if known_metrics is None else known_metrics
    code = config_laying.code_of(file)
    if not code:
        config = _sound_config(own, known_metrics, text, file, _key_faults(own))
        return _at_home(config, file.resolve().parent)
    common = common or config_laying.common_of(file)
    shared = load(common, known_metrics)
    document = config_laying.laid_over(config_faults.parse(config_faults.read(common), common), own, code)
    config = _sound_config(document, known_metrics, text, file, config_laying.faults(own, code))
    return config.model_copy(update={"paths": paths_of(shared.paths, code), "engine": shared.engine})


def paths_of(shared: Paths, code: str) -> Paths:
    """A municipality's folders below those that it shares with others, and its key beside theirs."""
    own = {name: getattr(shared, name) / code for name in ("raw", "processed", "reports")}
    return shared.model_copy(
        update={**own, "key": shared.key.with_name(f"{shared.key.stem}-{code}{shared.key.suffix}")}
    )


def _sound_config(
    document: dict[str, Any], known_metrics: Judged, text: str, file: Path, more: Iterable[Fault]
) -> Config:
    config, faults = _validated(document, known_metrics)
    faults += [
        *more,
        *_file_faults(document),
        *_engine_faults(document),
        *_target_faults(document, known_metrics),
    ]
    if faults or config is None:
        raise WrongUse(config_faults.told(faults, text, file))
    return config


def _at_home(config: Config, folder: Path) -> Config:
    """The same with its paths from the file's folder."""
    engine = config.engine
    if engine.folder is not None:
        engine = engine.model_copy(update={"folder": folder / engine.folder})
    return config.model_copy(update={"paths": _absolute(config.paths, folder), "engine": engine})


def with_paths(
    config: Config, raw: Path | None = None, processed: Path | None = None, reports: Path | None = None
) -> Config:
    """The same configuration with folders given on the command line (from the working folder) in place of its own."""
    given = {"raw": raw, "processed": processed, "reports": reports}
    update = {name: folder.absolute() for name, folder in given.items() if folder is not None}
    return config.model_copy(update={"paths": config.paths.model_copy(update=update)})


def fingerprint(config: Config) -> str:
    """SHA-256 of all that may change a figure or a word: the configuration less its places, profiles, definitions."""
    content = config.model_dump(mode="json", exclude={"paths", "engine"})
    if content["report"]["language"] == "sv":  # so that what was published before there was a choice keeps its hash
        del content["report"]["language"]
    content["wordings"] = {
        file.stem: config_faults.parse(config_faults.read(file), file)
        for file in sorted(config.paths.profiles.glob("*.toml"))
    }
    content["definitions"] = {
        file.relative_to(SQL).as_posix(): hashlib.sha256(file.read_text(encoding="utf-8").encode()).hexdigest()
        for file in (*sorted(SQL.glob("*/*.sql")), LAW_FILE, COMPARISONS_FILE)
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _catalogue() -> Judged:
    return dict.fromkeys(file.stem for file in (ROOT / "sql" / "metrics").glob("*.sql"))


def _validated(document: dict[str, Any], known_metrics: Judged) -> tuple[Config | None, list[Fault]]:
    try:
        return Config.model_validate(document, context={"known_metrics": known_metrics}), []
    except ValidationError as error:
        return None, config_faults.of(error, Config)


def _file_faults(document: dict[str, Any]) -> Iterator[Fault]:
    files = document.get("files")
    if not isinstance(files, dict):
        return
    taken: dict[str, str] = {}
    for extract, patterns in files.items():
        if extract not in DEFAULT_FILES:
            yield Fault(("files", extract), f"okänt utdrag. {config_faults.suggestion(extract, DEFAULT_FILES)}")
        for pattern in patterns if isinstance(patterns, list) else ():
            owner = taken.setdefault(str(pattern).casefold(), extract)
            if owner != extract:
                yield Fault(("files", extract), f"mönstret ”{pattern}” står redan under {owner}")


def _key_faults(document: dict[str, Any]) -> Iterator[Fault]:
    paths = _sound(Paths, document.get("paths", {}))
    if paths is None:
        return
    here = _absolute(paths, Path.cwd())
    for name in ("raw", "processed", "reports"):
        if here.key.is_relative_to(getattr(here, name)):
            text = f"nyckeln ligger i mappen {name}; den ska ligga skild från utdrag, databas och rapporter"
            yield Fault(("paths", "key"), text)


def _engine_faults(document: dict[str, Any]) -> Iterator[Fault]:
    engine = _sound(Engine, document.get("engine", {}))
    if engine is not None and engine.kind == "spark" and not engine.address:
        yield Fault(("engine", "address"), "saknas; skriv var Spark Connect svarar, till exempel sc://spark:15002")


def _target_faults(document: dict[str, Any], known_metrics: Judged) -> Iterator[Fault]:
    earlier: dict[tuple[str, ...], list[tuple[int, Target]]] = {}
    for index, target in _sound_targets(document):
        statistic = _statistic(target.model_dump(), known_metrics)
        same = earlier.setdefault(
            (target.metric, statistic, target.area.casefold(), target.unit.casefold(), target.category.casefold()), []
        )
        for number, other in same:
            if _overlap(target, other):
                text = f"gäller samma mått under samma tid som mål nr {number + 1}; giltigheten får inte överlappa"
                yield Fault(("targets", index), text)
        same.append((index, target))


def _sound_targets(document: dict[str, Any]) -> Iterator[tuple[int, Target]]:
    targets = document.get("targets")
    for index, given in enumerate(targets if isinstance(targets, list) else ()):
        target = _sound(Target, given)
        if target is not None:
            yield index, target


def _sound(kind: type[_Kind], given: Any) -> _Kind | None:
    """A part of the document on its own; None where it has faults, which are told with the whole."""
    try:
        return kind.model_validate(given)
    except ValidationError:
        return None


def _overlap(one: Target, other: Target) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)


def _absolute(paths: Paths, folder: Path) -> Paths:
    return paths.model_copy(update={name: folder / path for name, path in paths})


def _known_metrics(info: ValidationInfo) -> Judged | None:
    return (info.context or {}).get("known_metrics")


def _statistic(target: dict[str, Any], known_metrics: Judged) -> str:
    return str(target.get("statistic") or known_metrics.get(target.get("metric", "")) or "")
