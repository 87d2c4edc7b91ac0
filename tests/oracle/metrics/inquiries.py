"""Reviews, surveys and vignettes: the cases of each metric's denominator in a window. Docstrings quote the catalogue
and, where it is silent, tell the choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..cases import Answer, Case, Stratum, World
from ..days import Window
from ..extracts import Record

Cases = Iterator[Case]


def review_fulfilled(world: World, window: Window) -> Cases:
    """Answers ja, nej, delvis [of the window]; breakdown `question` | ja. With population, the interval is corrected:
    the strata are review, unit and question, each as many as its greatest population."""
    answers = [
        row
        for row in world.extracts.reviews
        if window.holds(row["reviewed"]) and row["answer"] in ("ja", "nej", "delvis")
    ]
    populations: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in answers:
        if row["population"] is not None:
            populations[_stratum(row)].append(row["population"])
    for row in answers:
        case = world.unit_case("reviews", row, window.ends)
        case.categories["question"] = f"{row['review']}: {row['question']}"
        case.hit = row["answer"] == "ja"
        case.stratum = Stratum(_stratum(row), max(populations[_stratum(row)], default=None))
        yield case


def _stratum(row: Record) -> tuple[str, ...]:
    return tuple(row[column].lower() for column in ("review", "unit", "question"))


def survey_positive(world: World, window: Window) -> Cases:
    """Answered, summed; breakdown `question` | positive, summed. Those with positive given."""
    for row in _questions(world, window):
        if row["positive"] is not None:
            case = _survey_case(world, row, window)
            case.hits, case.n = row["positive"], row["answered"]
            yield case


def survey_mean(world: World, window: Window) -> Cases:
    """Answered; breakdown `question` | mean weighted by answers. Those with a mean given."""
    for row in _questions(world, window):
        if row["mean"] is not None:
            case = _survey_case(world, row, window)
            case.value, case.n = row["mean"], row["answered"]
            yield case


def survey_response_rate(world: World, window: Window) -> Cases:
    """Invited, summed over a survey's units (each once, its largest); breakdown `survey` | answered likewise.
    Of the questions with invited given."""
    of_unit: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in _questions(world, window):
        if row["invited"] is not None:
            of_unit[row["survey"].lower(), row["unit"].lower()].append(row)
    for rows in of_unit.values():
        case = world.unit_case("surveys", rows[0], window.ends, ("survey",))
        case.hits, case.n = max(row["answered"] for row in rows), max(row["invited"] for row in rows)
        yield case


def _questions(world: World, window: Window) -> Iterator[Record]:
    """A question of a survey in a unit on a day, once: its rows (one an option) repeat what they say of all of it."""
    same: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for row in world.extracts.surveys:
        if window.holds(row["date"]):
            texts = (row["survey"], row["unit"], row["question"], row["source_system"] or "")
            same[(*(text.lower() for text in texts), row["date"])].append(row)
    for rows in same.values():
        largest = {
            column: max((row[column] for row in rows if row[column] is not None), default=None)
            for column in ("invited", "answered", "positive", "mean")
        }
        yield rows[0] | largest


def _survey_case(world: World, row: Record, window: Window) -> Case:
    case = world.unit_case("surveys", row, window.ends)
    case.categories["question"] = f"{row['survey']}: {row['question']}"
    return case


def rater_agreement(world: World, window: Window) -> Cases:
    """Pairs of answers; breakdown `vignette`. An item is a vignette's question; the window is that of the answers."""
    for row in world.extracts.vignettes:
        if window.holds(row["date"]):
            case = world.unit_case("vignettes", row, window.ends, ("vignette",))
            item = (row["vignette"].lower(), row["question"].lower())
            case.answer = Answer(item, row["rater"], row["answer"].lower())
            yield case
