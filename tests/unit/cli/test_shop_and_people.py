from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter


def test_the_shop_is_shown_and_changed_and_stands_on_the_next_paper(begun: Counter) -> None:
    assert begun.ask("shop")["phone"] == ""
    changed = begun.ask("shop", "--phone", "0341 555 0123", "--street", "Lindenplatz 3", "--responsible", "Anna Weber")
    assert (changed["phone"], changed["street"]) == ("0341 555 0123", "Lindenplatz 3")
    assert begun.ask("shop")["responsible"] == "Anna Weber"


def test_a_shop_needs_a_name_and_a_zone_that_exists(begun: Counter) -> None:
    for words in (("--company", " "), ("--zone", "Leipzig"), ("--region", "Mars")):
        code, _, err = begun("shop", *words)
        assert code in (Exit.REFUSED, Exit.USAGE)
        assert err


def test_what_does_not_look_right_is_kept_as_typed_and_said(begun: Counter) -> None:
    code, _, err = begun("add", "--name", "Max Eins", "--email", "max.example.com", "--phone", "abc")
    assert code == Exit.DONE
    assert "does not look like one" in err
    assert "does not look right" in err
    assert begun.ask("add", "--name", "Eva Zwei", "--email", "eva@example.com")["doubts"] == []
    begun.ask("purpose", "use", "birthday-card", "--off")
    born = begun.ask("add", "--name", "Ida Drei", "--email", "ida@example.com", "--birthday", "1961-03-24")
    assert born["doubts"] == ["No purpose asks for this: Birthday. Is it needed for an order?"]
