"""Turns vCards into people: every property is carried or left out with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from desktop_crm.intake import problems, reasons
from desktop_crm.intake.cleaning import cleaned, is_clean
from desktop_crm.intake.days import read_day
from desktop_crm.intake.finishing import finish
from desktop_crm.intake.person import Address, LeftOut, PersonDraft, Reach
from desktop_crm.intake.text_file import TextFile
from desktop_crm.intake.values import clean_label, read_emails, read_phones
from desktop_crm.intake.vcard_lines import Card, CardReader, Property, split_value, unescaped
from desktop_crm.words import M

_NAME_PARTS = ("family", "given", "middle", "prefix", "suffix")
_ADDRESS_PARTS = ("po_box", "extra", "street", "city", "region", "postal_code", "country")
_SILENT_TYPES = frozenset({"internet", "pref", "voice", "x400", "postal", "parcel", "intl", "dom", "msg", "smtp"})
_SAME_TYPES = {"cell": "mobile", "iphone": "mobile"}
_TECHNICAL = frozenset(
    {
        "PRODID",
        "REV",
        "CLASS",
        "SORT-STRING",
        "MAILER",
        "SOURCE",
        "PROFILE",
        "FBURL",
        "CALURI",
        "CALADRURI",
        "GEO",
        "TZ",
    }
    | {"CLIENTPIDMAP", "XML", "KIND", "X-ADDRESSBOOKSERVER-KIND", "X-MS-OL-DESIGN", "X-MS-OL-DEFAULT-POSTAL-ADDRESS"}
    | {"X-ABADR", "X-ABUID", "X-ABSHOWAS", "X-IMAGEHASH", "X-IMAGETYPE", "X-SHARED-PHOTO-DISPLAY-PREF", "X-ABLABEL"}
    | {"X-MOZILLA-HTML", "X-EVOLUTION-FILE-AS", "X-KADDRESSBOOK-CRYPTOENCRYPTPREF", "X-ACTIVITY-ALERT", "NAME"}
    | {"X-APPLE-SUBADMINISTRATIVEAREA", "X-ABCROP-RECTANGLE", "X-SOCIALPROFILE-ID", "X-APPLE-SUBLOCALITY"}
)
_NOT_NEEDED = frozenset({"GENDER", "X-GENDER"})
_BINARY_REASON = {
    "PHOTO": reasons.PICTURE,
    "LOGO": reasons.PICTURE,
    "SOUND": reasons.SOUND,
    "KEY": reasons.KEY,
}
_NOTED = {
    **{"ANNIVERSARY": "Anniversary", "X-ANNIVERSARY": "Anniversary", "X-MS-ANNIVERSARY": "Anniversary"},
    **{"X-EVOLUTION-ANNIVERSARY": "Anniversary", "X-KADDRESSBOOK-X-ANNIVERSARY": "Anniversary", "X-ABDATE": "Date"},
    **{"X-ABRELATEDNAMES": "Related", "RELATED": "Related", "X-MS-SPOUSE": "Spouse", "X-SPOUSE": "Spouse"},
    **{"X-EVOLUTION-SPOUSE": "Spouse", "X-KADDRESSBOOK-X-SPOUSESNAME": "Spouse", "X-MS-CHILD": "Child"},
    **{"X-MS-MANAGER": "Manager", "X-MANAGER": "Manager", "X-EVOLUTION-MANAGER": "Manager"},
    **{"X-MS-ASSISTANT": "Assistant", "X-ASSISTANT": "Assistant", "X-EVOLUTION-ASSISTANT": "Assistant"},
    **{"X-PHONETIC-FIRST-NAME": "Phonetic first name", "X-PHONETIC-LAST-NAME": "Phonetic last name"},
    **{"X-PHONETIC-MIDDLE-NAME": "Phonetic middle name", "X-PHONETIC-ORG": "Phonetic company name"},
    **{"X-MAIDENNAME": "Maiden name", "DEATHDATE": "Died", "BIRTHPLACE": "Born in", "X-MS-IMADDRESS": "Messenger"},
    **{"IMPP": "Messenger", "X-ICQ": "ICQ", "X-AIM": "AIM", "X-MSN": "MSN", "X-YAHOO": "Yahoo", "X-JABBER": "Jabber"},
    **{"X-SKYPE": "Skype", "X-SKYPE-USERNAME": "Skype", "X-GTALK": "Google Talk", "X-GOOGLE-TALK": "Google Talk"},
    **{"X-QQ": "QQ", "X-GADUGADU": "Gadu-Gadu", "X-TWITTER": "Twitter", "X-TELEGRAM": "Telegram", "HOBBY": "Hobby"},
    **{"X-SIGNAL": "Signal", "X-WHATSAPP": "WhatsApp", "X-MATRIX": "Matrix", "X-DISCORD": "Discord"},
    **{"X-KADDRESSBOOK-X-PROFESSION": "Profession", "X-PROFESSION": "Profession", "EXPERTISE": "Expertise"},
    **{"INTEREST": "Interest", "ORG-DIRECTORY": "Directory", "CONTACT-URI": "Contact"},
}
_DAYS = frozenset({"Anniversary", "Date", "Died"})
_PROGRAM_SHOWS_BY = 20
_PROGRAMS = (
    ("APPLE", M("Apple Contacts")),
    ("X-MS-OL-", M("Outlook")),
    ("X-ANDROID", M("an Android phone")),
    ("THUNDERBIRD", M("Thunderbird")),
    ("NEXTCLOUD", M("Nextcloud")),
    ("GOOGLE", M("Google Contacts")),
)


class Survey(NamedTuple):
    """What a file of cards holds: their number, the program that wrote them, and the text between them."""

    cards: int
    program: M | None
    outside: tuple[LeftOut, ...]


def survey(file: TextFile) -> Survey:
    """Goes through all cards once; raises a Problem where there is none or one cannot be read."""
    count = 0
    program: M | None = None
    reader = CardReader(file.lines())
    for count, card in enumerate(reader, start=1):
        if program is None and count <= _PROGRAM_SHOWS_BY:
            marks = "\n".join(f"{p.name}:{p.value[:80]}" for p in card.properties).upper()
            program = next((name for mark, name in _PROGRAMS if mark in marks), None)
    if not count:
        raise problems.no_people()
    outside = tuple(LeftOut("", cleaned(text)[0], reasons.OUTSIDE_CARDS) for text in reader.outside)
    return Survey(count, program, outside)


def read_people(file: TextFile, country: str) -> Iterator[PersonDraft]:
    """One draft for each card."""
    for card in CardReader(file.lines()):
        yield _Person(card, country).read()


class _Person:
    """One card while it is read."""

    def __init__(self, card: Card, country: str) -> None:
        self._card = card
        self.country = country
        self.draft = PersonDraft(row=card.number)
        self.left_out: list[LeftOut] = []
        self.faults: list[M] = []
        self.notes: list[str] = []
        self.tags: list[str] = []
        self._emails: list[tuple[bool, Reach]] = []
        self.addresses: list[Address] = []
        self.written: list[Property] = []
        self._labels: dict[str, str] = {}
        for prop in card.properties:
            if prop.name == "X-ABLABEL" and prop.group:
                self._labels.setdefault(prop.group, cleaned(prop.value)[0])
        self._used_labels: set[str] = set()

    def read(self) -> PersonDraft:
        """Every property goes through one of the readers below."""
        for prop in self._card.properties:
            self._property(self._storable(prop))
        self.join_written()
        self._tell_unused_labels()
        draft = self.draft
        draft.addresses = tuple(self.addresses)
        if not self._card.ended:
            self.faults.append(reasons.NO_END)
        return finish(draft, self.left_out, self.faults, self.notes, self.tags)

    def _storable(self, prop: Property) -> Property:
        if prop.damaged:
            self.left_out.append(LeftOut(prop.name, prop.damaged, reasons.DAMAGED_BYTES))
        if is_clean(prop.value):
            return prop
        value, taken = cleaned(prop.value)
        if taken:
            self.left_out.append(LeftOut(prop.name, taken, reasons.CANNOT_STORE))
        return prop._replace(value=value)

    def _property(self, prop: Property) -> None:
        reader = _READERS.get(prop.name)
        if prop.size or prop.name in _BINARY_REASON:
            self._leave_binary(prop)
        elif reader is not None:
            if prop.value.strip(" ;,"):
                reader(self, prop)
        elif prop.name in _NOTED:
            self._note_with(prop, _NOTED[prop.name])
        elif prop.value.strip():
            self.leave(prop)

    def text(self, prop: Property) -> str:
        return unescaped(prop.value, self._card.version).strip()

    def parts(self, prop: Property, separator: str) -> list[str]:
        return [unescaped(part, self._card.version).strip() for part in split_value(prop.value, separator)]

    def label(self, prop: Property) -> str | None:
        """Apple's own label of the group, else the types in words: `work fax`."""
        if prop.group in self._labels:
            self._used_labels.add(prop.group)
            return clean_label(unescaped(self._labels[prop.group], self._card.version))
        types = [each.lower() for each in prop.params.get("TYPE", ())]
        words = [_SAME_TYPES.get(each, each).removeprefix("x-") for each in types if each not in _SILENT_TYPES]
        return " ".join(sorted(dict.fromkeys(words), key=lambda word: word not in {"work", "home"})) or None

    def leave(self, prop: Property) -> None:
        if prop.name == "X-ABLABEL" and self._labels.get(prop.group) == prop.value:
            return
        reason = reasons.TECHNICAL if prop.name in _TECHNICAL else reasons.UNKNOWN_PROPERTY
        if prop.name in _NOT_NEEDED:
            reason = reasons.NOT_NEEDED
        if prop.name in {"KIND", "X-ADDRESSBOOKSERVER-KIND"} and prop.value.strip().lower() == "group":
            self.faults.append(reasons.IS_GROUP)
        self.left_out.append(LeftOut(prop.name, self.text(prop), reason))

    def _leave_binary(self, prop: Property) -> None:
        reason = _BINARY_REASON.get(prop.name, reasons.TECHNICAL)
        if prop.size:
            self.left_out.append(LeftOut(prop.name, f"({prop.size} bytes)", reason))
        elif prop.value.strip():
            is_web = prop.value.strip().lower().startswith("http") and prop.name in {"PHOTO", "LOGO"}
            self.left_out.append(LeftOut(prop.name, self.text(prop), reasons.PICTURE_ELSEWHERE if is_web else reason))

    def _note_with(self, prop: Property, heading: str) -> None:
        text = self.text(prop)
        if text:
            day = read_day(text).iso if heading in _DAYS else None
            self.notes.append(f"{self.label(prop) or heading}: {day or text}")

    def _tell_unused_labels(self) -> None:
        for group, label in self._labels.items():
            if group not in self._used_labels and label.strip():
                text = unescaped(label, self._card.version).strip()
                self.left_out.append(LeftOut("X-ABLABEL", text, reasons.LABEL_ALONE))

    def put(self, prop: Property, attribute: str, text: str) -> None:
        there = getattr(self.draft, attribute)
        if not there:
            setattr(self.draft, attribute, text)
        elif there != text:
            self.left_out.append(LeftOut(prop.name, text, reasons.SECOND_VALUE))

    def leave_rest(self, prop: Property, known: int) -> None:
        rest = filter(None, self.parts(prop, ";")[known:])
        self.left_out += [LeftOut(prop.name, part, reasons.UNKNOWN_PROPERTY) for part in rest]

    def join_written(self) -> None:
        """The whole address as text (LABEL) is carried only where it says something that no address says in parts."""
        for prop in self.written:
            text = self.text(prop)
            words = set(text.replace(",", " ").split())
            if any(words <= set(" ".join(filter(None, each)).replace(",", " ").split()) for each in self.addresses):
                self.left_out.append(LeftOut(prop.name, text, reasons.SAME_ADDRESS))
            else:
                self.addresses.append(Address(label=self.label(prop), written=text))


