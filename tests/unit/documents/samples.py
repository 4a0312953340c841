"""Made-up people and papers for the tests of documents/. Messages here are not translated: they are said as written."""

from dataclasses import replace
from datetime import UTC, date, datetime

from desktop_crm.documents.model import (
    AccessReport,
    Authority,
    ConsentLine,
    ConsentTopic,
    CustomerLetter,
    Elsewhere,
    Entry,
    ErasureRecord,
    Fact,
    FinalSearch,
    Layout,
    LookLine,
    OutsideLine,
    PurposeLine,
    RecipientLine,
    RecoverySheet,
    Section,
    Shop,
    Stays,
    Summary,
    Tone,
    Withheld,
)
from desktop_crm.words import M, Money

SHOP = Shop(
    "Blumen Weber",
    "Sträuße · Feste · Trauer",
    "Lindenplatz 3",
    "04177",
    "Leipzig",
    "DE",
    "0341 555 0123",
    "hallo@blumen-weber.example",
    "Anna Weber",
)
AUTHORITY = Authority("Sächsische Datenschutz- und Transparenzbeauftragte", "Dresden")
MADE = datetime(2026, 11, 21, 9, 31, tzinfo=UTC)
LAW = M("§ 147 AO")
YOU = M("von Ihnen, im Laden")


def contact(name: str = "Łucja Kowalska", **more: str) -> Entry:
    """A contact with a few facts; `more` are further text facts."""
    facts = (
        Fact("name", M("Name"), name),
        Fact("address", M("Anschrift"), "Lindenstraße 14, 04107 Leipzig"),
        Fact("phone", M("Telefon"), "+49 151 2345 6789"),
        Fact("email", M("E-Mail"), "lucja.kowalska@example.com"),
        Fact("languages", M("Sprache"), "Polnisch, Deutsch"),
        Fact("informed", M("Informiert"), True),
        Fact("nothing", M("Leer"), None),
        *(Fact(key, M(key.title()), text) for key, text in more.items()),
    )
    return Entry("contact", "0193-1", facts, YOU, date(2024, 5, 12), date(2029, 12, 31))


def purchase(number: int, *, locked: bool = False) -> Entry:
    """A purchase; a locked one is kept by tax law."""
    what = ("Brautstrauß und Tischblumen", "Strauß, weiß und grün", "Adventskranz", "Topfpflanze, Lieferung")[
        number % 4
    ]
    facts = (
        Fact("invoice", M("Nummer"), f"2026-{number:03}"),
        Fact("day", M("Datum"), date(2026, 1 + number % 11, 1 + number % 28)),
        Fact("what", M("Was"), what),
        Fact("amount", M("Betrag"), Money(3200 + number * 75, "EUR")),
        Fact("original", M("Original"), M("liegt anderswo")),
    )
    until = date(2034, 12, 31) if locked else date(2029, 12, 31)
    return Entry("purchase", f"p-{number}", facts, YOU, None, until, kept_by=LAW if locked else None)


def note(number: int, text: str, *, covered: bool = False) -> Entry:
    """A note of the shop, with something covered if asked for."""
    facts = (
        Fact("at", M("Wann"), datetime(2026, 1 + number % 11, 3, 9, 15, tzinfo=UTC)),
        Fact("text", M("Was dort steht"), text),
        Fact("by", M("Wer"), M("Verkauf") if number % 2 else M("Leitung")),
    )
    hidden = (Withheld(M("Name und Gesundheit eines anderen Gastes"), M("Schutz anderer, Art. 15 Abs. 4 DSGVO.")),)
    return Entry("note", f"n-{number}", facts, None, None, date(2029, 12, 31), hidden if covered else ())


