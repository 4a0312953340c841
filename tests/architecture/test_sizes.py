"""Small functions, small files, small classes: the sizes that DESIGN asks for, measured."""

import ast
from statistics import median

import pytest

from tests.architecture.source import sources

LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 10
LONGEST_FILE = 500
MOST_METHODS = 25

FOLDERS = pytest.mark.parametrize("folder", ["desktop_crm", "installers", "tests"])


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@FOLDERS
def test_no_function_is_longer_than_a_screen(folder: str) -> None:
    measured = {
        f"{file.path}:{item.lineno} {item.name}": lines(item) for file in sources(folder) for item in file.functions()
    }
    assert {name: count for name, count in measured.items() if count > LONGEST_FUNCTION} == {}


@FOLDERS
def test_functions_are_short_as_a_rule(folder: str) -> None:
    assert median(lines(item) for file in sources(folder) for item in file.functions()) < MEDIAN_FUNCTION


@FOLDERS
def test_no_file_is_longer_than_can_be_read_at_once(folder: str) -> None:
    measured = {file.path: len(file.text.splitlines()) for file in sources(folder)}
    assert {name: count for name, count in measured.items() if count > LONGEST_FILE} == {}


@FOLDERS
def test_no_class_does_everything(folder: str) -> None:
    measured = {
        f"{file.path} {item.name}": sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in item.body)
        for file in sources(folder)
        for item in file.classes()
    }
    assert {name: count for name, count in measured.items() if count > MOST_METHODS} == {}