def _read_full_name(person: _Person, prop: Property) -> None:
    person.put(prop, "name", person.text(prop))


def _read_name(person: _Person, prop: Property) -> None:
    for attribute, part in zip(_NAME_PARTS, split_value(prop.value, ";"), strict=False):
        words = " ".join(unescaped(each, person._card.version).strip() for each in split_value(part, ",")).strip()
        if words:
            person.put(prop, attribute, words)
    person.leave_rest(prop, len(_NAME_PARTS))


def _read_nickname(person: _Person, prop: Property) -> None:
    person.put(prop, "nickname", ", ".join(filter(None, person.parts(prop, ","))))


def _read_company(person: _Person, prop: Property) -> None:
    company, *departments = person.parts(prop, ";")
    if company:
        person.put(prop, "company", company)
    department = " / ".join(filter(None, departments))
    if department:
        person.put(prop, "department", department)


def _read_job(person: _Person, prop: Property) -> None:
    text = person.text(prop)
    if person.draft.job_title and person.draft.job_title != text:
        person.notes.append(f"{'Role' if prop.name == 'ROLE' else 'Title'}: {text}")
    else:
        person.draft.job_title = text


def _read_email(person: _Person, prop: Property) -> None:
    text = person.text(prop).removeprefix("mailto:")
    person.draft.emails += tuple(read_emails(text, person.label(prop), prop.name, person.left_out, person.faults))


