"""The publications on disk: `published/`, below it a folder a period, below that a folder a publication.

A folder is named by number, day and run, and holds

- `publication.csv` subject, name, content: run, period and day, program and settings, the times of its figures, and
  the metrics' hashes, the limits, the extracts' hashes and days of delivery
- `figures.csv`, or `figures.csv.gz` when it is large: one row a figure as the committee got it, what is hidden blank
- `hidden.csv`, or `hidden.csv.gz`: what was blank there, so that no later report tells it; internal as the database
- `SHA256SUMS` the files' hashes

A publication is never written over, but by the very same run when the program has changed in between. What is about
to be published waits beside the shelf, in `publishing/`, until the report stands.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from pipeline import plain_files
from pipeline.errors import WrongUse
from pipeline.history.publications import Basis, Place, Placed, Publication
from pipeline.model import Figure, Status
from pipeline.model.revisions import Published
from pipeline.periods import Days, Period
from pipeline.plain_files import UNREADABLE, Damaged, Row

NAME = "published"
ANNOUNCED = "publishing"
LARGE: Final = 200_000  # bytes of a file of figures, above which it is packed
_ABOUT, _FIGURES, _HIDDEN = "publication.csv", "figures.csv", "hidden.csv"
_ABOUT_HEADINGS = ("subject", "name", "content")
_PLACE_HEADINGS = ("metric", "statistic", "kind", "starts", "ends", "level", "org", "breakdown", "category")
_FIGURE_HEADINGS = (*_PLACE_HEADINGS, "numerator", "denominator", "value", "target", "status", "suppressed")
_HIDDEN_HEADINGS = (*_PLACE_HEADINGS, "numerator", "denominator", "value", "protected")
_STOCK, _FLOW = "stock", "flow"
_REPORT = "report"  # the file that says where the report is to stand
Stands = Callable[[Path, str], bool]


def read(folder: Path) -> tuple[Publication, ...]:
    """All publications in the order that they were put there. Raises WrongUse when one is damaged."""
    return tuple(sorted((_publication(place) for place in _places(folder)), key=lambda one: one.number))


def figures(folder: Path, publication: Publication) -> Placed:
    """The figures of a publication, each with its key in a report where its time is called by its kind.

    Raises WrongUse when they are damaged.
    """
    return dict(map(_figure, _table(_place(folder, publication), _FIGURES, _FIGURE_HEADINGS)))


def hidden(folder: Path, publication: Publication) -> Placed:
    """The hidden figures of a publication with what was measured. Raises WrongUse when they are damaged."""
    return dict(map(_hidden_figure, _table(_place(folder, publication), _HIDDEN, _HIDDEN_HEADINGS)))


def write(folder: Path, publication: Publication, placed: Placed, hidden: Placed) -> None:
    """Put a publication on the shelf, or in its own place there: its figures, and the hidden ones with their numbers.

    Raises WrongUse when that cannot be.
    """
    place = _place(folder, publication)
    try:
        contents = _contents(publication, placed, hidden)
        if not _holds(place, contents):
            plain_files.replace_all(place, contents)
    except OSError:
        raise WrongUse(_not_kept(place)) from None


def announce(folder: Path, publication: Publication, placed: Placed, hidden: Placed, report: Path) -> None:
    """Write down, beside the shelf, what is about to be published in the folder `report`; `settle` then puts it there.

    So nothing is ever published that the shelf does not get to know of, wherever a run is cut off. Raises WrongUse when
    it cannot be written.
    """
    place = folder / ANNOUNCED
    told = {_REPORT: os.fsencode(report.absolute())}
    try:
        plain_files.replace_all(place, {**_contents(publication, placed, hidden), **told})
    except OSError:
        raise WrongUse(_not_kept(folder / NAME)) from None


def settle(folder: Path, stands: Stands) -> None:
    """Put on the shelf what was announced, if `stands` says that it was published, and else forget it.

    `stands` gets the report's folder and the run's id. Raises OSError when it cannot be put there; it stays announced.
    """
    place = folder / ANNOUNCED
    if not place.exists():
        return
    try:
        noted = plain_files.sums(place)
        report = Path(os.fsdecode(plain_files.checked(place, _REPORT, noted)))
        contents = {name: plain_files.checked(place, name, noted) for name in noted if name != _REPORT}
        publication = _from_about(plain_files.rows(_ABOUT, contents[_ABOUT], _ABOUT_HEADINGS))
    except UNREADABLE:
        # It is written through before anything is published, so nothing was.
        shutil.rmtree(place)
        return
    if stands(report, publication.basis.run_id):
        home = _place(folder, publication)
        if not _holds(home, contents):
            plain_files.replace_all(home, contents)
    shutil.rmtree(place)


def past_hidden(folder: Path, before: date) -> int:
    """How many hidden figures are of days before a day."""
    return sum(place.time.ends < before for publication in read(folder) for place in hidden(folder, publication))


def forget_hidden(folder: Path, before: date) -> None:
    """Take away the numbers of hidden figures of days before a day; what was published stays."""
    for publication in read(folder):
        numbers = hidden(folder, publication)
        left = {place: figure for place, figure in numbers.items() if place.time.ends >= before}
        if len(left) < len(numbers):
            write(folder, publication, figures(folder, publication), left)


def _table(place: Path, file: str, headings: Sequence[str]) -> list[Row]:
    try:
        noted = plain_files.sums(place)
        name = next((name for name in noted if name.startswith(file)), file)
        return plain_files.rows(name, plain_files.checked(place, name, noted), headings)
    except UNREADABLE as fault:
        raise _unreadable(place, fault) from None


def _file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> dict[str, bytes]:
    content = plain_files.text(headings, rows)
    return {name + plain_files.PACKED: plain_files.packed(content)} if len(content) > LARGE else {name: content}


def _contents(publication: Publication, placed: Placed, hidden: Placed) -> dict[str, bytes]:
    return {
        _ABOUT: plain_files.text(_ABOUT_HEADINGS, _about(publication)),
        **_file(_FIGURES, _FIGURE_HEADINGS, (_figure_row(*item) for item in _in_order(placed))),
        **_file(_HIDDEN, _HIDDEN_HEADINGS, (_hidden_row(*item) for item in _in_order(hidden))),
    }


def _in_order(placed: Placed) -> list[tuple[Place, Figure]]:
    """Sorted by place, as places compare; by plain tuples, since there are hundreds of thousands."""
    return sorted(placed.items(), key=lambda item: _plainly(item[0]))


def _plainly(place: Place) -> tuple[object, ...]:
    time = place.time
    return (
        place.metric, place.statistic, time.is_stock, time.starts, time.ends,
        place.level, place.org, place.breakdown, place.category,
    )  # fmt: skip


def _not_kept(place: Path) -> str:
    return (
        f"De publicerade siffrorna kan inte sparas i {place}, och utan dem kan nästa rapport inte tala om vad som har"
        " ändrats. Ingenting har publicerats. Kontrollera att du får skriva i mappen och att disken inte är full, och"
        " kör igen."
    )


def _places(folder: Path) -> Iterable[Path]:
    """The publications' folders; those that begin with a full stop were never finished."""
    return (place for place in (folder / NAME).glob("*/*") if place.is_dir() and not place.name.startswith("."))


