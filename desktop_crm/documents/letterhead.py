"""What stands around the words: the mark, the head of the first and the later pages, the window of a letter."""

from __future__ import annotations

from math import cos, pi, sin

from desktop_crm.documents.fonts import Face
from desktop_crm.documents.model import Shop
from desktop_crm.documents.page import Sheet, rounded
from desktop_crm.documents.styles import (
    BODY,
    BODY_SOFT,
    BODY_TOP,
    GREY,
    HEAD,
    LEFT,
    LINE,
    MM,
    PAGE_HEIGHT,
    RIGHT,
    SMALL,
    SUBHEAD,
    TABLE_STRONG,
    TEAL,
    TEAL_LIGHT,
    Style,
)
from desktop_crm.words import M, Words

SHOP_NAME = Style(Face.SERIF, 18, 24)
ADDRESS = Style(Face.SANS, 10.2, 14.6)
INFO_LEFT = 391.0
WINDOW = 85 * MM
WINDOW_LINES = 6


def flower(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """The mark: six petals around an eye, centred at `x`, `y` points from the page's left and top."""
    for petal in range(6):
        colour = TEAL if petal % 2 else TEAL_LIGHT
        sheet.draw(f"{colour} rg {_petal(x, PAGE_HEIGHT - y, radius, petal * pi / 3)} f")
    for colour, size in (("1 1 1", 0.24), (TEAL, 0.155)):
        sheet.draw(f"{colour} rg {_circle(x, PAGE_HEIGHT - y, radius * size)} f")


def _petal(x: float, y: float, radius: float, turn: float) -> str:
    """A petal as a closed path of four curves, pointing up and turned clockwise."""
    shape = ((0, 0.16), (0.3, 0.3), (0.36, 0.98), (0, 1.0), (-0.36, 0.98), (-0.3, 0.3), (0, 0.16))
    points = [
        f"{x + radius * (px * cos(turn) + py * sin(turn)):.2f} {y + radius * (py * cos(turn) - px * sin(turn)):.2f}"
        for px, py in shape
    ]
    return f"{points[0]} m {' '.join(points[1:4])} c {' '.join(points[4:7])} c h"


def _circle(x: float, y: float, radius: float) -> str:
    return rounded(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def town(shop: Shop) -> str:
    """Postal code and town."""
    return " ".join(part for part in (shop.postal_code, shop.city) if part)


def place(shop: Shop) -> str:
    """The shop's address in one line."""
    return ", ".join(part for part in (shop.street, town(shop)) if part)


def letterhead(sheet: Sheet, shop: Shop, words: Words) -> None:
    """The head of a letter: mark, name and strapline; address, telephone and email at the right."""
    flower(sheet, LEFT + 20, 62.5, 23)
    name = sheet.type.clipped(shop.name, SHOP_NAME, 250)
    sheet.line(name, LEFT + 54, 60 if shop.strapline else 68)
    if shop.strapline:
        sheet.line(sheet.type.clipped(shop.strapline, SMALL.coloured(GREY), 250), LEFT + 54, 76.5)
    phone = words.say(M("Telephone {number}", number=shop.phone)) if shop.phone else None
    at = 51.0
    for part in (place(shop), phone, shop.email):
        if part:
            sheet.line(sheet.type.clipped(part, SMALL.coloured(GREY), 190), RIGHT, at, "right")
            at += 11.8


def small_head(sheet: Sheet, shop: Shop, second: str) -> None:
    """The head of a paper that is no letter: mark, name and one line below it."""
    flower(sheet, LEFT + 13, 65, 14.2)
    sheet.line(sheet.type.clipped(shop.name, SUBHEAD, 260), LEFT + 35.5, 61.5)
    sheet.line(sheet.type.clipped(second, SMALL.coloured(GREY), 260), LEFT + 35.5, 73.5)


def running_head(sheet: Sheet, shop: Shop, right: str) -> None:
    """The head of every later page."""
    flower(sheet, LEFT + 8.5, 48, 9)
    sheet.line(sheet.type.clipped(shop.name, TABLE_STRONG, 170), LEFT + 25.5, 51)
    sheet.line(sheet.type.clipped(right, SMALL.coloured(GREY), 260), RIGHT, 51, "right")
    sheet.y = BODY_TOP


def window(sheet: Sheet, shop: Shop, addressee: tuple[str, ...]) -> None:
    """Sender and addressee where a window envelope shows them (DIN 5008 form B), and the first fold mark."""
    sender = " · ".join(part for part in (shop.name, shop.street, town(shop)) if part)
    sheet.line(sheet.type.clipped(sender, Style(Face.SANS, 6.8, 9, GREY), WINDOW - 24), LEFT, 138.5)
    sheet.rule(142.5, right=LEFT + 175)
    at = 159.5
    for part in addressee[:WINDOW_LINES]:
        sheet.line(sheet.type.clipped(part, ADDRESS, WINDOW - 24), LEFT, at)
        at += ADDRESS.leading
    sheet.rule(105 * MM, LINE, left=22, right=34)


def information(sheet: Sheet, rows: tuple[tuple[str, str], ...]) -> None:
    """The block at the right of the window: small label, value below it."""
    at = 138.5
    for label, value in rows:
        sheet.text(label, HEAD, INFO_LEFT, at)
        sheet.line(sheet.type.clipped(value, BODY, RIGHT - INFO_LEFT), INFO_LEFT, at + 11.2)
        at += 27.2


def signature(sheet: Sheet, shop: Shop, closing: str, role: str | None) -> None:
    """`Kind regards`, room for a hand, the name and what they are."""
    sheet.need(90 if role else 70)
    sheet.stack(sheet.type.lines(closing, BODY, 300), LEFT, sheet.y, 300)
    sheet.y += 45
    name = sheet.type.clipped(shop.responsible or shop.name, SUBHEAD, 300)
    sheet.y = sheet.stack((name,), LEFT, sheet.y, name.width)
    if role:
        sheet.y = sheet.stack(
            sheet.type.lines(role, Style(Face.SANS, 8.6, 12.4, BODY_SOFT.colour), 330), LEFT, sheet.y, 330
        )
