"""Reads the project's own files, parsed once, for the tests that watch its shape."""

import ast
import gc
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "desktop_crm"


@dataclass(frozen=True)
class Source:
    """One file of Python: its path from the top of the project, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The folder below the package it lies in, or its own name if it lies in none: `storage`, `__main__`."""
        return self.path.split("/")[1].removesuffix(".py")

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))


def source(path: str, text: str) -> Source:
    return Source(path, text, ast.parse(text))


@cache
def sources(folder: str = PACKAGE) -> tuple[Source, ...]:
    """Every file of Python below a folder of the project."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    parsed = tuple(source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)
    gc.freeze()  # a million nodes that stay: nobody need look through them for garbage again and again
    return parsed


@cache
def settings() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """The full name of everything imported anywhere in a tree, early or late."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
