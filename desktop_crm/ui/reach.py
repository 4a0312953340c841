"""Reaching somebody in the programs the system has for it: the telephone, the mail program, the browser."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices

LONGEST = 1_900
"""Characters of an address that every system hands on to its mail program."""
_DIALLED = frozenset("0123456789+*#")


def ring(number: str) -> bool:
    """Hand a phone number to the program that rings; False if there is none."""
    return _open("tel", "".join(sign for sign in number if sign in _DIALLED))


def write(address: str, subject: str = "", text: str = "") -> bool:
    """Begin an e-mail to an address; False if there is no mail program, or the text is too long for it."""
    said = [(name, value) for name, value in (("subject", subject), ("body", text.replace("\n", "\r\n"))) if value]
    query = "&".join(f"{name}={bytes(QUrl.toPercentEncoding(value).data()).decode()}" for name, value in said)
    return len(query) <= LONGEST and _open("mailto", address.strip(), query)


def write_hidden(addresses: Sequence[str]) -> bool:
    """Begin an e-mail to several people who do not see each other; False if there is no mail program."""
    url = QUrl("mailto:")
    query = QUrlQuery()
    query.addQueryItem("bcc", ",".join(addresses))
    url.setQuery(query)
    return QDesktopServices.openUrl(url)


def visit(site: str) -> bool:
    """Open a web address; False for anything else, such as the path of a file, and where there is no browser."""
    url = QUrl(site.strip() if "://" in site else f"https://{site.strip()}")
    return url.scheme() in {"http", "https"} and bool(url.host()) and QDesktopServices.openUrl(url)


def _open(scheme: str, path: str, query: str = "") -> bool:
    url = QUrl()
    url.setScheme(scheme)
    url.setPath(path)
    if query:
        url.setQuery(query)
    return bool(path) and QDesktopServices.openUrl(url)
