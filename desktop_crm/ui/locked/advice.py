"""What to do when the recovery sheet cannot be found. Nothing here deletes anything."""

from __future__ import annotations

from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, column, row
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 640
_WAYS = (
    (
        "id",
        M("Where your papers are"),
        M("Look with passports, birth certificates and insurances, and on the sticks in the drawer."),
    ),
    (
        "key",
        M("The old password of the computer"),
        M(
            "If the password of your computer account was reset and you still know the old one: set it again and sign "
            "in with it. The computer may find its key then."
        ),
    ),
    (
        "monitor",
        M("Another place where the list still opens"),
        M("Open it on the other computer or account, and make a new recovery sheet there in the settings."),
    ),
    (
        "box",
        M("A safety copy of the whole computer"),
        M("One from a day on which the list still opened holds the key too. Ask whoever made it."),
    ),
)


def open_advice(door: Doorstep) -> None:
    """Show the ways that are left."""
    sheet = Sheet(
        door.window,
        door.say(M("Ways that are left without the sheet")),
        door.say(M("Nothing has been deleted, and nothing will be. Take your time.")),
        icon="help",
        tone=Tone.NEUTRAL,
        width=_WIDTH,
    )
    for icon, title, text in _WAYS:
        words = column(
            label(door.say(title), Type.STRONG, wrap=True),
            label(door.say(text), Type.SMALL, "text2", wrap=True),
            space=2,
        )
        line = row(column(2, Mark(icon, size=18), STRETCH, space=0), words, space=14)
        line.setStretch(1, 1)
        sheet.body.addLayout(line)
    nobody = M("Without any of these nobody can open the list, not even those who made this program.")
    sheet.body.addWidget(label(door.say(nobody), Type.SMALL, "text2", wrap=True))
    close = Button(door.say(M("Close")), kind=Kind.PRIMARY)
    close.clicked.connect(sheet.close)
    sheet.footer("", close)
    sheet.open()
