"""What Qt itself says follows the language of the pages, also when that of the shop takes over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.privacy.shop import ShopFile

# A process of its own: the program takes the whole application for itself.
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QDeadlineTimer
from desktop_crm.app.first import First
from desktop_crm.services import starting
from desktop_crm.ui.instance import Claim
from tests.privacy.shop import ShopFile

file = ShopFile(Path(sys.argv[1]))
office = file.begin()
office.close()
starting.system_keystore = lambda **_: file.keystore
claim = Claim(file.folder.path)
claim.take()
first = First()
first.paint()
program = first.load(claim, [], "en")
said = [QCoreApplication.translate("QPlatformTheme", "Cancel")]
program.begin()
patience = QDeadlineTimer(30_000)
while not program.session.is_open and not patience.hasExpired():
    first.app.processEvents()
said.append(QCoreApplication.translate("QPlatformTheme", "Cancel"))
program.end()
print(*said)
"""


def test_qt_speaks_the_language_of_the_shop_once_it_is_open(file: ShopFile, runtime: Path, tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_RUNTIME_DIR": str(runtime)}
    command = [sys.executable, "-c", PROGRAM, str(file.folder.path)]
    ended = subprocess.run(command, env=os.environ | home, capture_output=True, text=True, timeout=120, check=False)
    assert ended.stdout.split() == ["Cancel", "Abbrechen"], ended.stderr
