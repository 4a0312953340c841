"""PySide6 6.12.0 loses a reference to None on almost every call and dies after some thousands; ours must not."""

import os
import subprocess
import sys

GUARD = """
import sys
from PySide6.QtWidgets import QApplication, QLabel

application = QApplication([])
label = QLabel()
held = [None] * 2_000_000  # so that a lost reference costs this program nothing but the number
before = sys.getrefcount(None)
for number in range(500):
    label.setText(str(number))
print(sys.getrefcount(None) - before)
"""


def test_calls_into_qt_keep_every_reference_to_none() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", GUARD], env=environment, capture_output=True, text=True, check=True)
    # One in each call is lost when it goes wrong; a few come and go with the loop's own objects.
    assert int(done.stdout) > -50
