"""The privacy notice in the version that is put before the customer."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from desktop_crm.services.asking import Asking
from desktop_crm.ui.look.tokens import SPACE_3
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import Label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.sheet import Sheet


class Notice(Sheet):
    """To read, over the preview or over the screen that was handed over; `close` is what its button says."""

    def __init__(self, over: QWidget, asking: Asking, title: str, close: str) -> None:
        super().__init__(over, title)
        text = Label(asking.notice, Type.BODY, wrap=True, selectable=True)
        text.setLayoutDirection(QLocale(asking.language).textDirection())
        self.body.addLayout(column(text, space=SPACE_3))
        done = Button(close, kind=Kind.PRIMARY)
        done.clicked.connect(self.dismiss)
        self.footer("", done)
