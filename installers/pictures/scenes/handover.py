"""The screen in a customer's hands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_crm.records.purpose import Wording
from desktop_crm.services import asking, consents, contacts, purposes
from desktop_crm.services.asking import Answer
from desktop_crm.services.contacts import NewContact
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.handover.form import Form
from desktop_crm.ui.handover.page import HandOver
from desktop_crm.ui.widgets.layout import reveal
from installers.pictures.stage import Filled, Scene, Stage

_LONG = "Maximiliane-Theodora Freifrau von Hohenlohe-Waldenburg-Schillingsfürst"
_ARABIC = "فاطمة الزهراء بنت عبد الرحمن"
_QUESTION = (
    "النشرة الإخبارية بالبريد الإلكتروني: هل يجوز لنا إرسالها إليك؟\n"
    "نود أن نكتب إليك مرة في الشهر تقريبًا. نستخدم لذلك الاسم وعنوان البريد الإلكتروني فقط."
)
_STROKES = ((20, 60), (60, 20), (90, 70), (120, 30), (150, 75), (190, 40), (240, 60)), ((40, 85), (230, 80))


def page(stage: Stage) -> HandOver:
    """The page on the stage."""
    shown = stage.window.centralWidget()
    if not isinstance(shown, HandOver):
        raise TypeError("something else is on the stage")
    return shown


def form(stage: Stage) -> Form:
    """The questions on it."""
    found = page(stage).form
    if found is None:
        raise TypeError("it is answered already")
    return found


def _handed(find: Callable[[Stage], bytes], *codes: str) -> Callable[[Stage], HandOver]:
    """The page for somebody, with nothing else in the window, as the program does it."""

    def made(stage: Stage) -> HandOver:
        purposes.use(stage.office, list(codes))
        shell = OpenDesk(stage.office, stage.courier, stage.words, stage.chosen)
        whole = asking.questions(stage.office, find(stage))
        page = HandOver(shell.desk, whole.only(codes))
        shell.hide()
        shell.setParent(page)
        return page

    return made


def _somebody(stage: Stage) -> bytes:
    return stage.person("Kowalska")


def _young(stage: Stage) -> bytes:
    return contacts.add(stage.office, NewContact(name=_LONG, emails=("m@example.com",), under_age=True))


def _in_arabic(stage: Stage) -> bytes:
    """The shop has words in Arabic; what the program says itself stays in the language of the shop."""
    asked = consents.purpose(stage.office, "newsletter")
    hashed = hashlib.sha256(_QUESTION.encode()).digest()
    words = Wording(
        id=stage.office.new_id(),
        purpose_id=asked.id,
        language="ar",
        version=1,
        text=_QUESTION,
        text_sha256=hashed,
        created_at=stage.clock.now(),
    )
    stage.office.store.write(lambda writing: writing.insert(words))
    return contacts.add(stage.office, NewContact(name=_ARABIC, emails=("f@example.com",), language="ar"))


def _as_it_is(_stage: Stage) -> None:
    """Nothing is chosen beforehand."""


def _filled(stage: Stage) -> None:
    first, second = form(stage).questions
    first.cards[Answer.NO].click()
    second.cards[Answer.YES].click()
    sign(form(stage).pad)


def sign(pad: QWidget) -> None:
    """Draw something on it by mouse."""
    left = Qt.MouseButton.LeftButton
    for line in _STROKES:
        start, *on = (QPoint(x, y) for x, y in line)
        QTest.mousePress(pad, left, pos=start)
        for point in on:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, left, pos=on[-1])


def _missing(stage: Stage) -> None:
    form(stage).save.click()


def _parent(stage: Stage) -> None:
    guardian = form(stage).guardian
    if guardian is not None:
        reveal(guardian)


def _large(stage: Stage) -> None:
    for _ in range(2):
        page(stage).larger.click()


def _thanks(stage: Stage) -> None:
    _filled(stage)
    form(stage).save.click()


def _leaving(stage: Stage) -> None:
    page(stage).back.click()


_TWO = _handed(_somebody, "photos", "newsletter")


def _scene(name: str, play: Callable[[Stage], object], stands: Callable[[Stage], QWidget] = _TWO) -> Scene:
    return Scene(name, play, Filled.EXAMPLE, stands)


SCENES = (
    _scene("empty", _as_it_is),
    _scene("filled", _filled),
    _scene("missing", _missing),
    _scene("long", _parent, _handed(_young, "photos", "newsletter")),
    _scene("arabic", _as_it_is, _handed(_in_arabic, "newsletter")),
    _scene("large", _large),
    _scene("thanks", _thanks),
    _scene("leaving", _leaving),
)
