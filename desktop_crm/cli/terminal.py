"""What is written where: data on the output, messages and progress beside it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from desktop_crm.cli.advice import sentences
from desktop_crm.cli.answer import Answer, Block, Facts, Table, cell, plain
from desktop_crm.words import M, Problem, Words

MISTAKE = 70
"""Exit code for a mistake of ours (EX_SOFTWARE of sysexits.h)."""
SHOW_AFTER = 1.0
"""Seconds a job may take before it shows how far it is."""
_EVERY = 0.1
_BAR = 24


class Stopped(BaseException):
    """A person stopped the job; raised inside it, so that it is taken back as a whole."""


class Terminal:
    """The two ways out, in the reader's language."""

    def __init__(self, words: Words, *, out: TextIO, err: TextIO) -> None:
        """`words` may be replaced once the shop's language is known."""
        self.words = words
        self.machine = False
        self._answered = False
        self.stopping = threading.Event()
        self._out = out
        self._err = err

    def answer(self, answer: Answer) -> None:
        """Print an answer: for machines or for people, and what is said beside it."""
        if self.machine:
            self._document(answer.data)
        else:
            blocks = [text for block in answer.shown if (text := self.block(block))]
            self._write(self._out, "".join(text + "\n" for text in blocks))
        for message in answer.said:
            self.say(message)

    def say(self, message: M) -> None:
        """One sentence beside the data."""
        self._write(self._err, harmless(self.words.say(message)) + "\n")

    def aside(self, text: str) -> None:
        """A finished text beside the data."""
        self._write(self._err, text + "\n")

    def problem(self, problem: Problem) -> None:
        """What happened, what is safe, what to do."""
        for message in sentences(problem):
            self.say(message)

    def refused(self, problem: Problem) -> None:
        """A problem in place of an answer; for machines it is the one document, unless they have had theirs."""
        if self.machine and not self._answered:
            said = {"what": problem.what, "safe": problem.safe, "todo": problem.todo}
            # The sentence in English, without its values, is the same in every language and for every customer.
            known = {"problem": problem.code.name.lower(), "exit": problem.code, "name": problem.what.text}
            self._document(known | said)
        self.problem(problem)

    def failed(self, what: M, *more: M) -> None:
        """A mistake of ours in place of an answer."""
        if self.machine and not self._answered:
            self._document({"problem": "mistake", "exit": MISTAKE, "name": what.text, "what": what})
        for message in (what, *more):
            self.say(message)

    def _document(self, data: Any) -> None:
        self._answered = True
        text = json.dumps(plain(data, self.words), ensure_ascii=False, allow_nan=False, indent=2)
        self._write(self._out, text + "\n")

    def block(self, block: Block) -> str:
        """A part of an answer as text."""
        match block:
            case M():
                return harmless(self.words.say(block))
            case str():
                return block
            case Facts():
                return self._facts(block)
            case Table():
                return self._table(block)

    def _facts(self, facts: Facts) -> str:
        rows = [(self.words.say(name), _one_line(harmless(cell(value, self.words)))) for name, value in facts.rows]
        rows = [(name, value) for name, value in rows if value]
        broad = max((width(name) for name, _ in rows), default=0)
        return "\n".join(f"{padded(name, broad)}  {value}" for name, value in rows)

    def _table(self, table: Table) -> str:
        if not table.rows:
            return ""
        body = [[_one_line(harmless(cell(value, self.words))) for value in row] for row in table.rows]
        heads = [self.words.say(head) for head in table.heads]
        used = [at for at in range(len(heads)) if any(row[at] for row in body)]
        broad = {at: max(width(row[at]) for row in (heads, *body)) for at in used}
        lines = ["  ".join(padded(row[at], broad[at]) for at in used).rstrip() for row in (heads, *body)]
        rule = "  ".join("─" * broad[at] for at in used)
        title = ["", self.words.say(table.title)] if table.title else []
        return "\n".join([*title, lines[0], rule, *lines[1:]])

    @contextmanager
    def progress(self, what: M) -> Iterator[Bar]:
        """Shows how far a job is, if it takes long and somebody looks; lets it be stopped in any case."""
        bar = Bar(self.words.say(what), self._err if self._err.isatty() else None, self.stopping)
        try:
            yield bar
        finally:
            bar.clear()

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            stream.write(text)
            stream.flush()
        except BrokenPipeError:
            _drop(stream)
        except OSError:
            _drop(stream)
            if stream is self._out:
                raise Problem(
                    M("The answer could not be written where it was sent."), safe=M("What was asked for is done.")
                ) from None


def _drop(stream: TextIO) -> None:
    """Nobody reads any more. Python would complain again at its end if the stream stayed as it is."""
    with contextlib.suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Bar:
    """Called with what is done and how much there is."""

    def __init__(self, what: str, stream: TextIO | None, stopping: threading.Event) -> None:
        """No stream: nobody looks."""
        self._what = what
        self._stream = stream
        self._stopping = stopping
        self._begun = time.monotonic()
        self._next = self._begun + SHOW_AFTER
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """One step. Raises Stopped when a person stopped the job."""
        if self._stopping.is_set():
            raise Stopped
        if self._stream is None or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        part = min(1.0, done / total) if total else 0.0
        full = round(part * _BAR)
        self._stream.write(f"\r{'█' * full}{'░' * (_BAR - full)} {part:4.0%}  {self._what}")
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        """Take the bar away; the next line starts where it stood."""
        if self._shown and self._stream is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def harmless(text: str) -> str:
    """The text without signs that would steer the terminal or turn the line round: a value may hold any."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign if sign == "\n" or unicodedata.category(sign) not in _STEERING else _shown(sign) for sign in text
    )


_STEERING = {"Cc", "Cs"}


def _shown(sign: str) -> str:
    return " " if sign == "\t" else "�"


def _one_line(text: str) -> str:
    return " / ".join(text.splitlines()) if "\n" in text else text


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(s) in "WF" else not unicodedata.combining(s) for s in text)


def padded(text: str, columns: int) -> str:
    """The text filled up with blanks to a width."""
    return text + " " * (columns - width(text))


def plain_streams() -> tuple[TextIO, TextIO]:
    """Output and messages in UTF-8, whatever the language of the account."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return sys.stdout, sys.stderr
