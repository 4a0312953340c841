"""People are found as one types: without accents, by beginnings, by numbers as dialled, with one letter wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.storage import search
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Reading, Writing
from tests.storage.people import company, contact, email, note, phone

PEOPLE = {
    "Łucja Kowalska": ("lucja", "łucja", "LUCJA", "kowal", "Łuc"),
    "Straße Groß": ("strasse", "STRASSE", "straße", "gross"),
    "Øslo Bjørn": ("oslo", "øslo", "bjorn"),
    "İstanbul Işık": ("istanbul", "ISTANBUL", "isik", "ışık"),
    "Đặng Nguyễn": ("nguyen", "dang", "Nguyễn"),
    "Αθηνά Παπαδοπούλου": ("αθηνα", "ΑΘΗΝΑ", "παπαδοπουλου"),
    "Йорданка Фёдорова": ("йорданка", "федорова", "ФЁДОРОВА"),
    "أحمد محمد": ("احمد", "محمد", "أحمد"),
    "דוד כהן": ("דוד", "כהן"),
    "สมชาย ใจดี": ("สมชาย", "สม", "ใจ"),
    "王小明": ("王", "小明", "明", "王小明"),
    "山田たろう": ("山田", "たろ", "ろ"),
    "김민수": ("김", "김민수"),
    "अनीता शर्मा": ("अनीता", "शर्मा"),
    "Zoë Æsir Œuvre": ("zoe", "aesir", "oeuvre"),
    "Anne-Marie O'Neill": ("anne marie", "anne-marie", "o'neill", "oneill"[:1], "neill"),
    "Ｆｕｌｌ Width": ("full",),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Everybody of PEOPLE, and one person with everything."""
    store = Store(tmp_path_factory.mktemp("search") / "customers.db", bytes(32), create=True)

    def work(writing: Writing) -> None:
        for name in PEOPLE:
            writing.insert(contact(name))
        employer = company("Blumengroßhandel Čapek & Söhne")
        whole = contact("Gertrud Außerirdisch", nickname="Trudchen", company_id=employer.id)
        writing.insert(employer)
        writing.insert(whole)
        writing.insert(email(whole.id, "g.ausser@raum-schiff.example"))
        writing.insert(phone(whole.id, "0341 / 555-0123", "+493415550123"))
        writing.insert(note(whole.id, "mag keine Lilien, Allergie! (siehe oben)"))
        for name, number, match in NUMBERS:
            person = contact(name)
            writing.insert(person)
            writing.insert(phone(person.id, number, match))

    store.write(work)
    yield store
    store.close()


NUMBERS = [
    ("Number PL", "+48 601 999 888", "+48601999888"),
    ("Number US", "(212) 555-7890", "+12125557890"),
    ("Number IE", "+353 86 123 4567", "+353861234567"),
    ("Number IT", "06 6982 1234", "+390669821234"),
    ("Number odd", "Durchwahl 4711", "4711"),
]


def names(store: Store, text: str) -> list[str]:
    def work(reading: Reading) -> list[str]:
        hits = search.exact(reading, text)
        found = [reading.connection.execute("SELECT name FROM contact WHERE id = ?", (h.subject,)) for h in hits]
        return [row.fetchone()[0] for row in found]

    return store.read(work)


@pytest.mark.parametrize(
    ("name", "typed"), [(name, typed) for name, all_typed in PEOPLE.items() for typed in all_typed]
)
def test_a_name_is_found_however_it_is_typed(shop: Store, name: str, typed: str) -> None:
    assert name in names(shop, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "gertrud", "trud", "trudchen", "capek", "sohne", "g.ausser@raum-schiff.example", "raum-schiff", "schiff",
        "gertrud capek", "capek ger", "ausser blumengross", "trudchen raum schiff", "lilien", "allergie lilien",
        "gertrud 0341",
    ],
)  # fmt: skip
def test_words_of_name_email_company_and_note_are_found_together(shop: Store, typed: str) -> None:
    assert names(shop, typed) == ["Gertrud Außerirdisch"]


@pytest.mark.parametrize("typed", ["gertrud kowalska", "gertrudx", "rtrud", "lilien capek müller"])
def test_all_words_must_fit(shop: Store, typed: str) -> None:
    assert names(shop, typed) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Gertrud Außerirdisch", typed)
        for typed in (
            "0341 5550123", "03415550123", "0341", "0341 / 555-0123", "+49 341 5550123", "+49341", "0049 341 5550123",
            "341 555", "0341-555", "(0341) 555", "49 341",
        )
    ]
    + [("Number PL", typed) for typed in ("601 999 888", "601999", "+48 601", "0048601", "+48601999888", "601")]
    + [("Number US", typed) for typed in ("212 555 7890", "2125557890", "+1 212 555", "(212) 555-7890", "001 212")]
    + [("Number IE", typed) for typed in ("086 123 4567", "0861234567", "+353 86", "861234567", "00353 86 123")]
    + [("Number IT", typed) for typed in ("06 6982", "0669821234", "+39 06 6982", "0039066982")]
    + [("Number odd", typed) for typed in ("4711", "471")],
)  # fmt: skip
def test_a_number_is_found_as_it_is_dialled_from_anywhere(shop: Store, name: str, typed: str) -> None:
    assert name in names(shop, typed)


