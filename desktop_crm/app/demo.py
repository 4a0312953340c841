"""The main job from end to end, on a throw-away customer file of made-up people: `python -m desktop_crm.app.demo`.

Everything is real: the key store of this computer if it answers, the encrypted file, the list, the papers. Each step
checks its own result; only if all of them hold is the exit code 0.
"""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_crm.app.demo_steps import Faulty, Steps
from desktop_crm.cli.answer import Answer
from desktop_crm.cli.grammar import FOLDER, Command, Option, folder
from desktop_crm.cli.locale_names import language_of
from desktop_crm.cli.parsing import parse
from desktop_crm.cli.terminal import Terminal, plain_streams
from desktop_crm.host.clock import SystemClock, today
from desktop_crm.host.files import make_private_folder
from desktop_crm.host.keystore import KeyStore, KeyStoreProblem, system_keystore
from desktop_crm.host.paths import default_data_dir
from desktop_crm.host.process import harden
from desktop_crm.resource_files import resource
from desktop_crm.services import setup
from desktop_crm.services.setup import Begun
from desktop_crm.services.shop import Shop
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import LANGUAGES, Exit, M, Problem, Words

_ZONE = "Europe/Berlin"
_COMMAND = Command(
    "demo",
    "demo",
    M("Show the main job from end to end on made-up people."),
    options=(
        Option("--keep", M("Put customer file and papers into this folder, and leave them there."), FOLDER, folder),
        Option("--lang", M("Language of the demo and its papers."), choices=LANGUAGES),
    ),
)


class NotedKeyStore:
    """A key store that remembers what was put into it, so that exactly that can be taken out again."""

    def __init__(self, store: KeyStore) -> None:
        self._store = store
        self._items: set[str] = set()

    @property
    def name(self) -> str:
        """Name of the kind of store."""
        return self._store.name

    def get(self, item: str) -> bytes | None:
        return self._store.get(item)

    def put(self, item: str, secret: bytes) -> None:
        self._items.add(item)
        self._store.put(item, secret)

    def delete(self, item: str) -> None:
        self._store.delete(item)

    def clear(self) -> None:
        """Take out what was put in; a store that refuses now keeps a key that opens nothing any more."""
        for item in self._items:
            with suppress(Problem):
                self._store.delete(item)


def main(arguments: Sequence[str]) -> int:
    """Run the demo. Returns the exit code: 0 only if every step held."""
    harden()
    out, err = plain_streams()
    terminal = Terminal(Words(language_of(os.environ) or "en", _ZONE), out=out, err=err)
    try:
        typed = parse(["demo", *arguments], (_COMMAND,), ())
        if typed.help:
            return _help(terminal)
        if typed.values["lang"]:
            terminal.words = Words(typed.values["lang"], _ZONE)
        return _demo(terminal, typed.values["keep"])
    except Problem as problem:
        terminal.problem(problem)
        return problem.code
    except Faulty as fault:
        terminal.say(M("This step did not hold: {step}", step=fault.step))
        return Exit.REFUSED
    except KeyboardInterrupt:
        terminal.say(M("Stopped."))
        return Exit.REFUSED


def _help(terminal: Terminal) -> int:
    from desktop_crm.cli.helping import form

    terminal.answer(Answer(None, (_COMMAND.about,)))
    for option in _COMMAND.options:
        text = f"  {form(option, terminal.words):<18}{terminal.words.say(option.about)}"
        terminal.answer(Answer(None, (text,)))
    return Exit.DONE


def _demo(terminal: Terminal, keep: Path | None) -> int:
    place = keep if keep is not None else _fresh_place()
    if keep is not None and place.exists() and any(place.iterdir()):
        raise Problem(
            M("The folder “{folder}” is not empty.", folder=str(place)), todo=M("Choose a new one for the demo.")
        )
    make_private_folder(place)
    with _begun(terminal, place, throw_away=keep is None) as begun:
        steps = Steps(terminal, begun.office, place / "papers")
        steps.all()
        begun.office.close()
        _tell(terminal, M("The papers lie in {folder}", folder=str(steps.papers)))
        if keep is not None:
            _tell(terminal, M("The customer file lies in {folder}", folder=str(place / "customers")))
            _tell(terminal, M("Its recovery code, as it would stand on the sheet: {code}", code=begun.recovery_code))
    command = _opening(place / "customers" if keep is not None else None)
    _tell(terminal, M("Every step held. The window does the same; this opens it: {command}", command=command))
    return Exit.DONE


def _opening(kept: Path | None) -> str:
    """What a person types to open the window, on what was kept if anything was."""
    in_checkout = resource().parent / "installers" / "from_source.py"
    program = "python3 installers/from_source.py run" if in_checkout.exists() else "desktop-crm"
    return program if kept is None else f"{program} --data-dir {shlex.quote(str(kept))}"


def _tell(terminal: Terminal, message: M) -> None:
    terminal.answer(Answer(None, (message,)))


def _fresh_place() -> Path:
    """A new folder beside the usual one of this account."""
    day = today(SystemClock(), _ZONE)
    name = f"demo-{day.isoformat()}"
    base = default_data_dir().with_name("desktop-crm-demo")
    numbers = (number for number in range(1, 10_000) if not (base / f"{name}-{number}").exists())
    return base / f"{name}-{next(numbers)}"


@contextmanager
def _begun(terminal: Terminal, place: Path, *, throw_away: bool) -> Iterator[Begun]:
    """A new customer file; thrown away at the end, with its key, unless it is to be kept."""
    folder_of_file = VaultFolder(place / "customers")
    keystore = _keystore(terminal)
    passphrase = None if keystore else secrets.token_urlsafe(24)
    clock = SystemClock()
    begun = setup.begin(
        folder_of_file, _florist(terminal.words.language), clock=clock, keystore=keystore, passphrase=passphrase
    )
    try:
        yield begun
    finally:
        begun.office.close()
        if throw_away:
            shutil.rmtree(folder_of_file.path)
            if keystore is not None:
                keystore.clear()


def _keystore(terminal: Terminal) -> NotedKeyStore | None:
    try:
        keystore = NotedKeyStore(system_keystore())
    except KeyStoreProblem:
        _tell(terminal, M("Keys: this computer has no safe place for them; the demo takes a made-up password."))
        return None
    _tell(terminal, M("Keys: kept by this computer ({name}).", name=keystore.name))
    return keystore


def _florist(language: str) -> Shop:
    return Shop(
        name="Blumen Weber",
        country="DE",
        region="SN",
        language=language,
        zone=_ZONE,
        begun_on=today(SystemClock(), _ZONE),
        street="Lindenplatz 3",
        postal_code="04177",
        city="Leipzig",
        phone="0341 555 0123",
        email="hallo@blumen-weber.example",
        responsible="Anna Weber",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