def _read_phone(person: _Person, prop: Property) -> None:
    text = person.text(prop)
    if text.lower().startswith("tel:"):
        text = text[4:]
    person.draft.phones += tuple(read_phones(text, person.label(prop), person.country, person.faults))


def _read_website(person: _Person, prop: Property) -> None:
    person.draft.websites = (*person.draft.websites, Reach(person.text(prop), person.label(prop)))


def _read_address(person: _Person, prop: Property) -> None:
    parts: dict[str, str] = {}
    for attribute, part in zip(_ADDRESS_PARTS, split_value(prop.value, ";"), strict=False):
        text = "\n".join(unescaped(each, person._card.version).strip() for each in split_value(part, ","))
        if text.strip():
            parts[attribute] = ", ".join(filter(None, text.split("\n"))) if "\\" not in part else text.strip()
    written = prop.params.get("LABEL", [])
    person.addresses.append(Address(**parts, label=person.label(prop)))
    if written:
        person.written.append(prop._replace(name="LABEL", value="\n".join(written).replace("\\n", "\n")))
    person.leave_rest(prop, len(_ADDRESS_PARTS))


def _read_written(person: _Person, prop: Property) -> None:
    person.written.append(prop)


def _read_birthday(person: _Person, prop: Property) -> None:
    text = person.text(prop)
    day = read_day(text)
    if day.iso:
        omitted = prop.params.get("X-APPLE-OMIT-YEAR", [""])[0]
        iso = f"-{day.iso[4:]}" if omitted and day.iso.startswith(omitted) else day.iso
        person.put(prop, "birthday", iso)
    if day.reason:
        person.left_out.append(LeftOut(prop.name, text, day.reason))
        person.faults.append(reasons.BIRTHDAY_ODD)


