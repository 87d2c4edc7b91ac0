"""Reading config.toml, alone or laid under a municipality's own settings; its folders become absolute."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline import config_faults
from pipeline.config import checking, laying, targets
from pipeline.config.sections import Paths
from pipeline.config.targets import Judged
from pipeline.config.whole import Config
from pipeline.config_faults import Fault
from pipeline.errors import WrongUse
from pipeline.places import CONFIG_FILE, SQL


def load(file: Path | None = None, known_metrics: Judged | None = None, common: Path | None = None) -> Config:
    """Read a configuration (the project's own unless said); its paths become absolute, from the file's folder.

    A municipality's own settings (`municipalities/<code>.toml`) are laid over the configuration that it shares with
    others (`common`, or else config.toml in the folder above); its folders are below theirs, its key beside theirs.
    `known_metrics` are the metrics that targets may name, each with its judged statistic, so that a target of a share
    is held to 0–100 also where it names none. Unless given, they are the files of sql/metrics, whose headers are not
    read.
    Raises WrongUse with one line for every fault in the file.
    """
    file = file or CONFIG_FILE
    text = config_faults.read(file)
    own = config_faults.parse(text, file)
    known_metrics = _catalogue() if known_metrics is None else known_metrics
    code = laying.code_of(file)
    if not code:
        config = _sound_config(own, known_metrics, text, file, checking.faults_of_key(own))
        return _at_home(config, file.resolve().parent)
    common = common or laying.common_of(file)
    shared = load(common, known_metrics)
    document = laying.laid_over(config_faults.parse(config_faults.read(common), common), own, code)
    config = _sound_config(document, known_metrics, text, file, laying.faults(own, code))
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
    faults += [*more, *checking.faults(document), *targets.faults(document, known_metrics)]
    if faults or config is None:
        raise WrongUse(config_faults.told(faults, text, file))
    return config


def _at_home(config: Config, folder: Path) -> Config:
    """The same with its paths from the file's folder."""
    engine = config.engine
    if engine.folder is not None:
        engine = engine.model_copy(update={"folder": folder / engine.folder})
    return config.model_copy(update={"paths": config.paths.seen_from(folder), "engine": engine})


def with_paths(
    config: Config, raw: Path | None = None, processed: Path | None = None, reports: Path | None = None
) -> Config:
    """The same configuration with folders given on the command line (from the working folder) in place of its own."""
    given = {"raw": raw, "processed": processed, "reports": reports}
    update = {name: folder.absolute() for name, folder in given.items() if folder is not None}
    return config.model_copy(update={"paths": config.paths.model_copy(update=update)})


def _catalogue() -> Judged:
    return dict.fromkeys(file.stem for file in (SQL / "metrics").glob("*.sql"))


def _validated(document: dict[str, Any], known_metrics: Judged) -> tuple[Config | None, list[Fault]]:
    try:
        return Config.model_validate(document, context={"known_metrics": known_metrics}), []
    except ValidationError as error:
        return None, config_faults.of(error, Config)
