"""Draws every screen in every dress, and a contact sheet of each dress.

A dress is a look: light, dark, high contrast, German, stretched as by a longer language, mirrored as in Arabic, narrow.
The scenes show each screen empty, full, with long names, and in the middle of its work, on invented people.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from pkgutil import iter_modules, resolve_name

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop_crm.ui.look.theme import Theme
from installers.pictures import scenes
from installers.pictures.stage import DRESSES, CustomerFiles, Dress, Scene, staged

ROOT = Path(__file__).resolve().parent.parent.parent
README = {
    ("record", "record", "light"): "contacts",
    ("record", "record", "dark"): "contacts-dark",
    ("today", "today", "light"): "today",
    ("requests", "page", "light"): "copy-or-erase",
    ("erasing", "filled", "light"): "erase",
    ("import_list", "match", "light"): "import",
    ("handover", "filled", "light"): "handover",
}
"""Part, scene and dress of each picture of the README, and its name there."""
_THUMB = 560
_GAP = 16
_COLOURS = 256
_NO_SCREEN = "This plugin does not support propagateSizeHints()"
"""What Qt says of every window where there is no screen."""


def parts(only: Sequence[str]) -> dict[str, tuple[Scene, ...]]:
    """The scenes of each part of the window."""
    names = [module.name for module in iter_modules(scenes.__path__)]
    return {
        name: resolve_name(f"installers.pictures.scenes.{name}:SCENES") for name in names if not only or name in only
    }


def main(arguments: Sequence[str]) -> int:
    """Draw what is asked for. Returns the exit code."""
    asked = _asked(arguments)
    if asked.papers:
        from installers.pictures import papers

        return papers.main()
    qInstallMessageHandler(_said_by_qt)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    theme = Theme(app)  # type: ignore[arg-type]  # instance() promises less than it gives
    dresses = [dress for dress in DRESSES if not asked.dress or dress.name in asked.dress]
    found = parts(asked.only)
    if asked.readme:
        for files in _draw(found, dresses, theme, ROOT / "docs" / "pictures", README).values():
            _make_small(files)
    else:
        drawn = _draw(found, dresses, theme, asked.out, None)
        _contact_sheets(drawn, asked.out)
    return 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    every, dresses = tuple(parts(())), tuple(dress.name for dress in DRESSES)
    parser = argparse.ArgumentParser(
        prog="pictures", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / ".pictures", help="where the pictures go", metavar="FOLDER")
    parser.add_argument("--only", nargs="+", default=(), choices=every, metavar="PART", help=f"of {', '.join(every)}")
    parser.add_argument(
        "--dress", nargs="+", default=(), choices=dresses, metavar="DRESS", help=f"of {', '.join(dresses)}"
    )
    parser.add_argument("--readme", action="store_true", help="draw the pictures of the README anew")
    parser.add_argument("--papers", action="store_true", help="draw the papers of the README anew")
    return parser.parse_args(arguments)


def _draw(
    found: dict[str, tuple[Scene, ...]],
    dresses: Iterable[Dress],
    theme: Theme,
    out: Path,
    chosen: dict[tuple[str, str, str], str] | None,
) -> dict[str, list[Path]]:
    """Draws scenes in dresses; `chosen` limits them and gives them their names. Returns the files of each dress."""
    out.mkdir(parents=True, exist_ok=True)
    drawn: dict[str, list[Path]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        files = CustomerFiles(Path(place))
        for dress in dresses:
            for part, scenes_of in found.items():
                for scene in scenes_of:
                    key = (part, scene.name, dress.name)
                    if chosen is None or key in chosen:
                        target = out / f"{chosen[key] if chosen else '-'.join(key)}.png"
                        _draw_one(files, scene, dress, theme, target)
                        drawn[dress.name].append(target)
    return drawn


def _draw_one(files: CustomerFiles, scene: Scene, dress: Dress, theme: Theme, target: Path) -> None:
    """Scenes may change the file (an erasure is shown to its end), so each gets its own."""
    with files.fresh(scene.filled, dress.language) as (office, folder):
        stage = staged(office, folder, scene, dress, theme)
        stage.picture().save(str(target))
        stage.close()
    print(target)


def _make_small(files: Iterable[Path]) -> None:
    """With a palette of its own a picture takes a third of the room and looks the same."""
    for file in files:
        with Image.open(file) as whole:
            few = whole.convert("RGB").quantize(_COLOURS, Image.Quantize.MEDIANCUT, 1, dither=Image.Dither.NONE)
        few.save(file, optimize=True)


def _said_by_qt(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if text != _NO_SCREEN:
        print(text, file=sys.stderr)


def _contact_sheets(drawn: dict[str, list[Path]], out: Path) -> None:
    """One picture with all of a dress, three in a row."""
    for dress, files in drawn.items():
        smooth = Qt.TransformationMode.SmoothTransformation
        thumbs = [QPixmap(str(file)).scaledToWidth(_THUMB, smooth) for file in files]
        height = max(thumb.height() for thumb in thumbs)
        rows = -(-len(thumbs) // 3)
        sheet = QPixmap(3 * (_THUMB + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
        sheet.fill(QColor("#808080"))
        painter = QPainter(sheet)
        for number, thumb in enumerate(thumbs):
            painter.drawPixmap(_GAP + number % 3 * (_THUMB + _GAP), _GAP + number // 3 * (height + _GAP), thumb)
        painter.end()
        sheet.save(str(out / f"sheet-{dress}.png"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