def _read_note(person: _Person, prop: Property) -> None:
    person.notes.append(person.text(prop))


def _read_tags(person: _Person, prop: Property) -> None:
    separator = ";" if ";" in prop.value and "," not in prop.value else ","
    person.tags += [tag for tag in person.parts(prop, separator) if tag and tag not in person.tags]


def _read_language(person: _Person, prop: Property) -> None:
    person.put(prop, "language", person.text(prop))


def _read_uid(person: _Person, prop: Property) -> None:
    person.put(prop, "uid", person.text(prop))


def _read_profile(person: _Person, prop: Property) -> None:
    """Apple's social profiles: mostly a web address, sometimes `x-apple:name`."""
    text = person.text(prop)
    if text.lower().startswith("http"):
        _read_website(person, prop)
    else:
        person.notes.append(f"{person.label(prop) or 'Profile'}: {text}")


def _read_android(person: _Person, prop: Property) -> None:
    """`vnd.android.cursor.item/nickname;Joe;1;;;`: a kind, then values and numbers of Android's own."""
    kind, *values = person.parts(prop, ";")
    kept = [value for value in values if value and not (value.isdigit() and len(value) <= 2)]
    if not kept:
        person.leave(prop)
        return
    person.notes.append(f"{kind.rpartition('/')[2].replace('_', ' ')}: {', '.join(kept)}")
    person.left_out += [LeftOut(prop.name, v, reasons.TECHNICAL) for v in values if v and v not in kept]


def _leave_agent(person: _Person, prop: Property) -> None:
    person.left_out.append(LeftOut(prop.name, person.text(prop), reasons.AGENT))


_READERS: dict[str, Callable[[_Person, Property], None]] = {
    "FN": _read_full_name,
    "N": _read_name,
    "NICKNAME": _read_nickname,
    "X-NICKNAME": _read_nickname,
    "ORG": _read_company,
    "TITLE": _read_job,
    "ROLE": _read_job,
    "EMAIL": _read_email,
    "TEL": _read_phone,
    "X-MS-TEL": _read_phone,
    "URL": _read_website,
    "ADR": _read_address,
    "LABEL": _read_written,
    "BDAY": _read_birthday,
    "NOTE": _read_note,
    "CATEGORIES": _read_tags,
    "LANG": _read_language,
    "UID": _read_uid,
    "X-SOCIALPROFILE": _read_profile,
    "SOCIALPROFILE": _read_profile,
    "X-ANDROID-CUSTOM": _read_android,
    "AGENT": _leave_agent,
}
