"""Help, and docs/CLI.md: both written from the grammar."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_crm.cli.commands import COMMANDS, COMMON
from desktop_crm.cli.grammar import Command, Option
from desktop_crm.words import M, Words

PROGRAM = "desktop-crm"
_EXIT_CODES = (
    (0, M("done")),
    (1, M("refused or not found")),
    (2, M("typed wrongly")),
    (3, M("locked, or the key is not to be had")),
    (4, M("not allowed")),
    (5, M("damaged")),
    (70, M("a mistake of the program itself")),
)


def _value(option: Option, words: Words) -> str:
    if option.choices:
        return "|".join(option.choices)
    return words.say(option.place) if option.place else ""


def form(option: Option, words: Words) -> str:
    """An option as it is typed: `--basis contract|consent`."""
    return f"{option.name} {_value(option, words)}".rstrip()


def _short(option: Option, words: Words) -> str:
    typed = form(option, words)
    typed = f"{typed} …" if option.repeat else typed
    return typed if option.required else f"[{typed}]"


def line(command: Command, words: Words) -> str:
    """A command with all it takes, in one line."""
    places = [words.say(a.place) + (" …" if a.many else "") for a in command.arguments]
    return " ".join([PROGRAM, command.name, *places, *(_short(option, words) for option in command.options)])


def _listed(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Names and sentences; a name too long for its column gets a line of its own."""
    made = []
    for name, about in rows:
        made += [f"  {name}", f"{'':<26}{about}"] if len(name) > 22 else [f"  {name:<24}{about}"]
    return made


def _options(options: Iterable[Option], words: Words) -> list[str]:
    return _listed((form(option, words), words.say(option.about)) for option in options)


def overview(words: Words, commands: Iterable[Command] = COMMANDS) -> str:
    """All commands with one sentence each."""
    say = words.say
    common = " ".join(_short(option, words) for option in COMMON)
    return "\n".join(
        [
            f"{PROGRAM} {common} {say(M('COMMAND'))} …",
            "",
            say(M("Commands:")),
            *_listed((command.name, say(command.about)) for command in commands),
            "",
            say(M("With every command:")),
            *_options(COMMON, words),
            *_listed(
                [("--help", say(M("Show this help, or that of one command."))), ("--version", say(M("The version.")))]
            ),
            "",
            say(M("Exit codes:")),
            *_listed((str(code), say(meaning)) for code, meaning in _EXIT_CODES),
        ]
    )


def detail(command: Command, words: Words) -> str:
    """Everything about one command."""
    made = [line(command, words), "", words.say(command.about)]
    arguments = _listed((words.say(a.place), words.say(a.about)) for a in command.arguments)
    for part in (arguments, _options(command.options, words), [words.say(command.more)] if command.more else []):
        made += ["", *part] if part else []
    return "\n".join(made)


def reference() -> str:
    """The text of docs/CLI.md."""
    words = Words("en")
    parts = [
        "# Command line",
        "",
        "Written by `python -m desktop_crm.app.docs` from the declarations in `desktop_crm/cli/commands.py`. Data goes",
        "to the output, messages and progress beside it (stderr). CONTACT is a number as `find` shows it, or an email",
        "address. A day is written `2026-11-21` or `21.11.2026`.",
        "",
        "## Options of every command",
        "",
        *_rows((f"`{form(option, words)}`", words.say(option.about)) for option in COMMON),
        "",
        "## Exit codes",
        "",
        *_rows((str(code), words.say(meaning)) for code, meaning in _EXIT_CODES),
        "",
        "## Commands",
    ]
    for command in COMMANDS:
        parts += ["", f"### {command.name}", "", words.say(command.about), "", f"`{line(command, words)}`"]
        parts += _reference_rows(command, words)
        parts += ["", words.say(command.more)] if command.more else []
    return "\n".join(parts) + "\n"


def _reference_rows(command: Command, words: Words) -> list[str]:
    rows = [(f"`{words.say(a.place)}`", words.say(a.about)) for a in command.arguments]
    rows += [(f"`{form(option, words)}`", words.say(option.about)) for option in command.options]
    return ["", *_rows(rows)] if rows else []


def _rows(rows: Iterable[tuple[str, str]]) -> list[str]:
    made = ["| | |", "|---|---|"]
    return made + [f"| {name.replace('|', chr(92) + '|')} | {about} |" for name, about in rows]
