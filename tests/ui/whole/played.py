"""The scenes of the pictures, played one by one: every state of every screen, sheet and page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pkgutil import iter_modules, resolve_name

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_crm.ui.look.theme import Theme
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures import scenes
from installers.pictures.stage import CustomerFiles, Dress, Scene, Stage, staged

SCENES: dict[str, Scene] = {
    f"{module.name}-{scene.name}": scene
    for module in iter_modules(scenes.__path__)
    for scene in resolve_name(f"installers.pictures.scenes.{module.name}:SCENES")
}
every_scene = pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES.keys())


class Player:
    """Plays scenes, each on a file that nobody has changed yet."""

    def __init__(self, place: Path, theme: Theme) -> None:
        self.files = CustomerFiles(place)
        self._theme = theme

    @contextmanager
    def play(self, scene: Scene, dress: Dress) -> Iterator[Stage]:
        with self.files.fresh(scene.filled, dress.language) as (office, folder):
            stage = staged(office, folder, scene, dress, self._theme)
            stage.window.activateWindow()
            stage.settle()
            try:
                yield stage
            finally:
                stage.close()
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def on_top(stage: Stage) -> QWidget:
    """The part of the window that can be used now: what lies over the page, else all of it."""
    page = stage.window.centralWidget()
    top = (Overlay.top(page) if page is not None else None) or Overlay.top(stage.window)
    return top.panel if top is not None else stage.window


def shown(within: QWidget) -> list[QWidget]:
    """Every widget that is on the screen, or would be after scrolling down."""
    return [one for one in within.findChildren(QWidget) if one.isVisible()]


def called(widget: QWidget) -> str:
    """How a report names a widget."""
    text = getattr(widget, "text", None)
    said = widget.accessibleName() or (text() if callable(text) else "")
    rect = widget.geometry()
    return f"{type(widget).__name__} “{said[:60]}” {rect.x()},{rect.y()} {rect.width()}×{rect.height()}"