CONSENTS = (
    ConsentTopic(
        M("Newsletter"),
        M("E-Mail"),
        M("Ja"),
        date(2026, 10, 28),
        (
            ConsentLine(
                datetime(2026, 10, 28, 9, 42, tzinfo=UTC),
                M("Ja"),
                M("am Bildschirm im Laden"),
                3,
                "pl",
                "Newsletter e-mailem: czy możemy go wysyłać? Mniej więcej raz w miesiącu, na adres "
                "lucja.kowalska@example.com. Zgodę można wycofać w każdej chwili: w sklepie, telefonicznie lub jednym "
                "kliknięciem w e-mailu.",
            ),
            ConsentLine(datetime(2026, 6, 3, 14, 10, tzinfo=UTC), M("Jetzt nicht"), M("am Tresen"), 2, "de", ""),
        ),
        Tone.YES,
        "newsletter",
    ),
    ConsentTopic(
        M("Geburtstagskarte"),
        M("Post"),
        M("Nein"),
        date(2026, 10, 12),
        (
            ConsentLine(
                datetime(2026, 10, 12, 9, 5, tzinfo=UTC),
                M("Nein"),
                M("am Bildschirm im Laden"),
                1,
                "pl",
                "Kartka urodzinowa pocztą: czy możemy ją wysyłać? Jedna kartka w roku. "
                "Zgodę można wycofać w każdej chwili.",
            ),
        ),
        Tone.NO,
    ),
    ConsentTopic(M("Fotos der Hochzeit auf unserer Website"), None, M("Noch nicht gefragt"), None),
)
SECTIONS = (
    Section("contact", M("Kontaktdaten"), None, Layout.FACTS, (contact(),)),
    Section(
        "purchases",
        M("Aufträge und Rechnungen"),
        M("2 Rechnungen müssen wir aufbewahren"),
        Layout.TABLE,
        tuple(purchase(n, locked=n in (1, 9)) for n in range(1, 13)),
        ("invoice", "day", "what", "amount"),
    ),
    Section(
        "notes",
        M("Notizen und Verlauf"),
        M("wörtlich"),
        Layout.TABLE,
        (
            note(10, "Aufgabe für den 26.11.: wegen der Tischblumen anrufen."),
            note(
                8, "Weiß und Grün, keine Lilien: [abgedeckt] ist allergisch. Lieferung durch die Hoftür.", covered=True
            ),
            note(3, "Holt gern nach 17 Uhr ab."),
        ),
        ("at", "text", "by"),
    ),
)


SUMMARY = Summary(
    M("Kontaktdaten, 12 Aufträge und Rechnungen, 3 Einwilligungen, 3 Notizen."),
    M(
        "Damit wir Ihre Aufträge ausführen können und weil das Steuerrecht Rechnungen verlangt. "
        "Für den Newsletter, "
        "weil Sie Ja gesagt haben."
    ),
    M("Von Ihnen selbst, im Laden, am Telefon und per E-Mail."),
    M("An unsere Steuerberatung und an den Versanddienst des Newsletters. Sonst an niemanden, nicht verkauft."),
    M("Kontakt bis 31.12.2029, Rechnungen bis spätestens 31.12.2034."),
)
LOOKS = (
    LookLine(M("Leitung"), M("Aufträge, Beratung, diese Auskunft"), date(2026, 11, 21), 27),
    LookLine(M("Verkauf"), M("Aufträge, Telefon"), date(2026, 11, 17), 12),
)
RECIPIENTS = (
    RecipientLine("Steuerkanzlei Lorenz, Leipzig", M("2 Rechnungen"), M("gesetzlich verlangt")),
    RecipientLine(
        "Versanddienst „Zweig“, Berlin",
        M("E-Mail-Adresse"),
        M("Ihr Ja zum Newsletter"),
        M("Dienstleister für den Newsletter, Server in der EU"),
    ),
)
PURPOSES = (
    PurposeLine(
        M("Aufträge und Angebote"),
        M("Vertrag mit Ihnen"),
        M("Art. 6 Abs. 1 b DSGVO"),
        M("3 Jahre nach dem Jahr des letzten Auftrags: 31.12.2029"),
    ),
    PurposeLine(
        M("Rechnungen"),
        M("gesetzlich verlangt"),
        M("Art. 6 Abs. 1 c; § 147 AO, § 14b UStG"),
        M("8 Jahre ab Jahresende: 31.12.2032 und 31.12.2034"),
    ),
)


def report(language: str = "de", **changes: object) -> AccessReport:
    """A report about a made-up person; `entry_count` follows the sections unless it is given."""
    values: dict[str, object] = {
        "number": "R-2026-014",
        "made_at": MADE,
        "language": language,
        "zone": "Europe/Berlin",
        "shop": SHOP,
        "addressee": ("Łucja Kowalska", "Lindenstraße 14", "04107 Leipzig"),
        "request_channel": M("E-Mail"),
        "received_on": date(2026, 11, 3),
        "summary": SUMMARY,
        "sections": SECTIONS,
        "consents": CONSENTS,
        "looks": LOOKS,
        "recipients": RECIPIENTS,
        "purposes": PURPOSES,
        "outside": (
            OutsideLine(M("Auftragsbuch auf Papier"), M("Name, Lieferadresse. Kopie liegt bei."), date(2026, 11, 20)),
        ),
        "automated": M(
            "Wir bewerten Sie nicht automatisch, bilden keine Profile und entscheiden nichts durch ein Programm."
        ),
        "authority": AUTHORITY,
        "program": "0.1.0",
        "looks_note": M("39 Mal in den letzten 12 Monaten; ältere Einträge des Protokolls sind gelöscht"),
        "kept_copy": M(
            "Wir bewahren diese Anfrage und unsere Antwort 3 Jahre unter Verschluss auf; danach löschen wir sie."
        ),
        **changes,
    }
    if "entry_count" not in values:
        sections, consents = values["sections"], values["consents"]
        assert isinstance(sections, tuple)
        assert isinstance(consents, tuple)
        rows = sum(len(section.entries) for section in sections)
        values["entry_count"] = rows + sum(len(topic.events) for topic in consents)
    return AccessReport(**values)  # type: ignore[arg-type]


