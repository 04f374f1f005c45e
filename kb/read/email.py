"""E-mail, by the standard library: sender, recipients, subject, and the message."""

from __future__ import annotations

import email
import email.policy
import mimetypes
from collections.abc import Iterator
from email.message import EmailMessage, Message

from kb.errors import UserError
from kb.read.extracted import Extracted
from kb.read.html import read_html

_FIELDS = {"Subject": "Ämne", "Date": "Skickat", "From": "Från", "To": "Till", "Cc": "Kopia"}

_MESSAGE = "message/rfc822"


def read_email(data: bytes) -> Extracted:
    """Read a message without its attachments, which become separate originals when added.

    Raises:
        UserError: It has neither a header nor a body.
    """
    message = _parsed(data)
    head = [f"{label}: {message[name]}" for name, label in _FIELDS.items() if message[name]]
    body = message.get_body(("plain", "html"))
    # Some programs cut a text in pieces around what is attached.
    texts = [_text(part) for part in ([body] if body else []) + list(_further_texts(message))]
    text = "\n".join(texts)
    if not head or not (text.strip() or message["Subject"]):
        raise UserError("Filen är inget e-postmeddelande.")
    names = [name for name, _ in attachments(data)]
    listed = [f"Bilaga: {name}" for name in names]
    return Extracted(("\n".join([*head, *listed, "", text]),))


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a name and the bytes of each attachment, wherever in the message it lies.

    Raises:
        UserError: The message cannot be parsed.
    """
    try:
        message = _parsed(data)
        for number, part in enumerate(_attached(message), 1):
            if part.get_content_type() == _MESSAGE:
                inner = part.get_payload(0)
                assert isinstance(inner, Message)  # what the parser makes of such a part
                name = part.get_filename() or f"{inner['Subject'] or f'Bilaga {number}'}.eml"
                yield name, inner.as_bytes()
                continue
            kind = mimetypes.guess_extension(part.get_content_type()) or ""
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield part.get_filename() or f"Bilaga {number}{kind}", content
    except (RecursionError, LookupError, ValueError, TypeError) as error:
        raise UserError("E-postmeddelandet är skadat: bilagorna går inte att läsa.") from error


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    written = {id(part) for part in _further_texts(message)}
    bodies = {id(message.get_body((kind,))) for kind in ("plain", "html")}
    for part in _leaves(message):
        if id(part) not in written | bodies:
            yield part


def _further_texts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the text parts of a message beside its body that are no attachments."""
    bodies = {id(message.get_body((kind,))) for kind in ("plain", "html")}
    for part in _leaves(message):
        is_text = part.get_content_type() in ("text/plain", "text/html")
        if is_text and id(part) not in bodies and not (part.get_filename() or part.is_attachment()):
            yield part


def _leaves(part: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold no others; a message within the message is one of them."""
    if part.is_multipart() and part.get_content_type() != _MESSAGE:
        for inner in part.iter_parts():
            if isinstance(inner, EmailMessage):
                yield from _leaves(inner)
    else:
        yield part


def _text(part: EmailMessage | Message) -> str:
    try:
        text = str(part.get_content())  # type: ignore[union-attr]  # the policy makes it EmailMessage
    except LookupError:  # an encoding that does not exist
        content = part.get_payload(decode=True)
        text = content.decode("cp1252", "replace") if isinstance(content, bytes) else ""
    if part.get_content_subtype() == "html":
        return read_html(text.encode()).pages[0]
    return text


def _parsed(data: bytes) -> EmailMessage:
    message: Message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # what that policy makes
    return message