@pytest.mark.parametrize("typed", ["0999", "5550999", "+44 601", "602"])
def test_another_number_finds_nobody(shop: Store, typed: str) -> None:
    assert names(shop, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "*", '"', '""', "AND", "OR", "NOT", "NEAR", "NEAR(a b)", "a AND", "(", ")", "name:lucja", "name : x",
        "^lucja", "lucja*", '"lucja', "lucja\" OR \"x", "-lucja", "+", "{name email} : x", "lucja OR kowalska", "\0",
        "a\0b", "%", "_", "';--", "\ud800", "🌷", "٤٤", "½", "ﬁ", "a" * 10_000, "(" * 500, " OR ".join("abc"), "<b>",
        "\u202e",
    ],
)  # fmt: skip
def test_no_sign_means_anything_but_itself(shop: Store, typed: str) -> None:
    names(shop, typed)
    words = shop.read(lambda reading: search.Vocabulary(reading.connection))
    shop.read(lambda reading: search.nearly(reading, words, typed))


@given(st.text(max_size=40))
def test_whatever_is_typed_is_harmless(shop: Store, typed: str) -> None:
    names(shop, typed)


def test_words_of_the_query_language_are_only_words(shop: Store) -> None:
    assert names(shop, "lucja OR gertrud") == []
    assert names(shop, "name:lucja") == []
    assert names(shop, '"kowalska lucja"') == ["Łucja Kowalska"]


# One wrong letter, among two thousand people.

GIVEN = "Anna Peter Maria Jan Eva Paul Sofie Max Lena Tom Ida Emil Nina Otto Rosa Karl Lisa Hans Mia Ben".split()
SYLLABLES = "ba ber dor fel gar hil kan kow lem mar mei nar nov pet ral sas sch son ster tal tor vin wer zim".split()


def _families(number: int) -> list[str]:
    chance = random.Random(7)
    made: set[str] = set()
    while len(made) < number:
        made.add("".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4)))).capitalize())
    return sorted(name for name in made if len(name) >= 4)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, search.Vocabulary, list[str]]]:
    """Two thousand people with names as skewed and as alike as real ones."""
    store = Store(tmp_path_factory.mktemp("crowd") / "customers.db", bytes(32), create=True)
    chance = random.Random(8)
    families = _families(900)
    wanted = [f"{chance.choice(GIVEN)} {family}" for family in families]
    wanted += [f"{chance.choice(GIVEN)} {chance.choice(families)}" for _ in range(2000 - len(wanted))]

    def work(writing: Writing) -> None:
        for name in wanted:
            writing.insert(contact(name))

    store.write(work)
    yield store, store.read(lambda reading: search.Vocabulary(reading.connection)), sorted(set(wanted))
    store.close()


LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def edits(draw: st.DrawFn, word: str) -> str:
    """The word with one letter changed, missing, doubled or swapped with its neighbour."""
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    return draw(
        st.sampled_from(
            [
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word + letter,
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )


@given(st.data())
def test_a_name_with_one_letter_wrong_still_finds_the_person(
    crowd: tuple[Store, search.Vocabulary, list[str]], data: st.DataObject
) -> None:
    store, vocabulary, everybody = crowd
    name = data.draw(st.sampled_from(everybody))
    given_name, family = name.split()
    typed = f"{given_name} {data.draw(edits(family.lower()))}"

    def work(reading: Reading) -> list[str]:
        hits = search.exact(reading, typed)
        if len(hits) < search.FEW:
            hits += search.nearly(reading, vocabulary, typed)
        return [
            reading.connection.execute("SELECT name FROM contact WHERE id = ?", (h.subject,)).fetchone()[0]
            for h in hits
        ]

    assert name in store.read(work)


def test_near_misses_of_long_words_may_have_two(crowd: tuple[Store, search.Vocabulary, list[str]]) -> None:
    _, vocabulary, everybody = crowd
    long = next(word for word in (name.split()[1].lower() for name in everybody) if len(word) > 9)
    assert long in vocabulary.near(f"{long[:2]}x{long[3:-2]}y{long[-1]}")
    assert "anna" not in vocabulary.near("annxy")
