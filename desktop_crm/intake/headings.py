"""Which field a column heading means: known programs' headings and words of seven languages."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from desktop_crm.intake import reasons
from desktop_crm.words import M

FIELDS = (
    *("name", "family_given", "prefix", "given", "middle", "family", "suffix", "nickname"),
    *("company", "department", "job_title", "birthday", "day_month", "birth_year", "birth_month", "birth_day"),
    *("language", "email", "phone", "website", "street", "house_number", "extra", "po_box", "postal_code"),
    *("city", "postal_city", "region", "country", "address", "note", "labelled_note", "tag"),
    *("newsletter", "unsubscribed", "stage", "basis", "uid", "ignore"),
)
"""Fields a column may be given. `postal_city` is "04109 Leipzig" in one cell, `address` a whole address in one cell,
`family_given` is "Kowalska, Łucja", `day_month` a birthday whose year is left out, `labelled_note` a note that begins
with the column's heading, `ignore` leaves the column out."""

TITLE = "title"
"""`Title` is Mr. in one program and Manager in another: settled by what stands in the column."""

LABEL_FIELDS = frozenset({"email_label", "phone_label", "website_label", "address_label", "note_label"})
"""Fields of columns that say of what kind the value beside them is: never chosen by a person."""


class Column(NamedTuple):
    """One column: its heading, the field it goes to (None: left out), and whether that was guessed.

    Columns of one address, or a value and its label, share a `group`; `label` is what the heading says of the kind
    (work, home, mobile …); `reason` tells why a column is left out.
    """

    header: str
    field: str | None
    guessed: bool = False
    group: str = ""
    label: str | None = None
    reason: M | None = None


