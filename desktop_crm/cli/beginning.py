"""Setting up a customer file, and opening it with the recovery sheet."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop_crm.cli.answer import Answer, Block, Cell, Facts
from desktop_crm.cli.call import Call, signs_in_by_name
from desktop_crm.cli.locale_names import country_of, language_for
from desktop_crm.host.files import PRIVATE_FILE, not_written, write_atomically
from desktop_crm.host.keystore import KeyStore, KeyStoreLocked, KeyStoreSilent, NoKeyStore, system_keystore
from desktop_crm.host.paths import place_warning
from desktop_crm.host.zone import usual_zone
from desktop_crm.services import setup
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.vault.folder import State
from desktop_crm.words import Exit, Gone, M, Problem, Words

_CODE_LINE = re.compile(r"(?:\w{1,6}[ \t]*[-–—][ \t]*){7,}\w{1,6}")
_LARGEST = 100_000


def init(call: Call) -> Answer:
    """`init`."""
    shop = _shop(call)
    sheet: Path | None = call["recovery_file"]
    passphrase = call.passphrase()
    keystore = trusted_keystore() if passphrase is None else None
    if sheet is not None:
        reserve(sheet)
    try:
        begun = setup.begin(call.folder, shop, clock=call.clock, keystore=keystore, passphrase=passphrase)
    except BaseException:
        if sheet is not None:
            sheet.unlink(missing_ok=True)
        raise
    office = call.use(begun.office)
    said = _placed(call)
    if sheet is None:
        return _shown_code(call, begun.recovery_code, said)
    try:
        write_atomically(sheet, made_sheet(sheet, begun.recovery_code, office))
    except Problem as problem:
        # The file exists and its code is kept nowhere: better on the screen than lost.
        return _shown_code(call, begun.recovery_code, (*problem.sentences(), *said), Exit.REFUSED)
    return Answer(
        {"data_dir": call.folder.path, "recovery_file": sheet},
        (Facts([(M("Customer file"), call.folder.path), (M("Recovery sheet"), sheet)]),),
        (M("The customer file is set up."), *said, *ADVICE),
    )


_OF_SHOP = {
    "company": ("name", M("Shop")),
    "street": ("street", M("Street")),
    "postal_code": ("postal_code", M("Postcode")),
    "city": ("city", M("Town")),
    "phone": ("phone", M("Phone")),
    "email": ("email", M("Email")),
    "responsible": ("responsible", M("Responsible")),
    "region": ("region", M("Region")),
    "zone": ("zone", M("Time zone")),
}
"""Options of `shop`, with the field and what it is called."""


def shop(call: Call) -> Answer:
    """`shop`."""
    changes = {field: call[option] for option, (field, _) in _OF_SHOP.items() if call[option] is not None}
    if "zone" in changes:
        _checked_zone(changes["zone"])
    said: tuple[M, ...] = ()
    if changes:
        setup.change_shop(call.office, changes)
        said = (M("Changed. Papers made from now on bear it."),)
    now = call.office.shop
    data = {field: getattr(now, field) for field, _ in _OF_SHOP.values()}
    rows: list[tuple[M, Cell]] = [(label, getattr(now, field)) for field, label in _OF_SHOP.values()]
    return Answer(data | {"country": now.country, "language": now.language}, (Facts(rows),), said)


ADVICE = (
    M(
        "If this computer breaks or forgets its password, only this sheet opens your customer list. Nobody can make a "
        "second one for you, not even us."
    ),
    M(
        "Print it, or copy the 8 groups and the check group by hand. Keep it where you keep your passport, not "
        "beside the computer."
    ),
)


def _placed(call: Call) -> tuple[M, ...]:
    warning = place_warning(call.folder.path)
    return (warning,) if warning is not None else ()


def _shown_code(call: Call, code: str, said: Iterable[M], done: Exit = Exit.DONE) -> Answer:
    return Answer(
        {"data_dir": call.folder.path, "recovery_code": code},
        (Facts([(M("Customer file"), call.folder.path), (M("Recovery code"), code)]),),
        (M("The customer file is set up. The recovery code is shown this once."), *said, *ADVICE),
        done,
    )


def _shop(call: Call) -> Shop:
    country = (call["country"] or country_of(os.environ) or "DE").upper()
    language = call["lang"] or language_for(country, os.environ)
    zone = _checked_zone(call["zone"]) if call["zone"] else usual_zone(call.clock, country)
    texts = ("street", "postal_code", "city", "phone", "email", "responsible")
    return Shop(
        name=call["company"] or Words(language).say(M("Our shop")),
        country=country,
        region=call["region"].upper(),
        language=language,
        zone=zone,
        begun_on=_today(call, zone),
        **{name: call[name] for name in texts},
    )


def _today(call: Call, zone: str) -> Any:
    from desktop_crm.host.clock import today

    return today(call.clock, zone)


def _checked_zone(name: str) -> str:
    from zoneinfo import available_timezones

    if name in available_timezones():
        return name
    raise Problem(M("There is no time zone of that name."), todo=M("Write it like Europe/Berlin."), code=Exit.USAGE)


def trusted_keystore() -> KeyStore:
    """The place for keys, tried out. Raises Problem (exit 3) telling what to do where there is none."""
    try:
        return system_keystore()
    except NoKeyStore:
        raise Problem(
            M("This computer has no safe place for keys."),
            safe=M("Nothing has been changed."),
            todo=M(
                "Choose a password that you type at each start: add --passphrase-stdin and give it as the first line "
                "of the input. Or start the place for keys of your desktop (GNOME, KDE), a “Secret Service”, and try "
                "again."
            ),
            code=Exit.LOCKED,
        ) from None


def _for_recovery() -> KeyStore:
    """The place for keys, where the file is to get its new key; locked or silent, a password serves instead."""
    try:
        return trusted_keystore()
    except (KeyStoreLocked, KeyStoreSilent) as problem:
        raise Problem(
            problem.what,
            safe=problem.safe,
            todo=M(
                "Unlock it and try again. Or choose a password: add --passphrase-stdin and give it as the first line "
                "of the input."
            ),
            code=Exit.LOCKED,
        ) from None


def reserve(path: Path) -> None:
    """Make the file empty and private, so that nothing is ever overwritten and a full folder is noticed first."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    except FileExistsError:
        raise Problem(
            M("There is a file of that name already: “{path}”.", path=str(path)),
            safe=M("It has not been touched, and nothing was set up."),
            todo=M("Choose another name for the recovery sheet."),
        ) from None
    except OSError as error:
        raise not_written(path, error) from None


