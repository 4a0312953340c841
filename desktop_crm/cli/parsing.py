"""Reads a typed line by the grammar.

Not argparse: its sentences are English, differ from one Python to the next, and quote what was typed, which may be a
customer's. Options stand anywhere; `--` ends them; only words with two hyphens are options, so that a note or a
number may begin with one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_crm.cli.grammar import EXPECTED, Argument, Command, Option, Reader, usage
from desktop_crm.words import M, Problem

HELP = ("--help", "-h")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line asks for: no command for a bare call, `help` where help was asked for."""

    command: Command | None
    values: Mapping[str, Any]
    help: bool = False


def split(words: Sequence[str], options: Iterable[Option]) -> tuple[dict[str, list[str]], list[str]]:
    """Options with what was typed for them, and the words that stand by their place. Raises Problem (exit 2)."""
    known = {option.name: option for option in options}
    given: dict[str, list[str]] = {}
    rest: list[str] = []
    left = deque(words)
    while left:
        word = left.popleft()
        if word == "--":
            rest += left
            break
        if not word.startswith("--"):
            rest.append(word)
            continue
        name, sign, value = word.partition("=")
        option = known.get(name) or _unknown(name, known)
        if option.takes_value and not sign:
            if not left or left[0].partition("=")[0] in known:
                raise usage(M("{option} needs a value.", option=name))
            value = left.popleft()
        elif sign and not option.takes_value:
            raise usage(M("{option} takes no value.", option=name))
        given.setdefault(name, []).append(value)
    return given, rest


def _unknown(name: str, known: Mapping[str, Option]) -> Option:
    near = _nearest(name, known)
    if near:
        raise usage(M("There is no option of that name."), M("Did you mean {option}?", option=near))
    raise usage(M("There is no option of that name."))


def _nearest(word: str, names: Iterable[str]) -> str | None:
    import difflib

    return next(iter(difflib.get_close_matches(word, list(names), n=1)), None)


def read(command: Command, given: Mapping[str, list[str]], words: Sequence[str], common: Iterable[Option]) -> Typed:
    """The values of a command. Raises Problem (exit 2) naming the option or place that is wrong."""
    values = {option.key: _value(option, given.get(option.name, [])) for option in (*common, *command.options)}
    missing = [option.name for option in command.options if option.required and option.name not in given]
    left = deque(words)
    for argument in command.arguments:
        if not left:
            raise usage(M("{place} is missing.", place=argument.place))
        taken = [left.popleft() for _ in range(len(left) if argument.many else 1)]
        read_words = tuple(_converted(argument.read, word, argument) for word in taken)
        values[argument.key] = read_words if argument.many else read_words[0]
    if missing:
        raise usage(M("{options} is missing.", "{options} are missing.", options=", ".join(missing), n=len(missing)))
    if left:
        raise usage(M("There are more words than this command takes."), M("Put a text of several words in quotes."))
    return Typed(command, values)


def _value(option: Option, typed: Sequence[str]) -> Any:
    if not typed:
        return option.absent()
    if not option.takes_value:
        return True
    values = tuple(_converted(option.read, one, option) for one in typed)
    if option.repeat:
        return values
    if len(values) > 1:
        raise usage(M("{option} is given twice.", option=option.name))
    return values[0]


def _converted(reader: Reader, typed: str, where: Option | Argument) -> Any:
    choices = where.choices if isinstance(where, Option) else ()
    place: str | M = where.name if isinstance(where, Option) else where.place
    if choices and typed not in choices:
        raise usage(M("{place} is one of: {choices}.", place=place, choices=", ".join(choices)))
    try:
        return reader(typed)
    except (ValueError, RuntimeError):
        raise usage(M("{place} needs {what}.", place=place, what=EXPECTED[reader])) from None


def parse(words: Sequence[str], commands: Sequence[Command], common: Sequence[Option]) -> Typed:
    """What a typed line asks for. Raises Problem (exit 2)."""
    end = words.index("--") if "--" in words else len(words)
    asked = any(word in HELP for word in words[:end])
    plain = [word for word in words[:end] if word not in HELP] + list(words[end:])
    at = _front(plain, common)
    if at == len(plain):
        split(plain, common)
        return Typed(None, {}, asked)
    command = _command(plain[at : at + 2], commands)
    if command is None or asked:
        return Typed(command, {}, help=asked)
    size = len(command.name.split())
    given, rest = split([*plain[:at], *plain[at + size :]], (*common, *command.options))
    try:
        return read(command, given, rest, common)
    except Problem as problem:
        how = M("How it is typed: desktop-crm {command} --help", command=command.name)
        raise usage(problem.what, problem.todo or how) from None


def _front(words: Sequence[str], common: Sequence[Option]) -> int:
    """Where the command begins: behind the options that every command has."""
    with_value = {option.name for option in common if option.takes_value}
    at = 0
    while at < len(words) and words[at].startswith("--") and words[at] != "--":
        at += 2 if words[at] in with_value else 1
    return min(at, len(words))


def _command(words: Sequence[str], commands: Sequence[Command]) -> Command | None:
    """The command the words begin with; None for the mere front of some (`consent`)."""
    by_name = {command.name: command for command in commands}
    found = by_name.get(" ".join(words)) or by_name.get(words[0])
    if found is None and not any(name.startswith(f"{words[0]} ") for name in by_name):
        near = _nearest(" ".join(words), by_name) or _nearest(words[0], by_name)
        todo = M("Did you mean {command}?", command=near) if near else M("desktop-crm --help shows all of them.")
        raise usage(M("There is no command of that name."), todo)
    return found
