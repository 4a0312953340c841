"""Makes the pictures of the README from the papers of the demo: `python -m installers.pictures --papers`.

Needs poppler (`pdftoppm`), which the tests need too.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = {"access-*.pdf": "access-report", "erasure-*.pdf": "erasure-record", "letter-*.pdf": "letter"}
_DOTS = "60"


def main() -> int:
    """Run the demo in English and draw the first page of each paper."""
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder)
        demo = [sys.executable, "-m", "desktop_crm.app.demo", "--keep", folder, "--lang", "en"]
        subprocess.run(demo, check=True, cwd=ROOT)
        for pattern, name in PICTURES.items():
            paper = next(papers.rglob(pattern))
            target = ROOT / "docs" / "pictures" / name
            draw = ["pdftoppm", "-png", "-r", _DOTS, "-f", "1", "-l", "1", "-singlefile", str(paper), str(target)]
            subprocess.run(draw, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