def about(name: str, language: str = "de") -> AccessReport:
    """A report about somebody of this name, everything else as in the others."""
    sections = (Section("contact", M("Kontaktdaten"), None, Layout.FACTS, (contact(name),)), *SECTIONS[1:])
    return report(language, addressee=(name, "Lindenstraße 14", "04107 Leipzig"), sections=sections)


def long_history(entries: int = 5000) -> AccessReport:
    """A report with so many notes and purchases."""
    half = entries // 2
    purchases = replace(SECTIONS[1], entries=tuple(purchase(n, locked=n % 7 == 0) for n in range(half)))
    texts = (
        "Ruft wegen der Lieferung noch einmal an; bitte Hoftür benutzen und nicht klingeln, das Kind schläft.",
        "Wollte Preise.",
        "Hat sich für den schönen Strauß bedankt und fragt nach einem Termin im Dezember für den Tischschmuck.",
    )
    notes = replace(SECTIONS[2], entries=tuple(note(n, f"{n}: {texts[n % 3]}") for n in range(entries - half)))
    return report(sections=(SECTIONS[0], purchases, notes))


GONE = (
    (M("Kontaktdaten"), 7),
    (M("Aufträge ohne Rechnung"), 10),
    (M("Notizen und Verlauf"), 3),
    (M("Einwilligungen, nie genutzt"), 2),
)
STAYS = (
    Stays(M("Rechnung 2026-118"), 1, M("Steuerrecht, § 147 AO"), date(2034, 12, 31)),
    Stays(M("Rechnung 2024-031"), 1, M("Steuerrecht, § 147 AO"), date(2032, 12, 31)),
    Stays(M("Nachweis Ihrer Newsletter-Einwilligung"), 1, M("Art. 17 Abs. 3 e"), date(2029, 12, 31)),
)
RECORD_STAYS = (
    Stays(M("Rechnung"), 1, M("§ 147 AO, § 14b UStG, 8 Jahre"), date(2034, 12, 31)),
    Stays(M("Rechnung"), 1, M("§ 147 AO, § 14b UStG, 8 Jahre"), date(2032, 12, 31)),
    Stays(
        M("Nachweis einer Einwilligung, unter Verschluss"),
        1,
        M("Art. 17 Abs. 3 e DSGVO, §§ 195, 199 BGB"),
        date(2029, 12, 31),
    ),
)
SEARCH = FinalSearch(10412, 41, 0, 6)
RECORD = ErasureRecord(
    "L-2026-009",
    date(2026, 11, 20),
    datetime(2026, 12, 14, 8, 12, tzinfo=UTC),
    M("Nicht mehr nötig"),
    M("Art. 17 Abs. 1 a DSGVO"),
    M("Leitung"),
    GONE,
    RECORD_STAYS,
    SEARCH,
    (
        Elsewhere(M("Sicherungskopien"), M("3 neu geschrieben, 1 Stick steht aus"), date(2027, 1, 4)),
        Elsewhere(M("Papier und Postfach"), M("von der Leitung abgehakt"), date(2026, 12, 14)),
        Elsewhere(M("Wiedererkennungs-Sperre"), M("bis die letzte Kopie fort ist"), None),
    ),
    4391,
    "d2084fa390c611be",
    "0.1.0",
    SHOP,
    datetime(2026, 12, 14, 8, 13, tzinfo=UTC),
    "de",
    "Europe/Berlin",
    ((M("Käufe ohne Namen weitergeführt"), 10),),
)
LETTER = CustomerLetter(
    "L-2026-009",
    datetime(2026, 12, 14, 8, 13, tzinfo=UTC),
    date(2026, 11, 20),
    "de",
    "Europe/Berlin",
    SHOP,
    ("Łucja Kowalska", "Lindenstraße 14", "04107 Leipzig"),
    GONE,
    STAYS,
    SEARCH,
    M(
        "Damit keine alte Liste Sie zurückbringt, behalten wir bis 4. Januar 2027 eine Wiedererkennungs-Sperre: eine "
        "nicht umkehrbare Spur. Danach wird sie gelöscht."
    ),
    M("Auftragsbuch und Postfach haben wir bereinigt. Der Newsletter-Versand hat die Löschung bestätigt."),
    AUTHORITY,
)
RECOVERY = RecoverySheet(
    "Blumen Weber",
    date(2026, 11, 2),
    date(2026, 11, 2),
    ("K7QF", "9XTM", "W3RB", "HC4N", "P8VD", "2VGS", "YE6J", "T5ZA"),
    "7KXV",
    "0.1.0",
)
