"""From a typed line to an exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from types import ModuleType

from desktop_crm import __version__
from desktop_crm.cli import helping
from desktop_crm.cli.answer import Answer
from desktop_crm.cli.call import Call, LockWindow, no_window
from desktop_crm.cli.commands import COMMANDS, COMMON
from desktop_crm.cli.grammar import Command, usage
from desktop_crm.cli.locale_names import language_of
from desktop_crm.cli.parsing import Typed, parse
from desktop_crm.cli.stopping import deaf, stoppable
from desktop_crm.cli.terminal import MISTAKE, Stopped, Terminal, plain_streams
from desktop_crm.host.clock import SystemClock
from desktop_crm.words import LANGUAGES, Exit, M, Problem, Words


def run(arguments: Sequence[str], lock_window: LockWindow = no_window) -> int:
    """Do what a command line asks for. Returns the exit code; every known problem is told in plain words.

    `lock_window` is how an open window is asked to lock.
    """
    out, err = plain_streams()
    terminal = Terminal(Words(_language(arguments)), out=out, err=err)
    terminal.machine = "--json" in arguments
    try:
        return _guarded(arguments, terminal, lock_window)
    except Stopped:
        terminal.refused(Problem(M("Stopped."), safe=M("Nothing was changed.")))
        return Exit.REFUSED
    except KeyboardInterrupt:
        terminal.refused(Problem(M("Stopped.")))
        return Exit.REFUSED


def _guarded(arguments: Sequence[str], terminal: Terminal, lock_window: LockWindow) -> int:
    try:
        return _run(arguments, terminal, lock_window)
    except Problem as problem:
        terminal.refused(problem)
        return problem.code
    except Exception as error:
        return _bug(error, terminal)


def _run(arguments: Sequence[str], terminal: Terminal, lock_window: LockWindow) -> int:
    words = [_as_text(word) for word in arguments]
    if words == ["--version"]:
        terminal.answer(Answer(None, (f"{helping.PROGRAM} {__version__}",)))
        return Exit.DONE
    typed = parse(words, COMMANDS, COMMON)
    if typed.command is None or typed.help:
        return _help(typed, words, terminal)
    terminal.machine = typed.values["json"]
    call = Call(typed.values, terminal, SystemClock(), lock_window)
    return _done(call, typed.command)


def _done(call: Call, command: Command) -> Exit:
    """Do it, answer, look after keeping times once a day, and close the file."""
    try:
        with stoppable(call):
            answer = action_of(command)(call)
        call.terminal.answer(answer)
        with stoppable(call):
            call.look(command.name)
        return answer.code
    finally:
        with deaf():
            call.close()


def action_of(command: Command) -> Callable[[Call], Answer]:
    """The function that does a command; its module, and what it needs, is loaded only now."""
    found: Callable[[Call], Answer] = getattr(_module(command.module), command.action)
    return found


def _module(name: str) -> ModuleType:  # noqa: PLR0911 - a line each, so that checkers follow imports
    match name:
        case "people":
            from desktop_crm.cli import people

            return people
        case "beginning":
            from desktop_crm.cli import beginning

            return beginning
        case "lists":
            from desktop_crm.cli import lists

            return lists
        case "papers":
            from desktop_crm.cli import papers

            return papers
        case "activity":
            from desktop_crm.cli import activity

            return activity
        case "ways":
            from desktop_crm.cli import ways

            return ways
        case "apart":
            from desktop_crm.cli import apart

            return apart
        case "staff":
            from desktop_crm.cli import staff

            return staff
        case "keeping":
            from desktop_crm.cli import keeping

            return keeping
        case "backups":
            from desktop_crm.cli import backups

            return backups
        case _:
            return _module_of_permission(name)


def _module_of_permission(name: str) -> ModuleType:
    """What asks, answers and uses; and whatever only looks."""
    match name:
        case "purposing":
            from desktop_crm.cli import purposing

            return purposing
        case "permissions":
            from desktop_crm.cli import permissions

            return permissions
        case "forms":
            from desktop_crm.cli import forms

            return forms
        case "telling":
            from desktop_crm.cli import telling

            return telling
        case "using":
            from desktop_crm.cli import using

            return using
        case "grounds":
            from desktop_crm.cli import grounds

            return grounds
        case _:
            from desktop_crm.cli import looking

            return looking


def _help(typed: Typed, arguments: Sequence[str], terminal: Terminal) -> int:
    """Asked for, it goes to the output; for a call that is not complete, beside it."""
    if typed.command is not None:
        text = helping.detail(typed.command, terminal.words)
    else:
        group = [c for c in COMMANDS if any(c.name.startswith(f"{word} ") for word in arguments)]
        text = helping.overview(terminal.words, group or COMMANDS)
    if typed.help:
        terminal.answer(Answer(None, (text,)))
        return Exit.DONE
    terminal.aside(text)
    return Exit.USAGE


def _language(arguments: Sequence[str]) -> str:
    """The language until the shop's is known: asked for, the account's, English."""
    for at, word in enumerate(arguments):
        name, _, value = word.partition("=")
        asked = value or (arguments[at + 1] if at + 1 < len(arguments) else "")
        if name == "--lang" and asked in LANGUAGES:
            return asked
    return language_of(os.environ) or "en"


def _as_text(word: str) -> str:
    """A word as it was typed, also where the account is set to plain ASCII. Raises Problem (exit 2) if it is no text.

    Bytes that Python could not read reach it as lone surrogates; nothing could be stored or found with them.
    """
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        raise usage(
            M("The command has signs that are no letters of any script."),
            M("Type it again, or rename the file it names."),
        ) from None


def _bug(error: BaseException, terminal: Terminal) -> int:
    """Type and place alone: the text of an exception, and what its variables held, may be a customer's."""
    import traceback

    frames = [f for f in traceback.walk_tb(error.__traceback__) if "desktop_crm" in f[0].f_globals.get("__name__", "")]
    frame, number = frames[-1]
    what = M(
        "The program made a mistake: {kind} in {module}, line {number}.",
        kind=type(error).__name__,
        module=str(frame.f_globals["__name__"]),
        number=str(number),
    )
    more = M(
        "What was saved before that stays; what was only half done was taken back. Please look which it is. These "
        "words hold no customer data; please report them."
    )
    terminal.failed(what, more)
    return MISTAKE
