"""Third persons of an order: the one who gets the flowers is not the one who pays."""

from datetime import date, datetime

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, SearchColumn, Section, Subject, held, record
from desktop_crm.records.handling import DELIVERY
from desktop_crm.words import M


@record(
    M("Delivery to another person"),
    M("Deliveries to other people"),
    subjects=(
        Subject("contact_id", hides=("name", "address", "phone")),
        Subject("id", hides=("contact_id",)),
    ),
    section=Section.ORDERS,
    part=Part.PURCHASES,
    indexes=(("contact_id",), ("deliver_on",)),
)
class DeliveryRecipient:
    """Who an order goes to. Never marketed to, gone after a short term, shielded from the sender and the reverse."""

    id: bytes = held(M("Number"), Category.NONE, DELIVERY)
    contact_id: bytes = held(M("Ordered by"), Category.NONE, DELIVERY, references=Contact)
    name: str = held(M("Delivered to"), Category.IDENTITY, DELIVERY, searchable=SearchColumn.NAME)
    address: str | None = held(M("Delivery address"), Category.REACH, DELIVERY, default=None)
    phone: str | None = held(
        M("Phone for the delivery"), Category.REACH, DELIVERY, searchable=SearchColumn.PHONE, default=None
    )
    card_text: str | None = held(M("Text on the card"), Category.TRADE, DELIVERY, mentions=True, default=None)
    deliver_on: date = held(M("Delivery on"), Category.TRADE, DELIVERY)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, DELIVERY)
