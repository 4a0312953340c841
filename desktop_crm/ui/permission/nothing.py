"""Why the table of permissions is empty, and what leads on."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.words import M


def nothing_here(desk: Desk, everybody: Callable[[], None] | None, *, asks: bool) -> Empty:
    """`asks`: whether the shop asks for anything; `everybody` undoes the narrowing, if it is narrowed."""
    say = desk.say
    if not asks:
        look = _led(desk, M("What we ask"), lambda: desk.go("settings", page="ask"))
        text = M("Choose what you want to ask people, such as a newsletter. The words are ready.")
        return Empty("pen", say(M("You ask for nothing yet")), say(text), [look])
    if everybody is not None:
        return Empty("pen", say(M("Nobody here now")), buttons=[_led(desk, M("Show everybody"), everybody)])
    bring = _led(desk, M("Bring in a list"), lambda: desk.go("contacts", import_path=True), "upload")
    text = M("As soon as there are people, you see here who said yes or no, and can show it.")
    return Empty("pen", say(M("Nobody here yet")), say(text), [desk.only(bring, permits.CHANGE_CONTACTS)])


def _led(desk: Desk, text: M, go: Callable[[], None], icon: str | None = None) -> Button:
    made = Button(desk.say(text), icon=icon, kind=Kind.PRIMARY, large=True)
    made.clicked.connect(lambda _on: go())
    return made
