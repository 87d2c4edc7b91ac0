"""Looking at an export that nobody has described yet, and proposing a profile for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.inspection import naming, profile_text, sample, saving, vocabulary
from pipeline.inspection.findings import Proposal
from pipeline.inspection.headings import heading_score
from pipeline.inspection.proposal import propose
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.model import EXTRACT_NAMES
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract
from pipeline.sources.wording import fold

__all__ = ["Inspection", "Proposal", "inspect"]


@dataclass(frozen=True)
class Inspection:
    """What was found. `saved`: the profile that was written, if any; `by_hand`: what must be added to it."""

    proposal: Proposal
    vocabulary: Vocabulary
    saved: Path | None = None
    by_hand: tuple[str, ...] = ()


def inspect(
    file: Path, config: Config, *, extract: str | None = None, profile: str | None = None, save: bool = False
) -> Inspection:
    """Look at a file's first rows and propose a profile; with `save`, write it to the folder of profiles.

    `file` may be given by its name alone when it lies among the extracts. `extract` and `profile` are names, else
    guessed from the file. Raises WrongUse for names that may not be, a file that cannot be read or that holds no table,
    and a profile that already says how to read it.
    """
    file = _found(file, config)
    name = naming.demand_profile(profile) if profile else naming.profile_of(file)
    words = vocabulary.load(config.paths.profiles)
    told = naming.extracts(file.name, config.files) or naming.extracts(file.name, words.patterns())
    wanted = _extract_called(extract) if extract else _only(told)
    found = sample.take(file, heading_score(words), config.reading)
    proposal = propose(found, words, wanted, "given" if extract else "name")
    if not proposal.sheets and not proposal.strange:
        raise WrongUse(
            f"Filen {file.name}: ingen rubrikrad hittades bland de första raderna; kontrollera att filen är ett utdrag"
            " med rubriker, eller ange vilket med --extract."
        )
    if not save:
        return Inspection(proposal, words)
    sections = profile_text.sections(proposal, naming.pattern_of(file), words)
    saved, by_hand = saving.save(config.paths.profiles, name, file.name, sections)
    return Inspection(proposal, words, saved, tuple(by_hand))


def _found(file: Path, config: Config) -> Path:
    """The file; one that is not where it was said is looked for among the extracts, by its name."""
    delivered = config.paths.raw / file
    return delivered if not file.exists() and delivered.is_file() else file


def _extract_called(name: str) -> Extract:
    """The extract by its name in the contract, or by what readers call it. Raises WrongUse."""
    by_name = {fold(word): key for key, word in EXTRACT_NAMES.items()} | {fold(key): key for key in EXTRACTS}
    if fold(name) not in by_name:
        raise WrongUse(f"--extract {name}: inget utdrag heter så. De som finns är {', '.join(EXTRACT_NAMES.values())}.")
    return EXTRACTS[by_name[fold(name)]]


def _only(names: set[str]) -> Extract | None:
    """The extract that a file's name tells, where it tells one."""
    return EXTRACTS[next(iter(names))] if len(names) == 1 else None
