"""The shop and its authority as they stand on every paper."""

from desktop_crm.documents import model
from desktop_crm.documents.formats import country
from desktop_crm.privacy.presets import Preset
from desktop_crm.services.shop import Shop
from desktop_crm.words import Words


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
