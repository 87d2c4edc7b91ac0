"""What was found once is not sought again, and what was found for something else is not used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.disclosure import remembered
from pipeline.suppression import Answers, Problem, choose, choosing
from pipeline.suppression.plain import plain

WHOLE, SMALL, LARGE = 0, 1, 2


def problem(small: float = 3) -> Problem:
    """A total that is shown, a small part and two larger ones."""
    values = [small + 30, small, 20, 10]
    sums = [{0: 1.0, 1: -1.0, 2: -1.0, 3: -1.0}]
    return plain(values, sums, primary={1}, fixed={0}, importance=[0.0, 0.0, 2.0, 1.0])


def asked(answers: Answers, of: Problem, monkeypatch: pytest.MonkeyPatch) -> tuple[list[bool], int]:
    """What is chosen, and how many parts had to be solved for it."""
    solved = []

    def counted(part: Problem) -> choosing.Solved:
        solved.append(part)
        return original(part)

    original = choosing._choose
    counted.__name__ = original.__name__
    with monkeypatch.context() as patched:
        patched.setattr(choosing, "_choose", counted)
        chosen = choose(of, answers=answers)
    return chosen.tolist(), len(solved)


def again(answers: Answers) -> Answers:
    return Answers.loads(answers.dumps())


def test_the_same_question_is_solved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Answers()
    assert asked(first, problem(), monkeypatch) == ([False, True, False, True], 1)
    second = again(first)
    assert asked(second, problem(), monkeypatch) == ([False, True, False, True], 0)
    assert second.dumps() == first.dumps()


@pytest.mark.parametrize(
    "changed",
    [
        problem(4),
        replace(problem(), importance=np.array([0.0, 0.0, 1.0, 2.0])),
        replace(problem(), fixed=np.array([True, False, False, True])),
        replace(problem(), cost=np.array([1.0, 1.0, 1.0, 9.0])),
        replace(problem(), sums=problem().sums * 2.0),
        replace(problem(), targets=problem().targets[:2]),
    ],
    ids=["value", "importance", "fixed", "cost", "sums", "targets"],
)
def test_another_question_is_solved_anew(changed: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Answers()
    asked(answers, problem(), monkeypatch)
    fresh, expected = Answers(), choose(changed).tolist()
    assert asked(again(answers), changed, monkeypatch) == (expected, 1)
    assert asked(fresh, changed, monkeypatch) == (expected, 1)


def test_answers_of_another_program_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Answers()
    asked(answers, problem(), monkeypatch)
    text = answers.dumps()
    monkeypatch.setattr("pipeline.suppression.answers._program", lambda: "another")
    assert asked(Answers.loads(text), problem(), monkeypatch)[1] == 1


def test_what_was_not_asked_for_again_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Answers()
    asked(first, problem(), monkeypatch)
    second = again(first)
    asked(second, problem(4), monkeypatch)
    assert asked(again(second), problem(), monkeypatch)[1] == 1


def test_a_damaged_file_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Answers()
    asked(answers, problem(), monkeypatch)
    remembered.keep(tmp_path, answers)
    assert asked(remembered.read(tmp_path), problem(), monkeypatch)[1] == 0
    (file,) = (tmp_path / remembered.FOLDER).glob("*.json")
    for damage in (b"", b"[]", file.read_bytes()[:-3]):
        file.write_bytes(damage)
        assert asked(remembered.read(tmp_path), problem(), monkeypatch)[1] == 1
    file.unlink()
    assert asked(remembered.read(tmp_path / "nowhere"), problem(), monkeypatch)[1] == 1
