"""Finding, showing and adding people, and what happens between them and the shop."""

from __future__ import annotations

from typing import Any

from desktop_crm.cli.answer import Answer, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.cli.rows import as_data, as_facts
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Part, declaration
from desktop_crm.records.tag import Tag
from desktop_crm.services import asked_for, consents, contacts, people
from desktop_crm.services.role_words import PARTS
from desktop_crm.words import Exit, M, Money

KINDS = {"contact": M("contact"), "delivery_recipient": M("gets a delivery")}


def find(call: Call) -> Answer:
    """`find`."""
    found = contacts.find(call.office, " ".join(call["text"]), limit=call["limit"])
    data = [{"id": f.id, "kind": f.kind, "name": f.name, "reach": f.reach, "company": f.company} for f in found]
    heads = (M("Number"), M("Name"), M("Email or phone"), M("Company"), M("Kind"))
    others = any(f.kind != "contact" for f in found)
    rows = [(f.id, f.name, f.reach, f.company, KINDS[f.kind] if others else "") for f in found]
    if not found:
        return Answer(data, said=(M("Nobody was found."),), code=Exit.REFUSED)
    said = (M("There may be more: --limit shows them."),) if len(found) == call["limit"] else ()
    return Answer(data, (Table(heads, rows),), said)


def add(call: Call) -> Answer:
    """`add`."""
    informed_on = call["informed_on"] or (call.office.today() if call["informed_how"] else None)
    new = contacts.NewContact(
        name=call["name"],
        emails=call["email"],
        phones=call["phone"],
        address=call["address"],
        company=call["company"],
        birthday=call["birthday"],
        language=call["language"],
        stage=call["stage"],
        basis=call["basis"],
        source=call["source"],
        informed_on=informed_on,
        informed_how=call["informed_how"],
        deceased=call["deceased"],
        under_age=call["under_age"],
    )
    key = contacts.add(call.office, new, allow_erased=call["allow_erased"])
    doubts = [*people.doubts(new.emails, new.phones, call.office.shop.country, new.name), *_unasked(call, new)]
    return Answer({"id": key, "doubts": doubts}, (Facts([(M("Number"), key)]),), (M("Added."), *doubts))


def _unasked(call: Call, new: contacts.NewContact) -> list[M]:
    """What was entered although no purpose in use asks for it."""
    asked = asked_for.asked_fields(call.office)
    label = {column.name: column.label for column in declaration(Contact).columns}
    return [
        M("No purpose asks for this: {what}. Is it needed for an order?", what=label[name])
        for name in ("birthday", "language")
        if getattr(new, name) and f"contact.{name}" not in asked
    ]


def note(call: Call) -> Answer:
    """`note`."""
    person = call.person()
    key = contacts.note(call.office, person, " ".join(call["text"]), kind=call["kind"], channel=call["channel"])
    return _entered(key)


def purchase(call: Call) -> Answer:
    """`purchase`."""
    key = contacts.purchase(
        call.office,
        call.person(),
        _amount(call),
        bought_on=call["date"] or call.office.today(),
        invoice_no=call["invoice"],
        description=call["description"],
        original=call["original"],
    )
    return _entered(key)


def _amount(call: Call) -> Money:
    from desktop_crm.words.amounts import read_amount, usual_currency

    currency = call["currency"] or usual_currency(call.office.shop.country)
    try:
        return read_amount(call["amount"], currency)
    except ValueError:
        raise usage(
            M("--amount and --currency do not make an amount."),
            M("Write it like 12.50 or 12,50, without a sign for thousands, and the currency like EUR."),
        ) from None


def deliver(call: Call) -> Answer:
    """`deliver`."""
    key = contacts.deliver(
        call.office,
        call.person(),
        name=call["to"],
        deliver_on=call["on"],
        address=call["address"],
        phone=call["phone"],
        card_text=call["card"],
    )
    return _entered(key)


def _entered(key: bytes) -> Answer:
    return Answer({"id": key}, (Facts([(M("Number"), key)]),), (M("Entered."),))


def show(call: Call) -> Answer:
    """`show`."""
    person = contacts.show(call.office, call.person())
    purposes = {one.id: one.code for one in consents.purposes(call.office)} if person.consents else {}
    told: list[tuple[Cell, ...]] = [
        (one.happened_at, purposes.get(one.purpose_id), one.state, one.how) for one in person.consents
    ]
    permissions = Table((M("When"), M("Code"), M("Answer"), M("How")), told, M("Permissions"))
    tables = (*_tables(person), *((permissions,) if Part.CONSENTS not in person.unseen else ()))
    said = tuple(
        M("Not shown to your role: {part}.", part=PARTS[part]) for part in person.unseen if part in _PARTS.values()
    )
    return Answer(_data(person), (Facts(_facts(person)), *tables), said)


def _data(person: contacts.Person) -> dict[str, Any]:
    parts = {name: [as_data(row) for row in getattr(person, name)] for name in _seen(person)}
    return {**as_data(person.contact), "company": person.company, "tags": person.tags, **parts}


def _seen(person: contacts.Person) -> list[str]:
    return [name for name, part in _PARTS.items() if part not in person.unseen]


_PARTS = {
    **dict.fromkeys(("emails", "phones", "addresses", "websites"), Part.CONTACTS),
    "interactions": Part.NOTES,
    **dict.fromkeys(("purchases", "deliveries"), Part.PURCHASES),
    "consents": Part.CONSENTS,
}


def _facts(person: contacts.Person) -> list[tuple[M, Cell]]:
    label = {column.name: column.label for column in declaration(type(person.contact)).columns}
    rows: list[tuple[M, Cell]] = [(label["id"], person.contact.id)]
    rows += [(name, value) for name, value in as_facts(person.contact)]
    rows.append((label["company_id"], person.company))
    for part in (*person.emails, *person.phones, *person.addresses, *person.websites):
        rows.append((declaration(type(part)).label, _line(part)))
    rows += [(declaration(Tag).label, tag) for tag in person.tags]
    return rows


def _line(part: Any) -> str:
    """A way to reach somebody in one line, with its kind behind it."""
    values = {name: value for name, value in as_data(part).items() if isinstance(value, str)}
    label = values.pop("label", None)
    return ", ".join(values.values()) + (f" ({label})" if label else "")


def _tables(person: contacts.Person) -> list[Table]:
    tables = {
        "interactions": Table(
            (M("When"), M("What"), M("By"), M("What it says")),
            [(i.happened_at, i.kind, i.channel, i.text) for i in person.interactions],
            M("Notes and events"),
        ),
        "purchases": Table(
            (M("Date"), M("Amount"), M("Invoice number"), M("What was bought"), M("Original")),
            [
                (p.bought_on, Money(p.amount_minor, p.currency), p.invoice_no, p.description, p.original)
                for p in person.purchases
            ],
            M("Purchases"),
        ),
        "deliveries": Table(
            (M("Delivery on"), M("To"), M("Where to"), M("Phone"), M("Card")),
            [(d.deliver_on, d.name, d.address, d.phone, d.card_text) for d in person.deliveries],
            M("Deliveries"),
        ),
    }
    seen = _seen(person)
    return [table for name, table in tables.items() if name in seen]
