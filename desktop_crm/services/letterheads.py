"""The shop, its authority and the addressee as they stand on every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_crm.documents import model
from desktop_crm.documents.formats import country
from desktop_crm.records.contact import Contact, ContactAddress
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.services.shop import Shop
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import Gone, M, Words, spoken

if TYPE_CHECKING:
    from desktop_crm.privacy.presets import Preset


def shop_on_paper(shop: Shop) -> model.Shop:
    """The shop for a letterhead; what is not known is left out."""
    return model.Shop(
        name=shop.name,
        strapline=shop.strapline or None,
        street=shop.street or None,
        postal_code=shop.postal_code or None,
        city=shop.city or None,
        country=shop.country or None,
        phone=shop.phone or None,
        email=shop.email or None,
        responsible=shop.responsible or None,
    )


def authority_on_paper(preset: Preset) -> model.Authority | None:
    """The authority people can complain to (Art. 77 GDPR), where the place tells which."""
    if preset.authority is None:
        return None
    return model.Authority(preset.authority.name, preset.authority.place, preset.authority.website)


def on_envelope(lines: tuple[str, ...], shop: Shop, words: Words) -> tuple[str, ...]:
    """Name and address for the window of a letter: abroad with the name of the country, at home without (DIN 5008)."""
    *before, last = lines
    if not before:
        return lines
    return tuple(before) if last == shop.country else (*before, country(words, last))


def name_of(reading: Reading, person: bytes) -> str:
    """What a person is called. Raises Problem if there is nobody of that number."""
    for record in (Contact, DeliveryRecipient):
        row = reading.get(record, person)
        if row is not None:
            return str(getattr(row, "name"))  # noqa: B009 - one of two records with a name
    raise Gone(M("Nobody here has this number or email address."))


def addressee(reading: Reading, person: bytes) -> tuple[str, ...]:
    """The lines of the address window: the name, and the first postal address where there is one."""
    name = name_of(reading, person)
    for address in reading.find(ContactAddress, eq("contact_id", person), limit=1):
        return (name, *address_lines(address))
    return (name,)


def address_lines(address: ContactAddress) -> tuple[str, ...]:
    """The lines of a postal address below the name, the code of the country last."""
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    lines = (address.street, address.extra, address.po_box, town, address.country)
    return tuple(line for line in lines if line)


def language_of(reading: Reading, person: bytes, otherwise: str) -> str:
    """The language of a person's papers: theirs if the papers speak it, else the shop's."""
    contact = reading.get(Contact, person)
    return (spoken(contact.language) if contact else None) or otherwise
