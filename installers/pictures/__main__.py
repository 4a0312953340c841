"""Makes pictures of every screen in every dress, and contact sheets of them.

`python -m installers.pictures --out FOLDER [--only PART …] [--dress NAME …]`; `--readme` draws those of the README
anew, `--papers` its papers.
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

from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop_crm.ui.look.theme import Theme
from installers.pictures import scenes
from installers.pictures.stage import DRESSES, CustomerFiles, Dress, Scene, staged

ROOT = Path(__file__).resolve().parent.parent.parent
README = {
    ("record", "record", "light"): "contacts",
    ("today", "today", "light"): "today",
    ("requests", "page", "light"): "copy-or-erase",
    ("record", "record", "dark"): "contacts-dark",
}
_THUMB = 560
_GAP = 16


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
    app = QApplication.instance() or QApplication(sys.argv[:1])
    theme = Theme(app)  # type: ignore[arg-type]  # instance() promises less than it gives
    dresses = [dress for dress in DRESSES if not asked.dress or dress.name in asked.dress]
    found = parts(asked.only)
    if asked.readme:
        _draw(found, dresses, theme, ROOT / "docs" / "pictures", README)
    else:
        drawn = _draw(found, dresses, theme, asked.out, None)
        _contact_sheets(drawn, asked.out)
    return 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / ".pictures", help="where the pictures go")
    parser.add_argument("--only", nargs="+", default=[], help="parts of the window")
    parser.add_argument("--dress", nargs="+", default=[], help="looks")
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


def _contact_sheets(drawn: dict[str, list[Path]], out: Path) -> None:
    """One picture with all of a dress, three in a row."""
    for dress, files in drawn.items():
        thumbs = [QPixmap(str(file)).scaledToWidth(_THUMB) for file in files]
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