_WORDS = {
    "title": "title",
    "name": "name|full name|display name|anzeigename|vollstandiger name|kundenname|customer name|client name"
    "|contact name"
    "|kontaktname|ansprechpartner|ansprechpartnerin|nom complet|nom et prenom|nombre completo|imie i nazwisko|naam"
    "|nome completo|vor und nachname|name vorname|nachname vorname|volledige naam",
    "prefix": "prefix|name prefix|anrede|salutation|titel|civilite|tratamiento|honorific prefix|titulo|tytul|titre",
    "given": "first name|given name|vorname|vornamen|prenom|nombre|imie|voornaam|forename|firstname|nome|imiona",
    "middle": "middle name|additional name|weitere vornamen|zweiter vorname|middle names|deuxieme prenom|drugie imie",
    "family": "last name|family name|surname|nachname|familienname|zuname|lastname|nom|nom de famille|apellido"
    "|apellidos"
    "|primer apellido|segundo apellido|nazwisko|achternaam|cognome",
    "suffix": "suffix|name suffix|namenszusatz|suffixe|sufijo",
    "nickname": "nickname|nick name|spitzname|rufname|surnom|apodo|pseudonim|bijnaam",
    "company": "company|company name|organization|organisation|organization name|firma|firmenname|unternehmen"
    "|primary company name|associated company|entreprise|societe|empresa|nazwa firmy|bedrijf|azienda|organizacja",
    "department": "department|abteilung|organization department|departement|departamento|dzial|afdeling",
    "job_title": "job title|organization title|position|job|funktion|fonction|cargo|puesto|stanowisko|functie|jobtitel"
    "|arbeitstitel|ruolo",
    "birthday": "birthday|birth date|birthdate|date of birth|dob|geburtstag|geburtsdatum|geb|geb datum|geb am"
    "|date de naissance|anniversaire|fecha de nacimiento|cumpleanos|data urodzenia|urodziny|geboortedatum"
    "|data di nascita|bday|verjaardag",
    "birth_year": "birth year|geburtsjahr",
    "birth_month": "birth month|geburtsmonat",
    "birth_day": "birth day",
    "language": "language|sprache|langue|idioma|jezyk|preferred language|lingua|taal|korrespondenzsprache",
    "email": "email|e mail|mail|email address|e mail address|mailadresse|e mail adresse|emailadresse|primary email"
    "|secondary email|primare e mail adresse|sekundare e mail adresse|courriel|correo|correo electronico|adresse e mail"
    "|adresse email|adres e mail|adres email|poczta|indirizzo email|mejl|e mailadres|additional email addresses|mel",
    "phone": "phone|telephone|telefon|tel|phone number|telephone number|telefonnummer|rufnummer|festnetz|telefonnr"
    "|tel nr"
    "|telefono|numer telefonu|nr telefonu|telefoon|telefoonnummer|primary phone|haupttelefon|company main phone"
    "|telefon firma|numero de telephone|numero de telefono|isdn|callback|ruckmeldung|telefon nr",
    "street": "street|strasse|strasse und hausnummer|strasse hausnummer|strasse nr|str|street address|address|adresse"
    "|address line 1|anschrift|rue|calle|direccion|ulica|adres|straat|indirizzo|address street|ulica i numer",
    "house_number": "hausnummer|hausnr|house number|nr domu|huisnummer|numero civico",
    "extra": "adresszusatz|extended address|complement|complement d adresse|address extended address|address line",
    "po_box": "po box|postfach|address po box|boite postale|apartado|skrytka pocztowa|postbus|post office box",
    "postal_code": "postal code|zip|zip code|zipcode|zip postal code|plz|postleitzahl|postcode|code postal"
    "|codigo postal|kod pocztowy|address postal code",
    "city": "city|ort|stadt|wohnort|town|ville|ciudad|localidad|poblacion|miasto|miejscowosc|plaats|woonplaats|citta"
    "|locality|address city",
    "postal_city": "plz ort|plz stadt|plz und ort|postleitzahl ort|zip city|code postal ville|kod pocztowy i miasto",
    "region": "state|region|bundesland|bundesland kanton|province|county|kanton|provincia|wojewodztwo|state region"
    "|address region|state province",
    "country": "country|country region|land|land region|pays|pais|kraj|staat|nazione|paese|address country",
    "website": "website|web page|webpage|webseite|homepage|url|web|internet|site web|sitio web|strona www|www"
    "|website url"
    "|personal web page|internetseite|website address",
    "note": "note|notes|notiz|notizen|bemerkung|bemerkungen|comment|comments|kommentar|kommentare|anmerkung|anmerkungen"
    "|remarque|remarques|notas|nota|observaciones|uwagi|notatki|notatka|info|memo|hinweis|hinweise"
    "|opmerkingen|commentaire",
    "tag": "tags|tag|labels|label|categories|category|kategorie|kategorien|group membership|groups|gruppe|gruppen"
    "|schlagwort|schlagworter|stichworter|keywords|etiquettes|etiquetas|etykiety|segment|grupa|grupy|kategoria",
    "newsletter": "newsletter|newsletter subscription|newsletter ja nein|mailing|subscribed|opt in|optin|email opt in"
    "|newsletter anmeldung|infolettre|boletin|biuletyn|marketing consent|accepts marketing|accepts email marketing"
    "|email marketing|werbung erlaubt|e mail marketing|nieuwsbrief",
    "unsubscribed": "unsubscribed from all email|unsubscribed|opted out of email|email opt out|opt out|abgemeldet"
    "|do not email|keine werbung|no email|has opted out of email|newsletter abgemeldet|von allen e mails abgemeldet",
    "stage": "lifecycle stage|stage|kundenstatus|customer status|lebenszyklusphase|lifecycle phase|kontaktart"
    "|customer type",
    "basis": "legal basis|legal basis for processing contact s data|lawful basis|rechtsgrundlage"
    "|rechtsgrundlage fur die verarbeitung der daten des kontakts|rechtsgrundlage fur verarbeitung von kontaktdaten",
    "uid": "record id|id|uid|kundennummer|customer id|customer number|kunden nr|kundennr|contact id|kd nr|numer klienta"
    "|numero client|datensatz id|kontakt id|kunden id",
    "labelled_note": "anniversary|jahrestag|hochzeitstag|spouse|partner|partner in|ehepartner|children|kinder|assistant"
    "|assistant s name|name assistent|manager s name|name des der vorgesetzten|hobby|hobbys|hobbies|profession|beruf"
    "|occupation|referred by|empfohlen von|im address|imaddress|screen name|messenger name|skype|office location|buro"
    "|phonetic first name|phonetic middle name|phonetic last name|given yomi|surname yomi|company yomi|yomi name"
    "|given name yomi|additional name yomi|family name yomi|maiden name|geburtsname|nom de jeune fille"
    "|file as|short name"
    "|billing information|abrechnungsinformation|account|konto|location|subject|schools|benutzer|user|custom"
    "|benutzerdef|organization job description|organization location|organization yomi name|organization symbol"
    "|namenstag|telegram|signal|instagram|facebook|whatsapp name",
}
_LEFT_OUT = {
    reasons.PICTURE: "photo|foto|picture|bild|image",
    reasons.NOT_NEEDED: "gender|geschlecht|sex|sexe|sexo|plec|government id number|regierungs nr|social security number"
    "|sozialversicherungsnummer|religion|konfession|iban|kontonummer|password|passwort|nationality|nationalitat",
    reasons.TECHNICAL: "e mail type|e mail typ|e mail display name|e mail angezeigter name|initials|initialen"
    "|sensitivity|vertraulichkeit|priority|prioritat|private|privat|directory server|verzeichnisserver"
    "|internet free busy|internet frei gebucht|mileage|reisekilometer|organizational id number|organisations nr"
    "|e mail adresse typ|organization type",
    reasons.OTHER_PROGRAM: "contact owner|lead status|marketing contact status|create date|created|created at"
    "|last activity date|last modified|last modified date|kontakteigner|zustandiger mitarbeiter|leadstatus"
    "|erstellungsdatum|erstellt am|geandert am|datum der letzten aktivitat|marketingkontaktstatus",
}
_PHONE_KINDS = {
    "mobile": "mobile|mobile phone|mobile number|cell|cell phone|cellphone|handy|handynummer|handynr|mobil|mobilnummer"
    "|mobiltelefon|mobil tel nr|mobilfunk|portable|movil|celular|telefon komorkowy|komorka|mobiel|cellulare|whatsapp",
    "fax": "fax|fax number|telefax|faxnummer|fax nummer|faks",
    "pager": "pager|pager number|pager nummer",
    "car": "car phone|autotelefon",
    "assistant": "assistant s phone|telefon assistent",
    "text phone": "tty tdd phone|telefon fur horbehinderte",
    "radio": "radio phone|funkruf",
    "telex": "telex",
}
_PLACES = {
    "work": "business|work|geschaftlich|geschaeftlich|dienstlich|arbeit|beruflich|professionnel|trabajo|sluzbowy|praca",
    "home": "home|privat|private|personal|domicile|casa|domowy|personnel|prive",
    "other": "other|weitere|weiterer|weiteres|autre|otro|inne",
}
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split("|")}
_REASON_OF = {word: reason for reason, words in _LEFT_OUT.items() for word in words.split("|")}
_PHONE_KIND_OF = {word: kind for kind, words in _PHONE_KINDS.items() for word in words.split("|")}
_PLACE_OF = {word: place for place, words in _PLACES.items() for word in words.split("|")}
_STEMS = {"telefon": "phone", "phone": "phone", "email": "email", "newsletter": "newsletter"}
_ADJECTIVE_END = re.compile(r"\b(weitere[rs]?) [res]\b")
_NUMBERED = re.compile(r"(e mail|phone|address|website|relation|event|custom field|im) (\d+) (.+)").fullmatch
_NUMBERED_KIND = {"e mail": "email", "phone": "phone", "website": "website"}
_ADDRESS_PARTS = {
    **{"street": "street", "city": "city", "po box": "po_box", "region": "region", "postal code": "postal_code"},
    **{"country": "country", "extended address": "extra", "formatted": "address"},
}
ADDRESS_FIELDS = frozenset(
    {"street", "house_number", "extra", "po_box", "postal_code", "city", "postal_city", "region", "country", "address"}
)
"""Fields that are parts of a postal address."""