def _place(folder: Path, publication: Publication) -> Path:
    published, run_id = publication.basis.published, publication.basis.run_id
    name = f"{publication.number:04}-{published.day.isoformat()}-{run_id}"
    return folder / NAME / published.period.code / name


def _holds(place: Path, contents: dict[str, bytes]) -> bool:
    """Whether the publication stands there just so already."""
    files = {file.name for file in place.glob("*")} - {plain_files.SUMS}
    return files == set(contents) and all((place / name).read_bytes() == data for name, data in contents.items())


def _unreadable(place: Path, fault: BaseException) -> WrongUse:
    return WrongUse(
        f"De publicerade siffrorna i {place} kan inte läsas{plain_files.told(fault)}. Ingenting har publicerats eller"
        " ändrats. Återställ mappen från en säkerhetskopia, eller flytta undan den: då jämförs inte längre med den"
        " rapporten."
    )


# --- what explains them ---------------------------------------------------------------------------------------------


def _about(publication: Publication) -> Iterator[tuple[str, str, str]]:
    basis = publication.basis
    yield "run", "number", str(publication.number)
    yield "run", "run_id", basis.run_id
    yield "run", "period", basis.published.period.code
    yield "run", "published", basis.published.day.isoformat()
    yield "run", "version", basis.version
    yield "run", "settings", basis.settings
    for subject, times in (("own", publication.own), ("retold", publication.retold)):
        yield from ((subject, kind, f"{starts}/{ends}") for kind, starts, ends in map(_time_cells, sorted(times)))
    yield from (("metric", *item) for item in sorted(basis.metrics.items()))
    yield from (("limit", *item) for item in sorted(basis.limits.items()))
    yield from (("extract", *item) for item in sorted(basis.extracts.items()))
    yield from (("delivered", name, day.isoformat()) for name, day in sorted(basis.delivered.items()))


