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
