"""Problems and faults: told in one place, with what is safe and what to do, and without a word of a customer's."""

from __future__ import annotations

import errno
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from desktop_crm.host.files import not_written
from desktop_crm.ui.frame.bug import bug_report
from desktop_crm.ui.frame.problems import Problems, sentences
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.progress import ProgressBar
from desktop_crm.words import Exit, M, Problem
from tests.ui.frame.framed import Framed, Key

FULL = Problem(
    M("The disk is full."),
    safe=M("Everything before your last change is safely on the disk."),
    todo=M("Empty the bin of the computer. Then press “Try again”."),
)


def problems(framed: Framed) -> Problems:
    return framed.shell.problems


def shown_texts(framed: Framed) -> list[str]:
    sheet = problems(framed).shown
    assert sheet is not None
    return [label.text() for label in sheet.findChildren(QLabel) if label.text()]


def press(framed: Framed, text: str) -> None:
    sheet = problems(framed).shown
    assert sheet is not None
    next(button for button in sheet.findChildren(QPushButton) if button.text() == text).click()


def test_a_problem_says_what_happened_what_is_safe_and_what_to_do(framed: Framed) -> None:
    framed.shell.desk.problem(FULL)
    texts = shown_texts(framed)
    assert texts[:2] == ["The disk is full.", "Everything before your last change is safely on the disk."]
    assert texts.index("1") < texts.index("Empty the bin of the computer.") < texts.index("2")
    assert "Then press “Try again”." in texts


def test_a_full_disk_shows_how_full_it_is(framed: Framed, tmp_path: Path) -> None:
    framed.shell.desk.problem(not_written(tmp_path, OSError(errno.ENOSPC, "")))
    framed.calm()
    sheet = problems(framed).shown
    assert sheet is not None
    assert sheet.findChild(ProgressBar) is not None
    assert any("GB free of" in text for text in shown_texts(framed))


def test_one_thing_to_do_has_no_number(framed: Framed) -> None:
    framed.shell.desk.problem(Problem(M("Not right."), todo=M("Type it again.")))
    assert "1" not in shown_texts(framed)


def test_try_again_tries_again_and_is_there_only_where_it_can(framed: Framed) -> None:
    tried: list[int] = []
    framed.shell.desk.problem(FULL, lambda: tried.append(1))
    press(framed, "Try again")
    assert tried == [1]
    assert problems(framed).shown is None
    framed.shell.desk.problem(FULL)
    with pytest.raises(StopIteration):
        press(framed, "Try again")


def test_what_was_typed_can_be_saved_to_the_clipboard(framed: Framed) -> None:
    problems(framed).show(FULL, typed="White lilies, please")
    press(framed, "Copy what you typed")
    assert QGuiApplication.clipboard().text() == "White lilies, please"


def test_problems_are_shown_one_after_the_other(framed: Framed) -> None:
    framed.shell.desk.problem(Problem(M("First.")))
    framed.shell.desk.problem(Problem(M("Second."), code=Exit.DAMAGED))
    assert shown_texts(framed)[0] == "First."
    framed.press(Key.Key_Escape)
    assert shown_texts(framed)[0] == "Second."
    framed.press(Key.Key_Escape)
    assert problems(framed).shown is None


def test_a_problem_nobody_dealt_with_comes_here_with_a_way_to_try_again(framed: Framed) -> None:
    asked: list[int] = []

    def work() -> None:
        asked.append(1)
        if len(asked) == 1:
            raise FULL

    framed.shell.desk.courier.ask(framed.shell, work, lambda _: None)
    framed.qtbot.waitUntil(lambda: problems(framed).shown is not None)
    press(framed, "Try again")
    framed.calm()
    assert asked == [1, 1]


def test_a_fault_is_shown_without_a_word_of_a_customers(framed: Framed) -> None:
    def work() -> None:
        customer = {"name": "Łucja Kowalska"}
        customer["Łucja Kowalska"]

    framed.shell.desk.courier.ask(framed.shell, work, lambda _: None)
    framed.qtbot.waitUntil(lambda: problems(framed).shown is not None)
    sheet = problems(framed).shown
    assert sheet is not None
    box = sheet.findChild(QPlainTextEdit)
    assert box is not None
    assert "KeyError" in box.toPlainText()
    assert "Kowalska" not in box.toPlainText() + " ".join(shown_texts(framed))
    press(framed, "Copy")
    assert QGuiApplication.clipboard().text() == box.toPlainText()


def test_the_report_can_be_saved(framed: Framed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(_window: QWidget, _title: str, name: str) -> Path:
        return tmp_path / name

    monkeypatch.setattr("desktop_crm.ui.files.save_file", choose)
    problems(framed).show_bug(RuntimeError("Łucja"))
    press(framed, "Save …")
    framed.calm()
    saved = (tmp_path / "desktop-crm-report.txt").read_text(encoding="utf-8")
    assert "RuntimeError" in saved
    assert "Łucja" not in saved


def test_the_same_fault_is_shown_once(framed: Framed) -> None:
    for _ in range(3):
        problems(framed).show_bug(RuntimeError())
    framed.press(Key.Key_Escape)
    assert problems(framed).shown is None


def test_a_report_names_our_own_lines_and_the_faults_behind_a_fault() -> None:
    def deep() -> None:
        try:
            M("{n} people", "{n}", n="Łucja").values["Kowalska"]
        except KeyError as error:
            raise ValueError("Łucja Kowalska") from error

    with pytest.raises(ValueError, match="Łucja") as caught:
        deep()
    report = bug_report(caught.value)
    assert report.index("ValueError") < report.index("which came of") < report.index("KeyError")
    assert "Łucja" not in report
    assert "Kowalska" not in report


def test_sentences_are_parted_at_their_ends_alone() -> None:
    assert sentences("Make room. Then try again.") == ["Make room.", "Then try again."]
    assert sentences("Ask, e.g. Anna, or z. B. Tom.") == ["Ask, e.g. Anna, or z. B. Tom."]


def test_a_way_that_helps_sooner_comes_before_trying_again(framed: Framed) -> None:
    gone: list[str] = []
    other = (M("Choose another file …"), lambda: gone.append("other"))
    framed.shell.desk.problem(Problem(M("The file is empty.")), lambda: gone.append("again"), other=other)
    sheet = problems(framed).shown
    assert sheet is not None
    primary = [one.text() for one in sheet.findChildren(Button) if one.kind is Kind.PRIMARY]
    assert primary == ["Choose another file …"]
    press(framed, "Choose another file …")
    assert gone == ["other"]


def test_the_disk_is_asked_beside_the_window(framed: Framed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def usage(_: Path) -> tuple[int, int, int]:
        asked.append(current_thread() is main_thread())
        return 10, 5, 5

    monkeypatch.setattr("desktop_crm.ui.frame.problems.shutil.disk_usage", usage)
    framed.shell.desk.problem(not_written(tmp_path, OSError(errno.ENOSPC, "")))
    framed.calm()
    assert asked == [False]