def _publication(place: Path) -> Publication:
    try:
        content = plain_files.checked(place, _ABOUT, plain_files.sums(place))
        rows = plain_files.rows(_ABOUT, content, _ABOUT_HEADINGS)
        found = _from_about(rows)
    except UNREADABLE as fault:
        raise _unreadable(place, fault) from None
    if _place(place.parents[2], found) != place:
        raise _unreadable(place, Damaged("mappen har fått ett annat namn"))
    return found


def _from_about(rows: Iterable[Row]) -> Publication:
    told: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        told.setdefault(row["subject"], []).append((row["name"], row["content"]))
    run = dict(told["run"])
    return Publication(
        number=int(run["number"]),
        basis=Basis(
            published=Published(date.fromisoformat(run["published"]), Period.parse(run["period"])),
            run_id=run["run_id"],
            version=run["version"],
            settings=run["settings"],
            metrics=dict(told.get("metric", ())),
            limits=dict(told.get("limit", ())),
            extracts=dict(told.get("extract", ())),
            delivered={name: date.fromisoformat(day) for name, day in told.get("delivered", ())},
        ),
        own=frozenset(_time(kind, *days.split("/")) for kind, days in told.get("own", ())),
        retold=frozenset(_time(kind, *days.split("/")) for kind, days in told.get("retold", ())),
    )


# --- figures --------------------------------------------------------------------------------------------------------


def _figure_row(place: Place, figure: Figure) -> list[str]:
    measured = (figure.numerator, figure.denominator, figure.value)
    is_hidden = figure.suppressed
    return [
        *_place_cells(place), *(["", "", ""] if is_hidden else map(_number, measured)), _number(figure.target),
        "" if is_hidden or figure.status is None else figure.status.value, "true" if is_hidden else "false",
    ]  # fmt: skip


def _hidden_row(place: Place, figure: Figure) -> list[str]:
    value = figure.value if figure.exact is None else figure.exact
    return [*_place_cells(place), *map(_number, (figure.numerator, figure.denominator, value, figure.protected))]


def _place_cells(place: Place) -> list[str]:
    return [
        place.metric, place.statistic, *_time_cells(place.time), str(place.level), place.org, place.breakdown,
        place.category,
    ]  # fmt: skip


def _place_of(row: Row) -> Place:
    time = _time(row["kind"], row["starts"], row["ends"])
    return Place(
        row["metric"], row["statistic"], time, int(row["level"]), row["org"], row["breakdown"], row["category"]
    )


def _hidden_figure(row: Row) -> tuple[Place, Figure]:
    place = _place_of(row)
    return place, replace(_measured(place, row), suppressed=True, protected=int(row["protected"]))


def _figure(row: Row) -> tuple[Place, Figure]:
    place = _place_of(row)
    return place, replace(
        _measured(place, row),
        target=_read_number(row["target"]),
        status=Status(row["status"]) if row["status"] else None,
        suppressed=row["suppressed"] == "true",
    )


def _measured(place: Place, row: Row) -> Figure:
    return Figure(
        key=place.key(row["kind"]),
        as_of=place.time.ends,
        numerator=_read_number(row["numerator"]),
        denominator=_read_number(row["denominator"]),
        value=_read_number(row["value"]),
    )


def _time_cells(time: Days) -> tuple[str, str, str]:
    return _STOCK if time.is_stock else _FLOW, time.starts.isoformat(), time.ends.isoformat()


def _time(kind: str, starts: str, ends: str) -> Days:
    if kind not in (_STOCK, _FLOW):
        raise ValueError(kind)
    return Days(kind == _STOCK, date.fromisoformat(starts), date.fromisoformat(ends))


def _number(value: float | None) -> str:
    """The shortest text that is read back as the same number."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


def _read_number(text: str) -> float | None:
    if not text:
        return None
    return int(text) if text.lstrip("-").isdecimal() else float(text)
