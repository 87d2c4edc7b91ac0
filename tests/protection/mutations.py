"""Ways to break the protection, and what notices each: `python -m tests.protection mutations`.

Those of this list break what `protect` gets or gives, whatever it is made of; a name of the code that is no more fails
loudly. The checks are the judge's own, on worlds of fixed seeds, until one of them finds a fault.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

from pipeline import disclosure
from pipeline.errors import ProtectionFailed
from pipeline.model import Change, Figure, Figures, Key, Statistic
from tests import answers
from tests.protection.judge import is_primary, verdict
from tests.protection.organisations import Shape, World, multiplied, world

Protect = Callable[..., disclosure.PublicFigures]

# Small worlds with small groups, of every family and both rules: each is judged alone and after an earlier report.
SHAPES = tuple(
    Shape(seed, (family,), 4, 2, rows=(0, 2, 9), rule=rule)
    for seed in range(6)
    for rule in ("default", "strict")
    for family in ("services", "decisions", "incidents", "referrals", "investigations")
)


@dataclass(frozen=True)
class Mutation:
    """One way to break it: `broken` is `protect` with the fault, made from the true one."""

    name: str
    broken: Callable[[Protect], Protect]


@contextlib.contextmanager
def _in_force(mutation: Mutation) -> Iterator[None]:
    with mock.patch.object(disclosure, "protect", mutation.broken(answers.protect)):
        yield


def noticed_by(mutation: Mutation) -> str:
    """The first finding of the judge, with the world that shows it; empty when the fault goes unnoticed."""
    with _in_force(mutation):
        for shape in SHAPES:
            for made, with_earlier in _worlds(shape):
                try:
                    found = verdict(made, with_earlier)
                except ProtectionFailed as fault:
                    return f"stopped: {fault}"
                if found.faults:
                    return f"{found.faults[0]} [{shape.families[0]}, seed {shape.seed}]"
    return ""


def _worlds(shape: Shape) -> Iterator[tuple[World, bool]]:
    """The world alone, after an earlier report, and with no group of less than five."""
    made = world(shape)
    yield made, False
    yield made, True
    if shape.rule == "default":
        yield multiplied(made, 5), False


# --- showing what must be hidden ------------------------------------------------------------------------------------


def _shown_again(which: Callable[[Figure, Figures, Mapping[str, Any], Any], bool]) -> Callable[[Protect], Protect]:
    """Rows shown after all, as they are inside."""

    def broken(protect: Protect) -> Protect:
        def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
            public = protect(figures, metrics, config, earlier)
            told = {
                key: figures.figures[key] if f.suppressed and which(figures.figures[key], figures, metrics, config)
                else f
                for key, f in public.figures.items()
            }  # fmt: skip
            return _with(public, told)

        return faulty

    return broken


def _with(public: Any, figures: Mapping[Key, Figure], changes: Any = None) -> Any:
    """The same with other figures, past every door that the type may have."""
    made = object.__new__(type(public))
    for name, value in vars(public).items():
        object.__setattr__(made, name, value)
    object.__setattr__(made, "figures", figures)
    if changes is not None:
        object.__setattr__(made, "changes", changes)
    return made


def _complementary(figure: Figure, figures: Figures, metrics: Any, config: Any) -> bool:
    return not is_primary(figure, config.disclosure.rule)


def _complementary_where(which: Callable[[Key, Figures], bool]) -> Callable[[Figure, Figures, Any, Any], bool]:
    return lambda figure, figures, metrics, config: (
        not is_primary(figure, config.disclosure.rule) and which(figure.key, figures)
    )


def _smallest(number: int) -> Callable[[Protect], Protect]:
    """Another limit than the configured one."""

    def broken(protect: Protect) -> Protect:
        def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
            other = config.model_copy(update={"disclosure": config.disclosure.model_copy(update={"smallest": number})})
            return protect(figures, metrics, other, earlier)

        return faulty

    return broken


def _default_rule(protect: Protect) -> Protect:
    def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
        other = config.model_copy(update={"disclosure": config.disclosure.model_copy(update={"rule": "default"})})
        return protect(figures, metrics, other, earlier)

    return faulty


# --- forgetting what ties rows together -----------------------------------------------------------------------------


def _each_alone(group: Callable[[Key, Figures], object]) -> Callable[[Protect], Protect]:
    """Every group of rows protected as if there were no other."""

    def broken(protect: Protect) -> Protect:
        def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
            groups: dict[object, dict[Key, Figure]] = {}
            for key, figure in figures.figures.items():
                groups.setdefault(group(key, figures), {})[key] = figure
            told: dict[Key, Figure] = {}
            for own in groups.values():
                part = replace(figures, figures=own, changes={})
                used = {key.metric: metrics[key.metric] for key in own}
                told.update(protect(part, used, config, earlier).figures)
            ordered = {key: told[key] for key in figures.figures}
            return _with(protect(figures, metrics, config, earlier), ordered)

        return faulty

    return broken


def _forgetting_the_earlier(protect: Protect) -> Protect:
    return lambda figures, metrics, config, earlier=(): protect(figures, metrics, config)


# --- leaving something behind ---------------------------------------------------------------------------------------


def _leaving(*fields: str) -> Callable[[Protect], Protect]:
    """Hidden rows that keep a field."""

    def broken(protect: Protect) -> Protect:
        def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
            public = protect(figures, metrics, config, earlier)
            told = {
                key: replace(f, **{name: getattr(figures.figures[key], name) for name in fields}) if f.suppressed else f
                for key, f in public.figures.items()
            }
            return _with(public, told)

        return faulty

    return broken


def _all_changes(protect: Protect) -> Protect:
    def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
        public = protect(figures, metrics, config, earlier)
        return _with(public, public.figures, figures.changes)

    return faulty


def _told_differences(protect: Protect) -> Protect:
    """Changes whose earlier figure is hidden, but whose difference stands."""

    def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
        public = protect(figures, metrics, config, earlier)
        changes: dict[Key, tuple[Change, ...]] = {
            key: tuple(replace(c, before=public.figures.get(c.before.key, c.before)) for c in several)
            for key, several in figures.changes.items()
        }
        return _with(public, public.figures, changes)

    return faulty


def _rounded(protect: Protect) -> Protect:
    """Totals that no longer are what they were."""

    def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
        public = protect(figures, metrics, config, earlier)
        told = {
            key: replace(f, denominator=5 * round(f.denominator / 5)) if f.denominator else f
            for key, f in public.figures.items()
        }
        return _with(public, told)

    return faulty


def _zeros_hidden(protect: Protect) -> Protect:
    def faulty(figures: Figures, metrics: Any, config: Any, earlier: Any = ()) -> disclosure.PublicFigures:
        public = protect(figures, metrics, config, earlier)
        empty = {
            "numerator": None, "denominator": None, "value": None, "ci_low": None, "ci_high": None, "status": None,
            "exact": None, "deviation": None, "suppressed": True,
        }  # fmt: skip
        told = {key: f if f.denominator else replace(f, **empty) for key, f in public.figures.items()}
        return _with(public, told)

    return faulty


def _of_other_statistics(figure: Figure, figures: Figures, metrics: Any, config: Any) -> bool:
    return figure.key.statistic in (Statistic.MEDIAN, Statistic.P90, Statistic.KM_MEDIAN)


MUTATIONS = (
    Mutation("complementary suppression is left out", _shown_again(_complementary)),
    Mutation("groups of four are shown", _smallest(4)),
    Mutation("groups of five are hidden", _smallest(6)),
    Mutation("the strict rule is forgotten", _default_rule),
    Mutation("windows are protected one by one", _each_alone(lambda key, figures: key.window)),
    Mutation("levels are protected one by one", _each_alone(lambda key, figures: key.level)),
    Mutation("metrics are protected one by one", _each_alone(lambda key, figures: key.metric)),
    Mutation("breakdowns are protected one by one", _each_alone(lambda key, figures: key.breakdown)),
    Mutation("complements are left out on the committee's level",
             _shown_again(_complementary_where(lambda key, figures: key.level == 1))),
    Mutation("complements are left out among programmes and units",
             _shown_again(_complementary_where(lambda key, figures: key.level > 1))),
    Mutation("complements are left out in last year's windows",
             _shown_again(_complementary_where(lambda key, figures: figures.windows[key.window].series != "report"))),
    Mutation("earlier publications are forgotten", _forgetting_the_earlier),
    Mutation("median and percentile stand while the mean is hidden", _shown_again(_of_other_statistics)),
    Mutation("a hidden row keeps its value", _leaving("value")),
    Mutation("a hidden row keeps its number of rows", _leaving("denominator")),
    Mutation("a hidden row keeps its interval", _leaving("ci_low", "ci_high")),
    Mutation("a hidden row keeps its status word", _leaving("status")),
    Mutation("a hidden row keeps the mean before rounding", _leaving("exact")),
    Mutation("the changes are forgotten", _all_changes),
    Mutation("the difference from a hidden figure stands", _told_differences),
    Mutation("numbers of rows are rounded to fives", _rounded),
    Mutation("zeros are hidden", _zeros_hidden),
)  # fmt: skip


def main() -> int:
    """Show what notices each; 1 when something goes unnoticed."""
    unnoticed = 0
    for mutation in MUTATIONS:
        found = noticed_by(mutation)
        unnoticed += not found
        print(f"{'noticed' if found else 'MISSED ':8} {mutation.name}: {found}", flush=True)  # noqa: T201
    print(f"{len(MUTATIONS) - unnoticed} of {len(MUTATIONS)} noticed")  # noqa: T201
    return 1 if unnoticed else 0
