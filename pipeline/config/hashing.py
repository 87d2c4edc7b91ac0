"""What a configuration says, as a hash: reports made under the same one are made alike."""

from __future__ import annotations

import hashlib
import json

from pipeline import config_faults
from pipeline.config.whole import Config
from pipeline.places import COMPARISONS_FILE, LAW_FILE, SQL


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