def plain(heading: str) -> str:
    """A heading as bare words: small letters without marks, everything else a blank."""
    folded = unicodedata.normalize("NFKD", heading.casefold()).translate({0x142: "l", 0xF8: "o", 0xE6: "ae"})
    letters = (c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return _ADJECTIVE_END.sub(r"\1", " ".join("".join(letters).split()))


def column_of(header: str) -> Column:
    """What a heading means, or a column without a field."""
    words = plain(header)
    return _numbered(header, words) or _exact(header, words, "", "") or _placed(header, words)


def _numbered(header: str, words: str) -> Column | None:
    """Google's `E-mail 1 - Value`, `Address 2 - City`, `Relation 1 - Label`."""
    match = _NUMBERED(words)
    if match is None or " - " not in header:
        return None
    kind, number, part = match.groups()
    is_label = part in {"label", "type"}
    if kind == "address":
        field = "address_label" if is_label else _ADDRESS_PARTS.get(part)
        return Column(header, field, group=f"address {number}") if field else None
    field = _NUMBERED_KIND.get(kind, "note")
    if part == "value":
        field = "labelled_note" if field == "note" else field
    elif is_label or part == "service":
        field = f"{field}_label"
    else:
        return None
    return Column(header, field, group=f"{kind} {number}")


def _exact(header: str, words: str, place: str, number: str) -> Column | None:
    if words in _PHONE_KIND_OF:
        label = " ".join(filter(None, (place, _PHONE_KIND_OF[words])))
        return Column(header, "phone", label=label)
    if not place and words in _REASON_OF:
        return Column(header, "ignore", reason=_REASON_OF[words])
    field = _FIELD_OF.get(words)
    if field is None:
        return None
    if field == "street" and number not in {"", "1"}:
        field = "extra"
    group = f"address {place}" if field in ADDRESS_FIELDS else ""
    return Column(header, field, group=group, label=place or None)


def _placed(header: str, words: str) -> Column:
    """Headings with a place or a number in them: `Straße geschäftlich 2`, `Work ZipCode`, `Organization 1 - Name`."""
    tokens = words.split()
    place = next((_PLACE_OF[token] for token in tokens if token in _PLACE_OF), "")
    number = next((token for token in tokens if token.isdigit()), "")
    without_number = [token for token in tokens if not token.isdigit()]
    bare = " ".join(token for token in without_number if token not in _PLACE_OF)
    found = (
        _exact(header, " ".join(without_number), "", number)
        or _exact(header, bare, place, number)
        or _exact(header, bare.removeprefix("address "), place, number)
    )
    if found:
        return found
    reason = next((reason for word, reason in _REASON_OF.items() if len(word) > 8 and words.startswith(word)), None)
    if reason:
        return Column(header, "ignore", reason=reason)
    return _by_one_word(header, tokens, place) or Column(header, None, reason=reasons.UNKNOWN_COLUMN)


def _by_one_word(header: str, tokens: list[str], place: str) -> Column | None:
    """A guess by a single word that leaves little doubt: `Teléfono móvil`, `Newsletter 2024`, `E-Mail Rechnung`."""
    kind = next((_PHONE_KIND_OF[token] for token in tokens if token in _PHONE_KIND_OF), None)
    if kind:
        return Column(header, "phone", guessed=True, label=" ".join(filter(None, (place, kind))))
    for token in tokens:
        for stem, field in _STEMS.items():
            if token.startswith(stem):
                return Column(header, field, guessed=True, label=place or None)
    return None


_PROGRAMS: tuple[tuple[M, frozenset[str]], ...] = (
    (M("Google Contacts"), frozenset({"e mail 1 value"})),
    (M("Google Contacts"), frozenset({"name prefix", "file as"})),
    (M("HubSpot"), frozenset({"record id", "lifecycle stage"})),
    (M("HubSpot"), frozenset({"datensatz id", "lifecycle phase"})),
    (M("Outlook"), frozenset({"e mail address", "business street"})),
    (M("Outlook"), frozenset({"e mail address", "home street"})),
    (M("Outlook"), frozenset({"weitere vornamen", "e mail adresse"})),
    (M("Thunderbird"), frozenset({"display name", "primary email"})),
    (M("Thunderbird"), frozenset({"anzeigename", "primare e mail adresse"})),
)


def program_of(headers: list[str]) -> M | None:
    """The program that wrote a table, told by its headings."""
    words = {plain(header) for header in headers}
    return next((program for program, marks in _PROGRAMS if marks <= words), None)
