from datetime import date

import pytest

from desktop_crm.cli.commands import COMMANDS, COMMON
from desktop_crm.cli.grammar import Reader, assignment, birthday, day
from desktop_crm.cli.parsing import Typed, parse
from desktop_crm.cli.run import action_of
from desktop_crm.records.declare import Basis
from desktop_crm.words import LANGUAGES, Exit, Problem, Words


def typed(line: str) -> Typed:
    return parse(line.split(), COMMANDS, COMMON)


def refused(*words: str) -> Problem:
    with pytest.raises(Problem) as caught:
        parse(words, COMMANDS, COMMON)
    assert caught.value.code is Exit.USAGE
    return caught.value


def said(problem: Problem) -> str:
    return " ".join(map(Words("en").say, problem.sentences()))


@pytest.mark.parametrize(
    "line", ["--json --data-dir /d find Anna", "find --json Anna --data-dir=/d", "find Anna --data-dir /d --json"]
)
def test_options_of_every_command_stand_before_or_after_it(line: str) -> None:
    found = typed(line)
    assert found.command is not None
    assert (found.command.name, found.values["text"], found.values["json"]) == ("find", ("Anna",), True)
    assert str(found.values["data_dir"]) == "/d"


def test_options_and_words_may_be_mixed() -> None:
    values = typed("note --kind call anna@example.org mag keine --channel phone Lilien").values
    assert values["contact"] == "anna@example.org"
    assert values["text"] == ("mag", "keine", "Lilien")
    assert (values["kind"], values["channel"]) == ("call", "phone")


def test_what_begins_with_one_hyphen_is_text_and_two_hyphens_end_the_options() -> None:
    assert typed("find -5").values["text"] == ("-5",)
    assert parse(["note", "a@b.example", "--", "--json"], COMMANDS, COMMON).values["text"] == ("--json",)


def test_repeated_options_are_collected_and_others_refused() -> None:
    assert typed("add --name A --email a@b.example --email c@d.example").values["email"] == (
        "a@b.example",
        "c@d.example",
    )
    assert "twice" in said(refused("add", "--name", "A", "--name", "B"))


def test_a_missing_option_or_word_is_named() -> None:
    assert said(refused("import", "list.csv")).startswith("--source, --basis are missing.")
    assert said(refused("show")).startswith("CONTACT is missing.")
    assert said(refused("find", "Anna", "--limit")).startswith("--limit needs a value.")
    assert said(refused("find", "Anna", "--limit", "--json")).startswith("--limit needs a value.")
    assert said(refused("find", "Anna", "--json=yes")).startswith("--json takes no value.")


def test_a_choice_is_read_as_its_kind() -> None:
    assert typed("import l.csv --source x --basis legitimate-interest").values["basis"] is Basis.LEGITIMATE_INTEREST
    assert "contract, consent" in said(refused("import", "l.csv", "--source", "x", "--basis", "because"))


@pytest.mark.parametrize(
    "words",
    [
        ("purchase", "zorbinsky@example.org", "--amount", "1", "--date", "Zorbinsky"),
        ("show", "anna", "Zorbinsky"),
        ("find", "anna", "--limit", "Zorbinsky"),
        ("find", "anna", "--Zorbinsky"),
        ("Zorbinsky",),
    ],
)
def test_no_error_repeats_what_was_typed(words: tuple[str, ...]) -> None:
    problem = refused(*words)
    for language in LANGUAGES:
        assert not any("zorbinsky" in Words(language).say(m).lower() for m in problem.sentences())


def test_a_slip_gets_a_hint() -> None:
    assert "Did you mean --purpose?" in said(refused("consent", "give", "x", "--purpos", "newsletter"))
    assert "Did you mean access-report?" in said(refused("access-raport"))


@pytest.mark.parametrize("line", ["", "--json", "consent", "consent --json", "consent gife x", "retention"])
def test_without_a_whole_command_there_is_none(line: str) -> None:
    found = typed(line)
    assert found.command is None
    assert not found.help


@pytest.mark.parametrize("line", ["find --help", "--help find", "find -h", "erase --help --yes"])
def test_help_comes_before_anything_that_is_missing(line: str) -> None:
    found = typed(line)
    assert found.help
    assert found.command is not None


def readable(reader: Reader, text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


def test_days_are_read_as_people_write_them() -> None:
    assert day("2026-11-21") == day("21.11.2026") == date(2026, 11, 21)
    assert birthday("1.5.") == birthday("--05-01") == "--05-01"
    assert birthday("29.2.") == "--02-29"
    assert birthday("1.5.1980") == "1980-05-01"
    for wrong in ("31.02.2026", "2026-13-01", "gestern", "", "--02-30"):
        assert not readable(birthday, wrong)


def test_a_column_may_have_an_equals_sign() -> None:
    assert assignment("a=b=phone") == ("a=b", "phone")
    for wrong in ("phone", "=phone", "Handy="):
        assert not readable(assignment, wrong)


def test_every_command_has_its_function() -> None:
    for command in COMMANDS:
        assert callable(action_of(command)), command.name


def test_no_option_stands_for_two_things() -> None:
    common = {option.name for option in COMMON}
    for command in COMMANDS:
        names = [option.name for option in command.options]
        keys = [option.key for option in command.options] + [argument.key for argument in command.arguments]
        assert len({*names, *common}) == len(names) + len(common), command.name
        assert len(set(keys)) == len(keys), command.name
