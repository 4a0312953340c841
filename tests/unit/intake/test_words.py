"""Every sentence of this room has a German one, with the same values in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import desktop_crm.intake
from desktop_crm.words import M, Words

ROOM = Path(desktop_crm.intake.__file__).parent
SAME = {"HubSpot", "Outlook", "Thunderbird", "Nextcloud"}


def sentences() -> set[str]:
    found = set()
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "M":
                assert isinstance(node.args[0], ast.Constant), "one literal sentence"
                found.add(str(node.args[0].value))
    return found


def test_every_sentence_is_said_in_german() -> None:
    german = Words("de")
    for sentence in sentences():
        places = set(re.findall(r"{(\w+)}", sentence))
        said = german.say(M(sentence, **{place: f"<{place}>" for place in places}))
        assert said != sentence or sentence in SAME, sentence
        assert all(f"<{place}>" in said for place in places)