def made_sheet(path: Path, code: str, office: Office) -> bytes:
    """The recovery sheet in the shop's language: as PDF if the name says so, else as text."""
    if path.suffix.lower() != ".pdf":
        return _sheet_text(code.split("-"), office).encode()
    from desktop_crm.services.recovery_sheet import sheet_of, sheet_pdf

    return sheet_pdf(office, sheet_of(code))


def _sheet_text(groups: list[str], office: Office) -> str:
    say = office.words.say
    shop, day = office.shop.name, office.words.day(office.shop.begun_on, long=True)
    lines = [
        say(M("Recovery sheet")),
        say(M("Customer file “{shop}”, begun {day}", shop=shop, day=day)),
        "",
        *(f"  {number}  {group}" for number, group in enumerate(groups[:-1], 1)),
        f"  {say(M('Check group'))}  {groups[-1]}",
        "",
        say(M("In one line:")),
        "-".join(groups),
        "",
        *map(say, ADVICE),
    ]
    return "\n".join(lines) + "\n"


def recover(call: Call) -> Answer:
    """`recover`."""
    code = code_from(call["code_file"])
    if call["as"] is not None:
        return _recover_person(call, code)
    if call.folder.state() is State.COMPLETE and signs_in_by_name(call.folder):
        raise Problem(
            M("Everybody who works here opens this customer list with a password of their own."),
            safe=M("Nothing was changed."),
            todo=M("Add --as NAME to set the password of this person anew; give the new one as the first line."),
            code=Exit.LOCKED,
        )
    passphrase = call.passphrase()
    keystore = _for_recovery() if passphrase is None else None
    call.use(setup.recover(call.folder, code, clock=call.clock, keystore=keystore, passphrase=passphrase))
    way = "keystore" if passphrase is None else "passphrase"
    shown: dict[str, M] = {
        "keystore": M("The customer file is open again, and this computer keeps the key to it."),
        "passphrase": M("The customer file is open again, and has the new password."),
    }
    blocks: tuple[Block, ...] = (Facts([(M("Customer file"), call.folder.path)]),)
    forget = M("Delete the file with the recovery code now: whoever finds it can open everything.")
    return Answer({"data_dir": call.folder.path, "way_in": way}, blocks, (shown[way], forget))


def _recover_person(call: Call, code: str) -> Answer:
    """Where people sign in by name: the sheet opens the file, and this person's password is set anew."""
    from desktop_crm.privacy.folding import fold
    from desktop_crm.services import staff

    password, store = call.new_password(), trusted_keystore()
    office = call.use(setup.recover(call.folder, code, clock=call.clock, keystore=store, passphrase=None))
    named = (one for one in staff.people(office) if one.left_on is None and isinstance(one.name, str))
    found = next((one for one in named if fold(str(one.name)) == fold(call["as"])), None)
    if found is None:
        raise Gone(M("Nobody of this name works here."), safe=M("Nothing was changed."))
    staff.reset_password(office, call.folder, store, found.id, password)
    told = {"data_dir": call.folder.path, "way_in": "staff"}
    forget = M("Delete the file with the recovery code now: whoever finds it can open everything.")
    return Answer(told, (), (M("The new password holds on this computer."), forget))


def code_from(path: Path) -> str:
    """The code in a text file: the line with the groups, or the whole text where none looks like it. Raises Problem."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
    except OSError:
        raise Problem(M("The file with the recovery code cannot be read."), todo=M("Check its name.")) from None
    if data.startswith(b"%PDF"):
        raise Problem(
            M("This is the sheet as a picture to print, not a text."),
            todo=M("Type the 9 groups from it into a text file, and give that."),
        )
    text = data.decode("utf-8-sig", "replace")
    found = _CODE_LINE.search(text)
    return found[0] if found else text
