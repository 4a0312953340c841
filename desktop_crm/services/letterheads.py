"""The shop and its authority as they stand on every paper."""

from desktop_crm.documents import model
from desktop_crm.privacy.presets import Preset
from desktop_crm.services.shop import Shop


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
