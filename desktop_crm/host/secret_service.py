"""Whether the Secret Service of a Linux desktop would ask its person for a password, found out without asking."""

from __future__ import annotations

_PATIENCE_S = 2.0


def is_open() -> bool:
    """Whether its usual place for keys is set up and open: then keeping a key there asks nobody anything."""
    from jeepney import DBusAddress, MessageType, Properties
    from jeepney.io.blocking import open_dbus_connection

    usual = DBusAddress(
        "/org/freedesktop/secrets/aliases/default",
        bus_name="org.freedesktop.secrets",
        interface="org.freedesktop.Secret.Collection",
    )
    try:
        with open_dbus_connection() as bus:
            reply = bus.send_and_get_reply(Properties(usual).get("Locked"), timeout=_PATIENCE_S)
    except (OSError, KeyError, ValueError, TimeoutError):
        # No bus, or one that does not answer: nobody can tell, and then it may well ask.
        return False
    return reply.header.message_type is MessageType.method_return and reply.body == (("b", False),)
