"""Bringing in a list, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from desktop_crm.services.importing import OrderReason
from desktop_crm.ui.import_list.columns import WhichColumn
from desktop_crm.ui.import_list.result import Result
from desktop_crm.ui.import_list.why import WhereFrom
from desktop_crm.ui.import_list.wizard import ImportWizard
from installers.pictures.stage import Filled, Scene, Stage

_HEADS = ("Name", "Tel.", "Mail", "Straße", "PLZ", "Ort", "Geb.", "NL", "Bemerkung", "Spalte9")
_ROWS = 212
_LONG = "Prof. Dr. Maximiliane-Theodora Freifrau von und zu Hohenstein-Wallersee zu Ostrau"
_GIVEN = ("Ada", "Bruno", "Clara", "Dirk", "Elif", "Frieda", "Georg", "Hanna", "Ivo", "Jana", "Karl", "Lena", "Mio")
_FAMILY = ("Albrecht", "Bauer", "Conrad", "Demir", "Engel", "Fuchs", "Graf", "Huber", "Ilic", "Jung", "Kraus")
_STREETS = ("Lindenstr.", "Am Markt", "Karl-Heine-Str.", "Zschochersche Str.", "Weststr.")


def _people(long: bool) -> Iterator[tuple[object, ...]]:
    first = _LONG if long else "Kowalska, Łucja"
    mail = f"{'sehr.lange.adresse.' * 4}@blumenwerkstatt.example" if long else "lucja.kowalska@example.com"
    yield first, 491512345678, mail, "Lindenstr. 14", 4107, "Leipzig", 29587, "ja", "weiß + grün", "#REF!"
    yield (
        "Groß, Maximilian",
        34155501999,
        "m.gross@example.com",
        "Am Markt 2",
        4109,
        "Leipzig",
        "12.3.71",
        "nein",
        ("Stammkunde"),
        "#REF!",
    )
    yield "Frau mit Hund", None, None, None, None, None, None, None, None, None
    for at in range(_ROWS - 4):
        given, family = _GIVEN[at % len(_GIVEN)], _FAMILY[(at // 3) % len(_FAMILY)]
        mail = f"{given}.{family}.{at}@example.com".lower() if at % 90 else f"{given}.example.com"
        phone = f"0341 555 {1000 + at}"
        street = f"{_STREETS[at % len(_STREETS)]} {1 + at % 80}"
        post = 4100 + at % 20 if at < 29 else 10115
        yield (
            f"{family}, {given}",
            phone,
            mail,
            street,
            post,
            "Leipzig",
            25000 + at,
            "ja" if at % 3 else "nein",
            None,
            None,
        )
    yield "Groß, Maximilian", 34155501999, "m.gross@example.com", "Am Markt 2", 4109, "Leipzig", None, None, None, None


def the_list(stage: Stage, *, long: bool = False) -> Path:
    """A list that grew over years, as an Excel file beside the customer file."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError("a new workbook has no sheet")
    sheet.append(_HEADS)
    for row in _people(long):
        sheet.append(list(row))
    path = stage.folder.path.parent / ("kunden-2026.xlsx" if not long else f"kunden-{'liste-' * 20}.xlsx")
    book.save(path)
    return path


def wizard_on(stage: Stage, path: Path | None) -> ImportWizard:
    """The wizard as the page of *Contacts*."""
    wizard = ImportWizard(stage.desk, path)
    wizard.finished.connect(lambda: stage.desk.go("contacts"))
    stage.shell.pages.addWidget(wizard)
    stage.shell.pages.setCurrentWidget(wizard)
    stage.shell.sidebar.show_current("contacts")
    stage.settle()
    return wizard


def _on(stage: Stage, wizard: ImportWizard) -> None:
    wizard.stage.go_on()
    stage.settle()


def _file(stage: Stage) -> None:
    wizard_on(stage, None)


def _match(*, long: bool = False) -> Callable[[Stage], ImportWizard]:
    return lambda stage: wizard_on(stage, the_list(stage, long=long))


def _why(stage: Stage) -> ImportWizard:
    wizard = _match()(stage)
    _on(stage, wizard)
    return wizard


def _answered(stage: Stage) -> ImportWizard:
    wizard = _why(stage)
    why = cast(WhereFrom, wizard.stage)
    why.cards[OrderReason.MIXED].click()
    why.source.set_text("Our own Excel list since 2019")
    stage.settle()
    return wizard


def _unproved(stage: Stage) -> None:
    wizard = _why(stage)
    why = cast(WhereFrom, wizard.stage)
    why.cards[OrderReason.SIGNED_UP].click()
    wizard.next.click()
    stage.settle()


def _undated(stage: Stage) -> None:
    wizard = _why(stage)
    why = cast(WhereFrom, wizard.stage)
    why.cards[OrderReason.SIGNED_UP].click()
    if why.proofs is not None:
        why.proofs.chip("tool").click()
    wizard.next.click()
    stage.settle()


def _halfway(stage: Stage) -> None:
    stage.go("contacts", import_path=the_list(stage))
    stage.go("contacts", chip="all")


def _unanswered(stage: Stage) -> None:
    _on(stage, _why(stage))


def _twice(stage: Stage) -> ImportWizard:
    wizard = _answered(stage)
    _on(stage, wizard)
    return wizard


def _trial(stage: Stage) -> ImportWizard:
    wizard = _twice(stage)
    _on(stage, wizard)
    return wizard


def _result(stage: Stage) -> ImportWizard:
    wizard = _trial(stage)
    _on(stage, wizard)
    return wizard


def _undo(stage: Stage) -> None:
    result = cast(Result, _result(stage).stage)
    result.undo.click()
    stage.settle()


def _days(stage: Stage) -> None:
    columns = cast(WhichColumn, _match()(stage).stage)
    columns.take_days.click()
    stage.settle()


SCENES = (
    Scene("file", _file, Filled.EMPTY),
    Scene("match", _match()),
    Scene("match-days", _days),
    Scene("match-long", _match(long=True)),
    Scene("why-open", _unanswered),
    Scene("why", _answered),
    Scene("why-proof", _unproved),
    Scene("why-when", _undated),
    Scene("halfway", _halfway),
    Scene("twice", _twice),
    Scene("trial", _trial),
    Scene("result", _result),
    Scene("undo", _undo),
)
