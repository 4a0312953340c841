"""Every message of the program, found in its files: `M("one", "many", n=…)`."""

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.source import Source


@dataclass(frozen=True)
class Said:
    """One place where a message is made; `text` is None where it is not a literal."""

    where: str
    text: str | None
    plural: str | None
    values: frozenset[str]
    open_ended: bool
    """More values come by `**`."""

    @property
    def fault(self) -> str | None:
        """What is wrong with the way it is made."""
        if self.text is None:
            return "the sentence is not one literal string"
        if self.plural is not None and "n" not in self.values and not self.open_ended:
            return "a plural needs the value n"
        asked = placeholders(self.text) | placeholders(self.plural or "")
        if not self.open_ended and asked - self.values:
            return f"no value for {sorted(asked - self.values)}"
        unused = self.values - asked - ({"n"} if self.plural is not None else set())
        return f"{sorted(unused)} not in the sentence" if unused else None


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def messages(file: Source) -> Iterator[Said]:
    """Every message made in a file."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and name_of(node.func) == "M":
            yield said(f"{file.path}:{node.lineno}", node)


def name_of(node: ast.expr) -> str:
    """The last part of what is called."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def said(where: str, call: ast.Call) -> Said:
    literals = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    whole = len(literals) == len(call.args) and len(literals) in {1, 2}
    values = frozenset(keyword.arg for keyword in call.keywords if keyword.arg)
    open_ended = any(keyword.arg is None for keyword in call.keywords)
    text, plural = (*literals, None, None)[:2] if whole else (None, None)
    return Said(where, text, plural, values, open_ended)
