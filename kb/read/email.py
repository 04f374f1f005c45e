"""E-mail, by the standard library: who wrote what about what, and the message itself."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, Message

from kb.errors import UserError
from kb.read.extracted import Extracted
from kb.read.html import read_html

_FIELDS = {"Subject": "Ämne", "Date": "Skickat", "From": "Från", "To": "Till", "Cc": "Kopia"}


def read_email(data: bytes) -> Extracted:
    """Read a message without its attachments; those become originals of their own when added.

    Raises:
        UserError: It has neither a header nor a body.
    """
    message = _parsed(data)
    head = [f"{label}: {message[name]}" for name, label in _FIELDS.items() if message[name]]
    body = message.get_body(("plain", "html"))
    text = ""
    if body is not None:
        content = body.get_content()
        text = str(content)
        if body.get_content_subtype() == "html":
            text = read_html(text.encode()).pages[0]
    if not head or not (text.strip() or message["Subject"]):
        raise UserError("Filen är inget e-postmeddelande.")
    names = [name for name, _ in attachments(data)]
    listed = [f"Bilaga: {name}" for name in names]
    return Extracted(("\n".join([*head, *listed, "", text]),))


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each attachment that has a name."""
    for part in _parsed(data).iter_attachments():
        name = part.get_filename()
        if name and isinstance(part, EmailMessage):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield name, content


def _parsed(data: bytes) -> EmailMessage:
    message: Message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # what that policy makes
    return message
