"""*Copy or erase*: the list, the page of a request, a new one, and the papers once they are made."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import RequestKind
from desktop_crm.services import contacts, outside, requests, settings
from desktop_crm.services.looking_through import Part
from desktop_crm.services.settings import PAPERS_FOLDER
from desktop_crm.ui.requests.answering import Answering, Paper
from desktop_crm.ui.requests.found import FoundList
from desktop_crm.ui.requests.page import RequestView
from desktop_crm.ui.requests.start import NewRequest, open_new_request
from desktop_crm.ui.screens.requests import Requests
from desktop_crm.ui.widgets.rows import Row
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures.stage import Filled, Scene, Stage


def with_papers(stage: Stage) -> None:
    """Papers of a scene go where the scene is thrown away."""
    settings.put(stage.office, PAPERS_FOLDER, str(stage.folder.path / "Documents" / "Desktop CRM papers"))


def with_places(stage: Stage) -> list[bytes]:
    """Three places outside the program."""
    german = stage.office.shop.language == "de"
    names = ("Auftragsbuch", "Postfach", "Newsletter") if german else ("Order book", "Mailbox", "Newsletter tool")
    return [outside.add_place(stage.office, name) for name in names]


T = TypeVar("T")


def seen(found: object, kind: type[T]) -> T:
    """What is seen, which is of this kind, or the scene went wrong."""
    if not isinstance(found, kind):
        raise TypeError(f"expected {kind.__name__}, found {type(found).__name__}")
    return found


def screen(stage: Stage) -> Requests:
    """The screen on the stage."""
    return seen(stage.shell.shown, Requests)


def sheet(stage: Stage, kind: type[T]) -> T:
    """What lies over the page."""
    stage.settle()
    return seen(Overlay.top(stage.shell), kind)


def _some(stage: Stage) -> None:
    """Several requests, one of them late, one waiting."""
    office, today = stage.office, stage.office.today()
    people = contacts.find(office, "an", limit=12) + contacts.find(office, "er", limit=12)
    kinds = list(RequestKind)[1:]
    ways = list(Channel)
    for number, (one, kind) in enumerate(zip({p.id: p for p in people}.values(), kinds, strict=False)):
        day = today - timedelta(days=(45, 3, 27, 12, 0, 8)[number])
        made = requests.register(office, one.id, kind, ways[number % len(ways)], day)
        if number == 1:
            requests.wait(office, made, today + timedelta(days=12))


def _list(stage: Stage) -> None:
    _some(stage)
    stage.go("requests")


def _done(stage: Stage) -> None:
    stage.go("requests")
    screen(stage).inbox.tabs.choose("done")
    screen(stage).inbox.tabs.picked.emit("done")


def page(stage: Stage) -> RequestView:
    """The page of the request that the example shop is busy with."""
    with_papers(stage)
    person = stage.person("Kowalska")
    places = with_places(stage)
    outside.tick(stage.office, person, places[2])
    contacts.note(stage.office, person, "Maximilian Groß and she share the table flowers.")
    stage.go("requests", number=requests.open_of_person(stage.office, person)[0].number)
    return seen(screen(stage).view, RequestView)


def _identity(stage: Stage) -> None:
    with_papers(stage)
    person = stage.person("Maximilian")
    stage.go("requests", number=requests.register(stage.office, person, RequestKind.ACCESS))


def _unsure(stage: Stage) -> None:
    _identity(stage)
    stage.settle()
    seen(seen(screen(stage).view, RequestView).answering, Answering).make(Paper.ANSWER)


def _part(stage: Stage) -> None:
    seen(seen(page(stage).found, FoundList).row_of(Part.NOTES), Row).click()


def _places(stage: Stage) -> None:
    seen(seen(page(stage).found, FoundList).row_of(Part.OUTSIDE), Row).click()


def _made(stage: Stage) -> None:
    answering = seen(page(stage).answering, Answering)
    answering.make(Paper.ANSWER)


def _locked(stage: Stage) -> None:
    answering = seen(page(stage).answering, Answering)
    answering.lock.setChecked(True)
    answering.make(Paper.ANSWER)


def _handed(stage: Stage) -> None:
    _made(stage)
    sheet(stage, Overlay).close()


def _erasure(stage: Stage) -> None:
    person = stage.person("Maximilian")
    number = requests.register(stage.office, person, RequestKind.ERASURE, Channel.EMAIL)
    requests.wait(stage.office, number, stage.office.today() + timedelta(days=14))
    stage.go("requests", number=number)


def _new(stage: Stage) -> None:
    stage.go("requests")
    open_new_request(stage.desk)
    made = sheet(stage, NewRequest)
    made.picker.search.setText("ma")
    stage.settle()


def _picked(stage: Stage) -> None:
    _new(stage)
    made = sheet(stage, NewRequest)
    made.picker.results.rows[0].click()
    made.kind.choose(RequestKind.ACCESS)
    made.channel.choose(Channel.PHONE)


def _nothing(stage: Stage) -> None:
    stage.go("requests")


SCENES = (
    Scene("list", _list),
    Scene("done", _done),
    Scene("page", page),
    Scene("identity", _identity),
    Scene("made-unsure", _unsure),
    Scene("part", _part),
    Scene("places", _places),
    Scene("made", _made),
    Scene("made-locked", _locked),
    Scene("handed", _handed),
    Scene("erasure", _erasure),
    Scene("new", _new),
    Scene("new-picked", _picked),
    Scene("empty", _nothing, Filled.EMPTY),
)
